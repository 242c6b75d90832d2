"""One indicator of the follow-up board by year: every scenario with its band, and the printed figures as marks."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from scenarios.exhibits import charts
from scenarios.exhibits.board.board_lines import BOARD_UNITS_SV, BoardLine
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.palette import ink
from scenarios.exhibits.wording import VERDICTS_SV, interval
from scenarios.findings.board import DECIMALS, in_unit
from scenarios.live.answer import Answer
from simulator.region.board import BoardRow


def by_year(line: BoardLine, answer: Answer) -> Exhibit:
    """Return an indicator of the board by year."""
    row = line.row
    places, unit = DECIMALS.get(row.unit, 1), BOARD_UNITS_SV.get(row.unit, row.unit)
    marked = "Rutan är regionens tryckta siffra och mäter inte alltid samma sak som modellen. " if _marks(row) else ""
    return Exhibit(
        key=f"uppfoljning-{row.indicator.replace('_', '-')}",
        title=row.label_sv,
        unit=unit,
        alt=_alt(line, answer),
        columns=(
            Column("year", "År", 0),
            Column("scenario", "Scenario"),
            Column("value", "Värde", places, unit),
            Column("low", "Undre gräns", places, unit, "Medelvärdets 95 %-intervall."),
            Column("high", "Övre gräns", places, unit, "Medelvärdets 95 %-intervall."),
            Column("difference", "Skillnad", places, unit, "Parad, mot dagens kurs.", sign=True),
            Column("difference_low", "Skillnad, undre", places, unit, sign=True),
            Column("difference_high", "Skillnad, övre", places, unit, sign=True),
            Column("meaning", "Betyder"),
        ),
        rows=_rows(line, answer),
        draw=partial(_draw, line, answer),
        note=f"{marked}Bandet är 95 %-intervallet. Den lodräta axeln börjar inte vid noll.",
        scenarios=tuple(answer.labels),
    )


def _alt(line: BoardLine, answer: Answer) -> str:
    values_sv = ", ".join(f"{answer.labels[v.scenario]} {in_unit(v.value, line.row.unit)}" for v in line.later)
    unit = line.row.unit
    marks = "".join(f" Regionens tryckta siffra {year} är {in_unit(value, unit)}." for year, value in _marks(line.row))
    return f"{line.row.label_sv} per år enligt modellen. {answer.last_year}: {values_sv}.{marks}"


def _marks(row: BoardRow) -> list[tuple[int, float]]:
    """Return year and value of the region's printed figure, where both are printed."""
    if math.isnan(row.region_value) or math.isnan(row.region_year):
        return []
    return [(int(row.region_year), row.region_value)]


def _rows(line: BoardLine, answer: Answer) -> list[dict[str, Any]]:
    places = DECIMALS.get(line.row.unit, 1)
    return [
        {
            "scenario": answer.labels[v.scenario], "year": v.year, "value": v.value, "low": v.low, "high": v.high,
            "difference": v.difference, "difference_low": v.difference_low, "difference_high": v.difference_high,
            "meaning": "" if v.difference is None else VERDICTS_SV[v.verdict],
            "value_text": in_unit(v.value, line.row.unit), "interval_text": interval(v.low, v.high, places),
        }
        for v in line.all_years
    ]  # fmt: skip


def _draw(line: BoardLine, answer: Answer, dark: bool) -> Spec:
    marks = _marks(line.row)
    first = min([charts.FIRST_SHOWN, *(year for year, _ in marks)])
    colour, dash, shape = charts.scenario_scales(answer, dark)
    year = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[first, answer.last_year], nice=False, zero=False, padding=14),
        axis=alt.Axis(format="d", tickMinStep=1, grid=False, labelOverlap=True),
    )
    value = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=5))
    base = alt.Chart(alt.NamedData(charts.SOURCE)).encode(x=year, color=colour)
    tooltip = [
        alt.Tooltip("scenario:N", title="Scenario"),
        alt.Tooltip("year:Q", title="År", format="d"),
        alt.Tooltip("value_text:N", title="Modellen"),
        alt.Tooltip("interval_text:N", title="95 %-intervall"),
    ]
    layers = [
        base.mark_area(opacity=0.13).encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_line(strokeWidth=2.5).encode(y=value, strokeDash=dash),
        base.mark_point(size=65, filled=True, opacity=1).encode(y=value, shape=shape, tooltip=tooltip),
        *_printed(line.row, marks, dark),
    ]
    figures = pd.DataFrame(_rows(line, answer))
    drawn = figures[figures["year"] >= charts.FIRST_SHOWN].reset_index(drop=True)
    return charts.with_figures(charts.finished(alt.layer(*layers), dark, 360), drawn)


def _printed(row: BoardRow, marks: list[tuple[int, float]], dark: bool) -> list[alt.Chart]:
    if not marks:
        return []
    values = [{"year": year, "value": value, "what": f"{in_unit(value, row.unit)} ({year})"} for year, value in marks]
    base = alt.Chart(alt.InlineData(values)).encode(x="year:Q", y="value:Q")
    point = base.mark_point(shape="square", size=130, strokeWidth=2.5, color=ink(dark).text).encode(
        tooltip=[alt.Tooltip("what:N", title="Regionens tryckta siffra")]
    )
    text = base.mark_text(align="left", dx=12, color=ink(dark).text, text="tryckt siffra")
    return [point, text]
