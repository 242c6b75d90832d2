"""The service behind the app: one for all sessions. It knows the library, has work done and gives answers."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cached_property

from scenarios.live.answer import Answer, Reader, Shown
from scenarios.live.course import course_of
from scenarios.live.crew import Crew, Standing
from scenarios.live.following import usual
from scenarios.live.shelf import Shelf, cache_folder
from scenarios.live.shipped import Shipped, lay_out, shipped
from scenarios.live.work import CourseRun, DrawnRun, HistoryRun, Work, book_name, drop_other_histories, warm_up
from scenarios.running.compilation import compile_apart, kernels_are_compiled, kernels_are_kept
from scenarios.running.engine import code_version
from scenarios.running.local_pool import LocalPool
from scenarios.running.runner import default_workers
from scenarios.strategies.defaults import FULL_REPLICATIONS, HOME_REGION
from scenarios.strategies.library import BASELINE, find_strategies, library
from scenarios.strategies.strategy import Strategy

LONGEST_RUN = 300.0
"""Seconds after which a worker is taken to be stuck."""
TARGET = "malbild-2030"
"""The scenario that today's course is held against before anything is chosen."""
AHEAD_VARIABLE = "NARAVARD_AHEAD"
_HOUSEKEEPING = "housekeeping"
LOOK_SECONDS, TELL_SECONDS = 0.02, 0.25
"""How often it is looked whether an answer has come, and how often it is told that it has not: a browser that draws
all the time takes the core that the answer needs. Who waits for others looks no more often than they are told."""
WANTS_BETWEEN_TIDYING = 50
"""A scenario in full is some 1.5 MB, so that the shelf is never more than 75 MB beyond its bounds."""


class Service:
    """Answers about scenarios; safe to use from many threads."""

    def __init__(self, shelf: Shelf | None = None, crew: Crew | None = None) -> None:
        """Use the cache folder of this machine and its cores, unless told otherwise."""
        self.shelf = shelf or Shelf(cache_folder() / "runs")
        self.crew = crew or Crew(self.shelf, _hire, default_workers(FULL_REPLICATIONS), _prepare)
        self.reader = Reader(self.shelf)
        self._wants = 0

    def start(self) -> None:
        """Lay out the results that come with the project, and have made what makes the first move quick.

        With `NARAVARD_AHEAD=0` nothing is made before somebody asks, for a machine whose idle cores others want.
        """
        self.lay_out()
        self.tidy()
        today = self.library[0].course
        drop_other_histories(today.history_key)
        if os.environ.get(AHEAD_VARIABLE) == "0":
            self.crew.start()
            return
        numbers = range(1, FULL_REPLICATIONS + 1)
        histories = [HistoryRun(today, n) for n in numbers]
        runs = [CourseRun(each.course, n) for n in numbers for each in self.library]
        draws = [DrawnRun(each.course, n) for n in numbers for each in self.library]
        target = next(each.course for each in self.library if each.name == TARGET)
        self.crew.want(_HOUSEKEEPING, [*histories, *usual(today, target), *runs, *draws], patient=True)

    def tidy(self) -> None:
        """Keep the shelf within bounds; the library stays, so that a first visit is always answered at once."""
        self.shelf.prune({each.course.key for each in self.library} | set(self.shipped.keys.values()))

    def lay_out(self) -> None:
        """Put the results that come with the project on the shelf."""
        lay_out(self.shelf)

    @cached_property
    def shipped(self) -> Shipped:
        """Return what results came with the project."""
        return shipped()

    @cached_property
    def strategies(self) -> tuple[Strategy, ...]:
        """Return the strategies of the library, today's course first."""
        return find_strategies(library())

    @cached_property
    def library(self) -> tuple[Shown, ...]:
        """Return the scenarios of the library, today's course first."""
        return tuple(Shown(s.name, s.label_sv, course_of(s)) for s in self.strategies)

    def want(
        self, asker: str, scenarios: Sequence[Shown], replications: int = FULL_REPLICATIONS, draws: bool = False
    ) -> None:
        """Have scenarios simulated for an asker, in place of what they wanted before.

        With `draws` as many draws of the assumptions come after the replications.
        """
        courses = tuple(dict.fromkeys(each.course for each in scenarios))
        numbers = range(1, replications + 1)
        work: list[Work] = [CourseRun(course, n) for n in numbers for course in courses]
        if draws:
            work += [DrawnRun(course, n) for n in numbers for course in courses]
        self._wants += 1
        if self._wants % WANTS_BETWEEN_TIDYING == 0:
            threading.Thread(target=self.tidy, name="naravard-tidy", daemon=True).start()
        self.crew.want(asker, work, first=len(courses))

    def standing(self, asker: str) -> Standing:
        """Return how far an asker's scenarios have come."""
        return self.crew.standing(asker)

    def first_answer(
        self, asker: str, scenarios: Sequence[Shown], seconds: float, tell: Callable[[Standing], None]
    ) -> Answer | None:
        """Wait at most some seconds for the first answer to what an asker wants; None when it has not come or failed.

        `tell` is called four times a second with how far the work has come.
        """
        begun = last_told = time.monotonic()
        pause = LOOK_SECONDS
        while time.monotonic() < begun + seconds:
            if self.begun(scenarios) and (first := self.answer(scenarios)) is not None:
                return first
            if time.monotonic() >= last_told:
                standing = self.standing(asker)
                if standing.failure:
                    return None
                tell(standing)
                last_told = time.monotonic() + TELL_SECONDS
                pause = TELL_SECONDS if standing.ahead else LOOK_SECONDS
            time.sleep(pause)
        return None

    def leave(self, asker: str) -> None:
        """Stop what only this asker wants."""
        self.crew.leave(asker)

    def answer(self, scenarios: Sequence[Shown], replications: int = FULL_REPLICATIONS) -> Answer | None:
        """Return what is known of scenarios so far, None when nothing is. Today's course is the baseline if there.

        Of the library's scenarios there is always an answer: until they have been simulated here by today's code, the
        one that came with the project, which tells its version.
        """
        return self._of_today_or_shipped(self.reader.answer, scenarios, replications)

    def drawn(self, scenarios: Sequence[Shown], draws: int = FULL_REPLICATIONS) -> Answer | None:
        """Return the main indicators under drawn assumptions, as far as there are draws; None while there are none."""
        return self._of_today_or_shipped(self.reader.drawn, scenarios, draws)

    def _of_today_or_shipped(
        self, read: Callable[[Sequence[Shown], int, str, str], Answer | None], scenarios: Sequence[Shown], most: int
    ) -> Answer | None:
        names = [each.name for each in scenarios]
        against = BASELINE if BASELINE in names else names[0]
        answer = read(scenarios, most, against, code_version())
        keys = self.shipped.keys
        if answer is not None or not all(name in keys for name in names):
            return answer
        earlier = [replace(each, course=replace(each.course, known_key=keys[each.name])) for each in scenarios]
        return read(earlier, self.shipped.replications, against, self.shipped.version)

    def begun(self, scenarios: Sequence[Shown]) -> bool:
        """Tell whether there is a first answer for some scenarios; cheap enough to ask all the time."""
        return all(self.shelf.has(each.course.key, book_name(1, "main")) for each in scenarios)

    def ready(self, scenarios: Sequence[Shown], replications: int = FULL_REPLICATIONS) -> int:
        """Return how many replications all of some scenarios have in full."""
        return min(len(self.reader.replications(each.course, replications)) for each in scenarios)


def _hire(workers: int) -> Executor:
    """Have workers that give way: pages are drawn first."""
    return LocalPool(workers, LONGEST_RUN, give_way=True)


def _prepare(executor: Executor, say: Callable[[str], None]) -> None:
    """Compile the kernels where that was not done, then load them in every worker."""
    if not kernels_are_compiled() and kernels_are_kept():
        say("Simulatorn byggs, vilket tar omkring en minut första gången")
        compile_apart(HOME_REGION)
    say("Simulatorn startar")
    today = course_of(find_strategies(library())[0])
    for ready in [executor.submit(warm_up, today) for _ in range(os.cpu_count() or 1)]:
        ready.result()
