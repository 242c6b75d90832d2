"""The page Rapport: what is on the other pages as files, with how the figures came to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from scenarios.documents.strategy_document import DOCUMENT_NAME
from scenarios.documents.writers.forms import DOCUMENT_FORMS
from scenarios.exhibits import cards
from scenarios.exhibits.exhibit import Exhibit
from scenarios.pages import frame
from scenarios.report.about import reading, told_settings
from scenarios.report.formats import FORMATS, Format
from scenarios.report.origin import Origin
from scenarios.report.workbook import sheet_names
from scenarios.text.exits import literal
from scenarios.text.swedish import MISSING, number

UNTICKED = ("Övriga mått",)
"""Pages whose exhibits are in a report only when somebody ticks them."""
PAPER_SV = (
    "Ett färdigt dokument om scenarierna som visas: sammanfattning för ledningen, vad som händer utan och med "
    "besluten, vem som vinner och betalar, kommunerna, vad som begränsar, hur säkert det är och underlaget."
)
Shelf = Mapping[str, Sequence[Exhibit]]
"""Exhibits by the Swedish title of their page, in the order of the pages."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a report is to hold, and in which form."""

    exhibits: tuple[Exhibit, ...]
    form: Format


@frame.guarded
def page(
    shelf: Callable[[], Shelf],
    origin: Callable[[], Origin | None],
    paper: Callable[[], Callable[[str], bytes] | None] = lambda: None,
) -> None:
    """Draw the page; without results it says so.

    `paper` returns what writes a whole document of the results in a form, None while they are not whole.
    """
    frame.head("Rapport", "Ta med dig det som visas i appen, med antaganden och hur siffrorna räknades fram.")
    books = shelf()
    made = origin()
    if made is None or not any(books.values()):
        st.info("Det finns inget resultat att ta med än. Välj eller kör ett scenario först.")
        return
    _contents(books, made)
    _paper(paper())
    _made(made)


@st.fragment
@frame.guarded
def _contents(shelf: Shelf, origin: Origin) -> None:
    chosen, given = st.columns([1, 1.6], gap="large")
    with chosen:
        st.subheader("Innehåll", anchor=False)
        exhibits = tuple(exhibit for title, some in shelf.items() for exhibit in _choose(title, some))
    with given:
        st.subheader("Form", anchor=False)
        _give(Choice(exhibits, _form()), origin)


def _choose(title: str, exhibits: Sequence[Exhibit]) -> list[Exhibit]:
    """Draw a box for a page and one for each of its exhibits, and return those that are ticked."""
    if not exhibits:
        return []
    keys = [_key(title, exhibit) for exhibit in exhibits]
    for key in keys:
        st.session_state.setdefault(key, title not in UNTICKED)
    whole = f"report-page-{title}"
    st.session_state[whole] = all(st.session_state[key] for key in keys)
    st.checkbox(f"**{literal(title)}**", key=whole, on_change=_whole_page, args=(whole, tuple(keys)))
    apart = title in UNTICKED
    with st.expander("Välj bland dem") if apart else st.container(key=f"report-box-{title}", gap="xxsmall"):
        ticked = [st.checkbox(literal(exhibit.title), key=key) for exhibit, key in zip(exhibits, keys, strict=True)]
    return [exhibit for exhibit, tick in zip(exhibits, ticked, strict=True) if tick]


def _key(title: str, exhibit: Exhibit) -> str:
    return f"report-{title}-{exhibit.key}"


def _whole_page(whole: str, keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = bool(st.session_state.get(whole))


def _form() -> Format:
    name = st.radio(
        "Filtyp", list(FORMATS), format_func=lambda name: literal(FORMATS[name].label_sv), key="report-form",
        captions=[literal(form.description_sv) for form in FORMATS.values()],
    )  # fmt: skip
    return FORMATS[name if name in FORMATS else next(iter(FORMATS))]


def _give(choice: Choice, origin: Origin) -> None:
    """Draw the button, and what will be in the file."""
    st.download_button(
        "Ladda ner rapporten", partial(choice.form.write, choice.exhibits, origin),
        file_name=choice.form.file_name, mime=choice.form.mime, key="report-download", type="primary",
        on_click="ignore", disabled=empty(choice), width="stretch",
    )  # fmt: skip
    if empty(choice):
        st.info(literal(why_empty(choice)))
        return
    if any(exhibit.draw for exhibit in choice.exhibits) and choice.form.name in ("pictures", "all"):
        st.caption("Bilderna ritas när du laddar ner. Det tar någon sekund och en tredjedels sekund för varje diagram.")
    st.html(preview(choice))


def empty(choice: Choice) -> bool:
    """Tell whether there is nothing to write."""
    drawn = any(exhibit.draw for exhibit in choice.exhibits)
    return not (drawn if choice.form.name == "pictures" else choice.exhibits)


def why_empty(choice: Choice) -> str:
    """Return why there is nothing to write."""
    if choice.exhibits:
        return "Det valda innehållet har inga diagram. Välj något mer eller en annan filtyp."
    return "Välj något att ta med."


_HEADS = (cards.Head("Innehåll", share=50), cards.Head("Tabell", share=25), cards.Head("Diagram", share=25))


def preview(choice: Choice) -> str:
    """Return what a report will hold as a table: each exhibit with its sheet, rows and chart, then the files."""
    files = choice.form.files(choice.exhibits)
    caption = f"Filen heter {choice.form.file_name}"
    caption += "." if len(files) == 1 else f" och innehåller {number(len(files))} filer."
    sheets = sheet_names(choice.exhibits)
    tables = choice.form.name != "pictures"
    rows = [_preview_row(name, exhibit, tables) for name, exhibit in sheets.items()]
    return cards.table(caption, _HEADS, rows, cards.SLIM)


def _preview_row(name: str, exhibit: Exhibit, tables: bool) -> tuple[str, ...]:
    count = len(exhibit.rows)
    rows = f"{number(count)} {'rad' if count == 1 else 'rader'}, {len(exhibit.columns)} kolumner"
    sheet = f"Blad: {name}" if tables and name != exhibit.title else ""
    return cards.named(exhibit.title, sheet), rows if tables else MISSING, "ja" if exhibit.draw else "nej"


# --- a whole document


@st.fragment
@frame.guarded
def _paper(write: Callable[[str], bytes] | None) -> None:
    """Draw the button of the strategy document, in the form that is chosen."""
    st.subheader("Strategidokument", anchor=False)
    st.markdown(PAPER_SV)
    if write is None:
        st.info("Dokumentet kan göras när den första hela replikationen är klar.")
        return
    form = st.radio(
        "Form på dokumentet", list(DOCUMENT_FORMS), format_func=lambda name: DOCUMENT_FORMS[name].label_sv,
        key="report-paper-form", horizontal=True,
    )  # fmt: skip
    chosen = DOCUMENT_FORMS[form if form in DOCUMENT_FORMS else next(iter(DOCUMENT_FORMS))]
    st.download_button(
        "Ladda ner dokumentet", partial(write, chosen.suffix), file_name=f"{DOCUMENT_NAME}.{chosen.suffix}",
        mime=chosen.mime, key="report-paper", on_click="ignore",
    )  # fmt: skip
    st.caption("Det skrivs när du laddar ner och tar omkring en halv minut.")


# --- how it was made


def _made(origin: Origin) -> None:
    st.subheader("Så är siffrorna framtagna", anchor=False)
    st.markdown(literal(reading(origin.replications)))
    st.html(scenarios_html(origin))
    if origin.command:
        st.markdown("Kommandot gör om resultaten, med samma modellversion:")
        st.code(origin.command, language=None, wrap_lines=True)
    with st.expander("Antaganden i scenarierna"):
        st.html(assumptions_html(origin))


_SCENARIO_HEADS = (cards.Head("Scenario", share=40), cards.Head("Kontrollsumma", share=60))


def scenarios_html(origin: Origin) -> str:
    """Return the scenarios with their checksums as a table; version and seed stand in its caption."""
    facts = (
        f"modellversion {origin.code_version}" if origin.code_version else "",
        f"{number(origin.replications)} replikation{'' if origin.replications == 1 else 'er'}",
        f"frö {origin.seed}" if origin.seed else "",
        f"region {origin.region}, indata {origin.region_digest[:12]}" if origin.region else "",
    )
    rows = [
        (cards.named(scenario.label, scenario.name), cards.lines(scenario.hash) or MISSING)
        for scenario in origin.scenarios
    ]
    return cards.table(", ".join(fact for fact in facts if fact) + ".", _SCENARIO_HEADS, rows, cards.SLIM)


_ASSUMPTION_HEADS = (
    cards.Head("Scenario", share=22), cards.Head("Spak", share=26), cards.Head("Värde", share=16),
    cards.Head("Start", share=16), cards.Head("Gäller", share=20),
)  # fmt: skip


def assumptions_html(origin: Origin) -> str:
    """Return what each scenario assumes as a table."""
    rows = [
        (
            cards.named(row["scenario"]),
            row.get("lever") or row.get("rationale", ""),
            cards.valued(number(row.get("value")), row.get("unit", ""), f"neutralt {number(row.get('neutral'))}")
            if "value" in row
            else "",
            cards.lines(row.get("start", ""), f"full effekt {row['full']}" if "full" in row else ""),
            row.get("reach", ""),
        )
        for row in told_settings(origin)
    ]
    return cards.table("Scenariernas spakar. Motivering och underlag står i filerna.", _ASSUMPTION_HEADS, rows)
