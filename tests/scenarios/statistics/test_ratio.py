import numpy as np
import pytest
from scipy.stats import ttest_1samp

from scenarios.statistics.ratio import ratio_of_means

DRAWS = np.random.default_rng(4)


def pairs(n=20, top=100.0, bottom=10.0, spread=1.0):
    shared = DRAWS.normal(0, spread, n)
    return top + 5 * shared + DRAWS.normal(0, 5, n), bottom + shared


def test_the_bounds_are_where_the_difference_stops_being_sure():
    """By definition: at a bound r the mean of top - r x bottom is just not sure to be other than zero."""
    top, bottom = pairs()
    found = ratio_of_means(top, bottom)
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(top.mean() / bottom.mean())
    for bound in (found.low, found.high):
        assert ttest_1samp(top - bound * bottom, 0.0).pvalue == pytest.approx(0.05, abs=1e-6)


def test_it_covers_the_true_ratio_as_often_as_it_says():
    hits = 0
    for _ in range(600):
        found = ratio_of_means(*pairs(n=8))
        hits += found.low <= 10.0 <= found.high
    assert 0.925 <= hits / 600 <= 0.972


def test_without_a_sure_denominator_or_a_second_replication_there_is_none():
    assert ratio_of_means(np.array([1.0, 2.0, 3.0]), np.array([-1.0, 0.5, 1.0])) is None
    assert ratio_of_means(np.array([1.0]), np.array([1.0])) is None


def test_a_ratio_without_spread_is_known():
    found = ratio_of_means(np.full(5, 6.0), np.full(5, 2.0))
    assert (found.low, found.value, found.high) == (3.0, 3.0, 3.0)
