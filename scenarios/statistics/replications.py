"""Means over replications with their intervals, for whole arrays: what `findings.compare` does for one."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import stdtrit

from scenarios.statistics.variance import CONFIDENCE

Array = np.ndarray[tuple[int, ...], np.dtype[Any]]


def mean_and_interval(runs: Array) -> tuple[Array, Array, Array]:
    """Return mean and 95 % bounds over axis 1 (replications), NaN left out; bounds are NaN with fewer than two.

    Student's t on n - 1 degrees of freedom (Law, Simulation Modeling and Analysis, 10.2).
    """
    n, mean, error = _moments(runs)
    half = stdtrit(np.maximum(n - 1, 1), (1 + CONFIDENCE) / 2) * error
    return mean, mean - half, mean + half


def standard_error(runs: Array) -> Array:
    """Return the standard error of the mean over axis 1, NaN with fewer than two values."""
    return _moments(runs)[2]


def _moments(runs: Array) -> tuple[Array, Array, Array]:
    """Return how many values there are over axis 1, their mean and its standard error."""
    there = ~np.isnan(runs)
    n: Array = there.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(there, runs, 0.0).sum(axis=1) / np.where(n > 0, n, np.nan)
        spread = np.where(there, runs - mean[:, None], 0.0)
        variance = (spread**2).sum(axis=1) / np.where(n > 1, n - 1, np.nan)
        return n, mean, np.sqrt(variance / n)
