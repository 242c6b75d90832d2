"""The page Antaganden: what the model is given, how it compares with what is observed, and how it works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from importlib.resources import files
from typing import TypeVar

import streamlit as st

from scenarios.effects.areas import all_effects
from scenarios.effects.vocabulary import SHORT_UNITS_SV
from scenarios.exhibits.exhibit import Exhibit
from scenarios.exhibits.sources import effect_table, register_table, validation_table
from scenarios.exhibits.sources.effect_table import EffectShown
from scenarios.exhibits.sources.register_table import EVERYTHING, GRADES, Register, register_of
from scenarios.exhibits.sources.validation_table import STANDINGS_SV, Kind, Validation
from scenarios.levers.registry import LEVERS
from scenarios.pages import frame
from scenarios.places.register import GRADES_SV, entries_of
from scenarios.report.formats import exhibit_csv
from scenarios.report.origin import Origin, today
from scenarios.report.workbook import write_workbook
from scenarios.running.engine import code_version, load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.exits import literal
from scenarios.text.search import LONGEST_SEARCH
from scenarios.text.swedish import number

_T = TypeVar("_T")

ROWS_AT_FIRST = 25
"""Rows shown at first, and more for each press of the button."""

SECTIONS = (
    "Parametrar", "Prövning", "Spakarnas underlag", "Att hitta de få", "Så fungerar modellen",
    "Känslighet och kalibrering",
)  # fmt: skip
VIEWS = ("Effekter", "Studier", "Läge och antaganden")
"""What of the levers' evidence is shown: effects, the studies for and against them, what else levers rest on."""
_LANGUAGES = "Källor och anmärkningar står på källans språk, oftast engelska."
_GRADES_LINE = "Grad " + ". ".join(f"**{grade}**: {text}" for grade, text in GRADES_SV.items()) + f". {_LANGUAGES}"
_NOTHING = "Inget svarar mot sökningen. Pröva färre eller kortare ord, eller ta bort ett urval."
_LATER = (
    "**Känslighet** (vilka antaganden som flyttar svaret mest) och **kalibrering** (antaganden anpassade till "
    "historien, med sin osäkerhet) är inte gjorda än. Tills dess varieras antagandena ett och ett inom sina spann."
)


@frame.guarded
def page(validation: Callable[[], Validation | None] | None = None, region: str = HOME_REGION) -> None:
    """Draw the page; `validation` is called when that section is opened, without it the one of the project is shown."""
    frame.head(
        "Antaganden",
        "Allt som modellen räknar med står här, med källa och grad, tillsammans med hur den står sig mot verkligheten.",
    )
    section = st.segmented_control(
        "Avsnitt", SECTIONS, default=SECTIONS[0], required=True, key="assumptions-section", width="stretch"
    )
    if section == SECTIONS[1]:
        _validation(validation or partial(shipped, region), region)
    elif section == SECTIONS[2]:
        _evidence(region)
    elif section == SECTIONS[3]:
        _told("att-hitta-de-fa.md")
    elif section == SECTIONS[4]:
        st.subheader("Så fungerar modellen", anchor=False)
        _told("modellen.md")
    elif section == SECTIONS[5]:
        st.subheader("Känslighet och kalibrering", anchor=False)
        st.markdown(_LATER)
    else:
        _register(region)


@lru_cache(maxsize=2)
def register(region: str) -> Register:
    """Return the register of a region, read once; raises simulator.region.pack.RegionError."""
    return register_of(entries_of(load_region(region)))


@lru_cache(maxsize=2)
def shipped(region: str) -> Validation | None:
    """Return the validation that comes with the project, read once."""
    return validation_table.shipped(region)


@lru_cache(maxsize=4)
def packaged_text(name: str) -> str:
    """Return a text that comes with the app, as Markdown."""
    return files("scenarios.pages").joinpath("texts", name).read_text(encoding="utf-8")


# --- parameters


@st.fragment
@frame.guarded
def _register(region: str) -> None:
    known = register(region)
    st.subheader("Parametrar och andra tal", anchor=False)
    st.markdown(register_table.counts_sv(known.entries))
    st.caption(_GRADES_LINE)
    text, grades = _search("register", "Sök i registret", "Till exempel: hemsjukvård kalmar")
    area = st.selectbox(
        "Område", (EVERYTHING, *known.areas), key="register-area", filter_mode=None,
        placeholder="Välj", on_change=_from_the_top,
        args=("register",),
    )  # fmt: skip
    matching = known.found(text, grades, area if area in known.areas else EVERYTHING)
    _downloads(register_table.register_exhibit(matching), region)
    _listed("register", matching, register_table.register_html, len(known.entries))


def _search(name: str, label: str, example: str) -> tuple[str, Sequence[str]]:
    """Draw a field for free text and a choice of grades, and return what was chosen."""
    text = st.text_input(
        label, key=f"{name}-text", type="search", max_chars=LONGEST_SEARCH, placeholder=example, live="300ms",
        on_change=_from_the_top, args=(name,),
    )  # fmt: skip
    grades = st.pills(
        "Grad", GRADES, selection_mode="multi", key=f"{name}-grades", on_change=_from_the_top, args=(name,),
        format_func=lambda grade: literal(f"{grade}, {GRADES_SV[grade]}"),
    )  # fmt: skip
    return str(text or ""), tuple(grade for grade in grades or () if grade in GRADES)


def _listed(name: str, matching: Sequence[_T], html: Callable[[Sequence[_T], str], str], total: int) -> None:
    """Draw the first of what was found, and a button for more."""
    limit = int(st.session_state.get(f"{name}-shown", ROWS_AT_FIRST))
    if not matching:
        st.info(_NOTHING)
        return
    first_ones = matching[:limit]
    st.html(
        html(
            first_ones,
            f"Visar {number(len(first_ones))} av {number(len(matching))} träffar, av {number(total)} i allt.",
        )
    )
    if len(first_ones) < len(matching):
        st.button("Visa fler", key=f"{name}-more", on_click=_more, args=(name,), width="stretch")


def _more(name: str) -> None:
    st.session_state[f"{name}-shown"] = int(st.session_state.get(f"{name}-shown", ROWS_AT_FIRST)) + ROWS_AT_FIRST


def _from_the_top(name: str) -> None:
    st.session_state[f"{name}-shown"] = ROWS_AT_FIRST


def _downloads(exhibit: Exhibit, region: str) -> None:
    """Offer a table as Excel and CSV, made when it is asked for."""
    with st.container(horizontal=True):
        st.download_button(
            "Ladda ner som Excel", partial(workbook, exhibit, region), file_name=f"{exhibit.key}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", key=f"{exhibit.key}-excel",
            on_click="ignore", disabled=not exhibit.rows,
        )  # fmt: skip
        st.download_button(
            "Ladda ner som CSV", partial(exhibit_csv, exhibit), file_name=f"{exhibit.key}.csv", mime="text/csv",
            key=f"{exhibit.key}-csv", on_click="ignore", disabled=not exhibit.rows,
        )  # fmt: skip


def workbook(exhibit: Exhibit, region: str) -> bytes:
    """Return a table of this page as a workbook that tells of which data and code it is."""
    return write_workbook([exhibit], Origin((), today(), region, load_region(region).digest, code_version()))


# --- the rest


@st.fragment
@frame.guarded
def _validation(validation: Callable[[], Validation | None], region: str) -> None:
    st.subheader("Prövning mot observerade siffror", anchor=False)
    st.markdown(
        "Nuläget i modellen bredvid det som är observerat i länet, eller i landet där länets siffra inte finns. "
        "Det som modellen får som indata, eller är anpassad till, står för sig och räknas inte i summeringen."
    )
    compared = validation()
    if compared is None:
        st.info("Här visas prövningen när nuläget är simulerat. Kommandot `naravard validate` gör samma tabell.")
        return
    st.markdown(f"**{literal(compared.summary)}.** {literal(compared.scopes)}")
    st.caption(literal(made(compared, code_version())))
    kinds = {kind: compared.of(kind) for kind in STANDINGS_SV}
    chosen = st.radio(
        "Visa", [kind for kind in STANDINGS_SV if kinds[kind]], key="validation-kind", on_change=_from_the_top,
        format_func=lambda kind: f"{STANDINGS_SV[kind]} ({number(len(kinds[kind]))})", args=("validation",),
        horizontal=True,
    )  # fmt: skip
    kind: Kind = chosen if chosen in STANDINGS_SV else "outside"
    _downloads(validation_table.validation_exhibit(compared, compared.lines), region)
    _listed("validation", kinds[kind], partial(validation_table.validation_html, compared), len(compared.lines))


def made(compared: Validation, version: str) -> str:
    """Return how a validation came to be, and whether the model has changed since."""
    text = f"{number(compared.replications)} replikationer av nuläget, modellversion {compared.version or 'okänd'}"
    return f"{text}." if compared.version == version else f"{text}, en annan än dagens ({version})."


@st.fragment
@frame.guarded
def _evidence(region: str) -> None:
    st.subheader("Spakarnas underlag", anchor=False)
    st.markdown(
        "Vad studier säger om varje effekt, för och emot, och hur det mätta blev en regel i modellen. Svagt underlag "
        "ger ett brett spann och ofta ingen effekt alls."
    )
    st.caption(f"{_GRADES_LINE} {SHORT_UNITS_SV}")
    view = st.segmented_control(
        "Visa", VIEWS, default=VIEWS[0], required=True, key="evidence-view", on_change=_from_the_top, args=("evidence",)
    )
    text, grades = _search("evidence", "Sök i underlaget", "Till exempel: kontinuitet norge")
    if view == VIEWS[1]:
        studies = effect_table.found_studies(all_effects(), text, grades)
        _downloads(effect_table.studies_exhibit(studies), region)
        _listed("evidence", studies, effect_table.studies_html, sum(len(e.studies) for e in all_effects()))
    elif view == VIEWS[2]:
        findings = register_table.evidence_of(LEVERS.values(), text, grades)
        _downloads(register_table.evidence_exhibit(findings), region)
        total = sum(len(lever.evidence) for lever in LEVERS.values())
        _listed("evidence", findings, register_table.evidence_html, total)
    else:
        effects = effect_table.found_effects(effects_shown(region), text, grades)
        _downloads(effect_table.effects_exhibit(effects), region)
        _listed("evidence", effects, effect_table.effects_html, len(effects_shown(region)))


@lru_cache(maxsize=2)
def effects_shown(region: str) -> tuple[EffectShown, ...]:
    """Return every effect with its values in a region, read once."""
    return effect_table.shown_effects(all_effects(), load_region(region), LEVERS.values())


def _told(name: str) -> None:
    """Draw a text that comes with the app, no wider than is good to read."""
    with st.container(width=800):
        st.markdown(packaged_text(name))
