"""Following people as work: both paths of those who fit a description, simulated by a worker and kept as one book."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property

from scenarios.follow.description import Description
from scenarios.live.course import Course
from scenarios.live.life import Company, company, read, written
from scenarios.live.shelf import Shelf
from scenarios.live.work import Tick, history
from scenarios.text.problems import InputError
from simulator.core.sources import digest_of

# The simulator takes long to import, and the app's own process imports this file.
# ruff: noqa: PLC0415

BLOCK = 10
"""People who are kept of one simulation: the next ones are there at once."""
ALIKE = 50
"""People over whom means are taken, at most: their diaries cost some 20 ms each."""


@dataclass(frozen=True)
class Following:
    """People who fit a description on 1 January 2027, under two courses, in one replication.

    Kept are those with numbers from 1 + 10 x `block`. With `survivor` only those count who are alive and live in the
    region at the horizon under both courses.
    """

    courses: tuple[Course, Course]
    description: Description
    survivor: bool = False
    block: int = 0
    replication: int = 1

    @cached_property
    def key(self) -> str:
        """Return the SHA-256 of everything that decides the book but the numbers of the people."""
        decides = [
            [course.key for course in self.courses], asdict(self.description), self.survivor, self.replication,
            BLOCK, ALIKE, digest_of(__name__),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()

    @property
    def name(self) -> str:
        """Return the key and the block."""
        return f"{self.key}/{self.book}"

    @property
    def book(self) -> str:
        """Return the name of the book on the shelf."""
        return f"followed-{self.block}.json"

    def done(self, shelf: Shelf) -> bool:
        """Tell whether the book is there."""
        return shelf.has(self.key, self.book)

    def carry_out(self, shelf: Shelf, tick: Tick) -> None:
        """Simulate and write the book. That nobody fits is an answer too, and kept."""
        try:
            followed = self._company(tick)
        except InputError as error:
            followed = Company(problem=" ".join(problem.message for problem in error.problems))
        shelf.put(self.key, self.book, written(followed))

    def _company(self, tick: Tick) -> Company:
        from scenarios.follow.follow import Wish, live
        from scenarios.running import engine
        from scenarios.running.batch import Batch
        from scenarios.running.runner import Run
        from simulator.checkpoint import Checkpoint

        first, second = self.courses
        region = engine.load_region(first.region)
        named = (("first", first.changes), ("second", second.changes))
        run = Run(first.region, region.digest, named, first.until, first.seed, self.replication)
        batch = Batch(run, {"first": first.label, "second": second.label})
        begun = history(first, self.replication, engine.SimulatorEngine(), tick)
        assert isinstance(begun, Checkpoint)
        wish = Wish(self.description, survivor=self.survivor, at_start_of_strategies=True)
        lives = live(batch, region, self.replication, wish, tick=tick, begun=begun)
        start = 1 + self.block * BLOCK
        return company(lives, range(start, start + BLOCK), ALIKE)


def usual(first: Course, second: Course) -> list[Following]:
    """Return what the page shows before anything is chosen, and the other presets: to have them when somebody asks."""
    from scenarios.follow.presets import PRESETS
    from scenarios.running.engine import load_region

    region = load_region(first.region)
    return [Following((first, second), preset.description(region)) for preset in PRESETS]


def kept(work: Following, shelf: Shelf) -> Company | None:
    """Return what was found, None while it is not there. A damaged book is dropped, to be made again."""
    content = shelf.read(work.key, work.book)
    if content is None:
        return None
    try:
        return read(content)
    except ValueError:
        shelf.drop(work.key, work.book)
        return None
