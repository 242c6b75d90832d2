"""Simulating a request in a process of its own, from the app's side."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from scenarios.pages.request import Request
from scenarios.pages.worker import order_text
from scenarios.progress import Display
from scenarios.runner import Progress

_LAST_WORDS = 2_000


class SimulationError(RuntimeError):
    """A simulation gave no result; the message is in Swedish."""


class Stop(Protocol):
    """Something that can be asked to stop, and told what to do then."""

    def on_stop(self, action: Callable[[], None]) -> None:
        """Call `action` when the stop comes, at once when it has come already."""


Work = Callable[[Request, Path, Display, Stop], None]
"""Simulates a request and writes its results folder, telling how far it is; raises SimulationError."""


def simulate_apart(request: Request, folder: Path, shown: Display, stop: Stop) -> None:
    """Simulate in another process, which is killed with all its workers on `stop`.

    Raises SimulationError with what the process told, or that it ended without telling.
    """
    with _process(order_text(request, folder)) as (process, errors):
        stop.on_stop(lambda: _kill(process))
        told = _follow(process, shown)
        code = process.wait()
        if code:
            _log(errors)
            raise SimulationError(told or f"Simuleringen avbröts oväntat (kod {code}).")


@contextmanager
def _process(order: str) -> Iterator[tuple[subprocess.Popen[str], Any]]:
    command = [sys.executable, "-m", "scenarios.pages.worker"]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        try:
            with suppress(BrokenPipeError):
                _give(process, order)
            yield process, errors
        finally:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()


def _give(process: subprocess.Popen[str], order: str) -> None:
    """Write the order and leave the pipe open: that it closes tells the process that the app is gone."""
    if process.stdin is not None:
        process.stdin.write(order)
        process.stdin.flush()


def _follow(process: subprocess.Popen[str], shown: Display) -> str:
    """Pass on progress until the process closes its output; return its error message, if any."""
    told = ""
    for line in process.stdout or ():
        message = _message(line)
        if "stage" in message:
            shown.say(str(message["stage"]))
        if "progress" in message:
            shown(Progress(**message["progress"]))
        told = str(message.get("error", told))
    return told


def _message(line: str) -> dict[str, Any]:
    """Read a line of the process; what a library printed is no message."""
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _kill(process: subprocess.Popen[str]) -> None:
    """End the process and the workers that it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _log(errors: Any) -> None:
    """Repeat the end of what the process wrote on standard error, for whoever runs the app."""
    errors.seek(0)
    text = errors.read()[-_LAST_WORDS:].strip()
    if text:
        print(text, file=sys.stderr)


class StopSwitch:
    """A stop that is thrown once, from any thread."""

    def __init__(self) -> None:
        """Start not thrown."""
        self._lock = threading.Lock()
        self._actions: list[Callable[[], None]] = []
        self._thrown = False

    @property
    def thrown(self) -> bool:
        """Tell whether the stop has come."""
        return self._thrown

    def on_stop(self, action: Callable[[], None]) -> None:
        """Call `action` when the stop comes, at once when it has come already."""
        with self._lock:
            if not self._thrown:
                self._actions.append(action)
                return
        action()

    def throw(self) -> None:
        """Stop."""
        with self._lock:
            self._thrown = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()
