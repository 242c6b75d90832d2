"""Values and dates that cannot be, at every lever: each refused in its place, with what was given and allowed."""

import math
from datetime import date

import pytest
from fake_engine import REGION

from scenarios.levers.registry import LEVERS
from scenarios.strategies.draft import Draft
from scenarios.strategies.library import BASELINE, find_strategies
from scenarios.strategies.scenario import check_strategy
from scenarios.text.problems import ScenarioError
from scenarios.text.strict_yaml import Document, parse

EVERY = pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))
TODAY = Draft.of(find_strategies([BASELINE])[0])
NO_NUMBERS = {
    "not a number": math.nan, "infinite": math.inf, "minus infinite": -math.inf, "text": "1.2", "decimal comma": "1,2",
    "per cent": "120 %", "empty": "", "true": True, "nothing": None, "a list": [1.0], "a table": {"value": 1.0},
    "a date": date(2027, 1, 1),
}  # fmt: skip
"""What no lever takes, whatever its bounds."""


def outside(lever):
    """Return numbers beyond a lever's bounds, from the nearest to the largest that can be written."""
    return (
        math.nextafter(lever.low, -math.inf), math.nextafter(lever.high, math.inf), lever.low - lever.step,
        lever.high + lever.step, lever.low - 1e9, lever.high + 1e9, -1e308, 1e308, 10**400, -(10**400),
    )  # fmt: skip


def refusal(**setting):
    texts = {"label_sv": "Prov", "question_sv": "?", "description_sv": "-", "rationale": "-"}
    with pytest.raises(ScenarioError) as caught:
        check_strategy(Document("f", {"name": "prov", **texts, "levers": [setting]}), REGION)
    (problem,) = caught.value.problems
    return problem


@EVERY
def test_no_lever_takes_what_is_no_number(lever):
    for kind, value in NO_NUMBERS.items():
        problem = refusal(lever=lever.name, value=value)
        assert problem.place == "f:levers[0].value", kind
        assert "tal" in problem.text(), kind


@EVERY
def test_no_lever_takes_a_number_beyond_its_bounds(lever, record_property):
    for value in outside(lever):
        problem = refusal(lever=lever.name, value=value)
        assert problem.place == "f:levers[0].value", value
        assert "Angivet: " in problem.text(), value
        assert problem.allowed or "tal" in problem.message, value
    record_property("values", len(outside(lever)) + len(NO_NUMBERS))


@EVERY
def test_a_slider_refuses_what_a_file_does(lever):
    for value in (math.nan, math.inf, *outside(lever)[:8]):
        with pytest.raises(ScenarioError):
            TODAY.with_value(lever.name, value)


IMPOSSIBLE = (
    "2027-02-29", "2027-04-31", "2027-13-01", "2027-00-10", "2027-01-00", "2027-01-32", "0000-01-01", "0001-01-01",
    "9999-12-31", "10000-01-01", "-2027-01-01", "27-01-01", "2027-1-1", "2027/01/01", "01-01-2027", "2027-W01-1",
    "2027-001", "20270101", "2027", "2027.5", "2027-01-01T12:00:00", "2027-01-01 12:00", "2027-01-01Z",
    "1 januari 2027",
    "٢٠٢٧-٠١-٠١", "２０２７-01-01", "true", ".nan", ".inf", "[2027-01-01]", "{a: 2027-01-01}", "'2027-01-01 '", "''",
    "imorgon", "2026-12-31",
)  # fmt: skip
"""Dates that there are not, that are written in another way, or that no strategy may begin on."""


@pytest.mark.parametrize("field", ["start", "full_effect"])
@pytest.mark.parametrize("written", IMPOSSIBLE)
def test_a_date_that_cannot_be_is_refused_in_its_place(field, written):
    text = f"""\
name: prov
label_sv: Prov
question_sv: Vad?
description_sv: Ett prov.
rationale: Antaget.
levers:
  - lever: gp_posts
    value: 1.2
    {field}: {written}
"""
    with pytest.raises(ScenarioError) as caught:
        check_strategy(parse(text.encode(), "f.yaml"), REGION)
    (problem,) = caught.value.problems
    assert problem.place.startswith(f"f.yaml:levers[0].{field}")
    assert problem.line == 9
