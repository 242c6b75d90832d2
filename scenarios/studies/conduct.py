"""A study carried out: its tasks on an executor, each into a file, until all are there and precise enough.

The executor is any of `concurrent.futures` whose workers see the study's folder: a worker writes the runs of its
task there itself, and only a record comes back. So this process's memory does not grow with the number of runs, a
task that was lost half done has left nothing, and one that two workers happen to do is written twice the same.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from scenarios.running.engine import code_version
from scenarios.running.folder import WriteError
from scenarios.running.runner import Engine, Progress, Run, run_in_worker
from scenarios.running.spread import Ended, spread
from scenarios.studies.ledger import Ledger
from scenarios.studies.plan import StudyTask, code_of_runs
from scenarios.studies.precision import Reached, reached
from scenarios.studies.run_file import RunRecord, packed, plain_types, runs_of, write_runs

LEDGER_SECONDS = 2.0
"""Between two writings of how far the study has come."""


@dataclass(frozen=True, slots=True)
class Order:
    """A task as a worker gets it: all that it needs to simulate, and where the runs go."""

    task: StudyTask
    key: str
    code: str
    run: Run
    whole: bool
    folder: str


@dataclass(frozen=True, slots=True)
class Conducted:
    """What came of a study: the tasks of all replications that were run, failures among them, and the precision."""

    tasks: tuple[StudyTask, ...]
    replications: int
    failed: tuple[RunRecord, ...]
    precise: Reached | None


def conduct(
    ledger: Ledger,
    engine: Engine,
    executor: Executor,
    progress: Callable[[Progress], None] = lambda _: None,
    longest_silence: float | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Conducted:
    """Run what is to do of a study, in batches until its precision is met, and return what came of it.

    A task that fails, or does not report a month for `longest_silence` seconds, is tried once more and then told;
    the others go on. Raises WriteError when the folder takes no more.
    """
    plan, study = ledger.plan, ledger.plan.study
    wanted, precise = study.replications, None
    tried: set[StudyTask] = set()
    while True:
        tasks = plan.tasks(wanted)
        ledger.look(tasks)
        to_do = [task for task in ledger.to_do(tasks) if task not in tried]
        tried.update(to_do)
        _run_all(ledger, tasks, to_do, engine, executor, progress, longest_silence)
        if study.precision is None:
            break
        precise = reached(plan, ledger.done(tasks), ledger.folder)
        if precise.is_enough(study.precision.half_width) or wanted >= study.precision.most_replications:
            break
        wanted = min(wanted + study.precision.batch, study.precision.most_replications)
        told(f"Precisionen är inte nådd med {precise.replications} replikationer; kör till {wanted} …")
    ledger.write(tasks)
    failed = tuple(ledger.records[task] for task in tasks if task in ledger.records and ledger.records[task].failures)
    return Conducted(tasks, wanted, failed, precise)


def _run_all(
    ledger: Ledger,
    tasks: Sequence[StudyTask],
    to_do: Sequence[StudyTask],
    engine: Engine,
    executor: Executor,
    progress: Callable[[Progress], None],
    longest_silence: float | None,
) -> None:
    """Run those of the tasks that are to do, and enter each into the ledger as it ends."""
    orders = {task: order_of(ledger, task) for task in to_do}
    months = sum(order.run.months for order in orders.values())
    counted = Counted(months, len(tasks) - len(to_do), len(tasks), max(memory_peaks(ledger), default=0))
    ledger.write(tasks)
    written = time.monotonic()

    def submit(task: StudyTask, file: str) -> Future[RunRecord]:
        return executor.submit(carry_out, engine, orders[task], file)

    def heard(simulated: int) -> None:
        progress(counted.progress(simulated))

    for ended in spread(to_do, submit, heard, _is_failed, longest_silence, ledger.folder):
        if isinstance(ended.error, WriteError):
            raise ended.error
        record = ended.result or lost_record(orders[ended.task], ended)
        ledger.records[ended.task] = record
        counted.done += 1
        counted.memory = max(counted.memory, record.memory)
        if time.monotonic() - written > LEDGER_SECONDS:
            ledger.write(tasks)
            written = time.monotonic()


@dataclass(slots=True)
class Counted:
    """How far a study has come: tasks done of all, months of those that are simulated now, the most memory of one."""

    months: int
    done: int
    all_tasks: int
    memory: int

    def progress(self, simulated: int) -> Progress:
        """Return what is shown."""
        most = max(self.memory, peak_memory())
        return Progress(min(simulated, self.months), self.months, self.done, self.all_tasks, "uppgifter", most)


def memory_peaks(ledger: Ledger) -> Sequence[int]:
    """Return the most memory of each task that is there (bytes)."""
    return [record.memory for record in ledger.records.values()]


def order_of(ledger: Ledger, task: StudyTask) -> Order:
    """Return what a worker must know of a task."""
    plan = ledger.plan
    run = plan.run(plan.blocks[task.block], plan.study.replications)
    whole = plan.study.keep == "all" and not task.drawn
    return Order(task, plan.key(task), plan.code, run, whole, str(ledger.folder.absolute()))


def carry_out(engine: Engine, order: Order, file: str) -> RunRecord:
    """Simulate a task in a worker, write its runs to the study's folder, and return their record.

    `file` grows as `scenarios.running.spread` wants it; when it is gone nobody waits any more, and nothing is written
    (InterruptedError). Raises WriteError, and RuntimeError when this process has other code than the study began with.
    """
    begun = time.monotonic()
    if code_of_runs() != order.code:
        raise RuntimeError("koden ändrades under körningen")
    outcome = run_in_worker(engine, order.run, order.task.number, file, order.task.drawn)
    if not Path(file).exists():
        raise InterruptedError("körningen avbröts")
    record = RunRecord(
        order.key,
        *order.task,
        scenarios=tuple(outcome.datasets),
        failures=tuple((failure.scenario or "", failure.reason) for failure in outcome.failures),
        parameters=dict(outcome.parameters),
        code_version=code_version(),
        region_digest=order.run.region_digest,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - begun, 3),
        memory=peak_memory(),
    )
    content = None
    if outcome.datasets:
        runs = runs_of(outcome, order.whole)
        content, plain = packed(runs), plain_types(runs)
        record = replace(record, sha256=hashlib.sha256(content).hexdigest(), size=len(content), plain=plain)
    write_runs(record, content, Path(order.folder))
    return record


def lost_record(order: Order, ended: Ended[StudyTask, RunRecord]) -> RunRecord:
    """Return the record of a task whose worker left none: a failure of the whole task."""
    error = ended.error
    why = "tidsgränsen gick ut" if isinstance(error, TimeoutError) else f"{type(error).__name__}: {error}"
    reason = f"arbetsprocessen lämnade inget resultat vid två försök ({why.strip(': ')})"
    return RunRecord(
        order.key, *order.task, scenarios=(), failures=(("", reason),), parameters={}, code_version=code_version(),
        region_digest=order.run.region_digest, made=datetime.now(UTC).isoformat(timespec="seconds"), seconds=0.0,
        memory=0,
    )  # fmt: skip


def _is_failed(record: RunRecord) -> bool:
    return bool(record.failures)


def peak_memory() -> int:
    """Return the most memory that this process has had, in bytes; 0 where the system does not tell (Windows)."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most) if sys.platform == "darwin" else 1024 * int(most)
