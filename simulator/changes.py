"""Dated changes: the only way in which anything from outside alters the course of a simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Operation = Literal["add", "multiply", "set"]


@dataclass(frozen=True, slots=True)
class Change:
    """One control moved away from its baseline from `start` on.

    The effect grows linearly, in monthly steps, from nothing on `start` to the whole on `full_effect`
    (the same date means at once). `value` is the full effect: an addend, a factor, or the value to
    reach. An empty reach means everywhere and everybody; indices follow the region's own order.
    """

    control: str
    operation: Operation
    value: float
    start: date
    full_effect: date
    municipalities: tuple[int, ...] = ()
    centres: tuple[int, ...] = ()
    age_groups: tuple[int, ...] = ()
    segments: tuple[int, ...] = ()
