"""What workers do: a piece of work makes books on a shelf, and stops when nobody waits for it any more."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from scenarios.live.course import Course
from scenarios.live.shelf import KEY_FOLDERS, Shelf, cache_folder
from scenarios.running.ending import take_away_with_the_parent
from scenarios.running.runner import Engine, replication_seed
from scenarios.strategies.period import FIRST_START
from scenarios.text.files import replacing
from simulator.core.private_folder import private_folder, readable_folder

# The simulator and the results take long to import, and the app's own process imports this file.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr

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

    take_away_with_the_parent(Path(token).parent)
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
        return shelf.has(self.course.key, book_name(self.replication, "whole"))

    def carry_out(self, shelf: Shelf, tick: Tick) -> None:
        """Simulate, and put both books on the shelf: the main indicators first, for somebody waits for them."""
        from scenarios.live.kept import details_of, main_of
        from scenarios.running.engine import SimulatorEngine, load_region

        engine = self.engine or SimulatorEngine()
        run = _run_on(self.course, history(self.course, self.replication, engine, tick), engine, tick)
        shelf.put(self.course.key, book_name(self.replication, "main"), main_of(run))
        # whoever has moved on need not wait for the rest
        whole = details_of(run, load_region(self.course.region), lambda: tick(FIRST_START))
        shelf.put(self.course.key, book_name(self.replication, "whole"), whole)


@dataclass(frozen=True, slots=True)
class DrawnRun:
    """A course with drawn assumptions, from 2023 on: draw n with the seed of replication n (see `parameter_draws`).

    Its history is simulated with the drawn assumptions and never written; a worker keeps the last ones at hand, so
    that the courses of one draw, one after the other, share it. `engine` stands in for the simulator in tests.
    """

    course: Course
    number: int
    engine: Engine | None = None

    @property
    def name(self) -> str:
        """Return the course's key and the number."""
        return f"{self.course.key}/drawn-{self.number}"

    def done(self, shelf: Shelf) -> bool:
        """Tell whether the book is there."""
        return shelf.has(self.course.key, book_name(self.number, "drawn"))

    def carry_out(self, shelf: Shelf, tick: Tick) -> None:
        """Simulate, and put the main indicators on the shelf."""
        from scenarios.live.kept import main_of
        from scenarios.running.engine import SimulatorEngine

        course = self.course
        engine, _ = (self.engine or SimulatorEngine()).drawn(course.region, course.seed, self.number)
        made = (f"{course.history_key}/drawn", self.number)
        checkpoint = _kept_at_hand(made, lambda: _live_through(course, self.number, engine, tick))
        run = _run_on(course, checkpoint, engine, tick)
        shelf.put(course.key, book_name(self.number, "drawn"), main_of(run))


def _run_on(course: Course, checkpoint: object, engine: Engine, tick: Tick) -> xr.Dataset:
    """Simulate a course from its history to the horizon and return the results of the run."""
    tick(FIRST_START)
    branch = engine.resume(course.region, checkpoint, course.changes)
    branch.run(course.until, tick)
    tick(FIRST_START)
    return branch.dataset()


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
        return _is_kept(history_file(self.course.history_key, self.replication))

    def carry_out(self, shelf: Shelf, tick: Tick) -> None:  # noqa: ARG002
        """Simulate the history and keep it."""
        from scenarios.running.engine import SimulatorEngine

        make_history(self.course, self.replication, SimulatorEngine(), tick)


def warm_up(course: Course) -> None:
    """Load in a worker what every run needs: the region, the kernels, the first history."""
    from scenarios.running.engine import SimulatorEngine

    engine = SimulatorEngine()
    checkpoint = history(course, 1, engine, lambda _: None)
    branch = engine.resume(course.region, checkpoint, course.changes)
    branch.run(date(FIRST_START.year, 2, 1))
    branch.dataset()


Kind = Literal["main", "whole", "drawn"]
"""What a book holds of a run: its main indicators, everything, or its main indicators with drawn assumptions."""
_SUFFIX: dict[Kind, str] = {"main": ".main.npz", "whole": ".npz", "drawn": ".drawn.npz"}


def book_name(number: int, kind: Kind) -> str:
    """Return the name of a book of a replication, or of a draw."""
    return f"{number}{_SUFFIX[kind]}"


# --- histories

HISTORIES_FOLDER = "histories"
IN_MEMORY = 2
"""Histories that a worker keeps at hand, some 60 MB each."""
_at_hand: OrderedDict[tuple[str, int], object] = OrderedDict()


def history(course: Course, replication: int, engine: Engine, tick: Tick) -> object:
    """Return the checkpoint of 1 January 2027, from memory, from disk, or simulated and kept."""

    def found() -> object:
        kept = _read_history(course.history_key, replication) if engine_saves(engine) else None
        return kept or make_history(course, replication, engine, tick)

    return _kept_at_hand((course.history_key, replication), found)


def _kept_at_hand(name: tuple[str, int], find: Callable[[], object]) -> object:
    """Return a history that is at hand, or find it and have it at hand."""
    if name not in _at_hand:
        _at_hand[name] = find()
        # The first replication answers every move of a slider: the others go first.
        others = [key for key in _at_hand if (key[1] != 1 or key[0].endswith("/drawn")) and key != name]
        for key in others[: max(0, len(_at_hand) - IN_MEMORY)]:
            del _at_hand[key]
    return _at_hand[name]


def engine_saves(engine: Engine) -> bool:
    """Tell whether an engine's checkpoints can be written to disk; those of a stand-in cannot."""
    from scenarios.running.engine import SimulatorEngine

    return isinstance(engine, SimulatorEngine)


def history_file(key: str, replication: int) -> Path:
    """Return where the history of a replication is kept."""
    return cache_folder() / HISTORIES_FOLDER / key / f"{replication}.npz"


def drop_other_histories(key: str) -> None:
    """Delete histories of other versions of the code or the region, a gigabyte each."""
    for folder in (cache_folder() / HISTORIES_FOLDER).glob("*"):
        if folder.name != key:
            shutil.rmtree(folder, ignore_errors=True)


def _is_kept(file: Path) -> bool:
    """Tell whether a history is there that nobody else can have written."""
    return file.is_file() and readable_folder(file.parent)


def _read_history(key: str, replication: int) -> Checkpoint | None:
    from simulator.checkpoint import Checkpoint, CheckpointError

    file = history_file(key, replication)
    if not _is_kept(file):
        return None
    try:
        return Checkpoint.load(file)
    except CheckpointError:
        file.unlink(missing_ok=True)
        return None


def make_history(course: Course, replication: int, engine: Engine, tick: Tick) -> object:
    """Simulate a history, keep it on disk and return its checkpoint."""
    checkpoint = _live_through(course, replication, engine, tick)
    if engine_saves(engine):
        _write_history(checkpoint, history_file(course.history_key, replication))
    return checkpoint


def _live_through(course: Course, replication: int, engine: Engine, tick: Tick) -> object:
    """Simulate the years before strategies begin and return the checkpoint."""
    branch = engine.begin(course.region, replication_seed(course.seed, replication))
    branch.run(FIRST_START, tick)
    return branch.hand_over()


def _write_history(checkpoint: object, file: Path) -> None:
    """Keep a history; a full disk costs time the next time, nothing else."""
    from simulator.checkpoint import Checkpoint

    assert isinstance(checkpoint, Checkpoint)
    with suppress(OSError):
        private_folder(cache_folder() / HISTORIES_FOLDER, KEY_FOLDERS)
        private_folder(file.parent, "*")
        with replacing(file) as beside:
            checkpoint.save(beside)
