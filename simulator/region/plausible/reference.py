"""The figures that a region's own are held against: profiles row by row, and ranges of totals.

They lie in `simulator/regions/reference/` with unit, range, source and grade per row, and decide no result. They do not
follow the home region's pack: a ruler that is made anew from what it measures finds nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

REFERENCE_FOLDER = Path(__file__).parents[2] / "regions" / "reference"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is usual of one figure: its value, and the range outside which a word is said."""

    value: float
    low: float
    high: float
    unit: str
    source: str
    grade: str

    def scaled(self, factor: float) -> Bounds:
        """The same of something `factor` times as large."""
        return Bounds(self.value * factor, self.low * factor, self.high * factor, self.unit, self.source, self.grade)


Profile = Mapping[str, Bounds]
"""Bounds by the key of a row: its cells with a blank between, as "men 64" or "0-17 acuity low"."""


@lru_cache(maxsize=1)
def profiles() -> Mapping[tuple[str, str], Profile]:
    """Return every profile by table and column."""
    kept: dict[tuple[str, str], dict[str, Bounds]] = {}
    for row in _rows("profiles.csv"):
        kept.setdefault((row["table"], row["column"]), {})[row["row"]] = _bounds(row)
    return kept


@lru_cache(maxsize=1)
def totals() -> Profile:
    """Return the range of every total and ratio of totals, by name."""
    return {row["name"]: _bounds(row) for row in _rows("totals.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bounds(row: Mapping[str, str]) -> Bounds:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return Bounds(value, low, high, row["unit"], row["source"], row["grade"])
