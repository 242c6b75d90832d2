"""What a lever is: one record of all that is done, known, said and shown of it; and a registry of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

from simulator.changes import Change, Operation

if TYPE_CHECKING:
    from simulator.core.fields import Array
    from simulator.region.pack import Region

Grade = Literal["A", "B", "C"]
Level = Literal["low", "likely", "high"]
LEVELS: tuple[Level, ...] = get_args(Level)
ReachKind = Literal["municipality", "centre", "age_group", "segment"]
ReachKinds = frozenset[ReachKind]

REACH_MUNICIPALITIES: ReachKinds = frozenset({"municipality"})
"""Of what is in a municipality, and of hospitals, where a lever acts on those that care for the municipalities."""
REACH_PLACES: ReachKinds = frozenset({"municipality", "centre"})
REACH_AGES: ReachKinds = frozenset({"municipality", "age_group"})
REACH_PEOPLE: ReachKinds = frozenset({"municipality", "age_group", "segment"})

ASSUMPTION, ASSUMPTION_SV = "assumption", "Antagande: "
TO_TRY = f"{ASSUMPTION_SV}inget underlag säger hur långt det går; nivåerna är valda för att prova."
"""What a mark rests on when nothing is known."""
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Area:
    """An area of development: name, short Swedish heading, what of the county's aims it belongs to, one sentence."""

    name: str
    label_sv: str
    aim_sv: str
    about_sv: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a lever rests on beside studies of effects: a level, how something stands, an assumption.

    What studies say of an effect is a record of `scenarios.effects`, which the lever names. `effect` with `low` and
    `high` (95 % interval or stated range, None when not given) is in `unit`; grade A was read in the source, B is
    from the literature and to be verified, C is an assumption.
    """

    finding_sv: str
    source: str
    grade: Grade
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of a lever that one can start from: a few words that say what it means, and what it rests on.

    It is no forecast. What rests on judgement is grade C, has no other source, and its ground says so.
    """

    level: Level
    value: float
    words_sv: str
    ground_sv: str = TO_TRY
    source: str = ASSUMPTION
    grade: Grade = "C"

    def __post_init__(self) -> None:
        """Refuse a mark that does not say what it rests on (ValueError)."""
        assumed = (self.grade == "C", self.source == ASSUMPTION, self.ground_sv.startswith(ASSUMPTION_SV))
        if not self.words_sv or not self.source or not self.ground_sv.endswith("."):
            raise ValueError(f"mark {self.words_sv!r}: needs words, a source and a ground that is a sentence")
        if len(set(assumed)) > 1:
            assumed_sv = f'source "{ASSUMPTION}" and a ground that begins with "{ASSUMPTION_SV}"'
            raise ValueError(f"mark {self.words_sv!r}: grade C needs {assumed_sv}, other grades neither")


def marks_on(ground_sv: str, *marks: tuple[float, str]) -> tuple[Mark, ...]:
    """Return marks, low to high, that rest on the same assumption: value and words of each."""
    return tuple(Mark(level, *mark, ground_sv) for level, mark in zip(LEVELS, marks, strict=True))


@dataclass(frozen=True, slots=True)
class Price:
    """What moving a lever costs a year: so many of something that has a unit cost in the region's pack.

    `cost` is the row of the pack's costs (SEK with range, source and grade), `unit_sv` what there is so many of.
    `quantity` takes the region and the value of the lever's control at each unit, and returns how many a year
    that is beyond today's (negative for fewer). `activity` is the work that the simulator pays by the minute for it
    (`simulator.staff.effort`); empty for none.
    """

    cost: str
    unit_sv: str
    quantity: Callable[[Region, Array], float]
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """What a lever acts on today, in words; and as a number where a value of the lever makes another of it.

    `amount` (None: no such number) is in `unit_sv`, written with `decimals`. A lever that adds moves it by `scale`
    for each unit of its value. `grade` is that of the figures in `text_sv`.
    """

    text_sv: str
    grade: Grade = "C"
    amount: float | None = None
    unit_sv: str = ""
    decimals: int = 0
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One number that a strategy may move: meaning, range, target, what is known, and every word that is said of it.

    `number` is its place in registers, in the schema and in lists; it is given once and never again. `area` is where
    pages show it.

    `value` of a strategy lies in [`low`, `high`] in `unit`, `step` is a slider's step, and `neutral` changes
    nothing. `control` and `operation` say what the simulator does with it. `ramp_months` is the time from start to
    full effect when a strategy does not say; a lever that is not `gradual` acts wholly from its start. `reach` lists
    what the lever may be limited to; empty means that it always acts on everything. `expected` gives the sign that
    raising the value should have on a headline indicator (+1 or -1).

    `today` returns what the lever acts on in a region; KeyError where the region's pack lacks a parameter. `marks`
    are the values that one can start from, low to high, away from neutral in the direction in which the county would
    move the lever. `prices` is what a budget counts; without any the lever costs nothing there.

    A value is written by its unit (`scenarios.levers.amount`). A share with `in_points` is added to one that there is
    today, and told in percentage points. `neutral_sv` is said of neutral instead of a number, `compared_sv` is what a
    factor is times of. `kind_sv` is the kind under which contributions are told; without one it is the kind of place
    in which the control is.

    `effects` are keys of the records in `scenarios.effects` on which it bears, with studies for and against;
    `evidence` is what else is known. A lever has at least one of either.
    """

    name: str
    number: int
    area: Area
    label_sv: str
    description_sv: str
    unit: str
    control: str
    operation: Operation
    neutral: float
    low: float
    high: float
    step: float
    in_points: bool = False
    neutral_sv: str = ""
    compared_sv: str = "dagens"
    ramp_months: int = 0
    gradual: bool = True
    reach: ReachKinds
    expected: tuple[tuple[str, int], ...] = ()
    kind_sv: str = ""
    today: Callable[[Region], Today]
    marks: tuple[Mark, ...]
    prices: tuple[Price, ...] = ()
    cost_sv: str
    staffing_sv: str
    effects: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a record that contradicts itself (ValueError)."""
        if not all(map(math.isfinite, (self.neutral, self.low, self.high, self.step))):
            raise ValueError(f"lever {self.name}: every bound must be finite")
        if not self.low <= self.neutral <= self.high or self.low >= self.high or self.step <= 0:
            raise ValueError(f"lever {self.name}: needs low <= neutral <= high, low < high and step > 0")
        if self.neutral != {"add": 0, "multiply": 1}.get(self.operation, self.neutral):
            raise ValueError(f"lever {self.name}: neutral must be 0 when it adds and 1 when it multiplies")
        if not (self.evidence or self.effects) or self.ramp_months < 0:
            raise ValueError(f"lever {self.name}: needs effects or evidence and a ramp of 0 months or more")
        if not all(map(self._on_grid, (self.neutral, self.high, *(mark.value for mark in self.marks)))):
            raise ValueError(
                f"lever {self.name}: neutral, high and marks must lie whole steps above low, within bounds"
            )
        distances = [mark.value - self.neutral for mark in self.marks]
        if [mark.level for mark in self.marks] != list(LEVELS) or not _one_way(distances):
            raise ValueError(f"lever {self.name}: needs marks {', '.join(LEVELS)}, each further from neutral")

    def _on_grid(self, value: float) -> bool:
        steps = (value - self.low) / self.step
        return self.allows(value) and abs(steps - round(steps)) < _TOLERANCE

    def allows(self, value: float) -> bool:
        """Tell whether `value` is finite and within bounds."""
        return self.low <= value <= self.high

    def could_make(self, change: Change) -> bool:
        """Tell whether a value of this lever within its bounds gives such a change."""
        limited: dict[ReachKind, tuple[int, ...]] = {
            "municipality": change.municipalities, "centre": change.centres, "age_group": change.age_groups,
            "segment": change.segments,
        }  # fmt: skip
        target = (change.control, change.operation) == (self.control, self.operation)
        return target and self.allows(change.value) and {kind for kind in limited if limited[kind]} <= self.reach

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


def _one_way(distances: Iterable[float]) -> bool:
    """Tell whether distances grow, all above zero or all below it."""
    steps = [after - before for before, after in pairwise((0.0, *distances))]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


class Registry(Mapping[str, Lever]):
    """Levers by name, in the order of their numbers."""

    def __init__(self, levers: Iterable[Lever]) -> None:
        """Register `levers`; raises ValueError when two have the same name or number."""
        self._levers: dict[str, Lever] = {}
        numbers: dict[int, str] = {}
        for lever in sorted(levers, key=lambda lever: lever.number):
            if lever.name in self._levers:
                raise ValueError(f"a lever named {lever.name} is already registered")
            if lever.number in numbers:
                taken = f"number {lever.number} is that of {numbers[lever.number]}"
                raise ValueError(f"lever {lever.name}: {taken}; give it one above the highest there is")
            self._levers[lever.name], numbers[lever.number] = lever, lever.name

    def __getitem__(self, name: str) -> Lever:
        """Return the lever called `name`; raises KeyError."""
        return self._levers[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._levers)

    def __len__(self) -> int:
        """Count the levers."""
        return len(self._levers)
