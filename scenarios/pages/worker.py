"""The process that simulates for the app: request on standard input, progress on standard output.

The app starts it (scenarios.pages.launch), reads one JSON object a line and may kill it at any time. It lives
in a process group of its own, with the workers that it spawns, and ends the whole group when the app is gone:
then its standard input closes.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.pages.request import Request
from scenarios.progress import Display
from scenarios.runner import Progress

# Results and the simulator take long to import; the first line of progress is to come before that.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.runner import Engine, Outcome
    from scenarios.study import Study


def main() -> int:
    """Read a request, simulate it and write the result; return 0, or 1 after telling why not."""
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_app, daemon=True).start()
    try:
        names = tuple(order["request"].pop("names"))
        compute(Request(names, **order["request"]), Path(order["folder"]), Lines())
    except Exception as error:
        tell({"error": reason(error)})
        return 1
    return 0


class Lines(Display):
    """Progress as lines of JSON."""

    def say(self, text: str) -> None:
        """Tell which stage begins."""
        tell({"stage": text})

    def __call__(self, progress: Progress) -> None:
        """Tell how much is done."""
        tell({"progress": asdict(progress)})


def tell(message: dict[str, Any]) -> None:
    """Write one message to the app."""
    print(json.dumps(message, ensure_ascii=False), flush=True)


def order_text(request: Request, folder: Path) -> str:
    """Return the line that `main` reads."""
    return json.dumps({"request": asdict(request), "folder": str(folder)}) + "\n"


def compute(
    request: Request,
    folder: Path,
    shown: Display,
    workers: int | None = None,
    engine: Engine | None = None,
) -> None:
    """Simulate a request and write its results folder.

    Raises InputError, WriteError, or RuntimeError with a Swedish message when a run failed: an answer from
    fewer replications than asked for is none.
    """
    shown.say("Läser in scenarier och region …")
    from scenarios.study import simulate

    study = request.study()
    outcomes = simulate(study, shown, workers, engine)
    failures = [failure.text() for outcome in outcomes for failure in outcome.failures]
    if failures:
        raise RuntimeError(f"Simuleringen misslyckades: {'; '.join(failures)}")
    shown.say("Sammanställer …")
    _store(request, study, outcomes, folder)


def _store(request: Request, study: Study, outcomes: Sequence[Outcome], folder: Path) -> None:
    from scenarios.assembly import Provenance, assemble
    from scenarios.results import write_results
    from scenarios.study import stamp

    version, created = stamp()
    provenance = Provenance(version, created, request.command(), study.labels, study.budgets)
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_results(assemble(study.run, outcomes, provenance), folder)


def reason(error: Exception) -> str:
    """Return the Swedish message of an error of ours, or what kind another one is."""
    from scenarios.folder import WriteError
    from scenarios.problems import InputError

    if isinstance(error, InputError):
        return error.text()
    if isinstance(error, WriteError) or type(error) is RuntimeError:
        return str(error)
    return f"Internt fel ({type(error).__name__}: {error})"


def _end_with_the_app() -> None:
    """Wait until the app closes our standard input or dies, then end this process and its workers."""
    while os.read(0, 4096):
        pass
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main())
