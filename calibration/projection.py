"""The expected course of the population by the cohort-component method: the pack's tables without illness or chance.

Ages are those on 31 December. Over a year, a person of age x dies at the mean of the rates at x and x + 1
(half of the year is lived at each) or moves out at the mean of the out-migration rates, whichever comes first, and
ends the year at age x + 1 (100 means 100 and over). Women of age x give birth at the mean of the fertility rates,
those who move for the half of the year that they live here on average; newborns live half of the first year's risk.
In-migrants are counted at the age that they have at the end of their year of arrival, live half of its risk of death
and do not leave in it.
After 2024 death rates fall by their trend, and migration goes back towards its longer mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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
    From the `STATED_YEARS`-th year on: falling [2] yearly fall of mortality, shift [M] logarithm of in-migration at its
    longer mean over that stated, persistence what a year leaves of the distance to it.
    """

    mortality: Array
    fertility: Array
    in_migration: Array
    out_migration: Array
    share_boys: float
    falling: Array = field(default_factory=lambda: np.zeros(2))
    shift: Array | float = 0.0
    persistence: float = 1.0

    def in_year(self, number: int) -> Rates:
        """Rates of the `number`-th year, 0 = 2023."""
        later = max(number - STATED_YEARS + 1, 0)
        factor = np.exp(np.asarray(self.shift) * (1.0 - self.persistence**later))
        factor = np.broadcast_to(factor, self.in_migration.shape[:1])[:, None, None]
        return replace(
            self,
            mortality=self.mortality * (1.0 - self.falling[:, None]) ** later,
            in_migration=self.in_migration * factor,
            out_migration=self.out_migration / factor,
        )


STATED_YEARS = 2
"""Years whose rates are those of the pack."""


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
    return project_rates(region.population.astype(np.float64), rates_of(region), years)


def rates_of(region: Region) -> Rates:
    """Rates of a region, with the course that they take after 2024."""
    p = region.parameters
    return Rates(
        region.mortality, region.fertility, region.in_migration, region.out_migration, p["births.share_boys"],
        np.array([p["mortality.trend_men"], p["mortality.trend_women"]]), longer_mean(region),
        p["migration.persistence"],
    )  # fmt: skip


def longer_mean(region: Region) -> Array:
    """Logarithm [M] of in-migration at its longer mean over that of 2022-2024; 0 where no earlier population is known.

    Half of what must be added to net migration comes from more who move in, half from fewer who move out.
    """
    out = np.zeros(len(region.municipalities))
    for place, (before, year) in enumerate(zip(region.earlier_population, region.earlier_year, strict=True)):
        if np.isfinite(before):
            people, now = region.population[place].sum(), region.population_2024[place].sum()
            growth_then = np.log(now / before) / (2025.0 - year)
            growth_now = np.log(now / people) / 2.0
            added = (growth_then - region.parameters["migration.natural_gap"] - growth_now) * people
            moves = region.in_migration[place].sum()
            moves += (region.out_migration[place] * region.population[place]).sum()
            out[place] = added / moves
    return out


def project_rates(population: Array, rates: Rates, years: int) -> Projection:
    """As `project`, from any population [M, 2, 101] and rates."""
    if years < 0:
        raise ValueError(f"years: found {years}, allowed: 0 or more")
    course = [population]
    events: list[tuple[Array, Array, Array, Array]] = []
    for number in range(years):
        following, counted = _one_year(course[-1], rates.in_year(number))
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


def expected_births(population: Array, rates: Rates) -> Array:
    """Births [M] in a year that starts with population [M, 2, 101]."""
    going = 1.0 - staying(rates)
    coming = np.zeros_like(rates.in_migration)
    coming[..., :-1] = rates.in_migration[..., 1:]  # by age on the last 31 December
    there = population * (1.0 - going / 2.0) + coming / 2.0
    births: Array = there[:, WOMEN] @ over_the_year(rates.fertility)
    return births


def _one_year(population: Array, rates: Rates) -> tuple[Array, tuple[Array, Array, Array, Array]]:
    mortality, moving = over_the_year(rates.mortality), over_the_year(rates.out_migration)
    gone = population * -np.expm1(-mortality - moving)
    both = mortality + moving
    dying = gone * np.divide(mortality, both, out=np.zeros(gone.shape), where=both > 0.0)
    leaving = gone - dying
    stayers = population - gone
    births = expected_births(population, rates)
    born, lost = newborns(births, rates)
    following = _one_year_older(stayers)
    following[:, :, 0] += born
    settled = surviving_arrivals(rates)
    following += settled
    deaths = (dying + rates.in_migration - settled).sum((1, 2)) + lost.sum(1)
    return following, (births, deaths, rates.in_migration.sum((1, 2)), leaving.sum((1, 2)))


def surviving_arrivals(rates: Rates) -> Array:
    """In-migrants [M, 2, 101] of a year who are alive at its end, by their age then."""
    alive: Array = rates.in_migration * np.exp(-_a_year_younger(over_the_year(rates.mortality)) / 2)
    return alive


def newborns(births: Array, rates: Rates) -> tuple[Array, Array]:
    """Of births [M]: those alive at the end of the year and those who died, each [M, 2]."""
    by_sex = births[:, None] * np.array([rates.share_boys, 1 - rates.share_boys])
    alive = by_sex * np.exp(-rates.mortality[:, 0] / 2)
    return alive, by_sex - alive


def _a_year_younger(rates: Array) -> Array:
    """Rates [..., 101] by the age at the end of the year instead of that at its beginning."""
    return np.concatenate([rates[..., :1], rates[..., :-1]], axis=-1)


def _one_year_older(people: Array) -> Array:
    older = np.zeros_like(people)
    older[..., 1:] = people[..., :-1]
    older[..., -1] += people[..., -1]
    return older
