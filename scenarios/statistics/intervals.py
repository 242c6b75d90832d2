"""Intervals of means and of differences of means.

Student's t on n - 1 degrees of freedom (Law, Simulation Modeling and Analysis, 10.2); for two independent samples
Welch's.
"""

from __future__ import annotations

import math

from scipy.special import stdtrit

from scenarios.statistics.variance import CONFIDENCE, Values


def interval(values: Values) -> tuple[float | None, float | None]:
    """Return the 95 % confidence interval of the mean of independent values (Student's t), or (None, None).

    With one value there is none.
    """
    error = standard_error(values)
    if error is None:
        return None, None
    half = _t(values.size - 1) * error
    mean = float(values.mean())
    return mean - half, mean + half


def standard_error(values: Values) -> float | None:
    """Return the standard error of the mean, None with fewer than two values."""
    if values.size < 2:
        return None
    return float(values.std(ddof=1)) / math.sqrt(values.size)


def unpaired_interval(values: Values, baseline: Values) -> tuple[float, float]:
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
    half = _t(float(freedom)) * math.sqrt(sum(parts))
    return difference - half, difference + half


def _t(freedom: float) -> float:
    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
