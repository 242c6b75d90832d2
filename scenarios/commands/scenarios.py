"""`naravard scenarios`: the strategies of the library."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.text.problems import InputError, Problem
from scenarios.text.terminal import console

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _scenarios(_: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    from scenarios.commands.tables import print_strategies
    from scenarios.strategies.library import find_strategies, library

    print_strategies(console(), find_strategies(library()))
    return 0


LIST_SCENARIOS = Command("scenarios", "Visa strategierna i biblioteket.", _scenarios)
