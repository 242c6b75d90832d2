"""Emergency department and wards, rule by rule, on a system small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pytest
from small_hospital import HOUR, house, live, times
from small_system import DAY, events_of, random_world, run_kernels, with_needs, world_of

from simulator.core.log import ADMITTED, BOARDING, DISCHARGED, ED_ARRIVAL, GAVE_UP, TREATMENT_START
from simulator.core.record import REQUESTED, SERVED, WITHDRAWN
from simulator.core.state import IN_HOSPITAL
from simulator.core.units import UNIT_ED, UNIT_WARD
from simulator.core.words import CASE_BITS, SLOT_MASK
from simulator.people.demography import DIES
from simulator.region.axes import ELECTIVE, EMERGENCY


def test_one_emergency_from_door_to_discharge() -> None:
    world = live(house(), 3, (0, 9 * HOUR, 0, EMERGENCY))
    kinds = [ED_ARRIVAL, TREATMENT_START, BOARDING, ADMITTED, DISCHARGED]
    assert [times(world, kind)[0] // HOUR for kind in kinds] == [9, 9, 10, 10, 34]
    assert world.bed_days.sum() == 1
    assert world.occupied.sum() == DAY
    assert not world.person["status"][0] & IN_HOSPITAL


def test_a_full_ward_makes_people_board_in_order() -> None:
    world = live(house(places=4), 5, *[(0, (9 + slot) * HOUR, slot, EMERGENCY) for slot in range(4)])
    assert [times(world, ADMITTED)[slot] // HOUR for slot in range(4)] == [10, 34, 58, 82]
    assert world.boarded[0] == (23 + 46 + 69) * HOUR


def test_boarders_come_before_planned_admissions_and_the_reserve_is_kept() -> None:
    world = house(beds=2, admitted=0.0)
    world.hospital["reserve"] = 1
    world.pool["service"][world.hospital["line"]] = 9
    world = live(world, 3, (0, 1 * HOUR, 0, ELECTIVE), (0, 2 * HOUR, 1, ELECTIVE))
    called = times(world, ADMITTED)
    assert called[0] == DAY + 10 * HOUR
    assert 1 not in called or called[1] >= 2 * DAY + 10 * HOUR


def test_no_more_planned_admissions_a_day_than_the_ward_calls() -> None:
    world = house(people=6, beds=9)
    world.pool["service"][world.hospital["line"]] = 2
    world = live(world, 4, *[(0, HOUR, slot, ELECTIVE) for slot in range(6)])
    assert sorted(t // DAY for t in times(world, ADMITTED).values()) == [1, 1, 2, 2, 3, 3]


def test_whoever_waits_longer_than_patience_for_a_planned_admission_gives_up_though_beds_are_full() -> None:
    world = house(beds=0)
    line = world.hospital["line"][0]
    world.pool["service"][line], world.pool["patience"][line] = 2, 2 * DAY
    world = live(world, 5, (0, 9 * HOUR, 0, ELECTIVE), (1, 12 * HOUR, 1, ELECTIVE))
    assert times(world, GAVE_UP) == {0: 2 * DAY + 10 * HOUR, 1: 4 * DAY + 10 * HOUR}
    assert world.ledger[line, [REQUESTED, WITHDRAWN]].tolist() == [2, 2]


def test_planned_admissions_wait_for_an_open_day() -> None:
    world = house(beds=9)
    world.opening[:3] = 0
    world.pool["service"][world.hospital["line"]] = 2
    assert times(live(world, 5, (0, HOUR, 0, ELECTIVE)), ADMITTED) == {0: 3 * DAY + 10 * HOUR}


def test_some_return_as_emergencies_within_30_days() -> None:
    world = house(admitted=1.0)
    world.rules["readmission_share"] = 1.0
    world = live(world, 40, (0, 9 * HOUR, 0, EMERGENCY))
    came = [int(t) for t, k, *_ in events_of(world) if k == ED_ARRIVAL]
    left = [int(t) for t, k, *_ in events_of(world) if k == DISCHARGED]
    assert len(came) >= 2
    assert all(DAY <= back - out <= 30 * DAY for back, out in zip(came[1:], left, strict=False))


def test_the_dead_leave_their_bed_at_midnight_and_do_not_return() -> None:
    world = house()
    world.rules["readmission_share"] = 1.0
    world = world._replace(coming=np.array([[1, DIES, 0, -1]], np.int64))
    world.stay[:] = 9.0
    world = live(world, 40, (0, 9 * HOUR, 0, EMERGENCY), (0, 12 * HOUR, 1, EMERGENCY))
    assert times(world, DISCHARGED)[0] == DAY
    assert times(world, ADMITTED)[1] == DAY
    assert [int(p) for _, k, p, *_ in events_of(world) if k == ED_ARRIVAL].count(0) == 1


def test_who_dies_in_the_waiting_room_is_not_treated() -> None:
    world = house(places=0)
    world = world._replace(coming=np.array([[1, DIES, 0, -1]], np.int64))
    world = with_needs(world, [(0, 9 * HOUR, 0, EMERGENCY, 0)])
    run_kernels(world, 0, 1)
    world.hospital["places"] = 1
    run_kernels(world, 1, 2)
    assert not times(world, TREATMENT_START)
    assert world.ledger[world.lines[UNIT_ED], [REQUESTED, SERVED, WITHDRAWN]].tolist() == [1, 0, 1]


def test_beds_closed_while_taken_empty_first() -> None:
    world = house(beds=3)
    world.hospital["places"] = 4
    world = with_needs(world, [(day, 9 * HOUR, slot, EMERGENCY, 0) for day, slot in ((0, 0), (0, 1), (0, 2), (1, 3))])
    world.stay[:] = 2.0
    run_kernels(world, 0, 1)
    world.hospital["beds"] = 1
    run_kernels(world, 1, 5)
    assert times(world, ADMITTED)[3] == times(world, DISCHARGED)[2] == 2 * DAY + 10 * HOUR
    assert world.hospital["occupied"][0] <= 1


def test_the_county_hospital_takes_what_is_passed_on() -> None:
    world = world_of(k=2)
    world.person["hospital"], world.hospital["places"] = 1, 1
    world.hospital["passes_on"] = (0.0, 1.0)
    world = live(world, 1, (0, 9 * HOUR, 0, EMERGENCY))
    assert [int(u) for _, k, _, u, _ in events_of(world) if k == TREATMENT_START] == [0]


@pytest.mark.parametrize("seed", range(10))
def test_places_and_beds_are_never_overfull(seed: int) -> None:
    world = random_world(seed, 10)
    for day in range(10):
        run_kernels(world, day, day + 1)
        assert (world.hospital["occupied"] <= world.hospital["beds"]).all()
        assert (world.hospital["busy"] <= world.hospital["places"]).all()
        in_bed = sorted(
            (int(word) >> CASE_BITS) & SLOT_MASK
            for k, n in enumerate(world.hospital["occupied"])
            for word in world.stay_patient[k, :n]
        )
        assert in_bed == np.flatnonzero(world.person["status"] & IN_HOSPITAL).tolist()
    assert world.ledger[world.lines[UNIT_WARD] :, SERVED].sum() == world.admissions.sum()
