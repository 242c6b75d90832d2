"""What must hold of the names in a region pack: plain text, and no two places with one name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.region import texts
from simulator.region.table_schema import Table, TableProblem, line_of

NAMED_PLACES = ("municipalities", "health_centres", "hospitals")
LABELLED = ("conditions", "costs", "parameters", "followup_board")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet takes for a formula."""


def names(tables: Mapping[str, Table]) -> Iterable[TableProblem]:
    """Names and labels are plain text; places of one kind are told apart by their names."""
    for table, column in (
        *((name, "name") for name in NAMED_PLACES),
        *((name, "label_sv") for name in LABELLED),
    ):
        yield from _formulas(tables[table], column)
    for table in NAMED_PLACES:
        yield from _same(tables[table])


def is_plain(name: str) -> bool:
    """Whether a text has no control characters, no blanks around it and no beginning of a formula."""
    return name.isprintable() and name == name.strip() and not name.startswith(FORMULA)


def _formulas(table: Table, column: str) -> Iterable[TableProblem]:
    for index, name in enumerate(table[column]):
        if not is_plain(name):
            yield TableProblem(table.file, line_of(index), column, name, texts.NO_FORMULA)


def _same(table: Table) -> Iterable[TableProblem]:
    first: dict[str, int] = {}
    for index, name in enumerate(table["name"]):
        line = first.setdefault(texts.folded(name), line_of(index))
        if line != line_of(index):
            yield TableProblem(table.file, line_of(index), "name", name, texts.one_name(line))
