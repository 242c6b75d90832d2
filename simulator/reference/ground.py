"""The ground that every process of the plain reference stands on: clock, keyed draws, log and accounts."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, cast

import numpy as np
import simpy
from simpy.events import EventPriority

from simulator.care.appointments import PLANNED
from simulator.core.dates import DAY
from simulator.core.log import GAVE_UP, UNMET
from simulator.core.randomness import Purpose
from simulator.core.record import AWAY, WITHDRAWN
from simulator.core.words import CASE_BITS, CASE_MASK, age_group_of
from simulator.core.world import World
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.reference.state import Person, Town, Turn, WaitingRoom, places_of, plain_draw, plain_part

Process = Generator[simpy.Event, Any, None]


class Ground:
    """Capacities and accounts from the beginning of a day on; `log` and `ledger` as in `reference.Reference`."""

    people: list[Person]
    towns: list[Town]

    def __init__(self, world: World, day: int) -> None:
        """Read rules and capacities; the patients of the day before are taken over later."""
        self.world, self.day = world, day
        self.clock = simpy.Environment(initial_time=day * DAY - 1)
        self.rules = {name: float(world.rules[0][name]) for name in world.rules.dtype.fields or {}}
        self.keys = [int(key) for key in world.keys]
        self.lines = [int(first) for first in world.lines]
        self.log: list[tuple[int, int, int, int, int]] = []
        self.ledger = np.zeros(world.ledger.shape, np.int64)
        self.effort = np.zeros(world.effort.shape)
        self.fate = np.zeros(world.fate.shape, np.int64)
        self.unmet = np.zeros(world.unmet.shape[1], np.int64)
        self.doomed: dict[int, list[int]] = {}
        self.inpatients: set[int] = set()
        self.boarders = [int(house["boarders"]) for house in world.hospital]
        self.reserve = [int(house["reserve"]) for house in world.hospital]
        self.passes_on = [float(house["passes_on"]) for house in world.hospital]
        self.line = [int(house["line"]) for house in world.hospital]
        self.rooms = [WaitingRoom(int(k["places"]) - int(k["busy"])) for k in world.hospital]
        self.beds = [places_of(self.clock, int(k["beds"]), int(k["occupied"])) for k in world.hospital]
        self.home_beds = [int(house["home_beds"]) for house in world.hospital]

    def at(self, second: float, tie: int = 1) -> simpy.Event:
        """Wait until a second of the clock; `tie` decides between events of the same second."""
        event = simpy.Event(self.clock)
        event._ok, event._value = True, None
        self.clock.schedule(event, priority=cast(EventPriority, tie), delay=second - self.clock.now)
        return event

    @property
    def now(self) -> int:
        """Second of the clock."""
        return int(self.clock.now)

    def draw(self, purpose: Purpose, person: Person, occurrence: int) -> float:
        """Draw as the engine would for this person."""
        return plain_draw(self.keys[purpose], person.key, occurrence)

    def offered(self, kind: int, person: Person) -> float:
        """Share of something that is offered in the person's municipality, age group and segment."""
        return float(
            self.world.offer[kind, person.municipality * AGE_GROUP_COUNT + age_group_of(person.risk), person.segment]
        )

    def part(self, person: Person, tick: int, n: int) -> float:
        """Return part `n` of the random word of a need, or of the moment of another wish for a GP."""
        return plain_part(self.keys[Purpose.NEED_COURSE], person.key, tick, n)

    def note(self, tick: int, kind: int, person: Person, unit: int, requested: int) -> None:
        """Log an event."""
        self.log.append((tick, kind, person.slot, unit, requested))

    def give_up(self, tick: int, person: Person, unit: int, requested: int, fate: int = AWAY) -> None:
        """Count and log somebody who is not served after all, with what becomes of the need."""
        self.ledger[unit, WITHDRAWN] += 1
        self.fate[unit, fate] += 1
        self.note(tick, GAVE_UP, person, unit, requested)

    def tell(self, tick: int, person: Person, kind: int) -> None:
        """Count and log what an unmet need brings."""
        self.unmet[kind] += 1
        self.note(tick, UNMET, person, person.centre, tick)

    def turn(self, person: Person, requested: int, priority: int = PLANNED) -> Turn:
        """Make a turn that has not been called yet."""
        return Turn(person, requested, simpy.Event(self.clock), priority)


def plain_case(tick: int) -> int:
    """Mark of the need that arose at a second of the clock."""
    return (tick ^ (tick >> CASE_BITS)) & CASE_MASK
