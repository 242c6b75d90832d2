"""What must hold between the cells of a region pack's tables of staff: units, ages, footprints."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.region import texts
from simulator.region.axes import FOOTPRINTS, PROFESSIONS_OF, WARD_PROFESSIONS, WORK_AGES
from simulator.region.table_schema import Table, TableProblem, line_of, nearest

SUM_TOLERANCE = 1e-3
Tables = Mapping[str, Table]


def said(cells: Sequence[Any]) -> str:
    """Name a row by its cells."""
    return " ".join(map(str, cells))


def staff(tables: Tables) -> Iterable[TableProblem]:
    """Every unit exists and has the professions of its kind."""
    units = {
        "centre": tables["health_centres"]["centre"],
        "hospital": tables["hospitals"]["hospital"],
        "municipality": tables["municipalities"]["municipality"],
    }
    table = tables["staff"]
    rows = list(zip(table["unit_kind"], table["unit"], table["profession"], strict=True))
    wanted = {(kind, unit, work) for kind in units for unit in units[kind] for work in PROFESSIONS_OF[kind]}
    for index, cells in enumerate(rows):
        if cells not in wanted:
            yield TableProblem(table.file, line_of(index), "unit", said(cells), texts.UNIT_EXISTS)
    for cells in sorted(wanted - set(rows)):
        yield TableProblem(table.file, 0, "unit", texts.missing(said(cells)), texts.EVERY_UNIT)


def staffed(staff: Table, hospitals: Table) -> Iterable[TableProblem]:
    """Nobody's bed or treatment place is without staff; a cell that is wrong elsewhere in the table hides none."""
    units = zip(staff["unit_kind"], staff["unit"], staff["profession"], strict=True)
    posts = dict(zip(units, staff["posts_fte"], strict=True))
    for row in hospitals.rows():
        for work in WARD_PROFESSIONS:
            if row["beds"] + row["ed_places"] > 0 and posts.get(("hospital", row["hospital"], work)) == 0:
                text = f"{row['hospital']} {work} 0"
                yield TableProblem(staff.file, 0, "posts_fte", text, texts.STAFFED)


def staff_ages(tables: Tables) -> Iterable[TableProblem]:
    """Bands of age follow each other; the shares of the staff and of those hired sum to one."""
    table = tables["staff_ages"]
    expected = WORK_AGES[0]
    for index, (first, last) in enumerate(zip(table["age_from"], table["age_to"], strict=True)):
        if first != expected or last < first:
            allowed = texts.bands_from(WORK_AGES[0])
            yield TableProblem(table.file, line_of(index), "age_from, age_to", f"{first}-{last}", allowed)
        expected = last + 1
    for column in ("share_at_start", "share_of_hired"):
        share = sum(table[column])
        if abs(share - 1) > SUM_TOLERANCE:
            yield TableProblem(table.file, 0, column, f"{share:g}", texts.SUM_1)


def footprints(tables: Tables) -> Iterable[TableProblem]:
    """A footprint is a figure or a parameter that exists; every contact takes somebody's time."""
    table, known = tables["footprints"], tables["parameters"]["name"]
    for index, row in enumerate(table.rows()):
        given = not math.isnan(row["minutes"])
        if given == bool(row["parameter"]):
            text = f"{row['contact']} {row['profession']}"
            yield TableProblem(table.file, line_of(index), "parameter, minutes", text, texts.PARAMETER_OR_MINUTES)
        elif row["parameter"] and row["parameter"] not in known:
            hint = nearest(row["parameter"], known)
            yield TableProblem(table.file, line_of(index), "parameter", row["parameter"], texts.PARAMETER_ROW, hint)
    rows = set(zip(table["contact"], table["profession"], strict=True))
    for contact, professions in FOOTPRINTS.items():
        for cells in ((contact, profession) for profession in professions):
            if cells not in rows:
                yield TableProblem(table.file, 0, "contact, profession", texts.missing(said(cells)), texts.A_ROW)
