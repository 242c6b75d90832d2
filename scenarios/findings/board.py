"""The follow-up board of the region, continued: latest figure, projected figures and arrows.

Every indicator of `followup_board.csv` is there. What the model has is worked out by a measure of
`scenarios.validation.measures`; surveys and what no part of the model has are named, never made up.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass, fields, replace

import numpy as np
import xarray as xr

from scenarios.measures.indicators import INDICATORS
from scenarios.statistics.intervals import interval
from scenarios.text.swedish import number
from scenarios.validation.measure import OutsideYearsError
from scenarios.validation.targets import parse
from simulator.region.board import BoardRow

DERIVED: Mapping[str, str] = {
    "continuity_chronic": "indicator(year={year}, name=continuity_index)",
    "assessed_within_3_days": "indicator(year={year}, name=assessed_within_3_days)",
    "continuity_housing": "continuity_housing(year={year})",
    "avoidable_admissions": "avoidable_admissions(year={year}, age_from=18, per=100000)",
    "home_help": "yearly_persons(year={year}, name=home_help_recipients)",
    "fall_injuries": "fall_admissions(year={year}, age_from=80, per=100000)",
    "admissions": "admissions_per_100000(year={year})",
    "permanent_contact": "share_with(year={year}, name=persons_with_contact)",
    "individual_plan": "share_with(year={year}, name=persons_with_plan)",
    "home_nursing_gp": "home_nursing_gp_share(year={year})",
    "gp_continuity_home_nursing": "indicator(year={year}, name=home_nursing_continuity)",
    "medication_reviews": "medication_review_share(year={year})",
    "housing_gp": "indicator(year={year}, name=special_housing_gp)",
    "home_nursing_plan": "indicator(year={year}, name=home_nursing_plan)",
}
"""What each derived indicator is worked out by; `indicator` codes of the board."""
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
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
UP_LARGE, UP, SAME, DOWN, DOWN_LARGE = "▲▲", "▲", "►", "▼", "▼▼"
"""Arrows: two for a change of 5 % or more against the year before, one for less, none changed as it is shown."""


@dataclass(frozen=True, slots=True)
class Figure:
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
) -> list[Figure]:
    """Return the board of a results dataset: every row, and for derived ones every scenario and year asked for."""
    return board_of(rows, board_values(dataset), scenarios, years)


def board_of(
    rows: Sequence[BoardRow],
    values: xr.DataArray,
    scenarios: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> list[Figure]:
    """Return the board of what `board_values` gave: every row, and for derived ones every scenario and year."""
    names = values["scenario"].values.tolist() if scenarios is None else list(scenarios)
    wanted = values["year"].values.tolist() if years is None else list(years)
    return [figure for row in rows for figure in _figures(in_own_unit(row), values, names, wanted)]


def in_own_unit(row: BoardRow) -> BoardRow:
    """Return a row with the unit in which the model works it out: the board's, but where that printed nothing."""
    return replace(row, unit=OWN_UNITS.get(row.indicator, row.unit))


def board_values(dataset: xr.Dataset) -> xr.DataArray:
    """Return the derived indicators, float64[board_indicator, scenario, replication, year]; NaN where not known.

    Those whose variables the results do not have are left out.
    """
    years = [int(year) for year in dataset["year"].values]
    names = [name for name, text in DERIVED.items() if not parse(text.format(year=0)).missing(dataset)]
    scenarios, replications = dataset["scenario"], dataset["replication"]
    by_scenario = [dataset.isel(scenario=j, drop=True) for j in range(dataset.sizes["scenario"])]
    rows = [_by_year(name, dataset, by_scenario, years) for name in names]
    table = np.stack(rows) if rows else np.empty((0, 0, 0, 0))
    return xr.DataArray(
        table,
        {"board_indicator": names, "scenario": scenarios.values, "replication": replications.values, "year": years},
        ("board_indicator", "scenario", "replication", "year"),
    )


def _by_year(name: str, dataset: xr.Dataset, by_scenario: Sequence[xr.Dataset], years: Sequence[int]) -> Array:
    """Return a derived indicator, float64[scenario, replication, year], of a dataset and its scenarios one by one."""
    first = parse(DERIVED[name].format(year=years[0]))
    if first.measure.name == "indicator":  # all years at once, which the measure would do anew for each
        known = INDICATORS[str(first.arguments["name"])].values(dataset)
        return known.reindex(year=list(years)).values
    found = np.full((dataset.sizes["scenario"], dataset.sizes["replication"], len(years)), np.nan)
    for j, data in enumerate(by_scenario):
        for k, year in enumerate(years):
            with suppress(OutsideYearsError):
                found[j, :, k] = _worked_out(name, data, year)
    return found


def _worked_out(indicator: str, data: xr.Dataset, year: int) -> Array:
    """Return an indicator of a year by replication; raises OutsideYearsError."""
    comparison = parse(DERIVED[indicator].format(year=year))
    return comparison.measure.compute(data, **comparison.arguments).values.astype(np.float64)


def _figures(row: BoardRow, values: xr.DataArray, names: Sequence[str], years: Sequence[int]) -> list[Figure]:
    if row.kind != "derived":
        return [_figure(row, row.kind)]
    if row.indicator not in values["board_indicator"].values:
        return [_figure(row, "not_yet")]
    mine = values.sel(board_indicator=row.indicator, drop=True)
    found = [_projected(row, mine.sel(scenario=name, drop=True), name, year) for name in names for year in years]
    return [figure for figure in found if figure is not None] or [_figure(row, "not_yet")]


def _projected(row: BoardRow, values: xr.DataArray, scenario: str, year: int) -> Figure | None:
    """Return the figure of a year from values[replication, year]; None when it is not known in all of them."""
    sample = _sample(values, year)
    if sample is None:
        return None
    low, high = interval(sample)
    before = _sample(values, year - 1)
    mean = float(sample.mean())
    shown = None if before is None else arrow(float(before.mean()), mean, DECIMALS[row.unit])
    return _figure(row, "derived", scenario, year, mean, low, high, shown)


def _sample(values: xr.DataArray, year: int) -> Array | None:
    """The indicator by replication; None for a year that the results do not have."""
    if year not in values["year"].values:
        return None
    sample = values.sel(year=year).values.astype(np.float64)
    return None if np.isnan(sample).any() else sample


def arrow(before: float, after: float, decimals: int) -> str:
    """Return the arrow from one figure to the next; unchanged when both are shown alike with so many decimals."""
    if round(before, decimals) == round(after, decimals):
        return SAME
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
) -> Figure:
    return Figure(
        row.shift, row.indicator, row.label_sv, row.unit, row.good, _known(row.region_value), _year(row.region_year),
        _known(row.country_value), _known(row.earlier_value), _year(row.earlier_year), status, scenario, year, value,
        low, high, shown, STATUS_SV[status],
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _year(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


# --- text


def to_json(figures: Sequence[Figure]) -> str:
    """Return figures as a JSON list; what is not known is null."""
    return json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=2, allow_nan=False)


def to_csv(figures: Sequence[Figure]) -> str:
    """Return figures as CSV with a header, decimal points, and nothing where a figure is not known."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([field.name for field in fields(Figure)])
    writer.writerows(astuple(figure) for figure in figures)
    return stream.getvalue()


def board_text(figures: Sequence[Figure], labels: Mapping[str, str]) -> str:
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


def _printed(figure: Figure) -> str:
    if figure.latest is None:
        return "ingen siffra"
    text = _number(figure, figure.latest) + (f" ({figure.latest_year})" if figure.latest_year else " (år ej tryckt)")
    return text + (f", riket {_number(figure, figure.country)}" if figure.country is not None else "")


def _statement(figure: Figure) -> str:
    return f"; {figure.statement}" if figure.statement else ""


def _shown(figure: Figure) -> str:
    text = f"{_number(figure, figure.value)} {figure.arrow or ''}".rstrip()
    return text if figure.low is None else f"{text} ({_number(figure, figure.low)} till {_number(figure, figure.high)})"


def _number(figure: Figure, value: float | None) -> str:
    return in_unit(value, figure.unit)


def in_unit(value: float | None, unit: str) -> str:
    """Return a figure with as many decimals as its unit has on the board, per cent with its sign."""
    return rounded(value, unit) + ("\u00a0%" if unit == "%" else "")


def rounded(value: float | None, unit: str, sign: bool = False) -> str:
    """Return a figure without its unit; small ones with two decimals."""
    small = value is not None and value and abs(value) < 1
    return number(value, 2 if small else DECIMALS.get(unit, 1), sign)


def _reading() -> Iterable[str]:
    yield f"{UP_LARGE} {DOWN_LARGE} 5 procent eller mer mot året före, {UP} {DOWN} mindre, {SAME} oförändrat."
    yield "Den tryckta siffran är regionens senaste och mäter inte alltid samma sak som modellen: läs förändringen."
