import itertools
import json
import math
from datetime import date

import numpy as np
import pytest
from fake_engine import REGION, FakeEngine

from scenarios.findings.attribution import (
    MOST_PLAYERS,
    TOTAL,
    Contribution,
    Player,
    contributions,
    in_sequence,
    kind_of,
    plan,
    players_of,
    shapley,
    subsets,
)
from scenarios.findings.attribution_report import report_text
from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from scenarios.running.assembly import complete
from scenarios.running.runner import Outcome, run_all
from scenarios.strategies.scenario import Scenario
from scenarios.strategies.strategy import LeverSetting, Strategy
from scenarios.text.problems import InputError
from scenarios.text.records import to_csv


def strategy(*levers, groups=None):
    """Return a strategy of (lever, value) pairs."""
    settings = tuple(LeverSetting(lever=lever, value=value) for lever, value in levers)
    return Strategy(
        name="prov", label_sv="Prov", question_sv="?", description_sv=".", rationale=".", levers=settings, groups=groups
    )


THREE = (("gp_posts", 1.2), ("beds", 1.1), ("named_gp_share", 0.3))


def made(*levers, replications=3, sequential=False, by=None, groups=None):
    own = strategy(*levers, groups=groups)
    scenario = Scenario(region="fake", strategy=own, horizon=date(2028, 12, 31))
    return plan(scenario, REGION, players_of(own, by, sequential), 7, replications, sequential)


def test_the_glove_game_by_hand():
    # Two hold a left glove, one a right; a pair is worth 6. The right hand gets 4, each left 1.
    values = {s: np.array([6.0 if s & 4 and s & 3 else 0.0]) for s in range(8)}
    assert shapley(values, 3)[:, 0].tolist() == [1, 1, 4]


def test_shapley_is_the_mean_over_all_orders_and_sums_to_the_whole():
    rng = np.random.default_rng(1)
    values = {subset: rng.normal(1e6, 1e3, 4) for subset in range(16)}
    by_order = np.zeros((4, 4))
    for order in itertools.permutations(range(4)):
        before = 0
        for player in order:
            by_order[player] += values[before | 1 << player] - values[before]
            before |= 1 << player
    found = shapley(values, 4)
    np.testing.assert_allclose(found, by_order / math.factorial(4), rtol=1e-9)
    np.testing.assert_allclose(found.sum(axis=0), values[15] - values[0], rtol=1e-9)


def test_a_sequence_depends_on_the_order_and_sums_too():
    values = {s: np.array([6.0 if s & 4 and s & 3 else 0.0]) for s in subsets(3, sequential=True)}
    assert in_sequence(values, 3)[:, 0].tolist() == [0, 0, 6]
    assert subsets(3, sequential=True) == (0, 1, 2, 3, 4, 7)
    assert len(subsets(5)) == 32


def test_levers_are_players_while_that_is_affordable_and_groups_after():
    few = players_of(strategy(*THREE), None)
    assert [player.levers for player in few] == [("gp_posts",), ("beds",), ("named_gp_share",)]
    many = strategy(*THREE, ("nurse_posts", 1.1), ("own_gp_booking", 0.2), ("home_nursing_posts", 1.1))
    groups = players_of(many, None)
    assert {(player.label_sv, player.levers) for player in groups} == {
        ("Bemanning på hälsocentral", ("gp_posts", "nurse_posts")),
        ("Sjukhus", ("beds",)),
        ("Kontinuitet", ("named_gp_share", "own_gp_booking")),
        ("Kommunal vård", ("home_nursing_posts",)),
    }
    assert len(players_of(many, "lever", sequential=True)) == 6
    with pytest.raises(InputError, match="64 körningar"):
        players_of(many, "lever")


def test_the_files_groups_come_first_and_the_smallest_kinds_together():
    levers = [(name, LEVERS[name].high) for name in LEVERS]
    named = {"Läkare": ["gp_posts", "gp_turnover"], "Platser": ["beds"]}
    players = players_of(strategy(*levers, groups=named), "group")
    assert len(players) == MOST_PLAYERS
    assert players[:2] == (Player("Läkare", ("gp_posts", "gp_turnover")), Player("Platser", ("beds",)))
    assert players[-1].label_sv == "Övrigt"
    assert sorted(lever for player in players for lever in player.levers) == sorted(LEVERS)


def test_every_lever_has_a_kind():
    assert all(kind_of(lever) for lever in LEVERS.values())


def test_today_has_nothing_to_share_out():
    with pytest.raises(InputError, match="inga spakar"):
        players_of(strategy(), None)


def test_every_subset_is_one_scenario_and_equal_ones_are_run_once():
    whole = made(*THREE)
    assert len(whole.run.scenarios) == 8
    assert dict(whole.run.scenarios)["000"] == ()
    assert len(dict(whole.run.scenarios)["111"]) == 3
    with_idle = made(*THREE[:2], ("named_gp_share", 0.0))
    assert len(with_idle.run.scenarios) == 4
    assert set(with_idle.scenarios) == set(range(8))
    assert with_idle.scenarios[4] == with_idle.scenarios[0]
    assert whole.run.headline_only


@pytest.mark.parametrize("sequential", [False, True])
def test_contributions_on_the_stand_in_are_what_each_change_adds(sequential):
    # ed_visits are 10 more a month for each change that has begun: 120 a year each, whatever the order
    it = made(*THREE, sequential=sequential)
    outcomes = complete(it.run, run_all(FakeEngine(), it.run))
    assert len(outcomes) == 3
    records = contributions(it, outcomes, [INDICATORS["ed_visits"]])
    assert [r.player for r in records] == ["gp_posts", "beds", "named_gp_share", TOTAL]
    assert [r.contribution for r in records] == pytest.approx([120, 120, 120, 360])
    assert [r.alone for r in records] == pytest.approx([120, 120, 120, 360])
    assert [r.interaction for r in records] == pytest.approx([0, 0, 0, 0])
    assert [r.share for r in records] == pytest.approx([100 / 3, 100 / 3, 100 / 3, 100])
    assert {r.year for r in records} == {2028}
    assert all(r.monte_carlo_error == pytest.approx(0) for r in records)


def interacting(it, replications=4):
    """Return outcomes whose ed_visits interact: a product of the players, with chance that differs by subset."""
    outcomes = []
    for number in range(1, replications + 1):
        datasets = {}
        for name, _ in it.run.scenarios:
            branch = FakeEngine().begin("fake", number)
            branch.run(date(2029, 1, 1))
            bits = [int(bit) for bit in name]
            rng = np.random.default_rng([number, *bits])
            value = 5000 * (1 + bits[0]) * (1 + 2 * bits[1]) + 300 * bits[2] + rng.normal(0, 40)
            headline = {"ed_visits": ("year", np.array([value])), "cost": ("year", np.array([value / 7]))}
            datasets[name] = branch.dataset()[["year"]].sel(year=[2028]).assign(headline)
        outcomes.append(Outcome(number, datasets))
    return outcomes


@pytest.mark.parametrize("sequential", [False, True])
def test_contributions_sum_to_the_total_exactly_with_interaction_and_chance(sequential):
    it = made(*THREE, sequential=sequential)
    records = contributions(it, interacting(it), [INDICATORS["ed_visits"], INDICATORS["cost"]])
    for name in ("ed_visits", "cost"):
        *parts, total = [r for r in records if r.indicator == name]
        assert sum(r.contribution for r in parts) == pytest.approx(total.contribution, rel=1e-12)
        assert sum(r.interaction for r in parts) == pytest.approx(total.interaction, rel=1e-9)
        assert all(r.alone + r.interaction == pytest.approx(r.contribution) for r in records)
        assert all(r.low < r.contribution < r.high and r.monte_carlo_error > 0 for r in parts)
    first = records[0]
    # alone 5 000; with the second player there it adds 15 000: Shapley 10 000, in the order of the file 5 000
    assert first.contribution == pytest.approx(5000 if sequential else 10_000, abs=100)


def test_one_replication_has_no_interval():
    it = made(*THREE, replications=1)
    records = contributions(it, interacting(it, 1), [INDICATORS["ed_visits"]])
    assert {(r.low, r.high, r.monte_carlo_error, r.share) for r in records} == {(None, None, None, None)}
    with pytest.raises(ValueError, match="no replication"):
        contributions(it, [])


def test_files_hold_the_same_records():
    it = made(*THREE)
    records = contributions(it, interacting(it), [INDICATORS["ed_visits"]])
    content = json.loads(report_text(it, records, 4))
    assert content["kind"] == "naravard-attribution"
    assert content["method"] == "shapley"
    assert len(content["records"]) == 4 == len(to_csv(records, Contribution).splitlines()) - 1
    assert content["records"][0]["player"] == "gp_posts"
