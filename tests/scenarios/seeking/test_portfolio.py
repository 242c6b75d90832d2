"""What money does best: the front, its confirmation, chance of best and regret, over a made-up response."""

import numpy as np
import pytest
from made_search import ExactSurrogate, HandBench, portfolio_in

from scenarios.seeking.front import first_front, front, spread_out
from scenarios.seeking.portfolio import Discovery, MixGain, gain_rows, portfolio
from scenarios.seeking.portfolio_told import discovery_sv, mix_rows, sentences, write_portfolio
from scenarios.seeking.prim import Box, BoxSide
from scenarios.seeking.search_folder import open_search
from scenarios.seeking.wanted import Aim
from scenarios.strategies.scenario import read_strategy

AIM = Aim(indicator="ed_visits", year=2028)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("blandat")
    read = portfolio_in(folder)
    open_search(folder / "ut", read)
    return read, portfolio(HandBench(read), ExactSurrogate), folder / "ut"


def test_mixes_keep_budget_and_posts_and_begin_with_the_cheapest(found):
    _, made, _ = found
    costs = [mix.cost_msek for mix in made.mixes]
    assert costs == sorted(costs)
    assert costs[-1] <= 6 + 1e-6
    assert all(mix.posts <= 2 + 1e-6 for mix in made.mixes)


def test_what_is_told_never_beats_its_confirmation(found):
    read, made, _ = found
    outcomes = HandBench(read).confirm([read.base, *made.strategies])
    drawn = dict(zip(outcomes.scenarios, outcomes.of("ed_visits", 2028), strict=True))
    for gain in made.gains:
        paired = drawn["nulage"] - drawn[gain.scenario]
        assert gain.gain == pytest.approx(paired.mean())
        assert gain.low - 1e-9 <= gain.gain <= gain.high + 1e-9
        assert gain.as_expected == (gain.low - 1e-6 <= gain.expected <= gain.high + 1e-6)


def test_the_best_is_what_a_brute_force_over_the_grid_gives(found):
    read, made, _ = found
    space = read.space
    values = space.values(space.every)
    off = np.round(100 * (values[:, 0] - 1) + 60 * (values[:, 1] - 1))
    assert made.best_of(AIM).gain == pytest.approx(12 * off.max())


def test_every_mix_is_a_strategy_file_and_the_tables_tell_of_it(found):
    read, made, folder = found
    write_portfolio(read.wanted, made, read.region, folder)
    for strategy in made.strategies:
        assert read_strategy(folder / f"{strategy.name}.yaml", read.region) == strategy
    assert len((folder / "vinster.csv").read_text("utf-8").splitlines()) == 1 + len(made.gains)
    assert len(list(mix_rows(made))) == len(made.gains)
    assert "mest ger" in next(iter(sentences(read.wanted, made, read.region)))


def test_gains_regret_and_chance_by_hand():
    drawn = {"": np.array([[4.0, 6.0], [5.0, 1.0]]), "test": np.array([[0.0, 2.0], [3.0, 3.0]])}
    first, second = gain_rows(AIM, 2028, ["a", "b"], drawn, np.array([5.0, 400.0]))
    assert (first.gain, first.best_share, first.holds_share) == (5.0, 50.0, 100.0)
    assert (first.regret_most, first.regret_mean) == (2.0, 1.0)
    assert (second.regret_most, second.regret_mean) == (2.0, 1.0)
    assert (first.as_expected, second.as_expected) == (True, False)


def test_a_mix_that_was_expected_to_do_more_than_it_does_is_told(found):
    read, made, _ = found
    promised = MixGain(made.mixes[0].scenario, "ed_visits", "visits", 2028, 1.0, 0.5, 1.5, 9.0, False, 0, 0, 0.0, 0.0)
    told = type(made)(made.mixes, (promised,), made.discoveries, made.strategies, made.tests, 1, 1)
    assert "inte bär" in " ".join(sentences(read.wanted, told, read.region))


def test_the_front_is_that_of_the_whole_grid(found):
    read, _, _ = found
    space = read.space

    def gains(points):
        return (space.values(points) - 1) @ np.array([[100.0], [60.0]])

    every = space.every
    table = np.column_stack([space.cost(every), space.posts(every).sum(axis=1), -gains(every)])
    whole = {tuple(point) for point in every[first_front(table)].tolist()}
    searched = {tuple(point) for point in front(space, gains, space.today[None], 1).tolist()}
    assert searched <= whole
    assert len(searched) >= 0.9 * len(whole)


def test_points_far_apart_are_chosen_with_the_best_of_each_first():
    table = np.array([[0.0, 9.0], [1.0, 8.9], [5.0, 5.0], [9.0, 0.0], [8.9, 0.1]])
    assert sorted(spread_out(table, 3).tolist()) == [0, 2, 3]
    assert len(spread_out(table, 9)) == 5


def test_a_box_is_a_sentence_with_coverage_and_density_and_none_is_silence(found):
    read, made, _ = found
    conditions = (BoxSide("work.gp_turnover", True, 0.1), BoxSide("digital.induced_share", True, 0.98765))
    box = Discovery(made.mixes[0].scenario, "ed_visits", Box(conditions, 0.75, 0.9, 20))
    told = discovery_sv(box, made.mixes[0], read.region)
    assert "håller inte om" in told
    assert " är över 0,1 " in told
    assert " är över 0,988 " in told
    assert "90 % av de 20 framtider" in told
    assert "75 % av alla" in told
    assert discovery_sv(Discovery("x", "ed_visits", None), made.mixes[0], read.region) == ""
