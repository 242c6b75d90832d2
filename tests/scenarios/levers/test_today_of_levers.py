from dataclasses import replace
from types import MappingProxyType

import pytest

from scenarios.levers.registry import LEVERS
from scenarios.levers.today import NOTHING_KNOWN, reached_sv, today_of
from scenarios.running.engine import load_region

REGION = load_region("kalmar")
EVERY = pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))


@EVERY
def test_every_lever_tells_what_it_acts_on_today(lever):
    today = today_of(lever, REGION)
    assert today != NOTHING_KNOWN
    assert today.text_sv.endswith(".")
    assert "nan" not in today.text_sv


@EVERY
def test_neutral_leaves_todays_amount_as_it_is(lever):
    today = today_of(lever, REGION)
    if today.amount is not None and lever.operation != "set":
        assert reached_sv(lever, lever.neutral, today).endswith(today.unit_sv)
        assert reached_sv(lever, lever.neutral, today) != reached_sv(lever, lever.marks[-1].value, today)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("beds", 1.1, "549 vårdplatser"),
        ("own_gp_booking", 0.2, "82 %"),
        ("named_gp_share", 0.6, "100 %, så många som det går"),
        ("sick_leave_change", -0.5, "5,5 %"),
        ("home_beds", 15, "45 platser i länet"),
        ("mobile_visits", 1.0, "18 besök om dagen i länet, som mest"),
        ("team_share", 0.5, "2 700 personer, om samordnarna räcker"),
        ("listed_per_gp", 1300, ""),
        ("mortality", 0.9, ""),
    ],
)
def test_what_a_value_makes_of_todays_amount(name, value, text):
    assert reached_sv(LEVERS[name], value, today_of(LEVERS[name], REGION)).replace("\xa0", " ") == text


def test_figures_follow_the_region():
    fewer = REGION.with_parameters({"primary_care.named_gp_share": 0.65})
    assert today_of(LEVERS["named_gp_share"], fewer).text_sv.startswith("65 %")


def test_a_region_without_the_figure_has_no_value_of_today():
    bare = replace(REGION, parameters=MappingProxyType({}))
    assert today_of(LEVERS["gp_turnover"], bare) == NOTHING_KNOWN


def test_grades_are_those_of_the_figures():
    assert today_of(LEVERS["beds"], REGION).grade == "A"
    assert today_of(LEVERS["named_gp_share"], REGION).grade == "B"
