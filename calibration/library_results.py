"""The library's results that come with the project: simulates what is missing and writes them to one file.

    python -m calibration.library_results

Every strategy of the library in 20 replications and 20 draws of the assumptions, some ten minutes on two cores. Runs
are kept in the app's cache, so a second time takes seconds. To be done when the simulator, the region pack, a strategy
or an indicator has changed; a test simulates some of the runs anew and compares. Before the old file is replaced it is
told which of its figures have changed, and by how much: what a line **Results:** in the changelog must say.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.live.service import Service
from scenarios.live.shipped import BOOK_KINDS, SHIPPED_FILE, arrays_of, shipped, write_shipped
from scenarios.running.engine import code_version
from scenarios.statistics.arrays import Array
from scenarios.strategies.defaults import FULL_REPLICATIONS
from scenarios.text.files import replacing
from scenarios.text.terminal import complain

ASKER = "library"
POLL_SECONDS = 0.5


def main() -> int:
    """Simulate and write; return 0, or 1 when a run failed."""
    service = Service()
    courses = {each.name: each.course for each in service.library}
    try:
        failure = _simulate(service)
    finally:
        service.crew.close()
    if failure:
        return complain(failure, 1)
    with replacing(SHIPPED_FILE) as anew:
        write_shipped(service.shelf, courses, FULL_REPLICATIONS, code_version(), anew)
        print(told(differences(SHIPPED_FILE, anew) if SHIPPED_FILE.is_file() else [], SHIPPED_FILE.is_file()))
    print(f"{SHIPPED_FILE}: {SHIPPED_FILE.stat().st_size / 1e6:.1f} MB")
    return 0


@dataclass(frozen=True, slots=True)
class ChangedVariable:
    """A variable of one kind of run that is not as it was: how many figures, and by how much at most.

    `largest` is relative to the larger of both; infinite where the variable or its shape is new.
    """

    kind: str
    variable: str
    figures: int
    largest: float


def differences(old: Path, new: Path) -> list[ChangedVariable]:
    """Return what differs between two files of results, bit for bit, in strategies that both have."""
    both = [name for name in shipped(old).keys if name in shipped(new).keys]
    rows = [[list(shipped(file).keys).index(name) for name in both] for file in (old, new)]
    changed = []
    for kind in BOOK_KINDS:
        before, after = (arrays_of(file, kind) for file in (old, new))
        for variable in sorted(before.keys() | after.keys()):
            pair = [file.get(variable) for file in (before, after)]
            if not variable.startswith("@"):
                pair = [None if values is None else values[row] for values, row in zip(pair, rows, strict=True)]
            if (difference := _difference(kind, variable, *pair)) is not None:
                changed.append(difference)
    return changed


def _difference(kind: str, variable: str, old: Array | None, new: Array | None) -> ChangedVariable | None:
    if old is None or new is None or old.shape != new.shape or old.dtype != new.dtype:
        return ChangedVariable(kind, variable, max(0 if each is None else each.size for each in (old, new)), math.inf)
    if old.tobytes() == new.tobytes():
        return None
    if old.dtype.kind not in "fiu":
        return ChangedVariable(kind, variable, int((old != new).sum()), math.inf)
    # What is not known is equal to itself.
    other = ~((old == new) | (np.isnan(old.astype(float)) & np.isnan(new.astype(float))))
    size = np.maximum(np.abs(old[other]), np.abs(new[other])).astype(float)
    gap = np.abs(old[other].astype(float) - new[other]) / np.where(size > 0, size, 1.0)
    return ChangedVariable(kind, variable, int(other.sum()), float(np.nanmax(gap, initial=0.0)))


def told(changed: Sequence[ChangedVariable], known: bool = True) -> str:
    """Return the differences as text, a line each."""
    if not known:
        return "no file from before"
    if not changed:
        return "every figure is as it was, bit for bit"
    lines = [f"  {each.kind} {each.variable}: {each.figures} figures, at most {each.largest:.2%}" for each in changed]
    return "\n".join([f"{len(changed)} variables have changed:", *lines])


def _simulate(service: Service) -> str:
    """Have every run made that is not kept yet; return why one failed, or nothing."""
    service.want(ASKER, service.library, draws=True)
    while not (standing := service.standing(ASKER)).finished:
        print(f"\r{standing.note or f'{standing.done} av {standing.total}'}   ", end="", file=sys.stderr)
        time.sleep(POLL_SECONDS)
    return standing.failure


if __name__ == "__main__":
    raise SystemExit(main())
