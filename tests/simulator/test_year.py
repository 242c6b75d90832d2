"""The first day of a year: who is put on the list of complex needs, whom care spares, who seeks special housing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator import coming_year, groups, year
from simulator.care.end_of_life import AS_TODAY, NOT_ASKED, WITH_PLACE
from simulator.changes import Change
from simulator.controls import values_in
from simulator.core.randomness import LASTING, Purpose, draws
from simulator.core.state import CHRONIC, COMPLEX, NOT_SOON, PRESENT, SMOKER, STOPPED_BIT, State
from simulator.people.morbidity import AGES_AND_NEXT, CHRONICALLY_ILL, COMPLEX_NEEDS
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.tables import tables_of

START = date(2023, 1, 1)


@pytest.fixture(scope="module")
def settled(small_region: Region) -> State:
    """The smallest region as its first year closes; not to be changed."""
    simulation = Simulation(small_region, 3)
    simulation.run(date(2024, 1, 1))
    return simulation.state


@pytest.fixture
def state(settled: State) -> State:
    return settled.copy()


def listed(state: State, region: Region, number: int) -> np.ndarray:
    few: np.ndarray = groups.choose_few(state, tables_of(region), region, number) != 0
    return few


def stated(state: State, region: Region) -> int:
    p = region.parameters
    people = p["segment.no_contact"] + p["segment.few_contacts"] + p["segment.chronic"]
    return round(p["segment.complex"] / people * (state.person["status"] & PRESENT != 0).sum())


def test_the_list_has_as_many_as_in_december_2022_until_2025(state, small_region) -> None:
    """For the same population; after that whoever has the score that was needed last, however many."""
    here = (state.person["status"] & PRESENT) != 0
    for number in (2024, 2025):
        few = listed(state, small_region, number)
        assert (few & here).sum() == stated(state, small_region) > 50
        assert (state.person["status"][few] & CHRONIC != 0).all()
    score = state.few_score.copy()
    state.relation["used"] += 20
    assert (listed(state, small_region, 2026) & here).sum() > 1.5 * stated(state, small_region)
    assert np.array_equal(state.few_score, score)
    assert (listed(state, small_region, 2025) & here).sum() == stated(state, small_region)
    assert state.few_score > score, "the same number needs a higher score now"


def test_the_list_is_made_anew_of_what_was_used(state, small_region) -> None:
    """With conditions, bands and everything else as they were."""
    before = state.copy()
    chosen = np.flatnonzero((state.person["status"] & (PRESENT | CHRONIC | COMPLEX)) == PRESENT | CHRONIC)[::40]
    state.relation["used"][chosen] += 20_000
    groups.renew_list(state, tables_of(small_region), small_region, 2025)
    few, segment = (state.person["status"] & COMPLEX) != 0, state.background["segment"]
    here = (state.person["status"] & PRESENT) != 0
    assert (few & here).sum() == stated(state, small_region)
    assert few[chosen].mean() > 0.9
    assert np.array_equal(few, segment == COMPLEX_NEEDS)
    assert np.array_equal(segment == CHRONICALLY_ILL, ~few & (state.background["conditions"] != 0))
    assert np.array_equal(state.person["status"] & (255 - COMPLEX), before.person["status"] & (255 - COMPLEX))
    ill = state.background["conditions"] != 0
    assert np.array_equal(segment[~ill], before.background["segment"][~ill])
    counted = np.bincount(state.person["centre"][few & here], minlength=state.centre.size)
    assert np.array_equal(state.centre["complex"], counted)


def test_the_county_begins_with_the_stated_number(county) -> None:
    state = Simulation(county, 1).state
    few = (state.person["status"] & COMPLEX) != 0
    here = (state.person["status"] & PRESENT) != 0
    assert (few & here).sum() == pytest.approx(stated(state, county), abs=2), "but for who has died of waiting"
    assert (state.person["status"][few] & CHRONIC != 0).all()


def test_who_used_more_is_on_the_list_rather_than_others_alike(state, small_region) -> None:
    here = (state.person["status"] & (PRESENT | CHRONIC)) == PRESENT | CHRONIC
    before = listed(state, small_region, 2026)
    chosen = np.flatnonzero(here)[::7]
    state.relation["used"][chosen] += 100
    after = listed(state, small_region, 2026)
    others = np.setdiff1d(np.arange(before.size), chosen)
    assert np.array_equal(after[others], before[others])
    assert (after >= before).all()
    assert after[chosen].sum() > 2 * before[chosen].sum()
    use = state.relation["used"].astype(int) + state.relation["used_before"]
    assert use[after & here].mean() > 2 * use[~after & here].mean()


def test_the_list_of_new_people_leaves_that_of_others_alone(state, small_region) -> None:
    """In-migrants have used nothing, and do not move the score that is needed."""
    tables, score = tables_of(small_region), state.few_score.copy()
    few = groups.choose_few(state, tables, small_region, 2024, 5_000)
    assert not few[:5_000].any()
    assert np.array_equal(state.few_score, score)


# --- what care spares ------------------------------------------------------------------------------------------

HEART, OTHERS = 0.8, 0.67


@pytest.fixture(scope="module")
def effective(small_region: Region) -> Region:
    ratios = {"telemonitoring.heart_failure_death_ratio": HEART, "team.death_ratio": OTHERS}
    return small_region.with_parameters(ratios)


def spared(state: State, region: Region, **add: float) -> np.ndarray:
    changes = [Change(name, "add", value, START, START) for name, value in add.items()]
    out: np.ndarray = coming_year.spared_by_care(state, region, values_in(START, changes, region), nothing(region))
    return out


def nothing(region: Region) -> np.ndarray:
    """What health dialogues leave where none was held."""
    return np.ones((len(region.municipalities), AGES_AND_NEXT))


def with_heart_failure(state: State, region: Region) -> np.ndarray:
    bit = [condition.code for condition in region.conditions].index("heart_failure")
    ill: np.ndarray = (state.background["conditions"] >> bit) & 1 != 0
    return ill


def test_where_nothing_is_offered_nobody_is_spared(state, effective) -> None:
    out = spared(state, effective)
    assert out.dtype == np.float32
    assert (out == 1.0).all()


def test_monitoring_at_home_spares_people_with_heart_failure_alone(state, effective) -> None:
    out, ill = spared(state, effective, telemonitoring=1.0), with_heart_failure(state, effective)
    assert ill.sum() > 50
    np.testing.assert_allclose(out[ill], HEART)
    assert (out[~ill] == 1.0).all()


def test_half_of_them_are_half_of_those_who_monitor(state, effective) -> None:
    """The same people whose admissions it spares, by their own lasting draw."""
    out, ill = spared(state, effective, telemonitoring=0.5), with_heart_failure(state, effective)
    u = draws(state.seed[0], Purpose.MONITORING, np.ascontiguousarray(state.person["key"]), LASTING)
    assert np.array_equal(out < 1.0, ill & (u < 0.5))


def test_monitoring_where_it_is_offered_alone(state, effective) -> None:
    change = Change("telemonitoring", "add", 1.0, START, START, municipalities=(1,), age_groups=(6, 7), segments=(2,))
    out = coming_year.spared_by_care(state, effective, values_in(START, [change], effective), nothing(effective))
    back, ill = state.background, with_heart_failure(state, effective)
    reached = ill & (back["municipality"] == 1) & np.isin(state.person["risk"] // 6, (6, 7)) & (back["segment"] == 2)
    assert np.array_equal(out < 1.0, reached)
    assert reached.any()


def test_dialogues_spare_by_municipality_and_age(state, effective) -> None:
    factor = nothing(effective)
    factor[1, 70] = 0.9
    out = coming_year.spared_by_care(state, effective, values_in(START, (), effective), factor)
    there = (state.background["municipality"] == 1) & (state.background["age"] == 70)
    assert there.any()
    np.testing.assert_allclose(out, np.where(there, 0.9, 1.0), rtol=1e-6)


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_a_team_spares_people_with_complex_needs_whom_it_follows(state, effective, share: float) -> None:
    """At one centre; those whom it follows are those who are met at home."""
    state.centre["team"][:] = 0.0
    state.centre["team"][1] = share
    out = spared(state, effective)
    u = draws(state.seed[0], Purpose.TEAM, np.ascontiguousarray(state.person["key"]), LASTING)
    followed = ((state.person["status"] & COMPLEX) != 0) & (state.person["centre"] == 1) & (u < share)
    assert followed.sum() > 3
    np.testing.assert_allclose(out[followed], OTHERS)
    assert (out[~followed] == 1.0).all()


def test_who_has_both_has_both_effects(state, effective) -> None:
    state.centre["team"][:] = 1.0
    out = spared(state, effective, telemonitoring=1.0)
    both = with_heart_failure(state, effective) & ((state.person["status"] & COMPLEX) != 0)
    assert both.any()
    np.testing.assert_allclose(out[both], HEART * OTHERS, rtol=1e-6)


def test_as_the_pack_is_told_teams_spare_nobody(state, small_region) -> None:
    state.centre["team"][:] = 1.0
    assert small_region.parameters["team.death_ratio"] == 1.0
    assert (spared(state, small_region) == 1.0).all()


# --- special housing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "before", "factor"), [(0.0, 0.0, 1.0), (0.5, 0.0, 1.15), (0.5, 0.5, 1.0), (0.0, 0.2, 1 / 1.06)]
)
def test_more_seek_special_housing_where_more_help_is_missing(state, small_region, gap, before, factor) -> None:
    """By hand, with 0.3: half of the hours missing are 15 % more; where as much was missing before, none."""
    region = small_region.with_parameters({"unmet.help_housing_entry": 0.3})
    state.municipality["help_gap"], state.municipality["help_gap_at_start"] = 0.0, 0.0
    state.municipality["help_gap"][1], state.municipality["help_gap_at_start"][1] = gap, before
    np.testing.assert_allclose(year.housing_sought(state, region), [1.0, factor, 1.0])
    without = region.with_parameters({"unmet.consequences": 0.0})
    assert (year.housing_sought(state, without) == 1.0).all()


def test_who_lives_on_after_all_has_not_asked_for_palliative_care(state, small_region) -> None:
    """Two die this year, and have asked; one dies next year, one at no known time."""
    state.background["palliative"][:4] = WITH_PLACE, AS_TODAY, WITH_PLACE, WITH_PLACE
    dies_on = np.full(state.person.size, NOT_SOON, np.int32)
    dies_on[:3] = 3, 364, 365
    rows = coming_year._foresee(state, tables_of(small_region), small_region, 0, 365, dies_on)
    assert state.background["palliative"][:4].tolist() == [WITH_PLACE, AS_TODAY, NOT_ASKED, NOT_ASKED]
    assert set(rows[:, 2]) == {0, 1, 2}


# --- habits --------------------------------------------------------------------------------------------------


def test_support_makes_a_tenth_of_those_who_take_it_stop(state, small_region) -> None:
    """Half of the smokers in the first municipality for the whole year, all of them for half of it: the same."""
    region = small_region.with_parameters({"risk.quit_support_extra": 0.4})
    after = []
    for share, months in ((0.5, 12), (1.0, 6)):
        changed = state.copy()
        offered = values_in(START, [Change("quit_smoking", "add", share, START, START, municipalities=(0,))], region)
        year_round = [offered] * months + [values_in(START, (), region)] * (12 - months)
        year.change_habits(changed, tables_of(region), region, 2024, year_round)
        after.append(changed.background["habits"])
    stopped = after[0] >> STOPPED_BIT != 0
    smokers = (state.background["habits"] & SMOKER != 0) & (state.person["status"] & PRESENT != 0)
    there = smokers & (state.background["municipality"] == 0)
    assert np.array_equal(*after)
    assert not stopped[~there].any()
    assert abs(stopped[there].mean() - 0.2) < 4 * np.sqrt(0.16 / there.sum())
    assert set(after[0][stopped] >> STOPPED_BIT) == {2}


def test_without_support_nobody_changes_and_nothing_is_spared(state, small_region) -> None:
    before = state.background.copy()
    nobody = [values_in(START, (), small_region)] * 12
    spared_of_onset = year.change_habits(state, tables_of(small_region), small_region, 2024, nobody)
    assert np.array_equal(state.background, before)
    assert not spared_of_onset.programme.any()
    ratio = dict(zip([c.code for c in small_region.conditions], spared_of_onset.programme_ratio, strict=True))
    assert ratio.pop("diabetes") == small_region.parameters["risk.weight_programme_diabetes_ratio"] < 1.0
    assert set(ratio.values()) == {1.0}, "a programme acts on diabetes alone"


def test_everybody_has_habits_from_the_census_at_which_they_are_eighteen(settled, small_region) -> None:
    """Whoever came and whoever came of age: of some 5 000 adults as many smoke as the pack says."""
    here, age = (settled.person["status"] & PRESENT) != 0, settled.background["age"]
    habits = settled.background["habits"]
    assert not habits[age < 18].any()
    adults = here & (age >= 18)
    share = small_region.parameters["risk.smoking_prevalence"]
    assert abs((habits[adults] & SMOKER != 0).mean() - share) < 4 * np.sqrt(share * (1 - share) / adults.sum())
    assert habits[here & (age == 18)].any()
