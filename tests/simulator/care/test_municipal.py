"""The municipality: whom it receives, short-term places, special housing and its queue, home help, mobile visits."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy.stats import binom
from small_hospital import HOUR, house, in_order, live, of_ages, times
from small_system import DAY, events_of, random_world, run_kernels, with_needs, world_of

from simulator.care import comings, municipal
from simulator.care.offer import EXERCISE
from simulator.core.log import DISCHARGED, ED_ARRIVAL, MOBILE_VISIT, MOVED_IN, READY
from simulator.core.record import TEAM_CELL
from simulator.core.state import BACKGROUND, HOME_NURSING, IN_HOSPITAL, MOST_PLACES, PERSON, PRESENT, SPECIAL_HOUSING
from simulator.core.words import SLOT_BITS, SLOT_MASK
from simulator.core.world import World
from simulator.people import demography
from simulator.people.demography import ARRIVES, DIES, GRANTED, LEAVES
from simulator.reference.state import whole_visits
from simulator.region.axes import EMERGENCY

# --- received from hospital ----------------------------------------------------------------------------------


def ward(people: int, **town: float) -> World:
    """Everybody falls ill in the morning of day 0, lies a day, and needs the municipality to go home."""
    world = of_ages(house(people=people, places=people, beds=people), [5] * people)
    world.new_need[:] = 1.0
    for name, value in town.items():
        world.municipality[name] = value
    return with_needs(world, [(0, 9 * HOUR + n, n, EMERGENCY, 0) for n in range(people)])


def gone_by_day(world: World, days: int) -> list[int]:
    run_kernels(world, 0, days)
    return np.bincount([t // DAY for t in times(world, DISCHARGED).values()], minlength=days).tolist()


@pytest.mark.parametrize(
    ("rate", "gone"), [(0.0, [0, 0, 0, 0]), (1.0, [0, 1, 1, 1]), (2.0, [0, 2, 2, 2]), (9.0, [0, 6, 0, 0])]
)
def test_no_more_are_received_a_day_than_can_be(rate: float, gone: list[int]) -> None:
    assert gone_by_day(ward(6, receptions=rate), 4) == gone


def test_a_fractional_rate_is_made_up_over_days() -> None:
    """0.4 a day: whole ones on the days on which the running sum passes a whole number."""
    gone = gone_by_day(ward(9, receptions=0.4), 20)
    room = [whole_visits(0.4, day) for day in range(20)]
    assert gone == [0, *room[1:]]
    assert sum(room) == 8


def test_a_short_term_place_is_taken_when_nobody_can_be_received_and_given_back() -> None:
    world = ward(4, short_places=2)
    world.short_stay[:] = 2.0
    taken = []
    for day in range(6):
        run_kernels(world, day, day + 1)
        taken.append(int(world.municipality["short_taken"][0]))
    assert taken == [0, 2, 2, 2, 2, 2], "taken anew as the day begins on which they are free again"
    assert sorted(t // DAY for t in times(world, DISCHARGED).values()) == [1, 1, 4, 4]
    assert world.reception[0].tolist() == [4, 2, 4]
    run_kernels(world, 6, 12)
    assert world.municipality["short_taken"][0] == 0


@pytest.mark.parametrize("gone", [DIES, LEAVES])
def test_a_short_term_place_is_free_the_day_after_somebody_has_died_or_moved(gone: int) -> None:
    world = ward(1, short_places=1)
    world.short_stay[:] = 30.0
    world = world._replace(coming=np.array([[3, gone, 0, -1]], np.int64))
    taken = []
    for day in range(5):
        run_kernels(world, day, day + 1)
        taken.append(int(world.municipality["short_taken"][0]))
    assert taken == [0, 1, 1, 0, 0]


def test_home_comes_before_a_short_term_place() -> None:
    world = ward(3, short_places=5, receptions=2.0)
    run_kernels(world, 0, 2)
    assert world.reception[0].tolist() == [3, 3, 1]


@njit
def receive_all(w):
    for slot in range(w.person.size):
        municipal.receive(w, np.int64(0), slot, np.int64(0), np.int64(0))


def test_short_stays_have_the_mean_that_is_asked_for_and_are_never_endless() -> None:
    """4 000 stays: days are 1 + whole part of a lognormal with mean 3, so 3.5 on average give or take 0.5."""
    world = world_of(people=4_000)._replace(short_place=np.zeros((1, 4_000), np.int64))
    world.municipality["short_places"], world.short_stay[:] = 4_000, 3.0
    receive_all(world)
    days = world.short_place[0] >> SLOT_BITS
    assert world.reception[0, 2] == world.municipality["short_taken"][0] == 4_000
    assert 1 <= days.min() < days.max() <= municipal.LONGEST_SHORT_STAY
    assert abs(days.mean() - 3.5) < 0.3


def test_nobody_gets_a_short_term_place_that_cannot_be_written_down() -> None:
    world = world_of(people=700)
    world.municipality["short_places"] = 700
    receive_all(world)
    assert world.reception[0, 2] == world.municipality["short_taken"][0] == MOST_PLACES


@pytest.mark.parametrize("seed", range(8))
def test_receptions_and_short_term_places_stay_within_bounds(seed: int) -> None:
    world = random_world(seed, 20)
    start = world.municipality["short_taken"].copy()
    before = set(world.short_place[0, : start[0]].tolist())  # made at random, so that somebody may have two of them
    for day in range(20):
        run_kernels(world, day, day + 1)
        town = world.municipality
        assert (town["left"] >= 0).all()
        assert (town["short_taken"] >= 0).all()
        most = np.maximum(town["short_places"], start)
        assert (town["short_taken"] <= most).all()
        held = world.short_place[0, : town["short_taken"][0]].tolist()
        given = [word & SLOT_MASK for word in held if word not in before]
        assert len(set(given)) == len(given), "one place each"
        start = np.minimum(start, town["short_taken"])
    received, at_once, _ = world.reception.sum(axis=0)
    assert at_once <= received


# --- special housing -----------------------------------------------------------------------------------------


def queue(people: int, places: int, residents: int = 0, **rows: list[tuple[int, int, int]]) -> World:
    world = world_of(people=people)
    world.municipality["housing_places"], world.municipality["residents"] = places, residents
    world.person["status"][:residents] |= SPECIAL_HOUSING
    coming = sorted((day, event, slot, -1) for day, event, slot in rows.get("rows", []))
    return world._replace(coming=np.array(coming, np.int64).reshape(-1, 4))


def live_days(world: World, days: int) -> World:
    for day in range(days):
        comings.live_day(world, day)
    return world


def test_housing_is_given_in_the_order_of_the_decisions() -> None:
    rows = [(0, GRANTED, 5), (1, GRANTED, 3), (2, GRANTED, 4), (3, DIES, 0), (5, DIES, 1), (5, LEAVES, 2)]
    world = live_days(queue(6, 3, residents=3, rows=rows), 7)
    moved = [(int(t) // DAY, int(p)) for t, k, p, *_ in events_of(world) if k == MOVED_IN]
    assert moved == [(3, 5), (5, 3), (5, 4)]
    assert world.municipality["residents"][0] == 3
    assert not world.background["granted"].any()


def test_who_waits_has_home_nursing_and_who_moves_in_has_not() -> None:
    world = live_days(queue(2, 1, rows=[(0, GRANTED, 0), (0, GRANTED, 1)]), 1)
    assert world.person["status"].tolist() == [PRESENT | SPECIAL_HOUSING, PRESENT | HOME_NURSING]
    assert world.background["granted"].tolist() == [0, 1]
    assert municipal.waiting_for_housing(world.municipality, world.housing_queue, world.person).tolist() == [1]


def test_the_dead_and_those_who_moved_away_are_passed_over() -> None:
    rows = [(0, GRANTED, 1), (0, GRANTED, 2), (0, GRANTED, 3), (1, DIES, 1), (1, LEAVES, 2), (2, DIES, 0)]
    world = live_days(queue(4, 1, residents=1, rows=rows), 3)
    assert in_order(world, MOVED_IN) == [3]
    assert municipal.waiting_for_housing(world.municipality, world.housing_queue, world.person).tolist() == [0]


@pytest.mark.parametrize("why", ["resident", "waits already", "dead", "queue full"])
def test_nobody_is_granted_what_they_cannot_use(why: str) -> None:
    rows = [(1, GRANTED, 1)]
    world = queue(3, 0, rows=[(0, DIES, 1), *rows] if why == "dead" else rows)
    if why == "resident":
        world.person["status"][1] |= SPECIAL_HOUSING
    elif why == "waits already":
        world.background["granted"][1] = 1
    elif why == "queue full":
        world.municipality["queue_tail"] = world.housing_queue.shape[1]
    before = world.municipality["queue_tail"][0]
    live_days(world, 2)
    assert world.municipality["queue_tail"][0] == before


def test_nobody_moves_in_beyond_the_places_but_in_migrants_keep_theirs() -> None:
    world = queue(5, 2, residents=2, rows=[(0, GRANTED, 2), (1, ARRIVES, 4), (2, DIES, 0), (3, DIES, 1)])
    world.person["status"][4] = SPECIAL_HOUSING  # comes as a resident
    held = []
    for day in range(4):
        comings.live_day(world, day)
        held.append(int(world.municipality["residents"][0]))
    assert held == [2, 3, 2, 2]
    assert times(world, MOVED_IN) == {2: 3 * DAY}


@pytest.mark.parametrize("seed", range(10))
def test_residents_are_those_who_are_marked_and_never_more_than_places_but_for_arrivals(seed: int) -> None:
    world = random_world(seed, 25)
    m = len(world.municipality)

    def residents() -> np.ndarray:
        here = (world.person["status"] & PRESENT != 0) & (world.person["status"] & SPECIAL_HOUSING != 0)
        return np.bincount(world.background["municipality"][here], minlength=m)

    above = np.maximum(residents() - world.municipality["housing_places"], 0)
    for day in range(25):
        enters = (world.coming[:, 0] == day) & np.isin(world.coming[:, 1], (ARRIVES, demography.IS_BORN))
        today = world.coming[enters, 2]
        came = today[world.person["status"][today] & SPECIAL_HOUSING != 0]
        above += np.bincount(world.background["municipality"][came], minlength=m)
        run_kernels(world, day, day + 1)
        assert np.array_equal(world.municipality["residents"], residents())
        over = world.municipality["residents"] - world.municipality["housing_places"]
        assert (over <= above).all()
        above = np.minimum(above, np.maximum(over, 0))


# --- home help -----------------------------------------------------------------------------------------------


def helped(share: float = 1.0, **status: int) -> tuple[np.ndarray, np.ndarray]:
    n = 8_000
    person, background = np.zeros(n, PERSON), np.zeros(n, BACKGROUND)
    person["key"] = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"] = status.get("status", PRESENT | HOME_NURSING)
    background["municipality"], background["rub"] = np.arange(n) % 2, status.get("rub", 0)
    background["granted"] = status.get("granted", 0)
    out = np.full((2, municipal.COUNTED_OF_HELP), -1.0)
    terms = municipal.HelpTerms(np.full(2, share), 5.0, 2.0, 20.0, 8.0, 40.0, 1)
    municipal.count_helped(np.uint64(4), person, background, terms, out)
    return out[:, municipal.RECIPIENTS], out[:, municipal.HELP_HOURS]


def carers(rub: int = 0, carer: int = PRESENT) -> list[float]:
    """What is counted of a patient with dementia and the partner at home: carers, much, hours, with dementia."""
    person, background = np.zeros(2, PERSON), np.zeros(2, BACKGROUND)
    person["status"], person["risk"] = [PRESENT | HOME_NURSING, carer], rub
    background["partner"], background["conditions"] = [2, 1], [1, 0]
    out = np.zeros((1, municipal.COUNTED_OF_HELP))
    terms = municipal.HelpTerms(np.zeros(2), 5.0, 2.0, 20.0, 8.0, 40.0, 1)
    municipal.count_helped(np.uint64(4), person, background, terms, out)
    return out[0, municipal.CARED_FOR :].tolist()


def test_carers_are_counted_with_their_hours() -> None:
    assert carers() == [1.0, 0.0, 8.0, 1.0]
    assert carers(rub=4) == [1.0, 1.0, 40.0, 1.0]
    assert carers(carer=PRESENT | IN_HOSPITAL) == [0.0] * 4
    assert carers(carer=PRESENT | SPECIAL_HOUSING) == [0.0] * 4
    assert carers(carer=0) == [0.0] * 4


def test_who_has_a_partner_at_home_has_home_help_less_often() -> None:
    n = 8_000
    person, background = np.zeros(n, PERSON), np.zeros(n, BACKGROUND)
    person["key"] = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"], background["partner"] = PRESENT | HOME_NURSING, (np.arange(n) ^ 1) + 1
    out = np.zeros((1, municipal.COUNTED_OF_HELP))
    municipal.count_helped(
        np.uint64(4), person, background, municipal.HelpTerms(np.array([0.9, 0.3]), 5.0, 2.0, 20.0, 8.0, 40.0, 1), out
    )
    assert abs(out[0, municipal.RECIPIENTS] / n - 0.3) < 4 * np.sqrt(0.21 / n)


@pytest.mark.parametrize(
    ("status", "hours"),
    [({}, 5.0), ({"rub": 4}, 10.0), ({"rub": 5}, 10.0), ({"rub": 5, "granted": 1}, 20.0),
     ({"status": PRESENT}, 0.0), ({"status": PRESENT | HOME_NURSING | IN_HOSPITAL}, 0.0),
     ({"status": HOME_NURSING}, 0.0), ({"status": PRESENT | HOME_NURSING | SPECIAL_HOUSING}, 0.0)],
)  # fmt: skip
def test_hours_of_home_help_by_who_somebody_is(status: dict[str, int], hours: float) -> None:
    people, needed = helped(**status)
    assert people.tolist() == [4_000 * (hours > 0)] * 2
    assert needed.tolist() == [4_000 * hours] * 2


def test_a_share_of_home_nursing_patients_has_home_help() -> None:
    """8 000 patients: the exact 99.99 % interval of 0.7 is 0.68 to 0.72; 0.65 would be found."""
    low, high = binom.interval(0.9999, 8_000, 0.7)
    assert low <= helped(0.7)[0].sum() <= high
    assert helped(0.7, granted=1)[0].sum() == 8_000, "all who wait for special housing have it"


# --- mobile teams --------------------------------------------------------------------------------------------


def mobile(people: int, visits: float, status: int = HOME_NURSING) -> World:
    world = house(people=people, places=people, beds=people, admitted=0.0)
    world.acuity[:] = [0.0, 1.0]
    world.person["status"] |= status
    world.municipality["mobile"], world.rules["mobile_replaces"] = visits, 1.0
    return world


def test_mobile_teams_make_no_more_visits_a_day_than_they_can() -> None:
    world = mobile(5, 2.0)
    world = live(world, 2, *[(0, (9 + n) * HOUR, n, EMERGENCY) for n in range(5)], (1, 9 * HOUR, 0, EMERGENCY))
    assert in_order(world, MOBILE_VISIT) == [0, 1, 0]
    assert sorted(in_order(world, ED_ARRIVAL)) == [2, 3, 4]
    assert world.mobile_visits[0] == 3
    assert world.contacts[:, TEAM_CELL].sum() == world.demand[:, TEAM_CELL].sum() == 3


def test_who_is_met_at_home_goes_to_the_hospital_all_the_same_but_for_the_share_that_is_spared() -> None:
    """100 emergencies of as many people, half of them spared; four standard errors are 0.2."""
    world = mobile(100, 100.0)
    world.rules["mobile_replaces"] = 0.5
    world = live(world, 1, *[(0, 9 * HOUR + n, n, EMERGENCY) for n in range(100)])
    assert world.mobile_visits[0] == 100
    assert abs(len(in_order(world, ED_ARRIVAL)) / 100 - 0.5) < 4 * np.sqrt(0.25 / 100)


@pytest.mark.parametrize(
    ("status", "urgent", "met"),
    [(HOME_NURSING, 0.0, True), (SPECIAL_HOUSING, 0.0, True), (0, 0.0, False), (HOME_NURSING, 1.0, False)],
)
def test_mobile_teams_meet_those_with_municipal_care_who_are_not_urgent(status, urgent, met) -> None:
    world = mobile(1, 9.0, status)
    world.acuity[:] = [urgent, 1.0]
    world = live(world, 1, (0, 9 * HOUR, 0, EMERGENCY))
    assert bool(in_order(world, MOBILE_VISIT)) == met
    assert bool(in_order(world, ED_ARRIVAL)) != met


@pytest.mark.parametrize("seed", range(8))
def test_visits_of_mobile_teams_keep_to_the_days_number(seed: int) -> None:
    world = random_world(seed, 20)
    run_kernels(world, 0, 20)
    rows = events_of(world)
    visits = rows[rows[:, 1] == MOBILE_VISIT]
    for m, town in enumerate(world.municipality):
        here = np.bincount(visits[visits[:, 3] == m][:, 0] // DAY, minlength=20)
        assert (here <= [whole_visits(float(town["mobile"]), day) for day in range(20)]).all()
        assert here.sum() == world.mobile_visits[m]


def test_falls_are_prevented_at_65_and_over_alone() -> None:
    """400 falls: of the young all come, of the old the share that is left (0.6: the exact interval at 99.99 %)."""
    came = {}
    for group in (2, 5):
        world = of_ages(house(people=400, places=50, beds=50, admitted=0.0), [group] * 400)
        world.cause[:] = [0.0, 0.0, 0.0, 1.0]
        world.offer[EXERCISE], world.rules["falls_spared"] = 0.8, 0.5
        world = live(world, 1, *[(0, 9 * HOUR + n, n, EMERGENCY) for n in range(400)])
        came[group] = len(in_order(world, ED_ARRIVAL))
    low, high = binom.interval(0.9999, 400, 0.6)
    assert came[2] == 400
    assert low <= came[5] <= high


def test_exercise_reaches_nobody_in_special_housing() -> None:
    world = of_ages(house(people=100, places=50, beds=50, admitted=0.0), [7] * 100)
    world.cause[:] = [0.0, 0.0, 0.0, 1.0]
    world.offer[EXERCISE], world.rules["falls_spared"] = 1.0, 1.0
    world.person["status"][:40] |= SPECIAL_HOUSING
    world = live(world, 1, *[(0, 9 * HOUR + n, n, EMERGENCY) for n in range(100)])
    assert sorted(in_order(world, ED_ARRIVAL)) == list(range(40)), "the trials were among people living at home"


def test_prevention_of_falls_leaves_other_emergencies_alone() -> None:
    world = of_ages(house(people=200, places=50, beds=50, admitted=0.0), [8] * 200)
    world.cause[:] = 0.0
    world.offer[EXERCISE], world.rules["falls_spared"] = 1.0, 1.0
    world = live(world, 1, *[(0, 9 * HOUR + n, n, EMERGENCY) for n in range(200)])
    assert len(in_order(world, ED_ARRIVAL)) == 200
    assert not in_order(world, READY)
