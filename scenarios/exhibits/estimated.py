"""Rows and columns of exhibits that show a figure by scenario and something else: a profession, a unit, a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scenarios.exhibits.exhibit import Column
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import Answer, Verdict, verdict
from scenarios.measures.figure import Direction, Figure
from scenarios.measures.grouped import Results
from scenarios.statistics.arrays import Array
from scenarios.statistics.limits import Limits
from scenarios.text.swedish import number

Row = dict[str, Any]


def rows(
    answer: Answer, values: Array, places: Sequence[Mapping[str, Any]], limits: Limits, good: Direction = "neither"
) -> list[Row]:
    """Return the estimates of values[scenario, replication, place] within limits as rows, by place and then scenario.

    Each has the fields of its place, the scenario's `name` and label (`scenario`), value, difference to the baseline
    with bounds (None where not known), and in words what the difference means. Places without a figure are left out.
    """
    estimates = answer.estimate(values, limits)
    fields = (
        estimates.value,
        estimates.low,
        estimates.high,
        estimates.difference,
        estimates.difference_low,
        estimates.difference_high,
    )
    out = []
    for k, place in enumerate(places):
        for i, (name, label) in enumerate(answer.labels.items()):
            if not np.isnan(estimates.value[i, k]):
                out.append({**place, "name": name, "scenario": label, **_figures([f[i, k] for f in fields], good)})
    return out


_NAMES = ("value", "low", "high", "difference", "difference_low", "difference_high")


def _figures(values: Sequence[float], good: Direction) -> Row:
    known = {name: None if np.isnan(value) else float(value) for name, value in zip(_NAMES, values, strict=True)}
    meaning = "" if known["difference"] is None else VERDICTS_SV[_verdict(known, good)]
    return known | {"meaning": meaning}


def _verdict(known: Mapping[str, float | None], good: Direction) -> Verdict:
    difference, low, high = (known[name] for name in _NAMES[3:])
    return verdict(ComparedFigure("", "", 0, "", 0.0, None, None, difference, low, high, None), good)


def columns(
    first: Sequence[Column], label: str, unit: str, decimals: int, baseline: str, scenario: bool = True
) -> tuple[Column, ...]:
    """Return the columns of such rows: those of the place, the scenario, the figure and its difference."""
    against = f"Skillnad mot {baseline}, parad: samma slump i båda."
    named = (Column("scenario", "Scenario", None, "", "Scenariots namn."),) if scenario else ()
    return (
        *first,
        *named,
        Column("value", label, decimals, unit, f"{label}, medelvärde över replikationer."),
        Column("low", "Undre gräns", decimals, unit, "Undre gräns för medelvärdets 95 %-intervall."),
        Column("high", "Övre gräns", decimals, unit, "Övre gräns för medelvärdets 95 %-intervall."),
        Column("difference", f"Skillnad mot {baseline}", decimals, unit, against, sign=True),
        Column("difference_low", "Skillnad, undre", decimals, unit, "Undre gräns för skillnadens intervall.", True),
        Column("difference_high", "Skillnad, övre", decimals, unit, "Övre gräns för skillnadens intervall.", True),
        Column("meaning", "Betyder", None, "", "Sägs bara när skillnadens intervall inte rymmer noll."),
    )


def listed(listed_rows: Sequence[Row], field: str, decimals: int, most: int = 6) -> str:
    """Return the first rows in words, for the text that stands in for a chart."""
    parts = [
        f"{row[field]}, {row['scenario']}: {number(row['value'], decimals)}".replace("\n", " ")
        for row in listed_rows[:most]
    ]
    rest = len(listed_rows) - most
    return "; ".join(parts) + (f"; och {rest} rader till i tabellen." if rest > 0 else ".")


def worked_out(answer: Answer, figure: Figure) -> Array | None:
    """Return a figure that is worked out of what was kept, [scenario, replication, ...]; None where it cannot be."""
    if answer.details is None:
        return None
    results = Results(answer.details)
    return None if figure.missing(results) else figure.values(results).values


def variable(answer: Answer, name: str) -> Array | None:
    """Return a variable of the details as an array [scenario, replication, ...]; None where it was not kept."""
    if answer.details is None or name not in answer.details:
        return None
    values: Array = answer.details[name].values
    return values


def coordinate(answer: Answer, name: str) -> list[Any]:
    """Return a coordinate of the details; empty where it is not there."""
    if answer.details is None or name not in answer.details.coords:
        return []
    labels: list[Any] = answer.details[name].values.tolist()
    return labels
