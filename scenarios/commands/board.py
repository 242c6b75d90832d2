"""`naravard board`: the region's follow-up board, continued with the results of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, choice
from scenarios.text.problems import InputError, Problem, quoted, unknown

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr


def _board(given: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    from scenarios.findings.board import board_text, make_board, to_csv, to_json
    from scenarios.running.engine import load_region
    from scenarios.running.results import read_results

    dataset = read_results(Path(given.words[0]))
    names, years = _chosen(given, dataset)
    rows = load_region(str(dataset.attrs["region"])).followup_board
    figures = make_board(rows, dataset, names, years)
    if given.format == "table":
        labels = dict(zip(dataset["scenario"].values.tolist(), dataset["scenario_label"].values.tolist(), strict=True))
        print(board_text(figures, labels), end="")
    else:
        print(to_json(figures) if given.format == "json" else to_csv(figures).rstrip("\n"))
    return 0


def _chosen(given: Arguments, dataset: xr.Dataset) -> tuple[list[str], list[int]]:
    """Return the scenarios and years asked for, all unless told; raises InputError for those that are not there."""
    scenarios: list[str] = dataset["scenario"].values.tolist()
    years: list[int] = dataset["year"].values.tolist()
    names, wanted = given.scenario or tuple(scenarios), given.year or ("alla",)
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


BOARD = Command(
    "board",
    "Visa regionens uppföljning av nära vård, fortsatt med ett resultat. Senaste siffra, beräknade siffror per år och "
    "scenario med pilar; det som följs upp genom enkät modelleras inte.",
    _board,
    words="MAPP",
    least=1,
    most=1,
    options=(
        Option("--scenario", "NAMN", "ett eller flera scenarier; utan val alla", str, many=True),
        Option("--year", "ÅR", "ett eller flera år, eller alla; utan val alla", str, many=True),
        Option("--format", "FORM", "table, json eller csv", choice("table", "json", "csv"), "table"),
    ),
    examples=("naravard board results/first --scenario nulage --year 2025,2030",),
)
