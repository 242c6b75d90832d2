"""Tasks on any executor: each is known to live by a file that grows, one that is lost or hangs is tried once more.

The executor may be of processes, threads or a cluster; its workers must see the folder in which the files grow.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

PROGRESS_SECONDS = 0.1
START_SECONDS = 60.0
"""Longer than it takes for the first worker to start."""
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Ended(Generic[K, R]):
    """A task that came to its end: with a result, or lost (`error`) at the last of `tries`."""

    task: K
    result: R | None
    error: BaseException | None
    tries: int


@dataclass(slots=True)
class _Pending(Generic[K]):
    """A task under way: the file that grows with it, and when it was last seen to."""

    task: K
    file: Path
    tries: int
    size: int = -1
    grown: float = 0.0

    def look(self) -> int:
        """Return how many bytes the file has; a task that has not begun has none."""
        size = self.file.stat().st_size if self.file.exists() else -1
        if size != self.size:
            self.size, self.grown = size, time.monotonic()
        return max(size, 0)

    def silent(self, longest: float | None) -> bool:
        """Tell whether a task that has begun has not been heard of for longer than that."""
        self.look()
        return longest is not None and self.size >= 0 and time.monotonic() - self.grown > longest


@dataclass(slots=True)
class _News:
    """When anything was last heard of any task."""

    state: tuple[int, int] | None = None
    when: float = 0.0
    begun: bool = False

    def hear(self, steps: int, pending: int) -> None:
        """Hear how many steps there have been, and how many tasks are left."""
        if (steps, pending) != self.state:
            self.state, self.when = (steps, pending), time.monotonic()
        self.begun = self.begun or steps > 0

    def is_old(self, longest: float | None) -> bool:
        """Tell whether nothing has changed for longer than that."""
        if longest is None or self.state is None:
            return False
        return time.monotonic() - self.when > longest + (0 if self.begun else START_SECONDS)


def spread(
    tasks: Sequence[K],
    submit: Callable[[K, str], Future[R]],
    heard: Callable[[int], None],
    again: Callable[[R], bool] = lambda _: False,
    longest_silence: float | None = None,
    folder: Path | None = None,
) -> Iterator[Ended[K, R]]:
    """Yield tasks as they end, whatever their order.

    `submit` gives a task and the path of its file to an executor; the task adds a byte to that file at every step,
    and ends when it is gone. `heard` is told the bytes of all of them. A task whose worker was lost, whose file did
    not grow for `longest_silence` seconds, or whose result is to be had `again`, is submitted once more; so are all
    that are left when nothing was heard of any for so long, for an executor may lose what it was given. The files
    lie in a folder in `folder` (by default the system's temporary one) that is taken away afterwards.
    """
    with tempfile.TemporaryDirectory(prefix=".naravard-", dir=folder, ignore_cleanup_errors=True) as place:
        pending: dict[Future[R], _Pending[K]] = {}
        ended_bytes, news = 0, _News()

        def give(task: K, number: int, tries: int) -> None:
            file = Path(place, f"{number}-{tries}")
            pending[submit(task, str(file))] = _Pending(task, file, tries)

        for number, task in enumerate(tasks):
            give(task, number, 1)
        try:
            while pending:
                done = wait(pending, PROGRESS_SECONDS, FIRST_COMPLETED).done
                hung = {future for future, each in pending.items() if each.silent(longest_silence)} - done
                if news.is_old(longest_silence):  # tasks that an executor lost before they began
                    hung = set(pending) - done
                for future in done | hung:
                    each = pending.pop(future)
                    error = TimeoutError() if future in hung else _error(future)
                    if future in hung:
                        future.cancel()  # which ends its process, where the executor can
                    if _is_wanted_again(future, error, each, again):
                        each.file.unlink(missing_ok=True)
                        with suppress(RuntimeError):  # an executor that is broken, or closed, takes no more
                            give(each.task, int(each.file.name.partition("-")[0]), 2)
                            continue
                    ended_bytes += each.look()
                    if future in hung:
                        each.file.unlink(missing_ok=True)
                    yield Ended(each.task, None if error else future.result(), error, each.tries)
                steps = ended_bytes + sum(each.look() for each in pending.values())
                news.hear(steps, len(pending))
                heard(steps)
        finally:
            for future in pending:
                future.cancel()


def _error(future: Future[Any]) -> BaseException | None:
    """Return why a future has no result; one that its executor gave up has been cancelled."""
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _is_wanted_again(
    future: Future[R], error: BaseException | None, each: _Pending[K], again: Callable[[R], bool]
) -> bool:
    return each.tries == 1 and (error is not None or again(future.result()))
