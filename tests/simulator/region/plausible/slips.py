"""A shipped pack's tables with one column changed, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from calibration.pack_mutations import Pack, read_pack
from simulator.region.pack import regions_folder
from simulator.region.plausible.check import implausible
from simulator.region.plausible.finding import Finding
from simulator.region.table_schema import Table

Tables = Mapping[str, Table]


@cache
def pack_of(code: str) -> Pack:
    return read_pack(regions_folder() / code)


def tables_of(code: str) -> Tables:
    return pack_of(code).tables


def said_of(code: str, **tables: Table) -> list[Finding]:
    """What is said of a shipped pack with some tables in the place of its own."""
    return implausible({**tables_of(code), **tables}, pack_of(code).exceptions)


def with_column(code: str, name: str, column: str, values: Sequence[Any]) -> Table:
    table = tables_of(code)[name]
    return Table(table.file, {**table.columns, column: list(values)})


def changed(code: str, name: str, column: str, change: Callable[[list[Any]], list[Any]]) -> list[Finding]:
    """What is said of a pack whose column is changed as a whole."""
    return said_of(code, **{name: with_column(code, name, column, change(list(tables_of(code)[name][column])))})


def cell(index: int, factor: float) -> Callable[[list[Any]], list[Any]]:
    return lambda values: [*values[:index], values[index] * factor, *values[index + 1 :]]


def scaled(factor: float) -> Callable[[list[Any]], list[Any]]:
    return lambda values: [value * factor for value in values]


def row(code: str, table: str, /, **keys: Any) -> int:
    """The place of the row with these cells."""
    return next(i for i, cells in enumerate(tables_of(code)[table].rows()) if keys.items() <= cells.items())


def causes(findings: Sequence[Finding], file: str) -> str:
    return " ".join(finding.problem.cause for finding in findings if finding.problem.file == file)
