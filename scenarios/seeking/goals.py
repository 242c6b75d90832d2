"""How far points are from their goals: margins of each in each future, and where a point stands at a probability."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from scenarios.seeking.trials import Outcomes
from scenarios.seeking.wanted import Goal
from scenarios.statistics.arrays import Array

LEAST_SCALE = 1e-9


def margins(outcomes: Outcomes, goals: Sequence[Goal]) -> Array:
    """Return by how much each goal is reached in its worst year, below 0 where it is not.

    Float64 [goal, scenario, draw], in the indicators' units; raises InputError as `Outcomes.of`.
    """
    return np.stack([np.min(_by_year(outcomes, goal), axis=0) for goal in goals])


def _by_year(outcomes: Outcomes, goal: Goal) -> list[Array]:
    return [goal.sign * (outcomes.of(goal.indicator, year) - goal.bound) for year in goal.years]


def scales_of(table: Array) -> Array:
    """Return what one unit of each goal's margin is worth beside the others': its spread over all runs, [goal]."""
    return np.asarray(np.maximum(table.std(axis=(1, 2)), LEAST_SCALE))


def reached_together(table: Array) -> Array:
    """Tell in which futures every goal is reached, bool [scenario, draw], of margins [goal, scenario, draw]."""
    return np.asarray((table >= 0).all(axis=0))


def standing(table: Array, scales: Array, probability: float) -> Array:
    """Return the joint margin that a share `probability` of the futures has or passes, float64 [scenario].

    The joint margin of a future is that of its worst goal, each in its scale; the standing is 0 or more exactly where
    all goals are reached together in at least that share of the futures.
    """
    joint = (table / scales[:, None, None]).min(axis=0)
    return at_share(joint, probability)


def at_share(values: Array, probability: float) -> Array:
    """Return the largest value that at least a share of the last axis's values reaches, float64 [...]."""
    count = values.shape[-1]
    place = max(1, math.ceil(probability * count - 1e-9))
    ordered: Array = -np.sort(-values, axis=-1)
    return ordered[..., place - 1]
