"""What the region follows up: the country's figures in the country's column, years in order, bands of RUB in theirs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from simulator.region import texts
from simulator.region.plausible import patterns
from simulator.region.plausible.finding import Finding
from simulator.region.plausible.reference import profiles
from simulator.region.table_schema import Table, TableProblem, line_of

Tables = Mapping[str, Table]
BOARD_TABLE = "followup_board"
BAND_PATIENTS = ("home_nursing.patients", "home_nursing.patients_rub_4", "home_nursing.patients_rub_5")
SLACK = 0.05
"""How far a municipality's own mix of patients may move its total."""


def follow_up(tables: Tables) -> Iterator[Finding]:
    """Everything that is unlikely of what is followed up, beside each cell's own range."""
    yield from _country(tables[BOARD_TABLE])
    yield from _years(tables[BOARD_TABLE])
    yield from _bands(tables["medication_reviews"])
    for name in ("home_nursing_gp", "medication_reviews"):
        yield from _parts(tables[name], _weights(tables["parameters"]))


def _country(table: Table) -> Iterator[Finding]:
    """The region's figures are not nearer to the country's than those in the country's own column are."""
    usual = profiles()[BOARD_TABLE, "country_value"]
    rows = [
        (math.log(row["country_value"] / country.value), math.log(row["region_value"] / country.value))
        for row in table.rows()
        if (country := usual.get(row["indicator"])) and row["country_value"] > 0 and row["region_value"] > 0
    ]
    if len(rows) > 2 and patterns.explains(*np.array(rows).T):
        columns = ("region_value", "country_value")
        problem = TableProblem(
            table.file,
            0,
            ", ".join(columns),
            "",
            texts.COUNTRYS_FIGURES,
            "",
            texts.cause_columns(*columns),
            "",
            "exchanged",
        )
        yield Finding(problem, refused=False)


def _years(table: Table) -> Iterator[Finding]:
    """What was measured earlier was measured before, and has a value."""
    for index, row in enumerate(table.rows()):
        if row["earlier_year"] >= row["region_year"]:
            said, allowed = f"{row['earlier_year']:g}", texts.before(f"{row['region_year']:g}")
            cause = texts.cause_columns("region_year", "earlier_year")
            problem = TableProblem(
                table.file, line_of(index), "earlier_year", said, allowed, "", cause, row["indicator"], "years"
            )
            yield Finding(problem, refused=False)
        if math.isnan(row["earlier_value"]) and not math.isnan(row["earlier_year"]):
            place = (table.file, line_of(index), "earlier_value", "", texts.A_VALUE, "", texts.CAUSE_NO_VALUE)
            yield Finding(TableProblem(*place, row["indicator"], "year_without_value"), refused=False)


def _bands(table: Table) -> Iterator[Finding]:
    """Those in RUB 5 are reviewed more often than those in RUB 4, and these than all."""
    for columns in (("total", "rub_4"), ("rub_4", "rub_5")):
        own = tuple(_by_row(table, column) for column in columns)
        usual = tuple(
            dict.fromkeys(figures, profiles()["medication_reviews", column][""].value)
            for column, figures in zip(columns, own, strict=True)
        )
        yield from patterns.exchanged_columns(table.file, columns, (own[0], own[1]), (usual[0], usual[1]))


def _weights(table: Table) -> tuple[float, float]:
    """Shares of home-nursing patients in RUB 4 and in RUB 5; nan where a parameter is missing."""
    value = dict(zip(table["name"], table["value"], strict=True))
    patients, in_4, in_5 = (value.get(name, math.nan) or math.nan for name in BAND_PATIENTS)
    return in_4 / patients, in_5 / patients


def _parts(table: Table, weights: tuple[float, float]) -> Iterator[Finding]:
    """Somebody's share outside RUB 4 and 5 could make up the total, with patients in the bands as in the region."""
    in_4, in_5 = weights
    rest = 1 - in_4 - in_5
    for index, row in enumerate(table.rows()):
        low = in_4 * row["rub_4"] + in_5 * row["rub_5"]
        if not math.isnan(low) and not low - SLACK <= row["total"] <= low + rest + SLACK:
            said = texts.figure(row["total"])
            usual = texts.usual(low, low + rest, "share")
            cause = texts.CAUSE_OTHER
            place = (table.file, line_of(index), "total", said, usual, "", cause, row["municipality"], "parts")
            yield Finding(TableProblem(*place), refused=False)


def _by_row(table: Table, column: str) -> Mapping[str, float]:
    pairs = zip(table["municipality"], table[column], strict=True)
    return {place: share for place, share in pairs if share > 0}
