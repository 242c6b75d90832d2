"""Where one place lies among all: a line of points for each measure, from the lowest to the highest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scenarios.exhibits.charts import config
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.palette import ink
from scenarios.text.swedish import number

ROW_HEIGHT = 30
_OWN, _OTHERS = "#0b5a90", "#9aa5ad"


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """A measure at every place, NaN where it is not known, and the index of the place that is told of."""

    label: str
    decimals: int
    values: tuple[float, ...]
    own: int

    @property
    def ends(self) -> tuple[float, float]:
        """Return lowest and highest; NaN where nothing is known."""
        known = [value for value in self.values if not math.isnan(value)]
        return (min(known), max(known)) if known else (math.nan, math.nan)

    @property
    def rank(self) -> int:
        """Return how many places have a lower value, and one: 1 is the lowest."""
        return 1 + sum(value < self.values[self.own] for value in self.values)


_COLUMNS = (
    Column("measure", "Mått"),
    Column("own", "Här", 2),
    Column("low", "Lägst", 2),
    Column("high", "Högst", 2),
    Column("rank", "Plats från lägst", 0),
)


def spread_exhibit(key: str, title: str, spreads: Sequence[SpreadLine]) -> Exhibit:
    """Return the chart of measures at one place among all; those that are not known there are left out."""
    known = [spread for spread in spreads if not math.isnan(spread.values[spread.own])]
    rows = [_row(spread) for spread in known]
    parts = ", ".join(
        f"{spread.label} {number(spread.values[spread.own], spread.decimals)} (länet "
        f"{' till '.join(number(end, spread.decimals) for end in spread.ends)})"
        for spread in known
    )
    note = "Mörk punkt: den här. Ljusa: länets andra. Varje rad går från länets lägsta till dess högsta."
    return Exhibit(key, title, f"{title}. {parts}.", _COLUMNS, rows, partial(_draw, known), note=note)


def _row(spread: SpreadLine) -> dict[str, Any]:
    low, high = spread.ends
    own = spread.values[spread.own]
    return {"measure": spread.label, "own": own, "low": low, "high": high, "rank": spread.rank}


def _draw(spreads: Sequence[SpreadLine], dark: bool) -> Spec:
    """Return points between 0, the lowest, and 1, the highest, with both ends written beside them."""
    colours = ink(dark)
    order = [spread.label for spread in spreads]
    points = [point for spread in spreads for point in _points(spread)]
    ends = [end for spread in spreads for end in _ends(spread)]
    y = {"field": "measure", "type": "nominal", "sort": order, "title": None,
         "axis": {"labelLimit": 330, "ticks": False, "domain": False, "grid": True},
         }  # fmt: skip
    x = {"field": "at", "type": "quantitative", "title": None, "axis": None, "scale": {"domain": [-0.14, 1.14]}}
    others = {"data": {"values": [p for p in points if not p["own"]]},
              "mark": {"type": "point", "filled": True, "size": 55, "color": _OTHERS, "opacity": 0.7},
              "encoding": {"x": x, "y": y}}  # fmt: skip
    own = {"data": {"values": [p for p in points if p["own"]]},
           "mark": {"type": "point", "filled": True, "size": 170, "color": _OWN, "opacity": 1},
           "encoding": {"x": x, "y": y}}  # fmt: skip
    text = {"data": {"values": ends}, "mark": {"type": "text", "fontSize": 12, "color": colours.faint},
            "encoding": {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}}}  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": "container",
        "height": ROW_HEIGHT * len(spreads), "autosize": {"type": "fit", "contains": "padding"},
        "layer": [others, own, text], "config": config(colours),
    }  # fmt: skip


def _points(spread: SpreadLine) -> list[dict[str, Any]]:
    low, high = spread.ends
    wide = (high - low) or 1.0
    return [
        {"measure": spread.label, "at": (value - low) / wide, "own": at == spread.own}
        for at, value in enumerate(spread.values)
        if not math.isnan(value)
    ]


def _ends(spread: SpreadLine) -> list[dict[str, Any]]:
    low, high = (number(end, spread.decimals) for end in spread.ends)
    label = spread.label
    return [{"measure": label, "at": -0.09, "text": low}, {"measure": label, "at": 1.09, "text": high}]
