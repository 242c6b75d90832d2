"""The points that a search may choose among: every place at which the sliders of its levers can stand.

A point is a row of whole numbers, one a lever: the place of its value on the lever's grid between the file's bounds.
Cost, posts and distance are sums over levers, as `scenarios.strategies.budget` prices them one by one, so a table a
lever gives those of any number of points at once.

**Distance** says how large a change is: the sum over levers of the distance from today in shares of the lever's
whole range. A sum, so that few levers moved much and many moved a little count alike and most stay where they are;
shares, for levers have different units; the lever's own range and not the file's, so that narrower bounds make no
change larger. Of points equally far the cheaper one is the smaller.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import qmc

from scenarios.levers.amount import from_to_sv, steps
from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.seeking.wanted import MovableLever, Wanted
from scenarios.statistics.arrays import Array
from scenarios.strategies.draft import tidy
from scenarios.strategies.period import year_end
from scenarios.strategies.scenario import Scenario
from scenarios.strategies.strategy import Strategy
from simulator.controls import value_in
from simulator.region.pack import Region

OF_A_POST = "SEK per FTE and year"
"""Unit of the costs that are those of a post."""
_YEAR = "_year"
WITHIN = 1e-6
"""How far over a limit counts as at it: what is left of binary fractions."""
RATIONALE_SV = "Framräknat av en sökning; inget underlag säger att just detta går att nå."


def professions_of(region: Region) -> dict[str, str]:
    """Return the Swedish label of every profession that a post can be priced for, by the name that a file uses."""
    costs = region.costs.items()
    return {name.removesuffix(_YEAR): cost.label_sv for name, cost in costs if cost.unit == OF_A_POST}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a strategy takes: millions of SEK a year at full effect, and FTE beyond today's by profession."""

    cost: float
    posts: Mapping[str, float]


def means_of(strategy: Strategy, wanted: Wanted, region: Region) -> Taken:
    """Return what a strategy takes without regard to its budget; raises ScenarioError as `Scenario.bill` does.

    Savings and posts that are given up count as nothing, as in a budget.
    """
    free = strategy.model_copy(update={"budget_msek_per_year": None})
    scenario = Scenario(region=wanted.region, strategy=free, horizon=year_end(wanted.horizon))
    posts: dict[str, float] = {}
    for lever, change in scenario.parts(region):
        for price in lever.prices:
            if region.costs[price.cost].unit == OF_A_POST:
                values = value_in(change.control, change.full_effect, [change], region)
                name = price.cost.removesuffix(_YEAR)
                posts[name] = posts.get(name, 0.0) + max(0.0, price.quantity(region, values))
    return Taken(scenario.bill(region).cost, posts)


@dataclass(frozen=True)
class Axis:
    """One lever: the values at which it can stand, and by value what it costs, asks for, and how far from today it is.

    Float64 [value] each, `posts` [value, profession].
    """

    movable: MovableLever
    today: float
    values: Array
    cost: Array
    posts: Array

    @property
    def lever(self) -> Lever:
        """The lever's record."""
        return LEVERS[self.movable.lever]

    @cached_property
    def distance(self) -> Array:
        """Distance from today in shares of the lever's range, float64 [value]."""
        return np.abs(self.values - self.today) / (self.lever.high - self.lever.low)

    @property
    def at_today(self) -> int:
        """Place of the value nearest to today's."""
        return int(np.argmin(self.distance))


@dataclass(frozen=True)
class Space:
    """The levers' grid on top of a base strategy; points are int64 [point, lever]."""

    wanted: Wanted
    base: Strategy
    axes: tuple[Axis, ...]
    fixed: Taken
    professions: tuple[str, ...]

    @classmethod
    def of(cls, wanted: Wanted, base: Strategy, region: Region) -> Space:
        """Work out the tables; raises ScenarioError where a lever cannot be used as the file says."""
        professions = tuple(professions_of(region))
        moved = {movable.lever for movable in wanted.levers}
        kept = base.model_copy(update={"levers": tuple(each for each in base.levers if each.lever not in moved)})
        axes = tuple(_axis(movable, base, wanted, region, professions) for movable in wanted.levers)
        return cls(wanted, kept, axes, means_of(kept, wanted, region), professions)

    @property
    def sizes(self) -> Array:
        """How many values each lever has, int64 [lever]."""
        return np.array([len(axis.values) for axis in self.axes])

    @property
    def count(self) -> int:
        """How many points there are."""
        return math.prod(self.sizes.tolist())

    @cached_property
    def every(self) -> Array:
        """Every point that keeps the limits, the smallest change first; only for spaces that can be listed."""
        points = np.stack(np.unravel_index(np.arange(self.count), self.sizes), axis=1)
        points = points[self.allowed(points)]
        return points[self.order(points)]

    @property
    def today(self) -> Array:
        """The point that moves nothing, or least, int64 [lever]."""
        return np.array([axis.at_today for axis in self.axes])

    def values(self, points: Array) -> Array:
        """Return the levers' values, float64 [point, lever]."""
        return _by_lever(points, [axis.values for axis in self.axes])

    def scaled(self, points: Array) -> Array:
        """Return points between 0 and 1 along each lever, as a surrogate takes them."""
        return np.asarray(points / np.maximum(self.sizes - 1, 1))

    def distance(self, points: Array) -> Array:
        """Return how large a change each point is, float64 [point]."""
        distance: Array = _by_lever(points, [axis.distance for axis in self.axes]).sum(axis=1)
        return distance

    def cost(self, points: Array) -> Array:
        """Return millions of SEK a year at full effect, the base's other levers with it, float64 [point]."""
        cost: Array = self.fixed.cost + _by_lever(points, [axis.cost for axis in self.axes]).sum(axis=1)
        return cost

    def posts(self, points: Array) -> Array:
        """Return FTE beyond today's, float64 [point, profession]."""
        fixed = np.array([self.fixed.posts.get(name, 0.0) for name in self.professions])
        moved: Array = np.stack([axis.posts[points[:, n]] for n, axis in enumerate(self.axes)]).sum(axis=0)
        return fixed + moved

    def excess(self, points: Array) -> Array:
        """Return by how much each limit is passed (at most 0: it is kept), float64 [point, limit] as `limits`."""
        posts, wanted = self.posts(points), self.wanted
        columns = [] if wanted.budget_msek_per_year is None else [self.cost(points) - wanted.budget_msek_per_year]
        columns += [posts[:, self.professions.index(name)] - most for name, most in wanted.posts.items()]
        columns += [] if wanted.posts_in_all is None else [posts.sum(axis=1) - wanted.posts_in_all]
        return np.column_stack(columns) if columns else np.zeros((len(points), 0))

    @property
    def limits(self) -> tuple[str, ...]:
        """What the columns of `excess` are of: "budget", professions, "posts"."""
        wanted = self.wanted
        money = () if wanted.budget_msek_per_year is None else ("budget",)
        return (*money, *wanted.posts, *(() if wanted.posts_in_all is None else ("posts",)))

    def allowed(self, points: Array) -> Array:
        """Tell which points keep every limit, bool [point]."""
        return np.asarray((self.excess(points) <= WITHIN).all(axis=1))

    def order(self, points: Array) -> Array:
        """Return the order of points by size: the nearest to today first, of equals the cheapest, then by place."""
        keys = (*points.T[::-1], np.round(self.cost(points), 6), np.round(self.distance(points), 9))
        return np.lexsort(keys)

    def hypercube(self, count: int, seed: int) -> Array:
        """Return points of a Latin hypercube that keep the limits, and today's first; repeated ones once.

        Points over a limit are drawn towards today until they keep it, as a budget scales a strategy.
        """
        drawn = qmc.LatinHypercube(d=len(self.axes), rng=seed).random(count)
        points = np.minimum((drawn * self.sizes).astype(int), self.sizes - 1)
        return distinct(np.vstack([self.today, [self.drawn_in(point) for point in points]]))

    def drawn_in(self, point: Array) -> Array:
        """Return the point on the way to today that keeps every limit, in twentieths of the way; today's if none."""
        shares = np.linspace(1.0, 0.0, 21)[:, None]
        way = np.round(self.today + shares * (point - self.today)).astype(int)
        kept = self.allowed(way)
        way = way[kept] if kept.any() else way[-1:]
        first: Array = way[0]
        return first

    def neighbours(self, point: Array) -> Array:
        """Return the points one step of one lever away."""
        one = np.eye(len(self.axes), dtype=int)
        around = np.vstack([point + one, point - one])
        inside = ((around >= 0) & (around < self.sizes)).all(axis=1)
        return around[inside]

    def strategy(self, point: Array, name: str, label_sv: str) -> Strategy:
        """Return a point as an ordinary strategy, with the file's budget; levers at neutral are left out."""
        settings = [
            axis.movable.at(float(axis.values[at]))
            for axis, at in zip(self.axes, point.tolist(), strict=True)
            if axis.values[at] != axis.lever.neutral
        ]
        wanted = self.wanted
        return Strategy(
            name=name,
            label_sv=tidy(label_sv),
            question_sv=wanted.question_sv,
            description_sv=tidy(f"Det som flyttas: {self.told(point)}."),
            rationale=RATIONALE_SV,
            levers=(*self.base.levers, *settings),
            budget_msek_per_year=wanted.budget_msek_per_year,
        )

    def told(self, point: Array) -> str:
        """Return in Swedish which levers a point moves, from what to what."""
        moved = [
            f"{axis.lever.label_sv} {from_to_sv(axis.lever, axis.today, float(axis.values[at]))}"
            for axis, at in zip(self.axes, point.tolist(), strict=True)
            if axis.distance[at] > 0
        ]
        return "; ".join(moved) or "ingen spak flyttas"


def distinct(points: Array) -> Array:
    """Return points once each, in the order in which they came first."""
    _, first = np.unique(points, axis=0, return_index=True)
    once: Array = points[np.sort(first)]
    return once


def without(points: Array, others: Array) -> Array:
    """Return the points that are not among others, in their order."""
    there = {tuple(point) for point in others.tolist()}
    kept: Array = points[[tuple(point) not in there for point in points.tolist()]]
    return kept


def _by_lever(points: Array, tables: Sequence[Array]) -> Array:
    return np.column_stack([table[points[:, n]] for n, table in enumerate(tables)])


def _axis(
    movable: MovableLever, base: Strategy, wanted: Wanted, region: Region, professions: Sequence[str]
) -> Axis:  # fmt: skip
    lever = LEVERS[movable.lever]
    low, high = (lever.low if movable.low is None else movable.low), movable.high
    between = [each for each in steps(lever) if low <= each <= (lever.high if high is None else high)]
    taken = [_alone(movable, value, base, wanted, region) for value in between]
    posts = np.array([[means.posts.get(name, 0.0) for name in professions] for means in taken])
    return Axis(movable, _today(lever, base), np.array(between), np.array([means.cost for means in taken]), posts)


def _alone(movable: MovableLever, value: float, base: Strategy, wanted: Wanted, region: Region) -> Taken:
    """Return what one lever takes by itself at a value."""
    return means_of(base.model_copy(update={"levers": (movable.at(value),)}), wanted, region)


def _today(lever: Lever, base: Strategy) -> float:
    """Return where a lever stands in the base: its value there if it has one for everybody, else neutral."""
    values = [setting.value for setting in base.levers if setting.lever == lever.name]
    return values[0] if len(values) == 1 else lever.neutral
