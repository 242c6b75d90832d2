"""Smoking and obesity: who has them, what they part and leave as it was, and what support spares."""

from __future__ import annotations

import numpy as np
import pytest
from falling_ill import YEAR, by_class, fall_ill, people, spared

from simulator.core.state import OBESE, SMOKER, STOPPED_BIT
from simulator.people import habits, morbidity
from simulator.people.habits import HABITS_FROM
from simulator.region.pack import Region
from simulator.tables import tables_of

NEITHER, SMOKES, HEAVY, BOTH = range(4)
SAME = {"risk.smoking_causal_share": 0.0, "risk.obesity_causal_share": 0.0}


@pytest.fixture(scope="module")
def of_everybody(county: Region) -> tuple[np.ndarray, np.ndarray]:
    """Prevalence and onset that nobody's habits part, float64[c, 2, ages, bands]."""
    tables = tables_of(county.with_parameters(SAME))
    return tables.prevalence[NEITHER], np.moveaxis(tables.onset[NEITHER], -1, 0)


def parted(county: Region) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Prevalence and onset by class, and the weights of the classes as a column."""
    tables, weights = tables_of(county), habits.class_weights(habits.shares_of(county))
    return tables.prevalence, np.moveaxis(tables.onset, -1, 1), weights.reshape(4, 1, 1, 1, 1)


# --- balance


def test_the_mean_prevalence_of_every_age_and_sex_is_what_it_was(county, of_everybody) -> None:
    prevalence, _, weight = parted(county)
    np.testing.assert_allclose((weight * prevalence).sum(axis=0), of_everybody[0], rtol=1e-12, atol=1e-15)
    assert prevalence.min() >= 0.0
    assert prevalence.max() <= 1.0


def test_the_mean_onset_of_those_who_may_fall_ill_is_what_it_was(county, of_everybody) -> None:
    """At every age, sex and band: weighted by who has not the condition yet, to the last digits."""
    prevalence, onset, weight = parted(county)
    without = weight * (1.0 - prevalence)
    mean = (without * onset).sum(axis=0) / without.sum(axis=0)
    np.testing.assert_allclose(mean[:, :, HABITS_FROM:], of_everybody[1][:, :, HABITS_FROM:], rtol=1e-12)
    assert of_everybody[1][:, :, HABITS_FROM:].max() > 0.1


def test_classes_part_by_the_causal_share_of_the_ratios(county) -> None:
    """By hand: COPD 1 + 0.8 x 2.5 in smokers, diabetes 1 + 0.7 x 7 at obesity and 1 + 0.8 x 0.37 in smokers."""
    region = county.with_parameters({
        "risk.smoking_ratio_copd": 3.5, "risk.smoking_causal_share": 0.8, "risk.obesity_ratio_diabetes": 8.0,
        "risk.obesity_causal_share": 0.7, "risk.smoking_ratio_diabetes": 1.37,
    })  # fmt: skip
    codes = [condition.code for condition in region.conditions]
    onset = parted(region)[1][:, :, 1, 60, 4]
    np.testing.assert_allclose(onset[:, codes.index("copd")] / onset[NEITHER, codes.index("copd")], [1, 3, 1, 3])
    diabetes = onset[:, codes.index("diabetes")] / onset[NEITHER, codes.index("diabetes")]
    np.testing.assert_allclose(diabetes, [1.0, 1.296, 5.9, 1.296 * 5.9])
    np.testing.assert_allclose(onset[:, codes.index("hypothyroidism")], onset[NEITHER, codes.index("hypothyroidism")])


def test_more_of_those_at_risk_are_ill_already_and_children_are_alike(county) -> None:
    prevalence, onset, _ = parted(county)
    copd = [condition.code for condition in county.conditions].index("copd")
    assert (prevalence[SMOKES, copd, :, 40:] > 1.5 * prevalence[NEITHER, copd, :, 40:]).mean() > 0.7
    for each in (prevalence[:, :, :, :HABITS_FROM], onset[:, :, :, :HABITS_FROM]):
        assert (each == each[NEITHER]).all()


def test_without_a_causal_share_all_is_as_before_to_the_bit(county, of_everybody) -> None:
    prevalence, onset, _ = parted(county.with_parameters(SAME))
    split = morbidity.prevalence_by_frailty(
        morbidity.prevalence_by_age(county), county.parameters["morbidity.clustering"]
    )
    for r in range(4):
        assert np.array_equal(prevalence[r], split)
        assert np.array_equal(onset[r], of_everybody[1])


def test_class_weights_are_those_of_independent_habits() -> None:
    np.testing.assert_allclose(habits.class_weights(np.array([0.1, 0.3])), [0.63, 0.07, 0.27, 0.03])


# --- who has them


def drawn(shares: tuple[float, float], age: int = 50, oldest: int = 100) -> np.ndarray:
    person, background = people(age=age)
    habits.take_habits(np.uint64(1), person, background, 0, person.size, np.array(shares), oldest)
    return background["habits"]


def test_so_many_adults_have_each_habit_and_for_life() -> None:
    """20 000 people, shares 0.07 and 0.18: four standard errors are 0.007 and 0.011, and 0.003 of those with both."""
    found = drawn((0.07, 0.18))
    assert abs(((found & SMOKER) != 0).mean() - 0.07) < 4 * np.sqrt(0.07 * 0.93 / found.size)
    assert abs(((found & OBESE) != 0).mean() - 0.18) < 4 * np.sqrt(0.18 * 0.82 / found.size)
    assert abs((found == BOTH).mean() - 0.0126) < 4 * np.sqrt(0.0126 / found.size)
    assert (found & ~drawn((0.1, 0.2)) == 0).all(), "a higher share takes nobody's habit away"
    assert not drawn((0.0, 0.0)).any()


@pytest.mark.parametrize(
    ("age", "oldest", "some"), [(17, 100, False), (18, 18, True), (19, 18, False), (-1, 100, False)]
)
def test_habits_begin_with_eighteen(age: int, oldest: int, some: bool) -> None:
    assert drawn((0.5, 0.5), age, oldest).any() == some


# --- what they do


def test_smokers_fall_ill_more_often() -> None:
    """10 000 of each, 0.05 and 0.10: the difference has a standard error of 0.004, so it is seen by twelve of them."""
    person, background = people()
    background["habits"][::2] = SMOKER
    fall_ill(person, background, by_class(0.05, 0.1, 0.05, 0.1))
    ill = background["conditions"] != 0
    assert abs(ill[::2].mean() - 0.10) < 4 * np.sqrt(0.09 / 10_000)
    assert abs(ill[1::2].mean() - 0.05) < 4 * np.sqrt(0.0475 / 10_000)


@pytest.mark.parametrize(("years", "left"), [(0, 1.0), (5, 2 / 3), (10, 0.5)])
def test_half_of_what_smoking_adds_is_gone_after_the_half_life(years: int, left: float) -> None:
    """By hand, onset 0.3 that is three times that without: 0.2 after five years, 0.15 after ten.

    20 000 people; four standard errors are 0.013 at most. Nobody falls ill who would not have as a smoker.
    """
    smoker, stopped = people(), people()
    smoker[1]["habits"], stopped[1]["habits"] = SMOKER, SMOKER | (YEAR - years - 2022) << STOPPED_BIT
    onset = by_class(0.1, 0.3, 0.1, 0.3)
    for person, background in (smoker, stopped):
        fall_ill(person, background, onset, support=spared(smoking=3.0))
    before, after = (each[1]["conditions"] != 0 for each in (smoker, stopped))
    assert (after <= before).all()
    assert abs(after.mean() - 0.3 * left) < 4 * np.sqrt(0.21 / after.size)
    assert years or np.array_equal(before, after)


def test_a_programme_spares_of_one_condition_alone_and_those_who_take_part() -> None:
    """Half take part with a ratio of 0.8: 0.09 of 0.1 is left at obesity; four standard errors are 0.012."""
    onset = np.cumsum(np.full((4, 2, 102, 8, 2), 0.1), axis=-1)
    alone, offered = people(), people()
    new = []
    for (person, background), share in ((alone, 0.0), (offered, 0.5)):
        background["habits"][::2] = OBESE
        new.append(fall_ill(person, background, onset, support=spared(2, programme=share, ratio=0.8))[0])
    before, after = (each[1]["conditions"] for each in (alone, offered))
    assert np.array_equal(before[1::2], after[1::2]), "nobody without obesity is spared"
    assert np.array_equal(before & 2, after & 2), "nothing of another condition, and none instead"
    assert (after & ~before == 0).all()
    assert abs(((after & 1) != 0)[::2].mean() - 0.09) < 4 * np.sqrt(0.09 * 0.91 / 10_000)
    assert new[0][0] > new[1][0] == (after & 1).sum()


def test_support_stops_a_share_of_smokers_for_good() -> None:
    """0.2 of the smokers in the first of two places: 5 000 people, four standard errors are 0.023."""
    person, background = people()
    background["municipality"] = np.arange(person.size) // 2 % 2
    background["habits"][::2] = SMOKER | OBESE
    stops = np.zeros((2, 9, 4))
    stops[0] = 0.2
    once, more = background.copy(), background.copy()
    habits.stop_smoking(np.uint64(1), 2027, person, once, stops, morbidity.GROUP_OF_AGE)
    habits.stop_smoking(np.uint64(1), 2027, person, more, 2 * stops, morbidity.GROUP_OF_AGE)
    stopped = once["habits"] >> STOPPED_BIT
    assert set(stopped) == {0, 5}
    assert not stopped[1::2].any()
    assert not stopped[background["municipality"] == 1].any()
    assert abs((stopped[::4] == 5).mean() - 0.2) < 4 * np.sqrt(0.16 / 5_000)
    assert (more["habits"] >= once["habits"]).all(), "more support stops the same people and others"
    assert np.array_equal(once["habits"] & BOTH, background["habits"])
    again = once.copy()
    habits.stop_smoking(np.uint64(1), 2028, person, again, np.ones((2, 9, 4)), morbidity.GROUP_OF_AGE)
    assert np.array_equal((again["habits"] >> STOPPED_BIT)[stopped == 5], stopped[stopped == 5])
    habits.stop_smoking(np.uint64(1), 2028, person, once, np.zeros((2, 9, 4)), morbidity.GROUP_OF_AGE)
    assert np.array_equal(once["habits"] >> STOPPED_BIT, stopped)
