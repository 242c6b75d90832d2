import numpy as np
import pytest

from scenarios.statistics.estimates import estimate
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import FREE

RUNS = np.random.default_rng(1).normal(100, 10, (3, 7, 2, 4))


def test_they_are_what_compare_works_out_for_one_figure_at_a_time():
    found = estimate(RUNS, 0, FREE)
    for scenario in range(3):
        for place in np.ndindex(2, 4):
            sample = RUNS[(scenario, slice(None), *place)]
            at = (scenario, *place)
            alone = mean_of(sample, FREE)
            assert found.value[at] == alone.value == pytest.approx(sample.mean())
            assert (found.low[at], found.high[at]) == alone.bounds
            if scenario:
                apart = mean_of(sample - RUNS[(0, slice(None), *place)], FREE)
                assert found.difference[at] == apart.value
                assert (found.difference_low[at], found.difference_high[at]) == apart.bounds
                assert found.error[at] == apart.error
            else:
                assert found.error[at] == alone.error


def test_the_baseline_has_no_difference():
    assert np.isnan(estimate(RUNS, 1, FREE).difference[1]).all()
    assert not np.isnan(estimate(RUNS, 1, FREE).difference[0]).any()


def test_one_replication_has_a_value_and_no_interval():
    found = estimate(RUNS[:, :1], 0, FREE)
    assert (found.value == RUNS[:, 0]).all()
    assert np.isnan(found.low).all()
    assert (found.difference[1] == RUNS[1, 0] - RUNS[0, 0]).all()
