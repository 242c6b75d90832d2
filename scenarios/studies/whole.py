"""A study from its file to its results: the plot of this room, in the order in which it happens.

    study.yaml -> Study (checked, frozen) -> cases (scenarios under futures) -> plan of tasks
        -> a file a task in DIR/runs, whatever is killed on the way -> one dataset, DIR/results.nc

| Step | Where |
|---|---|
| the file, and everything that is wrong with it | `study` (what it may say), `reading` |
| scenarios: names, files, lever sets, sweeps, each under every stress test | `cases`, `sweeps` |
| which replications of which scenarios make a task, and under which key its runs are kept | `plan`, `run_file` |
| what is done, failed, to do; whether a folder belongs to this study | `ledger` |
| the tasks, on this machine or a cluster, until the precision is met | `conduct`, `executors`, `precision` |
| one file of all runs | `gathering` |
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios.running import engine
from scenarios.running.batch import stamp
from scenarios.running.compilation import compile_if_needed
from scenarios.running.progress import Display
from scenarios.studies import executors
from scenarios.studies.conduct import Conducted, conduct
from scenarios.studies.gathering import Gathered, gather
from scenarios.studies.ledger import Ledger
from scenarios.studies.plan import StudyPlan
from scenarios.studies.reading import ReadStudy


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a study: its folder's ledger, its tasks, and what is in its results; None where nothing is whole."""

    ledger: Ledger
    conducted: Conducted
    gathered: Gathered | None


def finish(
    read: ReadStudy, folder: Path, display: Display, workers: int | None, timeout: float, cluster: str | None = None
) -> Finished:
    """Carry out what is to do of a study in a folder that is locked for it, and gather everything.

    `workers` are processes of this machine, one a core unless told; `cluster` is the address of a Dask scheduler that
    does the work instead. A task that takes or is silent for `timeout` seconds is ended. Raises FolderError when the
    folder belongs to another study, InputError when the cluster cannot be used, WriteError when the disk takes no more.
    """
    ledger = Ledger.open(folder, StudyPlan.of(read))
    _tell_what_is_there(ledger, display)
    compile_if_needed(read.study.region, display.say)
    display.say(f"Simulerar {len(read.cases)} scenarier …")
    with executors.workers_of(cluster, workers, timeout, folder) as executor:
        conducted = conduct(ledger, engine.SimulatorEngine(), executor, display, timeout, display.say)
    display.say("Sammanställer …")
    version, _, command = stamp()
    return Finished(ledger, conducted, gather(ledger, conducted.tasks, command, version))


def _tell_what_is_there(ledger: Ledger, display: Display) -> None:
    """Tell of tasks that were done before, and of those whose files were damaged since."""
    tasks = ledger.plan.tasks(ledger.plan.study.replications)
    ledger.look(tasks)
    if ledger.records or ledger.damaged:
        done = len(tasks) - len(ledger.to_do(tasks))
        display.say(f"{done} av {len(tasks)} uppgifter är redan klara.")
    if ledger.damaged:
        display.say(f"Skadade filer som görs om: {len(ledger.damaged)}.")
