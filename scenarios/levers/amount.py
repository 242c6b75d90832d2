"""How a lever's value is written in Swedish: factors as numbers, shares as percent, everything else with its unit."""

from __future__ import annotations

import math
import re

from scenarios.levers.lever import Lever
from scenarios.text.swedish import number

FACTOR, SHARE = "faktor", "andel"
_POINTS = "procentenheter"


def is_share(lever: Lever) -> bool:
    """Tell whether a lever's value is a share, which people read in percent."""
    return lever.unit.split()[0] == SHARE


def amount_sv(lever: Lever, value: float) -> str:
    """Return a value with its unit: 1,5 (a factor), 20 %, +20 procentenheter, 7 dagar."""
    if _is_in_words(lever, value):
        return lever.neutral_sv
    if is_share(lever):
        written = decimal(lever, 100.0 * value, 100.0 * lever.step, sign=lever.in_points)
        return f"{written} {_POINTS if lever.in_points else '%'}"
    signed = lever.unit in (_POINTS, "år")
    written = decimal(lever, value, lever.step, sign=signed)
    return written if lever.unit == FACTOR else f"{written} {_unit(lever)}"


def _is_in_words(lever: Lever, value: float) -> bool:
    return bool(lever.neutral_sv) and value == lever.neutral


def _unit(lever: Lever) -> str:
    """Return a lever's unit, with numbers in it that no line break tears apart."""
    return re.sub(r"(?<=\d) (?=\d{3})", "\u00a0", lever.unit)


def mark_sv(lever: Lever, value: float) -> str:
    """Return a value as short as it must be at a slider: 1,5, 20 %, +20, 7; the unit stands elsewhere."""
    written = amount_sv(lever, value)
    if written.endswith("%") or _is_in_words(lever, value):
        return written
    return written.removesuffix(f" {_POINTS}").removesuffix(f" {_unit(lever)}")


def steps(lever: Lever, *others: float) -> tuple[float, ...]:
    """Return every value that a slider of the lever stops at, and `others` between them, from low to high."""
    count = round((lever.high - lever.low) / lever.step)
    grid = [round(lever.low + lever.step * step, 9) for step in range(count + 1)]
    between = [other for other in others if all(not math.isclose(other, value, abs_tol=1e-9) for value in grid)]
    return tuple(sorted([*grid, *between]))


def value_sv(lever: Lever, value: float) -> str:
    """Return a value as it stands beside a slider: 1,5 gånger dagens, 20 % av hemtjänsten."""
    written = amount_sv(lever, value)
    if lever.unit == FACTOR:
        return f"{written} gånger {lever.compared_sv}"
    of_what = lever.unit.removeprefix(SHARE).strip()
    return f"{written} {of_what}" if is_share(lever) and written.endswith("%") and of_what else written


def from_to_sv(lever: Lever, before: float, after: float) -> str:
    """Return a change of a value: 1,0 → 1,5; the unit is said once."""
    first, second = amount_sv(lever, before), amount_sv(lever, after)
    unit = _POINTS if second.endswith(f" {_POINTS}") else _unit(lever)
    shared = first.endswith(f" {unit}") and second.endswith(f" {unit}")
    return f"{first.removesuffix(f' {unit}') if shared else first} → {second}"


def decimal(lever: Lever, value: float, step: float, sign: bool = False) -> str:
    """Return a number with the decimals of a step, or with more when it lies between two steps."""
    places = max(0, -math.floor(math.log10(step) + 1e-9)) if step < 1 else 0
    if not math.isclose(round(step, places), step, rel_tol=1e-9):
        places += 1
    on_grid = math.isclose(round(value, places), value, rel_tol=0, abs_tol=1e-9)
    return number(value, places if on_grid else None, sign=sign and value != lever.neutral)
