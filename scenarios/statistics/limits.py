"""What values cannot leave, and where their intervals therefore end: a share at 0 and 100 %, a count at nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.statistics.arrays import Array

Limits = tuple[float | Array, float | Array]
"""The lowest and the highest value; arrays where many figures are worked out at once, of a shape that broadcasts."""

FREE: Limits = (-np.inf, np.inf)
FROM_ZERO: Limits = (0.0, np.inf)
PERCENT: Limits = (0.0, 100.0)
INDEX: Limits = (0.0, 1.0)


def of_differences(limits: Limits) -> Limits:
    """Return the limits of the difference of two values within limits."""
    low, high = limits
    return low - high, high - low


def along(limits: Sequence[Limits], axes_after: int) -> Limits:
    """Return the limits of several figures as arrays along an axis that has so many others after it."""
    shape = (len(limits), *(1,) * axes_after)
    low, high = (np.array([each[end] for each in limits], np.float64).reshape(shape) for end in (0, 1))
    return low, high


def ended(low: Array, high: Array, value: Array, limits: Limits) -> tuple[Array, Array]:
    """Return the bounds of an interval around a value, ended where values do; NaN stays."""
    least, most = limits
    return np.minimum(np.maximum(low, least), value), np.maximum(np.minimum(high, most), value)
