"""Points of need: in order, keyed to people, added or removed one by one as rates change."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2, kstest

from simulator import demand
from simulator.demand import BUCKETS, CLOCK, HEIGHT_BITS, HEIGHT_ONE, SECOND_SHIFT, STREAM_BITS, STREAMS
from simulator.morbidity import AGE_GROUPS
from simulator.state import BACKGROUND, LOW_USE, PERSON, PRESENT, SLOT_MASK

DAYS, PEOPLE = 365, 3_000
MONTH = np.minimum(np.arange(DAYS) // 31, 11)


def population(people: int = PEOPLE, centres: int = 2) -> tuple[np.ndarray, np.ndarray]:
    person, background = np.zeros(people, PERSON), np.zeros(people, BACKGROUND)
    person["key"] = np.arange(people, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"], person["centre"] = PRESENT, np.arange(people) % centres
    person["risk"] = np.arange(people) % (AGE_GROUPS * 6)
    return person, background


def draw(person, background, rate=2.0, accept=None, size=200_000, year=2023, low_use=1.0):
    """The year's points as (day, second, person, stream, height) int64[n, 5], in the order of the kernel."""
    accept = np.ones((12, STREAMS, AGE_GROUPS, 4)) if accept is None else accept
    expected = np.zeros(person.size, np.uint8)
    members, start = demand.members_by_centre(person, expected, 2)
    out, first = np.zeros(size, np.int64), np.zeros((2, DAYS + 1), np.int64)
    n = demand.draw_needs(
        np.uint64(1), year, DAYS, MONTH, person, background, members, start, np.full((STREAMS, AGE_GROUPS * 6), rate),
        accept.max(axis=0), accept, profile(), low_use, np.zeros(size, np.int64), np.zeros(size, np.int32),
        np.zeros(DAYS * BUCKETS + 1, np.int64), out, first,
    )  # fmt: skip
    if n < 0:
        return None
    day = np.concatenate([np.repeat(np.arange(DAYS), np.diff(first[h])) for h in range(2)])
    word = out[:n]
    slot = (word >> (STREAM_BITS + HEIGHT_BITS)) & SLOT_MASK
    stream = (word >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1)
    return np.column_stack([day, word >> SECOND_SHIFT, slot, stream, word & (HEIGHT_ONE - 1)])


def profile() -> np.ndarray:
    return demand.arrival_profile(np.ones((STREAMS, 24)))


def as_set(points: np.ndarray) -> set[tuple[int, ...]]:
    return set(map(tuple, points[:, :4].tolist()))


def test_the_numbers_are_poisson_with_the_mean_of_the_rate() -> None:
    points = draw(*population())
    count = np.bincount(points[:, 2] * STREAMS + points[:, 3], minlength=PEOPLE * STREAMS)
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
    accept = np.ones((12, STREAMS, AGE_GROUPS, 4))
    accept[5, 2, 3, 1] = 0.0
    gone = as_set(draw(*people)) - as_set(draw(*people, accept=accept))
    assert len(gone) > 10
    assert {MONTH[p[0]] for p in gone} == {5}
    assert {p[3] for p in gone} == {2}
    assert {int(people[0]["risk"][p[2]]) // 6 for p in gone} == {3}
    assert {p[2] % 4 for p in gone} == {1}


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


def test_the_estimate_of_their_number_is_never_too_small() -> None:
    person, background = population()
    members, _ = demand.members_by_centre(person, np.zeros(PEOPLE, np.uint8), 2)
    cap, rates = np.ones((STREAMS, AGE_GROUPS, 4)), np.full((STREAMS, AGE_GROUPS * 6), 2.0)
    assert demand.expected_points(person, background, members, rates, cap, 1.0) > len(draw(person, background))


def test_members_are_those_present_or_expected_by_centre() -> None:
    person, _ = population(8)
    person["status"][[1, 2]] = 0
    members, start = demand.members_by_centre(person, np.array([0, 0, 1, 0, 0, 0, 0, 0], np.uint8), 2)
    assert [members[start[h] : start[h + 1]].tolist() for h in range(2)] == [[0, 2, 4, 6], [3, 5, 7]]


@pytest.mark.parametrize("open_hours", [(8, 17), (0, 24), (23, 24)])
def test_nobody_comes_at_hours_of_no_weight(open_hours: tuple[int, int]) -> None:
    weights = np.zeros((1, 24))
    weights[0, slice(*open_hours)] = 3.0
    seconds = demand.arrival_profile(weights)[0]
    assert seconds.size == CLOCK
    assert seconds[0] == open_hours[0] * 3600
    assert seconds[-1] == min(open_hours[1] * 3600, 86_399)
    assert (np.diff(seconds) >= 0).all()
