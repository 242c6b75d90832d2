"""What a lever is, and the registry that refuses two of the same name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from simulator.changes import Change, Operation

if TYPE_CHECKING:
    from simulator.core.state import Array
    from simulator.region.pack import Region

Grade = Literal["A", "B", "C"]
ReachKind = Literal["municipality", "centre", "age_group", "segment"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a lever's effect: one finding and where it was read.

    `effect` with `low` and `high` (95 % interval or stated range, None when not given) is in `unit`; grade A
    was read in the source, B is from the literature and to be verified, C is an assumption.
    """

    finding_sv: str
    source: str
    grade: Grade
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What moving a lever costs a year: so many of something that has a unit cost in the region's pack.

    `cost` is the row of the pack's costs (SEK with range, source and grade), `unit_sv` what there is so many of.
    `quantity` takes the region and the value of the lever's control at each unit, and returns how many a year
    that is beyond today's (negative for fewer).
    """

    cost: str
    unit_sv: str
    quantity: Callable[[Region, Array], float]


@dataclass(frozen=True, slots=True)
class Lever:
    """One number that a strategy may move: meaning, range, target and what is known.

    `value` of a strategy lies in [`low`, `high`] in `unit`, `step` is a slider's step, and `neutral` changes
    nothing. `control` and `operation` say what the simulator does with it. `expected` gives the sign that
    raising the value should have on a headline indicator (+1 or -1). `reach` lists what the lever may be
    limited to; empty means that it always acts on everything. `ramp_months` is the time from start to full
    effect when a strategy does not say; a lever that is not `gradual` acts wholly from its start. `prices` is
    what a budget counts; without any the lever costs nothing there.
    """

    name: str
    label_sv: str
    description_sv: str
    unit: str
    control: str
    operation: Operation
    neutral: float
    low: float
    high: float
    step: float
    reach: frozenset[ReachKind]
    cost_sv: str
    staffing_sv: str
    evidence: tuple[Evidence, ...]
    ramp_months: int = 0
    gradual: bool = True
    expected: tuple[tuple[str, int], ...] = ()
    prices: tuple[Price, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a record that contradicts itself (ValueError)."""
        if not all(map(math.isfinite, (self.neutral, self.low, self.high, self.step))):
            raise ValueError(f"lever {self.name}: every bound must be finite")
        if not self.low <= self.neutral <= self.high or self.low >= self.high or self.step <= 0:
            raise ValueError(f"lever {self.name}: needs low <= neutral <= high, low < high and step > 0")
        if not self.evidence or self.ramp_months < 0:
            raise ValueError(f"lever {self.name}: needs evidence and a ramp of 0 months or more")

    def allows(self, value: float) -> bool:
        """Tell whether `value` is finite and within bounds."""
        return self.low <= value <= self.high

    def change(
        self,
        value: float,
        start: date,
        full_effect: date,
        municipalities: tuple[int, ...] = (),
        centres: tuple[int, ...] = (),
        age_groups: tuple[int, ...] = (),
        segments: tuple[int, ...] = (),
    ) -> Change | None:
        """Return what the simulator should do for a value of this lever, or None at neutral.

        Raises ValueError when the value is out of bounds or the dates are in the wrong order.
        """
        if not self.allows(value):
            raise ValueError(f"lever {self.name}: {value} is outside [{self.low}, {self.high}]")
        if full_effect < start:
            raise ValueError(f"lever {self.name}: full effect {full_effect} is before the start {start}")
        if value == self.neutral:
            return None
        reach = (municipalities, centres, age_groups, segments)
        return Change(self.control, self.operation, value, start, full_effect, *reach)


class Registry(Mapping[str, Lever]):
    """Levers by name, in the order in which they were registered."""

    def __init__(self, *levers: Lever) -> None:
        """Register `levers` in order; raises ValueError when two have the same name."""
        self._levers: dict[str, Lever] = {}
        for lever in levers:
            self.register(lever)

    def register(self, lever: Lever) -> Lever:
        """Add a lever and return it; raises ValueError when the name is taken."""
        if lever.name in self._levers:
            raise ValueError(f"a lever named {lever.name} is already registered")
        self._levers[lever.name] = lever
        return lever

    def __getitem__(self, name: str) -> Lever:
        """Return the lever called `name`; raises KeyError."""
        return self._levers[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._levers)

    def __len__(self) -> int:
        """Count the levers."""
        return len(self._levers)
