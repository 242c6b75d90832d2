"""The search for the smallest change that reaches its goals: rounds of runs where the surrogate finds it worth it.

A round proposes the point that is smallest of those expected to reach the goals, the same if the surrogate is too
hopeful and if it is too careful by its own standard deviation, the point that comes nearest to all goals whatever its
size, and points one step from the smallest that has reached them. It ends when nothing new is proposed. What counts as
reached is counted in runs, never by the surrogate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from scenarios.seeking.goals import reached_together, scales_of, standing
from scenarios.seeking.optimiser import Score, least
from scenarios.seeking.space import Space, distinct, without
from scenarios.seeking.surrogate import MakeSurrogate, Surrogate
from scenarios.seeking.wanted import GoalFile
from scenarios.statistics.arrays import Array

_FAR = 1e3
"""Added to the score of points that are not expected to reach the goals: more than any distance."""
_BY_COST = 1e-6
"""What a share of the dearest point's cost adds to a distance: it decides between equals alone."""
RunPoints = Callable[[int, Array], Array]
"""A round's number and its points to their margins, float64 [goal, point, draw]."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Points that were run, int64 [point, lever], their margins, float64 [goal, point, draw]; later rounds."""

    points: Array
    table: Array
    rounds: int

    def joined(self, points: Array, table: Array) -> Searched:
        """Return this with another round's points."""
        both = np.concatenate([self.table, table], axis=1)
        return Searched(np.vstack([self.points, points]), both, self.rounds + 1)


def search(wanted: GoalFile, space: Space, run: RunPoints, make: MakeSurrogate) -> Searched:
    """Return what was run until nothing new is worth it, or the rounds of the file are over."""
    effort = wanted.search
    first = space.hypercube(effort.points, wanted.seed)
    found = Searched(first, run(0, first), 0)
    for number in range(1, effort.rounds + 1):
        if not len(points := proposals(wanted, space, found, make)):
            break
        found = found.joined(points, run(number, points))
    return found


def proposals(wanted: GoalFile, space: Space, found: Searched, make: MakeSurrogate) -> Array:
    """Return the points of the next round, int64 [point, lever]; none where the search is at its end."""
    judge = Judge.of(wanted, space, found, make)
    wished = [judge.smallest(0.0), judge.smallest(1.0), judge.smallest(-1.0), judge.nearest()]
    wished += [*judge.around(found)]
    new = without(distinct(np.array(wished)), found.points)
    return new[: wanted.search.points_per_round]


@dataclass(frozen=True, slots=True)
class Judge:
    """What is expected of points that were not run: one surrogate a goal, with the goal's margin in each draw."""

    wanted: GoalFile
    space: Space
    fitted: tuple[Surrogate, ...]
    scales: Array

    @classmethod
    def of(cls, wanted: GoalFile, space: Space, found: Searched, make: MakeSurrogate) -> Judge:
        """Fit to what was run."""
        fitted = []
        for table in found.table:
            surrogate = make()
            surrogate.fit(space.scaled(found.points), table)
            fitted.append(surrogate)
        return cls(wanted, space, tuple(fitted), scales_of(found.table))

    def expected(self, points: Array, hope: float) -> Array:
        """Return where points are expected to stand if the surrogate errs by `hope` standard deviations, [point]."""
        scaled = self.space.scaled(points)
        predicted = [surrogate.predict(scaled) for surrogate in self.fitted]
        table = np.stack([mean + hope * spread for mean, spread in predicted])
        return standing(table, self.scales, self.wanted.probability)

    def smallest(self, hope: float) -> Array:
        """Return the smallest change that is expected to reach the goals; where none is, the one that comes nearest."""

        def score(points: Array) -> Array:
            stands = self.expected(points, hope)
            return np.where(stands >= 0, self._size(points), _FAR - np.minimum(stands, 0.0))

        return self._least(score)

    def nearest(self) -> Array:
        """Return the point that is expected to stand highest, whatever its size."""
        return self._least(lambda points: -self.expected(points, 0.0))

    def around(self, found: Searched) -> Iterator[Array]:
        """Yield the smaller neighbours of the smallest point that has reached the goals, the likeliest first."""
        stands = standing(found.table, self.scales, self.wanted.probability)
        if not (stands >= 0).any():
            return
        point = smallest_of(self.space, found.points, stands >= 0)
        near = self.space.neighbours(point)
        near = near[self.space.allowed(near) & (self._size(near) < self._size(point[None]))]
        if len(near):
            yield from near[np.argsort(-self.expected(near, 0.0), kind="stable")]

    def _size(self, points: Array) -> Array:
        cost = self.space.cost(points)
        return self.space.distance(points) + _BY_COST * cost / (1.0 + np.abs(cost))

    def _least(self, score: Score) -> Array:
        return least(self.space, score, self.wanted.seed)


def smallest_of(space: Space, points: Array, among: Array) -> Array:
    """Return the smallest change of some points, `among` bool [point] of which one at least is true."""
    chosen = points[among]
    smallest: Array = chosen[space.order(chosen)[0]]
    return smallest


def ladder(found: Searched, space: Space, probability: float) -> Array:
    """Return the points that are worth a confirmation, int64 [point, lever], the smallest change first.

    The smallest that reached the goals in the wanted share of the futures searched with; that did in as much less as
    is left to all of them, for those futures may have been hard; in half of what is left and in all, for they may have
    been kind; and the one that stands highest.
    """
    scales, shares = scales_of(found.table), reached_together(found.table).mean(axis=1)
    steps = (2.0 * probability - 1.0, probability, (1.0 + probability) / 2.0, 1.0)
    rungs = [
        smallest_of(space, found.points, shares >= step - 1e-9)
        for step in steps
        if step > 0 and (shares >= step - 1e-9).any()
    ]
    stands = standing(found.table, scales, probability)
    rungs.append(found.points[int(np.argmax(stands))])
    points = distinct(np.array(rungs))
    return points[space.order(points)]
