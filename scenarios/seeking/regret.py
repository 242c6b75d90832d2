"""Choosing under futures that nobody can give odds of: how often a choice is best, and what is lost where it is not.

Regret is Savage's (Journal of the American Statistical Association 1951): what the best choice of a future would have
given more than the one that was made.
"""

from __future__ import annotations

import numpy as np

from scenarios.statistics.arrays import Array

AS_GOOD = 1e-9


def chance_of_being_best(gains: Array) -> Array:
    """Return the share of futures in which each choice gains most, float64 [choice], of gains [choice, future].

    Choices that gain alike share a future.
    """
    best = gains >= gains.max(axis=0) - AS_GOOD
    return np.asarray((best / best.sum(axis=0)).mean(axis=1))


def regrets(gains: Array) -> Array:
    """Return what each choice gains less than the best in each future, float64 [choice, future]."""
    return np.asarray(gains.max(axis=0) - gains)
