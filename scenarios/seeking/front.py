"""The front of money, posts and outcome: mixes of which none is better in everything, by NSGA-II on what is expected.

NSGA-II (Deb, Pratap, Agarwal and Meyarivan, IEEE Transactions on Evolutionary Computation 2002) is pymoo's, on whole
numbers. What it works on is expected by a surrogate; what is told of the mixes that are chosen is run.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.core.problem import Problem as Optimisation
from pymoo.operators.crossover.sbx import SBX
from pymoo.operators.mutation.pm import PM
from pymoo.operators.repair.rounding import RoundingRepair
from pymoo.optimize import minimize
from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

from scenarios.seeking.space import WITHIN, Space, distinct
from scenarios.statistics.arrays import Array

Gains = Callable[[Array], Array]
"""Points, int64 [point, lever], to what they gain of each aim, float64 [point, aim]; more is better."""
_POPULATION, _GENERATIONS = 60, 40


def objectives(space: Space, points: Array, gains: Array) -> Array:
    """Return what is to be least: cost, posts, and each aim's gain with its sign turned, float64 [point, objective]."""
    return np.column_stack([space.cost(points), space.posts(points).sum(axis=1), -gains])


def front(space: Space, gains: Gains, start: Array, seed: int) -> Array:
    """Return the points of the front, int64 [point, lever], each once, beginning the search from points `start`.

    The front's own points of `start` are among them where nothing that was found is better in everything.
    """
    algorithm = NSGA2(
        pop_size=_POPULATION, sampling=_population(space, start, seed), eliminate_duplicates=True,
        crossover=SBX(prob=0.9, eta=3.0, vtype=float, repair=RoundingRepair()),
        mutation=PM(prob=0.9, eta=3.0, vtype=float, repair=RoundingRepair()),
    )  # fmt: skip
    found = minimize(_Mixes(space, gains), algorithm, ("n_gen", _GENERATIONS), seed=seed % 2**32, verbose=False)
    points = np.vstack([start, found.pop.get("X").astype(int)])
    points = distinct(points[space.allowed(points)])
    return points[first_front(objectives(space, points, gains(points)))]


def first_front(table: Array) -> Array:
    """Return the rows of a table, float64 [point, objective] to be least, that no other row is better than."""
    rows: Array = np.sort(NonDominatedSorting().do(np.round(table, 9), only_non_dominated_front=True))
    return rows


def spread_out(table: Array, count: int) -> Array:
    """Return the rows of at most `count` points that stand far from each other, the best of each objective first.

    Objectives count alike, each in shares of its range; after the best ones always the point whose nearest chosen one
    is farthest (Gonzalez, Theoretical Computer Science 1985).
    """
    width = np.ptp(table, axis=0)
    scaled = (table - table.min(axis=0)) / np.where(width > 0, width, 1.0)
    best = list(dict.fromkeys(np.argmin(scaled[:, ::-1], axis=0).tolist()))[:count]
    while len(best) < min(count, len(scaled)):
        apart = np.linalg.norm(scaled[:, None] - scaled[best], axis=2).min(axis=1)
        if apart.max() <= 0:
            break
        best.append(int(np.argmax(apart)))
    return np.array(best)


def _population(space: Space, start: Array, seed: int) -> Array:
    """Return a first population: points that were run, and others of a Latin hypercube within the limits."""
    points = distinct(np.vstack([start[:_POPULATION], space.hypercube(2 * _POPULATION, seed)]))
    return points[:_POPULATION].astype(float)


class _Mixes(Optimisation):  # type: ignore[misc]
    """The search for the front as pymoo takes it."""

    def __init__(self, space: Space, gains: Gains) -> None:
        self.space, self.gains = space, gains
        aims = gains(space.today[None]).shape[1]
        super().__init__(
            n_var=len(space.axes), n_obj=2 + aims, n_ieq_constr=len(space.limits), xl=np.zeros(len(space.axes)),
            xu=space.sizes - 1.0,
        )  # fmt: skip

    def _evaluate(self, x: Array, out: dict[str, Array], *_: object, **__: object) -> None:
        points = np.rint(x).astype(int)
        out["F"] = objectives(self.space, points, self.gains(points))
        if self.space.limits:
            out["G"] = self.space.excess(points) - WITHIN
