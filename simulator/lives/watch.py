"""Watching people: a simulation that logs a few of them, and pictures of what they have month by month.

The log tells what they met; a picture tells what they were: illness, setting, named GP, who follows them.
Neither changes anything, so somebody who is watched lives the same life as somebody who is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from simulator.care.coordination import CONTACT, LEVERS_OF_CONTACT, PLAN, shares
from simulator.changes import Change
from simulator.checkpoint import Checkpoint
from simulator.controls import value_in
from simulator.core.dates import EPOCH, date_of, day_number, month_start
from simulator.core.fields import Array
from simulator.core.randomness import Purpose, draws
from simulator.core.state import COMPLEX, GP_CHAIRS, PRESENT
from simulator.core.words import RUB_COUNT
from simulator.region.axes import MONITORED_CONDITIONS
from simulator.region.pack import Region
from simulator.simulation import Simulation

ROWS_A_YEAR = 900
"""Room in the log for one person: two home visits a day, and as much again for everything else."""
MONITORING_CONTROL = "telemonitoring"
"""The control of monitoring at home."""


@dataclass(frozen=True)
class Snapshot:
    """The watched people on a day, in the order in which they are watched, n of them; `seed` is the future's."""

    seed: int
    day: int
    person: Array  # PERSON[n]
    background: Array  # BACKGROUND[n]
    gp: Array  # int64[n], number of who sits in the named GP's chair; 0 = no named GP or nobody there
    agency: Array  # uint8[n], CHAIR.agency of that chair
    team: Array  # bool[n], a närvårdsteam follows the person
    contact: Array  # bool[n], permanent care contact
    plan: Array  # bool[n], individual plan (SIP)
    monitored: Array  # bool[n], monitors at home

    @property
    def present(self) -> Array:
        """Who is alive and lives in the region, bool[n]."""
        here: Array = (self.person["status"] & PRESENT) != 0
        return here


class Watch:
    """One future in which `slots` int64[n] are watched; `pictures` and `rows` hold what was seen."""

    def __init__(self, simulation: Simulation, slots: Array, pictures: tuple[Snapshot, ...], rows: Array) -> None:
        """Go on watching; see `begin` and `resume`."""
        self.simulation, self.slots = simulation, slots
        self.pictures, self._before = list(pictures), rows
        simulation.follow(slots)

    @classmethod
    def begin(cls, simulation: Simulation, slots: Array, until: date) -> Watch:
        """Watch from 31 December 2022 on. `simulation` has not been run; nobody runs it beyond `until`."""
        simulation.make_room(_rows(slots, simulation.today, until))
        watch = cls(simulation, slots, (), np.zeros((0, 6), np.int64))
        watch._look(date(EPOCH.year - 1, 12, 31))
        return watch

    def resume(self, region: Region, checkpoint: Checkpoint, changes: tuple[Change, ...], until: date) -> Watch:
        """Go on from this watch's checkpoint under other changes."""
        room = _rows(self.slots, date_of(int(checkpoint.state.day[0])), until)
        simulation = Simulation.resume(region, checkpoint, changes, log=room)
        return Watch(simulation, self.slots, tuple(self.pictures), self.rows)

    @property
    def rows(self) -> Array:
        """The log of the watched people from the beginning, int64[L, 6]. Raises RuntimeError when it was full."""
        logged = int(self.simulation.logged[0])
        if logged > len(self.simulation.log):
            raise RuntimeError(f"the log has room for {len(self.simulation.log)} events, {logged} happened")
        return np.concatenate([self._before, self.simulation.log[:logged]])

    def run(self, until: date, progress: Callable[[date], None] | None = None) -> None:
        """Simulate up to a date, with a picture of each month (January once the year has begun) and of the last day."""

        def look(today: date) -> None:
            if today.month > 1:
                self._look(today)
            if progress is not None:
                progress(today)

        openings = [date(year, 1, 2) for year in range(EPOCH.year, until.year + 1)]
        for stop in [day for day in openings if self.simulation.today < day < until] + [until]:
            self.simulation.run(stop, look)
            if stop in openings:
                self._look(stop.replace(day=1))
        if until not in openings:
            self._look(until - timedelta(days=1))

    def _look(self, today: date) -> None:
        state, region = self.simulation.state, self.simulation.region
        person, background = state.person[self.slots].copy(), state.background[self.slots].copy()
        month = month_start(max((today.year - EPOCH.year) * 12 + today.month - 1, 0))
        controls = {
            name: value_in(name, month, self.simulation.changes, region)
            for name in (*LEVERS_OF_CONTACT, MONITORING_CONTROL)
        }
        who = background["municipality"], person["risk"] // RUB_COUNT, background["segment"]
        share = shares(region, controls)[:, *who]
        seated = person["chair"] < GP_CHAIRS
        chair = state.chair[person["centre"], np.where(seated, person["chair"], 0)]
        ill = sum(1 << n for n, condition in enumerate(region.conditions) if condition.code in MONITORED_CONDITIONS)
        able = (background["conditions"] & ill) != 0
        complex_needs = (person["status"] & COMPLEX) != 0
        self.pictures.append(
            Snapshot(
                int(state.seed[0]),
                day_number(today),
                person,
                background,
                np.where(seated, chair["gp"], 0).astype(np.int64),
                np.where(seated, chair["agency"], 0),
                self._lucky(Purpose.TEAM, 0, state.centre["team"][person["centre"]]) & complex_needs,
                self._lucky(Purpose.COORDINATION, CONTACT, share[0]),
                self._lucky(Purpose.COORDINATION, PLAN, share[1]),
                self._lucky(Purpose.MONITORING, 0, controls[MONITORING_CONTROL][who]) & able,
            )
        )

    def _lucky(self, purpose: Purpose, occurrence: int | np.uint64, share: Array) -> Array:
        """Who of the watched has a lasting draw below a share; the draws are those of the rules."""
        seed, keys = self.simulation.state.seed[0], self.simulation.state.person["key"][self.slots]
        below: Array = draws(seed, purpose, keys, np.uint64(occurrence)) < share
        return below


def _rows(slots: Array, start: date, until: date) -> int:
    return slots.size * (until.year - start.year + 1) * ROWS_A_YEAR
