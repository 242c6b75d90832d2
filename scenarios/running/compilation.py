"""The simulator's kernels are compiled before they are needed: in a process of its own, which gives its memory back."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from scenarios.running.ending import work_for_the_parent
from scenarios.running.engine import SimulatorEngine
from simulator.core.dates import EPOCH

COMPILING = "Kompilerar modellens kärnor första gången, tar några minuter …"


def compile_if_needed(region: str, say: Callable[[str], None]) -> None:
    """Compile kernels that are not in the cache, once, before workers would do so side by side.

    Without a place to keep them nothing is compiled here: whoever needs them does so, after what was said.
    """
    if kernels_are_compiled():
        return
    say(COMPILING)
    if kernels_are_kept():
        compile_apart(region)


def compile_apart(region: str) -> None:
    """Compile the kernels in a process of its own, and wait for it."""
    process = multiprocessing.get_context("spawn").Process(target=_compile, args=(region,))
    process.start()
    try:
        process.join()
    finally:
        process.terminate()
        process.join()


def _compile(region: str) -> None:
    """Run a replication's first year and a month, by which every kernel is compiled.

    What goes wrong here will go wrong again, and be told, where the kernels are needed.
    """
    work_for_the_parent()
    with suppress(Exception):
        SimulatorEngine().begin(region, 0).run(date(EPOCH.year + 1, 2, 1))


def kernels_are_kept() -> bool:
    """Tell whether there is a place to keep compiled kernels."""
    from simulator.core.kernels import kept  # noqa: PLC0415

    return kept()


def kernels_are_compiled() -> bool:
    """Tell whether the simulator's kernels are in the compile cache."""
    from simulator.core.kernels import compiled  # noqa: PLC0415

    return compiled()
