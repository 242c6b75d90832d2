"""What strategies cost and what a budget leaves of them, on the real region's posts and unit costs."""

import pytest

from scenarios.levers.registry import LEVERS
from scenarios.running.batch import label_of
from scenarios.strategies.scenario import Scenario, check_strategy
from scenarios.strategies.strategy import LeverSetting, Reach, Strategy
from scenarios.text.problems import ScenarioError
from scenarios.text.strict_yaml import Document
from simulator.controls import CONTROLS
from simulator.region.axes import AGE_GROUPS, SEGMENTS
from simulator.region.pack import load_region


@pytest.fixture(scope="module")
def county():
    return load_region("kalmar")


def scenario(*settings, budget=None):
    strategy = Strategy(
        name="prov",
        label_sv="Prov",
        question_sv="?",
        description_sv=".",
        rationale=".",
        levers=tuple(LeverSetting(lever=lever, value=value, reach=Reach(**reach)) for lever, value, reach in settings),
        budget_msek_per_year=budget,
    )
    return Scenario(region="kalmar", strategy=strategy)


def posts(county, profession, units=None):
    rows = [p for p in county.staff if p.profession == profession and (units is None or p.unit in units)]
    return sum(p.posts_fte for p in rows)


def test_posts_cost_their_pay(county):
    bill = scenario(("gp_posts", 1.2, {}), ("nurse_posts", 1.1, {})).bill(county)
    gp, nurses = 0.2 * posts(county, "gp") * 1.5, {"nurse": 0.7, "district_nurse": 0.74, "rehab": 0.68}
    assert [item.value for item in bill.items] == pytest.approx(
        [gp, *(0.1 * posts(county, who) * pay for who, pay in nurses.items())]
    )
    assert (bill.items[0].low, bill.items[0].high) == pytest.approx((gp * 1.35 / 1.5, gp * 1.7 / 1.5))
    assert bill.cost == pytest.approx(sum(item.value for item in bill.items))
    assert (bill.budget, bill.share, bill.scaled) == (None, 1.0, False)


def test_a_limited_lever_costs_only_where_it_reaches(county):
    two = ("Hultsfred", "Högsby")
    bill = scenario(("gp_posts", 1.5, {"municipalities": two})).bill(county)
    home = dict(zip(county.municipality_names, county.municipalities, strict=True))
    codes = {home[name] for name in two}
    where = [county.municipalities[m] for m in county.centre_municipality]
    units = [centre for centre, code in zip(county.centres, where, strict=True) if code in codes]
    assert len(units) >= 2
    assert bill.cost == pytest.approx(0.5 * posts(county, "gp", units) * 1.5)
    assert bill.cost < scenario(("gp_posts", 1.5, {})).bill(county).cost / 4


def test_beds_home_nursing_and_clinics_have_their_own_unit_costs(county):
    bill = scenario(
        ("beds", 1.1, {}), ("home_nursing_posts", 1.1, {}), ("specialist_capacity", 1.1, {}), ("agency_cover", 1.5, {})
    ).bill(county)
    locums = sum(p.posts_fte * p.vacancy * p.agency_share for p in county.staff if p.profession == "gp")
    assert [item.value for item in bill.items] == pytest.approx(
        [
            0.1 * county.beds.sum() * 365.25 * 0.011,
            0.1 * posts(county, "municipal_nurse") * 0.72,
            0.1 * posts(county, "hospital_physician") * 1.35,
            0.5 * locums * 2.7,
        ]
    )


def test_too_dear_a_strategy_is_scaled_by_one_factor_until_it_fits(county):
    dear = scenario(("gp_posts", 1.2, {}), ("nurse_posts", 1.1, {}), ("own_gp_patience_days", 7.0, {}), budget=30.0)
    bill = dear.bill(county)
    assert bill.share == pytest.approx(30 / bill.cost)
    values = {lever.name: change.value for lever, change in dear.parts(county)}
    assert values["gp_posts"] == pytest.approx(1 + 0.2 * bill.share)
    assert values["nurse_posts"] == pytest.approx(1 + 0.1 * bill.share)
    assert values["own_gp_patience_days"] == 7  # no price, not scaled
    kept = [(name, value, {}) for name, value in values.items()]
    assert scenario(*kept).bill(county).cost == pytest.approx(30)
    told = bill.text_sv()
    assert f"mot en budget på 30; insatserna är nedskalade till {100 * bill.share:.0f} %" in told
    assert "Utan pris, räknas som 0 och skalas inte: own_gp_patience_days" in told
    assert label_of(dear.strategy, bill) == f"Prov (nedskalad till {100 * bill.share:.0f} %)"


def test_a_limit_on_lists_is_scaled_where_it_costs(county):
    asked = scenario(("listed_per_gp", 1100.0, {}))
    whole = asked.bill(county).cost
    for budget in (0.1, whole / 3, whole * 0.99):
        limited = scenario(("listed_per_gp", 1100.0, {}), budget=budget)
        ((_, change),) = limited.parts(county)
        assert 1100 < change.value < 3000
        cost = scenario(("listed_per_gp", change.value, {})).bill(county).cost
        assert cost == pytest.approx(budget, rel=1e-4)
        assert cost <= budget * (1 + 1e-9)


def test_a_budget_that_suffices_changes_nothing(county):
    settings = (("gp_posts", 1.2, {}), ("named_gp_share", 0.3, {}))
    rich = scenario(*settings, budget=1e6)
    assert rich.changes(county) == scenario(*settings).changes(county)
    assert "ryms i budgeten" in rich.bill(county).text_sv()


def test_no_budget_at_all_is_todays_course_and_no_lever_is_raised_by_money(county):
    poor = scenario(("gp_posts", 1.2, {}), ("listed_per_gp", 1100.0, {}), ("beds", 1.1, {}), budget=0.0)
    assert poor.changes(county) == ()
    assert poor.bill(county).share == 0
    unpriced = scenario(("gp_posts", 1.2, {}), ("named_gp_share", 0.3, {}), budget=0.0)
    assert [change.control for change in unpriced.changes(county)] == ["named_gp_share"]


def test_what_saves_pays_for_nothing_and_is_not_scaled(county):
    mixed = scenario(("gp_posts", 1.2, {}), ("beds", 0.9, {}), budget=10.0)
    bill = mixed.bill(county)
    assert bill.items[1].value < -100
    assert bill.items[1].low < bill.items[1].value < bill.items[1].high
    assert bill.cost == pytest.approx(bill.items[0].value)
    values = {lever.name: change.value for lever, change in mixed.parts(county)}
    assert values["beds"] == 0.9
    assert values["gp_posts"] == pytest.approx(1 + 0.2 * 10 / bill.cost)


def test_a_cheaper_budget_never_leaves_more(county):
    settings = (("gp_posts", 1.3, {}), ("listed_per_gp", 1200.0, {}), ("nurse_posts", 1.2, {}))
    shares = [scenario(*settings, budget=budget).bill(county).share for budget in (0, 1, 10, 50, 100, 200)]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_attributes_are_plain(county):
    told = scenario(("gp_posts", 1.2, {}), budget=30.0).bill(county).attributes()
    assert told["budget_msek"] == 30
    assert told["cost_low_msek"] < told["cost_msek"] < told["cost_high_msek"]
    assert told["scaled_to"] == pytest.approx(100 * 30 / told["cost_msek"])


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"budget_msek_per_year": -1}, "kan inte vara negativ"),
        ({"budget_msek_per_year": "30"}, "måste vara ett tal"),
        ({"groups": {"Läkare": ["beds"]}}, "är inte en av strategins spakar"),
        ({"groups": {"a": ["gp_posts"], "b": ["gp_posts"]}}, "mer än en grupp"),
    ],
)
def test_faults_in_budget_and_groups_are_told(more, message):
    text = dict.fromkeys(("label_sv", "question_sv", "description_sv", "rationale"), "x")
    data = {"name": "x", **text, "levers": [{"lever": "gp_posts", "value": 1.2}], **more}
    with pytest.raises(ScenarioError, match=message):
        check_strategy(Document("x.yaml", data))


def test_places_visits_and_monitoring_have_prices_that_can_be_worked_out(county):
    bill = scenario(
        ("short_term_places", 1.5, {}), ("housing_places", 1.1, {}), ("team_coordinators", 2.0, {}),
        ("resident_posts", 2.0, {}), ("home_beds", 10.0, {}), ("mobile_visits", 1.0, {}), ("telemonitoring", 0.5, {}),
    ).bill(county)  # fmt: skip
    cost = {}
    for item in bill.items:
        cost[item.lever] = cost.get(item.lever, 0.0) + item.value
    p = county.parameters
    minutes = p["work.net_hours_per_fte"] * p["work.share_patient_time"] * 60
    assert not bill.unpriced
    assert cost["short_term_places"] == pytest.approx(0.5 * county.short_term_places.sum() * 1.0)
    assert cost["housing_places"] == pytest.approx(0.1 * county.housing_places.sum() * 1.0)
    assert cost["team_coordinators"] == pytest.approx(2 * county.centre_listed.sum() / 10_000 * 0.74)
    assert cost["resident_posts"] == pytest.approx(posts(county, "resident") * 1.05)
    days = 10 * len(county.hospitals) * 365.25
    assert cost["home_beds"] == pytest.approx(days * p["home_care.municipal_minutes"] / minutes * 0.72)
    visits = county.population[:, :, 80:].sum() / 1000 * 365.25
    assert cost["mobile_visits"] == pytest.approx(visits * p["mobile.minutes"] / minutes * 0.7)
    equipment = next(item for item in bill.items if "personmånader" in item.what_sv)
    people = equipment.value * 1e6 / (12 * 500)
    assert 0.5 * 5_000 < people < 0.5 * 30_000, "people with heart failure or COPD in a county of 247 000"


OF_PEOPLE = [lever.name for lever in LEVERS.values() if lever.prices and CONTROLS[lever.control].dimension == "person"]


@pytest.mark.parametrize("lever", OF_PEOPLE)
def test_a_lever_on_people_costs_by_those_whom_it_reaches(county, lever):
    """Parts of the county, ages and segments make the whole; half of a lever costs half."""
    value, kinds = LEVERS[lever].marks[1].value, LEVERS[lever].reach
    whole = scenario((lever, value, {})).bill(county).cost
    assert whole > 0
    assert scenario((lever, value / 2, {})).bill(county).cost == pytest.approx(whole / 2)
    parts = {
        "municipality": [{"municipalities": (name,)} for name in county.municipality_names],
        "age_group": [{"age_groups": (name,)} for name in AGE_GROUPS],
        "segment": [{"segments": (name,)} for name in SEGMENTS],
    }
    for kind in kinds:
        costs = [scenario((lever, value, reach)).bill(county).cost for reach in parts[kind]]
        assert sum(costs) == pytest.approx(whole), kind
        assert max(costs) < whole or kind == "segment"


def test_exercise_and_reviews_are_for_those_of_65_and_over(county):
    young = {"age_groups": ("0-17", "18-39", "40-64")}
    for lever in ("fall_prevention", "medication_review"):
        assert scenario((lever, 0.5, young)).bill(county).cost == 0


def test_receptions_and_reablement_are_paid_by_what_they_add(county):
    bill = scenario(("receptions", 1.2, {}), ("reablement", 0.5, {"municipalities": ("Nybro",)})).bill(county)
    p = county.parameters
    minutes = p["work.net_hours_per_fte"] * p["work.share_patient_time"] * 60
    added = 0.2 * county.receptions.sum() * 365.25 * p["discharge.reception_minutes"] / minutes * 0.505
    assert bill.items[0].value == pytest.approx(added)
    assert 0 < bill.items[1].value < scenario(("reablement", 0.5, {})).bill(county).cost / 4
    assert scenario(("receptions", 0.8, {})).bill(county).cost == 0, "fewer receptions pay for nothing"
    assert not bill.unpriced


def test_a_budget_scales_prevention_too(county):
    dear = scenario(("fall_prevention", 0.8, {}), ("social_prescribing", 1.0, {}), budget=30.0)
    values = {lever.name: change.value for lever, change in dear.parts(county)}
    share = dear.bill(county).share
    assert 0.1 < share < 0.5
    assert values == pytest.approx({"fall_prevention": 0.8 * share, "social_prescribing": share})
