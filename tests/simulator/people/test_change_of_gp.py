"""Who leaves a GP by choice: how often, who, and what is left of the relationship."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from small_system import gp_numbers, world_of

from simulator.controls import values_in
from simulator.core.state import HOME_NURSING, NO_CHAIR, SPECIAL_HOUSING
from simulator.core.world import World
from simulator.people.population import change_gps
from simulator.region.pack import Region
from simulator.start import first_state
from simulator.tables import tables_of
from simulator.year import changes_of_gp

PEOPLE, YEAR = 10_000, 2027


def listed(people: int = PEOPLE) -> World:
    """People who all have the first of three GPs, and know that one."""
    world = world_of(people=people)
    world.centre["chairs"] = 3
    world.chair["gp"][:, :3] = gp_numbers(*world.chair.shape)[:, :3]
    world.chair["fte"] = 1.0
    world.person["chair"], world.person["dose"] = 0, 9
    world.relation["gp"], world.relation["share"] = world.chair["gp"][0, 0], 0.8
    return world


def change(world: World, chance: float, year: int = YEAR) -> np.ndarray:
    """Let a year's changes pass; who has no relationship after it."""
    chances = np.full(world.person.size, chance, np.float32)
    change_gps(np.uint64(1), year, world.person, world.relation, chances, world.centre, world.chair)
    return world.relation["gp"] == 0


def test_a_share_leaves_and_begins_anew_with_any_gp_of_the_centre() -> None:
    """0.2 of 10 000, a third of them with each of three; four standard errors."""
    world = listed()
    left = change(world, 0.2)
    assert abs(left.mean() - 0.2) < 4 * np.sqrt(0.16 / PEOPLE)
    assert not world.person["dose"][left].any()
    assert (world.person["dose"][~left] == 9).all()
    shares = np.bincount(world.person["chair"][left], minlength=3) / left.sum()
    assert np.abs(shares - 1 / 3).max() < 4 * np.sqrt(2 / 9 / left.sum())
    assert (world.person["chair"][~left] == 0).all()


def test_who_changes_hangs_on_the_person_and_the_year_and_more_change_where_more_do() -> None:
    few, many, another = (change(listed(), chance, year) for chance, year in ((0.1, 2027), (0.2, 2027), (0.1, 2028)))
    assert (many | ~few).all(), "the same people and others besides"
    assert 0.005 < (few & another).mean() < 0.015


def test_in_home_nursing_and_special_housing_the_gp_stays() -> None:
    world = listed()
    world.person["status"][:100] |= HOME_NURSING
    world.person["status"][100:200] |= SPECIAL_HOUSING
    world.person["status"][200:300] = 0
    left = change(world, 1.0)
    assert not left[:300].any()
    assert left[300:].all()


def test_who_has_no_named_gp_is_named_none() -> None:
    world = listed(100)
    world.person["chair"] = NO_CHAIR
    assert change(world, 1.0).all()
    assert (world.person["chair"] == NO_CHAIR).all()


@pytest.mark.parametrize("slope", [0.0, 0.8])
def test_who_needs_more_changes_more_often_and_the_mean_is_the_stated_share(small_region: Region, slope: float) -> None:
    """6 000 people, whose mean of a lognormal factor of 0.8 has a standard error of 0.012."""
    region = small_region.with_parameters({"continuity.change_need": slope})
    state = first_state(region, tables_of(region), 3, values_in(date(2023, 1, 1), (), region))
    chance = changes_of_gp(state, region, YEAR)
    share = region.parameters["continuity.change_share"]
    assert chance.mean() == pytest.approx(share, rel=0.06)
    assert (chance.std() > 0.5 * share) == (slope > 0.0)
