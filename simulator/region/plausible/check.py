"""All checks of plausibility over the tables of a pack that is whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from simulator.region import texts
from simulator.region.plausible import patterns
from simulator.region.plausible.cells import KEYS, ONE_SHAPE, Held, against_profile, by_row, cells_of, values
from simulator.region.plausible.exceptions import without_exceptions
from simulator.region.plausible.finding import Finding
from simulator.region.plausible.follow_up import follow_up
from simulator.region.plausible.people import people
from simulator.region.plausible.reference import profiles
from simulator.region.plausible.units import units
from simulator.region.table_schema import Table, TableProblem, nearest

Tables = Mapping[str, Table]


def implausible(tables: Tables, exceptions: Table | None) -> list[Finding]:
    """Return everything that is unlikely in the tables of a pack, each said once, without its own exceptions."""
    found = [*_missing(tables), *_profiles(tables), *people(tables), *units(tables), *follow_up(tables)]
    return without_exceptions(list(dict.fromkeys(found)), exceptions)


def _missing(tables: Tables) -> Iterator[Finding]:
    """Every parameter of the reference is there: the simulator asks for them by name."""
    table = tables["parameters"]
    for name in sorted(profiles()["parameters", "value"].keys() - set(table["name"])):
        problem = TableProblem(table.file, 0, "name", texts.missing(name), texts.A_ROW, nearest(name, table["name"]))
        yield Finding(problem, refused=True)


def _profiles(tables: Tables) -> Iterator[Finding]:
    inhabitants = float(sum(tables["population"]["persons"]))
    for name in KEYS:
        table = tables[name]
        columns = [column for column in table.columns if (name, column) in profiles()]
        cells = {column: cells_of(name, table, column, inhabitants) for column in columns}
        odd = {
            column: list(against_profile(table.file, column, cells[column], alone=name in ONE_SHAPE))
            for column in columns
        }
        yield from chain.from_iterable(odd.values())
        if KEYS[name]:
            for column in columns:
                yield from _patterns(name, table.file, column, by_row(cells[column]))
            yield from _pairs(name, table.file, cells, odd)


def _pairs(
    name: str, file: str, cells: Mapping[str, Sequence[Held]], odd: Mapping[str, Sequence[Finding]]
) -> Iterator[Finding]:
    """Neighbouring columns in each other's place, unless one alone is of another unit."""
    levels = {column: any(f.problem.rule in {"level", "zeros"} for f in findings) for column, findings in odd.items()}
    for pair in pairwise(cells):
        if levels[pair[0]] == levels[pair[1]]:
            own = by_row(cells[pair[0]]), by_row(cells[pair[1]])
            reference = values(profiles()[name, pair[0]]), values(profiles()[name, pair[1]])
            yield from patterns.exchanged_columns(file, pair, own, reference)


def _patterns(name: str, file: str, column: str, own: Mapping[str, float]) -> Iterator[Finding]:
    reference = values(profiles()[name, column])
    yield from patterns.shifted(file, column, own, reference)
    yield from patterns.exchanged_rows(file, column, own, reference)
    if KEYS[name][0] == "sex" and name != "mortality":
        yield from patterns.exchanged_sexes(file, column, own, reference)
