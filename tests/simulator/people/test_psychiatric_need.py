"""Who needs psychiatry, and when: levels, norms, and what lasts from year to year."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.core.state import BACKGROUND, PERSON, PRESENT
from simulator.core.words import SLOT_BITS, SLOT_MASK
from simulator.people import psychiatric_need as need
from simulator.people.psychiatric_need import PATIENT_ADULTS, PATIENT_CHILDREN, PSYCHIATRIC_EMERGENCY, PSYCHIATRIC_VISIT

PEOPLE, DEPRESSED = 40_000, 1
P = {
    "mental.share_of_gp_visits": 0.2, "mental.depression_ratio": 3.0, "psychiatry.need_slope": 0.0,
    "psychiatry.depression_ratio": 6.0, "psychiatry.patients_share_children": 0.06,
    "psychiatry.patients_share_adults": 0.05, "psychiatry.visits_per_inhabitant": 0.4,
    "psychiatry.emergency_visits_per_1000": 20.0,
}  # fmt: skip


def people(n=PEOPLE):
    person, background = np.zeros(n, PERSON), np.zeros(n, BACKGROUND)
    person["key"] = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"], background["age"] = PRESENT, 40
    return person, background


def general_of(person):
    """Standard normals, in no order that people have otherwise."""
    return np.random.default_rng(1).standard_normal(person.size).astype(np.float32)


def drawn(person, background, base, year=2024, slope=0.0, stays=0.6, visits=3.0, emergencies=0.5):
    """Day, kind and slot of each need of a year that begins on day 365."""
    words = need.draw_needs(
        7, year, 365, 366, person, background, np.asarray(base, float), DEPRESSED, general_of(person), slope, stays,
        visits, emergencies,
    )  # fmt: skip
    when = words >> SLOT_BITS
    return when >> 1, when & 1, words & SLOT_MASK


def test_the_share_about_mental_health_is_kept_and_depression_weighs() -> None:
    """A fourth of the needs are of the depressed: 0.2 = base x (3/4 + 3 x 1/4)."""
    chances = need.mental_chances(P, np.array([1.0, 2.0, 1.0]), np.array([True, False, False]))
    assert chances.tolist() == pytest.approx([0.2 / 1.5, 0.6 / 1.5])


def test_norms_keep_the_shares_and_the_visits() -> None:
    """Four adults, one depressed, weigh 6 + 3 of 4; two children alike. Visits: 0.4 x 6 over 4 x 0.05 + 2 x 0.06."""
    here, adult = np.ones(6, bool), np.array([True] * 4 + [False] * 2)
    depressed = np.array([True] + [False] * 5)
    norm = need.norms(P, here, adult, depressed, np.zeros(6))
    assert norm[PATIENT_CHILDREN] == pytest.approx(1.0)
    assert norm[PATIENT_ADULTS] == pytest.approx(9 / 4)
    assert norm[2] == pytest.approx(0.4 * 6 / 0.32 - 1.0)
    assert norm[3] == pytest.approx(0.02 * 6 / 0.32)


def test_as_many_are_patients_as_the_chance_says_and_have_the_visits_of_the_mean() -> None:
    """40 000 people at 0.05: 2 000 patients, standard deviation 44; means of 4 and 0.5 with exponential severity."""
    _, kind, slot = drawn(*people(), [[0.05, 0.05]] * 2)
    patients = np.unique(slot).size
    assert patients == pytest.approx(2000, abs=4 * 44)
    assert (kind == PSYCHIATRIC_VISIT).sum() / patients == pytest.approx(4.0, abs=0.35)
    assert (kind == PSYCHIATRIC_EMERGENCY).sum() / patients == pytest.approx(0.5, abs=0.09)


def test_needs_lie_in_the_year_and_everywhere_in_it() -> None:
    day, _, _ = drawn(*people(), [[0.05, 0.05]] * 2)
    assert day.min() >= 365
    assert day.max() < 365 + 366
    assert day.mean() == pytest.approx(365 + 183, abs=6)


def test_children_and_depression_have_chances_of_their_own() -> None:
    person, background = people()
    background["age"][::2], background["conditions"][::4] = 10, DEPRESSED
    _, _, slot = drawn(person, background, [[0.02, 0.2], [0.0, 0.0]])
    who = np.unique(slot)
    assert (who % 2 == 0).all(), "adults have none"
    ill = (who % 4 == 0).sum()
    assert ill == pytest.approx(2000, abs=4 * 43)
    assert who.size - ill == pytest.approx(200, abs=4 * 14)


def test_nobody_who_is_away_and_nobody_at_no_chance_has_needs() -> None:
    person, background = people(2000)
    assert drawn(person, background, np.zeros((2, 2)))[0].size == 0
    person["status"] = 0
    assert drawn(person, background, np.full((2, 2), 0.5))[0].size == 0


def test_what_lasts_decides_who_is_a_patient_next_year_too() -> None:
    """With a lasting draw always the same people; with none as few as chance makes, 0.05."""
    years = {}
    for stays in (0.0, 1.0):
        first, second = (
            set(drawn(*people(), [[0.05, 0.05]] * 2, year=y, stays=stays)[2].tolist()) for y in (2024, 2025)
        )
        years[stays] = len(first & second) / len(first)
    assert years[1.0] == 1.0
    assert years[0.0] == pytest.approx(0.05, abs=0.025)


def test_who_needs_more_is_a_patient_oftener() -> None:
    flat, steep = (np.unique(drawn(*people(), [[0.05, 0.05]] * 2, slope=s)[2]).size for s in (0.0, 0.5))
    assert steep / flat == pytest.approx(np.exp(0.125), abs=0.08), (
        "mean of a lognormal; three standard deviations cap it"
    )


def test_patients_are_counted_by_class() -> None:
    _, background = people(4)
    background["age"][:2] = 7
    words = np.array([0, 1, 1, 3], np.int64) + (5 << SLOT_BITS)
    state = SimpleNamespace(background=background, psychiatry_need=words)
    assert need.patients_of_year(state).tolist() == [2, 1]
