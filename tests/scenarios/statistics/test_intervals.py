import math

import numpy as np
import pytest
from scipy import stats

from scenarios.statistics.intervals import mean_of, means, unpaired_interval
from scenarios.statistics.limits import FREE, FROM_ZERO, INDEX, PERCENT, along, of_differences


def test_intervals_agree_with_scipy():
    values = np.random.default_rng(3).normal(100, 15, 12)
    other = np.random.default_rng(4).normal(90, 5, 9)
    assert mean_of(values, FREE).bounds == pytest.approx(stats.ttest_1samp(values, 0).confidence_interval(0.95))
    welch = stats.ttest_ind(values, other, equal_var=False).confidence_interval(0.95)
    assert unpaired_interval(values, other) == pytest.approx(welch)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    draws = np.random.default_rng(5).normal(0, 1, (4000, 5))
    covered = np.mean([low <= 0 <= high for low, high in (mean_of(sample, FREE).bounds for sample in draws)])
    assert abs(covered - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 4000)


@pytest.mark.parametrize("count", [2, 3, 8, 20, 33, 200])
def test_one_sample_gives_the_bits_of_numpy_and_of_many_at_once(count):
    runs = np.random.default_rng(count).normal(100, 15, (4, count, 3))
    found = means(runs, axis=1, limits=FREE)
    for place in np.ndindex(4, 3):
        sample = runs[place[0], :, place[1]]
        alone = mean_of(sample, FREE)
        assert alone.value == found.value[place] == np.ascontiguousarray(sample).mean()
        assert alone.bounds == (found.low[place], found.high[place])
        assert alone.error == found.error[place] == np.ascontiguousarray(sample).std(ddof=1) / math.sqrt(count)


def test_what_is_missing_is_left_out():
    runs = np.array([[10.0, np.nan, 12.0, 11.0], [np.nan, np.nan, np.nan, 3.0], [np.nan] * 4])
    found = means(runs, axis=1, limits=FREE)
    full = mean_of(np.array([10.0, 12.0, 11.0]), FREE)
    assert (found.value[0], found.low[0], found.high[0]) == pytest.approx((full.value, *full.bounds))
    assert (found.value[1], math.isnan(found.low[1])) == (3.0, True)
    assert math.isnan(found.value[2])


def test_the_axis_is_that_of_the_samples():
    assert means(np.array([[[[1.0]], [[3.0]]]]), axis=1, limits=FREE).value.shape == (1, 1, 1)
    assert means(np.array([[1.0, 3.0]]), axis=1, limits=FREE).value.tolist() == [2.0]


def test_one_value_has_no_interval():
    assert (mean_of(np.array([7.0]), FREE).bounds, mean_of(np.array([7.0]), FREE).error) == ((None, None), None)
    with pytest.raises(ValueError, match="at least two"):
        unpaired_interval(np.array([1.0]), np.array([1.0, 2.0]))


def test_an_interval_ends_where_values_do_and_never_before_its_mean():
    sample = np.array([20.0, 40.0])
    low, high = mean_of(sample, FREE).bounds
    assert low < 0
    assert high > 100
    assert mean_of(sample, PERCENT).bounds == (0.0, 100.0)
    assert mean_of(sample, FROM_ZERO).bounds == (0.0, mean_of(sample, FREE).high)
    assert mean_of(sample - 30, of_differences(PERCENT)).bounds == (-100.0, 100.0)
    assert mean_of(np.array([101.0, 103.0]), PERCENT).high == 102.0


def test_figures_beside_each_other_end_each_at_its_own():
    runs = np.array([[[0.2, 20.0, 20.0], [0.9, 90.0, 90.0]]]).swapaxes(0, 1)
    ends = means(runs, 0, along([INDEX, PERCENT, FREE], 0))
    assert (ends.low[0].tolist()[:2], ends.high[0].tolist()[:2]) == ([0.0, 0.0], [1.0, 100.0])
    assert ends.low[0, 2] < 0
    assert ends.high[0, 2] > 100


def test_limits_of_differences():
    assert of_differences(PERCENT) == (-100.0, 100.0)
    assert of_differences(INDEX) == (-1.0, 1.0)
    assert of_differences(FROM_ZERO) == of_differences(FREE) == FREE
