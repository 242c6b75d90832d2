"""How far a run has come, on standard error: a bar on a terminal, a line at every tenth elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from scenarios.running.runner import Progress
from scenarios.text.swedish import number
from scenarios.text.terminal import tell


class Display:
    """Where a run tells what it does; `say` for a stage, calling it for how far it has come."""

    def say(self, text: str) -> None:
        """Tell which stage begins."""

    def __call__(self, progress: Progress) -> None:
        """Show how much is done."""


class _Lines(Display):
    """One line a stage and a tenth: for logs. A log that takes no more stops no simulation."""

    def __init__(self) -> None:
        self.tenth = 0
        self.begun = time.monotonic()

    def say(self, text: str) -> None:
        self.tenth, self.begun = 0, time.monotonic()
        tell(text)

    def __call__(self, progress: Progress) -> None:
        tenth = 10 * progress.months // max(1, progress.all_months)
        if tenth > self.tenth:
            self.tenth = tenth
            tell(f"{10 * tenth} %  {_counted(progress)}{self._left(progress)}")

    def _left(self, progress: Progress) -> str:
        """Return how long the rest will take at the pace so far; "" at the end, and where nobody wants to know."""
        left = progress.all_months - progress.months
        if not (progress.memory and left and progress.months):
            return ""
        seconds = (time.monotonic() - self.begun) * left / progress.months
        return f", omkring {number(max(1.0, seconds / 60), 0)} min kvar"


class _Bar(Display):
    """A bar that moves as months are simulated."""

    def __init__(self, bar: Bar) -> None:
        self.bar = bar
        self.task = bar.add_task("Förbereder …", total=None)

    def say(self, text: str) -> None:
        self.bar.update(self.task, description=text)

    def __call__(self, progress: Progress) -> None:
        done, total = progress.months, progress.all_months
        self.bar.update(self.task, completed=done, total=total, description=f"Simulerar: {_counted(progress)}")


def _counted(progress: Progress) -> str:
    memory = f", högst {number(progress.memory / 1e9, 1)} GB i en process" if progress.memory else ""
    return f"{progress.replications} av {progress.all_replications} {progress.what_sv} klara{memory}"


@contextmanager
def display(console: Console) -> Iterator[Display]:
    """Show progress while the block runs."""
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        yield _Bar(bar)
