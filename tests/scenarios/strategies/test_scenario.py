from datetime import date
from itertools import permutations

import pytest
from fake_engine import REGION

from scenarios.strategies.scenario import Scenario, scenario_hash
from scenarios.strategies.strategy import LeverSetting, Reach, Strategy
from scenarios.text.problems import ScenarioError
from simulator.changes import Change
from simulator.region.axes import AGE_GROUPS

NEW_YEAR = date(2027, 1, 1)


def scenario(*levers, horizon=date(2030, 12, 31), **reach):
    """Return a scenario of (lever, value) pairs, all with the same reach."""
    settings = tuple(LeverSetting(lever=name, value=value, reach=Reach(**reach)) for name, value in levers)
    strategy = Strategy(
        name="prov", label_sv="Prov", question_sv="?", description_sv=".", rationale=".", levers=settings
    )
    return Scenario(region="kalmar", strategy=strategy, horizon=horizon)


def test_a_lever_becomes_a_change_of_its_control_with_its_own_ramp():
    (change,) = scenario(("gp_posts", 1.2)).changes(REGION)
    assert change == Change("gp_posts", "multiply", 1.2, NEW_YEAR, date(2029, 1, 1))


def test_a_lever_at_neutral_changes_nothing():
    assert scenario(("gp_posts", 1.0), ("listed_per_gp", 3000.0), ("digital_share", 0.0)).changes(REGION) == ()


def test_municipalities_become_their_health_centres_for_a_lever_on_centres():
    (change,) = scenario(("gp_posts", 1.2), municipalities=("kalmar",)).changes(REGION)
    assert (change.municipalities, change.centres) == ((), (0, 1))


def test_municipalities_stay_municipalities_for_a_lever_on_municipal_care():
    (change,) = scenario(("home_nursing_posts", 1.2), municipalities=("0885", "Kalmar")).changes(REGION)
    assert (change.municipalities, change.centres) == ((0, 2), ())


def test_centres_go_by_code_or_name():
    (change,) = scenario(("gp_posts", 1.2), health_centres=("Västervik 1", "h1")).changes(REGION)
    assert change.centres == (0, 2)


def test_people_become_indices():
    (change,) = scenario(("need_gp", 1.2), age_groups=("90+", "80-84"), segments=("complex",)).changes(REGION)
    assert change.age_groups == (AGE_GROUPS.index("80-84"), AGE_GROUPS.index("90+"))
    assert change.segments == (3,)


def test_a_municipality_without_a_centre_is_not_taken_for_everywhere():
    with pytest.raises(ScenarioError, match="ingen hälsocentral") as caught:
        scenario(("gp_posts", 1.2), municipalities=("Borgholm",)).changes(REGION)
    assert caught.value.problems[0].place == "prov:levers[0].reach.municipalities"


def test_places_of_another_region_are_refused():
    with pytest.raises(ScenarioError, match=r'kommunen är okänd\. Angivet: "Gävle"'):
        scenario(("gp_posts", 1.2), municipalities=("Gävle",)).changes(REGION)


def test_a_strategy_that_begins_after_the_horizon_is_refused():
    late = LeverSetting(lever="beds", value=1.1, start=date(2031, 1, 1))
    strategy = scenario().strategy.model_copy(update={"levers": (late,)})
    with pytest.raises(ScenarioError, match="efter horisonten"):
        Scenario(region="kalmar", strategy=strategy).changes(REGION)


@pytest.mark.parametrize("horizon", [date(2026, 12, 31), date(2041, 12, 31), date(2030, 6, 30)])
def test_the_horizon_is_the_end_of_a_year_with_strategies_in_it(horizon):
    with pytest.raises(ValueError, match="horisonten"):
        scenario(horizon=horizon)


def test_the_order_of_levers_does_not_matter():
    levers = [("gp_posts", 1.2), ("beds", 0.9), ("digital_share", 0.1)]
    resolved = {scenario(*order).changes(REGION) for order in permutations(levers)}
    assert len(resolved) == 1


def test_the_hash_sees_what_acts_and_nothing_else():
    horizon = date(2030, 12, 31)

    def digest(*levers, region="d", horizon=horizon):
        return scenario_hash(scenario(*levers).changes(REGION), region, horizon)

    plain = digest(("beds", 1.1))
    assert len(plain) == 64
    assert digest(("beds", 1.1), ("gp_posts", 1.0)) == plain
    others = {
        digest(),
        digest(("beds", 1.2)),
        digest(("ed_places", 1.1)),
        digest(("beds", 1.1), region="e"),
        digest(("beds", 1.1), horizon=date(2035, 12, 31)),
    }
    assert len(others | {plain}) == 6


def test_a_model_built_in_code_obeys_the_same_rules():
    with pytest.raises(ValueError, match="utanför gränserna"):
        LeverSetting(lever="beds", value=5.0)
    with pytest.raises(ValueError, match="redan satt"):
        scenario(("beds", 1.1), ("beds", 1.2))


@pytest.mark.parametrize(
    ("start", "full_effect"),
    [(date(2027, 1, 1), date(2029, 1, 1)), (date(2027, 11, 30), date(2029, 11, 28))],
)
def test_the_ramp_counts_months_from_the_start(start, full_effect):
    setting = LeverSetting(lever="gp_posts", value=1.2, start=start)
    strategy = scenario().strategy.model_copy(update={"levers": (setting,)})
    (change,) = Scenario(region="kalmar", strategy=strategy).changes(REGION)
    assert change.full_effect == full_effect
