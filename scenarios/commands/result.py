"""What the commands on a result share: reading it, which scenarios and years of it are meant, records out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.options import SHEET
from scenarios.strategies.labels import told_apart
from scenarios.text.cells import to_sheet
from scenarios.text.problems import InputError, Problem, quoted, unknown
from scenarios.text.records import Cell, to_csv, to_json
from scenarios.text.terminal import print_bytes, print_json, tell

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr
    from _typeshed import DataclassInstance

    from scenarios.commands.arguments import Arguments

ALL_YEARS = "alla"
"""In place of a year: every one."""


OLDER_SV = "resultatet är från en äldre version och saknar detta; kör om det."
OF_EVERY_TABLE = ("scenario", "replication", "year")


def read_result(
    given: Arguments, problems: Sequence[Problem] = (), needed: Mapping[str, tuple[str, ...]] | None = None
) -> xr.Dataset:
    """Return the results in the folder that was given, without what this version can make nothing of.

    `needed` are variables with their dimensions beside those of every yearly one. Raises InputError with `problems`,
    when there are no results, or when they are of a version without what is needed.
    """
    if problems:
        raise InputError(problems)
    from scenarios.measures.versions import readable
    from scenarios.running.results import read_results

    dataset = read_results(Path(given.words[0]))
    if any(name not in dataset.variables or dataset.variables[name].dims != (name,) for name in OF_EVERY_TABLE):
        raise InputError([Problem("MAPP", OLDER_SV)])
    dataset = readable(dataset)
    for name, dims in (needed or {}).items():
        if name not in dataset or {*dataset[name].dims} != {*OF_EVERY_TABLE, *dims}:
            raise InputError([Problem("MAPP", OLDER_SV)])
    return dataset


def tell_left_out(labels: Iterable[str]) -> None:
    """Say in one line what a table does not have, for the results were made by another version."""
    if names := ", ".join(dict.fromkeys(labels)):
        tell(f"Utelämnat, för resultatet är från en annan version och har det inte i läsbart skick: {names}.")


def labels_of(dataset: xr.Dataset) -> dict[str, str]:
    """Swedish label of each scenario, no two alike; the name where an older version kept no label."""
    names = [str(name) for name in dataset["scenario"].values]
    kept = dataset["scenario_label" if "scenario_label" in dataset.variables else "scenario"]
    return told_apart(dict(zip(names, (str(label) for label in kept.values), strict=True)))


def scenarios_and_years(given: Arguments, dataset: xr.Dataset, usual: str | None = None) -> tuple[list[str], list[int]]:
    """Return the scenarios that were asked for, all unless told, and the years, `usual` or the last.

    Raises InputError for those that the results do not have.
    """
    scenarios: list[str] = dataset["scenario"].values.tolist()
    names = list(given.scenario or scenarios)
    problems = [
        unknown("--scenario", "scenariot finns inte i resultatet.", name, scenarios)
        for name in names
        if name not in scenarios
    ]
    years = years_of(given, dataset, problems, usual)
    if problems:
        raise InputError(problems)
    return names, years


def years_of(given: Arguments, dataset: xr.Dataset, problems: list[Problem], usual: str | None = None) -> list[int]:
    """Return the years that were asked for, `usual` or the last unless told; others are added to `problems`."""
    years: list[int] = dataset["year"].values.tolist()
    known = [str(year) for year in years]
    wanted = given.year or (usual or known[-1],)
    problems += [
        Problem(
            "--year", "året finns inte i resultatet.", quoted(year), f"{known[0]} till {known[-1]}, eller {ALL_YEARS}"
        )
        for year in wanted
        if year != ALL_YEARS and year not in known
    ]
    return years if ALL_YEARS in wanted else [int(year) for year in wanted if year in known]


def print_records(
    form: str,
    records: Sequence[DataclassInstance],
    kind: type[DataclassInstance],
    cells: Mapping[str, Cell] | None = None,
) -> None:
    """Print records of a kind as `json`, `csv` or `kalkylblad`; `cells` as for `scenarios.text.records.table_of`."""
    if form == SHEET:
        print_bytes(to_sheet(records, kind, cells))
    elif form == "json":
        print_json(to_json(records))
    else:
        print(to_csv(records, kind, cells), end="")
