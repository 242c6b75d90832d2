"""The levers' grid: what points cost, ask for and are from today, against a strategy's own bill."""

import numpy as np
import pytest
from made_search import GOALS, goals_in

from scenarios.seeking.space import distinct, means_of, without
from scenarios.strategies.scenario import check_strategy
from scenarios.strategies.text import strategy_text
from scenarios.text import strict_yaml


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return goals_in(tmp_path_factory.mktemp("rum"), GOALS + "budget_msek_per_year: 6\nposts: {gp: 1}\n")


def test_points_cost_and_ask_for_what_their_strategy_does(read):
    space = read.space
    points = np.array([[0, 0], [2, 3], [6, 12]])
    for point, cost, posts in zip(points, space.cost(points), space.posts(points), strict=True):
        taken = means_of(space.strategy(point, "p", "P"), read.wanted, read.region)
        assert cost == pytest.approx(taken.cost)
        assert posts.sum() == pytest.approx(sum(taken.posts.values()))


def test_distance_is_in_shares_of_the_levers_own_ranges(read):
    assert read.space.distance(np.array([[2, 3]]))[0] == pytest.approx(0.1 / 0.6 + 0.15 / 0.9)


def test_excess_is_by_limit_and_tells_what_is_allowed(read):
    space = read.space
    points = np.array([[1, 0], [2, 0], [0, 12]])
    assert space.limits == ("budget", "gp")
    assert np.sign(space.excess(points)).tolist() == [[-1, -1], [1, -1], [-1, 1]]
    assert space.allowed(points).tolist() == [True, False, False]
    assert space.allowed(space.every).all()
    assert space.count == 7 * 13


def test_a_hypercube_keeps_the_limits_and_begins_with_today(read):
    points = read.space.hypercube(30, 1)
    assert points[0].tolist() == [0, 0]
    assert read.space.allowed(points).all()
    assert len(np.unique(points, axis=0)) == len(points) > 5
    assert (read.space.hypercube(30, 1) == points).all()


def test_every_point_stands_the_smallest_first_and_of_equals_the_cheapest(read):
    space = read.space
    sizes = list(zip(space.distance(space.every).round(9), space.cost(space.every), strict=True))
    assert sizes == sorted(sizes)


def test_a_point_is_an_ordinary_strategy_file(read):
    strategy = read.space.strategy(np.array([2, 0]), "svar-prov", "Svar")
    assert check_strategy(strict_yaml.parse(strategy_text(strategy).encode(), "svar.yaml")) == strategy
    assert [(setting.lever, setting.value) for setting in strategy.levers] == [("beds", 1.1)]
    assert strategy.budget_msek_per_year == 6


def test_levers_of_the_base_that_move_start_where_they_stand_there(tmp_path):
    space = goals_in(tmp_path, GOALS.replace("lever: gp_posts, low: 1", "lever: own_gp_booking, low: 0")
                     .replace("high: 1.6", "high: 0.35") + "base: kontinuitet\n").space  # fmt: skip
    axis = space.axes[1]
    assert axis.today > 0
    assert axis.distance[axis.at_today] == 0
    assert "own_gp_booking" not in [setting.lever for setting in space.base.levers]


def test_points_are_told_apart():
    points = np.array([[1, 2], [0, 0], [1, 2], [3, 1]])
    assert distinct(points).tolist() == [[1, 2], [0, 0], [3, 1]]
    assert without(points, np.array([[1, 2]])).tolist() == [[0, 0], [3, 1]]
