"""`naravard board`: the region's follow-up board, continued with the results of a run."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command, Option
from scenarios.commands.options import FORMAT_OPTION, OUT_FILE_OPTION, SCENARIOS_OPTION
from scenarios.commands.result import (
    ALL_YEARS,
    OLDER_SV,
    labels_of,
    print_records,
    read_result,
    scenarios_and_years,
    tell_left_out,
)
from scenarios.text.problems import InputError, Problem

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _board(given: Arguments, problems: list[Problem]) -> int:
    dataset = read_result(given, problems)
    from scenarios.findings.board import DERIVED, BoardFigure, board_text, make_board
    from scenarios.measures.figures import Results
    from scenarios.running.region import region_of_results

    names, years = scenarios_and_years(given, dataset, usual=ALL_YEARS)
    rows, results = region_of_results(str(dataset.attrs.get("region", ""))).followup_board, Results(dataset)
    lacking = {name for name, reading in DERIVED.items() if reading.missing(results)}
    if lacking == set(DERIVED):
        raise InputError([Problem("MAPP", OLDER_SV)])
    tell_left_out(row.label_sv for row in rows if row.indicator in lacking)
    figures = make_board(rows, dataset, names, years)
    if given.format == "table":
        print(board_text(figures, labels_of(dataset)), end="")
        return 0
    print_records(given.format, figures, BoardFigure)
    return 0


BOARD = Command(
    "board",
    "Visa regionens uppföljning av nära vård, fortsatt med ett resultat. Senaste siffra, beräknade siffror per år och "
    "scenario med pilar; det som följs upp genom enkät modelleras inte.",
    _board,
    words="MAPP",
    least=1,
    most=1,
    options=(
        SCENARIOS_OPTION,
        Option("--year", "ÅR", "ett eller flera år, eller alla; utan val alla", str, many=True),
        FORMAT_OPTION,
        OUT_FILE_OPTION,
    ),
    examples=("naravard board results/first --scenario nulage --year 2025,2030",),
)
