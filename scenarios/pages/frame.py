"""What all pages share: language, style and head, the choice of scenarios, the state of work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from html import escape
from pathlib import Path
from typing import ParamSpec
from urllib.parse import quote

import streamlit as st

from scenarios.exhibits.html_table import swatch
from scenarios.exhibits.palette import looks
from scenarios.exhibits.wording import counted
from scenarios.live.answer import Answer
from scenarios.pages import session
from scenarios.pages.drafting import problems
from scenarios.pages.steered import kept, key_for, moved
from scenarios.running.engine import code_version
from scenarios.strategies.defaults import FULL_REPLICATIONS
from scenarios.strategies.labels import told_apart
from scenarios.strategies.library import BASELINE
from scenarios.text.exits import literal
from scenarios.text.problems import InputError

_P = ParamSpec("_P")
_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.5
MILESTONES = (2, 5, 10, 20)
"""Replications at which a page is drawn anew while an answer is being refined."""

ICON = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" '
    'fill="#0b6aa8"/><path d="M13 6h6v7h7v6h-7v7h-6v-7H6v-6h7z" fill="#fff"/></svg>'
)
"""The page's icon, a white cross on blue; a named one would be fetched from a server abroad."""

_STYLE_FILE = Path(__file__).with_name("app.css")
_LANGUAGE_FILE = Path(__file__).with_name("app.js")


def prepare() -> None:
    """Give the page its style and put Streamlit's own words into Swedish."""
    session.begin()
    st.html(_STYLE_FILE)
    with st.container(key="document-language", height=1, border=False):
        st.html(f"<script>{_LANGUAGE_FILE.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)


def guarded(draw: Callable[_P, None]) -> Callable[_P, None]:
    """Return `draw` so that whatever goes wrong in it becomes one Swedish message, never a traceback."""

    @wraps(draw)
    def safely(*args: _P.args, **named: _P.kwargs) -> None:
        try:
            draw(*args, **named)
        except InputError as error:
            st.error(problems(error))
        except Exception:
            _log.exception("the page could not be drawn")
            st.error("Något gick fel när sidan skulle visas. Ladda om sidan; hjälper inte det, se loggen.")

    return safely


def head(title: str, lead: str) -> None:
    """Draw the title of a page and the sentence that says what it answers."""
    session.begin()
    session.begin_page(title)
    st.title(literal(title), anchor=False)
    st.html(f'<p class="nv-lead">{escape(lead)}</p>')


def dark() -> bool:
    """Tell whether the theme is dark."""
    return bool(st.context.theme.type == "dark")


# --- the scenarios on the screen


def scenarios(most: int = session.MOST_SCENARIOS) -> Answer | None:
    """Draw the choice of scenarios with the state of work, and return their answer; None while there is nothing."""
    chosen = session.chosen()[:most]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(_chips({each.name: each.label for each in chosen}))
        with st.popover("Välj scenarier", width="content"):
            _boxes()
    answer = session.answer(chosen)
    state_of_work(answer)
    return answer


def state_of_work(answer: Answer | None) -> None:
    """Draw how an answer came to be, or how far the work on it has come."""
    if answer is not None:
        st.session_state.on_screen = answer
    if answer is None or st.session_state.get("wanted"):
        _progress()
    else:
        st.caption(literal(made(answer)))


def _chips(labels: dict[str, str]) -> str:
    by_name = looks(labels)
    parts = [
        f'<span class="nv-chip">{swatch(by_name[name].colour(dark()))}{escape(label)}</span>'
        for name, label in labels.items()
    ]
    return f'<div role="group" aria-label="Scenarier som visas">{"".join(parts)}</div>'


def _boxes() -> None:
    st.markdown("**Nuläge** är alltid med: mot det räknas skillnaderna.")
    if len(st.session_state.chosen) > session.TOLD_APART:
        st.caption("Fler än sex linjer i ett diagram är svåra att skilja åt. Tabellerna rymmer alla.")
    taken = st.session_state.chosen
    full = len(taken) >= session.MOST_SCENARIOS
    labels = told_apart({name: each.label for name, each in session.offered().items()})
    for name in labels:
        if name == BASELINE:
            continue
        key = key_for(f"show-{name}", name in taken)
        st.checkbox(
            literal(labels[name]), key=key, on_change=_toggle, args=(name, key), disabled=full and name not in taken
        )


def _toggle(name: str, key: str) -> None:
    if moved(key):
        taken = [each for each in kept("chosen") if each != name]
        session.choose((*taken, name) if kept(key) else tuple(taken))


def made(answer: Answer) -> str:
    """Return one line on how an answer came to be; says so when the model has changed since."""
    text = f"{counted(answer.replications, 'replikation', 'replikationer').capitalize()} per scenario"
    if answer.version != code_version():
        return f"{text} · räknat med en tidigare modellversion ({answer.version}); nya resultat räknas i bakgrunden"
    return f"{text} · modellversion {answer.version}"


@st.fragment(run_every=_POLL_SECONDS)
@guarded
def _progress() -> None:
    """Follow the work for this session; the page is drawn anew as replications come in."""
    wanted = st.session_state.get("wanted", ())
    if not wanted:
        return
    standing = session.service().standing(st.session_state.asker)
    if standing.failure:
        st.error(literal(standing.failure))
        return
    ready = session.service().ready(wanted)
    passed = sum(milestone <= ready for milestone in MILESTONES)
    if passed > st.session_state.passed or standing.finished:
        st.session_state.passed = passed
        st.rerun()
    share = min(1.0, standing.done / max(1, standing.total))
    st.progress(share, text=progress_text(standing.note, standing.ahead, ready))


def progress_text(note: str, ahead: int, ready: int) -> str:
    """Say in Swedish how far the work has come."""
    if note:
        return f"{literal(note)} …"
    if ahead:
        return f"Väntar på sin tur, {ahead} före …"
    if not ready:
        return "Räknar ett första svar …"
    if ready >= FULL_REPLICATIONS:
        return "Svaret är klart. Räknar framtider med osäkra antaganden …"
    return f"**Preliminärt svar:** {ready} av {FULL_REPLICATIONS} replikationer är klara, intervallen blir smalare …"
