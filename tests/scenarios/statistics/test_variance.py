"""The split of variance on a synthetic engine whose variances are known.

A run is 100 + f(parameters) + g(chance) + own chance of the run; its variances are set, seeds are fixed, and each test
repeats the experiment often enough for what it claims (power stated beside it).
"""

import numpy as np
import pytest

from scenarios.statistics.limits import FREE
from scenarios.statistics.variance import LEAST_PAIRS, split, wider


def study(seed, pairs, parameters, shared, own, replications=None):
    """Return (stated, paired, drawn) of one study: variances of parameters, of shared and of unshared chance."""
    rng = np.random.default_rng(seed)
    count = replications or pairs
    chance = rng.normal(0, np.sqrt(shared), count)
    stated = 100 + chance + rng.normal(0, np.sqrt(own), count)
    effect = rng.normal(0, np.sqrt(parameters), pairs)
    drawn = 100 + chance[:pairs] + effect + rng.normal(0, np.sqrt(own), pairs)
    return stated, stated[:pairs], drawn


@pytest.mark.parametrize(("shared", "own"), [(4.0, 0.0), (2.0, 2.0), (0.0, 4.0)])
def test_the_estimate_is_right_on_average_however_much_chance_is_shared(shared, own):
    splits = [split(*study(seed, 20, 9.0, shared, own), FREE) for seed in range(600)]
    # one estimate has a standard deviation of about 5, so the mean of 600 one of 0.2: four of them
    assert np.mean([s.parameters for s in splits]) == pytest.approx(9.0, abs=0.8)
    assert np.mean([s.chance for s in splits]) == pytest.approx(4.0, abs=0.25)


def test_the_difference_alone_would_take_unshared_chance_for_parameters():
    stated, paired, drawn = study(1, 4000, 0.0, 0.0, 4.0)
    assert np.var(drawn - paired) == pytest.approx(8.0, rel=0.1)
    assert abs(split(stated, paired, drawn, FREE).parameters) < 0.5


def test_no_parameter_effect_is_called_indistinguishable_19_times_in_20():
    found = [split(*study(seed, 12, 0.0, 2.0, 2.0), FREE).distinguishable for seed in range(1000)]
    assert np.mean(found) == pytest.approx(0.05, abs=0.03)  # four standard errors


def test_power_grows_with_pairs():
    # parameters 9 beside chance 4, half of it shared
    few, many = (
        np.mean([split(*study(s, n, 9.0, 2.0, 2.0), FREE).distinguishable for s in range(300)]) for n in (6, 30)
    )
    assert few < 0.75
    assert many > 0.9


def test_what_is_not_distinguishable_has_no_share_and_keeps_its_sign():
    seed = next(s for s in range(50) if split(*study(s, 8, 0.0, 0.0, 4.0), FREE).parameters < 0)
    found = split(*study(seed, 8, 0.0, 0.0, 4.0), FREE)
    assert not found.distinguishable
    assert (found.chance_share, found.parameter_share) == (None, None)
    assert found.parameters < 0 < found.chance


def test_shares_sum_to_a_hundred():
    found = split(*study(3, 30, 9.0, 1.0, 0.0), FREE)
    assert found.distinguishable
    assert found.chance_share + found.parameter_share == pytest.approx(100)
    assert found.parameter_share > 60


def test_the_interval_covers_the_mean_under_true_parameters():
    rng = np.random.default_rng(8)
    covered = []
    for seed in range(1500):
        found = split(*study(seed, 10, 9.0, 2.0, 2.0, replications=20), FREE)
        truth = 100 + rng.normal(0, 3)
        covered.append(found.low <= truth <= found.high)
    assert np.mean(covered) > 0.94
    assert np.mean(covered) < 0.98


def test_without_chance_everything_is_parameters_and_without_either_nothing_is():
    same = np.full(6, 5.0)
    found = split(same, same, same + np.arange(6), FREE)
    assert (found.chance, found.distinguishable, found.parameter_share) == (0, True, 100)
    still = split(same, same, same, FREE)
    assert (still.low, still.high, still.distinguishable) == (5, 5, False)
    assert not wider(same, same)


def test_too_few_pairs_or_missing_figures_give_nothing():
    stated, paired, drawn = study(1, LEAST_PAIRS - 1, 1.0, 1.0, 0.0)
    assert split(stated, paired, drawn, FREE) is None
    stated, paired, drawn = study(1, 8, 1.0, 1.0, 0.0)
    drawn[2] = np.nan
    assert split(stated, paired, drawn, FREE) is None


def test_draws_that_are_all_alike_are_not_wider():
    paired = np.array([1.0, 2.0, 4.0, 8.0])
    assert not wider(np.full(4, 3.0), paired)
    assert wider(paired, np.full(4, 3.0))
