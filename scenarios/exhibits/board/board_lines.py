"""The region's follow-up board, line by line: what was printed, the model today, and the last year by scenario."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.wording import VERDICTS_SV, counted, some
from scenarios.findings.board import (
    DECIMALS,
    DERIVED,
    DOWN,
    DOWN_LARGE,
    SHIFTS_SV,
    STATUS_SV,
    UNCHANGED,
    UP,
    UP_LARGE,
    arrow,
    in_own_unit,
)
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import Answer, Verdict, verdict
from scenarios.statistics.arrays import Array
from scenarios.statistics.estimates import Estimates
from scenarios.statistics.limits import along, of_differences
from scenarios.strategies.period import FIRST_START, THIS_YEAR
from scenarios.text.swedish import number
from simulator.region.board import BoardRow

TODAY = FIRST_START.year - 1
"""The last year before strategies begin: what the model says of today."""
ARROWS_SV = {
    UP_LARGE: "ökar mycket", UP: "ökar", UNCHANGED: "oförändrat", DOWN: "minskar", DOWN_LARGE: "minskar mycket",
}  # fmt: skip
GOOD_SV = {"up": "högre är bättre", "down": "lägre är bättre", "neither": "varken högre eller lägre är bättre"}
BOARD_UNITS_SV = {"index": "index 0–1", "%": "procent", "per 100 000": "per 100 000 invånare", "persons": "personer",
            "0-6": "skala 0–6"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a scenario and year with its interval; `arrow` from today, and the paired difference.

    The arrow is None for today itself and `sure` when the change's interval leaves out zero; the difference is None
    for the baseline.
    """

    scenario: str
    year: int
    value: float
    low: float | None
    high: float | None
    arrow: str | None = None
    sure: bool = False
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    verdict: Verdict = "unknown"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """An indicator of the board; without values where the model does not have it, which `status` says."""

    row: BoardRow
    status: str
    today: Value | None
    later: tuple[Value, ...]
    all_years: tuple[Value, ...]


def lines(rows: Sequence[BoardRow], answer: Answer) -> list[BoardLine]:
    """Return every row of the board; raises ValueError for an answer without details."""
    if answer.details is None:
        raise ValueError("the first answer does not have the board")
    board = answer.details["board"].transpose("scenario", "replication", "board_indicator", "year")
    names = [str(name) for name in board["board_indicator"].values]
    years = [int(year) for year in board["year"].values]
    by_run = np.asarray(board.values)
    limits = along([DERIVED[name].limits for name in names], 1)
    changes = answer.estimate(_since_today(by_run, years), of_differences(limits))
    whole = Board(answer, answer.estimate(by_run, limits), changes, names, years)
    return [_line(in_own_unit(row), whole) for row in rows]


@dataclass(frozen=True, slots=True)
class Board:
    """Estimates [scenario, indicator, year] of the derived indicators, and of their change from today."""

    answer: Answer
    values: Estimates
    changes: Estimates
    names: Sequence[str]
    years: Sequence[int]


def _since_today(by_run: Array, years: Sequence[int]) -> Array:
    """Return the change from today in every run."""
    today = years.index(THIS_YEAR) if THIS_YEAR in years else 0
    change: Array = by_run - by_run[..., today : today + 1]
    return change


def _line(row: BoardRow, board: Board) -> BoardLine:
    answer, names, years = board.answer, board.names, board.years
    if row.kind != "derived":
        return BoardLine(row, STATUS_SV[row.kind], None, (), ())
    if row.indicator not in names:
        return BoardLine(row, STATUS_SV["not_yet"], None, (), ())
    j = names.index(row.indicator)
    scenarios = range(len(answer.shown))
    at_first = [each.name for each in answer.shown].index(answer.baseline)
    before = _known(board.values.value[at_first, j, years.index(THIS_YEAR)]) if THIS_YEAR in years else None
    everything = [_value(row, board, (i, j, k), before) for i in scenarios for k in range(len(years))]
    values = tuple(value for value in everything if value is not None)
    later = tuple(value for value in values if value.year == answer.last_year)
    today = next((v for v in values if v.year == THIS_YEAR and v.scenario == answer.baseline), None)
    status = "" if later else STATUS_SV["not_yet"]
    return BoardLine(row, status, today, later, values)


def _value(row: BoardRow, board: Board, at: tuple[int, int, int], before: float | None) -> Value | None:
    e, year = board.values, board.years[at[2]]
    name, value = board.answer.shown[at[0]].name, _known(e.value[at])
    if value is None:
        return None
    direction = None if before is None or year <= THIS_YEAR else arrow(before, value, DECIMALS[row.unit])
    difference, low, high = (_known(a[at]) for a in (e.difference, e.difference_low, e.difference_high))
    record = ComparedFigure(
        row.indicator, row.unit, year, name, value, _known(e.low[at]), _known(e.high[at]), difference, low, high, None
    )
    change = _known(board.changes.low[at]), _known(board.changes.high[at])
    sure = change[0] is not None and change[1] is not None and not change[0] <= 0 <= change[1]
    return Value(
        name, year, value, record.low, record.high, direction, sure, difference, low, high, verdict(record, row.good)
    )  # fmt: skip


def _known(value: Any) -> float | None:
    return None if math.isnan(value) else float(value)


# --- words


def turned(value: Value) -> str:
    """Return in words where a figure goes from today on; says so when that is not sure."""
    if value.arrow is None:
        return ""
    return ARROWS_SV[value.arrow] + ("" if value.sure or value.arrow == UNCHANGED else ", inte säkert")


def printed(row: BoardRow) -> list[str]:
    """Return what the board printed: the region, the country, the country earlier, each a text."""
    if math.isnan(row.region_value):
        return ["ingen siffra tryckt"]
    year = "år ej tryckt" if math.isnan(row.region_year) else f"{row.region_year:.0f}"
    parts = [f"{_as_printed(row.region_value, row.unit)} ({year})"]
    if not math.isnan(row.country_value):
        parts.append(f"riket {_as_printed(row.country_value, row.unit)}{_against(row)}")
    if not math.isnan(row.earlier_value):
        parts.append(f"riket tidigare {_as_printed(row.earlier_value, row.unit)} ({row.earlier_year:.0f}){_since(row)}")
    return parts


def _as_printed(value: float, unit: str) -> str:
    return number(value, 2 if unit == "index" else None) + ("\u00a0%" if unit == "%" else "")


def _against(row: BoardRow) -> str:
    """Say whether the region lies above the country; numbers of people cannot be compared."""
    if row.unit == "persons" or row.region_value == row.country_value:
        return ""
    return ", länet ligger över" if row.region_value > row.country_value else ", länet ligger under"


def _since(row: BoardRow) -> str:
    if math.isnan(row.country_value):
        return ""
    direction = arrow(row.earlier_value, row.country_value, DECIMALS[row.unit])
    return f", sedan dess {direction} {_PAST_SV[direction]}"


_PAST_SV = {
    UP_LARGE: "mycket högre", UP: "högre", UNCHANGED: "oförändrat", DOWN: "lägre", DOWN_LARGE: "mycket lägre",
}  # fmt: skip


def summaries(board_lines: Sequence[BoardLine], answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield each scenario but the baseline with how many of the indicators are better and worse than under it."""
    modelled = [line for line in board_lines if line.later and line.row.good != "neither"]
    for name, label in answer.labels.items():
        if name == answer.baseline:
            continue
        counts = Counter(value.verdict for line in modelled for value in line.later if value.scenario == name)
        unsure = some(counts["unclear"] + counts["unknown"], "utan säker skillnad")
        verdicts = f"{some(counts['better'], 'bättre')}, {some(counts['worse'], 'sämre')} och {unsure}"
        yield label, f"Av {counted(len(modelled), 'beräknat mått', 'beräknade mått')} {answer.last_year}: {verdicts}."


# --- the tables


def as_printed(board_lines: Sequence[BoardLine]) -> Exhibit:
    """Return the board as it was printed, every row."""
    return Exhibit(
        key="uppfoljning-tryckt",
        title="Som det trycktes: tavlan maj 2022 och uppföljningen november 2025",
        alt="Tabell med regionens uppföljning som den trycktes.",
        columns=(
            Column("shift", "Förflyttning"),
            *_NAMED,
            Column("good", "Riktning"),
            Column("latest", "Regionen", 2, description="Regionens siffra som den trycktes."),
            Column("latest_year", "År", description="År för regionens siffra, där det trycktes."),
            Column("country", "Riket", 2, description="Rikets siffra som den trycktes."),
            Column("earlier", "Riket tidigare", 2, description="Den tredje tryckta siffran, läst som riket tidigare."),
            Column("earlier_year", "År för riket tidigare"),
            Column("status", "Anmärkning", description="Varför modellen inte har måttet."),
        ),
        rows=[_printed_row(line) for line in board_lines],
    )


_NAMED = (Column("label", "Indikator"), Column("unit", "Enhet"))


def _printed_row(line: BoardLine) -> dict[str, Any]:
    row = line.row
    return _names(row) | {
        "shift": SHIFTS_SV.get(row.shift, row.shift), "good": GOOD_SV[row.good], "latest": _known(row.region_value),
        "latest_year": _year(row.region_year), "country": _known(row.country_value),
        "earlier": _known(row.earlier_value), "earlier_year": _year(row.earlier_year), "status": line.status,
    }  # fmt: skip


def _names(row: BoardRow) -> dict[str, Any]:
    return {"label": row.label_sv, "unit": BOARD_UNITS_SV.get(row.unit, row.unit)}


def projected(board_lines: Sequence[BoardLine], answer: Answer) -> Exhibit:
    """Return what the model says of the board: every indicator that it has, scenario and year."""
    baseline = answer.labels[answer.baseline]
    return Exhibit(
        key="uppfoljning-modellen",
        title="Modellens siffror för uppföljningen, alla år",
        alt="Tabell med modellens siffror för uppföljningens mått per scenario och år.",
        columns=(
            *_NAMED,
            Column("scenario", "Scenario"),
            Column("year", "År"),
            Column("value", "Modellen", 2, description="Medelvärde över replikationer."),
            Column("low", "Undre gräns", 2, description="Medelvärdets 95 %-intervall."),
            Column("high", "Övre gräns", 2, description="Medelvärdets 95 %-intervall."),
            Column("arrow", f"Mot {THIS_YEAR}", description=f"Riktning mot modellens {THIS_YEAR} i {baseline}."),
            Column("difference", "Skillnad", 2, description=f"Mot {baseline}, parad: samma slump i båda.", sign=True),
            Column("difference_low", "Skillnad, undre", 2, sign=True),
            Column("difference_high", "Skillnad, övre", 2, sign=True),
            Column("meaning", "Betyder"),
        ),
        rows=[_projected_row(line.row, value, answer) for line in board_lines for value in line.all_years],
        scenarios=tuple(answer.labels),
    )


def _projected_row(row: BoardRow, value: Value, answer: Answer) -> dict[str, Any]:
    return _names(row) | {
        "scenario": answer.labels[value.scenario], "year": str(value.year), "value": value.value, "low": value.low,
        "high": value.high, "arrow": turned(value), "difference": value.difference,
        "difference_low": value.difference_low, "difference_high": value.difference_high,
        "meaning": "" if value.difference is None else VERDICTS_SV[value.verdict],
    }  # fmt: skip


def _year(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.0f}"
