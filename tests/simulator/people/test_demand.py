"""Points of need: in order, keyed to people, added or removed one by one as rates change."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2, kstest

from simulator.core.state import BACKGROUND, LOW_USE, NOT_SOON, PERSON, PRESENT
from simulator.core.words import SLOT_MASK
from simulator.people import demand, need_rates
from simulator.people.demand import BUCKETS, CLOCK, HEIGHT_BITS, HEIGHT_ONE, SECOND_SHIFT, STREAM_BITS, STREAM_COUNT
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.region.axes import EMERGENCY

DAYS, PEOPLE = 365, 3_000
MONTH = np.minimum(np.arange(DAYS) // 31, 11)
WEEKEND = np.arange(DAYS) % 7 >= 5


def population(people: int = PEOPLE, centres: int = 2) -> tuple[np.ndarray, np.ndarray]:
    person, background = np.zeros(people, PERSON), np.zeros(people, BACKGROUND)
    person["key"] = np.arange(people, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"], person["centre"] = PRESENT, np.arange(people) % centres
    person["risk"] = np.arange(people) % (AGE_GROUP_COUNT * 6)
    return person, background


def draw(
    person, background, rate=2.0, factors=None, size=200_000, year=2023, low_use=1.0, season=None, closed=1.0,
    differing=None, dies_after=None, last_year=1.0,
):  # fmt: skip
    """The year's points as (day, second, person, stream, height) int64[n, 5], in the order of the kernel."""
    factors = np.ones((12, STREAM_COUNT, 1, AGE_GROUP_COUNT, 4)) if factors is None else factors
    season = np.ones((STREAM_COUNT, 12)) if season is None else season
    rates = np.full((STREAM_COUNT, AGE_GROUP_COUNT * 6), rate)
    of_day = np.where(WEEKEND, closed, np.ones((STREAM_COUNT, 1)))
    needs = need_rates.needs_of_year(rates, season, factors, clock(), MONTH, of_day)
    members, start = demand.members_by_centre(person, np.zeros(person.size, np.uint8), 2)
    out, first = np.zeros(size, np.int64), np.zeros((2, DAYS + 1), np.int64)
    n = demand.draw_needs(
        np.uint64(1), year, person, background, members, start, needs, low_use,
        alike(person) if differing is None else differing, never(person) if dies_after is None else dies_after,
        last_year, np.zeros(size, np.int64), np.zeros(size, np.int32), np.zeros(DAYS * BUCKETS + 1, np.int32),
        np.empty(STREAM_COUNT), out, first,
    )  # fmt: skip
    if n < 0:
        return None
    day = np.concatenate([np.repeat(np.arange(DAYS), np.diff(first[h])) for h in range(2)])
    word = out[:n]
    slot = (word >> (STREAM_BITS + HEIGHT_BITS)) & SLOT_MASK
    stream = (word >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1)
    return np.column_stack([day, word >> SECOND_SHIFT, slot, stream, word & (HEIGHT_ONE - 1)])


def alike(person: np.ndarray) -> np.ndarray:
    """Factors on needs of people who do not differ."""
    return np.ones((person.size, STREAM_COUNT), np.float32)


def never(person: np.ndarray) -> np.ndarray:
    """Days until people die of whom nobody does."""
    return np.full(person.size, NOT_SOON, np.int32)


def clock() -> np.ndarray:
    return need_rates.arrival_profile(np.ones((STREAM_COUNT, 24)))


def as_set(points: np.ndarray) -> set[tuple[int, ...]]:
    return set(map(tuple, points[:, :4].tolist()))


def test_the_numbers_are_poisson_with_the_mean_of_the_rate() -> None:
    points = draw(*population())
    count = np.bincount(points[:, 2] * STREAM_COUNT + points[:, 3], minlength=PEOPLE * STREAM_COUNT)
    mean = 2.0 * DAYS / 365.25
    assert abs(count.mean() - mean) < 4 * np.sqrt(mean / count.size)
    assert abs(count.var() / count.mean() - 1.0) < 4 * np.sqrt(2 / count.size)


def test_days_heights_and_hours_are_evenly_spread() -> None:
    points = draw(*population())
    per_day = np.bincount(points[:, 0], minlength=DAYS)
    assert chi2.sf(((per_day - per_day.mean()) ** 2 / per_day.mean()).sum(), DAYS - 1) > 1e-4
    assert kstest(points[:, 4] / HEIGHT_ONE, "uniform").pvalue > 1e-4
    assert kstest(points[:, 1] / 86_400, "uniform").pvalue > 1e-4


def test_each_centres_day_is_in_order_of_time() -> None:
    points = draw(*population())
    same = (np.diff(points[:, 0]) == 0) & (np.diff(points[:, 2] % 2) == 0)
    assert (np.diff(points[:, 1])[same] >= 0).all()


def test_a_lower_rate_removes_points_and_moves_none() -> None:
    people = population()
    more, less = as_set(draw(*people, rate=2.0)), as_set(draw(*people, rate=1.5))
    assert less < more
    assert abs(len(less) / len(more) - 0.75) < 0.02


def test_a_factor_thins_its_own_month_stream_age_and_segment_alone() -> None:
    people = population()
    people[1]["segment"] = np.arange(PEOPLE) % 4
    factors = np.ones((12, STREAM_COUNT, 1, AGE_GROUP_COUNT, 4))
    factors[5, 2, 0, 3, 1] = 0.0
    before, after = as_set(draw(*people)), as_set(draw(*people, factors=factors))
    assert after < before
    gone = before - after
    assert len(gone) > 10
    assert {MONTH[p[0]] for p in gone} == {5}
    assert {p[3] for p in gone} == {2}
    assert {int(people[0]["risk"][p[2]]) // 6 for p in gone} == {3}
    assert {p[2] % 4 for p in gone} == {1}


def test_a_factor_of_one_municipality_changes_nobodys_needs_elsewhere() -> None:
    people = population()
    people[1]["municipality"] = np.arange(PEOPLE) // 2 % 3
    factors = np.ones((12, STREAM_COUNT, 3, AGE_GROUP_COUNT, 4))
    factors[:, 2, 1] = 0.5
    factors[:, 0, 1] = 1.5
    before, after = (as_set(draw(*people, factors=f)) for f in (np.ones_like(factors), factors))
    assert before == as_set(draw(*population())), "municipalities with the same factors share a group"
    places = people[1]["municipality"]
    assert {int(places[p[2]]) for p in before ^ after} == {1}
    assert {p[3] for p in before - after} == {2}
    assert {p[3] for p in after - before} == {0}


def test_a_factor_above_one_adds_points_and_moves_none() -> None:
    people = population()
    factors = np.ones((12, STREAM_COUNT, 1, AGE_GROUP_COUNT, 4))
    factors[:6, 2] = 1.5
    before, after = as_set(draw(*people)), as_set(draw(*people, factors=factors))
    assert before < after
    added = after - before
    assert {p[3] for p in added} == {2}
    assert max(MONTH[p[0]] for p in added) == 5
    stream = np.array([p[3] for p in before if MONTH[p[0]] < 6])
    assert abs(len(added) / (0.5 * (stream == 2).sum()) - 1.0) < 5 * np.sqrt(3 / len(added))


def test_more_of_a_lever_keeps_what_less_of_it_added() -> None:
    people = population()
    factors = np.ones((12, STREAM_COUNT, 1, AGE_GROUP_COUNT, 4))
    factors[:, 2] = 1.2
    less = as_set(draw(*people, factors=factors))
    factors[:, 2] = 1.4
    assert less < as_set(draw(*people, factors=factors))


def test_a_factor_keeps_its_share_of_the_heights() -> None:
    """The mark that continuity thins by stays evenly spread among the needs that a factor leaves or adds."""
    for factor in (0.6, 1.6):
        points = draw(*population(), factors=np.full((12, STREAM_COUNT, 1, AGE_GROUP_COUNT, 4), factor))
        assert kstest(points[:, 4] / HEIGHT_ONE, "uniform").pvalue > 1e-4


def test_the_seasons_and_the_streams_of_a_year_are_those_asked_for() -> None:
    season = np.ones((STREAM_COUNT, 12))
    season[1, 6] = 0.4
    points = draw(*population(), season=season)
    july = points[MONTH[points[:, 0]] == 6]
    per_day = {s: (july[:, 3] == s).sum() / 31 for s in range(2)}
    whole = {s: ((points[:, 3] == s) & (MONTH[points[:, 0]] != 6)).sum() / (DAYS - 31) for s in range(2)}
    assert abs(per_day[1] / whole[1] - 0.4) < 0.04
    assert abs(per_day[0] / whole[0] - 1.0) < 0.06


def test_needs_of_closed_days_belong_to_open_ones_and_the_year_has_as_many() -> None:
    """Power: a weight of 0.25 that came out as 0.21 or 0.29 would be found with 99.9 % certainty."""
    plain, moved = (draw(*population(), closed=closed) for closed in (1.0, 0.25))
    assert len(plain) == len(moved)
    assert sorted(map(tuple, plain[:, [2, 3, 4]])) == sorted(map(tuple, moved[:, [2, 3, 4]])), (
        "whose, of what, how high"
    )
    counts = np.bincount(moved[:, 0], minlength=DAYS)
    ratio = counts[WEEKEND].mean() / counts[~WEEKEND].mean()
    assert abs(ratio - 0.25) < 3.3 * 0.25 * np.sqrt(1 / counts[WEEKEND].sum() + 1 / counts[~WEEKEND].sum())


def test_removing_a_person_leaves_everybody_elses_needs() -> None:
    person, background = population()
    before = as_set(draw(person, background))
    person["status"][10] = 0
    after = as_set(draw(person, background))
    assert before - after == {p for p in before if p[2] == 10}
    assert after < before


def test_low_users_and_other_years() -> None:
    person, background = population()
    person["status"][::2] |= LOW_USE
    points = draw(person, background, low_use=0.2)
    assert abs((points[:, 2] % 2 == 0).mean() / 0.2 * 1.2 - 1.0) < 0.05
    assert not as_set(points) & as_set(draw(person, background, year=2024)) > set()


def test_a_full_array_is_told_not_overrun() -> None:
    assert draw(*population(), size=500) is None


def test_the_estimates_of_their_number_are_never_too_small() -> None:
    person, background = population()
    members, start = demand.members_by_centre(person, np.zeros(PEOPLE, np.uint8), 2)
    factors, rates = (
        np.ones((12, STREAM_COUNT, 1, AGE_GROUP_COUNT, 4)),
        np.full((STREAM_COUNT, AGE_GROUP_COUNT * 6), 2.0),
    )
    every_day = np.ones((STREAM_COUNT, DAYS))
    needs = need_rates.needs_of_year(rates, np.ones((STREAM_COUNT, 12)), factors, clock(), MONTH, every_day)
    differing, dies_after = alike(person), never(person)
    differing[::3], dies_after[::4] = 3.0, 200
    everywhere, largest = demand.expected_points(
        person, background, members, start, needs, 1.0, differing, dies_after, 5.0
    )
    points = draw(person, background, differing=differing, dies_after=dies_after, last_year=5.0)
    assert everywhere > len(points) > 1.5 * len(draw(person, background))
    assert everywhere > largest > np.bincount(points[:, 2] % 2).max()


def test_members_are_those_present_or_expected_by_centre() -> None:
    person, _ = population(8)
    person["status"][[1, 2]] = 0
    members, start = demand.members_by_centre(person, np.array([0, 0, 1, 0, 0, 0, 0, 0], np.uint8), 2)
    assert [members[start[h] : start[h + 1]].tolist() for h in range(2)] == [[0, 2, 4, 6], [3, 5, 7]]


@pytest.mark.parametrize("open_hours", [(8, 17), (0, 24), (23, 24)])
def test_nobody_comes_at_hours_of_no_weight(open_hours: tuple[int, int]) -> None:
    weights = np.zeros((1, 24))
    weights[0, slice(*open_hours)] = 3.0
    seconds = need_rates.arrival_profile(weights)[0]
    assert seconds.size == CLOCK
    assert seconds[0] == open_hours[0] * 3600
    assert seconds[-1] == min(open_hours[1] * 3600, 86_399)
    assert (np.diff(seconds) >= 0).all()


# --- people who differ, and the last year of life ------------------------------------------------------------

RATIO = 5.0


def whole(points: np.ndarray) -> set[tuple[int, ...]]:
    """Points to the bit, height and all."""
    return set(map(tuple, points.tolist()))


def test_a_factor_of_ones_changes_no_bit_and_of_nothing_leaves_none() -> None:
    people = population()
    factor = alike(people[0])
    before = draw(*people)
    assert np.array_equal(draw(*people, differing=factor), before)
    factor[:, 2] = 0.0
    factor[7] = 0.0
    after = draw(*people, differing=factor)
    assert not (after[:, 3] == 2).any()
    assert not (after[:, 2] == 7).any()


def test_a_persons_factor_raises_that_persons_needs_of_that_stream() -> None:
    """Half of 3 000 people need 3 times as much of one stream: 9 000 against 3 000, and others as much as before."""
    people = population()
    factor = alike(people[0])
    factor[::2, 1] = 3.0
    points, before = draw(*people, differing=factor), draw(*people)
    assert whole(points[points[:, 2] % 2 == 1]) == whole(before[before[:, 2] % 2 == 1])
    count = np.bincount(points[points[:, 2] % 2 == 0, 3], minlength=STREAM_COUNT)
    expected = 2.0 * PEOPLE / 2 * DAYS / 365.25 * np.where(np.arange(STREAM_COUNT) == 1, 3.0, 1.0)
    assert (np.abs(count - expected) < 4 * np.sqrt(expected)).all()


def near_death(dies_after: int, dying: slice = slice(None), people=None, **others) -> tuple[np.ndarray, np.ndarray]:
    """Points when nobody dies, and when some do so many days after the first of the year."""
    people = population() if people is None else people
    days = never(people[0])
    days[dying] = dies_after
    return draw(*people, **others), draw(*people, dies_after=days, last_year=RATIO, **others)


def added(points: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Points that the last year adds; none may be lost or moved."""
    before, after = map(whole, points)
    assert before <= after
    return np.array(sorted(after - before), np.int64).reshape(-1, 5)


@pytest.mark.parametrize(
    ("dies_after", "first", "last"), [(200, 0, 200), (365, 0, 365), (500, 135, 365), (729, 364, 365)]
)
def test_emergencies_come_so_many_times_as_often_in_the_365_days_before_death(dies_after, first, last) -> None:
    """3 000 people, two emergencies a year: four more for each in those days; 3 % would be found over a year."""
    new = added(near_death(dies_after))
    assert set(new[:, 3]) == {EMERGENCY}, "nothing else of a person's needs has moved"
    expected = (RATIO - 1.0) * 2.0 * PEOPLE * (last - first) / 365.25
    assert abs(len(new) - expected) < 4 * np.sqrt(expected)
    assert new[:, 0].min() >= first
    assert new[:, 0].max() < last
    assert len(set(new[:, 0])) > 0.95 * (last - first)


@pytest.mark.parametrize("dies_after", [730, 1_000, NOT_SOON, 0])
def test_before_the_last_year_and_after_death_there_are_no_more(dies_after: int) -> None:
    assert not added(near_death(dies_after)).size


def test_a_ratio_of_one_changes_no_bit() -> None:
    people = population()
    assert np.array_equal(draw(*people, dies_after=np.full(PEOPLE, 200, np.int32)), draw(*people))


def test_the_last_year_of_some_is_nothing_to_others() -> None:
    new = added(near_death(400, slice(0, 300)))
    assert new[:, 2].max() < 300
    assert len(set(new[:, 2])) > 280


def test_what_the_last_year_adds_follows_the_persons_rate() -> None:
    """A quarter each: as others, low users at a fifth, people who need three times as much, and both."""
    person, background = population()
    person["status"][1::2] |= LOW_USE
    factor = alike(person)
    factor[2::4, EMERGENCY] = factor[3::4, EMERGENCY] = 3.0
    new = added(near_death(365, people=(person, background), differing=factor, low_use=0.2))
    expected = (RATIO - 1.0) * 2.0 * PEOPLE / 4 * 365 / 365.25 * np.array([1.0, 0.2, 3.0, 0.6])
    assert (np.abs(np.bincount(new[:, 2] % 4, minlength=4) - expected) < 4 * np.sqrt(expected)).all()


def test_what_thins_emergencies_thins_those_of_the_last_year() -> None:
    """And leaves their marks evenly spread, by which continuity thins again."""
    factors = np.ones((12, STREAM_COUNT, 1, AGE_GROUP_COUNT, 4))
    factors[:, EMERGENCY] = 0.6
    plain, less = added(near_death(365)), added(near_death(365, factors=factors))
    assert set(map(tuple, less[:, :4].tolist())) < set(map(tuple, plain[:, :4].tolist()))
    assert abs(len(less) / len(plain) - 0.6) < 4 * np.sqrt(0.24 / len(plain))
    for new in (plain, less):
        assert kstest(new[:, 4] / HEIGHT_ONE, "uniform").pvalue > 1e-4


def test_the_next_year_goes_on_with_other_emergencies() -> None:
    """Who dies 500 days after the first of one year dies 135 days after that of the next."""
    people = population()
    days = never(people[0])
    first = near_death(500)[1]
    days[:] = 135
    second = draw(*people, dies_after=days, last_year=RATIO, year=2024)
    assert not as_set(first) & as_set(second)
