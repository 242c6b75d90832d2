"""How work ends before it is done: by Ctrl-C, by a signal, or with the process that it is done for."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
"""What asks a process to end: Ctrl-C, the system or a service, a terminal that is closed; Windows has its own."""


class SignalledStop(KeyboardInterrupt):
    """A signal asked the process to end; `exit_code` is 128 and the signal's number, as shells have it."""

    def __init__(self, number: int) -> None:
        """Remember which signal it was."""
        super().__init__(number)
        self.exit_code = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Have every signal that asks to end raise SignalledStop in the block, so that all is tidied up as after Ctrl-C.

    One is enough: those that come while it is tidied up are ignored. A signal that is ignored already (`nohup`) stays
    so, and outside the main thread nothing is changed, since signals do not come there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _STOPPING}
    caught = [number for number, handler in before.items() if handler not in (signal.SIG_IGN, None)]

    def stop(number: int, _: FrameType | None) -> None:
        for each in caught:
            signal.signal(each, signal.SIG_IGN)
        raise SignalledStop(number)

    try:
        for number in caught:
            signal.signal(number, stop)
        yield
    finally:
        for number in caught:
            signal.signal(number, before[number])


def work_for_the_parent() -> None:
    """Have this process leave stopping to the one that started it, and end when that one has ended, however it did.

    The keyboard's interrupt goes to every process of a terminal at once, and is ignored here. A parent that was killed
    can tell nobody: a thread waits for its end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent,), name="naravard-parent", daemon=True).start()


_parents_own: set[Path] = set()


def take_away_with_the_parent(folder: Path) -> None:
    """Have this process delete a folder of its parent's when that one ends without having done so."""
    _parents_own.add(folder)


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    for folder in _parents_own:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
