"""The page of staff and capacity: needed and employed, what binds, beds, queues, waits and the structure matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from scenarios.exhibits import telling
from scenarios.exhibits.capacity import limits, monthly, staffing, structure_matrix
from scenarios.exhibits.wording import uncertainty
from scenarios.live.answer import Answer
from scenarios.pages import basis, choices, frame
from scenarios.pages.show import show
from scenarios.places.names import PROFESSIONS_SV, UNIT_KINDS_SV, hospital_names, kind_of_profession, units_of
from scenarios.running.engine import load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.exits import literal, numbered

DETAILS_COMING = "Bemanning, platser och köer visas när den första hela replikationen är klar, om några sekunder."


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head(
        "Bemanning och kapacitet",
        "Hur många som behövs och finns, vad som begränsar, hur fullt det är och hur länge man väntar.",
    )
    answer = frame.scenarios()
    if answer is None:
        return
    if answer.details is None:
        st.info(DETAILS_COMING)
        return
    _views(answer)
    basis.show(answer)


@st.fragment
@frame.guarded
def _views(answer: Answer) -> None:
    """Draw one view: what is not shown is not worked out."""
    name = choices.view("Visa", list(CAPACITY_VIEWS), "capacity-view")
    CAPACITY_VIEWS[name](answer)
    st.info(uncertainty(answer))


def _professions(answer: Answer) -> None:
    units = units_of(load_region(HOME_REGION))
    left, middle, right = st.columns([1.3, 1.6, 0.7])
    with left:
        kind = choices.one_of("Verksamhet", list(UNIT_KINDS_SV), "capacity-kind", lambda kind: UNIT_KINDS_SV[kind])
    with middle:
        place = choices.one_of("Plats", staffing.places(units, kind), f"capacity-{kind}", lambda place: place.label)
    with right:
        year = choices.year(answer, "capacity-year")
    left, right = st.columns(2, gap="large")
    with left:
        show(staffing.supply(answer, year, place))
    with right:
        show(staffing.gaps(answer, year, place))


def _places(answer: Answer) -> None:
    units = units_of(load_region(HOME_REGION))
    left, middle, right = st.columns([1.6, 1.3, 0.7])
    with left:
        profession = _profession("capacity-places-profession")
    with middle:
        scenario = choices.scenario(answer, "capacity-scenario")
    with right:
        year = choices.year(answer, "capacity-year")
    kind = kind_of_profession(profession)
    at = [place for place in staffing.places(units, kind) if len(place.codes) == 1]
    if kind == "centre" and choices.view("Dela upp efter", _SPLITS, "capacity-split", hidden=False) == _SPLITS[0]:
        at = staffing.by_town(units)
    names = list(dict.fromkeys([answer.baseline, scenario]))
    show(staffing.at_places(answer, year, profession, at, names))


_SPLITS = ("Kommun", "Hälsocentral")


def _profession(key: str) -> str:
    return choices.one_of("Yrke", list(PROFESSIONS_SV), key, lambda name: PROFESSIONS_SV[name])


def _by_year(answer: Answer) -> None:
    units = units_of(load_region(HOME_REGION))
    left, middle, right = st.columns(3)
    with left:
        profession = _profession("capacity-years-profession")
    with middle:
        measure = choices.one_of("Mått", staffing.STAFF_MEASURES, "capacity-measure", lambda measure: measure.label_sv)
    kind = kind_of_profession(profession)
    place = staffing.whole(units, kind)
    if measure.by_place:
        with right:
            offered = staffing.places(units, kind)
            place = choices.one_of("Plats", offered, f"capacity-{kind}", lambda place: place.label)
    show(staffing.over_time(answer, measure, profession, place))


def _limits(answer: Answer) -> None:
    left, right, _ = st.columns([1.6, 0.7, 0.8])
    with left:
        scenario = choices.scenario(answer, "capacity-scenario")
    with right:
        year = choices.year(answer, "capacity-year")
    here = telling.bindings(answer, scenario, year)
    today = here if scenario == answer.baseline else telling.bindings(answer, answer.baseline, year)
    st.markdown(numbered(limits.sentences(answer, here)))
    if enough_sv := limits.enough(here):
        st.caption(literal(enough_sv))
    show(limits.exhibit(answer, here, today, year))


def _beds(answer: Answer) -> None:
    _monthly(answer, monthly.BEDS, "capacity-beds")


def _lines(answer: Answer) -> None:
    _monthly(answer, monthly.LINES, "capacity-lines")


def _monthly(answer: Answer, measures: tuple[monthly.Monthly, ...], key: str) -> None:
    names = hospital_names(load_region(HOME_REGION))
    left, right = st.columns([1.6, 1])
    with left:
        measure = choices.one_of("Mått", monthly.offered(answer, measures), key, lambda measure: measure.label_sv)
    at = monthly.wheres(answer, measure)
    where = at[0]
    if len(at) > 1:
        with right:
            place = f"{key}-{'both' if measure.summed else 'hospital'}"
            where = choices.one_of("Plats", at, place, lambda code: names.get(code, "Alla sjukhus tillsammans"))
    show(monthly.exhibit(answer, measure, where, names))


def _matrix(answer: Answer) -> None:
    left, right, _ = st.columns([1.6, 0.7, 0.8])
    with left:
        scenario = choices.scenario(answer, "capacity-scenario")
    with right:
        year = choices.year(answer, "capacity-year")
    matrix = structure_matrix.cells(answer, scenario, year)
    against = "" if scenario == answer.baseline else f" Inom parentes: skillnad mot {answer.labels[answer.baseline]}."
    st.html(structure_matrix.html(matrix, f"{answer.labels[scenario]}, {year}.{against}", frame.dark()))
    st.markdown(literal(structure_matrix.idle_text(matrix)))
    st.caption(literal(structure_matrix.READING))
    drawer = st.expander("Tabell med intervall och nedladdning", key="capacity-matrix-table", on_change="rerun")
    if drawer.open:
        with drawer:
            show(structure_matrix.exhibit(answer, matrix, scenario, year))


CAPACITY_VIEWS: Mapping[str, Callable[[Answer], None]] = {
    "Yrken": _professions,
    "Platser": _places,
    "År för år": _by_year,
    "Det som begränsar": _limits,
    "Vårdplatser": _beds,
    "Köer och väntan": _lines,
    "Strukturmatris": _matrix,
}
"""What the page can show, by the words on its button."""
