"""Means over replications with their intervals, for whole arrays: what `findings.compare` does for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.statistics.replications import mean_and_interval, standard_error

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
    `scenarios.findings.compare.interval`.
    """
    values = values.astype(np.float64)
    paired = values - values[baseline]
    paired[baseline] = np.nan
    value, low, high = mean_and_interval(values)
    difference, difference_low, difference_high = mean_and_interval(paired)
    error = standard_error(paired)
    error[baseline] = standard_error(values[baseline : baseline + 1])[0]
    return Estimates(value, low, high, difference, difference_low, difference_high, error)
