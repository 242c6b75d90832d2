"""`naravard levers`: what a strategy can move, and what speaks for and against it."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import REGION_OPTION
from scenarios.text.problems import InputError, Problem, unknown
from scenarios.text.terminal import console

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _levers(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.commands.tables import print_levers
    from scenarios.levers.registry import LEVERS
    from scenarios.running.region import region_or_problems

    names = tuple(LEVERS)
    problems += [unknown("NAMN", "spaken finns inte.", word, names) for word in given.words if word not in LEVERS]
    region = region_or_problems(given.region, problems) if given.words else None
    if problems:
        raise InputError(problems)
    print_levers(console(), [LEVERS[word] for word in given.words] or LEVERS.values(), region)
    return 0


LIST_LEVERS = Command(
    "levers",
    "Visa spakarna: gränser, kostnad och underlag. Med namn visas också spakens effekter i regionen, med studier för "
    "och emot och hur det mätta blev en regel.",
    _levers,
    words="[NAMN …]",
    most=None,
    options=(REGION_OPTION,),
    examples=("naravard levers", "naravard levers own_gp_booking"),
)
