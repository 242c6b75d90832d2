"""The ratio of two paired mean differences with its interval: what one more of something costs.

Fieller's interval (Fieller 1954, "Some problems in interval estimation", J. R. Stat. Soc. B 16:175-185): all ratios r
for which the mean of `top - r * bottom` over the replications is not sure to be other than zero, Student's t on n - 1
degrees of freedom. It holds however skewed the ratio is, and has bounds only when the denominator is sure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import student


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of means with its 95 % interval."""

    value: float
    low: float
    high: float


def ratio_of_means(top: Array, bottom: Array) -> Ratio | None:
    """Return mean(top) / mean(bottom) of paired samples float64[n] with Fieller's 95 % interval.

    None with fewer than two replications, or where the denominator's own interval holds zero: then there is no bound.
    """
    count = len(top)
    if count < 2:
        return None
    a, b = float(np.mean(top)), float(np.mean(bottom))
    square = float(student(count - 1)) ** 2
    (saa, sab), (_, sbb) = np.cov(top, bottom) / count
    whole = b * b - square * sbb
    if whole <= 0.0:
        return None
    middle = a * b - square * sab
    root = math.sqrt(max(middle * middle - (a * a - square * saa) * whole, 0.0))
    return Ratio(a / b, float(middle - root) / float(whole), float(middle + root) / float(whole))
