"""Anchor marks: three values of each lever that one can start from, in plain words, with what they rest on.

They are no forecasts. Low, likely and high go from neutral in the direction in which the county would move the lever;
what rests on judgement is grade C and says so.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from scenarios.levers.lever import Grade

Level = Literal["low", "likely", "high"]
LEVELS: tuple[Level, ...] = get_args(Level)
LEVELS_SV: Mapping[Level, str] = {"low": "låg", "likely": "trolig", "high": "hög"}
FILE = Path(__file__).parent / "anchors.csv"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One mark: a value of a lever, a few words that say what it means, and its ground with source and grade."""

    lever: str
    level: Level
    value: float
    words_sv: str
    ground_sv: str
    source: str
    grade: Grade


def anchors_of(lever: str) -> tuple[Anchor, ...]:
    """Return the three marks of a lever by name, low to high; raises KeyError for a lever without any."""
    return _table()[lever]


def _anchor(row: Mapping[str, Any]) -> Anchor:
    return Anchor(**{**row, "value": float(row["value"])})


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Anchor, ...]]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = [_anchor(row) for row in csv.DictReader(stream)]
    names = dict.fromkeys(row.lever for row in rows)
    return {name: tuple(row for row in rows if row.lever == name) for name in names}
