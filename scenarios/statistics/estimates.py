"""Scenarios beside each other: means over replications, and paired differences to one of them, for whole arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import means
from scenarios.statistics.limits import Limits, of_differences


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


def estimate(values: Array, baseline: int, limits: Limits) -> Estimates:
    """Return the estimates of values[scenario, replication, ...]; scenarios share the seed of each replication.

    `limits` are what values cannot leave; as arrays they broadcast to [scenario, ...].
    A replication that is missing (NaN) in one of the two is left out of their difference.
    """
    values = values.astype(np.float64)
    paired = values - values[baseline]
    paired[baseline] = np.nan
    own, difference = means(values, 1, limits), means(paired, 1, of_differences(limits))
    error = difference.error
    error[baseline] = own.error[baseline]
    return Estimates(own.value, own.low, own.high, difference.value, difference.low, difference.high, error)
