"""Run many: every scenario in every replication, in one process or several, with the same result.

One replication is one task: the history of its seed is simulated once to `FIRST_START`, and every scenario
continues from that checkpoint. A draw of parameters is a task likewise: draw n has the seed of replication n and
its own parameters, history included. Tasks share nothing and results are put together by number, not by arrival,
so the number of workers cannot change a bit of them. A task whose worker was lost is tried once more. The executor
is given from outside; any concurrent.futures.Executor will do whose workers see the same file system.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scenarios.running.ending import take_away_with_the_parent
from scenarios.running.spread import Ended, spread
from scenarios.strategies.period import FIRST_START
from simulator.core.dates import EPOCH

if TYPE_CHECKING:
    import xarray as xr

    from simulator.changes import Change

Tick = Callable[[date], None]
"""Called by the simulator once a simulated month."""


# --- what is to be run


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be run: scenarios by name with their changes, one region, a last date and the seeds.

    The first `parameter_draws` replications are run again with drawn parameters. With `headline_only` the
    indicators alone are kept of every run, as they are of draws (scenarios.measures.headline) unless `draws_whole`
    says that somebody else narrows those.
    """

    region: str
    region_digest: str
    scenarios: tuple[tuple[str, tuple[Change, ...]], ...]
    until: date
    base_seed: int
    replications: int
    parameter_draws: int = 0
    headline_only: bool = False
    draws_whole: bool = False

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Replications by number, then draws."""
        stated = [Task(number) for number in range(1, self.replications + 1)]
        return (*stated, *(Task(number, True) for number in range(1, self.parameter_draws + 1)))

    @property
    def months(self) -> int:
        """Months to be simulated in one replication, the shared history counted once."""
        branch = _months(FIRST_START, self.until)
        return _months(EPOCH, FIRST_START) + branch * len(self.scenarios)


class Task(NamedTuple):
    """One replication, with the stated parameters or with those of the draw of the same number."""

    number: int
    drawn: bool = False

    def text(self) -> str:
        """Return the Swedish name for a report."""
        return f"replikation {self.number}" + (" med dragna antaganden" if self.drawn else "")


def replication_seed(base_seed: int, replication: int) -> int:
    """Return the seed of a replication (from 1): the first 63 bits of SHA-256 over both numbers.

    With 63 bits, ten thousand seeds hold two equal ones with a chance of 5e-12, where seeds drawn from 65 536
    numbers collide with 40 % at 257 runs; and the seeds of 10 replications are the first 10 of 100.
    """
    digest = hashlib.sha256(f"naravard replication {base_seed} {replication}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _months(start: date, until: date) -> int:
    return max(0, (until.year - start.year) * 12 + until.month - start.month)


# --- by what


class Branch(Protocol):
    """A simulation that can be run on and asked for its results."""

    def run(self, until: date, progress: Tick | None = None) -> None:
        """Simulate up to, not including, `until`."""

    def hand_over(self) -> object:
        """Return the whole state, from which `Engine.resume` continues, and be done."""

    def dataset(self) -> xr.Dataset:
        """Return the results of this one run."""


class Engine(Protocol):
    """What the runner needs of a simulator; an instance must pickle."""

    def region_digest(self, region: str) -> str:
        """Return the digest of the region's data."""

    def begin(self, region: str, seed: int) -> Branch:
        """Return a simulation that stands at the beginning of 2023."""

    def resume(self, region: str, checkpoint: object, changes: tuple[Change, ...]) -> Branch:
        """Return a simulation that continues from a checkpoint under dated changes."""

    def drawn(self, region: str, base_seed: int, draw: int) -> tuple[Engine, Mapping[str, float]]:
        """Return an engine that uses the parameters of a draw, and what was drawn by name."""


# --- what comes of it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one replication: a dataset for each scenario that finished, a failure for the others.

    `drawn` tells a replication with drawn parameters, `parameters` their values.
    """

    replication: int
    datasets: dict[str, xr.Dataset] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    drawn: bool = False
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that did not finish; `scenario` is None when it failed before the scenarios began."""

    replication: int
    scenario: str | None
    reason: str
    drawn: bool = False

    def text(self) -> str:
        """Return the Swedish line for a report."""
        task = Task(self.replication, self.drawn).text()
        return f"{task}, {self.scenario or 'historiken före 2027'}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come: simulated months and replications (draws counted too), done and in all.

    `what_sv` is what is counted where it is not replications. `memory` is the most that one process has had (bytes),
    0 where it is not told.
    """

    months: int
    all_months: int
    replications: int
    all_replications: int
    what_sv: str = "replikationer"
    memory: int = 0


# --- every task


def run_all(
    engine: Engine,
    run: Run,
    executor: Executor | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Run every task, in this process when no executor is given; outcomes come in the order of `Run.tasks`.

    `progress` is called as months and replications are done. A task whose worker died or took too long is given
    to the executor once more; lost again, it becomes a failure like any other. The executor stays open: it
    belongs to the caller.
    """
    if executor is None:
        return _run_here(engine, run, progress)
    return _run_spread(engine, run, executor, progress)


def default_workers(replications: int) -> int:
    """Return how many worker processes to use: one a replication, but no more than there are cores."""
    return max(1, min(cores(), replications))


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- one task


def run_replication(
    engine: Engine, run: Run, replication: int, tick: Tick | None = None, drawn: bool = False
) -> Outcome:
    """Simulate one replication: the history once, then every scenario from its checkpoint.

    Whatever goes wrong becomes a failure in the outcome, so that the rest of the work goes on.
    """
    parameters: Mapping[str, float] = {}
    try:
        if drawn:
            engine, parameters = engine.drawn(run.region, run.base_seed, replication)
        checkpoint = _history(engine, run, replication, tick)
    except Exception as error:
        return Outcome(replication, {}, (Failure(replication, None, _reason(error), drawn),), drawn)
    datasets: dict[str, xr.Dataset] = {}
    failures: list[Failure] = []
    for name, changes in run.scenarios:
        try:
            branch = engine.resume(run.region, checkpoint, changes)
            branch.run(run.until, tick)
            datasets[name] = _kept(branch.dataset(), run.headline_only or (drawn and not run.draws_whole))
            del branch
        except Exception as error:
            failures.append(Failure(replication, name, _reason(error), drawn))
    return Outcome(replication, datasets, tuple(failures), drawn, parameters)


def _history(engine: Engine, run: Run, replication: int, tick: Tick | None) -> object:
    """Simulate what all scenarios of a replication have in common, and hand it over."""
    if engine.region_digest(run.region) != run.region_digest:
        raise RuntimeError("regionens filer ändrades under körningen")
    history = engine.begin(run.region, replication_seed(run.base_seed, replication))
    history.run(FIRST_START, tick)
    return history.hand_over()


def _kept(dataset: xr.Dataset, headline_only: bool) -> xr.Dataset:
    if not headline_only:
        return dataset
    from scenarios.measures.headline import headline  # noqa: PLC0415  (xarray is slow to import)

    return headline(dataset)


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".strip(": ")


# --- in this process


def _run_here(engine: Engine, run: Run, progress: Callable[[Progress], None]) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    months = 0

    def tick(_: date) -> None:
        nonlocal months
        months += 1
        progress(_progress(run, months, len(outcomes)))

    for task in run.tasks:
        outcomes.append(run_replication(engine, run, task.number, tick, task.drawn))
        months = len(outcomes) * run.months
        progress(_progress(run, months, len(outcomes)))
    return tuple(outcomes)


def _progress(run: Run, months: int, replications: int) -> Progress:
    tasks = len(run.tasks)
    return Progress(min(months, run.months * tasks), run.months * tasks, replications, tasks)


# --- in others


def _run_spread(
    engine: Engine, run: Run, executor: Executor, progress: Callable[[Progress], None]
) -> tuple[Outcome, ...]:
    outcomes: dict[Task, Outcome] = {}

    def submit(task: Task, file: str) -> Future[Outcome]:
        return executor.submit(run_in_worker, engine, run, task.number, file, task.drawn)

    def heard(months: int) -> None:
        progress(_progress(run, months, len(outcomes)))

    for ended in spread(run.tasks, submit, heard):
        outcomes[ended.task] = ended.result or lost(ended)
    return tuple(outcomes[task] for task in run.tasks)


def run_in_worker(engine: Engine, run: Run, replication: int, file: str, drawn: bool = False) -> Outcome:
    """Run a replication elsewhere and tell of it through a file that grows by one byte a simulated month.

    When the file is gone, nobody waits for the result any more.
    """
    take_away_with_the_parent(Path(file).parent)
    with Path(file).open("ab", buffering=0) as stream:

        def tick(_: date) -> None:
            if not Path(file).exists():
                raise InterruptedError("körningen avbröts")
            stream.write(b".")

        return run_replication(engine, run, replication, tick, drawn)


def lost(ended: Ended[Task, Outcome]) -> Outcome:
    """Return the outcome of a task that left none: one failure."""
    tries = " vid två försök" if ended.tries > 1 else ""
    why = "tidsgränsen gick ut" if isinstance(ended.error, TimeoutError) else _reason(ended.error or RuntimeError())
    task, reason = ended.task, f"arbetsprocessen lämnade inget resultat{tries} ({why})"
    return Outcome(task.number, {}, (Failure(task.number, None, reason, task.drawn),), task.drawn)
