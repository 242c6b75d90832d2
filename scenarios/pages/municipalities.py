"""The page Karta: the county's municipalities on a map and as tiles, and the health centres of one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import streamlit as st
import xarray as xr

from scenarios.exhibits.charts import FIRST_SHOWN
from scenarios.exhibits.exhibit import Exhibit
from scenarios.exhibits.map.centre_chart import Centres, centres_exhibit, centres_of
from scenarios.exhibits.map.county_map import PICKED, map_exhibit
from scenarios.exhibits.map.place_rows import Shows, View, summary
from scenarios.exhibits.map.tile_grid import tiles_exhibit
from scenarios.findings.place_figures import place_figures
from scenarios.live.answer import Answer
from scenarios.measures.figures import BY_PLACE, FIGURES, Figure
from scenarios.pages import frame
from scenarios.pages.show import show
from scenarios.places.boundaries import Boundaries, boundaries
from scenarios.places.places import PlaceKind
from scenarios.running.engine import load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.exits import literal

FIRST_MEASURE = "assessed_within_3_days"
SHOWS_SV: dict[Shows, str] = {"value": "Värde", "difference": "Skillnad mot {}"}
KEY_PREFIX = "karta-"
"""Begins the keys of the page's widgets."""


class Placed(NamedTuple):
    """What the page shows: values by place of every run, Swedish names of the scenarios, the one compared with.

    `values` holds the figures by place as they are kept of a run, put together over scenarios and replications; a
    replication that a scenario does not have yet is NaN.
    """

    values: xr.Dataset
    labels: Mapping[str, str]
    baseline: str


Picked = Callable[[str], None]
Show = Callable[[Exhibit, Picked | None], None]
"""Draws an exhibit; with the second it is told the code of a municipality that is clicked."""


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head("Karta", "Hur ser det ut i länets tolv kommuner, och vid deras hälsocentraler?")
    answer = frame.scenarios()
    given = None if answer is None else placed(answer)
    if given is None:
        st.info("Figurer per kommun kommer med nästa del av svaret.")
        return
    explore(given, draw)


def placed(answer: Answer) -> Placed | None:
    """Return what an answer has by place; None of a first answer, which has the main indicators alone."""
    if answer.details is None:
        return None
    return Placed(answer.details.assign_attrs(region=HOME_REGION), answer.labels, answer.baseline)


def draw(exhibit: Exhibit, picked: Picked | None = None) -> None:
    """Draw an exhibit, and tell `picked` which municipality is clicked."""
    show(exhibit, select=None if picked is None else (PICKED, partial(_clicked, f"chart-{exhibit.key}", picked)))


def _clicked(key: str, picked: Picked) -> None:
    code = picked_code(st.session_state.get(key))
    if code:
        picked(code)


def picked_code(event: Any) -> str:
    """Return the code of the municipality that was clicked, "" of none and of anything else a browser may send."""
    try:
        code = event["selection"][PICKED][0]["code"]
    except (KeyError, IndexError, TypeError):
        return ""
    return code if isinstance(code, str) else ""


# --- choosing


@st.fragment
def explore(given: Placed, draw: Show) -> None:
    """Draw choices, map, tiles and health centres; a fragment, so that a choice redraws nothing else."""
    region = load_region(str(given.values.attrs["region"]))
    try:
        bounds = boundaries(region.code)
    except FileNotFoundError:
        st.info("Det finns ingen karta över den här regionen.")
        return
    given = given._replace(values=given.values.sel(scenario=list(given.labels)))
    _settle("municipality", list(bounds.names), _largest(region))
    measure = _choose_measure(given, "municipality", "Mått", FIRST_MEASURE)
    view = _choose_view(given, bounds)
    figures = place_figures(given.values, measure, given.baseline)
    st.markdown(f"**{literal(summary(figures, view))}**")
    left, right = st.columns(2, gap="large")
    with left:
        draw(map_exhibit(figures, bounds, view), partial(_pick, bounds))
    with right:
        draw(tiles_exhibit(figures, bounds, view), partial(_pick, bounds))
    _centres(given, region, measure, view, draw)


def _settle(name: str, options: Sequence[Any], first: Any) -> Any:
    """Return the value of a widget, set to the first choice where it has none or one that is not offered (any more)."""
    key = f"{KEY_PREFIX}{name}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = first if first in options else options[0]
    return st.session_state[key]


def _select(
    label: str, named: Mapping[str, str], first: str, name: str, on_change: Callable[[], None] | None = None
) -> str:
    """Return what is chosen of a list, by code; `named` are its Swedish names."""
    _settle(name, list(named), first)
    choice = st.selectbox(
        label, list(named), format_func=lambda code: named[code], key=f"{KEY_PREFIX}{name}", on_change=on_change,
        filter_mode=None, placeholder="Välj", persist_state="session",
    )  # fmt: skip
    return str(choice)


def _choose_measure(given: Placed, kind: PlaceKind, label: str, first: str) -> Figure:
    known = FIGURES[BY_PLACE[kind]]
    offered = [known[name] for name in given.values[BY_PLACE[kind].listed].values.tolist() if name in known]
    named = {measure.name: f"{measure.label_sv} ({measure.unit_sv})" for measure in offered}
    on_change = _match_centres if kind == "municipality" else None
    return known[_select(label, named, first, f"{kind}-measure", on_change)]


def _match_centres() -> None:
    """Let the health centres show the measure that belongs to the one just chosen."""
    centre = FIGURES[BY_PLACE["municipality"]][st.session_state[f"{KEY_PREFIX}municipality-measure"]].centre
    if centre:
        st.session_state[f"{KEY_PREFIX}centre-measure"] = centre


def _choose_view(given: Placed, bounds: Boundaries) -> View:
    names = list(given.labels)
    years = [int(year) for year in given.values["year"].values if year >= FIRST_SHOWN]
    first, second, third = st.columns([2, 3, 3])
    with first:
        scenario = _select("Scenario", given.labels, names[min(1, len(names) - 1)], "scenario")
    with second:
        shows = _choose_shown(given.labels[given.baseline])
    with third:
        year = _choose_year(years)
    return View(scenario, year, shows, given.labels, bounds.names, st.session_state[f"{KEY_PREFIX}municipality"])


def _choose_shown(baseline: str) -> Shows:
    _settle("shows", list(SHOWS_SV), "value")
    shows = st.segmented_control(
        "Visa", list(SHOWS_SV), key=f"{KEY_PREFIX}shows", required=True, wrap=True, persist_state="session",
        format_func=lambda shows: literal(SHOWS_SV[shows].format(baseline)),
    )  # fmt: skip
    return "difference" if shows == "difference" else "value"


def _choose_year(years: Sequence[int]) -> int:
    _settle("year", years, years[-1])
    if len(years) < 2:
        return years[-1]
    return int(st.select_slider("År", years, key=f"{KEY_PREFIX}year", persist_state="session"))


def _pick(bounds: Boundaries, code: str) -> None:
    if code in bounds.names:
        st.session_state[f"{KEY_PREFIX}municipality"] = code


# --- the health centres of one municipality


def _centres(given: Placed, region: Centres, measure: Figure, view: View, draw: Show) -> None:
    st.header("Hälsocentraler", anchor=False)
    st.markdown("Klicka på en kommun på kartan eller i en ruta, eller välj den här.")
    towns = dict(sorted(view.names.items(), key=lambda item: _alphabetical(item[1])))
    left, right = st.columns(2)
    with left:
        code = _select("Kommun", towns, _largest(region), "municipality")
    with right:
        own = _choose_measure(given, "centre", "Mått för hälsocentraler", measure.centre)
    names = dict(zip(region.centres, region.centre_names, strict=True))
    local = replace(view, names=names, municipality=code)
    draw(centres_exhibit(place_figures(given.values, own, given.baseline), region, local, towns[code]), None)


def _alphabetical(name: str) -> str:
    """Return a key by which Swedish names sort: å, ä and ö behind z, and not as Unicode has them."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def _largest(region: Centres) -> str:
    """Return the municipality with most health centres."""
    return max(region.municipalities, key=lambda code: len(centres_of(region, code)))
