"""Regret and the chance of being best, by hand on a small table."""

import numpy as np

from scenarios.seeking.regret import chance_of_being_best, regrets

GAINS = np.array([[5.0, 1.0, 3.0, 2.0], [4.0, 2.0, 3.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
"""Three choices in four futures; the first and second gain alike in the third."""


def test_the_chance_of_being_best_shares_futures_that_are_alike():
    assert chance_of_being_best(GAINS).tolist() == [2.5 / 4, 1.5 / 4, 0.0]


def test_regret_is_what_the_best_of_each_future_gains_more():
    lost = regrets(GAINS)
    assert lost.tolist() == [[0, 1, 0, 0], [1, 0, 0, 2], [5, 2, 3, 2]]
    assert lost.max(axis=1).tolist() == [1, 2, 5]
    assert lost.mean(axis=1).tolist() == [0.25, 0.75, 3.0]
