"""The best point of a space by any score: all of them looked at where they can be listed, else differential evolution.

Differential evolution with whole numbers is SciPy's (Storn and Price, Journal of Global Optimization 1997); from where
it ends, single steps of single levers are taken as long as they help.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import Bounds, differential_evolution

from scenarios.seeking.space import Space
from scenarios.statistics.arrays import Array

MOST_LISTED = 20_000
"""Points of a space that is looked at whole."""
Score = Callable[[Array], Array]
"""Points, int64 [point, lever], to what is to be least, float64 [point]."""
_GENERATIONS, _POPULATION = 60, 12
_OVER = 1e6
"""What passing a limit costs: more than any score."""


def least(space: Space, score: Score, seed: int) -> Array:
    """Return the point of least score that keeps the limits, int64 [lever]; of equals the smallest change."""
    if space.count <= MOST_LISTED:
        best: Array = space.every[int(np.argmin(score(space.every)))]
        return best
    return _descended(space, score, _evolved(space, score, seed))


def _within(space: Space, score: Score, points: Array) -> Array:
    over = np.maximum(space.excess(points), 0.0).sum(axis=1)
    return np.where(space.allowed(points), score(points), _OVER + over)


def _evolved(space: Space, score: Score, seed: int) -> Array:
    def of_columns(columns: Array, /) -> Any:  # float64 [point]: SciPy's stubs know one point alone
        return _within(space, score, np.rint(np.atleast_2d(columns.T)).astype(int))

    bounds = Bounds(np.zeros(len(space.sizes)), space.sizes - 1.0)
    found = differential_evolution(
        of_columns, bounds, integrality=np.ones(len(space.sizes), bool),
        vectorized=True, updating="deferred", polish=False, maxiter=_GENERATIONS, popsize=_POPULATION, x0=space.today,
        rng=seed,
    )  # fmt: skip
    return np.rint(found.x).astype(int)


def _descended(space: Space, score: Score, point: Array) -> Array:
    value = _within(space, score, point[None])[0]
    while True:
        around = space.neighbours(point)
        values = _within(space, score, around)
        if not values.min() < value:
            return point
        point, value = around[int(np.argmin(values))], values.min()
