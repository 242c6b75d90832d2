"""The yearly rules of the projection: nobody appears or disappears without a birth, a death or a move."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calibration.projection import Array, Rates, expected_births, over_the_year, project, project_rates
from simulator.region.pack import load_region


def rates(mortality: float = 0.0, fertility: float = 0.0, inflow: float = 0.0, outflow: float = 0.0) -> Rates:
    fertile = np.zeros(101)
    fertile[20:40] = fertility
    arrivals, departures = np.full((2, 2, 101), inflow), np.full((2, 2, 101), outflow)
    return Rates(np.full((2, 101), mortality), fertile, arrivals, departures, share_boys=0.515)


def people() -> Array:
    return np.arange(404, dtype=float).reshape(2, 2, 101)


def test_without_rates_everybody_only_grows_older() -> None:
    after = project_rates(people(), rates(), 1).population[1]
    np.testing.assert_array_equal(after[..., 1:100], people()[..., :99])
    np.testing.assert_array_equal(after[..., 100], people()[..., 99] + people()[..., 100])
    assert (after[..., 0] == 0).all()


def test_a_closed_cohort_follows_its_life_table() -> None:
    start = np.zeros((1, 2, 101))
    start[..., 50] = 1000.0
    mortality = np.linspace(0.001, 0.3, 101) * np.array([[1.0], [0.8]])
    none = np.zeros((1, 2, 101))
    course = project_rates(start, Rates(mortality, np.zeros(101), none, none, 0.5), 30).population
    exposure = (mortality[:, 50:80] + mortality[:, 51:81]).sum(1) / 2
    np.testing.assert_allclose(course[30, 0, :, 80], 1000 * np.exp(-exposure))


def test_the_books_balance_every_year_in_every_place() -> None:
    projection = project_rates(people(), rates(0.02, 0.06, 1.5, 0.03), 5)
    change = np.diff(projection.population.sum((2, 3)), axis=0)
    flows = projection.births - projection.deaths + projection.arrivals - projection.departures
    np.testing.assert_allclose(change, flows, rtol=1e-12)


def test_births_follow_women_in_fertile_ages_and_split_by_sex() -> None:
    start = np.zeros((1, 2, 101))
    start[0, 1, 25] = 1000.0
    one = Rates(
        np.zeros((2, 101)),
        rates(fertility=0.1).fertility,
        np.zeros((1, 2, 101)),
        np.zeros((1, 2, 101)),
        0.515,
    )
    after = project_rates(start, one, 1)
    np.testing.assert_allclose(after.births, 100)
    np.testing.assert_allclose(after.population[1, 0, :, 0], [51.5, 48.5])
    men_only = start[:, ::-1]
    assert expected_births(men_only, one).sum() == 0


def test_women_who_move_give_birth_for_the_half_year_that_they_are_here() -> None:
    start = np.zeros((2, 2, 101))
    start[:, 1, 25] = 1000.0
    still = expected_births(start, rates(fertility=0.1))
    leaving = expected_births(start, rates(fertility=0.1, outflow=0.05))
    np.testing.assert_allclose(leaving, still * (1 - (1 - np.exp(-0.05)) / 2))
    coming = expected_births(np.zeros_like(start), rates(fertility=0.1, inflow=4.0))
    np.testing.assert_allclose(coming, 4.0 / 2 * over_the_year(rates(fertility=0.1).fertility).sum())


def test_rates_are_those_stated_for_two_years_and_then_take_their_course() -> None:
    base = rates(0.1, inflow=2.0, outflow=0.05)
    course = replace(base, falling=np.array([0.02, 0.01]), shift=np.array([0.3, 0.0]), persistence=0.5)
    for number in (0, 1):
        np.testing.assert_array_equal(course.in_year(number).mortality, base.mortality)
        np.testing.assert_array_equal(course.in_year(number).in_migration, base.in_migration)
    third = course.in_year(3)
    np.testing.assert_allclose(third.mortality[:, 50], [0.1 * 0.98**2, 0.1 * 0.99**2])
    np.testing.assert_allclose(third.in_migration[:, 0, 30], [2.0 * np.exp(0.3 * 0.75), 2.0])
    np.testing.assert_allclose(third.out_migration[:, 0, 30], [0.05 / np.exp(0.3 * 0.75), 0.05])


def test_a_rate_over_the_year_is_the_mean_of_two_ages() -> None:
    ages = np.arange(101.0)
    np.testing.assert_array_equal(over_the_year(ages), [*(ages[:-1] + 0.5), 100.0])


def test_no_years_gives_the_start_and_negative_years_are_refused() -> None:
    projection = project(load_region("kalmar"), 0)
    assert projection.population.shape == (1, 12, 2, 101)
    assert projection.births.shape == (0, 12)
    with pytest.raises(ValueError, match="years: found -1"):
        project(load_region("kalmar"), -1)
