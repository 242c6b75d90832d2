"""One region, one future: the chain of the model, told by SimPy.

SimPy holds the calendar. Each process below reads as a year, a month or a day is told; none keeps
anything between two events, since all state lives in arrays. The people of a day are moved by
compiled kernels. Time is counted in hours since 1 January 2023.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import simpy

from simulator import census, controls, groups, needs, norms, year
from simulator.care import causes, comings, hospital, municipal, primary_care, psychiatry, unmet, ward
from simulator.care.offer import offers_of
from simulator.changes import Change
from simulator.checkpoint import Checkpoint, CheckpointError
from simulator.core.dates import EPOCH, LAST_DATE, date_of, day_number, month_number, month_start
from simulator.core.fields import Array
from simulator.core.kernels import bound
from simulator.core.log import LOG_COLUMNS
from simulator.core.record import HELP_GIVEN, HELP_NEEDED, Record
from simulator.core.state import State
from simulator.core.tables import Tables
from simulator.core.world import Terms, World, world_of
from simulator.people import continuity
from simulator.region.pack import Region
from simulator.results import programmes
from simulator.results.recorded import Recorded
from simulator.staff import capacity
from simulator.staff.effort import as_staffed
from simulator.staff.staff_flows import learn_load
from simulator.staff.workforce import establishment
from simulator.start import first_state, recall_use, sizes_of, standing
from simulator.tables import purpose_keys, rules_of, tables_of

if TYPE_CHECKING:
    import xarray as xr

YEARS = LAST_DATE.year - EPOCH.year
HOURS_A_DAY = 24
YEAR_AT, PEOPLE_AT, HOME_LIST_AT, CENTRE_AT, DESKS_AT, HOSPITAL_AT, CENSUS_AT = 1, 2, 7, 8, 17, 22, 23
"""Hours of the day at which each process acts; a month opens at midnight, before the year."""
Process = Generator[simpy.Event, Any, None]
Progress = Callable[[date], None]
Kernel = Callable[..., None]
NO_LOG = 0


class Kernels(NamedTuple):
    """What happens in a day, by the hour; each takes the number of the day."""

    live_day: Kernel
    list_home_visits: Kernel
    open_centres: Kernel  # takes the day of the year too
    work_desks: Kernel
    work_mental: Kernel
    work_hospitals: Kernel

    @classmethod
    def of(cls, world: World) -> Kernels:
        """Put a world in place."""
        return cls(
            bound(comings.live_day, world),
            bound(municipal.list_home_visits, world),
            bound(primary_care.open_centres, world),
            bound(primary_care.work_desks, world),
            bound(psychiatry.work_mental, world),
            bound(hospital.work_hospitals, world),
        )


class Simulation:
    """A region's future under one seed and one set of dated changes."""

    _world: World | None
    _kernels: Kernels | None

    def __init__(self, region: Region, seed: int, changes: Iterable[Change] = (), log: int = NO_LOG) -> None:
        """Begin on 1 January 2023. `log` is the number of events that a log has room for."""
        self._prepare(region, changes, log)
        self.state = YearBefore(region, seed).settled()
        self.record = Record.empty(sizes_of(region.units, len(region.professions), YEARS))
        self.record.brought[:] = standing(self.state, region.units.first)
        census.take_census(self.state, self.record, region, 0, self._controls(0))

    @classmethod
    def resume(
        cls, region: Region, checkpoint: Checkpoint, changes: Iterable[Change] = (), log: int = NO_LOG
    ) -> Simulation:
        """Go on from a checkpoint, which stays as it is. Raises CheckpointError for another region pack."""
        if checkpoint.region != region.digest:
            raise CheckpointError("the checkpoint was made with another version of the region pack")
        simulation = cls.__new__(cls)
        simulation._prepare(region, changes, log)
        simulation.state, simulation.record = checkpoint.state.copy(room=True), checkpoint.record
        simulation.record = simulation.record.copy(simulation._begun)
        return simulation

    _unmet_is_sent = True
    """Whether unmet needs become emergencies beside those of the rates."""

    def _prepare(self, region: Region, changes: Iterable[Change], log: int) -> None:
        self.region, self.changes = region, tuple(changes)
        controls.check(self.changes)
        self.tables: Tables = tables_of(region)
        self.staff = establishment(region)
        self.make_room(log)
        self.followed = np.zeros(0, np.uint8)
        dated = self.changes  # not through self: a cycle would keep the state's arrays alive for a while
        self._controls = lru_cache(None)(lambda m: _values_in(month_start(m), dated, region))

    @property
    def today(self) -> date:
        """The next date to be simulated."""
        return date_of(int(self.state.day[0]))

    @property
    def _begun(self) -> int:
        """Months of which something may have been recorded."""
        return month_number(self.today) + 1

    def checkpoint(self) -> Checkpoint:
        """Copy everything that decides the future."""
        return Checkpoint(self.region.digest, self.state.copy(), self.record.copy(self._begun))

    def make_room(self, log: int) -> None:
        """Give the log room for so many events, and empty it."""
        self.log, self.logged = np.zeros((log, LOG_COLUMNS), np.int64), np.zeros(1, np.int64)
        self._change_world()

    def follow(self, slots: Array) -> None:
        """Log the events of these people alone from now on, int64[n] slots, n > 0."""
        self.followed = np.zeros(int(slots.max()) + 1, np.uint8)
        self.followed[slots] = 1
        self._change_world()

    def hand_over(self) -> Checkpoint:
        """Give away what decides the future instead of copying it; this simulation is over then."""
        given = Checkpoint(self.region.digest, self.state, self.record)
        if not given.state.point.size:  # its view of nothing would keep a year's needs alive
            given.state.point = np.zeros(0, np.int64)
        del self.state, self.record, self._world, self._kernels
        return given

    def run(self, until: date, progress: Progress | None = None) -> None:
        """Simulate up to, not including, a date; `progress` is called as each month begins.

        Raises ValueError when the date does not lie ahead of today and within the calendar.
        """
        if not self.today < until <= LAST_DATE:
            raise ValueError(f"cannot run from {self.today} until {until}; the calendar ends {LAST_DATE}")
        self._change_world()
        self._month = month_number(self.today)
        self._first_day = day_number(date(self.today.year, 1, 1))
        clock = simpy.Environment(initial_time=int(self.state.day[0]) * HOURS_A_DAY)
        day_processes = (self._years, self._population_days, self._centre_days, self._home_days, self._hospital_days)
        processes = [process(clock) for process in day_processes] + [self._months(clock, progress)]
        for process in processes:
            clock.process(process)
        try:
            clock.run(until=day_number(until) * HOURS_A_DAY)
        finally:
            for process in processes:  # they hold this simulation, and SimPy's events hold them
                process.close()
        self.state.day[0] = day_number(until)

    def dataset(self) -> xr.Dataset:
        """What was recorded so far, as indicators with names and units."""
        from simulator.results.dataset import dataset_of  # noqa: PLC0415  (xarray is slow to import)

        return dataset_of(Recorded(self.region, self.state, self.record, self.today))

    # --- processes ---------------------------------------------------------------------------------

    def _years(self, clock: simpy.Environment) -> Process:
        """On 1 January the year's health, moves and needs are settled; on 31 December it is counted."""
        while True:
            today = date_of(int(clock.now // HOURS_A_DAY))
            if (today.month, today.day) == (1, 1):
                yield clock.timeout(YEAR_AT)
                self._open_year(today.year)
            yield _until(clock, date(today.year, 12, 31), CENSUS_AT)
            index = today.year - EPOCH.year + 1
            values = self._controls(12 * index - 1)
            census.close_year(self.state, self.record, self.tables, self.region, index, values)
            yield _until(clock, date(today.year + 1, 1, 1), 0)

    def _months(self, clock: simpy.Environment, progress: Progress | None) -> Process:
        """On the first of a month people leave, retire and are hired; strategies take their next step."""
        while True:
            today = date_of(int(clock.now // HOURS_A_DAY))
            if today.day == 1:
                self._open_month(month_number(today))
                if progress is not None:
                    progress(today)
            yield _until(clock, month_start(month_number(today) + 1), 0)

    def _population_days(self, clock: simpy.Environment) -> Process:
        """Some die, some move, some are born."""
        yield clock.timeout(PEOPLE_AT)
        while True:
            self.kernels.live_day(clock.now // HOURS_A_DAY)
            yield clock.timeout(HOURS_A_DAY)

    def _home_days(self, clock: simpy.Environment) -> Process:
        """In the morning home nursing lists its visits."""
        yield clock.timeout(HOME_LIST_AT)
        while True:
            self.kernels.list_home_visits(clock.now // HOURS_A_DAY)
            yield clock.timeout(HOURS_A_DAY)

    def _centre_days(self, clock: simpy.Environment) -> Process:
        """Booked visits take place, needs arise and are routed, desks work until they close; then psychiatry."""
        yield clock.timeout(CENTRE_AT)
        while True:
            day = clock.now // HOURS_A_DAY
            self.kernels.open_centres(day, day - self._first_day)
            yield clock.timeout(DESKS_AT - CENTRE_AT)
            self.kernels.work_desks(day)
            self.kernels.work_mental(day)
            yield clock.timeout(HOURS_A_DAY - DESKS_AT + CENTRE_AT)

    def _hospital_days(self, clock: simpy.Environment) -> Process:
        """Emergency departments and wards, day and night, in exact order of events."""
        yield clock.timeout(HOSPITAL_AT)
        while True:
            self.kernels.work_hospitals(clock.now // HOURS_A_DAY)
            yield clock.timeout(HOURS_A_DAY)

    # --- steps -------------------------------------------------------------------------------------

    def _open_year(self, number: int) -> None:
        first, self._first_day = month_number(date(number, 1, 1)), day_number(date(number, 1, 1))
        months = [self._controls(m) for m in range(first, first + 12)]
        year.open_year(
            self.state, self.tables, self.region, number, months, *self._left_by_dialogues(number),
            self.record.new_cases[number - EPOCH.year], self.record.enrolled[first],
        )  # fmt: skip
        self._change_world()

    def _left_by_dialogues(self, number: int) -> tuple[Array, Array]:
        """What earlier health dialogues leave of onset and of the hazard of death, float64[M, AGES] each."""

        def coverage(invited: int) -> Array:
            known = max(invited, EPOCH.year)  # nobody was invited before: as on the first day
            invitation = controls.value_in("health_dialogue", date(known, 1, 1), self.changes, self.region)
            share: Array = invitation.mean(axis=2)
            return share if known == invited else np.zeros_like(share)

        p = self.region.parameters
        spared = p["prevention.dialogue_onset_reduction"], 1.0 - p["prevention.dialogue_death_ratio"]
        onset, death = (needs.left_after_dialogues(self.region, number, coverage, each) for each in spared)
        return onset, death

    def _open_month(self, month: int) -> None:
        values = self._controls(month)
        planned = self.tables.planned_admissions
        helped = capacity.pass_month(self.state, self.region, planned, self.staff, month, values, self.record)
        town = self.record.town[month]
        programmes.count_month(self.state, self.region, values, helped, town, self.record.programmes[month])
        self._change_world()
        self._month = month
        self._pass_month_of_lines(month)
        if values["telemonitoring"].any() or self.state.centre["team"].any():
            bound(causes.count_followed_month, self.world())(month)

    def _pass_month_of_lines(self, month: int) -> None:
        """Care is bought for some of those in line; what waiting and missing help bring is drawn for the month."""
        day, world = day_number(month_start(month)), self.world()
        if self.state.hospital["bought"].any():
            bound(ward.send_elsewhere, world)(day)
        if self.region.parameters["unmet.consequences"] > 0.0:
            bound(unmet.pass_month_unmet, world)(day)

    @property
    def kernels(self) -> Kernels:
        """The kernels of a day, with this month's world in place."""
        if self._kernels is None:
            self._kernels = Kernels.of(self.world())
        return self._kernels

    def world(self) -> World:
        """What kernels see this month."""
        if self._world is None:
            self._world = world_of(self._terms(), self.tables, self.state, self.record.month(self._month))
        return self._world

    def _change_world(self) -> None:
        """Have what kernels see made anew when it is asked for next: something else than its arrays' values changed."""
        self._world = self._kernels = None

    def _terms(self) -> Terms:
        norm, rules = self.state.normaliser[norms.ADMISSION_NORM], rules_of(self.region)
        rules["home_help_alone"], rules["home_help_with"] = municipal.help_shares(self.state, self.region)
        rules["ordinary_stay"], rules["unmet_sent"] = self.state.normaliser[norms.STAY_NORM], self._unmet_is_sent
        return Terms(
            rules=rules,
            keys=purpose_keys(int(self.state.seed[0])),
            offer=offers_of(self.region, self._controls(self._month)),
            admission=np.multiply.outer(self.tables.admission_by_risk, self.tables.admission_effect / norm),
            referral=self.tables.referral_effect / self.state.normaliser[norms.REFERRAL_NORM],
            lines=self.region.units.first,
            log=self.log,
            logged=self.logged,
            followed=self.followed,
        )


class YearBefore(Simulation):
    """The last months of 2022: people and staff stay as they are while books, beds and lines fill.

    Without it the first years tell of an empty county: nobody waits, everybody is seen by whom they like, and what
    people are used to is a year that never was.
    """

    _unmet_is_sent = False

    def __init__(self, region: Region, seed: int) -> None:
        """Begin with nobody in bed and no visit booked."""
        self._prepare(region, (), NO_LOG)
        self.months = round(region.parameters["start.months_before"])
        first = day_number(month_start(-self.months))
        self.state = first_state(region, self.tables, seed, self._controls(0), first)
        # Two years, so that the month before the first is an empty one.
        self.record = Record.empty(sizes_of(region.units, len(region.professions), 2))

    def settled(self) -> State:
        """Let the months pass and return the state of 1 January 2023."""
        if self.months:
            controls = [self._controls(0)] * 12
            year.open_year_before(self.state, self.tables, self.region, EPOCH.year - 1, controls)
            self.run(EPOCH)
            learn_load(self.state, self.record, self.region, self.months)
            self._learn_unmet()
            recall_use(self.state, self.region)
            groups.renew_list(self.state, self.tables, self.region, EPOCH.year)
        return self.state

    def _learn_unmet(self) -> None:
        """Take what unmet need brought in the last half of the months for what rates count already."""
        half = max(self.months // 2, 1)
        brought = self.record.unmet[-half:].sum(axis=(0, 1)) * (12.0 / half)
        norms.set_norms(self.state, self.tables, brought)
        town = self.record.town[-half:].sum(axis=0)
        missing = np.maximum(town[:, HELP_NEEDED] - town[:, HELP_GIVEN], 0.0)
        self.state.municipality["help_gap_at_start"] = missing / np.maximum(town[:, HELP_NEEDED], 1.0)

    def _years(self, clock: simpy.Environment) -> Process:
        """Nobody grows older; the visits of the year are forgotten, the GPs seen are not."""
        yield _until(clock, date(EPOCH.year - 1, 12, 31), CENSUS_AT)
        continuity.begin_year(self.state.relation)
        self.state.point = self.state.point[:0]

    def _open_month(self, month: int) -> None:
        planned = self.tables.planned_admissions
        capacity.hold_month(self.state, self.region, planned, self.staff, month, self._controls(0), self.record)
        self._change_world()
        self._month = month
        self._pass_month_of_lines(month)


def _values_in(month: date, changes: tuple[Change, ...], region: Region) -> dict[str, Array]:
    """Value of every control in a month, as far as what it brings is staffed."""
    today = {name: control.baseline for name, control in controls.CONTROLS.items()}
    return as_staffed(controls.values_in(month, changes, region), today, region)


def _until(clock: simpy.Environment, when: date, hour: int) -> simpy.Event:
    """Wait until an hour of a date; at least a moment, so that time always advances."""
    return clock.timeout(max(day_number(when) * HOURS_A_DAY + hour - clock.now, 0))
