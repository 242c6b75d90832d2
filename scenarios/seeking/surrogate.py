"""What is fitted to the runs so that points can be judged that were not run; it proposes, and nothing of it is told.

Any object with `fit` and `predict` as in `Surrogate` will do: an emulator that comes trained takes this one's place
with a `fit` that corrects it, or does nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Protocol

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

from scenarios.statistics.arrays import Array


class Surrogate(Protocol):
    """A model of outputs at points: points float64 [point, lever] between 0 and 1, outputs float64 [point, output]."""

    def fit(self, points: Array, outputs: Array) -> None:
        """Learn from points that were run."""

    def predict(self, points: Array) -> tuple[Array, Array]:
        """Return the expected outputs and the standard deviation of each, both float64 [point, output]."""


MakeSurrogate = Callable[[], Surrogate]


class GaussianProcess:
    """A Gaussian process by scikit-learn, with a length of its own along each lever; outputs share the lengths.

    Outputs are the same quantity in different draws, which all points share: what is left of chance between two
    points is small, and `WhiteKernel` takes it (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006).
    """

    def __init__(self, seed: int = 0) -> None:
        """Make one that starts its search of lengths from the same places for the same seed."""
        self._seed = seed
        self._fitted: GaussianProcessRegressor | None = None

    def fit(self, points: Array, outputs: Array) -> None:
        """Learn from points that were run; raises ValueError with fewer than two."""
        if len(points) < 2:
            raise ValueError("a surrogate needs at least two points")
        lengths = np.full(points.shape[1], 1.0)
        kernel = ConstantKernel(1.0, (1e-2, 1e3)) * RBF(lengths, (5e-2, 2e1)) + WhiteKernel(1e-4, (1e-8, 1.0))
        made = GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=1, random_state=self._seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # lengths at a bound: a lever that does nothing
            self._fitted = made.fit(points, outputs)

    def predict(self, points: Array) -> tuple[Array, Array]:
        """Return what is expected; raises ValueError before `fit`."""
        if self._fitted is None:
            raise ValueError("the surrogate is not fitted yet")
        mean, spread = self._fitted.predict(points, return_std=True)
        shape = (len(points), -1)
        return np.reshape(mean, shape), np.reshape(spread, shape)
