"""What a check of plausibility found: a problem, and whether it is refused or only said."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.region import texts
from simulator.region.plausible.reference import Bounds
from simulator.region.table_schema import TableProblem

IMPOSSIBLE = 4.0
"""Times beyond the usual range from which a figure is refused, not only said."""
NEAR = math.log(1.9)
"""How near a ratio must lie to a factor of ten, a hundred … to be told as such."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is hardly so: `refused` if it cannot be, else warned of."""

    problem: TableProblem
    refused: bool


def outside(
    file: str, line: int, column: str, row: str, rule: str, figure: float, usual: Bounds, of: float = 1.0
) -> Finding:
    """A figure outside its usual range; `figure` and `usual` are per what there are `of`, as a cell has them not."""
    cause = cause_of(figure / usual.value) if usual.value > 0 and figure > 0 else ""
    if figure == 0:
        cause = texts.CAUSE_ZERO
    elif figure < 0 <= usual.low:
        cause = texts.CAUSE_SIGN
    allowed = texts.usual(usual.low, usual.high, usual.unit, of)
    problem = TableProblem(file, line, column, texts.figure(figure * of), allowed, "", cause, row, rule)
    return Finding(problem, bool(impossible(figure, usual)))


def impossible(figure: float, usual: Bounds) -> bool:
    """Whether a figure lies so far outside that no region has it."""
    if usual.low > 0:
        return 0 < figure < usual.low / IMPOSSIBLE or figure > usual.high * IMPOSSIBLE or figure < 0
    width = usual.high - usual.low
    return not usual.low - IMPOSSIBLE * width <= figure <= usual.high + IMPOSSIBLE * width


def cause_of(ratio: float) -> str:
    """What often lies behind a figure `ratio` times the usual one, "" if nothing does."""
    near = min(texts.FACTORS, key=lambda factor: abs(math.log(ratio / factor)))
    return texts.FACTORS[near] if abs(math.log(ratio / near)) < NEAR else texts.CAUSE_OTHER
