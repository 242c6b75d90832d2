"""Shares of independent yes and no: the exact 95 % interval of Clopper and Pearson (Biometrika 1934)."""

from __future__ import annotations

from scipy.stats import binomtest

from scenarios.statistics.intervals import CONFIDENCE


def share_interval(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of the share that `count` of so many is an estimate of, both between 0 and 1.

    Raises ValueError unless 0 <= count <= of and 0 < of.
    """
    interval = binomtest(count, of).proportion_ci(CONFIDENCE, "exact")
    return float(interval.low), float(interval.high)
