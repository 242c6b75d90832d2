"""Opening, saving and sharing a draft: library, saved scenarios, files, links."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scenarios.pages import drafting, session
from scenarios.pages.drafting import problems
from scenarios.pages.steered import kept
from scenarios.strategies.draft import Draft, History
from scenarios.strategies.saved import SavedScenarios as SavedShelf
from scenarios.strategies.saved import TakenError, default_folder
from scenarios.strategies.strategy import Strategy
from scenarios.strategies.upload import read_upload
from scenarios.text.exits import literal
from scenarios.text.problems import InputError


def shelf() -> SavedShelf:
    """Return where scenarios are saved for all users of this machine."""
    return SavedShelf(default_folder())


def opening() -> None:
    """Draw the choice of a scenario to begin from, and the upload of a file."""
    labels = {s.name: s.label_sv for s in session.service().strategies}
    saved = {each.name: f"{each.label_sv} (sparat {each.when:%Y-%m-%d})" for each in shelf().list()}
    names = [*labels, *saved]
    st.selectbox(
        "Utgå från",
        names,
        format_func=lambda name: (labels | saved)[name],
        key="open-name",
        filter_mode=None,
        placeholder="Välj",
    )
    st.button("Öppna", key="open", on_click=_open, width="stretch")
    st.file_uploader("Eller en fil från din dator (YAML, högst 256 kB)", key="open-file", on_change=_upload)
    _show_told("open-told")


def _open() -> None:
    name = str(kept("open-name"))
    known = {strategy.name: strategy for strategy in session.service().strategies}
    try:
        _begin_from(known[name] if name in known else shelf().load(name))
        st.session_state.pop("open-told", None)
    except InputError as error:
        _tell("open-told", "error", problems(error))


def _upload() -> None:
    given = kept("open-file")
    try:
        if given is not None:
            _begin_from(read_upload(given.name, given.getvalue()))
        st.session_state.pop("open-told", None)
    except InputError as error:
        _tell("open-told", "error", problems(error))


def _begin_from(strategy: Strategy) -> None:
    drafting.go(lambda past: past.then(Draft.of(strategy)))
    st.session_state.setdefault("opened", {})[strategy.name] = strategy


def sharing(encode: Callable[[Draft], str], parameter: str) -> None:
    """Draw the texts of the draft, the buttons that save it, its link, its file and the command that repeats it."""
    draft = drafting.history().now
    strategy = draft.strategy
    _fill(strategy)
    with st.form("save", border=False):
        st.text_input("Namn", max_chars=120, key="save-label")
        st.text_area("Motivering: varför just dessa värden?", max_chars=2000, key="save-rationale")
        st.checkbox("Ersätt om namnet redan finns", key="save-replace")
        st.form_submit_button("Spara", on_click=_save, width="stretch")
    _show_told("save-told")
    _link(draft, encode, parameter)
    st.download_button(
        "Ladda ner som fil (YAML)", draft.document(), file_name=draft.file_name, mime="application/yaml",
        key="save-file", on_click="ignore", width="stretch",
    )  # fmt: skip
    st.markdown("Kommandot som ger samma svar:")
    st.code(f"{draft.command()} --out MAPP", language=None, wrap_lines=True)


def _link(draft: Draft, encode: Callable[[Draft], str], parameter: str) -> None:
    try:
        text = encode(draft)
    except InputError as error:
        st.caption(problems(error))
        return
    st.markdown("Länk som andra kan öppna:")
    address = st.context.url or ""
    st.code(f"{address.split('?')[0]}?{parameter}={text}", language=None, wrap_lines=True)


def _fill(strategy: Strategy) -> None:
    """Put the texts of a draft into the form when it has become another one."""
    state = st.session_state
    if state.get("save-for") != strategy.name or "save-label" not in state:
        state["save-for"] = strategy.name
        state["save-label"], state["save-rationale"] = strategy.label_sv, strategy.rationale


def _save() -> None:
    label, rationale = kept("save-label") or "", kept("save-rationale") or ""
    try:
        draft = kept(drafting.TABLE_KEY).history.now.with_texts(label=label, rationale=rationale)
        shelf().save(draft.strategy, replace=bool(kept("save-replace")))
    except TakenError:
        _tell("save-told", "error", "Namnet är taget av ett sparat scenario. Välj ett annat, eller ersätt det.")
        return
    except InputError as error:
        _tell("save-told", "error", problems(error))
        return
    drafting.go(lambda past: History(draft, past.past, past.future))
    _tell("save-told", "success", f"Sparat som {literal(draft.strategy.label_sv)}.")


# --- what became of it


def _tell(key: str, kind: str, text: str) -> None:
    """Remember a message about the draft as it is; not for one drawing only, which the next may break off."""
    st.session_state[key] = (drafting.history().now, kind, text)


def _show_told(key: str) -> None:
    """Draw the message as long as the draft is the one that it is about."""
    draft, kind, text = st.session_state.get(key, (None, "", ""))
    if draft == drafting.history().now:
        (st.error if kind == "error" else st.success)(text)
