"""`naravard binds` and `naravard matrix`: what limits each scenario, and need, time and money by cell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, choice, whole
from scenarios.text.problems import InputError, Problem, quoted, unknown

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr


def _binds(given: Arguments, problems: list[Problem]) -> int:
    dataset = _results(given, problems, "resource_lost")
    from scenarios.findings.binding import binding_text, rank_binding, to_csv, to_json
    from scenarios.places.names import places_of
    from scenarios.running.engine import load_region

    names, years = chosen(given, dataset)
    places = places_of(load_region(str(dataset.attrs["region"])))
    rows = rank_binding(dataset, places, names, years, given.baseline)
    if given.format == "table":
        print(binding_text(rows, labels_of(dataset), given.top), end="")
        return 0
    kept = [row for row in rows if 0 < row.rank <= given.top]
    print(to_json(kept) if given.format == "json" else to_csv(kept).rstrip("\n"))
    return 0


def _matrix(given: Arguments, problems: list[Problem]) -> int:
    dataset = _results(given, problems, "cost_by_cell")
    from scenarios.findings.structure import make_matrix, print_matrix, to_csv, to_json
    from scenarios.text.terminal import console

    names, years = chosen(given, dataset)
    cells = make_matrix(dataset, names, years, given.baseline)
    if given.format == "table":
        print_matrix(console(), cells, labels_of(dataset))
        return 0
    print(to_json(cells) if given.format == "json" else to_csv(cells).rstrip("\n"))
    return 0


def _results(given: Arguments, problems: list[Problem], needed: str) -> xr.Dataset:
    """Read the results; raises InputError when they are of a version without what is `needed`."""
    if problems:
        raise InputError(problems)
    from scenarios.running.results import read_results

    dataset = read_results(Path(given.words[0]))
    if needed not in dataset:
        raise InputError([Problem("MAPP", "resultatet är från en äldre version och saknar detta; kör om det.")])
    return dataset


def labels_of(dataset: xr.Dataset) -> dict[str, str]:
    """Swedish label of each scenario."""
    return dict(zip(dataset["scenario"].values.tolist(), dataset["scenario_label"].values.tolist(), strict=True))


def chosen(given: Arguments, dataset: xr.Dataset) -> tuple[list[str], list[int]]:
    """Return the scenarios (all unless told) and years (the last); raises InputError for those not there."""
    scenarios: list[str] = dataset["scenario"].values.tolist()
    years: list[int] = dataset["year"].values.tolist()
    names, wanted = given.scenario or tuple(scenarios), given.year or (str(years[-1]),)
    problems = [
        unknown("--scenario", "scenariot finns inte i resultatet.", name, scenarios)
        for name in names
        if name not in scenarios
    ]
    known = [str(year) for year in years]
    problems += [
        Problem("--year", "året finns inte i resultatet.", quoted(year), f"{known[0]} till {known[-1]}, eller alla")
        for year in wanted
        if year != "alla" and year not in known
    ]
    if problems:
        raise InputError(problems)
    return list(names), years if "alla" in wanted else [int(year) for year in wanted]


_CHOICE = (
    Option("--scenario", "NAMN", "ett eller flera scenarier; utan val alla", str, many=True),
    Option("--year", "ÅR", "ett eller flera år, eller alla; utan val det sista", str, many=True),
    Option("--baseline", "NAMN", "scenariot att jämföra med; utan val nulage", str),
    Option("--format", "FORM", "table, json eller csv", choice("table", "json", "csv"), "table"),
)
BINDS = Command(
    "binds",
    "Visa vad som begränsar. För varje scenario och år: vilken enhet, vilket yrke eller vilka platser som räckte till "
    "minst, och hur många förfrågningar det kostade.",
    _binds,
    words="MAPP",
    least=1,
    most=1,
    options=(*_CHOICE, Option("--top", "ANTAL", "så många visas för varje år", whole(1, 100), 5)),
    examples=("naravard binds results/first --year 2027,2030",),
)
MATRIX = Command(
    "matrix",
    "Visa strukturmatrisen: behov, vård, personaltid och pengar efter vårdnivå och vårdform, med skillnaden mot "
    "nuläget.",
    _matrix,
    words="MAPP",
    least=1,
    most=1,
    options=_CHOICE,
    examples=("naravard matrix results/first --scenario flytt-till-primarvard --year 2030",),
)
