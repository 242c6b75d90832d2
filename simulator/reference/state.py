"""What the plain reference moves: people, chairs, desks and places, read from a world of arrays."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import simpy

from simulator.care.causes import ACUITY_COUNT
from simulator.core.fields import Array
from simulator.core.state import CHRONIC, COMPLEX, HOME_NURSING, IN_HOSPITAL, PRESENT, SAW_OWN_GP, SPECIAL_HOUSING
from simulator.core.world import World
from simulator.people.continuity import DOSES, LONGEST_YEARS, SHARE_STEP

_GOLDEN, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_WORD = (1 << 64) - 1


def _finalise(z: int) -> int:
    z = ((z ^ (z >> 30)) * _MIX_1) & _WORD
    z = ((z ^ (z >> 27)) * _MIX_2) & _WORD
    return z ^ (z >> 31)


def plain_draw(purpose_key: int, person_key: int, occurrence: int) -> float:
    """Return what `randomness.draw` returns, worked out in Python's own integers."""
    inner = _finalise(((purpose_key ^ person_key) + _GOLDEN) & _WORD)
    return (_finalise(inner ^ (occurrence * _GOLDEN & _WORD)) >> 11) * 2.0**-53


def plain_part(purpose_key: int, person_key: int, occurrence: int, n: int) -> float:
    """Return what `randomness.part` makes of a random word, worked out in Python's own integers."""
    inner = _finalise(((purpose_key ^ person_key) + _GOLDEN) & _WORD)
    word = _finalise(inner ^ (occurrence * _GOLDEN & _WORD))
    return ((word >> 21 * n) % (1 << 21)) * 2.0**-21


def plain_quantile(table: Array, u: float) -> float:
    """Interpolate a distribution given by its values at equal steps of probability."""
    place = u * (len(table) - 1)
    low = int(place)
    return float(table[low] + (place - low) * (table[low + 1] - table[low]))


def whole_visits(rate: float, day: int) -> int:
    """Whole visits of a fractional daily rate that fall on a day."""
    return math.floor((day + 1) * rate) - math.floor(day * rate)


@dataclass(slots=True, eq=False)
class Chair:
    """A GP post and its diary: the turns booked for each day."""

    number: int
    gp: int
    agency: bool
    planned: float
    acute: float
    acute_left: int  # same-day visits left today
    diary: dict[int, list[Turn]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Person:
    """One inhabitant, and the GP who is remembered."""

    slot: int
    key: int
    status: int
    chair: int
    hospital: int
    risk: int
    dose: int
    gp: int
    since: int
    last: int
    visits: int  # to GPs this year and the last
    share: np.float32
    centre: int
    municipality: int
    causes: int
    granted: bool
    segment: int
    dying: bool
    partner: int
    palliative: int  # whether care at home until death was asked for and given
    stay: simpy.Process | None = None

    @property
    def present(self) -> bool:
        """Lives in the region."""
        return bool(self.status & PRESENT)

    @property
    def in_hospital(self) -> bool:
        """Has a hospital bed."""
        return bool(self.status & IN_HOSPITAL)

    @property
    def reachable(self) -> bool:
        """Lives in the region and is not in hospital."""
        return self.present and not self.in_hospital

    @property
    def saw_own(self) -> bool:
        """Met a GP who knows the person at the latest visit."""
        return bool(self.status & SAW_OWN_GP)

    @property
    def home_nursing(self) -> bool:
        """Is a patient of home nursing."""
        return bool(self.status & HOME_NURSING)

    @property
    def housed(self) -> bool:
        """Lives in special housing."""
        return bool(self.status & SPECIAL_HOUSING)

    @property
    def chronic(self) -> bool:
        """Has a chronic condition."""
        return bool(self.status & CHRONIC)

    @property
    def complex(self) -> bool:
        """Has complex needs."""
        return bool(self.status & COMPLEX)

    def mark(self, bit: int, on: bool) -> None:
        """Set or clear a bit of the status."""
        self.status = self.status | bit if on else self.status & ~bit

    def remember(self, chair: Chair, day: int, memory: float, full: float, regular: float) -> None:
        """Learn from a visit who one's GP is, and how firmly; `regular` visits in two years make one who returns."""
        self.visits += 1
        own, step = self.chair == chair.number, np.float32(SHARE_STEP)
        known = self.gp == chair.gp and not chair.agency
        if self.gp == chair.gp:
            self.last = day
            self.share += step * (np.float32(1.0) - self.share)
        else:
            self.share -= step * self.share
            lapsed = self.gp == 0 or day - self.last > memory
            if not chair.agency and (lapsed or own or float(self.share) < 0.2):
                self.gp, self.since, self.last, self.share = chair.gp, day, day, step
        self.mark(SAW_OWN_GP, known and self.visits >= regular)
        years = min(max((self.last - self.since) / 365.25, 1.0), LONGEST_YEARS)
        weight = min(float(self.share) / full, 1.0)
        self.dose = int(weight * (math.log(years) / math.log(LONGEST_YEARS)) * (DOSES - 1) + 0.5)


@dataclass(slots=True, eq=False)
class Turn:
    """Somebody who waits to be called, to a visit, to a desk or to a planned admission."""

    person: Person
    requested: int
    called: simpy.Event
    priority: int


@dataclass(slots=True, eq=False)
class Desk:
    """A desk with opening hours; `service` seconds a contact, negative = closed.

    Its line has a queue for each class of priority, with the seconds within which those in it should be seen. The line
    for planned admission is one too: there `service` is the most that are called in a day.
    """

    number: int
    kind: int
    service: int
    patience: int
    opens: int
    closes: int
    every_day: int
    over: int
    spread: float
    rooms: tuple[int, ...]
    targets: tuple[int, ...]
    lines: tuple[deque[Turn], ...]

    def whose_turn(self, now: int) -> deque[Turn] | None:
        """Queue of whoever has waited longest for what the class should wait, among those who have come by now."""
        there = [c for c, line in enumerate(self.lines) if line and line[0].requested <= now]
        if not there:
            return None
        waited = {c: Fraction(now - self.lines[c][0].requested, self.targets[c]) for c in there}
        return self.lines[max(there, key=lambda c: (waited[c], -c))]

    def next_in_line(self, now: int) -> deque[Turn] | None:
        """Queue of whose turn it is at a desk that is free: of those who wait, else of whoever comes first."""
        first = min((line for line in self.lines if line), key=lambda line: line[0].requested, default=None)
        return self.whose_turn(now) or first


def person_of(world: World, slot: int) -> Person:
    """Read one person."""
    me, bond = world.person[slot], world.relation[slot]
    back = world.background[slot]
    names = ("key", "status", "chair", "hospital", "risk", "dose", "centre")
    numbers: dict[str, Any] = {name: int(me[name]) for name in names}
    memory: dict[str, Any] = {name: int(bond[name]) for name in ("gp", "since", "last")}
    memory["visits"] = int(bond["visits"]) + int(bond["visits_before"])
    causes = int(world.cause_set[back["conditions"]])
    where: dict[str, Any] = {"municipality": int(back["municipality"]), "granted": bool(back["granted"])}
    where["partner"] = int(back["partner"]) - 1
    where["segment"], where["dying"] = int(back["segment"]), bool(back["dying"])
    where["palliative"] = int(back["palliative"])
    return Person(slot=slot, share=np.float32(bond["share"]), causes=causes, **numbers, **memory, **where)


def chairs_of(world: World, h: int) -> list[Chair]:
    """Read the chairs in use at a centre, their diaries empty."""
    posts = world.chair[h, : world.centre[h]["chairs"]]
    return [
        Chair(c, int(x["gp"]), bool(x["agency"]), float(x["planned"]), float(x["acute"]), 0)
        for c, x in enumerate(posts)
    ]


def desk_of(world: World, p: int) -> Desk:
    """Read one desk, its line empty."""
    x = world.pool[p]
    names = ("kind", "service", "patience", "opens", "closes", "every_day", "over")
    numbers: dict[str, Any] = {name: int(x[name]) for name in names}
    rings = world.ring[p, : x["classes"]]
    rooms, targets = (tuple(int(ring[name]) for ring in rings) for name in ("mask", "target"))
    lines = tuple(deque[Turn]() for _ in rings)
    return Desk(
        number=p,
        spread=float(x["spread"]),
        rooms=tuple(room + 1 for room in rooms),
        targets=targets,
        lines=lines,
        **numbers,
    )


@dataclass(slots=True)
class WaitingRoom:
    """Treatment places, and people waiting for one: the most urgent first, then whoever came first.

    What is taken beyond the places closes as it is left.
    """

    free: int
    lines: tuple[deque[simpy.Event], ...] = field(default_factory=lambda: tuple(deque() for _ in range(ACUITY_COUNT)))

    def wait(self, clock: simpy.Environment, acuity: int) -> simpy.Event:
        """Take a seat; the event happens when one is called."""
        called = simpy.Event(clock)
        self.lines[acuity].append(called)
        self._call()
        return called

    def leave(self) -> None:
        """Give a place back."""
        self.free += 1
        self._call()

    def _call(self) -> None:
        while self.free > 0 and any(self.lines):
            self.free -= 1
            next(line for line in self.lines if line).popleft().succeed()


@dataclass(slots=True)
class Town:
    """What a municipality can receive: people home a day, short-term places, special housing, mobile visits."""

    receptions: float
    short_places: int
    housing_places: int
    residents: int
    mobile: float
    queue: deque[Person]
    queue_room: int
    short_held: list[tuple[int, Person]]
    today: int = -1
    left: int = 0
    mobile_left: int = 0

    def has_room(self, day: int) -> bool:
        """Receive one more at home today, if that can be done."""
        if day != self.today:
            self.today, self.left = day, whole_visits(self.receptions, day)
        self.left -= 1
        return self.left >= 0

    def short_term(self, person: Person, until: int) -> bool:
        """Take a short-term place until a day, if one is free."""
        if len(self.short_held) >= self.short_places:
            return False
        self.short_held.append((until, person))
        return True


def town_of(world: World, m: int, people: list[Person], held: list[tuple[int, Person]]) -> Town:
    """Read one municipality."""
    x, size = world.municipality[m], world.housing_queue.shape[1]
    waiting = range(x["queue_head"], x["queue_tail"])
    return Town(
        float(x["receptions"]), int(x["short_places"]), int(x["housing_places"]), int(x["residents"]),
        float(x["mobile"]),
        deque(people[world.housing_queue[m, i % size]] for i in waiting), size, held,
    )  # fmt: skip


def places_of(clock: simpy.Environment, number: int, taken: int) -> simpy.Container:
    """Free treatment places or beds; what is taken beyond their number closes as it is left."""
    free = simpy.Container(clock, init=max(number - taken, 0))
    for _ in range(taken - number):
        free.get(1)
    return free
