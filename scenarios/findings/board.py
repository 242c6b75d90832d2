"""The follow-up board of the region, continued: latest figure, projected figures and arrows.

Every indicator of `followup_board.csv` is there. What the model has is a figure of the registry, of a group or as a
rate; surveys and what no part of the model has are named, never made up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from scenarios.measures.grouped import LEAD, Results
from scenarios.measures.reading import Reading, parse
from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import mean_of
from scenarios.text.swedish import number
from simulator.region.board import BoardRow

DERIVED: Mapping[str, Reading] = {
    code: parse(text)
    for code, text in {
        "continuity_chronic": "continuity_index",
        "assessed_within_3_days": "assessed_within_3_days",
        "continuity_housing": "continuity_housing",
        "avoidable_admissions": "avoidable_admissions(age_from=18, per=100000)",
        "home_help": "home_help_at_year_end",
        "fall_injuries": "fall_admissions(age_from=80, per=100000)",
        "admissions": "admissions(per=100000)",
        "permanent_contact": "persons_with_contact",
        "individual_plan": "persons_with_plan",
        "home_nursing_gp": "home_nursing_gp",
        "gp_continuity_home_nursing": "home_nursing_continuity",
        "medication_reviews": "medication_reviews",
        "housing_gp": "special_housing_gp",
        "home_nursing_plan": "home_nursing_plan",
    }.items()
}
"""The figure behind each derived indicator; `indicator` codes of the board."""
OWN_UNITS: Mapping[str, str] = {"gp_continuity_home_nursing": "index"}
"""Units of the model where the board has another and printed no figure."""
SHIFTS_SV: Mapping[str, str] = {
    "organisation_to_person": "Från fokus på organisation till fokus på person och relation",
    "passive_to_active": "Från invånare och patienter som passiva mottagare till aktiv medskapare",
    "reactive_to_proactive": "Från reaktiv till proaktiv och hälsofrämjande",
    "isolated_to_coordinated": "Från isolerade vård- och omsorgsinsatser till samordning utifrån personens fokus",
    "collaboration_survey": "Samverkansenkät kommun och hälsocentral",
    "home_nursing_follow_up": "Uppföljning av hemsjukvården, november 2025",
}
STATUS_SV = {
    "derived": "",
    "not_yet": "beräknas inte än",
    "survey": "följs upp genom enkät, modelleras inte",
    "missing": "följs upp, modelleras inte",
}
DECIMALS = {"index": 2, "%": 1, "per 100 000": 0, "persons": 0}
LARGE = 0.05
UP_LARGE, UP, UNCHANGED, DOWN, DOWN_LARGE = "▲▲", "▲", "►", "▼", "▼▼"
"""Arrows: two for a change of 5 % or more against the year before, one for less, none changed as it is shown."""


@dataclass(frozen=True, slots=True)
class BoardFigure:
    """One indicator of the board in one year of one scenario, or once without year when it is not worked out.

    `latest`, `latest_year`, `country` and `earlier` are as the board printed them. `value` is the mean over
    replications with its 95 % interval, `arrow` compares it with the year before. None where nothing is known.
    """

    shift: str
    indicator: str
    label: str
    unit: str
    good: str
    latest: float | None
    latest_year: int | None
    country: float | None
    earlier: float | None
    earlier_year: int | None
    status: str
    scenario: str | None
    year: int | None
    value: float | None
    low: float | None
    high: float | None
    arrow: str | None
    statement: str


def make_board(
    rows: Sequence[BoardRow],
    dataset: xr.Dataset,
    scenarios: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> list[BoardFigure]:
    """Return the board of a results dataset: every row, and for derived ones every scenario and year asked for."""
    return board_of(rows, board_values(Results(dataset)), scenarios, years)


def board_of(
    rows: Sequence[BoardRow],
    values: xr.DataArray,
    scenarios: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> list[BoardFigure]:
    """Return the board of what `board_values` gave: every row, and for derived ones every scenario and year."""
    names = values["scenario"].values.tolist() if scenarios is None else list(scenarios)
    wanted = values["year"].values.tolist() if years is None else list(years)
    return [figure for row in rows for figure in _figures(in_own_unit(row), values, names, wanted)]


def in_own_unit(row: BoardRow) -> BoardRow:
    """Return a row with the unit in which the model works it out: the board's, but where that printed nothing."""
    return replace(row, unit=OWN_UNITS.get(row.indicator, row.unit))


def board_values(results: Results) -> xr.DataArray:
    """Return the derived indicators, float64[board_indicator, scenario, replication, year]; NaN where not known.

    Those whose variables the results do not have are left out.
    """
    readings = {name: reading for name, reading in DERIVED.items() if not reading.missing(results)}
    years = {"year": results.years}
    rows = [reading.values(results).reindex(years).values for reading in readings.values()]
    return xr.DataArray(
        np.stack(rows) if rows else np.empty((0, 0, 0, 0)),
        {"board_indicator": list(readings)} | results.coordinates(LEAD) | years,
        ("board_indicator", *LEAD, "year"),
    )


def _figures(row: BoardRow, values: xr.DataArray, names: Sequence[str], years: Sequence[int]) -> list[BoardFigure]:
    if row.kind != "derived":
        return [_figure(row, row.kind)]
    if row.indicator not in values["board_indicator"].values:
        return [_figure(row, "not_yet")]
    mine = values.sel(board_indicator=row.indicator, drop=True)
    figures = [_projected(row, mine.sel(scenario=name, drop=True), name, year) for name in names for year in years]
    return [figure for figure in figures if figure is not None] or [_figure(row, "not_yet")]


def _projected(row: BoardRow, values: xr.DataArray, scenario: str, year: int) -> BoardFigure | None:
    """Return the figure of a year from values[replication, year]; None when it is not known in all of them."""
    sample = _sample(values, year)
    if sample is None:
        return None
    mean, before = mean_of(sample, DERIVED[row.indicator].limits), _sample(values, year - 1)
    direction = None if before is None else arrow(float(before.mean()), mean.value, DECIMALS[row.unit])
    return _figure(row, "derived", scenario, year, mean.value, *mean.bounds, direction)


def _sample(values: xr.DataArray, year: int) -> Array | None:
    """The indicator by replication; None for a year that the results do not have."""
    if year not in values["year"].values:
        return None
    sample = values.sel(year=year).values.astype(np.float64)
    return None if np.isnan(sample).any() else sample


def arrow(before: float, after: float, decimals: int) -> str:
    """Return the arrow from one figure to the next; unchanged when both are shown alike with so many decimals."""
    if round(before, decimals) == round(after, decimals):
        return UNCHANGED
    large = abs(after - before) >= LARGE * abs(before)
    if after > before:
        return UP_LARGE if large else UP
    return DOWN_LARGE if large else DOWN


def _figure(
    row: BoardRow,
    status: str,
    scenario: str | None = None,
    year: int | None = None,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    shown: str | None = None,
) -> BoardFigure:
    return BoardFigure(
        row.shift, row.indicator, row.label_sv, row.unit, row.good, _known(row.region_value), _year(row.region_year),
        _known(row.country_value), _known(row.earlier_value), _year(row.earlier_year), status, scenario, year, value,
        low, high, shown, STATUS_SV[status],
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _year(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


# --- text


def board_text(figures: Sequence[BoardFigure], labels: Mapping[str, str]) -> str:
    """Return the board in Swedish: by shift and indicator, the printed figure, then scenarios with their years."""
    lines: list[str] = []
    shift = indicator = scenario = None
    for figure in figures:
        if figure.shift != shift:
            shift = figure.shift
            lines += ["", SHIFTS_SV.get(shift, shift).upper()]
        if figure.indicator != indicator:
            indicator, scenario = figure.indicator, None
            lines.append(f"{figure.label}: {_printed(figure)}{_statement(figure)}")
        if figure.scenario is not None:
            if figure.scenario != scenario:
                scenario = figure.scenario
                lines.append(f"    {labels.get(scenario, scenario)}")
            lines.append(f"      {figure.year}  {_shown(figure)}")
    return "\n".join([*lines[1:], "", *_reading()]) + "\n"


def _printed(figure: BoardFigure) -> str:
    if figure.latest is None:
        return "ingen siffra"
    text = _number(figure, figure.latest) + (f" ({figure.latest_year})" if figure.latest_year else " (år ej tryckt)")
    return text + (f", riket {_number(figure, figure.country)}" if figure.country is not None else "")


def _statement(figure: BoardFigure) -> str:
    return f"; {figure.statement}" if figure.statement else ""


def _shown(figure: BoardFigure) -> str:
    text = f"{_number(figure, figure.value)} {figure.arrow or ''}".rstrip()
    return text if figure.low is None else f"{text} ({_number(figure, figure.low)} till {_number(figure, figure.high)})"


def _number(figure: BoardFigure, value: float | None) -> str:
    return in_unit(value, figure.unit)


def in_unit(value: float | None, unit: str) -> str:
    """Return a figure with as many decimals as its unit has on the board, per cent with its sign."""
    return rounded(value, unit) + ("\u00a0%" if unit == "%" else "")


def rounded(value: float | None, unit: str, sign: bool = False) -> str:
    """Return a figure without its unit; small ones with two decimals."""
    small = value is not None and value and abs(value) < 1
    return number(value, 2 if small else DECIMALS.get(unit, 1), sign)


def _reading() -> Iterable[str]:
    yield f"{UP_LARGE} {DOWN_LARGE} 5 procent eller mer mot året före, {UP} {DOWN} mindre, {UNCHANGED} oförändrat."
    yield "Den tryckta siffran är regionens senaste och mäter inte alltid samma sak som modellen: läs förändringen."
