"""How much of a figure's spread is chance and how much is parameters: the law of total variance, in pairs.

Let y be a figure with the stated parameters and z the same figure with drawn ones, d = z - y within each pair
(replication n and draw n have the same seed). The spread of z is that of chance plus that of what the parameters
do to the mean: Var z = E Var(z | parameters) + Var E(z | parameters). The first term is estimated by the variance
of y over all replications; the second by

    Var d + 2 Cov(d, y),   which is   Var z - Var y   over the pairs.

The difference d takes away the chance that a pair shares. What it does not share (new parameters let some people
meet another fate) would count as parameters in Var d alone; the covariance takes it away again, and is zero on
average where pairing is perfect. Chance is taken to be as large under any parameters as under the stated ones.

The estimate can be negative and is uncertain with few pairs: with n pairs and no parameter effect its standard
error is about 2 / sqrt(n - 1) of the variance of chance where pairs share nothing, so ten pairs see a parameter
share of a half at the earliest. Whether Var z exceeds Var y at all is tested for pairs by the correlation of z - y
with z + y (Pitman, Biometrika 1939;31:9; Morgan, ibid. 13), one-sided at 5 %. Where it does not, no split is given:
the parameters' part cannot be told from chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import CONFIDENCE, student
from scenarios.statistics.limits import Limits, ended

LEAST_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Split:
    """Variance of one figure: of chance in one run, and of its mean under other parameters.

    `low` and `high` bound the mean with 95 % confidence when parameters are uncertain too. `distinguishable`
    says whether the parameters' part can be told from chance; where it cannot, it is kept as estimated, even
    below zero, and has no share.
    """

    chance: float
    parameters: float
    distinguishable: bool
    low: float
    high: float

    @property
    def chance_share(self) -> float | None:
        """Part of the variance that is chance, percent; None where the two cannot be told apart."""
        return 100 * self.chance / (self.chance + self.parameters) if self.distinguishable else None

    @property
    def parameter_share(self) -> float | None:
        """Part of the variance that is parameters, percent; None where the two cannot be told apart."""
        return 100 * self.parameters / (self.chance + self.parameters) if self.distinguishable else None


def split(stated: Array, paired: Array, drawn: Array, limits: Limits) -> Split | None:
    """Split the variance of a figure over replications; None with fewer than `LEAST_PAIRS` pairs.

    `stated` float64[R] holds every replication with the stated parameters, `drawn` float64[N] the draws, and
    `paired` float64[N] those of `stated` with the same seeds as the draws.

    The interval is Student's t around the mean under drawn parameters, that is the mean of `stated` plus the mean
    shift; its variance adds the parameters' spread and the Monte Carlo error of both means, with Satterthwaite's
    degrees of freedom for a difference of variances, from 3 to N - 1. It is symmetric, so where queues make a
    figure skewed it is a rough picture of the tails; it ends where values do, at `limits`.
    """
    pairs = drawn.size
    if pairs < LEAST_PAIRS or not (np.isfinite(stated).all() and np.isfinite(drawn).all()):
        return None
    shift = drawn - paired
    chance = float(stated.var(ddof=1))
    parameters = float(drawn.var(ddof=1) - paired.var(ddof=1))
    spread = max(parameters, 0.0) + float(shift.var(ddof=1)) / pairs + chance / stated.size
    noise = float(drawn.var(ddof=1) ** 2 + paired.var(ddof=1) ** 2) / (pairs - 1)
    freedom = min(max(spread**2 / noise, 3.0), pairs - 1.0) if noise else pairs - 1.0
    half = float(student(freedom)) * math.sqrt(spread)
    centre = float(stated.mean() + shift.mean())
    low, high = ended(np.array(centre - half), np.array(centre + half), np.array(centre), limits)
    return Split(chance, parameters, wider(drawn, paired), float(low), float(high))


def wider(drawn: Array, paired: Array) -> bool:
    """Tell whether `drawn` varies more than `paired` (Pitman and Morgan's test, one-sided at 5 %)."""
    sums, shift = drawn + paired, drawn - paired
    scale = float(sums.std() * shift.std())
    if scale <= 1e-12 * max(1.0, float(np.abs(sums).max())) ** 2:
        return False
    r = float(((sums - sums.mean()) * (shift - shift.mean())).mean()) / scale
    if abs(r) >= 1 - 1e-12:
        return r > 0
    freedom = drawn.size - 2
    return float(stdtr(freedom, r * math.sqrt(freedom / (1 - r * r)))) > CONFIDENCE
