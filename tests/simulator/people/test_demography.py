"""Deaths, births and moves: rates, days, keys, order."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, kstest
from small_system import world_of

from simulator.care import comings
from simulator.core.state import BACKGROUND, HOME_NURSING, NOT_SOON, PERSON, PRESENT, SPECIAL_HOUSING
from simulator.people import demography
from simulator.people.demography import ARRIVES, DIES, IS_BORN, LEAVES
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.tables import lognormal_quantiles

N, DAYS = 40_000, 365


def cohort(age: int = 50, sex: int = 1, n: int = N) -> tuple[np.ndarray, np.ndarray]:
    person, background = np.zeros(n, PERSON), np.zeros(n, BACKGROUND)
    person["key"] = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"], background["age"], background["sex"] = PRESENT, age, sex
    return person, background


def departures(
    person, background, deaths=0.0, leaving=0.0, illness=None, continuity=None, seed=1, factor=None, there_from=None,
    general=None, spared=None, dies_on=None, year=2023, first_day=0,
):  # fmt: skip
    events = np.empty((person.size, 4), np.int64)
    present = np.where(person["status"] & PRESENT, first_day, demography.NOT_HERE)
    n = demography.draw_departures(
        np.uint64(seed), year, first_day, DAYS, person, background, np.full((2, 101), deaths),
        np.ones((1, AGE_GROUP_COUNT, 4)) if factor is None else factor, np.full((1, 2, 102), leaving),
        np.ones((2, 3)), np.ones(8) if illness is None else illness, 2.0, 3.0,
        np.ones(16) if continuity is None else continuity, ones(person) if general is None else general,
        ones(person) if spared is None else spared, present if there_from is None else there_from, events,
        np.full(person.size, NOT_SOON, np.int32) if dies_on is None else dies_on,
    )  # fmt: skip
    return events[:n]


def ones(person):
    return np.ones(person.size, np.float32)


def within(count: int, n: int, share: float) -> bool:
    low, high = binom.interval(0.9999, n, share)
    return bool(low <= count <= high)


def test_a_factor_on_deaths_holds_for_its_own_municipality_age_group_and_segment() -> None:
    """The same people die as before where it is 1, and none where it is 0."""
    person, background = cohort()
    person["risk"] = np.arange(N) % AGE_GROUP_COUNT * 6
    background["segment"] = np.arange(N) % 4
    factor = np.ones((1, AGE_GROUP_COUNT, 4))
    factor[0, 3, 1] = 0.0
    before, after = (departures(person, background, deaths=0.2, factor=f) for f in (None, factor))
    spared = (person["risk"] // 6 == 3) & (background["segment"] == 1)
    assert spared[before[:, 2]].any()
    assert np.array_equal(before[~spared[before[:, 2]]], after)


def test_deaths_and_moves_compete_and_fall_on_any_day() -> None:
    events = departures(*cohort(), deaths=0.2, leaving=0.1)
    kinds = np.bincount(events[:, 1], minlength=2)
    both = (1 - np.exp(-0.2)) * (1 - np.exp(-0.1))
    assert within(kinds[DIES], N, 1 - np.exp(-0.2) - both / 2)
    assert within(kinds[LEAVES], N, 1 - np.exp(-0.1) - both / 2)
    alone = departures(*cohort(), deaths=0.2)  # of two dates the first counts, so together they lean forward
    assert kstest((alone[:, 0] + 0.5) / DAYS, "uniform").pvalue > 1e-4
    assert np.unique(events[:, 2]).size == len(events)


def test_a_higher_hazard_adds_deaths_and_moves_no_date() -> None:
    few, many = (departures(*cohort(), deaths=rate) for rate in (0.1, 0.2))
    a, b = ({(int(r[0]), int(r[2])) for r in events} for events in (few, many))
    assert a < b


@pytest.mark.parametrize(
    ("what", "ratio"),
    [
        ("home", 2.0), ("housing", 3.0), ("illness", 1.5), ("continuity", 0.8), ("general", 1.7), ("spared", 0.6),
        ("nothing", 1.0),
    ],
)  # fmt: skip
def test_excess_risk_multiplies_the_hazard(what: str, ratio: float) -> None:
    person, background = cohort()
    if what in {"home", "housing"}:
        person["status"] |= HOME_NURSING if what == "home" else SPECIAL_HOUSING
    background["conditions"], person["dose"] = 5, 7
    illness, continuity = np.ones(8), np.ones(16)
    illness[5] = 1.5 if what == "illness" else 1.0
    continuity[7] = 0.8 if what == "continuity" else 1.0
    factors = {"general": ones(person), "spared": ones(person)}
    if what in factors:
        factors[what] *= ratio
    events = departures(person, background, deaths=0.1, illness=illness, continuity=continuity, **factors)
    assert within(len(events), N, 1 - np.exp(-0.1 * ratio))


def test_what_care_spares_lets_the_same_people_die_but_some() -> None:
    person, background = cohort()
    half = np.where(np.arange(N) % 2, 0.5, 1.0).astype(np.float32)
    before, after = (departures(person, background, deaths=0.2, spared=s) for s in (None, half))
    a, b = ({(int(r[0]), int(r[2])) for r in events} for events in (before, after))
    assert b < a
    assert {slot % 2 for _, slot in a - b} == {1}


def days_of_death(deaths: float, year: int = 2023, first_day: int = 0, leaving: float = 0.0):
    """Events of a year, and everybody's day of death as far as it is known."""
    person, background = cohort()
    dies_on = np.full(N, NOT_SOON, np.int32)
    events = departures(
        person, background, deaths=deaths, leaving=leaving, dies_on=dies_on, year=year, first_day=first_day
    )
    return events, dies_on


def test_the_day_of_death_is_known_of_those_who_die_this_year() -> None:
    events, dies_on = days_of_death(0.1, leaving=0.2)
    dead = events[events[:, 1] == DIES]
    assert np.array_equal(np.flatnonzero(dies_on < DAYS), np.sort(dead[:, 2]))
    assert np.array_equal(dies_on[dead[:, 2]], dead[:, 0])


@pytest.mark.parametrize("deaths", [0.01, 0.1, 0.5])
def test_the_day_of_death_of_the_year_after_is_that_on_which_they_would_die_then(deaths: float) -> None:
    """With the same hazard the year after, everybody of whom a day is known dies on it, and nobody else dies."""
    _, dies_on = days_of_death(deaths)
    then, _ = days_of_death(deaths, 2024, DAYS)
    lives_on = dies_on >= DAYS
    known = {int(slot): int(dies_on[slot]) for slot in np.flatnonzero(lives_on & (dies_on != NOT_SOON))}
    later = {int(slot): int(day) for day, _, slot, _ in then if lives_on[slot]}
    assert later.items() <= known.items(), "nobody dies unforeseen or on another day"
    assert len(known) == len(later), "a hazard is no chance: of 0.5 only 0.39 die"


def test_last_illnesses_begin_before_the_death_they_lead_to() -> None:
    """At least a day before, five days more on average less the part of a day, and not before the year."""
    person, background = cohort()
    deaths = departures(person, background, deaths=0.3)
    quantiles = lognormal_quantiles(0.8)
    rows = demography.date_last_illness(np.uint64(1), 0, person, deaths, 5.0, quantiles)
    assert np.array_equal(rows[:, 2], deaths[:, 2])
    assert (rows[:, 1] == demography.FALLS_ILL_LAST).all()
    begun, died = rows[:, 0], deaths[:, 0]
    assert begun.min() == 0
    assert (begun < died)[died > 0].all()
    length = (died - begun)[died > 100]
    assert (died - begun).max() < 100
    u = (np.arange(100_000) + 0.5) / 100_000
    expected = 1 + np.floor(5.0 * np.interp(u, np.linspace(0, 1, quantiles.size), quantiles))
    assert abs(length.mean() - expected.mean()) < 4 * expected.std() / np.sqrt(length.size)
    again = demography.date_last_illness(np.uint64(1), 0, person, deaths[::2], 10.0, quantiles)
    assert (again[:, 0] <= rows[::2, 0]).all(), "of each person's own length"


def test_palliative_care_may_be_asked_for_so_many_days_before_a_death_and_once_a_year() -> None:
    """Ten days before all of them: what began last year is on the first, what begins next year is not there yet."""
    person, _ = cohort()
    dies_on = np.full(person.size, NOT_SOON, np.int32)
    dies_on[:5] = 1_000, 1_009, 1_020, 1_370, 1_376
    rows = demography.date_palliative_care(np.uint64(1), 1_000, 365, person, dies_on, 9.5, np.ones(3))
    assert rows[:, [0, 2]].tolist() == [[1_000, 0], [1_000, 1], [1_010, 2], [1_360, 3]]
    assert (rows[:, 1] == demography.ASKS_FOR_PALLIATIVE).all()


def test_palliative_care_begins_in_the_same_place_of_a_life_whatever_the_year() -> None:
    """Lengths as the last illness's, of each person's own; the year before sees the same day."""
    person, _ = cohort()
    dies_on = np.full(person.size, NOT_SOON, np.int32)
    dies_on[:2_000] = 1_365 + np.arange(2_000) % 365
    quantiles = lognormal_quantiles(0.8)
    before, then = (
        demography.date_palliative_care(np.uint64(1), first, 365, person, dies_on, 60.0, quantiles)
        for first in (1_000, 1_365)
    )
    on = dict(zip(then[:, 2].tolist(), then[:, 0].tolist(), strict=True))
    assert len(on) == 2_000
    assert {slot for slot, day in on.items() if day == 1_365} >= set(before[:, 2].tolist())
    late = [dies_on[slot] - day for slot, day in on.items() if dies_on[slot] > 1_365 + 364 - 100]
    assert len(late) > 400
    assert 50 < np.mean(late) < 70, "0.9999 of the means of so many lie there, with a spread of 48 days"
    assert (before[:, 0] < 1_365).all()
    assert (dies_on[before[:, 2]] - before[:, 0] <= 365).all()


def test_nobody_leaves_twice_or_from_outside() -> None:
    person, background = cohort()
    person["status"][::2] = 0
    assert (departures(person, background, deaths=3.0)[:, 2] % 2 == 1).all()


def test_who_moves_in_may_die_from_then_on_and_does_not_leave_again_that_year() -> None:
    person, background = cohort()
    settled = departures(person, background, deaths=0.4, leaving=0.3)
    moved = departures(person, background, deaths=0.4, leaving=0.3, there_from=np.full(N, 200))
    assert (moved[:, 1] == DIES).all()
    assert moved[:, 0].min() > 200
    assert within(len(moved), N, (1 - np.exp(-0.4)) * (DAYS - 201) / DAYS)
    later = {(int(r[0]), int(r[2])) for r in settled if r[1] == DIES and r[0] > 200}
    assert later <= {(int(r[0]), int(r[2])) for r in moved}, "the same people on the same days"


@pytest.mark.parametrize(("age", "sex", "expected"), [(30, 1, 0.1), (30, 0, 0.0), (13, 1, 0.0), (51, 1, 0.0)])
def test_births(age: int, sex: int, expected: float) -> None:
    person, background = cohort(age, sex)
    mothers, days = np.zeros(N, np.int64), np.zeros(N, np.int64)
    fertility = np.full(102, 0.1)
    there_from = np.where(np.arange(N) % 2, 0, demography.NOT_HERE)
    there_from[: N // 2] = np.where(there_from[: N // 2] == 0, 73, demography.NOT_HERE)
    n = demography.draw_births(np.uint64(1), 2023, 0, DAYS, person, background, fertility, there_from, mothers, days)
    early = mothers[:n] < N // 2
    assert within(early.sum(), N // 4, expected * 0.8) if expected else n == 0
    assert within((~early).sum(), N // 4, expected) if expected else n == 0
    assert (mothers[:n] % 2 == 1).all(), "who is gone gives birth elsewhere"
    assert ((days[:n] >= there_from[mothers[:n]]) & (days[:n] < DAYS)).all()


def test_newborns_hang_on_mother_and_year_alone() -> None:
    keys = np.arange(1000, dtype=np.uint64)
    one, two = (demography.newborn_keys(np.uint64(1), year, keys) for year in (2023, 2024))
    assert np.unique(np.concatenate([one, two, keys])).size == 3000
    assert np.array_equal(demography.newborn_keys(np.uint64(1), 2023, keys[::-1]), one[::-1])


def test_arrivals_number_what_is_expected_and_hang_on_their_cell() -> None:
    expected = np.full((3, 2, 101), 1.4)
    rows, keys = demography.draw_arrivals(np.uint64(1), 2023, 0, DAYS, expected)
    assert abs(len(rows) - expected.sum()) < 4 * np.sqrt(expected.size * 0.4 * 0.6)
    assert np.unique(keys).size == len(keys)
    fewer = expected.copy()
    fewer[0] = 0.0
    others, their_keys = demography.draw_arrivals(np.uint64(1), 2023, 0, DAYS, fewer)
    assert np.array_equal(others, rows[rows[:, 0] > 0])
    assert np.array_equal(their_keys, keys[rows[:, 0] > 0])


def test_events_are_sorted_by_day_kind_and_person() -> None:
    rows = np.array([[3, LEAVES, 1, -1], [1, IS_BORN, 9, 2], [3, DIES, 8, -1], [3, DIES, 2, -1]])
    assert demography.in_order(rows)[:, 2].tolist() == [9, 2, 8, 1]


def test_a_day_counts_each_event_once_and_children_need_their_mother() -> None:
    world = world_of(people=6)
    world.person["status"][3:] = 0
    rows = [
        [0, DIES, 0, -1],
        [0, LEAVES, 1, -1],
        [0, ARRIVES, 3, -1],
        [0, IS_BORN, 4, 2],
        [0, IS_BORN, 5, 0],
        [1, DIES, 1, -1],
    ]
    world = world._replace(coming=np.array(rows, np.int64))
    comings.live_day(world, 0)
    assert (world.person["status"] & PRESENT).astype(bool).tolist() == [False, False, True, True, True, False]
    assert world.flows[0].tolist() == [1, 1, 1]
    comings.live_day(world, 1)
    assert world.deaths.sum() == 1, "whoever has moved away dies elsewhere"


def expected_deaths(person, background, norm, rate):
    risk = np.where(person["status"] & HOME_NURSING, 4.0, 1.0)
    age, sex = background["age"], background["sex"]
    return np.bincount(age // 10, 1 - np.exp(-(norm * rate)[sex, age] * risk), 11)


def counted(person, background):
    count = np.zeros((2, 101, demography.EXCESS_BANDS))
    total = np.zeros_like(count)
    demography.count_excess(
        person, background, np.ones((2, 3)), np.ones(8), 4.0, 3.0, np.ones(16), ones(person), count, total
    )
    return count, total


def test_the_norm_lets_as_many_die_as_the_rates_say_however_unlike_people_are() -> None:
    """With the mean hazard in its place 11 % too few would die at 90-99: 1 - exp(-x) bends down."""
    person, background = cohort()
    background["age"] = np.arange(N) % 101
    background["sex"] = np.arange(N) // 101 % 2
    person["status"][::3] |= HOME_NURSING
    rate = np.tile(np.minimum(0.00004 * np.exp(0.1 * np.arange(101)), 0.8), (2, 1))
    norm = demography.norm_of(*counted(person, background), rate)
    wanted = np.bincount(background["age"] // 10, 1 - np.exp(-rate[background["sex"], background["age"]]), 11)
    np.testing.assert_allclose(expected_deaths(person, background, norm, rate), wanted, rtol=2e-3)
    by_mean = expected_deaths(person, background, np.full_like(rate, 0.5), rate)
    assert by_mean[9] / wanted[9] < 0.93


def test_the_norm_is_one_where_nobody_is_and_for_people_without_excess() -> None:
    person, background = cohort(n=100)
    norm = demography.norm_of(*counted(person, background), np.full((2, 101), 0.01))
    np.testing.assert_allclose(norm, 1.0)
