"""Worker processes of this machine behind the standard Executor: one that dies or hangs costs its task alone.

The standard library's process pool is broken as a whole when a worker is killed, and has no time limit; Pebble's
starts another worker and fails only the task that was lost.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from pebble import ProcessPool

from scenarios.running.ending import work_for_the_parent

_P = ParamSpec("_P")
_T = TypeVar("_T")
GIVEN_WAY = 5
"""Steps of priority (Unix' niceness) by which workers give way to others: beside those they get a third as much."""


class LocalPool(Executor):
    """`workers` spawned processes; a task that takes longer than `timeout` seconds is killed (TimeoutError).

    Workers are spawned, not forked, so that they are alike on every system and hold no copy of open files. A
    task whose worker died fails with pebble.ProcessExpired. Workers that give way leave the processor first to
    whatever else wants it, their own parent too.
    """

    def __init__(self, workers: int, timeout: float | None = None, give_way: bool = False) -> None:
        """Prepare the pool; processes start with the first task."""
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPool(workers, initializer=_begin, initargs=(give_way,), context=context)
        self._timeout = timeout

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a call carried out by a worker."""
        return self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=self._timeout)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers: at once with `cancel_futures`, else when all is done."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()


def _begin(give_way: bool) -> None:
    """Begin as a worker."""
    work_for_the_parent()
    if give_way and hasattr(os, "nice"):  # Windows has its own classes of priority, which few need
        os.nice(GIVEN_WAY)


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
