"""`naravard validate-region`: the data of a region, checked."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import REGION_OPTION
from scenarios.text.problems import InputError, Problem

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _validate_region(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.running.region import region_or_problems, unlikely, warnings_of

    region = region_or_problems(given.words[0] if given.words else REGION_OPTION.default, problems)
    if problems or region is None:
        raise InputError(problems)
    people = int(region.population.sum())
    print(
        f"{region.name_sv} är hel: {people} invånare, {len(region.municipalities)} kommuner, "
        f"{len(region.centres)} hälsocentraler, {len(region.hospitals)} sjukhus."
    )
    print(f"Kontrollsumma {region.digest}")
    warnings = warnings_of(region)
    if warnings:
        them = "den" if len(warnings) == 1 else "dem"
        print(f"{unlikely(len(warnings))}; rätta {them}, eller ge skälet i exceptions.csv:")
    for number, warning in enumerate(warnings, 1):
        print(f"  {number}. {warning}")
    return 0


VALIDATE_REGION = Command("validate-region", "Kontrollera en regions data.", _validate_region, words="[NAMN]", most=1)
