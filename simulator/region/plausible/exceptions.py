"""What a region knows to be odd and true: exceptions to what is unlikely, each with reason and source, as data.

`exceptions.csv` lies in the pack beside its tables, and need not be there. It decides no result and is no part of the
region's digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.region import texts
from simulator.region.plausible.finding import Finding
from simulator.region.table_schema import Table, TableProblem, line_of, nearest, read_table

FILE = "exceptions.csv"
PLACE = ("file", "row", "column", "rule")
_TEXT = {"required": True, "pattern": ".{5,}"}
EXCEPTION_SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "file", "type": "string", "constraints": {"required": True}},
        {"name": "row", "type": "string"},
        {"name": "column", "type": "string"},
        {"name": "rule", "type": "string", "constraints": {"required": True}},
        {"name": "reason", "type": "string", "constraints": _TEXT},
        {"name": "source", "type": "string", "constraints": _TEXT},
        {"name": "grade", "type": "string", "constraints": {"required": True, "enum": ["A", "B", "C"]}},
    ],
    "primaryKey": list(PLACE),
}
Place = tuple[str, str, str, str]


def read_exceptions(folder: Path, problems: list[TableProblem]) -> Table | None:
    """The exceptions of a pack, None if it states none; what is wrong with the file is added to `problems`."""
    path = folder / FILE
    return read_table(path, EXCEPTION_SCHEMA, problems) if path.exists() else None


def without_exceptions(findings: Sequence[Finding], exceptions: Table | None) -> list[Finding]:
    """The findings that no exception is for, and a refusal of every exception that is for none."""
    stated = _places(exceptions) if exceptions is not None else []
    known = {place_of(finding.problem) for finding in findings}
    left = [finding for finding in findings if place_of(finding.problem) not in set(stated)]
    unmatched = ((line_of(index), place) for index, place in enumerate(stated) if place not in known)
    return left + [_unmatched(line, place, known) for line, place in unmatched]


def _places(table: Table) -> list[Place]:
    return [(row["file"], row["row"], row["column"], row["rule"]) for row in table.rows()]


def place_of(problem: TableProblem) -> Place:
    """What an exception names a problem by."""
    return (problem.file, problem.row, problem.column, problem.rule)


def _unmatched(line: int, place: Place, known: set[Place]) -> Finding:
    said = ",".join(place)
    hint = nearest(said, [",".join(other) for other in known])
    problem = TableProblem(FILE, line, ", ".join(PLACE), said, texts.KNOWN_EXCEPTION, hint)
    return Finding(problem, refused=True)
