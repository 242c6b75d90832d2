"""Exhibits of cost: by level and payer in a year, and every part of it by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from scenarios.exhibits import marks
from scenarios.exhibits.charts import FIRST_SHOWN, baseline_label
from scenarios.exhibits.estimated import Row, columns, coordinate, listed, rows, variable, worked_out
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.marks import Series
from scenarios.findings.structure import LEVELS_SV
from scenarios.live.answer import Answer
from scenarios.measures.figure import Direction
from scenarios.measures.figures import INDICATORS
from scenarios.places.names import PAYERS_SV
from scenarios.statistics.arrays import Array
from scenarios.statistics.limits import FREE, FROM_ZERO, Limits, along
from scenarios.strategies.budget import MILLION

MSEK = "miljoner kronor"
PRICES = "2022 års priser, utan inflation."
LEVEL_NOTE = (
    "Personalen står på sin egen vårdnivå, också när den är ledig: vård som flyttas utan att personalen flyttar sparar "
    "därför bara det som följer kontakten."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the cost: one level of care or all (""), one payer or both ("")."""

    label: str
    level: str = ""
    payer: str = ""


ALL_PARTS = Part("Totalt")


def parts(answer: Answer) -> list[Part]:
    """Return the total, each payer, and each level with who pays for it, where anything is paid."""
    by_run = variable(answer, "cost")
    if by_run is None:
        return []
    payers = [Part(f"{label[0].upper()}{label[1:]}, allt", "", name) for name, label in PAYERS_SV.items()]
    return [ALL_PARTS, *payers, *_levels(answer)]


def _levels(answer: Answer) -> list[Part]:
    """Return each level with each payer who pays anything for it."""
    every = [
        Part(f"{label}, {who}", level, payer) for level, label in LEVELS_SV.items() for payer, who in PAYERS_SV.items()
    ]
    return [part for part in every if (values := cost(answer, part)) is not None and np.nansum(np.abs(values)) > 0]


def cost(answer: Answer, part: Part) -> Array | None:
    """Return a part of the cost in millions of SEK, [scenario, replication, year]; None where it was not kept."""
    by_run = variable(answer, "cost")
    if by_run is None:
        return None
    money = by_run.astype(np.float64) / MILLION
    levels, payers = coordinate(answer, "care_level"), coordinate(answer, "payer")
    at = [levels.index(part.level)] if part.level else list(range(len(levels)))
    of = [payers.index(part.payer)] if part.payer else list(range(len(payers)))
    total: Array = money[:, :, :, at][..., of].sum(axis=(3, 4))
    return total


def _limits(part: Part) -> Limits:
    """Return what a part cannot leave: where care moves from a level its cost may fall below nothing."""
    return FREE if part.level else FROM_ZERO


def by_part(answer: Answer, year: int) -> list[Row]:
    """Return cost by level and payer, then the total, in a year."""
    years = coordinate(answer, "year")
    chosen = [*_levels(answer), ALL_PARTS]
    values = [by_run[:, :, years.index(year)] for part in chosen if (by_run := cost(answer, part)) is not None]
    if not values:
        return []
    named = [{"row": part.label, "part": part.label} for part in chosen]
    return rows(answer, np.stack(values, axis=-1), named, along([_limits(part) for part in chosen], 0), "down")


_PART = (Column("part", "Del", None, "", "Vårdnivå och betalare."),)


def levels(answer: Answer, year: int) -> Exhibit:
    """Return cost by level and payer in a year, a bar a scenario; the total is in the table alone."""
    part_rows = by_part(answer, year)
    without_total = [row for row in part_rows if row["part"] != ALL_PARTS.label]
    return Exhibit(
        key="kostnad-niva",
        title=f"Kostnad per vårdnivå och betalare {year}",
        unit=MSEK,
        alt=f"Kostnad per vårdnivå och betalare {year}, miljoner kronor. {listed(without_total, 'part', 0, 9)}",
        columns=columns(_PART, "Kostnad", MSEK, 1, baseline_label(answer)),
        rows=part_rows,
        draw=partial(_draw, answer, without_total, "bars"),
        note=f"{PRICES} {LEVEL_NOTE}",
        scenarios=tuple(answer.labels),
    )


def level_differences(answer: Answer, year: int) -> Exhibit:
    """Return the paired differences of cost by level and payer in a year, with the total."""
    part_rows = [row for row in by_part(answer, year) if row["difference"] is not None]
    baseline = baseline_label(answer)
    differences = [{**row, "value": row["difference"]} for row in part_rows]
    return Exhibit(
        key="kostnad-skillnad",
        title=f"Skillnad mot {baseline} {year}",
        unit=MSEK,
        alt=f"Skillnad i kostnad mot {baseline} {year} per vårdnivå och betalare. {listed(differences, 'part', 1, 9)}",
        columns=columns(_PART, "Kostnad", MSEK, 1, baseline),
        rows=part_rows,
        draw=partial(_draw, answer, part_rows, "points"),
        note="Strecket är skillnadens 95 %-intervall. När det går över noll är skillnaden inte säker.",
        scenarios=tuple(answer.labels),
    )


def _draw(answer: Answer, part_rows: Sequence[Row], how: str, dark: bool) -> Spec:
    names = {row["name"] for row in part_rows}
    series = Series({name: label for name, label in answer.labels.items() if name in names}, dark)
    tips = marks.tooltip((("part", "Del"),), "Kostnad", baseline_label(answer))
    data = marks.told(part_rows, 1, MSEK)
    if how == "bars":
        return marks.bars(data, series, tips, MSEK, 0)
    return marks.points(data, series, tips, f"skillnad, {MSEK}", 0, of="difference")


# --- by year

COMPLEX_SHARE = "complex"
"""In place of a part: the share of all cost that goes to people with complex needs."""


def over_time(answer: Answer, part: Part | None) -> Exhibit:
    """Return a part of the cost by year, a line a scenario; without a part the share of people with complex needs."""
    good: Direction = "neither" if part is None else "down"
    values = complex_share(answer) if part is None else cost(answer, part)
    label = INDICATORS["complex_cost_share"].label_sv
    if part is not None:
        label = f"Modellerad kostnad: {part.label[0].lower()}{part.label[1:]}"
    limits = INDICATORS["complex_cost_share"].limits if part is None else _limits(part)
    unit, decimals = ("procent", 1) if part is None else (MSEK, 0)
    years = [{"year": year, "marked": True} for year in coordinate(answer, "year")]
    year_rows = [] if values is None else rows(answer, values, years, limits, good)
    drawn = [row for row in year_rows if row["year"] >= FIRST_SHOWN]
    last = [{**row, "year": str(row["year"])} for row in drawn if row["year"] == answer.last_year]
    note = COMPLEX_NOTE if part is None else PRICES
    return Exhibit(
        key="kostnad-ar",
        title=label,
        unit=unit,
        alt=f"{label} per år {FIRST_SHOWN}–{answer.last_year}, {unit}. {listed(last, 'year', decimals)}",
        columns=columns((Column("year", "År", 0, "", "Kalenderår."),), "Värde", unit, 1, baseline_label(answer)),
        rows=year_rows,
        draw=partial(_draw_years, answer, drawn, label, unit),
        note=f"{note} Bandet är 95 %-intervallet. Den lodräta axeln börjar inte vid noll.",
        scenarios=tuple(answer.labels),
    )


COMPLEX_NOTE = (
    "All personalkostnad är fördelad efter användning, ledig tid inräknad. Korttidsplatser räknas till övriga, "
    "eftersom de inte bokförs efter behov."
)


def complex_share(answer: Answer) -> Array | None:
    """Return per cent of all cost that goes to people with complex needs, [scenario, replication, year]."""
    return worked_out(answer, INDICATORS["complex_cost_share"])


def _draw_years(answer: Answer, year_rows: Sequence[Row], label: str, unit: str, dark: bool) -> Spec:
    tips = marks.tooltip((("year", "År"),), label, baseline_label(answer))
    data = marks.told(year_rows, 1, unit)
    time = marks.years(FIRST_SHOWN, answer.last_year)
    return marks.lines(data, Series(answer.labels, dark), tips, 0 if unit == MSEK else 1, time)
