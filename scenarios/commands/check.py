"""`naravard check`: what strategies change, cost and have a budget for."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import HORIZON_OPTION, REGION_OPTION
from scenarios.text.problems import Problem
from scenarios.text.terminal import console

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _check(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.commands.tables import print_bill
    from scenarios.running.batch import find_scenarios

    region, scenarios = find_scenarios(given.words, given.region, given.horizon, problems)
    for scenario in scenarios:
        print_bill(console(), scenario.strategy, scenario.bill(region))
    return 0


CHECK = Command(
    "check",
    "Kontrollera strategier: vad de ändrar, vad de kostar om året och vad en budget räcker till.",
    _check,
    words="NAMN …",
    least=1,
    most=None,
    options=(REGION_OPTION, HORIZON_OPTION),
    examples=("naravard check kontinuitet",),
)
