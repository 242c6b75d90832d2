"""Who lives with whom, what is balanced by it, and what load and loss do."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from simulator import controls
from simulator.care import municipal
from simulator.core.dates import EPOCH
from simulator.core.state import BACKGROUND, HOME_NURSING, IN_HOSPITAL, PERSON, PRESENT, SPECIAL_HOUSING
from simulator.people import households
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.region.pack import Region
from simulator.start import first_state
from simulator.tables import tables_of


@pytest.fixture(scope="module")
def first(small_region: Region):
    """The first day of a small region."""
    today = controls.values_in(EPOCH, (), small_region)
    return first_state(small_region, tables_of(small_region), 3, today)


def couple(status: tuple[int, int] = (PRESENT, PRESENT), rub: int = 0, age: int = 85) -> SimpleNamespace:
    """Two who live together, and a third who is alone."""
    person, background = np.zeros(3, PERSON), np.zeros(3, BACKGROUND)
    person["status"] = [*status, PRESENT]
    person["risk"], background["age"] = (AGE_GROUP_COUNT - 1) * 6 + rub, age
    background["partner"] = [2, 1, 0]
    return SimpleNamespace(person=person, background=background, balance=np.array([1.2, 0.8]))


# --- couples


def test_couples_are_a_woman_and_a_man_of_one_municipality_who_name_each_other(first) -> None:
    back = first.background
    mine = np.flatnonzero(back["partner"])
    other = back["partner"][mine] - 1
    assert mine.size > 500
    assert np.array_equal(back["partner"][other] - 1, mine)
    assert (back["sex"][mine] != back["sex"][other]).all()
    assert (back["municipality"][mine] == back["municipality"][other]).all()
    assert back["age"][mine].min() >= households.YOUNGEST
    assert not (first.person["status"][mine] & SPECIAL_HOUSING).any()


def test_as_many_live_with_a_partner_as_the_shares_say(first, small_region: Region) -> None:
    """Women of 60-69 at home, some 400 of the pack's 6 000: four standard errors are 0.1, a share 0.15 off is found."""
    back = first.background
    here = (back["age"] >= 60) & (back["age"] < 70) & (back["sex"] == 1)
    here &= (first.person["status"] & SPECIAL_HOUSING) == 0
    share = (back["partner"][here] != 0).mean()
    expected = small_region.parameters["household.partner_share_60_69_women"]
    assert here.sum() > 300
    assert abs(share - expected) < 4 * np.sqrt(expected * (1 - expected) / here.sum())


def test_who_comes_of_age_or_moves_in_finds_a_partner_and_who_has_lost_one_does_not(small_region: Region) -> None:
    """Two thirds of some 150 who come of age: a tenth is two and a half standard errors; none or all is found."""
    state = first_state(small_region, tables_of(small_region), 3, controls.values_in(EPOCH, (), small_region))
    back, before = state.background, state.background["partner"].copy()
    widowed = np.flatnonzero(before)[:50]
    state.person["status"][before[widowed] - 1] &= 255 - PRESENT
    young = np.isin(back["age"], (households.YOUNGEST - 2, households.YOUNGEST - 1))
    assert not before[young].any()
    back["age"] += 2
    households.link(state, small_region)
    assert back["partner"][young].astype(bool).mean() == pytest.approx(0.65, abs=0.25)
    assert np.array_equal(back["partner"][before != 0], before[before != 0]), "couples stay, and who is left is left"


def test_who_lives_alone_dies_oftener_and_no_oftener_than_who_lost_a_partner(small_region: Region) -> None:
    p, state = small_region.parameters, couple((PRESENT, PRESENT | SPECIAL_HOUSING), age=70)
    state.background["sex"] = [0, 1, 1]
    ratios = [p[f"household.alone_death_ratio_{sex}"] for sex in ("men", "women", "women")]
    nobody = {"carer_support": np.zeros(1)}
    assert households.death_factor(state, small_region, nobody) == pytest.approx(ratios)
    state.background["lost"] = 1
    loss = p["carers.loss_death_ratio"]
    assert households.death_factor(state, small_region, nobody) == pytest.approx([max(loss, r) for r in ratios])
    young = couple((PRESENT, PRESENT | SPECIAL_HOUSING), age=60)
    assert households.death_factor(young, small_region, nobody) == pytest.approx([1.0, 1.0, 1.0])


def test_men_are_a_little_older(first) -> None:
    back = first.background
    men = np.flatnonzero((back["partner"] != 0) & (back["sex"] == 0) & (back["age"] >= 65))
    gap = back["age"][men].astype(int) - back["age"][back["partner"][men] - 1]
    assert 0.5 < gap.mean() < 5.0


@pytest.mark.parametrize(
    ("status", "together"),
    [((PRESENT, PRESENT), True), ((PRESENT, 0), False), ((PRESENT, PRESENT | SPECIAL_HOUSING), False),
     ((PRESENT | SPECIAL_HOUSING, PRESENT), False), ((PRESENT | IN_HOSPITAL, PRESENT), True)],
)  # fmt: skip
def test_they_live_together_while_both_are_there_and_at_home(status: tuple[int, int], together: bool) -> None:
    assert households.together(couple(status)).tolist()[0] is together
    assert not households.together(couple(status))[2]


# --- special housing and home help


def test_what_is_granted_and_given_to_all_is_as_without_households(first, small_region: Region) -> None:
    """The mean factor on special housing over the chances is one; the mean share with home help the parameter's."""
    p, tables = small_region.parameters, tables_of(small_region)
    chance = tables.housing_entry[np.maximum(first.background["age"], 0), first.background["rub"]]
    chance = chance * ((first.person["status"] & SPECIAL_HOUSING) == 0)
    factor = households.housing_factor(first, small_region, np.zeros(len(first.municipality)))
    assert (chance * factor).sum() / chance.sum() == pytest.approx(1.0, rel=1e-5)
    # Who waits for special housing has been chosen since.
    nursed = ((first.person["status"] & HOME_NURSING) != 0) & (first.background["granted"] == 0)
    pairs = households.together(first)[nursed].mean()
    alone, with_partner = municipal.help_shares(first, small_region)
    assert (1 - pairs) * alone + pairs * with_partner == pytest.approx(p["home_help.share_of_home_nursing"], rel=0.02)
    assert with_partner < alone


def test_who_is_alone_and_who_lost_a_partner_are_granted_it_more_often(small_region: Region) -> None:
    p, state = small_region.parameters, couple()
    state.background["lost"] = [0, 0, 1]
    state.municipality = np.zeros(1)
    factor = households.housing_factor(state, small_region, np.zeros(1)) * 1.2
    assert factor == pytest.approx([1.0, 1.0, p["carers.loss_housing_ratio"]])
    state.background["lost"] = 0
    assert households.housing_factor(state, small_region, np.zeros(1))[2] * 1.2 == pytest.approx(
        p["carers.alone_housing_ratio"]
    )


def test_support_puts_off_special_housing_of_those_with_dementia_and_a_carer_alone(small_region: Region) -> None:
    dementia = 1 << [condition.code for condition in small_region.conditions].index("dementia")
    state = couple((PRESENT | HOME_NURSING, PRESENT | HOME_NURSING))
    state.background["conditions"] = [dementia, 0, dementia]
    none, half = (households.housing_factor(state, small_region, np.full(1, share)) for share in (0.0, 0.5))
    spared = 0.5 * (1.0 - small_region.parameters["carers.support_housing_ratio"])
    assert (half / none) == pytest.approx([1.0 - spared, 1.0, 1.0])


# --- load and loss


def test_loss_and_a_heavy_load_act_on_death_and_support_relieves(small_region: Region) -> None:
    p = small_region.parameters
    state = couple((PRESENT | HOME_NURSING, PRESENT), rub=4)
    state.background["lost"] = [0, 0, 1]
    factor = households.death_factor(state, small_region, {"carer_support": np.zeros(1)})
    assert factor == pytest.approx([1.0, p["carers.strain_death_ratio"], p["carers.loss_death_ratio"]])
    relieved = households.death_factor(state, small_region, {"carer_support": np.ones(1)})
    left = 1.0 + (p["carers.strain_death_ratio"] - 1.0) * p["carers.support_strain_ratio"]
    assert relieved[1] == pytest.approx(left)
    light = households.death_factor(
        couple((PRESENT | HOME_NURSING, PRESENT)), small_region, {"carer_support": np.zeros(1)}
    )
    alone = p["household.alone_death_ratio_men"]
    assert light == pytest.approx([1.0, 1.0, alone]), "a light load does nothing"
