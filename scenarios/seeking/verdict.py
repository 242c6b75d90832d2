"""What a confirmation says of points: whether the goals are reached, with which interval, and what is missing of each.

A share of futures is an estimate, so there are three answers: the interval lies above the wanted probability, around
it, or the share itself below it. The first alone is told as reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.measures.figures import INDICATORS
from scenarios.seeking.goals import at_share, margins, reached_together, standing
from scenarios.seeking.space import Space
from scenarios.seeking.trials import Outcomes
from scenarios.seeking.wanted import Goal, GoalFile
from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.proportions import share_interval

REACHED, UNDECIDED, MISSED = "ja", "oavgjort", "nej"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One point after its confirmation: the share of futures (percent) in which all goals were reached together.

    `reached` is `REACHED`, `UNDECIDED` or `MISSED`; `low` and `high` bound the share with 95 %. `distance` is in
    shares of levers' ranges, `cost_msek` in millions of SEK a year, `posts` in FTE beyond today's. `standing` is the
    joint margin at the wanted probability, without unit, that tells which of two points is nearer to the goals.
    """

    scenario: str
    reached: str
    share: float
    low: float
    high: float
    futures: int
    distance: float
    cost_msek: float
    posts: float
    change_sv: str
    standing: float


@dataclass(frozen=True, slots=True)
class GoalMet:
    """One goal of one point in one year, over the futures that confirm, in the indicator's unit.

    `value` is the mean with its 95 % interval, `share` the percent of futures in which the bound is kept, `at_least_in`
    the value that the wanted share of futures has or betters, and `shortfall` how far that is from the bound (0: none).
    """

    scenario: str
    indicator: str
    unit: str
    year: int
    bound: float
    direction: str
    value: float
    low: float | None
    high: float | None
    share: float
    at_least_in: float
    shortfall: float


def confirmed(
    wanted: GoalFile, space: Space, points: Array, names: Sequence[str], outcomes: Outcomes, scales: Array
) -> list[Confirmed]:
    """Return what is told of each point; `names` are its scenarios in the outcomes."""
    table = margins(outcomes, wanted.goals)
    rows = [outcomes.scenarios.index(name) for name in names]
    together, stands = reached_together(table)[rows], standing(table, scales, wanted.probability)[rows]
    taken = space.distance(points), space.cost(points), space.posts(points).sum(axis=1)
    each = zip(names, points, together, stands, *taken, strict=True)
    return [
        _confirmed(name, hits, wanted.probability, float(size), float(cost), float(posts), space.told(point), float(at))
        for name, point, hits, at, size, cost, posts in each
    ]


def _confirmed(
    name: str, hits: Array, probability: float, size: float, cost: float, posts: float, change: str, at: float
) -> Confirmed:
    count, futures = int(hits.sum()), len(hits)
    low, high = share_interval(count, futures)
    answer = REACHED if low >= probability else UNDECIDED if count / futures >= probability - 1e-9 else MISSED
    return Confirmed(
        name, answer, 100 * count / futures, 100 * low, 100 * high, futures, size, cost, posts, change, at
    )  # fmt: skip


def goals_met(wanted: GoalFile, names: Sequence[str], outcomes: Outcomes) -> list[GoalMet]:
    """Return every goal of every point in every year of it."""
    return [
        _goal_met(name, goal, year, outcomes.of(goal.indicator, year)[outcomes.scenarios.index(name)], wanted)
        for name in names
        for goal in wanted.goals
        for year in goal.years
    ]


def _goal_met(name: str, goal: Goal, year: int, sample: Array, wanted: GoalFile) -> GoalMet:
    figure, margin = INDICATORS[goal.indicator], goal.sign * (sample - goal.bound)
    mean, at = mean_of(sample, figure.limits), float(at_share(margin, wanted.probability))
    direction = "at_least" if goal.sign > 0 else "at_most"
    share = 100 * float(np.mean(margin >= 0))
    return GoalMet(
        name, goal.indicator, figure.unit, year, goal.bound, direction, mean.value, mean.low, mean.high, share,
        goal.bound + goal.sign * at, max(0.0, -at),
    )  # fmt: skip


def chosen(rungs: Sequence[Confirmed]) -> Confirmed:
    """Return the answer of points that stand the smallest first: the smallest that is reached, else undecided.

    Where the goals are missed by all, the one that comes nearest.
    """
    for answer in (REACHED, UNDECIDED):
        if found := next((rung for rung in rungs if rung.reached == answer), None):
            return found
    return max(rungs, key=lambda rung: (rung.share, rung.standing))
