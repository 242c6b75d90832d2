"""What workers do: a piece of work makes books on a shelf, and stops when nobody waits for it any more."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from scenarios.live.course import Course
from scenarios.live.shelf import Shelf
from scenarios.runner import Engine, replication_seed
from scenarios.strategy import FIRST_START

# The simulator and the results take long to import, and the app's own process imports this file.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from simulator.checkpoint import Checkpoint


class StoppedError(Exception):
    """Nobody waits for the work any more."""


Tick = Callable[[date], None]
"""Called once a simulated month; raises StoppedError."""


class Work(Protocol):
    """Something to be done once, in any process; must pickle."""

    @property
    def name(self) -> str:
        """Return what tells it from all other work."""

    def done(self, shelf: Shelf) -> bool:
        """Tell whether its results are there."""

    def carry_out(self, shelf: Shelf, tick: Tick) -> None:
        """Make its results; raises StoppedError from `tick`."""


def carry_out(work: Work, shelf: Shelf, token: str) -> None:
    """Do a piece of work in a worker, unless it is done already; `token` is a file that is there while somebody waits.

    Raises StoppedError when the token has gone.
    """

    def tick(_: date) -> None:
        if not Path(token).exists():
            raise StoppedError

    if not work.done(shelf):
        tick(FIRST_START)
        work.carry_out(shelf, tick)


@dataclass(frozen=True, slots=True)
class CourseRun:
    """One replication of a course: continues from the history of its seed, which is simulated where it is missing.

    `engine` stands in for the simulator in tests.
    """

    course: Course
    replication: int
    engine: Engine | None = None

    @property
    def name(self) -> str:
        """Return the course's key and the number."""
        return f"{self.course.key}/{self.replication}"

    def done(self, shelf: Shelf) -> bool:
        """Tell whether the later book is there."""
        return shelf.has(self.course.key, run_books(self.replication)[1])

    def carry_out(self, shelf: Shelf, tick: Tick) -> None:
        """Simulate, and put both books on the shelf: the main indicators first, for somebody waits for them."""
        from scenarios.engine import SimulatorEngine, load_region
        from scenarios.live.kept import details_of, main_of

        engine = self.engine or SimulatorEngine()
        checkpoint = history(self.course, self.replication, engine, tick)
        branch = engine.resume(self.course.region, checkpoint, self.course.changes)
        branch.run(date(self.course.horizon + 1, 1, 1), tick)
        run = branch.dataset()
        main, details = run_books(self.replication)
        shelf.put(self.course.key, main, main_of(run))
        tick(FIRST_START)  # whoever has moved on need not wait for the rest
        shelf.put(self.course.key, details, details_of(run, load_region(self.course.region)))


@dataclass(frozen=True, slots=True)
class HistoryRun:
    """The years before strategies begin, in one replication: to have them before somebody waits."""

    course: Course
    replication: int

    @property
    def name(self) -> str:
        """Return the history's key and the number."""
        return f"{self.course.history_key}/{self.replication}"

    def done(self, shelf: Shelf) -> bool:  # noqa: ARG002 - histories have a place of their own
        """Tell whether the history is on disk."""
        return history_file(self.course.history_key, self.replication).is_file()

    def carry_out(self, shelf: Shelf, tick: Tick) -> None:  # noqa: ARG002
        """Simulate the history and keep it."""
        from scenarios.engine import SimulatorEngine

        make_history(self.course, self.replication, SimulatorEngine(), tick)


def warm_up(course: Course) -> None:
    """Load in a worker what every run needs: the region, the kernels, the first history."""
    from scenarios.engine import SimulatorEngine

    engine = SimulatorEngine()
    checkpoint = history(course, 1, engine, lambda _: None)
    branch = engine.resume(course.region, checkpoint, course.changes)
    branch.run(date(FIRST_START.year, 2, 1))
    branch.dataset()


def run_books(replication: int) -> tuple[str, str]:
    """Return the names of a replication's books: its main indicators, and everything."""
    return f"{replication}.main.npz", f"{replication}.npz"


# --- histories

HISTORIES_FOLDER = "histories"
IN_MEMORY = 2
"""Histories that a worker keeps at hand, some 60 MB each."""
_at_hand: OrderedDict[tuple[str, int], object] = OrderedDict()


def history(course: Course, replication: int, engine: Engine, tick: Tick) -> object:
    """Return the checkpoint of 1 January 2027, from memory, from disk, or simulated and kept."""
    name = (course.history_key, replication)
    if name not in _at_hand:
        checkpoint = _read_history(*name) if engine_saves(engine) else None
        _at_hand[name] = checkpoint or make_history(course, replication, engine, tick)
        # The first replication answers every move of a slider: the others go first.
        others = [key for key in _at_hand if key[1] != 1 and key != name]
        for key in others[: max(0, len(_at_hand) - IN_MEMORY)]:
            del _at_hand[key]
    return _at_hand[name]


def engine_saves(engine: Engine) -> bool:
    """Tell whether an engine's checkpoints can be written to disk; those of a stand-in cannot."""
    from scenarios.engine import SimulatorEngine

    return isinstance(engine, SimulatorEngine)


def history_file(key: str, replication: int) -> Path:
    """Return where the history of a replication is kept."""
    from scenarios.live.shelf import cache_folder

    return cache_folder() / HISTORIES_FOLDER / key / f"{replication}.npz"


def _read_history(key: str, replication: int) -> Checkpoint | None:
    from simulator.checkpoint import Checkpoint, CheckpointError

    file = history_file(key, replication)
    if not file.is_file():
        return None
    try:
        return Checkpoint.load(file)
    except CheckpointError:
        file.unlink(missing_ok=True)
        return None


def make_history(course: Course, replication: int, engine: Engine, tick: Tick) -> object:
    """Simulate a history, keep it on disk and return its checkpoint."""
    branch = engine.begin(course.region, replication_seed(course.seed, replication))
    branch.run(FIRST_START, tick)
    checkpoint = branch.hand_over()
    if engine_saves(engine):
        _write_history(checkpoint, history_file(course.history_key, replication))
    return checkpoint


def _write_history(checkpoint: object, file: Path) -> None:
    """Write beside and move into place; a full disk costs time the next time, nothing else."""
    from simulator.checkpoint import Checkpoint

    assert isinstance(checkpoint, Checkpoint)
    beside = file.with_name(f".{os.getpid()}-{file.name}")
    with suppress(OSError):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            checkpoint.save(beside)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
