"""Illness: prevalence, onset that keeps it, bands, segments, settings."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from falling_ill import fall_ill, people

from simulator.core.record import ENROLLED
from simulator.core.state import (
    CHRONIC,
    COMPLEX,
    HOME_NURSING,
    LOW_USE,
    RELATION,
    SPECIAL_HOUSING,
)
from simulator.people import morbidity
from simulator.people.enrolment import GIVEN_PLAN, GIVEN_REVIEW, PLAN_THEN, REVIEW_THEN
from simulator.people.morbidity import AGES_AND_NEXT, FRAILTY_BANDS
from simulator.region.pack import Region
from simulator.tables import tables_of
from simulator.year import onset_of_year


def given_then(plan: float = 0.0, review: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Shares given a plan and a review as home nursing begins, alike everywhere, and tallies of two municipalities."""
    shares = np.zeros((2, 2 * morbidity.AGE_GROUP_COUNT, 4))
    shares[PLAN_THEN], shares[REVIEW_THEN] = plan, review
    return shares, np.zeros((2, 3), np.int32)


def test_prevalence_over_all_ages_is_that_of_the_pack(county: Region) -> None:
    prevalence = morbidity.prevalence_by_age(county)
    weight = county.population.sum(axis=0)
    for condition, by_age in zip(county.conditions, prevalence, strict=True):
        for sex, stated in enumerate((condition.prevalence_men, condition.prevalence_women)):
            found = np.average(by_age[sex, :101], weights=weight[sex])
            assert found == pytest.approx(stated, rel=1e-6)
        assert (np.diff(by_age, axis=1) >= -1e-12).all()


def test_frailty_bands_are_a_standard_normal_in_equal_parts() -> None:
    z = morbidity.frailty_bands()
    assert z.size == FRAILTY_BANDS
    assert z.mean() == pytest.approx(0.0, abs=1e-12)
    assert np.allclose(z, -z[::-1])
    assert 0.9 < np.mean(z**2) < 1.0


@pytest.mark.parametrize("clustering", [0.0, 0.3, 0.7])
def test_clustering_spreads_prevalence_without_changing_it(clustering: float) -> None:
    prevalence = np.array([[[0.02, 0.2]]])
    split = morbidity.prevalence_by_frailty(prevalence, clustering)
    assert np.allclose(split.mean(axis=-1), prevalence)
    spread = split[0, 0, 1, -1] - split[0, 0, 1, 0]
    assert (spread > 0.05) == (clustering > 0)


def test_drawn_conditions_have_the_prevalence_and_stay_with_the_person() -> None:
    person, background = people()
    split = np.full((4, 3, 2, AGES_AND_NEXT, FRAILTY_BANDS), 0.3)
    morbidity.draw_conditions(np.uint64(1), person, background, 0, person.size, split)
    share = [((background["conditions"] >> c) & 1).mean() for c in range(3)]
    assert np.abs(np.array(share) - 0.3).max() < 4 * np.sqrt(0.21 / person.size)
    before = background["conditions"].copy()
    morbidity.draw_conditions(np.uint64(1), person, background, 0, person.size, split + 0.1)
    assert (before & ~background["conditions"] == 0).all(), "a higher prevalence takes nobody's illness away"


def test_prevention_of_onset_holds_in_its_own_municipality_and_age() -> None:
    """What is left of the onset by municipality and age: none of it at 40 in the second of two."""
    person, background = people()
    background["municipality"] = np.arange(person.size) % 2
    left = np.ones((2, AGES_AND_NEXT))
    left[1, background["age"][0]] = 0.0
    new = fall_ill(person, background, np.full((4, 2, AGES_AND_NEXT, FRAILTY_BANDS, 1), 0.3), left=left)
    assert new[:, 0].tolist() == [(background["conditions"] != 0).sum(), 0]
    assert not background["conditions"][1::2].any()
    assert abs((background["conditions"][::2] != 0).mean() - 0.3) < 4 * np.sqrt(0.21 / (person.size / 2))


def test_onset_strikes_the_healthy_and_spares_the_absent() -> None:
    person, background = people()
    person["status"][::2] = 0
    onset = np.zeros((4, 2, AGES_AND_NEXT, FRAILTY_BANDS, 3))
    onset[..., 1:] = 0.1
    new = fall_ill(person, background, onset)
    assert not background["conditions"][::2].any()
    assert not background["coded"].any()
    ill = background["conditions"][1::2]
    assert set(ill) == {0, 2}
    assert new[0].tolist() == [0, (ill == 2).sum(), 0]
    assert abs((ill == 2).mean() - 0.1) < 4 * np.sqrt(0.09 / ill.size)


def test_what_a_trend_adds_to_onset_is_marked_and_takes_nobody_elses_diagnosis_away() -> None:
    """Onset of 0.10 that has risen to 0.20: the same people fall ill as before, and half are diagnosed besides."""
    before, after = people(), people()
    onset = np.full((4, 2, AGES_AND_NEXT, FRAILTY_BANDS, 1), 0.1)
    fall_ill(*before, onset)
    fall_ill(*after, 2 * onset, added=0.5)
    ill, now, coded = before[1]["conditions"], after[1]["conditions"], after[1]["coded"]
    assert np.array_equal(now & ~coded, ill)
    assert (coded & ~now == 0).all()
    assert abs((coded != 0).mean() - 0.1) < 4 * np.sqrt(0.09 / ill.size)


def test_so_much_of_what_was_only_coded_enters_score_and_complex_needs() -> None:
    person, background = people(4_000)
    background["conditions"], background["age"] = 1, 75
    scores = {}
    for coded, share in ((0, 0.3), (1, 0.0), (1, 0.3), (1, 1.0)):
        background["coded"] = coded
        out = np.empty(person.size)
        morbidity.scores(np.uint64(1), 2023, person, background, 0, np.array([0.0, 3.0]), 0.0, share, out)
        scores[coded, share] = out
        of_few, logit = np.empty(person.size), np.full((2, 2, 2), 0.1)
        logit[..., 1] = 0.5
        morbidity.score_few(
            np.uint64(1), 2023, person, background, np.zeros(person.size, RELATION), 0, logit, share, 1.0, 0.0, of_few
        )
        np.testing.assert_allclose(of_few, 0.1 + 0.4 * (share if coded else 1.0))
        morbidity.classify(
            person, background, 0, person.size, out, np.full((9, 5), np.inf), morbidity.GROUP_OF_AGE,
            np.zeros(person.size, np.uint8),
        )  # fmt: skip
        assert (background["segment"] == 2).all(), "who is diagnosed counts as chronically ill"
    np.testing.assert_allclose(scores[0, 0.3] - scores[1, 0.3], 0.7 * 3.0)
    np.testing.assert_allclose(scores[1, 1.0], scores[0, 0.3])
    np.testing.assert_allclose(scores[0, 0.3] - scores[1, 0.0], 3.0)


def test_onset_of_a_year_follows_the_trends_of_the_pack(county) -> None:
    p, tables = county.parameters, tables_of(county)
    codes = [condition.code for condition in county.conditions]
    onset, added = onset_of_year(tables, 2030)
    alone = np.diff(onset, axis=-1, prepend=0.0)
    stroke, depression = codes.index("stroke"), codes.index("depression")
    ratio = alone[1, 0, 75, 3, stroke] / tables.onset[1, 0, 75, 3, stroke]
    assert ratio == pytest.approx((1 + p["onset.trend_stroke"]) ** 8)
    assert added[0, 75, stroke] == 0.0, "a falling onset adds nobody"
    for age, name in ((30, "depression_under_40"), (60, "depression")):
        assert 1 / (1 - added[1, age, depression]) == pytest.approx((1 + p[f"onset.trend_{name}"]) ** 8)


def test_scores_order_people_and_mark_low_users() -> None:
    person, background = people()
    background["conditions"][::2] = 1
    out = np.empty(person.size)
    morbidity.scores(np.uint64(1), 2023, person, background, 0, np.array([0.0, 3.0]), 0.4, 0.3, out)
    low = (person["status"] & LOW_USE) != 0
    assert not low[::2].any()
    assert abs(low[1::2].mean() - 0.4) < 4 * np.sqrt(0.24 / low[1::2].size)
    assert out[::2].min() >= 3.0
    assert out[low].max() <= 0.0


def test_classes_follow_conditions_score_and_age() -> None:
    person, background = people(4)
    background["conditions"], background["age"] = (0, 1, 1, 0), (75, 75, 75, 10)
    person["status"][3] |= LOW_USE
    threshold = np.tile([0.0, 1.0, 2.0, 3.0, 4.0], (9, 1))
    few = np.array([1, 1, 0, 0], np.uint8)  # the first has no chronic condition, so the list cannot hold him
    morbidity.classify(
        person, background, 0, 4, np.array([-1.0, 0.5, 2.5, 9.0]), threshold, morbidity.GROUP_OF_AGE, few
    )
    assert background["rub"].tolist() == [0, 1, 3, 5]
    assert background["segment"].tolist() == [1, 3, 2, 0]
    assert ((person["status"] & CHRONIC) != 0).tolist() == [False, True, True, False]
    assert ((person["status"] & COMPLEX) != 0).tolist() == [False, True, False, False]
    assert (person["risk"] // 6 == morbidity.GROUP_OF_AGE[background["age"]]).all()


def alike(person: np.ndarray) -> np.ndarray:
    """Everybody's household is as good as another."""
    return np.ones(person.size, np.float32)


def test_nobody_has_two_settings_and_special_housing_is_for_good() -> None:
    person, background = people()
    shares = np.full((AGES_AND_NEXT, 6), 0.3)
    morbidity.settle(np.uint64(1), person, background, 0, person.size, shares, shares)
    home, housing = ((person["status"] & bit) != 0 for bit in (HOME_NURSING, SPECIAL_HOUSING))
    assert not (home & housing).any()
    assert abs(housing.mean() - 0.3) < 4 * np.sqrt(0.21 / person.size)
    assert abs(home.mean() - 0.21) < 4 * np.sqrt(0.21 / person.size)
    granted = np.empty(20_000, np.int64)
    morbidity.change_settings(
        np.uint64(1), 2023, person, background, shares, 0.5, shares, np.ones(1), alike(person), 1.0, granted,
        *given_then(),
    )  # fmt: skip
    assert np.array_equal((person["status"] & SPECIAL_HOUSING) != 0, housing), "moving in waits for a place"
    assert not (housing & ((person["status"] & HOME_NURSING) != 0)).any()


def test_a_year_lists_whom_special_housing_is_granted_and_moves_home_nursing() -> None:
    """20 000 people, shares 0.3, 0.5 and 0.2; four standard errors (0.013), so a share 0.02 off is found."""
    person, background = people()
    person["status"][:2_000] |= SPECIAL_HOUSING
    background["granted"][2_000:4_000] = 1
    person["status"][4_000:6_000] = 0
    person["status"][6_000:13_000] |= HOME_NURSING
    before, granted = person["status"].copy(), np.full(person.size, -1, np.int64)
    entry, housing = np.full((AGES_AND_NEXT, 6), 0.2), np.full((AGES_AND_NEXT, 6), 0.3)
    n = morbidity.change_settings(
        np.uint64(1), 2023, person, background, entry, 0.5, housing, np.ones(1), alike(person), 1.0, granted,
        *given_then(),
    )  # fmt: skip
    listed, rest = granted[:n], np.setdiff1d(np.arange(6_000, 20_000), granted[:n])
    assert np.unique(listed).size == n
    assert (granted[n:] == -1).all()
    assert listed.min() >= 6_000, "residents, those who wait already and those who are gone are not asked"
    assert abs(n / 14_000 - 0.3) < 4 * np.sqrt(0.21 / 14_000)
    assert np.array_equal(person["status"][:6_000], before[:6_000])
    assert np.array_equal(person["status"][listed], before[listed]), "decided during the year, not at once"
    nursed = (person["status"][rest] & HOME_NURSING) != 0
    had = rest < 13_000
    assert abs(nursed[had].mean() - 0.5) < 4 * np.sqrt(0.25 / had.sum())
    assert abs(nursed[~had].mean() - 0.2) < 4 * np.sqrt(0.16 / (~had).sum())


def test_some_of_those_enrolled_are_given_a_plan_and_a_review_and_are_counted_where_they_live() -> None:
    """10 000 people, all enrolled, in two municipalities; 0.3 and 0.6, four standard errors are 0.02."""
    person, background = people(10_000)
    background["municipality"] = np.arange(person.size) % 2
    background["given"] = GIVEN_PLAN  # of earlier years
    person["status"][:1_000] |= HOME_NURSING
    always, never = np.ones((AGES_AND_NEXT, 6)), np.zeros((AGES_AND_NEXT, 6))
    given = []
    for plan, review in ((0.0, 0.0), (0.3, 0.6), (0.4, 0.6)):
        me, back, (shares, counted) = person.copy(), background.copy(), given_then(plan, review)
        granted = np.empty(person.size, np.int64)
        morbidity.change_settings(
            np.uint64(1), 2023, me, back, always, 0.0, never, np.ones(2), alike(me), 1.0, granted, shares, counted
        )
        assert (back["given"][:1_000] == GIVEN_PLAN).all(), "they have home nursing already"
        new = back["given"][1_000:]
        plans, reviews = ((new & bit) != 0 for bit in (GIVEN_PLAN, GIVEN_REVIEW))
        assert counted.sum(axis=0).tolist() == [9_000, plans.sum(), reviews.sum()]
        assert counted[0, ENROLLED] == 4_500
        assert abs(plans.mean() - plan) < 0.02
        assert abs(reviews.mean() - review) < 0.02
        assert abs((plans & reviews).mean() - plan * review) < 0.02, "either is drawn by itself"
        given.append(plans)
    assert not given[0].any()
    assert (given[2] | ~given[1]).all(), "who has a plan at a lower value has one at a higher"


def test_special_housing_is_granted_more_often_where_more_seek_it_and_to_the_same_people() -> None:
    """10 000 people in each of two municipalities, 0.2 and 0.3 a year; four standard errors are 0.018."""
    person, background = people()
    background["municipality"] = np.arange(person.size) % 2
    never, housing = np.zeros((AGES_AND_NEXT, 6)), np.full((AGES_AND_NEXT, 6), 0.2)
    listed = []
    for sought in ((1.0, 1.0), (1.0, 1.5)):
        granted = np.empty(person.size, np.int64)
        n = morbidity.change_settings(
            np.uint64(1),
            2023,
            person,
            background,
            never,
            0.0,
            housing,
            np.array(sought),
            alike(person),
            1.0,
            granted,
            *given_then(),
        )
        listed.append(set(granted[:n].tolist()))
    before, after = listed
    assert before < after
    assert {slot % 2 for slot in after - before} == {1}
    assert abs(sum(slot % 2 for slot in after) / 10_000 - 0.3) < 4 * np.sqrt(0.21 / 10_000)


def test_who_was_cared_for_at_home_instead_of_in_hospital_is_granted_it_less_often_for_a_year() -> None:
    """10 000 people of each kind, 0.2 and 0.1 a year; four standard errors are 0.012."""
    person, background = people()
    background["cared_at_home"] = np.arange(person.size) % 2
    never, housing, granted = np.zeros((AGES_AND_NEXT, 6)), np.full((AGES_AND_NEXT, 6), 0.2), np.empty(20_000, np.int64)
    n = morbidity.change_settings(
        np.uint64(1), 2023, person, background, never, 0.0, housing, np.ones(1), alike(person), 0.5, granted,
        *given_then(),
    )  # fmt: skip
    at_home = (granted[:n] % 2).sum()
    assert abs(at_home / 10_000 - 0.1) < 4 * np.sqrt(0.09 / 10_000)
    assert abs((n - at_home) / 10_000 - 0.2) < 4 * np.sqrt(0.16 / 10_000)


def test_bands_have_their_shares() -> None:
    score = np.random.default_rng(1).normal(size=9_000)
    shares = np.tile([0.3, 0.2, 0.2, 0.1, 0.1, 0.1], (9, 1))
    group = np.arange(9_000) % 9
    threshold = morbidity.part_into_bands(score, group, shares)
    bands = (score[:, None] >= threshold[group]).sum(axis=1)
    assert np.allclose(np.bincount(bands) / 9_000, shares[0], atol=0.01)


def test_sums_over_sets() -> None:
    sums = morbidity.sums_over_sets(np.array([1.0, 10.0, 100.0]))
    assert sums.tolist() == [0, 1, 10, 11, 100, 101, 110, 111]


# --- the list of people with complex needs -------------------------------------------------------------------


def few_scores(person, background, relation, year=2024, weight=1.0, judgement=0.0, logit=None):
    out = np.full(person.size, -np.inf)
    logit = np.zeros((2, 2, 2)) if logit is None else logit
    morbidity.score_few(np.uint64(1), year, person, background, relation, 0, logit, 0.3, weight, judgement, out)
    return out


def test_the_list_goes_by_diagnoses_and_by_what_was_used_in_two_years() -> None:
    """By hand: the part of diagnoses of a man or woman under 70 or over, and the log of one more than the use."""
    person, background = people(6)
    relation = np.zeros(6, RELATION)
    background["conditions"], background["age"] = (1, 1, 1, 1, 1, 0), (75, 75, 75, 69, 70, 75)
    background["sex"] = (0, 0, 1, 0, 0, 0)
    relation["used"], relation["used_before"] = (0, 9, 0, 0, 0, 900), (0, 10, 0, 0, 4, 900)
    logit = np.zeros((2, 2, 2))
    logit[0, 1, 1], logit[1, 1, 1], logit[0, 0, 1] = 2.0, 3.0, 1.0
    found = few_scores(person, background, relation, weight=1.5, logit=logit)
    expected = [2.0, 2.0 + 1.5 * np.log(20), 3.0, 1.0, 2.0 + 1.5 * np.log(5), -np.inf]
    np.testing.assert_allclose(found, expected)


def test_what_is_judged_is_logistic_and_lasts_three_years() -> None:
    """20 000 alike: shares over -1, 0 and 2 within four standard errors, 0.014 at most."""
    person, background = people()
    background["conditions"] = 1
    relation = np.zeros(person.size, RELATION)
    by_year = [few_scores(person, background, relation, year, judgement=0.5) for year in range(2024, 2028)]
    for beyond in (-1.0, 0.0, 2.0):
        share = 1 / (1 + np.exp(beyond / 0.5))
        assert abs((by_year[0] > beyond).mean() - share) < 4 * np.sqrt(share * (1 - share) / person.size)
    changed = [(a != b) for a, b in itertools.pairwise(by_year)]
    assert (sum(c.astype(int) for c in changed) == 1).all(), "once in three years for each"
    for c in changed:
        assert abs(c.mean() - 1 / 3) < 4 * np.sqrt(2 / 9 / person.size)
    assert (few_scores(person, background, relation) == 0.0).all(), "without judgement those alike are alike"


def test_use_is_summed_over_those_present() -> None:
    person, _ = people(5)
    relation = np.zeros(5, RELATION)
    relation["used"], relation["used_before"] = (1, 10, 100, 1_000, 10_000), 7
    person["status"][1:3] |= COMPLEX
    person["status"][4] = COMPLEX
    out = np.full(3, -1.0)
    morbidity.sum_use(person, relation, np.array([0, 0, 1, 1, 1], np.uint8), out)
    assert out.tolist() == [1_111.0, 1_100.0, 110.0], "of all, of those chosen by it, of those on the list"


def test_a_new_year_of_use_begins_with_nothing() -> None:
    relation = np.zeros(2, RELATION)
    relation["used"], relation["used_before"] = (3, 5), (7, 9)
    morbidity.next_year_of_use(relation)
    assert relation["used"].tolist() == [0, 0]
    assert relation["used_before"].tolist() == [3, 5]
