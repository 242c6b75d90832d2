"""The relationship with a GP: how it begins, grows, lapses, and what it does."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from small_system import world_of

from simulator.core import words
from simulator.core.state import CHRONIC, HOME_NURSING, SAW_OWN_GP, SPECIAL_HOUSING
from simulator.core.words import gp_of
from simulator.people import continuity
from simulator.people.continuity import DOSES, LONGEST_YEARS, MOST_VISITS, effects

MEMORY, FULL = 730.0, 0.75
HERS, HIS, LOCUM = gp_of(0, 0, 5), gp_of(0, 1, 6), gp_of(0, 2, 7)


@njit
def remember(person, relation, seen, slot, gp, agency, own, day, regular):
    continuity.remember(person, relation, seen, slot, gp, agency, own, day, 730.0, 0.75, regular)


@njit
def centre_of(gp):
    return words.centre_of(gp)


@njit
def chair_of(gp):
    return words.chair_of(gp)


@njit
def dose_level(days, share, full):
    return continuity.dose_level(days, share, full)


@njit
def index_of(seen, visits):
    return continuity.bice_boxerman(seen, visits)


@njit
def usual_of(seen, visits):
    return continuity.usual_provider(seen, visits)


def visit(world, gp, day, own=False, agency=0, regular=0.0):
    remember(world.person, world.relation, world.seen, 0, gp, agency, own, day, regular)
    return world.relation[0]


def test_the_first_gp_met_becomes_the_known_one_unless_a_locum() -> None:
    world = world_of()
    assert visit(world, LOCUM, 1, agency=1)["gp"] == 0
    bond = visit(world, HERS, 2)
    assert (bond["gp"], bond["since"], bond["last"], bond["share"]) == (HERS, 2, 2, 0.25)


def test_visits_to_others_wear_it_down_until_another_takes_over() -> None:
    world = world_of()
    for day in range(8):
        visit(world, HERS, day)
    shares = [float(visit(world, LOCUM, 10 + n, agency=1)["share"]) for n in range(3)]
    assert shares == sorted(shares, reverse=True)
    assert world.relation[0]["gp"] == HERS
    held = [int(visit(world, HIS, 20 + n)["gp"]) for n in range(5)]
    assert held == sorted(held), "once taken over it stays so"
    assert held[-1] == HIS


def test_after_the_memory_span_a_new_gp_takes_over_at_once() -> None:
    world = world_of()
    for day in range(6):
        visit(world, HERS, day)
    assert visit(world, HIS, 700)["gp"] == HERS
    world.relation["last"] = -100
    assert visit(world, HIS, 731)["gp"] == HIS


def test_a_gp_counts_as_own_who_knows_the_person_already_and_is_no_locum() -> None:
    world = world_of()
    for gp, agency, counts in ((HERS, 0, False), (HERS, 0, True), (HIS, 0, False), (HERS, 0, True), (LOCUM, 1, False)):
        visit(world, gp, 1, gp == HERS, agency)
        assert bool(world.person[0]["status"] & SAW_OWN_GP) == counts


def test_it_counts_for_those_who_come_often_enough_in_two_years() -> None:
    world = world_of()
    world.relation["visits_before"] = 1
    counted = [
        bool(visit(world, HERS, day, regular=3.0) is not None and world.person[0]["status"] & SAW_OWN_GP)
        for day in range(3)
    ]
    assert counted == [False, True, True]
    assert world.relation[0]["visits"] == 3


def test_visits_of_a_year_are_counted_up_to_the_most_and_begin_anew() -> None:
    world = world_of()
    world.relation["visits"] = MOST_VISITS - 1
    assert [int(visit(world, HERS, day)["visits"]) for day in range(3)] == [MOST_VISITS] * 3
    continuity.begin_year(world.relation)
    assert (world.relation[0]["visits"], world.relation[0]["visits_before"]) == (0, MOST_VISITS)


def test_dose_grows_with_years_and_share_and_saturates() -> None:
    years = [dose_level(int(365.25 * y + 1), 1.0, FULL) for y in (0.5, 1, 2, 5, 10, 17, 40)]
    assert years == sorted(years)
    assert (years[0], years[1], years[-2], years[-1]) == (0, 0, DOSES - 1, DOSES - 1)
    shares = [dose_level(3_653, s, FULL) for s in (0.0, 0.2, 0.5, 0.75, 1.0)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-2] == shares[-1]


@pytest.mark.parametrize(
    ("seen", "expected"), [([1, 1, 1, 1], 1.0), ([1, 2, 3, 4], 0.0), ([1, 1, 2], 1 / 3), ([1, 1, 2, 2], 1 / 3)]
)
def test_bice_boxerman(seen: list[int], expected: float) -> None:
    counts = np.bincount(seen)
    n = len(seen)
    assert ((counts**2).sum() - n) / (n * (n - 1)) == pytest.approx(expected)
    padded = np.zeros(8, np.uint32)
    padded[:n] = seen
    assert index_of(padded, n) == pytest.approx(expected)


def test_the_index_reads_the_latest_eight_visits() -> None:
    assert index_of(np.full(8, 3, np.uint32), 200) == 1.0


def test_the_year_closes_with_the_chronically_ill_special_housing_and_home_nursing() -> None:
    """Sums of Bice-Boxerman and of usual provider, and people; who is both counts in both groups."""
    world = world_of(people=6, m=2)
    world.person["status"][:3] |= CHRONIC
    world.person["status"][2:4] |= SPECIAL_HOUSING
    world.person["status"][5] = CHRONIC  # has died or moved
    world.background["municipality"][1] = 1
    world.seen[:] = 4
    world.seen[2, :4] = (1, 1, 2, 2)
    world.relation["visits"] = (5, 1, 4, 5, 5, 5)  # too few, mixed, one's own, neither ill nor housed, gone
    world.person["status"][4] |= HOME_NURSING
    index = np.zeros((2, 3, 3))
    continuity.close_year(world.person, world.background, world.relation, world.seen, 2, index)
    third = 1 / 3
    both = pytest.approx([1 + third, 1.5, 2])
    assert index[0].tolist() == [both, both, pytest.approx([1.0, 1.0, 1])]
    assert not index[1].any()
    assert not world.relation["visits"].any()


@pytest.mark.parametrize(
    ("seen", "expected"), [([1, 1, 1, 1], 1.0), ([1, 2, 3, 4], 0.25), ([1, 1, 2], 2 / 3), ([2, 1, 2, 2, 1], 0.6)]
)
def test_usual_provider(seen: list[int], expected: float) -> None:
    assert np.bincount(seen).max() / len(seen) == pytest.approx(expected)
    padded = np.zeros(8, np.uint32)
    padded[: len(seen)] = seen
    assert usual_of(padded, len(seen)) == pytest.approx(expected)


def test_unused_relationships_lapse() -> None:
    world = world_of(people=2)
    world.relation["gp"], world.relation["since"], world.relation["share"] = HERS, -3000, 1.0
    world.relation["last"] = (-800, -10)
    seat = world.chair[centre_of(HERS), chair_of(HERS)]
    seat["gp"] = HERS
    continuity.forget(world.person, world.relation, world.chair, 0, MEMORY, FULL)
    assert world.relation["gp"].tolist() == [0, HERS]
    assert world.person["dose"][0] == 0 < world.person["dose"][1]
    seat["gp"] = HERS + 1
    continuity.forget(world.person, world.relation, world.chair, 0, MEMORY, FULL)
    assert not world.relation["gp"].any(), "somebody else sits where the GP did"
    assert not world.person["dose"].any()


def test_effects_pass_through_the_published_ratios() -> None:
    ratios = np.array([[0.9, 0.7], [0.95, 0.72], [0.92, 0.75]])
    full = effects(ratios, np.ones(3))
    assert np.allclose(full[:, 0], 1.0)
    assert np.allclose(full[:, -1], ratios[:, 1])
    place = np.log(2.5) / np.log(LONGEST_YEARS) * (DOSES - 1)
    assert np.interp(place, range(DOSES), full[0]) == pytest.approx(0.9, abs=0.01)
    assert (np.diff(full, axis=1) <= 0).all()
    mixed = effects(ratios, np.array([0.5, 0.0, 1.0]))
    assert np.allclose(mixed, np.stack([np.sqrt(full[0]), np.ones(DOSES), full[2]]))
