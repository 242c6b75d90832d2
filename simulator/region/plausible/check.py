"""All checks of plausibility over the tables of a pack that is whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from simulator.region import texts
from simulator.region.plausible import patterns
from simulator.region.plausible.cells import KEYS, ONE_SHAPE, against_profile, by_row, cells_of, values
from simulator.region.plausible.finding import Finding
from simulator.region.plausible.follow_up import follow_up
from simulator.region.plausible.people import people
from simulator.region.plausible.reference import profiles
from simulator.region.plausible.units import units
from simulator.region.table_schema import Table, TableProblem, nearest

Tables = Mapping[str, Table]


def implausible(tables: Tables) -> list[Finding]:
    """Return everything that is unlikely in the tables of a pack, file by file; each is said once."""
    found = [*_missing(tables), *_profiles(tables), *people(tables), *units(tables), *follow_up(tables)]
    return list(dict.fromkeys(found))


def _missing(tables: Tables) -> Iterator[Finding]:
    """Every parameter of the reference is there: the simulator asks for them by name."""
    table = tables["parameters"]
    for name in profiles()["parameters", "value"].keys() - set(table["name"]):
        problem = TableProblem(table.file, 0, "name", texts.missing(name), texts.A_ROW, nearest(name, table["name"]))
        yield Finding(problem, refused=True)


def _profiles(tables: Tables) -> Iterator[Finding]:
    inhabitants = float(sum(tables["population"]["persons"]))
    for name in KEYS:
        table = tables[name]
        columns = [column for column in table.columns if (name, column) in profiles()]
        cells = {column: cells_of(name, table, column, inhabitants) for column in columns}
        for column in columns:
            yield from against_profile(table.file, column, cells[column], alone=name in ONE_SHAPE)
            if KEYS[name]:
                yield from _patterns(name, table.file, column, by_row(cells[column]))
        for pair in pairwise(columns) if KEYS[name] else ():
            own = by_row(cells[pair[0]]), by_row(cells[pair[1]])
            reference = values(profiles()[name, pair[0]]), values(profiles()[name, pair[1]])
            yield from patterns.exchanged_columns(table.file, pair, own, reference)


def _patterns(name: str, file: str, column: str, own: Mapping[str, float]) -> Iterator[Finding]:
    reference = values(profiles()[name, column])
    yield from patterns.shifted(file, column, own, reference)
    yield from patterns.exchanged_rows(file, column, own, reference)
    if KEYS[name][0] == "sex" and name != "mortality":
        yield from patterns.exchanged_sexes(file, column, own, reference)
