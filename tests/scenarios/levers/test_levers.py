from dataclasses import replace
from datetime import date

import pytest

from scenarios.levers.prices import BEYOND
from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from simulator.controls import CONTROLS, check, values_in

START, LATER = date(2027, 1, 1), date(2028, 1, 1)
EVERY = pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))


@EVERY
def test_the_control_exists_in_the_simulator(lever):
    assert lever.control in CONTROLS


@EVERY
def test_neutral_gives_no_change(lever):
    assert lever.change(lever.neutral, START, LATER) is None


@EVERY
def test_both_bounds_stay_within_the_control_without_clipping(lever):
    control = CONTROLS[lever.control]
    reached = {
        "set": lambda value: value,
        "add": lambda value: control.baseline + value,
        "multiply": lambda value: control.baseline * value,
    }[lever.operation]
    for value in (lever.low, lever.high):
        assert control.low <= reached(value) <= control.high


@EVERY
def test_a_bound_away_from_neutral_moves_the_control(lever):
    class OneOfEach:
        centres = hospitals = municipalities = ("only",)

    for value in {lever.low, lever.high} - {lever.neutral}:
        change = lever.change(value, START, START)
        check([change])
        moved = values_in(LATER, [change], OneOfEach())[lever.control]
        assert (moved != CONTROLS[lever.control].baseline).all()


@EVERY
def test_a_slider_can_reach_neutral_and_both_bounds(lever):
    for distance in (lever.neutral - lever.low, lever.high - lever.low):
        assert distance / lever.step == pytest.approx(round(distance / lever.step))


@EVERY
def test_values_out_of_bounds_and_dates_in_the_wrong_order_are_refused(lever):
    for value in (lever.low - lever.step, lever.high + lever.step, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="outside"):
            lever.change(value, START, LATER)
    with pytest.raises(ValueError, match="before the start"):
        lever.change(lever.high, LATER, START)


@EVERY
def test_a_lever_could_have_made_its_own_changes_and_no_others(lever):
    value = lever.marks[-1].value
    reaches = {"municipality": "municipalities", "centre": "centres", "age_group": "age_groups", "segment": "segments"}
    change = lever.change(value, START, LATER)
    assert lever.could_make(change)
    assert not lever.could_make(replace(change, control="another"))
    assert not lever.could_make(replace(change, operation="multiply" if lever.operation == "add" else "add"))
    assert not lever.could_make(replace(change, value=lever.high + lever.step))
    for kind, field in reaches.items():
        assert lever.could_make(replace(change, **{field: (1,)})) == (kind in lever.reach)


@EVERY
def test_expected_signs_are_about_indicators(lever):
    assert {name for name, _ in lever.expected} <= set(INDICATORS)
    assert {sign for _, sign in lever.expected} <= {-1, 1}


@EVERY
def test_evidence_has_a_source_and_an_interval_around_its_effect(lever):
    for item in lever.evidence:
        assert item.source
        assert item.finding_sv.endswith(".")
        assert (item.grade == "C") == item.source.startswith("assumption")
        if item.low is not None:
            assert item.low <= item.effect <= item.high


def test_naming_a_gp_has_no_effect_by_itself():
    assert "continuity.naming" in LEVERS["named_gp_share"].effects
    assert LEVERS["named_gp_share"].expected == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"low": 2.0},
        {"high": -1.0},
        {"step": 0.0},
        {"neutral": float("nan")},
        {"neutral": 1.05},
        {"operation": "set", "neutral": 1.02},
        {"high": 1.33},
        {"evidence": (), "effects": ()},
        {"ramp_months": -1},
    ],
)
def test_a_record_that_contradicts_itself_is_refused(broken):
    with pytest.raises(ValueError, match="lever beds"):
        replace(LEVERS["beds"], **broken)


ZERO_BY_DEFAULT = ("permanent_contact", "individual_plan", "social_prescribing", "health_dialogue", "named_gp_share")
"""Levers that many expect more of than their evidence bears."""


@pytest.mark.parametrize("name", ZERO_BY_DEFAULT)
def test_a_lever_without_effect_by_default_says_so(name):
    lever = LEVERS[name]
    told = lever.description_sv + " ".join(item.finding_sv for item in lever.evidence)
    assert lever.effects or any(item.grade == "C" for item in lever.evidence)
    assert any(words in told for words in ("ngen egen effekt", "Ingen effekt", "antas vara noll", "händer inget mer"))


@EVERY
def test_what_takes_staff_beyond_the_posts_says_so(lever):
    """Every lever that the simulator pays by the minute has those prices, and tells that nobody is displaced."""
    assert any(price.activity for price in lever.prices) == (BEYOND in lever.staffing_sv)


SAME_IN_ALL_SEGMENTS = {
    "individual_plan", "health_dialogue", "specialist_to_primary", "plan_at_enrolment", "review_at_enrolment",
}  # fmt: skip
"""For the complex alone, by age alone, by needs of which the pack knows no segment: the simulator takes their mean."""
ON_PEOPLE = [name for name, lever in LEVERS.items() if CONTROLS[lever.control].dimension == "person"]


@pytest.mark.parametrize("name", ON_PEOPLE)
def test_levers_on_people_may_be_limited_to_municipalities_and_more(name):
    assert LEVERS[name].reach >= {"municipality", "age_group"}
    assert ("segment" in LEVERS[name].reach) != (name in SAME_IN_ALL_SEGMENTS)
