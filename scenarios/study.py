"""From names to results: what `naravard run` does once its arguments are read."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from scenarios.engine import (
    SimulatorEngine,
    code_version,
    compile_kernels,
    kernels_are_compiled,
    kernels_are_kept,
    load_region,
)
from scenarios.library import find_strategies
from scenarios.problems import InputError, Problem, ScenarioError, quoted, unknown
from scenarios.progress import Display
from scenarios.runner import Engine, Outcome, Run, default_workers, run_all
from scenarios.scenario import Scenario
from simulator import table_schema
from simulator.changes import Change
from simulator.region import Region, RegionError, available_regions

COMPILING = "Kompilerar modellens kärnor första gången, tar upp till en minut …"


@dataclass(frozen=True, slots=True)
class Study:
    """Checked scenarios, ready to run, and their Swedish labels."""

    run: Run
    labels: dict[str, str]


def region_or_problems(region: str, problems: list[Problem]) -> Region | None:
    """Return a region, or None after adding everything that is wrong with it to `problems`."""
    try:
        return load_region(region)
    except RegionError as error:
        if not ("/" in region or "\\" in region or region in (known := available_regions())):
            problems.append(unknown("--region", "regionen är okänd.", region, known))
        else:
            problems += [_region_problem(fault) for fault in error.problems]
        return None


def _region_problem(fault: table_schema.Problem) -> Problem:
    return Problem(
        ", ".join(part for part in (fault.file, fault.column) if part),
        "regionens data har ett fel.",
        quoted(fault.value) if fault.value else None,
        fault.allowed or None,
        quoted(fault.nearest) if fault.nearest else None,
        fault.line or None,
    )


def prepare(
    names: Sequence[str],
    region: str,
    horizon: int,
    seed: int,
    replications: int,
    problems: Sequence[Problem] = (),
) -> Study:
    """Return a study of the strategies called `names` until the end of the year `horizon`.

    Raises InputError with `problems` (found before) and everything else that is wrong.
    """
    found = list(problems)
    loaded = region_or_problems(region, found)
    scenarios: tuple[Scenario, ...] = ()
    try:
        strategies = find_strategies(names, loaded)
        last = date(horizon, 12, 31)
        scenarios = tuple(Scenario(region=region, strategy=strategy, horizon=last) for strategy in strategies)
    except ScenarioError as error:
        found += error.problems
    changes = {} if loaded is None else _changes(scenarios, loaded, found)
    if found or loaded is None:
        raise InputError(found)
    run = Run(region, loaded.digest, tuple(changes.items()), date(horizon + 1, 1, 1), seed, replications)
    return Study(run, {scenario.strategy.name: scenario.strategy.label_sv for scenario in scenarios})


def _changes(
    scenarios: Sequence[Scenario], region: Region, problems: list[Problem]
) -> dict[str, tuple[Change, ...]]:
    """Return what every scenario changes, by name; what is wrong is added to `problems`."""
    changes = {}
    for scenario in scenarios:
        try:
            changes[scenario.strategy.name] = scenario.changes(region)
        except ScenarioError as error:
            problems += error.problems
    return changes


@contextmanager
def local_executor(workers: int) -> Iterator[Executor | None]:
    """Give worker processes, or None when one worker is enough: then this process does the work.

    Workers are spawned, not forked, so that they are alike on every system and hold no copy of open files.
    """
    if workers == 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_stopping_to_the_parent)
    try:
        yield executor
    except KeyboardInterrupt:
        for child in multiprocessing.active_children():  # one that is compiling would not notice for a minute
            child.terminate()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def compile_apart(region: str) -> None:
    """Compile the kernels in a process of its own, once, before workers would do so side by side."""
    process = multiprocessing.get_context("spawn").Process(target=_compile, args=(region,))
    process.start()
    try:
        process.join()
    finally:
        process.terminate()


def _compile(region: str) -> None:
    """What goes wrong here will go wrong again, and be told, where the kernels are needed."""
    _leave_stopping_to_the_parent()
    with suppress(Exception):
        compile_kernels(region)


def _leave_stopping_to_the_parent() -> None:
    """Ignore the keyboard's interrupt, which goes to every process of a terminal at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def simulate(
    study: Study, display: Display, workers: int | None = None, engine: Engine | None = None
) -> tuple[Outcome, ...]:
    """Run a study on this machine and return an outcome a replication."""
    number = default_workers(study.run.replications) if workers is None else workers
    display.say("Startar simulatorn …")
    if engine is None and not kernels_are_compiled():
        display.say(COMPILING)
        if kernels_are_kept():
            compile_apart(study.run.region)
    with local_executor(min(number, study.run.replications)) as executor:
        return run_all(engine or SimulatorEngine(), study.run, executor, display)


def stamp(clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> tuple[str, str]:
    """Return the version of the code and the time, for the results' provenance."""
    return code_version(), clock().isoformat(timespec="seconds")
