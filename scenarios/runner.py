"""Run many: every scenario in every replication, in one process or several, with the same result.

One replication is one task: the history of its seed is simulated once to `FIRST_START`, and every scenario
continues from that checkpoint. Tasks share nothing and results are put together by number, not by arrival, so
the number of workers cannot change a bit of them. The executor is given from outside; any
concurrent.futures.Executor will do whose workers see the same file system.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from scenarios.strategy import FIRST_START

if TYPE_CHECKING:
    import xarray as xr

    from simulator.changes import Change

POLL_SECONDS = 0.1
_BEGIN = date(2023, 1, 1)

Tick = Callable[[date], None]
"""Called by the simulator once a simulated month."""


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


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be run: scenarios by name with their changes, one region, a last date and the seeds."""

    region: str
    region_digest: str
    scenarios: tuple[tuple[str, tuple[Change, ...]], ...]
    until: date
    base_seed: int
    replications: int

    @property
    def months(self) -> int:
        """Months to be simulated in one replication, the shared history counted once."""
        branch = _months(FIRST_START, self.until)
        return _months(_BEGIN, FIRST_START) + branch * len(self.scenarios)


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that did not finish; `scenario` is None when it failed before the scenarios began."""

    replication: int
    scenario: str | None
    reason: str

    def text(self) -> str:
        """Return the Swedish line for a report."""
        return f"replikation {self.replication}, {self.scenario or 'historiken före 2027'}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one replication: a dataset for each scenario that finished, a failure for the others."""

    replication: int
    datasets: dict[str, xr.Dataset] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come: simulated months and replications, done and in all."""

    months: int
    all_months: int
    replications: int
    all_replications: int


def replication_seed(base_seed: int, replication: int) -> int:
    """Return the seed of a replication (from 1): the first 63 bits of SHA-256 over both numbers.

    With 63 bits, ten thousand seeds hold two equal ones with a chance of 5e-12, where seeds drawn from 65 536
    numbers collide with 40 % at 257 runs; and the seeds of 10 replications are the first 10 of 100.
    """
    digest = hashlib.sha256(f"naravard replication {base_seed} {replication}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def run_replication(engine: Engine, run: Run, replication: int, tick: Tick | None = None) -> Outcome:
    """Simulate one replication: the history once, then every scenario from its checkpoint.

    Whatever goes wrong becomes a failure in the outcome, so that the rest of the work goes on.
    """
    try:
        if engine.region_digest(run.region) != run.region_digest:
            raise RuntimeError("regionens filer ändrades under körningen")
        history = engine.begin(run.region, replication_seed(run.base_seed, replication))
        history.run(FIRST_START, tick)
        checkpoint = history.hand_over()
    except Exception as error:
        return Outcome(replication, {}, (Failure(replication, None, _reason(error)),))
    datasets: dict[str, xr.Dataset] = {}
    failures: list[Failure] = []
    for name, changes in run.scenarios:
        try:
            branch = engine.resume(run.region, checkpoint, changes)
            branch.run(run.until, tick)
            datasets[name] = branch.dataset()
            del branch
        except Exception as error:
            failures.append(Failure(replication, name, _reason(error)))
    return Outcome(replication, datasets, tuple(failures))


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".strip(": ")


def run_all(
    engine: Engine,
    run: Run,
    executor: Executor | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Run every replication, in this process when no executor is given; outcomes come in order.

    `progress` is called as months and replications are done. A replication whose worker died becomes a
    failure like any other. The executor stays open: it belongs to the caller.
    """
    if executor is None:
        return _run_here(engine, run, progress)
    return _run_spread(engine, run, executor, progress)


def _run_here(engine: Engine, run: Run, progress: Callable[[Progress], None]) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    months = 0

    def tick(_: date) -> None:
        nonlocal months
        months += 1
        progress(_progress(run, months, len(outcomes)))

    for replication in range(1, run.replications + 1):
        outcomes.append(run_replication(engine, run, replication, tick))
        months = len(outcomes) * run.months
        progress(_progress(run, months, len(outcomes)))
    return tuple(outcomes)


def _run_spread(
    engine: Engine, run: Run, executor: Executor, progress: Callable[[Progress], None]
) -> tuple[Outcome, ...]:
    with tempfile.TemporaryDirectory(prefix="naravard-") as folder:
        files = [Path(folder, str(number)) for number in range(1, run.replications + 1)]
        futures: dict[Future[Outcome], int] = {
            executor.submit(_run_in_worker, engine, run, number, str(file)): number
            for number, file in enumerate(files, 1)
        }
        pending = set(futures)
        try:
            while pending:
                _, pending = wait(pending, POLL_SECONDS, FIRST_COMPLETED)
                months = sum(_size(file) for file in files)
                progress(_progress(run, months, len(futures) - len(pending)))
        finally:
            for future in pending:
                future.cancel()
        outcomes = [_outcome(future, number) for future, number in futures.items()]
    return tuple(sorted(outcomes, key=lambda outcome: outcome.replication))


def _run_in_worker(engine: Engine, run: Run, replication: int, file: str) -> Outcome:
    """Run a replication elsewhere and tell of it through a file that grows by one byte a simulated month.

    When the file is gone, nobody waits for the result any more.
    """
    with Path(file).open("ab", buffering=0) as stream:

        def tick(_: date) -> None:
            if not Path(file).exists():
                raise InterruptedError("körningen avbröts")
            stream.write(b".")

        return run_replication(engine, run, replication, tick)


def _outcome(future: Future[Outcome], replication: int) -> Outcome:
    error = future.exception()
    if error is None:
        return future.result()
    reason = f"arbetsprocessen lämnade inget resultat ({_reason(error)})"
    return Outcome(replication, {}, (Failure(replication, None, reason),))


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _progress(run: Run, months: int, replications: int) -> Progress:
    whole = run.months * run.replications
    return Progress(min(months, whole), whole, replications, run.replications)


def _months(start: date, until: date) -> int:
    return max(0, (until.year - start.year) * 12 + until.month - start.month)


def default_workers(replications: int) -> int:
    """Return how many worker processes to use: one a replication, but no more than there are cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, replications))
