"""The smallest change: the same as a brute-force grid gives, listed or evolved, within limits or without."""

import numpy as np
import pytest
from made_search import GOALS, ExactSurrogate, by_hand, goals_in

from scenarios.seeking import optimiser
from scenarios.seeking.goals import at_share, reached_together, standing
from scenarios.seeking.smallest import ladder, search, smallest_of
from scenarios.seeking.surrogate import GaussianProcess

DRAWS = 10


def brute_force(read, run):
    """Return the smallest point of the whole grid that reaches the goals in enough draws."""
    every = read.space.every
    shares = reached_together(run(0, every)).mean(axis=1)
    return every[np.argmax(shares >= read.wanted.probability)]


def searched(read, run, make):
    found = search(read.wanted, read.space, run, make)
    shares = reached_together(found.table).mean(axis=1)
    return smallest_of(read.space, found.points, shares >= read.wanted.probability), found


@pytest.mark.parametrize("make", [ExactSurrogate, GaussianProcess])
@pytest.mark.parametrize("bound", [12300, 12500, 12650])
def test_the_smallest_change_is_that_of_a_brute_force_grid(tmp_path, make, bound, record_property):
    read = goals_in(tmp_path, GOALS.replace("12300", str(bound)))
    run = by_hand(read.space, DRAWS)
    point, found = searched(read, run, make)
    record_property("points_run", len(found.points))
    assert point.tolist() == brute_force(read, run).tolist()
    assert len(found.points) < read.space.count / 2


def test_a_space_that_is_not_listed_gives_the_same(tmp_path, monkeypatch):
    read = goals_in(tmp_path, GOALS.replace("12300", "12500"))
    run = by_hand(read.space, DRAWS)
    monkeypatch.setattr(optimiser, "MOST_LISTED", 10)
    assert searched(read, run, ExactSurrogate)[0].tolist() == brute_force(read, run).tolist()


def test_a_budget_moves_the_answer_to_what_it_can_pay_for(tmp_path):
    free = goals_in(tmp_path, GOALS.replace("12300", "12600"))
    run = by_hand(free.space, DRAWS)
    bound = goals_in(tmp_path, GOALS.replace("12300", "12600") + "budget_msek_per_year: 10\n")
    point = searched(bound, run, ExactSurrogate)[0]
    assert point.tolist() == brute_force(bound, run).tolist()
    assert bound.space.cost(point[None])[0] <= 10 < free.space.cost(brute_force(free, run)[None])[0]


def test_the_search_ends_when_nothing_new_is_worth_it(tmp_path):
    read = goals_in(tmp_path, GOALS, **{"search.rounds": 20})
    assert searched(read, by_hand(read.space, DRAWS), ExactSurrogate)[1].rounds < 20


def test_an_unreachable_goal_leaves_the_point_that_stands_highest(tmp_path):
    read = goals_in(tmp_path, GOALS.replace("12300", "1000"))
    found = search(read.wanted, read.space, by_hand(read.space, DRAWS), ExactSurrogate)
    assert ladder(found, read.space, 0.8).tolist() == [[6, 12]]


def test_a_ladder_has_the_smallest_of_each_share_of_futures(tmp_path):
    read = goals_in(tmp_path, GOALS.replace("12300", "12500"))
    found = search(read.wanted, read.space, by_hand(read.space, DRAWS), ExactSurrogate)
    rungs, shares = ladder(found, read.space, 0.8), reached_together(found.table).mean(axis=1)
    sizes = read.space.distance(rungs)
    assert (np.diff(sizes) > 0).all()
    assert sizes[0] == min(read.space.distance(found.points[shares >= 0.6]))


@pytest.mark.parametrize(("probability", "value"), [(0.8, 2.0), (0.75, 2.0), (0.6, 3.0), (1.0, 1.0), (0.1, 5.0)])
def test_the_value_that_a_share_reaches(probability, value):
    assert at_share(np.array([1.0, 5, 3, 2, 4]), probability) == value


def test_a_point_stands_above_zero_where_enough_futures_reach_all_goals():
    table = np.array([[[1.0, 1, 1, -1], [1, 1, 1, 1]], [[1, 1, -1, 1], [2, 2, 2, -9]]])
    stands = standing(table, np.ones(2), 0.75)
    assert (stands >= 0).tolist() == (reached_together(table).mean(axis=1) >= 0.75).tolist() == [False, True]


def test_a_gaussian_process_asks_to_be_fitted_first():
    with pytest.raises(ValueError, match="not fitted"):
        GaussianProcess().predict(np.zeros((1, 2)))
    with pytest.raises(ValueError, match="two points"):
        GaussianProcess().fit(np.zeros((1, 2)), np.zeros((1, 1)))
