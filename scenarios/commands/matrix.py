"""`naravard matrix`: need, care, time and money of a result by level and mode of care."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import BASELINE_OPTION, FORMAT_OPTION, OUT_FILE_OPTION, SCENARIOS_OPTION, YEARS_OPTION
from scenarios.commands.result import (
    OLDER_SV,
    labels_of,
    print_records,
    read_result,
    scenarios_and_years,
    tell_left_out,
)
from scenarios.text.problems import InputError, Problem
from scenarios.text.terminal import console

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _matrix(given: Arguments, problems: list[Problem]) -> int:
    dataset = read_result(given, problems)
    from scenarios.findings.structure import IDLE_SV, Cell, idle_is_known, make_matrix, print_matrix
    from scenarios.measures.figure import BY_CELL
    from scenarios.measures.figures import FIGURES, Results

    names, years = scenarios_and_years(given, dataset)
    lacking = [figure for figure in FIGURES[BY_CELL].values() if figure.missing(Results(dataset))]
    if len(lacking) == len(FIGURES[BY_CELL]):
        raise InputError([Problem("MAPP", OLDER_SV)])
    tell_left_out([*(figure.label_sv for figure in lacking), *([] if idle_is_known(dataset) else [IDLE_SV])])
    cells = make_matrix(dataset, names, years, given.baseline)
    if given.format == "table":
        print_matrix(console(), cells, labels_of(dataset))
        return 0
    print_records(given.format, cells, Cell)
    return 0


MATRIX = Command(
    "matrix",
    "Visa strukturmatrisen: behov, vård, personaltid och pengar efter vårdnivå och vårdform, med skillnaden mot "
    "nuläget.",
    _matrix,
    words="MAPP",
    least=1,
    most=1,
    options=(SCENARIOS_OPTION, YEARS_OPTION, BASELINE_OPTION, FORMAT_OPTION, OUT_FILE_OPTION),
    examples=("naravard matrix results/first --scenario flytt-till-primarvard --year 2030",),
)
