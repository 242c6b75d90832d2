"""The last illness: who is taken to hospital, who stays there until death, and where people die."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom
from small_hospital import HOUR, house, in_order, times
from small_system import DAY, events_of, run_kernels, with_needs, world_of

from simulator.care import comings
from simulator.core.log import ADMITTED, BOARDING, DIED, DISCHARGED, ED_ARRIVAL, HOME_CARE, LAST_ILLNESS, READY
from simulator.core.record import (
    ADMITTED_LAST_YEAR,
    DAYS_OF_LAST_90,
    DAYS_OF_LAST_YEAR,
    IN_HOSPITAL_BED,
    IN_HOUSING,
    IN_OWN_HOME,
    REQUESTED,
    WITH_NURSING,
)
from simulator.core.state import HOME_NURSING, IN_HOSPITAL, PRESENT, SPECIAL_HOUSING, WAS_IN_HOSPITAL
from simulator.core.units import UNIT_ED
from simulator.core.world import World
from simulator.people.demography import DIES, FALLS_ILL_LAST, LEAVES
from simulator.people.demography import in_order as sorted_rows
from simulator.region.axes import EMERGENCY

SHARES = ("last_illness_home", "last_illness_nursing", "last_illness_housing")
AT_HOME, NURSED, HOUSED = 0, HOME_NURSING, SPECIAL_HOUSING


def ill(world: World, *rows: tuple[int, int, int], share: float = 1.0) -> World:
    """The world with events (day, kind, person) to come, and a share of last illnesses that ends in hospital."""
    for name in SHARES:
        world.rules[name] = share
    coming = np.array([(*row, -1) for row in rows], np.int64)
    return world._replace(coming=sorted_rows(coming))


def dying(world: World, from_day: int, to_day: int, slot: int = 0) -> World:
    return ill(world, (from_day, FALLS_ILL_LAST, slot), (to_day, DIES, slot))


def test_a_last_illness_is_admitted_whatever_the_chance_and_stays_until_death() -> None:
    """Nobody else is admitted, and others' stays last a day."""
    world = dying(house(admitted=0.0), 1, 9)
    run_kernels(world, 0, 12)
    (begun,) = times(world, LAST_ILLNESS).values()
    assert begun // DAY == 1
    assert times(world, ED_ARRIVAL) == {0: begun}
    assert times(world, ADMITTED) == {0: begun + HOUR}
    assert times(world, DISCHARGED) == times(world, DIED) == {0: 9 * DAY}
    assert not times(world, READY)
    assert world.bed_days.sum() == 9 - (begun + HOUR) // DAY
    assert world.last_days[0, [IN_HOSPITAL_BED, ADMITTED_LAST_YEAR]].tolist() == [1, 1]
    assert world.hospital["occupied"] == world.ward_occupied.sum() == 0


def test_a_hospital_at_home_does_not_take_the_dying() -> None:
    """Nor does the municipality have to receive them."""
    world = house()
    world.hospital["home_beds"], world.new_need[:] = 5, 1.0
    world.rules["home_care_share"] = 1.0
    world = dying(world, 0, 5)
    run_kernels(world, 0, 6)
    assert not in_order(world, HOME_CARE)
    assert in_order(world, ADMITTED) == [0]
    assert world.reception.sum() == 0
    assert times(world, DISCHARGED) == {0: 5 * DAY}


def test_with_a_share_of_nothing_a_last_illness_ends_at_home() -> None:
    world = dying(house(), 1, 5)
    for name in SHARES:
        world.rules[name] = 0.0
    run_kernels(world, 0, 7)
    assert [int(kind) for _, kind, *_ in events_of(world)] == [DIED]
    assert world.background["dying"].sum() == 0
    assert world.last_days[0].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]


@pytest.mark.parametrize("setting", [AT_HOME, NURSED, HOUSED])
def test_where_people_are_cared_for_decides_the_share(setting: int) -> None:
    """2 000 people and a share of 0.3 here, of nothing in the other settings: 0.25 or 0.35 would be found."""
    n = 2_000
    world = world_of(people=n, queue=4_096)
    world.person["status"] |= setting
    world = ill(world, *[(0, FALLS_ILL_LAST, slot) for slot in range(n)], share=0.0)
    world.rules[SHARES[{AT_HOME: 0, NURSED: 1, HOUSED: 2}[setting]]] = 0.3
    comings.live_day(world, 0)
    low, high = binom.interval(0.9999, n, 0.3)
    taken = world.background["dying"]
    assert low <= taken.sum() <= high
    assert world.ledger[world.lines[UNIT_ED], REQUESTED] == taken.sum()
    same = ill(world, *[(0, FALLS_ILL_LAST, slot) for slot in range(n)], share=0.5)
    same.coming_next[0] = 0
    comings.live_day(same, 0)
    assert (same.background["dying"] >= taken).all(), "a higher share takes the same people, and more"


def test_who_is_in_hospital_already_stays_there_and_does_not_come_again() -> None:
    world = dying(house(), 1, 9)
    world = with_needs(world, [(0, 9 * HOUR, 0, EMERGENCY, 0)])
    run_kernels(world, 0, 12)
    assert in_order(world, ED_ARRIVAL) == in_order(world, ADMITTED) == [0], "once"
    assert times(world, ADMITTED) == {0: 10 * HOUR}
    assert times(world, DISCHARGED) == {0: 9 * DAY}


def test_who_waits_to_be_received_and_falls_ill_for_the_last_time_waits_no_longer() -> None:
    """Ready on the second morning; the hours until the midnight before the illness are counted, and no more."""
    world = house()
    world.new_need[:], world.cause[:] = 1.0, 0.0
    world = with_needs(dying(world, 3, 9), [(0, 9 * HOUR, 0, EMERGENCY, 0)])
    run_kernels(world, 0, 12)
    assert [int(t) for t, kind, *_ in events_of(world) if kind == READY] == [DAY + 10 * HOUR, 2 * DAY]
    assert world.ready_seconds[0] == 3 * DAY - (DAY + 10 * HOUR)
    assert times(world, DISCHARGED) == {0: 9 * DAY}
    assert world.reception[0].tolist() == [1, 0, 0]


@pytest.mark.parametrize("first", [LEAVES, DIES])
def test_who_has_gone_before_does_not_fall_ill(first: int) -> None:
    world = ill(house(), (0, first, 0), (1, FALLS_ILL_LAST, 0), (5, DIES, 0))
    run_kernels(world, 0, 7)
    assert not times(world, LAST_ILLNESS)
    assert not times(world, ED_ARRIVAL)
    assert world.deaths.sum() == (first == DIES)


def test_on_the_last_day_itself_there_is_no_illness() -> None:
    world = dying(house(), 3, 3)
    run_kernels(world, 0, 6)
    assert [int(kind) for _, kind, *_ in events_of(world)] == [DIED]


def test_who_finds_no_bed_boards_and_dies_there() -> None:
    """With the only bed taken by somebody who stays; the next has it afterwards, and not who died before."""
    world = house(people=3, places=3, beds=1)
    world = ill(world, (0, FALLS_ILL_LAST, 0), (1, FALLS_ILL_LAST, 1), (4, DIES, 1), (8, DIES, 0))
    world = with_needs(world, [(5, 9 * HOUR, 2, EMERGENCY, 0)])
    run_kernels(world, 0, 11)
    assert in_order(world, BOARDING) == [0, 1, 2]
    assert in_order(world, ADMITTED) == [0, 2]
    assert times(world, ADMITTED)[2] == 8 * DAY, "as the bed is left, at midnight"


@pytest.mark.parametrize(
    ("status", "place"),
    [
        (PRESENT, IN_OWN_HOME),
        (PRESENT | HOME_NURSING, WITH_NURSING),
        (PRESENT | SPECIAL_HOUSING, IN_HOUSING),
        (PRESENT | IN_HOSPITAL, IN_HOSPITAL_BED),
        (PRESENT | IN_HOSPITAL | SPECIAL_HOUSING, IN_HOSPITAL_BED),
        (PRESENT | IN_HOSPITAL | HOME_NURSING, IN_HOSPITAL_BED),
    ],
)
def test_deaths_are_counted_where_they_happen(status: int, place: int) -> None:
    world = ill(world_of(), (0, DIES, 0))
    world.person["status"], world.municipality["residents"] = status, 1
    world.person["cell"] = 4
    comings.live_day(world, 0)
    assert np.flatnonzero(world.last_days[4, : IN_OWN_HOME + 1]).tolist() == [place]
    assert world.last_days.sum() == 1 + (status & IN_HOSPITAL != 0)
    assert world.deaths[4] == 1


def test_who_moves_away_dies_nowhere() -> None:
    world = ill(world_of(), (0, LEAVES, 0))
    comings.live_day(world, 0)
    assert not world.last_days.any()


@pytest.mark.parametrize(("since", "counted"), [(0, 1), (365, 1), (366, 0), (None, 0)])
def test_in_hospital_within_a_year_is_counted_from_the_day_of_going_home(since: int | None, counted: int) -> None:
    """Day 400 of the calendar; whoever never was in hospital has no such day."""
    world = ill(world_of(days=500), (400, DIES, 0))
    if since is not None:
        world.relation["bed"] = WAS_IN_HOSPITAL | (400 - since + 365)  # days are counted from 1 January 2022
    comings.live_day(world, 400)
    assert world.last_days[0, ADMITTED_LAST_YEAR] == counted


def test_days_in_bed_are_those_of_the_last_year_and_of_the_last_ninety_days() -> None:
    """Three in bed every midnight: one dies in 91 days, one in 366, one has no day of death."""
    world = house(people=3, places=3, beds=3)
    world.dies_on[:2] = 91, 366
    world.stay_quantile[:] = 5.0
    world = with_needs(world, [(0, 9 * HOUR, slot, EMERGENCY, 0) for slot in range(3)])
    run_kernels(world, 0, 1)
    assert world.bed_days.sum() == 3
    assert world.last_days.sum(axis=0)[[DAYS_OF_LAST_YEAR, DAYS_OF_LAST_90]].tolist() == [1, 0]
    run_kernels(world, 1, 2)
    assert world.last_days.sum(axis=0)[[DAYS_OF_LAST_YEAR, DAYS_OF_LAST_90]].tolist() == [3, 1]
