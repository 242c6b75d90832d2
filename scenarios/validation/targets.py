"""The observed figures: what each is, where it comes from, and what in the results it is compared with."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Literal

from scenarios.measures.reading import Reading, parse

FOLDER = Path(__file__).parent
"""Where the tables of observed figures lie, one a region, by the code of its pack."""
ROLES = ("check", "input", "none")
SCOPES = ("region", "elsewhere")
_NUMBERS = ("low", "high", "factor")


@dataclass(frozen=True, slots=True)
class Target:
    """One observed figure as its source prints it.

    `role`: check (a result that the model must come near), input (the model is given it or was fitted to it),
    none (the model cannot produce it; `reason_sv` says why). `scope`: whether it was observed in the region
    itself or elsewhere. `value` times `factor` is in `compared_unit`, the
    unit of the comparison; `low` and `high` are in the unit of the source. For a check, `reason_sv` says why it
    lies outside, where it does.
    """

    key: str
    origin: str
    role: Literal["check", "input", "none"]
    label_sv: str
    value: str
    low: float
    high: float
    unit: str
    year: str
    geography: str
    scope: Literal["region", "elsewhere"]
    source: str
    grade: str
    comparison: Reading | None
    factor: float
    compared_unit: str
    note_sv: str
    reason_sv: str

    @property
    def observed(self) -> float:
        """The figure in the unit of the comparison; nan for one that is not compared."""
        return math.nan if self.comparison is None else float(self.value) * self.factor

    @property
    def bounds(self) -> tuple[float, float]:
        """The source's range in the unit of the comparison, nan where it gives none."""
        return self.low * self.factor, self.high * self.factor


@lru_cache(maxsize=4)
def read_targets(path: Path) -> tuple[Target, ...]:
    """Return every observed figure of a table; raises ValueError that names every row with something wrong."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        names = [field.name for field in fields(Target)]
        if reader.fieldnames != names:
            raise ValueError(f"{path.name}: columns {reader.fieldnames}, not {names}")
    problems = [f"line {line}: {text}" for line, row in enumerate(rows, 2) for text in _problems(row)]
    keys = [row["key"] for row in rows]
    problems += [f"key {key} is there twice" for key in sorted(set(keys)) if keys.count(key) > 1]
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    return tuple(_target(row) for row in rows)


def _problems(row: Mapping[str, str]) -> list[str]:
    problems = [f"{name} is empty" for name in ("key", "origin", "label_sv", "source") if not row[name]]
    problems += [] if row["grade"] in tuple("ABC") else [f"grade {row['grade']!r}"]
    problems += [] if row["role"] in ROLES else [f"role {row['role']!r}"]
    problems += [] if row["scope"] in SCOPES else [f"scope {row['scope']!r}"]
    if row["role"] == "check" and not row["comparison"]:
        problems.append("a check without comparison")
    if row["role"] == "none" and (row["comparison"] or not row["reason_sv"]):
        problems.append("role none must have a reason and no comparison")
    if row["role"] == "input" and not row["note_sv"]:
        problems.append("an input must say how it is used in note_sv")
    try:
        for name in _NUMBERS:
            float(row[name] or "nan")
        if row["comparison"]:
            _of_a_year(row["comparison"])
            float(row["value"]), float(row["factor"])
    except ValueError as error:
        problems.append(str(error))
    return problems


def _target(row: Mapping[str, str]) -> Target:
    numbers = {name: float(row[name] or "nan") for name in _NUMBERS}
    comparison = _of_a_year(row["comparison"]) if row["comparison"] else None
    return Target(**{**row, **numbers, "comparison": comparison})  # type: ignore[arg-type]


def _of_a_year(text: str) -> Reading:
    """Return a reading that is of one year; raises ValueError otherwise."""
    reading = parse(text)
    if not reading.year:
        raise ValueError(f"no year in {text!r}")
    return reading


def observed_regions() -> list[str]:
    """Return the codes of the regions of which figures have been observed."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


def targets_of(region: str) -> tuple[Target, ...]:
    """Return the observed figures of a region; raises FileNotFoundError when there are none."""
    return read_targets(FOLDER / f"{region}.csv")
