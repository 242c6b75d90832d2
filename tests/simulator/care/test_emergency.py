"""The emergency department: the most urgent first, whoever came first among equals; hospital care at home."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from small_hospital import HOUR, house, in_order, live, of_ages, times
from small_system import DAY, events_of, random_world, run_kernels, with_needs

from simulator.care import causes
from simulator.care.causes import ACUITY_COUNT, FALL
from simulator.care.emergency import LONGEST_HOME_CARE
from simulator.core.log import ADMITTED, BOARDING, ED_ARRIVAL, GAVE_UP, HOME_CARE, TREATMENT_START
from simulator.core.record import HOSPITAL_HOME_CELL, REQUESTED, SERVED, WITHDRAWN
from simulator.core.units import UNIT_ED
from simulator.core.words import CASE_BITS
from simulator.core.world import World
from simulator.people.demography import DIES
from simulator.reference.hospital import plain_case
from simulator.region.axes import EMERGENCY

RED, YELLOW, GREEN = range(ACUITY_COUNT)


def triaged_by_age(world: World) -> World:
    """Let age groups 0, 1 and 2 be red, yellow and green, without chance."""
    world.acuity[:, :3] = [[1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    return world


def test_the_most_urgent_are_treated_first_and_equals_in_order_of_arrival() -> None:
    colours = [GREEN, YELLOW, GREEN, RED, YELLOW, RED]
    world = of_ages(triaged_by_age(house(people=7, admitted=0.0)), [*colours, GREEN])
    first = (0, 8 * HOUR, 6, EMERGENCY)  # green, but the place is free
    world = live(world, 2, first, *[(0, 8 * HOUR + 60 * (n + 1), n, EMERGENCY) for n in range(6)])
    assert in_order(world, TREATMENT_START) == [6, 3, 5, 1, 4, 0, 2]
    starts = times(world, TREATMENT_START)
    assert sorted(starts.values()) == [(8 + n) * HOUR for n in range(7)], "the place is never empty"


def test_who_is_being_treated_is_not_interrupted() -> None:
    world = of_ages(triaged_by_age(house(people=2, admitted=0.0)), [GREEN, RED])
    world = live(world, 1, (0, 8 * HOUR, 0, EMERGENCY), (0, 8 * HOUR + 1, 1, EMERGENCY))
    assert times(world, TREATMENT_START) == {0: 8 * HOUR, 1: 9 * HOUR}


def test_visits_and_waits_are_counted_by_acuity() -> None:
    world = of_ages(triaged_by_age(house(people=3, admitted=0.0)), [GREEN, YELLOW, RED])
    world = live(world, 1, *[(0, 8 * HOUR, n, EMERGENCY) for n in range(3)])
    order = in_order(world, TREATMENT_START)
    assert order == [0, 2, 1], "all come in the same second; the first finds a place"
    assert world.acuity_wait[0, :, 0].tolist() == [1, 1, 1]
    assert world.acuity_wait[0, :, 1].tolist() == [HOUR, 2 * HOUR, 0]


@njit
def acuities(w, words, out):
    for i in range(words.size):
        out[i] = causes.acuity_of(w, (words[i] >> 10) & ((1 << 21) - 1), words[i] & 1023)


def acuity_by_arrival(world: World, arrivals: np.ndarray) -> dict[tuple[int, int], int]:
    """Acuity of arrivals (second, person), where the case is the mark of the need itself."""
    words = np.array([(int(p) << CASE_BITS) | plain_case(int(t)) for t, p in arrivals], np.int64)
    out = np.zeros(len(words), np.int64)
    acuities(world, words, out)
    return {(int(t), int(p)): int(a) for (t, p), a in zip(arrivals, out, strict=True)}


@pytest.mark.parametrize("seed", [3, 4])
def test_nobody_is_taken_before_somebody_more_urgent_or_earlier(seed: int) -> None:
    """Random ages and acuities, 600 arrivals in three days at two places: every start against all who wait."""
    rng = np.random.default_rng(seed)
    world = of_ages(house(people=600, places=2, admitted=0.0), rng.integers(0, 9, 600).tolist())
    world.treatment[:] = 700.0
    ticks = rng.integers(0, 3 * DAY, 600)
    needs = [(int(t) // DAY, int(t) % DAY, n, EMERGENCY) for n, t in enumerate(ticks)]
    world = live(world, 6, *needs)
    rows = world.log[: world.logged[0]]
    came = rows[rows[:, 1] == ED_ARRIVAL][:, [0, 2]]
    acuity = acuity_by_arrival(world, came)
    assert len(set(acuity.values())) == ACUITY_COUNT
    waiting: set[tuple[int, int]] = set()
    passed_by = 0
    for t, kind, p, _, asked, *_ in rows:
        if kind == ED_ARRIVAL:
            waiting.add((int(t), int(p)))
        elif kind == TREATMENT_START:
            me = (int(asked), int(p))
            waiting.remove(me)
            ahead = [other for other in waiting if (acuity[other], other[0]) < (acuity[me], me[0])]
            assert not ahead, f"{me} before {ahead}"
            passed_by += any(other < me for other in waiting)
    assert not waiting
    assert passed_by > 30, "the line was long enough for acuity to matter"


def test_a_full_waiting_room_turns_people_away() -> None:
    world = of_ages(triaged_by_age(house(people=4, places=0)), [GREEN, GREEN, GREEN, RED])
    world = world._replace(ed_queue=np.zeros((1, 3, 2), np.int64))
    world = live(world, 1, *[(0, (8 + n) * HOUR, n, EMERGENCY) for n in range(4)])
    assert in_order(world, GAVE_UP) == [2], "the red have seats of their own"
    assert world.ledger[world.lines[UNIT_ED], [REQUESTED, SERVED, WITHDRAWN]].tolist() == [4, 0, 1]


# --- hospital care at home ---------------------------------------------------------------------------------


def at_home(people: int = 6, home_beds: int = 9) -> World:
    """Everybody is an adult, not urgent, belongs in medicine and may be cared for at home."""
    world = of_ages(house(people=people, places=people, beds=people), [5] * people)
    world.acuity[:] = [0.0, 1.0]
    world.cause[:] = 0.0
    world.ward[:] = 1.0
    world.rules["home_care_share"] = 1.0
    world.hospital["home_beds"] = home_beds
    return world


def test_care_at_home_takes_a_place_for_its_days_and_gives_it_back() -> None:
    world = at_home()
    world.stay[:] = 2.5
    world = with_needs(world, [(0, 9 * HOUR, 0, EMERGENCY, 0)])
    taken = []
    for day in range(6):
        run_kernels(world, day, day + 1)
        taken.append(int(world.hospital["home_taken"][0]))
    assert taken == [1, 1, 1, 0, 0, 0], "1 + 2 days"
    assert world.home_care[0].tolist() == [1, 3]
    assert world.contacts[:, HOSPITAL_HOME_CELL].sum() == world.demand[:, HOSPITAL_HOME_CELL].sum() == 3
    assert world.admissions.sum() == world.bed_days.sum() == 0
    assert in_order(world, HOME_CARE) == [0]


def test_whom_the_places_do_not_suffice_for_is_admitted() -> None:
    world = live(at_home(home_beds=2), 1, *[(0, (9 + n) * HOUR, n, EMERGENCY) for n in range(4)])
    assert in_order(world, HOME_CARE) == [0, 1]
    assert in_order(world, ADMITTED) == [2, 3]


@pytest.mark.parametrize(
    ("who", "at_home_instead"),
    [("fits", True), ("urgent", False), ("child", False), ("surgical", False), ("fallen", False), ("unwilling", False)],
)
def test_only_adults_who_are_not_urgent_and_belong_in_medicine_are_cared_for_at_home(who, at_home_instead) -> None:
    world = at_home(people=1)
    if who == "urgent":
        world.acuity[:] = 1.0
    elif who == "child":
        of_ages(world, [0])
    elif who == "surgical":
        world.ward[:, :, 0] = 0.0
    elif who == "fallen":
        world.cause[..., FALL] = 1.0
    elif who == "unwilling":
        world.rules["home_care_share"] = 0.0
    world = live(world, 1, (0, 9 * HOUR, 0, EMERGENCY))
    assert in_order(world, HOME_CARE) == ([0] if at_home_instead else [])
    assert in_order(world, BOARDING) == ([] if at_home_instead else [0])


def test_care_at_home_is_never_longer_than_the_ring_of_arrivals_allows() -> None:
    world = at_home(people=1)
    world.stay[:] = 500.0
    world = live(world, 40, (0, 9 * HOUR, 0, EMERGENCY))
    assert world.home_care[0].tolist() == [1, LONGEST_HOME_CARE]


def test_who_was_cared_for_at_home_may_return_as_an_emergency() -> None:
    world = at_home(people=1)
    world.rules["readmission_share"] = 1.0
    world = live(world, 40, (0, 9 * HOUR, 0, EMERGENCY))
    came = [int(t) for t, k, *_ in events_of(world) if k == ED_ARRIVAL]
    assert len(came) >= 2
    assert 2 * DAY <= came[1] - 10 * HOUR <= 32 * DAY, "a day or two of care, then within 30 days"


def test_who_dies_during_care_at_home_does_not_return() -> None:
    world = at_home(people=1)
    world.rules["readmission_share"] = 1.0
    world = world._replace(coming=np.array([[1, DIES, 0, -1]], np.int64))
    world = live(world, 40, (0, 9 * HOUR, 0, EMERGENCY))
    assert len(in_order(world, TREATMENT_START)) == 1
    assert world.hospital["home_taken"][0] == 0


def test_who_dies_during_care_at_home_gives_the_place_back_and_gets_no_more_contacts() -> None:
    world = at_home(people=1)
    world.stay[:] = 9.5
    world = world._replace(coming=np.array([[3, DIES, 0, -1]], np.int64))
    world = with_needs(world, [(0, 9 * HOUR, 0, EMERGENCY, 0)])
    taken = []
    for day in range(5):
        run_kernels(world, day, day + 1)
        taken.append(int(world.hospital["home_taken"][0]))
    assert taken == [1, 1, 1, 0, 0]
    assert world.home_care[0].tolist() == [1, 3]
    assert world.contacts[:, HOSPITAL_HOME_CELL].sum() == 3


@pytest.mark.parametrize("seed", range(6))
def test_home_beds_are_never_overfull_and_all_come_back(seed: int) -> None:
    world = random_world(seed, 20)
    world.rules["home_care_share"] = 1.0
    taken = world.hospital["home_taken"].copy()
    for day in range(20):
        run_kernels(world, day, day + 1)
        most = np.maximum(world.hospital["home_beds"], taken)  # at first more may be under way than there is room for
        taken = world.hospital["home_taken"].copy()
        assert (taken >= 0).all()
        assert (taken <= most).all()
    assert world.home_care[:, 0].sum() == len(in_order(world, HOME_CARE))
