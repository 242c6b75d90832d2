"""The expected course of the population: the engine's yearly rules without chance (cohort-component method).

Ages are those on 31 December. Over a year, a person of age x dies at the mean of the rates at x and x + 1
(half of the year is lived at each), otherwise moves out at the mean of the out-migration rates, and ends the
year at age x + 1 (100 means 100 and over). Women of age x give birth at the mean of the fertility rates;
newborns live half of the first year's risk. In-migrants are counted at the age that they have at the end of
their year of arrival, and neither die nor leave in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.region.pack import Region

Array = npt.NDArray[np.float64]

MEN, WOMEN = 0, 1


@dataclass(frozen=True, slots=True)
class Rates:
    """What moves a population over one year.

    mortality [2, 101] deaths and out_migration [M, 2, 101] departures per person-year, fertility [101]
    births per woman-year, in_migration [M, 2, 101] persons per year by age at its end, share_boys of births.
    """

    mortality: Array
    fertility: Array
    in_migration: Array
    out_migration: Array
    share_boys: float


@dataclass(frozen=True, slots=True)
class Projection:
    """Expected population [years + 1, M, 2, 101] on 31 December and the events between [years, M]."""

    population: Array
    births: Array
    deaths: Array
    arrivals: Array
    departures: Array


def project(region: Region, years: int) -> Projection:
    """The region's expected population `years` years on from its start population of 31 December 2022.

    Raises ValueError when years is negative.
    """
    share_boys = region.parameters["births.share_boys"]
    flows = region.in_migration, region.out_migration
    rates = Rates(region.mortality, region.fertility, *flows, share_boys)
    return project_rates(region.population.astype(np.float64), rates, years)


def project_rates(population: Array, rates: Rates, years: int) -> Projection:
    """As `project`, from any population [M, 2, 101] and rates."""
    if years < 0:
        raise ValueError(f"years: found {years}, allowed: 0 or more")
    course = [population]
    events: list[tuple[Array, Array, Array, Array]] = []
    for _ in range(years):
        following, counted = _one_year(course[-1], rates)
        course.append(following)
        events.append(counted)
    flows = np.array(events).reshape(years, 4, population.shape[0])
    return Projection(np.stack(course), flows[:, 0], flows[:, 1], flows[:, 2], flows[:, 3])


def over_the_year(rates: Array) -> Array:
    """Rate [..., 101] by exact age to the rate in the year of those of age x at its start."""
    following = np.concatenate([rates[..., 1:], rates[..., -1:]], axis=-1)
    mean: Array = (rates + following) / 2
    return mean


def staying(rates: Rates) -> Array:
    """Share [M, 2, 101] of those of age x at the start of a year who live in the same place at its end."""
    share: Array = np.exp(-over_the_year(rates.mortality) - over_the_year(rates.out_migration))
    return share


def expected_births(population: Array, fertility: Array) -> Array:
    """Births [M] in a year that starts with population [M, 2, 101]."""
    births: Array = population[:, WOMEN] @ over_the_year(fertility)
    return births


def _one_year(population: Array, rates: Rates) -> tuple[Array, tuple[Array, Array, Array, Array]]:
    dying = population * -np.expm1(-over_the_year(rates.mortality))
    leaving = (population - dying) * -np.expm1(-over_the_year(rates.out_migration))
    stayers = population - dying - leaving
    births = expected_births(population, rates.fertility)
    born, lost = newborns(births, rates)
    following = _one_year_older(stayers)
    following[:, :, 0] += born
    following += rates.in_migration
    deaths = dying.sum((1, 2)) + lost.sum(1)
    return following, (births, deaths, rates.in_migration.sum((1, 2)), leaving.sum((1, 2)))


def newborns(births: Array, rates: Rates) -> tuple[Array, Array]:
    """Of births [M]: those alive at the end of the year and those who died, each [M, 2]."""
    by_sex = births[:, None] * np.array([rates.share_boys, 1 - rates.share_boys])
    alive = by_sex * np.exp(-rates.mortality[:, 0] / 2)
    return alive, by_sex - alive


def _one_year_older(people: Array) -> Array:
    older = np.zeros_like(people)
    older[..., 1:] = people[..., :-1]
    older[..., -1] += people[..., -1]
    return older
