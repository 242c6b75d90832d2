"""`naravard validate`: today's course beside what has been observed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, choice
from scenarios.commands.options import (
    FORMAT_OPTION,
    OUT_FILE_OPTION,
    REPLICATIONS_OPTION,
    SEED_OPTION,
    SHEET,
    WORKERS_OPTION,
)
from scenarios.commands.result import OLDER_SV, print_records, read_result
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.problems import InputError, Problem, unknown

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.running.progress import Display
    from scenarios.validation.evaluation import Result
    from scenarios.validation.targets import Target


def _validate(given: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    dataset = _of_today(given) if given.words else _simulated(given)
    from scenarios.validation.evaluation import evaluate

    region = str(dataset.attrs.get("region", ""))
    targets = _targets("MAPP" if given.words else "--region", region)
    _show(given, targets, evaluate(dataset, targets), dataset.sizes["replication"])
    return 0


def _targets(place: str, region: str) -> tuple[Target, ...]:
    """Return what has been observed in a region; raises InputError when nothing has."""
    from scenarios.validation.targets import observed_regions, targets_of

    if region not in observed_regions():
        raise InputError([unknown(place, "inget är observerat för regionen.", region, observed_regions())])
    return targets_of(region)


def _of_today(given: Arguments) -> xr.Dataset:
    """Return results on disk; raises InputError when today's course is not among them, or is so only by name."""
    from scenarios.strategies.library import BASELINE

    dataset, place = read_result(given), str(Path(given.words[0]))
    if BASELINE not in dataset["scenario"].values:
        raise InputError([Problem(place, f"scenariot {BASELINE} finns inte i resultatet.")])
    if not _changes_nothing(dataset.sel(scenario=BASELINE)):
        raise InputError([Problem(place, f"scenariot {BASELINE} i resultatet ändrar något och är inte nuläget.")])
    return dataset


def _changes_nothing(scenario: xr.Dataset) -> bool:
    from datetime import date

    from scenarios.strategies.scenario import scenario_hash

    try:
        horizon = date.fromisoformat(scenario.attrs["horizon"])
        return bool(scenario["scenario_hash"].item() == scenario_hash((), scenario.attrs["region_digest"], horizon))
    except (KeyError, ValueError, TypeError):
        raise InputError([Problem("MAPP", OLDER_SV)]) from None


def _simulated(given: Arguments) -> xr.Dataset:
    from scenarios.running.progress import display
    from scenarios.text.terminal import console

    with display(console(stderr=True)) as progress:
        progress.say("Läser in region och observerade siffror …")
        from scenarios.running.region import region_or_problems

        problems: list[Problem] = []
        region_or_problems(given.region, problems)
        if problems:
            raise InputError(problems)
        _targets("--region", given.region)
        return _spread(given, progress)


def _spread(given: Arguments, progress: Display) -> xr.Dataset:
    """Return today's course, simulated by as many processes as were asked for."""
    from scenarios.running.compilation import compile_if_needed
    from scenarios.running.engine import SimulatorEngine
    from scenarios.running.local_pool import local_executor
    from scenarios.running.runner import Progress, default_workers
    from scenarios.validation.evaluation import simulate_today

    progress.say("Startar simulatorn …")
    compile_if_needed(given.region, progress.say)
    number: int = given.replications
    workers = min(given.workers or default_workers(number), number)

    def tick(done: int) -> None:
        progress(Progress(done, number, done, number))

    with local_executor(workers) as executor:
        return simulate_today(SimulatorEngine(), given.region, given.seed, number, executor, tick)


def _show(given: Arguments, targets: Sequence[Target], results: Sequence[Result], replications: int) -> None:
    from scenarios.text.terminal import console
    from scenarios.validation import report

    if given.format == "table":
        report.print_results(console(), results)
    elif given.format == MARKDOWN:
        command = f"naravard validate --replications {replications} --format markdown --out docs/validering.md"
        print(report.markdown(targets, results, command, replications), end="")
    else:
        print_records(given.format, report.lines(targets, results), report.ObservedFigure)


MARKDOWN = "markdown"

VALIDATE = Command(
    "validate",
    "Ställ nuläget 2023–2025 bredvid det som är observerat. Med en resultatmapp används dess nuläge i stället för "
    "en ny körning, och även siffror längre fram jämförs.",
    _validate,
    words="[MAPP]",
    most=1,
    options=(
        REPLICATIONS_OPTION,
        Option(
            "--format",
            "FORM",
            f"{FORMAT_OPTION.help_sv}; eller markdown",
            choice("table", SHEET, "json", "csv", MARKDOWN),
            "table",
        ),
        OUT_FILE_OPTION,
        WORKERS_OPTION,
        SEED_OPTION,
        Option("--region", "NAMN", "region", str, HOME_REGION),
    ),
    examples=("naravard validate --replications 10 --format markdown --out docs/validering.md",),
)
