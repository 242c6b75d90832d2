"""`naravard seek`: what it takes to reach goals, searched and confirmed, or that nothing feasible does."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.searching import SEARCH_OPTIONS, bench_of
from scenarios.text.problems import Problem
from scenarios.text.terminal import console, tell

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415


def _seek(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.seeking.reading import read_goals

    with bench_of(given, problems, read_goals) as (read, bench):
        from scenarios.seeking.answer_told import sentences, write_answer
        from scenarios.seeking.seek import seek

        answer = seek(bench)
        file = write_answer(read.wanted, answer, bench.folder)
    from scenarios.commands.tables import print_told
    from scenarios.seeking.answer_told import RUNG_HEADERS, rung_rows

    print_told(console(), sentences(read.wanted, answer), RUNG_HEADERS, rung_rows(answer))
    tell(f"Sparat i {bench.folder}. Pröva vidare: naravard run nulage {file} --out … eller öppna filen i appen.")
    return 0


SEEK = Command(
    "seek",
    "Vad krävs? Sök den minsta förändring som når målen med den sannolikhet som begärs, inom budget och tjänster. "
    "FIL är en målfil (.yaml) eller namnet på en som följer med. Samma kommando igen fortsätter där det slutade.",
    _seek,
    words="FIL",
    least=1,
    most=1,
    options=SEARCH_OPTIONS,
    examples=(
        "naravard seek 90-inom-tre-dagar --out results/krav",
        "naravard seek egna-mal.yaml --region template --points 12 --draws 4 --out results/prov",
    ),
)
