"""`naravard compare`: the scenarios of a result beside each other."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import BASELINE_OPTION, FORMAT_OPTION, INDICATORS_OPTION, OUT_FILE_OPTION, YEARS_OPTION
from scenarios.commands.result import OLDER_SV, print_records, read_result, tell_left_out, years_of
from scenarios.text.problems import InputError, Problem, unknown
from scenarios.text.terminal import console

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _compare(given: Arguments, problems: list[Problem]) -> int:
    dataset = read_result(given, problems)
    from scenarios.commands.tables import print_result
    from scenarios.findings.compare import ComparedFigure, compare, measured
    from scenarios.measures.figures import INDICATORS

    known = tuple(indicator.name for indicator in measured(dataset))
    if not known:
        raise InputError([Problem("MAPP", OLDER_SV)])
    names = known if given.indicator is None else given.indicator
    years = years_of(given, dataset, problems)
    missing = [name for name in names if name not in known]
    problems += [unknown("--indicator", "indikatorn finns inte i resultatet.", name, known) for name in missing]
    if problems:
        raise InputError(problems)
    if given.indicator is None:
        tell_left_out(figure.label_sv for name, figure in INDICATORS.items() if name not in known)
    if given.format == "table":
        print_result(console(), dataset, years, names, given.baseline)
        return 0
    records = compare(dataset, [INDICATORS[name] for name in names], years, given.baseline)
    print_records(given.format, records, ComparedFigure)
    return 0


COMPARE = Command(
    "compare",
    "Jämför scenarierna i ett resultat.",
    _compare,
    words="MAPP",
    least=1,
    most=1,
    options=(FORMAT_OPTION, OUT_FILE_OPTION, YEARS_OPTION, INDICATORS_OPTION, BASELINE_OPTION),
    examples=("naravard compare results/first --format json --year 2030 --indicator admissions,cost",),
)
