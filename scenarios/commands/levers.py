"""`naravard levers`: what a strategy can move."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.text.problems import InputError, Problem
from scenarios.text.terminal import console

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _levers(_: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    from scenarios.commands.tables import print_levers
    from scenarios.levers.registry import LEVERS

    print_levers(console(), LEVERS.values())
    return 0


LIST_LEVERS = Command("levers", "Visa spakarna: gränser, kostnad och underlag.", _levers)
