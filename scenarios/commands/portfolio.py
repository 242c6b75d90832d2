"""`naravard portfolio`: the mixes of levers that do most for the money and the posts there are."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.searching import SEARCH_OPTIONS, bench_of
from scenarios.text.problems import Problem
from scenarios.text.terminal import console, tell

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415


def _portfolio(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.seeking.reading import read_portfolio

    with bench_of(given, problems, read_portfolio) as (read, bench):
        from scenarios.seeking.portfolio import portfolio
        from scenarios.seeking.portfolio_told import write_portfolio

        found = portfolio(bench)
        write_portfolio(read.wanted, found, read.region, bench.folder)
    from scenarios.commands.tables import print_told
    from scenarios.seeking.portfolio_told import MIX_HEADERS, mix_rows, sentences

    print_told(console(), sentences(read.wanted, found, read.region), MIX_HEADERS, mix_rows(found))
    tell(f"Sparat i {bench.folder}: varje blandning som en strategifil att gå vidare med.")
    return 0


PORTFOLIO = Command(
    "portfolio",
    "Bästa användning av pengarna. Sök de blandningar av spakar som ger mest för sina pengar och tjänster, bekräfta "
    "dem i nya framtider, och säg hur ofta var och en är bäst och när den inte håller. FIL är en portföljfil (.yaml) "
    "eller namnet på en som följer med. Samma kommando igen fortsätter där det slutade.",
    _portfolio,
    words="FIL",
    least=1,
    most=1,
    options=SEARCH_OPTIONS,
    examples=("naravard portfolio 30-miljoner --out results/30-miljoner",),
)
