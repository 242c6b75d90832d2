"""From names to results: what `naravard run` does once its arguments are read."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from scenarios.running.engine import (
    SimulatorEngine,
    code_version,
    compile_kernels,
    kernels_are_compiled,
    kernels_are_kept,
    load_region,
)
from scenarios.running.local_pool import LocalPool, leave_stopping_to_the_parent
from scenarios.running.progress import Display
from scenarios.running.runner import Engine, Outcome, Run, default_workers, run_all
from scenarios.strategies.budget import Bill
from scenarios.strategies.library import find_strategies
from scenarios.strategies.scenario import Scenario
from scenarios.strategies.strategy import Strategy
from scenarios.text.problems import InputError, Problem, ScenarioError, quoted, unknown
from scenarios.text.swedish import number
from simulator.changes import Change
from simulator.region import table_schema
from simulator.region.pack import Region, RegionError, available_regions

LONGEST_REPLICATION = 3600.0
"""Seconds after which a worker counts as stuck; a replication takes some seconds and one a scenario."""

COMPILING = "Kompilerar modellens kärnor första gången, tar upp till en minut …"


@dataclass(frozen=True, slots=True)
class Study:
    """Checked scenarios, ready to run, their Swedish labels, and the bill of each that has a budget."""

    run: Run
    labels: dict[str, str]
    bills: dict[str, Bill] = field(default_factory=dict)

    @property
    def budgets(self) -> dict[str, dict[str, object]]:
        """What results keep of the bills."""
        return {name: bill.attributes() for name, bill in self.bills.items()}


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


def _region_problem(fault: table_schema.TableProblem) -> Problem:
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
    parameter_draws: int = 0,
) -> Study:
    """Return a study of the strategies called `names` until the end of the year `horizon`.

    Raises InputError with `problems` (found before) and everything else that is wrong.
    """
    found = list(problems)
    if parameter_draws > replications:
        told = "är fler än replikationerna: varje dragning delar slump med en replikation."
        allowed = f"0 till {replications}"
        found.append(Problem("--parameter-draws", told, str(parameter_draws), allowed))
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
    until = date(horizon + 1, 1, 1)
    run = Run(region, loaded.digest, tuple(changes.items()), until, seed, replications, parameter_draws)
    bills = {
        scenario.strategy.name: scenario.bill(loaded)
        for scenario in scenarios
        if scenario.strategy.budget_msek_per_year is not None
    }
    return Study(run, {s.strategy.name: label_of(s.strategy, bills.get(s.strategy.name)) for s in scenarios}, bills)


def label_of(strategy: Strategy, bill: Bill | None) -> str:
    """Return a strategy's label, which says so when its budget did not suffice."""
    if bill is None or not bill.scaled:
        return strategy.label_sv
    return f"{strategy.label_sv} (nedskalad till {number(100 * bill.share, 0)} %)"


def _changes(scenarios: Sequence[Scenario], region: Region, problems: list[Problem]) -> dict[str, tuple[Change, ...]]:
    """Return what every scenario changes, by name; what is wrong is added to `problems`."""
    changes = {}
    for scenario in scenarios:
        try:
            changes[scenario.strategy.name] = scenario.changes(region)
        except ScenarioError as error:
            problems += error.problems
    return changes


@contextmanager
def local_executor(workers: int, timeout: float | None = None) -> Iterator[Executor | None]:
    """Give worker processes, or None when one worker is enough: then this process does the work.

    A worker that takes longer than `timeout` seconds for one replication is ended.
    """
    if workers == 1:
        yield None
        return
    executor = LocalPool(workers, timeout)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


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
    leave_stopping_to_the_parent()
    with suppress(Exception):
        compile_kernels(region)


def simulate(
    study: Study,
    display: Display,
    workers: int | None = None,
    engine: Engine | None = None,
    timeout: float | None = LONGEST_REPLICATION,
) -> tuple[Outcome, ...]:
    """Run a study on this machine and return an outcome a replication, then one a draw of parameters.

    `timeout` (seconds) ends a worker that is stuck in a replication; it has no effect with one worker.
    """
    tasks = len(study.run.tasks)
    number = default_workers(tasks) if workers is None else workers
    display.say("Startar simulatorn …")
    if engine is None and not kernels_are_compiled():
        display.say(COMPILING)
        if kernels_are_kept():
            compile_apart(study.run.region)
    with local_executor(min(number, tasks), timeout) as executor:
        return run_all(engine or SimulatorEngine(), study.run, executor, display)


def stamp(clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> tuple[str, str]:
    """Return the version of the code and the time, for the results' provenance."""
    return code_version(), clock().isoformat(timespec="seconds")
