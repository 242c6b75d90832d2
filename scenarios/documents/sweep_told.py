"""What a sweep shows: a grid of two levers as a table and a picture, other designs by their best points and ranks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from scipy.stats import spearmanr

from scenarios.documents.content import Block, NativeChart, Paragraph, Picture, PrintedTable, Section, Subheading
from scenarios.documents.judging import Judged, finding, within_sentence
from scenarios.documents.studied import Studied
from scenarios.documents.tables import BRIEFLY_UNSURE_SV, difference_cell, named
from scenarios.effects.sentences import capital
from scenarios.exhibits.charts import config
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.map.colour_classes import UNSURE_FILL, class_of, difference_classes, text_on
from scenarios.exhibits.palette import ink
from scenarios.exhibits.wording import counted
from scenarios.levers.amount import amount_sv, mark_sv
from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from scenarios.studies.study import Sweep
from scenarios.studies.sweeps import names_of, points_of
from scenarios.text.swedish import MISSING, number

WIDE_FROM = 5
"""Columns from which the cells of a grid have no intervals; they stand in the workbook."""
BEST_SHOWN = 10
DRAWN_GRIDS = 3
"""Measures whose grids are drawn; all are in tables."""
SQUARE_HEIGHT = 54
SPEARMAN_SV = (
    "Rangkorrelation (Spearman) över punkterna mellan spakens värde och skillnaden i måttet: +1 när mer av spaken "
    "alltid följs av ett högre mått, −1 tvärtom, nära 0 när den inte avgör. Alla punkter räknas, säkra och osäkra."
)


def sweep_told(studied: Studied, sweep: Sweep) -> Section:
    """Return the section of a sweep."""
    points = points_of(sweep)
    levers = [LEVERS[swept.lever].label_sv for swept in sweep.levers]
    count = counted(len(points), "punkt", "punkter")
    course, last = studied.whole.course, studied.whole.last
    lead = f"{capital(count)} över {_and(levers)}. Varje tal är den parade skillnaden mot {course} {last}."
    blocks: list[Block] = [Paragraph(lead)]
    blocks += _grids(studied, sweep) if _is_grid(sweep) else _points(studied, sweep)
    return Section(f"svep-{sweep.name}", sweep.label_sv, tuple(blocks))


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


def _is_grid(sweep: Sweep) -> bool:
    """Tell whether a sweep fits on a page as rows and columns: one lever, or two that move, all others at one value."""
    return sweep.design == "grid" and len(_moving(sweep)) in (1, 2)


def _moving(sweep: Sweep) -> list[int]:
    """Return the levers of a grid, by number, that have more than one value; the last one of a grid that has none."""
    moving = [n for n, swept in enumerate(sweep.levers) if len(swept.values or ()) > 1]
    return moving or [len(sweep.levers) - 1]


# --- grids


def _grids(studied: Studied, sweep: Sweep) -> Iterator[Block]:
    fixed = [n for n in range(len(sweep.levers)) if n not in _moving(sweep)]
    if fixed:
        told = (LEVERS[sweep.levers[n].lever] for n in fixed)
        values = ((sweep.levers[n].values or (0.0,))[0] for n in fixed)
        texts = [f"{lever.label_sv} {amount_sv(lever, value)}" for lever, value in zip(told, values, strict=True)]
        yield Paragraph(f"I alla punkter: {', '.join(texts)}.", "note")
    for at, indicator in enumerate(studied.indicators):
        grid = _Grid(studied, sweep, indicator)
        yield Subheading(named(INDICATORS[indicator]))
        drawn = at < DRAWN_GRIDS and len(_moving(sweep)) == 2 and grid.is_sure_anywhere()
        if drawn:
            yield grid.picture()
        yield grid.table(on_slides=not drawn)


class _Grid:
    """One measure over a grid: the rows are values of the first lever that moves, the columns those of the second."""

    def __init__(self, studied: Studied, sweep: Sweep, indicator: str) -> None:
        self.studied, self.sweep, self.indicator = studied, sweep, indicator
        self.figure = INDICATORS[indicator]
        moving = _moving(sweep)
        self.down, self.across = (LEVERS[sweep.levers[n].lever] for n in (moving[0], moving[-1]))
        self.one = len(moving) == 1
        points, names = points_of(sweep), names_of(sweep)
        self.rows = list(dict.fromkeys(point[moving[0]] for point in points))
        self.columns = [0.0] if self.one else list(dict.fromkeys(point[moving[-1]] for point in points))
        self.cells = {
            (point[moving[0]], 0.0 if self.one else point[moving[-1]]): finding(studied.whole, indicator, name)
            for point, name in zip(points, names, strict=True)
        }
        self.key = f"{sweep.name}-{indicator.replace('_', '-')}"

    def table(self, on_slides: bool) -> PrintedTable:
        """Return the grid as a table of differences, with intervals where there is room."""
        brief = len(self.columns) >= WIDE_FROM
        heads = [self.down.label_sv]
        heads += ["Skillnad"] if self.one else [f"{self.across.label_sv} {self._across(c)}" for c in self.columns]
        rows = tuple(
            (amount_sv(self.down, row), *(difference_cell(self.cells[row, column], brief) for column in self.columns))
            for row in self.rows
        )
        shares = (0.24, *(0.76 / len(self.columns) for _ in self.columns))
        note = (
            f"Ej säker: 95 %-intervallet för skillnaden mot {self.studied.whole.course} rymmer noll."
            if brief
            else "95 %-intervall inom parentes."
        )
        return PrintedTable(
            self.key, self._title(), tuple(heads), rows, shares, frozenset(range(1, len(heads))), note, self._exhibit(),
            on_slides=on_slides,
        )  # fmt: skip

    def picture(self) -> Picture:
        """Return the grid as a picture in which what is sure has colour."""
        native = NativeChart(
            "bar", "down", "across", "difference", "low", "high", self.figure.decimals, self.figure.unit_sv,
            f"Skillnad mot {self.studied.whole.course} {self.studied.whole.last}. Strecken är 95 %-intervall.",
        )  # fmt: skip
        return Picture(self._exhibit(f"{self.key}-rutor", drawn=True), self.message(), native)

    def message(self) -> str:
        """Return what the grid shows in a sentence that its intervals carry."""
        told = [cell for cell in self.cells.values() if cell is not None]
        label, parts = self.figure.label_sv, []
        for which, word in (("better", "säkert bättre"), ("worse", "säkert sämre"), ("changed", "säkert annorlunda")):
            count = sum(cell.firm and cell.verdict == which for cell in told)
            if count:
                parts.append(f"{word} i {number(count)} av {number(len(told))} punkter")
        return f"{label}: {', '.join(parts) or 'ingen säker skillnad i någon punkt'}"

    def is_sure_anywhere(self) -> bool:
        """Tell whether any point differs surely: else a picture has nothing to show."""
        return any(cell is not None and cell.firm for cell in self.cells.values())

    def _across(self, value: float) -> str:
        return mark_sv(self.across, value)

    def _title(self) -> str:
        levers = self.down.label_sv if self.one else f"{self.down.label_sv} och {self.across.label_sv}"
        return f"{self.figure.label_sv}: {levers}"

    def _exhibit(self, key: str = "", drawn: bool = False) -> Exhibit:
        rows = list(self._records())
        columns = [
            Column("down", self.down.label_sv), Column("across", "" if self.one else self.across.label_sv),
            Column("difference", "Skillnad", 3, self.figure.unit_sv, sign=True),
            Column("low", "Undre gräns", 3, self.figure.unit_sv, sign=True),
            Column("high", "Övre gräns", 3, self.figure.unit_sv, sign=True), Column("meaning", "Betyder"),
        ]  # fmt: skip
        columns = [column for column in columns if column.title]
        told = "; ".join(f"{row['down']}, {row['across']}: {row['text']}" for row in rows)
        alt = f"{self._title()}, skillnad mot {self.studied.whole.course} {self.studied.whole.last}. {told}."
        return Exhibit(key or self.key, self._title(), alt, columns, rows, partial(self._draw, rows) if drawn else None)

    def _records(self) -> Iterator[dict[str, Any]]:
        for (row, column), cell in self.cells.items():
            record = None if cell is None else cell.record
            yield {
                "down": amount_sv(self.down, row), "across": "" if self.one else amount_sv(self.across, column),
                "difference": record and record.difference, "low": record and record.difference_low,
                "high": record and record.difference_high, "sure": cell is not None and cell.firm,
                "text": _shortly(cell), "meaning": MISSING if cell is None else cell.verdict_sv(),
            }  # fmt: skip

    def _draw(self, rows: Sequence[Mapping[str, Any]], dark: bool) -> Spec:
        """Return a square for each point: blue better, orange worse, grey where nothing is sure; its figure in it."""
        known = [row["difference"] for row in rows if row["difference"] is not None]
        classes, colours = difference_classes(known, self.figure.good, dark), ink(dark)
        values = []
        for row in rows:
            own = class_of(row["difference"], classes) if row["sure"] else None
            fill = UNSURE_FILL[dark] if own is None else own.colour
            values.append({**row, "fill": fill, "ink": text_on(fill)})
        across = {"field": "across", "type": "nominal", "sort": [amount_sv(self.across, c) for c in self.columns],
                  "title": self.across.label_sv, "axis": {"labelAngle": 0, "orient": "bottom"}}  # fmt: skip
        down = {"field": "down", "type": "nominal", "sort": [amount_sv(self.down, r) for r in self.rows],
                "title": self.down.label_sv, "axis": {"labelLimit": 200}}  # fmt: skip
        square = {"mark": {"type": "rect", "stroke": colours.page, "strokeWidth": 2},
                  "encoding": {"x": across, "y": down,
                               "color": {"field": "fill", "type": "nominal", "scale": None}}}  # fmt: skip
        text = {"mark": {"type": "text", "fontSize": 13},
                "encoding": {"x": across, "y": down, "text": {"field": "text", "type": "nominal"},
                             "color": {"field": "ink", "type": "nominal", "scale": None}}}  # fmt: skip
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": "container",
            "height": SQUARE_HEIGHT * len(self.rows) + 60, "autosize": {"type": "fit", "contains": "padding"},
            "data": {"values": values}, "layer": [square, text], "config": config(colours),
        }  # fmt: skip


def _shortly(cell: Judged | None) -> str:
    if cell is None:
        return MISSING
    return cell.difference_sv().partition(" (")[0] if cell.firm else BRIEFLY_UNSURE_SV


# --- other designs


def _points(studied: Studied, sweep: Sweep) -> Iterator[Block]:
    names, points = names_of(sweep), points_of(sweep)
    there = [(name, point) for name, point in zip(names, points, strict=True) if name in studied.whole.answer.labels]
    if not there or not studied.indicators:
        return
    first = studied.indicators[0]
    yield Subheading("Vilken spak avgör")
    yield _ranks(studied, sweep, there)
    yield Subheading(f"De punkter som ändrar {within_sentence(INDICATORS[first].label_sv)} mest till det bättre")
    yield _best(studied, sweep, there)


def _ranks(studied: Studied, sweep: Sweep, there: Sequence[tuple[str, tuple[float, ...]]]) -> PrintedTable:
    """Return the rank correlation of each lever with each measure."""
    values = np.array([point for _, point in there])
    columns = []
    for indicator in studied.indicators:
        found = [finding(studied.whole, indicator, name) for name, _ in there]
        told = np.array([np.nan if each is None else each.record.difference or 0.0 for each in found])
        columns.append([_rank(values[:, n], told) for n in range(values.shape[1])])
    rows = tuple(
        (LEVERS[swept.lever].label_sv, *(column[n] for column in columns)) for n, swept in enumerate(sweep.levers)
    )
    heads = ("Spak", *(INDICATORS[name].label_sv for name in studied.indicators))
    shares = (0.24, *(0.76 / len(columns) for _ in columns))
    key, title = f"{sweep.name}-rang", f"{sweep.label_sv}: vilken spak avgör"
    return PrintedTable(key, title, heads, rows, shares, frozenset(range(1, len(heads))), SPEARMAN_SV)


def _rank(values: Any, differences: Any) -> str:
    known = np.isfinite(differences)
    if known.sum() < 3 or np.ptp(values[known]) == 0 or np.ptp(differences[known]) == 0:
        return MISSING
    return number(float(spearmanr(values[known], differences[known]).statistic), 2, sign=True)


def _best(studied: Studied, sweep: Sweep, there: Sequence[tuple[str, tuple[float, ...]]]) -> PrintedTable:
    """Return the points with the largest gain in the first measure, with what they do to the others."""
    first = INDICATORS[studied.indicators[0]]
    sign = -1.0 if first.good == "down" else 1.0

    def gain(name: str) -> float:
        told = finding(studied.whole, first.name, name)
        return sign * (told.record.difference or 0.0) if told else -np.inf

    best = sorted(there, key=lambda each: -gain(each[0]))[:BEST_SHOWN]
    levers = [LEVERS[swept.lever] for swept in sweep.levers]
    rows = tuple(
        (
            ", ".join(f"{lever.label_sv} {mark_sv(lever, value)}" for lever, value in zip(levers, point, strict=True)),
            *(difference_cell(finding(studied.whole, each, name), brief=True) for each in studied.indicators),
        )
        for name, point in best
    )
    heads = ("Punkt", *(INDICATORS[name].label_sv for name in studied.indicators))
    shares = (0.28, *(0.72 / len(studied.indicators) for _ in studied.indicators))
    note = "Spakarnas värden är de begärda, före en eventuell nedskalning till budgeten."
    key, title = (
        f"{sweep.name}-basta",
        f"{sweep.label_sv}: de {number(len(rows))} bästa av {number(len(there))} punkter",
    )
    return PrintedTable(key, title, heads, rows, shares, frozenset(range(1, len(heads))), note)
