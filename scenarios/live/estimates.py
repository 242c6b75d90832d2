"""Means over replications with their intervals, for whole arrays: what `scenarios.compare` does for one figure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtrit

from scenarios.variance import CONFIDENCE

Array = np.ndarray[tuple[int, ...], np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Estimates:
    """Arrays [scenario, ...]: mean with its 95 % interval, and the paired difference to the baseline with its.

    `error` is the standard error of the mean difference, for the baseline that of its mean. With one replication
    bounds and errors are NaN; the baseline's difference is NaN.
    """

    value: Array
    low: Array
    high: Array
    difference: Array
    difference_low: Array
    difference_high: Array
    error: Array


def estimate(values: Array, baseline: int) -> Estimates:
    """Return the estimates of values[scenario, replication, ...]; scenarios share the seed of each replication.

    Intervals are Student's t on n - 1 degrees of freedom (Law, Simulation Modeling and Analysis, 10.2), as in
    `scenarios.compare.interval`.
    """
    values = values.astype(np.float64)
    value, half = _mean(values)
    paired = values - values[baseline]
    difference, difference_half = _mean(paired)
    difference[baseline] = np.nan
    difference_half[baseline] = np.nan
    factor = _factor(values.shape[1])
    error = difference_half / factor
    error[baseline] = half[baseline] / factor
    return Estimates(
        value, value - half, value + half,
        difference, difference - difference_half, difference + difference_half, error,
    )  # fmt: skip


def _mean(values: Array) -> tuple[Array, Array]:
    """Return means over replications and half the width of their intervals, NaN with one."""
    count = values.shape[1]
    mean = values.mean(axis=1)
    if count < 2:
        return mean, np.full_like(mean, np.nan)
    return mean, _factor(count) * values.std(axis=1, ddof=1) / math.sqrt(count)


def _factor(count: int) -> float:
    return float(stdtrit(count - 1, (1 + CONFIDENCE) / 2)) if count > 1 else math.nan
