import re

import pytest

from scenarios.levers.amount import amount_sv, from_to_sv, is_share, mark_sv, steps, value_sv
from scenarios.levers.registry import LEVERS

EVERY = pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))


@pytest.mark.parametrize(
    ("name", "value", "amount", "beside"),
    [
        ("gp_recruitment", 1.5, "1,5", "1,5 gånger dagens"),
        ("need_gp", 1.05, "1,05", "1,05 gånger det väntade"),
        ("team_share", 0.75, "75 %", "75 % av komplexa"),
        ("own_gp_booking", 0.2, "+20 procentenheter", "+20 procentenheter"),
        ("acute_share", -0.05, "−5 procentenheter", "−5 procentenheter"),
        ("own_gp_patience_days", 7, "7 dagar", "7 dagar"),
        ("listed_per_gp", 1300, "1 300 listade per tjänst", "1 300 listade per tjänst"),
        ("listed_per_gp", 3000, "inget krav", "inget krav"),
        ("retirement_age", 0.5, "+0,5 år", "+0,5 år"),
        ("sick_leave_change", -0.5, "−0,5 procentenheter", "−0,5 procentenheter"),
        ("beds", 0.123456, "0,123456", "0,123456 gånger dagens"),
        ("telemonitoring", 0.125, "12,5 %", "12,5 %"),
    ],
)
def test_values_are_written_as_swedes_write_them(name, value, amount, beside):
    assert amount_sv(LEVERS[name], value).replace("\xa0", " ") == amount
    assert value_sv(LEVERS[name], value).replace("\xa0", " ") == beside


@pytest.mark.parametrize(
    ("name", "before", "after", "text"),
    [
        ("gp_recruitment", 1, 1.5, "1,0 → 1,5"),
        ("team_share", 0, 0.5, "0 % → 50 %"),
        ("own_gp_booking", 0, 0.2, "0 → +20 procentenheter"),
        ("own_gp_patience_days", 0, 7, "0 → 7 dagar"),
        ("listed_per_gp", 3000, 1300, "inget krav → 1 300 listade per tjänst"),
        ("listed_per_gp", 1300, 1100, "1 300 → 1 100 listade per tjänst"),
        ("listed_per_gp", 1300, 3000, "1 300 listade per tjänst → inget krav"),
    ],
)
def test_a_change_says_its_unit_once(name, before, after, text):
    assert from_to_sv(LEVERS[name], before, after).replace("\xa0", " ") == text


@EVERY
def test_no_value_of_a_slider_is_written_in_english(lever):
    for value in (lever.low, lever.neutral, lever.high, lever.low + lever.step):
        told = value_sv(lever, value)
        assert not re.search(r"\d\.\d|-\d|nan|inf", told)


def test_percentage_points_are_for_shares_that_add():
    told = [lever for lever in LEVERS.values() if lever.in_points]
    assert told
    assert all(is_share(lever) and lever.operation == "add" for lever in told)


def test_a_line_never_breaks_inside_a_number():
    assert amount_sv(LEVERS["team_coordinators"], 1.2) == "1,2 tjänster per 10\u00a0000 listade"


@EVERY
def test_marks_at_a_slider_are_short_and_differ(lever):
    told = [mark_sv(lever, value) for value in steps(lever)]
    assert len(set(told)) == len(told)
    assert max(map(len, told)) <= 10


@EVERY
def test_a_slider_stops_at_both_bounds_at_neutral_and_at_odd_values(lever):
    odd = lever.low + lever.step / 3
    stops = steps(lever, odd)
    assert (stops[0], stops[-1]) == (lever.low, lever.high)
    assert lever.neutral in stops
    assert odd in stops
    assert len(stops) == len(set(stops)) == len(steps(lever)) + 1
    assert len(stops) <= 75
