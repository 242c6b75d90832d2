"""Means of independent values with their standard errors and 95 % intervals, of one sample or of whole arrays of them.

Student's t on n - 1 degrees of freedom (Law, Simulation Modeling and Analysis, 10.2); for two independent samples
Welch's. An interval ends where values do (`scenarios.statistics.limits`): whoever asks for one says where that is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from scenarios.statistics.arrays import Array
from scenarios.statistics.limits import Limits, ended

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Means:
    """Means with the bounds of their 95 % intervals and their standard errors, arrays of the same shape.

    NaN where nothing is known; bounds and errors are NaN with fewer than two values.
    """

    value: Array
    low: Array
    high: Array
    error: Array


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of one sample with its 95 % interval and its standard error; None with fewer than two values."""

    value: float
    low: float | None
    high: float | None
    error: float | None

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """Return both ends of the interval."""
        return self.low, self.high


def means(values: Array, axis: int, limits: Limits) -> Means:
    """Return the means over an axis (replications), NaN left out, of values within limits."""
    # Samples are laid out one after the other, so that one alone and one of many give the same bits.
    runs = np.ascontiguousarray(np.moveaxis(values, axis, -1), np.float64)
    there = ~np.isnan(runs)
    n = there.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(there, runs, 0.0).sum(axis=-1) / np.where(n > 0, n, np.nan)
        spread = np.where(there, runs - mean[..., None], 0.0)
        variance = (spread * spread).sum(axis=-1) / np.where(n > 1, n - 1, np.nan)
        error = np.sqrt(variance) / np.sqrt(n)
    half = student(np.maximum(n - 1, 1)) * error
    return Means(mean, *ended(mean - half, mean + half, mean, limits), error)


def mean_of(sample: Array, limits: Limits) -> Mean:
    """Return the mean of one sample, [n], of values within limits."""
    mean = means(sample, 0, limits)
    value, *rest = (float(each) for each in (mean.value, mean.low, mean.high, mean.error))
    low, high, error = (None if math.isnan(each) else each for each in rest)
    return Mean(value, low, high, error)


def unpaired_interval(values: Array, baseline: Array) -> tuple[float, float]:
    """Return the 95 % interval of the difference of means as if the samples were independent (Welch's t).

    Raises ValueError with fewer than two values in either.
    """
    if min(values.size, baseline.size) < 2:
        raise ValueError("an interval needs at least two values on each side")
    parts = [sample.var(ddof=1) / sample.size for sample in (values, baseline)]
    difference = float(values.mean() - baseline.mean())
    if not sum(parts):
        return difference, difference
    freedom = sum(parts) ** 2 / sum(
        part**2 / (sample.size - 1) for part, sample in zip(parts, (values, baseline), strict=True)
    )
    half = float(student(float(freedom))) * math.sqrt(sum(parts))
    return difference - half, difference + half


def student(freedom: Array | float) -> Array:
    """Return how many standard errors a 95 % interval reaches to each side with so many degrees of freedom."""
    return np.asarray(stdtrit(freedom, (1 + CONFIDENCE) / 2))
