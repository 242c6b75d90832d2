"""Cause, acuity and what spares an emergency: shares recovered from draws, and who is concerned.

Unless said otherwise 60 000 cases under one seed; a share is accepted within four standard errors (at most 0.0082),
so a right rule fails once in 16 000 seeds and a share that is 0.017 off is found with a power above 0.9999.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numba import njit
from scipy.stats import chi2_contingency, norm
from small_system import world_of

from simulator.care import causes
from simulator.care.causes import DIABETES, FALL, HEART_FAILURE, LUNG, OTHER
from simulator.care.offer import MONITORING
from simulator.core.state import CHRONIC, COMPLEX
from simulator.core.world import World
from simulator.region.pack import Region
from simulator.tables import CAUSE_CONDITIONS, tables_of

PEOPLE, CASES = 3_000, 20
N = PEOPLE * CASES
HEART, COPD, ASTHMA, SUGAR = (1 << n for n in range(4))


@njit
def look(w, cause, acuity, followed, spared):
    for slot in range(w.person.size):
        followed[slot] = causes.followed(w, slot)
        for n in range(5):
            spared[slot, n] = causes.spared_share(w, slot, np.int64(n))
        for case in range(cause.shape[1]):
            cause[slot, case] = causes.cause_of(w, slot, case)
            acuity[slot, case] = causes.acuity_of(w, slot, case)


class Drawn:
    """What is drawn for everybody in a world: cause and acuity by case, team, factors by cause."""

    def __init__(self, world: World) -> None:
        n = world.person.size
        self.cause, self.acuity = np.zeros((2, n, CASES), np.int64)
        self.followed, self.spared = np.zeros(n, np.bool_), np.zeros((n, 5))
        look(world, self.cause, self.acuity, self.followed, self.spared)


def world_with(age_group: int = 6, held: int = 0, seed: int = 11) -> World:
    """People of one age with one set of the conditions that can be a cause; `cause_set` is the set itself."""
    world = world_of(people=PEOPLE, seed=seed)
    world.person["risk"], world.background["conditions"] = age_group * 6, held
    return world


@pytest.fixture(scope="module")
def county_world(county: Region):
    """The county's own shares, and sets of conditions told by their codes."""
    tables = tables_of(county)
    codes = [condition.code for condition in county.conditions]

    def make(age_group: int, *held: str) -> World:
        world = world_with(age_group, sum(1 << codes.index(code) for code in held))
        names = ("acuity", "cause", "cause_set", "ward", "hip")
        return world._replace(**{name: getattr(tables, name) for name in names})

    return make


def close(found: np.ndarray, share: np.ndarray | float, n: int = N) -> bool:
    share = np.asarray(share)
    return bool((np.abs(found - share) <= 4 * np.sqrt(share * (1 - share) / n) + 1e-12).all())


def test_the_tolerance_has_the_power_that_is_stated() -> None:
    error = np.sqrt(0.25 / N)
    assert 4 * error < 0.0082
    assert norm.sf((4 * error - 0.017) / error) > 0.9999


@pytest.mark.parametrize("seed", [11, 12])
def test_causes_and_acuities_have_their_shares(seed: int) -> None:
    drawn = Drawn(world_with(seed=seed))
    found = np.bincount(drawn.cause.ravel(), minlength=5) / N
    assert close(found, [0.1, 0.1, 0.1, 0.2, 0.5])
    assert close(np.bincount(drawn.acuity.ravel(), minlength=3) / N, [0.3, 0.4, 0.3])


def test_the_countys_shares_of_acuity_are_recovered_at_every_age(county: Region, county_world) -> None:
    """At the county hospital: so much more that is urgent, and of the rest as much of each as in the county."""
    for group, (urgent, *rest) in enumerate(county.hospital_mix["acuity"]):
        found = np.bincount(Drawn(county_world(group)).acuity.ravel(), minlength=3) / N
        here = county.urgent_factor[0] * urgent
        assert close(found, [here, *(share * (1 - here) / (1 - urgent) for share in rest)]), f"age group {group}"
    assert county.urgent_factor[0] > 1.0 > county.urgent_factor[2]
    first, last = county.hospital_mix["acuity"][[0, -1], 0]
    assert first < last, "more urgent with age"


@pytest.mark.parametrize(
    ("held", "names"),
    [
        ((), ()),
        (("heart_failure",), ("heart_failure",)),
        (("copd",), ("lung",)),
        (("asthma",), ("asthma",)),
        (("copd", "asthma"), ("lung", "asthma")),
        (("diabetes",), ("diabetes",)),
        (("heart_failure", "copd", "diabetes"), ("heart_failure", "lung", "diabetes")),
    ],
)
def test_only_who_has_a_condition_has_it_as_a_cause(county: Region, county_world, held, names) -> None:
    group = 6
    cause_of = {"heart_failure": HEART_FAILURE, "lung": LUNG, "asthma": LUNG, "diabetes": DIABETES}
    expected = np.zeros(5)
    for name in names:
        expected[cause_of[name]] += county.parameters[f"cause.{name}_share"]
    expected[FALL] = county.hospital_mix["cause"][group, 0]
    expected[OTHER] = 1.0 - expected.sum()
    found = np.bincount(Drawn(county_world(group, *held)).cause.ravel(), minlength=5) / N
    assert (found[expected == 0] == 0).all()
    assert close(found, expected)


def test_conditions_that_are_no_cause_change_nothing(county: Region, county_world) -> None:
    others = [c.code for c in county.conditions if c.code not in CAUSE_CONDITIONS]
    assert np.array_equal(Drawn(county_world(7, *others)).cause, Drawn(county_world(7)).cause)


def test_falls_rise_with_age_in_the_county(county_world) -> None:
    young, old = ((Drawn(county_world(group)).cause == FALL).mean() for group in (3, 8))
    assert old - young > 8 * np.sqrt(0.25 / N)


def test_cause_and_acuity_are_drawn_apart() -> None:
    """Chi-square of 60 000 cases, 8 degrees of freedom: a contingency of 0.03 (Cramér's V) would be found."""
    drawn = Drawn(world_with())
    table = np.zeros((5, 3), np.int64)
    np.add.at(table, (drawn.cause.ravel(), drawn.acuity.ravel()), 1)
    assert chi2_contingency(table).pvalue > 1e-4


def test_cause_and_acuity_hang_on_person_and_case_alone() -> None:
    world, other = world_with(), world_with()
    other.hospital["busy"], other.person["dose"], other.person["status"] = 9, 5, other.person["status"] | CHRONIC
    a, b = Drawn(world), Drawn(other)
    assert np.array_equal(a.cause, b.cause)
    assert np.array_equal(a.acuity, b.acuity)
    assert len(np.unique(a.cause[0])) > 1, "another case, another cause"


def test_a_team_follows_its_share_of_the_complex_and_nobody_else() -> None:
    """3 000 people, half of them complex: a share 0.08 off would be found (power 0.98)."""
    world = world_with()
    world.person["status"][::2] |= COMPLEX
    seen = []
    for share in (0.0, 0.3, 0.6, 1.0):
        world.centre["team"] = share
        followed = Drawn(world).followed
        assert not followed[1::2].any()
        assert close(followed[::2].mean(), share, PEOPLE // 2)
        seen.append(followed)
    for fewer, more in pairwise(seen):
        assert not (fewer & ~more).any(), "a larger team drops nobody"


def test_monitoring_at_home_acts_on_heart_failure_and_not_on_copd(county: Region) -> None:
    """With the county's ratios (lungs 1) and everybody monitored, only heart failure is admitted less."""
    world = world_with()
    p = county.parameters
    world.rules["heart_failure_effect"] = p["telemonitoring.heart_failure_ratio"]
    world.rules["lung_effect"] = p["telemonitoring.lung_ratio"]
    assert (Drawn(world).spared == 1.0).all(), "nobody monitors yet"
    world.offer[MONITORING] = 1.0
    spared = Drawn(world).spared
    assert p["telemonitoring.lung_ratio"] == 1.0
    assert (spared[:, HEART_FAILURE] == p["telemonitoring.heart_failure_ratio"]).all()
    assert (spared[:, [LUNG, DIABETES, FALL, OTHER]] == 1.0).all()
    assert p["telemonitoring.heart_failure_ratio"] < 1.0


def test_a_share_monitors_and_the_same_people_for_life() -> None:
    world = world_with()
    world.rules["heart_failure_effect"], world.rules["lung_effect"] = 0.8, 0.9
    world.offer[MONITORING] = 0.4
    spared = Drawn(world).spared
    monitored = spared[:, HEART_FAILURE] < 1.0
    assert close(monitored.mean(), 0.4, PEOPLE)
    assert np.array_equal(monitored, spared[:, LUNG] < 1.0)
    world.offer[MONITORING] = 0.7
    assert not (monitored & (Drawn(world).spared[:, HEART_FAILURE] == 1.0)).any()


def test_team_and_monitoring_multiply() -> None:
    world = world_with()
    world.person["status"] |= COMPLEX
    world.centre["team"], world.offer[MONITORING] = 1.0, 1.0
    world.rules["team_effect"], world.rules["heart_failure_effect"] = -0.2, 0.75
    world.rules["lung_effect"] = 1.0
    spared = Drawn(world).spared
    assert np.allclose(spared[:, HEART_FAILURE], 0.8 * 0.75)
    assert np.allclose(spared[:, LUNG:], 0.8)
