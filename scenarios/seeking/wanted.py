"""What a search is asked for, as a file says it: goals or aims, levers that may move, money, posts, effort.

Two kinds of file share most of their keys: a `GoalFile` asks for the smallest change that reaches its goals
(`naravard seek`), a `PortfolioFile` for the mixes of levers that do most for the money (`naravard portfolio`).

    file -> GoalFile or PortfolioFile (checked, frozen) -> Space (the levers' grid, with cost, posts and distance)
        -> rounds of paired runs (studies) -> surrogate -> proposals -> the next round ...
        -> confirmation: full runs over new draws (a study) -> what is told

| Step | Where |
|---|---|
| the file, and everything that is wrong with it | here and `scenarios.seeking.reading` |
| points of the levers' grid, what each costs, whom it asks for, how far from today it is | `scenarios.seeking.space` |
| runs of points, by the machinery of studies | `scenarios.seeking.trials` |
| what is fitted to them | `scenarios.seeking.surrogate` |
| the smallest change, and what binds where there is none | `scenarios.seeking.smallest`, `search`, `verdict`, `binds` |
| the front of money, posts and outcome | `scenarios.seeking.front`, `portfolio`, `regret` |
| under which assumptions a mix does not hold | `scenarios.seeking.prim` |
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from scenarios.strategies.defaults import HORIZON_YEAR
from scenarios.strategies.library import BASELINE
from scenarios.strategies.period import FIRST_START, LAST_DAY
from scenarios.strategies.strategy import (
    Budget,
    FullEffect,
    LeverName,
    LeverReach,
    LeverSetting,
    Reach,
    StartDate,
    StrictModel,
    fault,
)
from scenarios.studies.study import (
    STUDY_YEARS,
    AskedFor,
    Entries,
    IndicatorName,
    ScenarioName,
    between,
    not_empty,
    once,
)
from scenarios.text.swedish import number

MOST_MOVABLE = 12
"""Levers that a search may move: beyond it the points of a search are too few to tell one from another."""
MOST_POSTS = 100_000


Year = Annotated[int, AfterValidator(between(FIRST_START.year, LAST_DAY.year, "året", STUDY_YEARS))]
Posts = Annotated[float, AfterValidator(between(0, MOST_POSTS, "antalet"))]
"""FTE beyond today's."""
Replicates = Annotated[int, AfterValidator(between(2, 1_000, "antalet"))]


class Goal(StrictModel):
    """An indicator's bound in every one of some years: at least, or at most, so much in the indicator's unit."""

    indicator: IndicatorName
    at_least: float | None = None
    at_most: float | None = None
    years: Annotated[
        tuple[Year, ...], Field(strict=False, max_length=14), BeforeValidator(not_empty), AfterValidator(once)
    ]

    @field_validator("years")
    @classmethod
    def _one_bound(cls, years: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        if (info.data.get("at_least") is None) == (info.data.get("at_most") is None):
            raise fault("målet behöver en gräns.", "at_least eller at_most, inte båda")
        return years

    @property
    def bound(self) -> float:
        """The bound, in the indicator's unit."""
        return self.at_least if self.at_least is not None else self.at_most or 0.0

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.at_least is not None else -1


class Aim(StrictModel):
    """An indicator in a year that is to go up or down as far as can be; the way its good is, unless told.

    A mix holds where it is better than the base by at least `holds_from`, in the indicator's unit.
    """

    indicator: IndicatorName
    year: Year | None = None
    direction: Literal["up", "down"] | None = None
    holds_from: Annotated[float, AfterValidator(between(0, 1e12, "gränsen", "0 eller mer"))] = 0.0

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        way = self.direction or INDICATORS[self.indicator].good
        return -1 if way == "down" else 1


class MovableLever(StrictModel):
    """A lever that a search may move, between `low` and `high`: its own bounds unless told."""

    lever: LeverName
    low: float | None = None
    high: float | None = None
    start: StartDate = FIRST_START
    full_effect: FullEffect = None
    reach: LeverReach = Reach()

    @field_validator("low", "high")
    @classmethod
    def _within_bounds(cls, given: float | None, info: ValidationInfo) -> float | None:
        lever = LEVERS.get(info.data.get("lever", ""))
        if lever is not None and given is not None and not lever.allows(given):
            bounds = f"{number(lever.low)} till {number(lever.high)} {lever.unit}"
            raise fault(f"värdet är utanför gränserna för {lever.name}.", bounds)
        return given

    @field_validator("high")
    @classmethod
    def _in_order(cls, high: float | None, info: ValidationInfo) -> float | None:
        low, lever = info.data.get("low"), LEVERS.get(info.data.get("lever", ""))
        if lever is not None and high is not None and (lever.low if low is None else low) >= high:
            raise fault(f"low måste vara mindre än high för {lever.name}.", f"högst {number(lever.high)}")
        return high

    def at(self, value: float) -> LeverSetting:
        """Return the lever set at a value."""
        return LeverSetting(
            lever=self.lever, value=value, start=self.start, full_effect=self.full_effect, reach=self.reach
        )


class SearchEffort(StrictModel):
    """How hard to look: points and draws of the first round, rounds after it and points of each, draws that confirm.

    A draw is one future: assumptions drawn from their ranges, and a chance of its own. The draws that confirm are
    others than those that were searched with.
    """

    points: Annotated[int, AfterValidator(between(4, 1_000, "antalet"))] = 40
    draws: Replicates = 10
    rounds: Annotated[int, AfterValidator(between(0, 20, "antalet"))] = 4
    points_per_round: Annotated[int, AfterValidator(between(1, 100, "antalet"))] = 6
    confirming_draws: Replicates = 40


def _different_levers(levers: tuple[MovableLever, ...]) -> tuple[MovableLever, ...]:
    once(tuple(movable.lever for movable in levers))
    return levers


class Wanted(AskedFor):
    """What every search says: region, horizon, the scenario it starts from, the levers, and what there is of means.

    `budget_msek_per_year` (millions of SEK) bounds the cost of the whole strategy at full effect. `posts` bounds the
    FTE that can be filled by profession, `posts_in_all` those of all together: posts beyond today's that the levers ask
    for. Levers of `base` that the search moves take the search's values.
    """

    base: ScenarioName = BASELINE
    levers: Annotated[
        tuple[MovableLever, ...],
        Field(strict=False, max_length=MOST_MOVABLE), BeforeValidator(not_empty), AfterValidator(_different_levers),
    ]  # fmt: skip
    budget_msek_per_year: Budget = None
    posts: dict[str, Posts] = Field(default_factory=dict)
    posts_in_all: Posts | None = None
    search: SearchEffort = SearchEffort()


def _within_horizon(year: int, info: ValidationInfo) -> None:
    horizon = info.data.get("horizon", HORIZON_YEAR)
    if year > horizon:
        raise fault(f"{year} är efter filens horisont.", f"{FIRST_START.year} till {horizon}")


class GoalFile(Wanted):
    """Goals that are all to be reached in the same future, with at least a probability over futures."""

    goals: Annotated[tuple[Goal, ...], Field(strict=False, max_length=10), BeforeValidator(not_empty)]
    probability: Annotated[float, AfterValidator(between(0.05, 0.99, "sannolikheten"))] = 0.8

    @field_validator("goals")
    @classmethod
    def _in_time(cls, goals: tuple[Goal, ...], info: ValidationInfo) -> tuple[Goal, ...]:
        for goal in goals:
            for year in goal.years:
                _within_horizon(year, info)
        return goals


class PortfolioFile(Wanted):
    """Aims that money and posts are to serve, with stress tests, and what may be told to upset a mix.

    `mixes` is how many points of the front are confirmed. Levers without a price are refused unless `unpriced` is
    "named": they would win any budget for nothing. `assumptions` are the parameters among which scenario discovery
    looks, all that are drawn unless told.
    """

    aims: Annotated[tuple[Aim, ...], Field(strict=False, max_length=3), BeforeValidator(not_empty)]
    stress_tests: Entries = ()
    mixes: Annotated[int, AfterValidator(between(1, 20, "antalet"))] = 8
    unpriced: Annotated[Literal["refused", "named"], Field(validate_default=True)] = "refused"
    assumptions: Annotated[tuple[str, ...], Field(strict=False, max_length=400), AfterValidator(once)] = ()

    @field_validator("aims")
    @classmethod
    def _with_a_way(cls, aims: tuple[Aim, ...], info: ValidationInfo) -> tuple[Aim, ...]:
        once(tuple(aim.indicator for aim in aims))
        for aim in aims:
            _within_horizon(aim.year or FIRST_START.year, info)
            if aim.direction is None and INDICATORS[aim.indicator].good == "neither":
                raise fault(f"{aim.indicator} är varken bättre eller sämre av sig själv.", "direction: up eller down")
        return aims

    @field_validator("unpriced")
    @classmethod
    def _no_free_lunch(cls, unpriced: str, info: ValidationInfo) -> str:
        free = [movable.lever for movable in info.data.get("levers", ()) if not LEVERS[movable.lever].prices]
        if unpriced == "refused" and free:
            raise fault(_FREE.format(", ".join(free)), "spakar med pris, eller unpriced: named")
        return unpriced


_FREE = "spakar utan pris vinner varje budget gratis och hör inte hemma här: {}."


def year_of(aim: Aim, wanted: Wanted) -> int:
    """Return the year of an aim: the last of the file's unless told."""
    return aim.year or wanted.horizon
