"""`naravard validate`: today's course beside what has been observed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, choice, whole
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
    dataset = _results(Path(given.words[0])) if given.words else _simulated(given)
    from scenarios.validation.evaluation import evaluate

    region = str(dataset.attrs["region"])
    targets = _targets("MAPP" if given.words else "--region", region)
    _show(given, targets, evaluate(dataset, targets), dataset.sizes["replication"])
    return 0


def _targets(place: str, region: str) -> tuple[Target, ...]:
    """Return what has been observed in a region; raises InputError when nothing has."""
    from scenarios.validation.targets import observed_regions, targets_of

    if region not in observed_regions():
        raise InputError([unknown(place, "inget är observerat för regionen.", region, observed_regions())])
    return targets_of(region)


def _results(folder: Path) -> xr.Dataset:
    """Return results on disk; raises InputError when today's course is not among them."""
    from scenarios.running.results import read_results
    from scenarios.strategies.library import BASELINE

    dataset = read_results(folder)
    if BASELINE not in dataset["scenario"].values:
        raise InputError([Problem(str(folder), f"scenariot {BASELINE} finns inte i resultatet.")])
    return dataset


def _simulated(given: Arguments) -> xr.Dataset:
    from scenarios.running.progress import display
    from scenarios.text.terminal import console

    with display(console(stderr=True)) as shown:
        shown.say("Läser in region och observerade siffror …")
        from scenarios.running.study import region_or_problems

        problems: list[Problem] = []
        region_or_problems(given.region, problems)
        if problems:
            raise InputError(problems)
        _targets("--region", given.region)
        return _spread(given, shown)


def _spread(given: Arguments, shown: Display) -> xr.Dataset:
    from scenarios.running import engine, study
    from scenarios.running.runner import Progress, default_workers
    from scenarios.validation.evaluation import simulate_today

    shown.say("Startar simulatorn …")
    if not engine.kernels_are_compiled():
        shown.say(study.COMPILING)
        if engine.kernels_are_kept():
            study.compile_apart(given.region)
    number: int = given.replications
    workers = min(given.workers or default_workers(number), number)

    def tick(done: int) -> None:
        shown(Progress(done, number, done, number))

    with study.local_executor(workers) as executor:
        return simulate_today(engine.SimulatorEngine(), given.region, given.seed, number, executor, tick)


def _show(given: Arguments, targets: Sequence[Target], results: Sequence[Result], replications: int) -> None:
    text = _text(given, targets, results, replications)
    if given.out is not None:
        try:
            Path(given.out).write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError([Problem("--out", f"filen går inte att skriva ({error.strerror}).")]) from None
        return
    print(text, end="")


def _text(given: Arguments, targets: Sequence[Target], results: Sequence[Result], replications: int) -> str:
    from scenarios.text.terminal import console
    from scenarios.validation import report

    if given.format == "json":
        return report.to_json(report.lines(targets, results)) + "\n"
    if given.format == "csv":
        return report.to_csv(report.lines(targets, results))
    if given.format == "markdown":
        command = f"naravard validate --replications {replications} --format markdown --out docs/validering.md"
        return report.markdown(targets, results, command, replications)
    shown = console()
    with shown.capture() as captured:
        report.print_results(shown, results)
    return captured.get()


_FORMATS = ("table", "json", "csv", "markdown")

VALIDATE = Command(
    "validate",
    "Ställ nuläget 2023–2025 bredvid det som är observerat. Med en resultatmapp används dess nuläge i stället för "
    "en ny körning, och även siffror längre fram jämförs.",
    _validate,
    words="[MAPP]",
    most=1,
    options=(
        Option("--replications", "ANTAL", "antal replikationer", whole(1, 10_000), 10),
        Option("--format", "FORM", "table, json, csv eller markdown", choice(*_FORMATS), "table"),
        Option("--out", "FIL", "skriv till en fil i stället", str),
        Option("--workers", "ANTAL", "processer; utan val en per kärna", whole(1, 256)),
        Option("--seed", "TAL", "frö som replikationernas frön beror på", whole(0, 2**63 - 1), 1),
        Option("--region", "NAMN", "region", str, "kalmar"),
    ),
    examples=("naravard validate --replications 10 --format markdown --out docs/validering.md",),
)
