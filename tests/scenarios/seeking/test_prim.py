"""Scenario discovery by hand: a box that is there is found with its figures, one that is not is not told."""

import numpy as np

from scenarios.seeking.prim import BoxSide, discover

NAMES = ["rekrytering", "induktion", "annat"]


def futures(count=60):
    """Return a grid-like sample in which every assumption goes through 0 to 1 in an order of its own."""
    n = np.arange(count)
    return np.column_stack([n / count, (n * 7 % count) / count, (n * 11 % count) / count])


def test_a_box_of_two_assumptions_is_found_with_coverage_and_density():
    values = futures()
    fails = (values[:, 0] < 0.5) & (values[:, 1] > 0.4)
    box = discover(values, fails, NAMES)
    assert {(each.name, each.above) for each in box.conditions} == {("rekrytering", False), ("induktion", True)}
    assert box.density == fails[inside(values, box.conditions)].mean()
    assert box.coverage == fails[inside(values, box.conditions)].sum() / fails.sum()
    assert min(box.density, box.coverage) > 0.8
    assert box.futures == inside(values, box.conditions).sum()


def inside(values, conditions):
    """Return the futures in a box, from its conditions alone."""
    chosen = np.ones(len(values), bool)
    for each in conditions:
        column = values[:, NAMES.index(each.name)]
        chosen &= column > each.bound if each.above else column < each.bound
    return chosen


def test_one_assumption_is_enough_where_one_decides():
    values = futures()
    box = discover(values, values[:, 2] > 0.74, NAMES)
    (only,) = box.conditions
    assert only == BoxSide("annat", True, only.bound)
    assert 0.7 < only.bound < 0.8
    assert box.coverage > 0.9
    assert box.density == 1.0


def test_nothing_is_told_of_failures_by_chance_among_many_assumptions():
    dealer = np.random.default_rng(4)
    values, fails = dealer.random((40, 60)), dealer.random(40) < 0.4
    assert discover(values, fails, [str(n) for n in range(60)]) is None


def test_nothing_is_told_where_too_few_fail_or_too_few_do_not():
    values = futures()
    assert discover(values, values[:, 0] < 0.05, NAMES) is None
    assert discover(values, values[:, 0] < 0.95, NAMES) is None
    assert discover(values[:, :0], values[:, 0] < 0.5, []) is None
