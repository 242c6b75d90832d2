"""Beds by specialty: one's own ward first, whom the hospital counts as what, who waits for the municipality."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import binom
from small_county import MONTHS, History
from small_hospital import HOUR, house, in_order, live, of_ages, times
from small_system import DAY, events_of, random_world, run_kernels, with_needs

from simulator.care.offer import COORDINATION, REVIEW
from simulator.care.ward import MEDICINE, OUTLYING, SURGERY
from simulator.controls import values_in
from simulator.core.log import ADMITTED, BOARDING, DISCHARGED, ED_ARRIVAL, READY
from simulator.core.record import (
    AFTER_FALL,
    AVOIDABLE,
    COMPLEX_ADMITTED,
    COMPLEX_BED_DAYS,
    HIP_FRACTURE,
    READMITTED,
    WAS_PLANNED,
)
from simulator.core.state import COMPLEX, HOME_NURSING, SPECIAL_HOUSING, WARD_MASK
from simulator.core.world import World
from simulator.people.demography import DIES
from simulator.region.axes import ELECTIVE, EMERGENCY
from simulator.region.pack import Region
from simulator.staff import capacity
from simulator.start import first_state
from simulator.tables import tables_of

OTHER_WARD = 2


def wards(people: int, medicine: int, surgery: int, other: int = 0) -> World:
    """A hospital whose admissions all belong in medicine."""
    world = of_ages(house(people=people, places=people, beds=medicine + surgery + other), [5] * people)
    world.ward_beds[0] = (medicine, surgery, other)
    world.cause[:], world.ward[:] = 0.0, 1.0
    return world


def in_wards(world: World) -> list[int]:
    """Ward of each person's bed, -1 without one."""
    return [int(bed & WARD_MASK) - 1 for bed in world.relation["bed"] % (1 << 15) * (world.relation["bed"] < 1 << 15)]


def test_ones_own_ward_first_then_the_one_with_most_room_and_that_is_counted() -> None:
    world = wards(4, medicine=1, surgery=1, other=2)
    world = live(world, 1, *[(0, (9 + n) * HOUR, n, EMERGENCY) for n in range(4)])
    assert in_wards(world) == [MEDICINE, OTHER_WARD, SURGERY, OTHER_WARD]
    assert world.ward_days[0].tolist() == [1, 1, 2, 3]
    assert world.ward_days[0, OUTLYING] == 3


def test_a_bed_of_ones_own_ward_is_taken_though_others_have_more_room() -> None:
    world = wards(2, medicine=2, surgery=9)
    world = live(world, 1, *[(0, (9 + n) * HOUR, n, EMERGENCY) for n in range(2)])
    assert in_wards(world) == [MEDICINE, MEDICINE]
    assert world.ward_days[0, OUTLYING] == 0


def test_whoever_finds_no_bed_in_any_ward_boards() -> None:
    world = wards(3, medicine=1, surgery=1)
    world = live(world, 1, *[(0, (9 + n) * HOUR, n, EMERGENCY) for n in range(3)])
    assert in_order(world, BOARDING) == [0, 1, 2]
    assert in_order(world, ADMITTED) == [0, 1]


@pytest.mark.parametrize(
    ("shares", "ward"), [([1.0, 1, 1, 1], MEDICINE), ([0.0, 1, 1, 1], MEDICINE), ([0.0, 0, 1, 1], MEDICINE),
                         ([0.0, 0, 0, 1], SURGERY), ([0.0, 0, 0, 0], OTHER_WARD)]
)  # fmt: skip
def test_the_cause_decides_the_ward_and_age_only_for_the_rest(shares: list[float], ward: int) -> None:
    """Heart failure, lungs, diabetes; falls; something else, which at this age belongs in the third ward."""
    world = wards(1, 1, 1, 1)
    world.cause[:], world.ward[:] = shares, 0.0
    assert in_wards(live(world, 1, (0, 9 * HOUR, 0, EMERGENCY))) == [ward]


def test_planned_admissions_have_a_mix_of_their_own() -> None:
    world = wards(1, 1, 1, 1)
    world.pool["service"][world.hospital["line"]] = 1
    world.cause[:], world.ward[0], world.ward[1] = 1.0, 1.0, 0.0
    world = live(world, 2, (0, HOUR, 0, ELECTIVE))
    assert in_wards(world) == [OTHER_WARD]
    assert world.cases[:, WAS_PLANNED].sum() == 1
    assert world.cases[:, [AVOIDABLE, AFTER_FALL, HIP_FRACTURE, READMITTED]].sum() == 0


def test_wards_have_the_shares_of_the_county(county: Region) -> None:
    """2 000 admissions of one age without falls; the exact 99.99 % interval: a share 0.06 off would be found."""
    group, tables = 6, tables_of(county)
    world = of_ages(house(people=2_000, places=2_000, beds=2_000), [group] * 2_000)
    world = world._replace(
        ward=tables.ward, stay_end=np.zeros((1, 2_048), np.int64), stay_patient=np.zeros((1, 2_048), np.int64),
        ed_end=np.zeros((1, 2_048), np.int64), ed_patient=np.zeros((1, 2_048), np.int64),
        ed_due=np.zeros((1, 64, 2_048), np.int64), ed_queue=np.zeros((1, 3, 2_048), np.int64),
        boarding=np.zeros((1, 2_048), np.int64),
    )  # fmt: skip
    world.ward_beds[:], world.hospital["beds"], world.cause[:] = 2_000, 6_000, 0.0
    world = live(world, 1, *[(0, 9 * HOUR + n, n, EMERGENCY) for n in range(2_000)])
    found = np.bincount(in_wards(world), minlength=3)
    for count, share in zip(found, county.hospital_mix["ward_acute"][group], strict=True):
        low, high = binom.interval(0.9999, 2_000, share)
        assert low <= count <= high


@pytest.mark.parametrize("smallest", [False, True])
def test_ward_beds_sum_to_the_hospitals_beds_in_every_month(county, small_region, smallest: bool) -> None:
    region = small_region if smallest else county
    state = first_state(region, tables_of(region), 1, values_in(date(2023, 1, 1), (), region))
    for factor in (1.0, 0.6, 1.37, 0.0):
        for month in range(1, 13):
            controls = values_in(date(2023, month, 1), (), region) | {"beds": np.full(len(region.hospitals), factor)}
            capacity.set_hospitals(state, region, date(2023, month, 1), controls)
            open_beds = region.beds_summer if month == 7 else region.beds
            assert np.array_equal(state.hospital["beds"], np.rint(open_beds * factor))
            assert np.array_equal(state.ward_beds.sum(axis=1), state.hospital["beds"])
            assert (state.ward_beds >= 0).all()
    assert (county.beds_summer < county.beds).all()


# --- what an admission is counted as ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "shares", "avoidable", "fall", "hip"),
    [(5, [1.0, 1, 1, 1], 1, 0, 0), (1, [0.0, 0, 1, 1], 1, 0, 0), (0, [0.0, 1, 1, 1], 0, 0, 0),
     (8, [0.0, 0, 0, 1], 0, 1, 1), (5, [0.0, 0, 0, 0], 0, 0, 0)],
)  # fmt: skip
def test_avoidable_are_adults_of_three_causes_and_hips_break_in_falls(age, shares, avoidable, fall, hip) -> None:
    world = of_ages(wards(1, 1, 1, 1), [age])
    world.cause[:], world.hip[:] = shares, 1.0
    world = live(world, 1, (0, 9 * HOUR, 0, EMERGENCY))
    assert world.cases[age, [AVOIDABLE, AFTER_FALL, HIP_FRACTURE, WAS_PLANNED]].tolist() == [avoidable, fall, hip, 0]
    assert world.cases.sum() == avoidable + fall + hip


def test_readmissions_are_emergencies_within_30_days_of_going_home() -> None:
    world = wards(3, 3, 0)
    needs = [(0, 9 * HOUR, n, EMERGENCY) for n in range(3)]
    again = [(31, 9 * HOUR, 0, EMERGENCY), (32, 9 * HOUR, 1, EMERGENCY)]
    world = live(world, 34, *needs, *again)
    assert sorted(times(world, DISCHARGED).values()) == [DAY + 10 * HOUR] * 3
    assert in_order(world, ADMITTED) == [0, 1, 2, 0, 1]
    assert world.cases[:, READMITTED].sum() == 1, "the 30th day counts, the 31st does not"


def test_use_by_the_complex_is_counted_apart() -> None:
    world = wards(2, 2, 0)
    world.person["status"][0] |= COMPLEX
    world = live(world, 3, (0, 9 * HOUR, 0, EMERGENCY), (0, 9 * HOUR, 1, EMERGENCY))
    assert world.complex_use[[COMPLEX_ADMITTED, COMPLEX_BED_DAYS]].tolist() == [1, 1]
    assert world.admissions.sum() == world.bed_days.sum() == 2


def test_the_smallest_region_counts_only_what_can_be(history: History) -> None:
    record, state = history.simulation.record, history.simulation.state
    cases = record.cases[:MONTHS].reshape(MONTHS, -1, 9, 5).sum(axis=(0, 1))
    admitted = record.admissions[:MONTHS].reshape(MONTHS, -1, 9).sum(axis=(0, 1))
    assert cases[0, AVOIDABLE] == 0
    assert (cases[:, HIP_FRACTURE] <= cases[:, AFTER_FALL]).all()
    assert (cases[:, [AVOIDABLE, AFTER_FALL, WAS_PLANNED]].sum(axis=1) <= admitted).all()
    assert (cases[:, READMITTED] <= admitted - cases[:, WAS_PLANNED]).all()
    assert (cases.sum(axis=0) > 20).all(), "each is there to be counted"
    called = history.simulation.record.guarantee[:MONTHS, :, 1, 1].sum()
    assert 0 < called < cases[:, WAS_PLANNED].sum(), "who cannot wait is not counted"
    assert state.ward_occupied.sum() == state.hospital["occupied"].sum()


# --- ready for discharge ------------------------------------------------------------------------------------


def needing_reception(people: int = 3, receptions: float = 0.0) -> World:
    """Everybody goes home only when the one municipality has prepared for it."""
    world = wards(people, people, 0)
    world.new_need[:] = 1.0
    world.municipality["receptions"] = receptions
    return world


def test_who_cannot_be_received_waits_until_tomorrow_and_is_asked_for_again() -> None:
    world = with_needs(needing_reception(1), [(0, 9 * HOUR, 0, EMERGENCY, 0)])
    run_kernels(world, 0, 3)
    asked = [int(t) for t, k, *_ in events_of(world) if k == READY]
    assert asked == [DAY + 10 * HOUR, 2 * DAY]
    world.municipality["receptions"] = 1.0
    run_kernels(world, 3, 5)
    assert times(world, DISCHARGED) == {0: 3 * DAY}
    assert world.ready_seconds[0] == DAY + 14 * HOUR
    assert world.reception[0].tolist() == [1, 0, 0], "received, but not on the day"
    assert world.bed_days.sum() == 3


def test_who_waits_since_yesterday_comes_before_who_is_ready_today() -> None:
    """One a day: who was ready in the evening goes home next midnight, though another is ready that morning."""
    world = needing_reception(2)
    world = with_needs(world, [(0, 20 * HOUR, 0, EMERGENCY, 0), (1, 5 * HOUR, 1, EMERGENCY, 0)])
    run_kernels(world, 0, 2)
    world.municipality["receptions"] = 1.0
    run_kernels(world, 2, 5)
    assert times(world, DISCHARGED) == {0: 2 * DAY, 1: 3 * DAY}


def test_whom_the_municipality_receives_at_once_goes_home_the_same_day() -> None:
    world = live(needing_reception(1, receptions=1.0), 3, (0, 9 * HOUR, 0, EMERGENCY))
    assert times(world, DISCHARGED) == {0: DAY + 10 * HOUR}
    assert world.reception[0].tolist() == [1, 1, 0]
    assert world.ready_seconds[0] == 0


def test_first_come_first_received() -> None:
    """One a day: of three who were ready in the morning one after the other, one goes home as each day begins."""
    world = needing_reception(3)
    world = with_needs(world, [(0, (6 + n) * HOUR, n, EMERGENCY, 0) for n in (2, 0, 1)])
    run_kernels(world, 0, 2)
    world.municipality["receptions"] = 1.0
    run_kernels(world, 2, 6)
    gone = times(world, DISCHARGED)
    assert [gone[n] for n in (0, 1, 2)] == [2 * DAY, 3 * DAY, 4 * DAY]


def test_who_dies_while_ready_leaves_the_bed_and_is_not_received() -> None:
    world = needing_reception(1)
    world = world._replace(coming=np.array([[2, DIES, 0, -1]], np.int64))
    world = live(world, 4, (0, 15 * HOUR, 0, EMERGENCY))
    assert times(world, DISCHARGED) == {0: 2 * DAY}
    assert world.reception[0].tolist() == [1, 0, 0]
    assert world.ready_seconds[0] == 8 * HOUR, "from 16 to midnight"
    assert world.ward_occupied.sum() == 0


def test_residents_of_special_housing_return_to_their_place_at_once() -> None:
    world = needing_reception(1)
    world.person["status"] |= SPECIAL_HOUSING
    world = live(world, 3, (0, 9 * HOUR, 0, EMERGENCY))
    assert times(world, DISCHARGED) == {0: DAY + 10 * HOUR}
    assert world.reception.sum() == 0


@pytest.mark.parametrize(("home", "share"), [(True, 1.0), (True, 0.0), (False, 0.0)])
def test_home_nursing_patients_are_received_by_a_share_of_their_own(home: bool, share: float) -> None:
    world = needing_reception(1)
    world.new_need[:] = 1.0 - share if home else share
    world.rules["home_nursing_reception_share"] = share
    if home:
        world.person["status"] |= HOME_NURSING
    world = live(world, 3, (0, 9 * HOUR, 0, EMERGENCY))
    assert world.reception[0, 0] == share


def test_a_coordinated_discharge_is_shorter_by_no_more_than_its_headroom() -> None:
    """Only where the municipality must receive the patient, and never below an hour."""
    lengths = {}
    for coordinated, new_need in ((0.0, 1.0), (1.0, 1.0), (1.0, 0.0)):
        world = needing_reception(1, receptions=1.0)
        world.new_need[:], world.offer[COORDINATION] = new_need, coordinated
        world.rules["coordinated_seconds"], world.rules["coordinated_readmission"] = 3 * HOUR, 1.0
        world = live(world, 3, (0, 9 * HOUR, 0, EMERGENCY))
        lengths[coordinated, new_need] = times(world, DISCHARGED)[0] - times(world, ADMITTED)[0]
    assert lengths == {(0.0, 1.0): 24 * HOUR, (1.0, 1.0): 21 * HOUR, (1.0, 0.0): 24 * HOUR}


@pytest.mark.parametrize(("bit", "team", "hours"), [(COMPLEX, 1.0, 18), (COMPLEX, 0.0, 24), (0, 1.0, 24)])
def test_whom_a_team_follows_stays_shorter(bit: int, team: float, hours: int) -> None:
    world = needing_reception(1, receptions=1.0)
    world.new_need[:], world.centre["team"], world.rules["team_stay"] = 0.0, team, -0.25
    world.person["status"] |= bit
    world = live(world, 3, (0, 9 * HOUR, 0, EMERGENCY))
    assert times(world, DISCHARGED)[0] - times(world, ADMITTED)[0] == hours * HOUR


def test_coordination_has_little_headroom_in_the_county(county: Region) -> None:
    """The pack leaves a fifth of the published 0.73 days: with everything coordinated 3.5 hours a stay."""
    from simulator.tables import rules_of

    p, rules = county.parameters, rules_of(county)[0]
    left = p["discharge.headroom"] * p["discharge.coordinated_days"]
    assert rules["coordinated_seconds"] == pytest.approx(left * DAY)
    assert rules["coordinated_seconds"] < 0.05 * p["hospital.length_of_stay_days"] * DAY
    assert 0.97 < rules["coordinated_readmission"] < 1.0


def returning(who: str) -> int:
    """Emergencies in 40 days of 200 patients, all of whom would return without what lowers readmission."""
    world = of_ages(house(people=200, places=60, beds=60), [5 if who != "young" else 2] * 200)
    world = world._replace(stay_end=np.zeros((1, 256), np.int64), stay_patient=np.zeros((1, 256), np.int64))
    world.hospital["beds"], world.ward_beds[0, 0] = 200, 200
    world.rules["readmission_share"], world.rules["returns_spared"] = 0.5, 1.0
    world.offer[REVIEW] = 0.5
    world.rules["coordinated_readmission"] = 0.0
    if who == "coordinated":
        world.new_need[:], world.offer[COORDINATION] = 1.0, 1.0
        world.municipality["receptions"] = 200.0
    world = live(world, 3, *[(0, 9 * HOUR + 60 * n, n, EMERGENCY) for n in range(200)])
    return int(world.ed_due_count.sum()) + len(in_order(world, ED_ARRIVAL)) - 200


def test_reviews_and_coordination_lower_readmission_of_those_whom_they_reach() -> None:
    """200 stays: half of the young return, a quarter of those of 65 and over with reviews, none when coordinated."""
    for who, share in (("young", 0.5), ("old", 0.25)):
        low, high = binom.interval(0.9999, 200, share)
        assert low <= returning(who) <= high
    assert returning("coordinated") == 0


@pytest.mark.parametrize("seed", range(8))
def test_wards_make_up_the_hospital_every_day(seed: int) -> None:
    world = random_world(seed, 12, shared=bool(seed % 2))
    for day in range(12):
        run_kernels(world, day, day + 1)
        assert np.array_equal(world.ward_occupied.sum(axis=1), world.hospital["occupied"])
        assert (world.ward_occupied >= 0).all()
        assert (world.ward_occupied <= world.ward_beds).all()
    assert world.ward_days[:, :OUTLYING].sum() == world.bed_days.sum()
    assert world.ward_days[:, OUTLYING].sum() <= world.admissions.sum()
