"""How a reach is split between settings of one lever decides nothing: neither what changes nor what it costs."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.levers.registry import LEVERS
from scenarios.strategies.scenario import Scenario
from scenarios.strategies.strategy import LeverSetting, Reach, Strategy
from scenarios.text.problems import ScenarioError
from simulator.controls import value_in
from simulator.region.axes import AGE_GROUPS, SEGMENTS
from simulator.region.pack import load_region

REGION = load_region("kalmar")
FIELDS = {
    "municipality": ("municipalities", REGION.municipality_names),
    "centre": ("health_centres", REGION.centre_names),
    "age_group": ("age_groups", AGE_GROUPS),
    "segment": ("segments", SEGMENTS),
}
LIMITED = [(lever, kind) for lever in LEVERS.values() for kind in sorted(lever.reach)]
MONTHS = (date(2027, 1, 1), date(2027, 7, 1), date(2030, 1, 1))


def scenario(lever, field, *parts, value=None):
    values = [lever.high if lever.high != lever.neutral else lever.low] * len(parts) if value is None else value
    levers = tuple(
        LeverSetting(lever=lever.name, value=each, reach=Reach(**{field: part}))
        for each, part in zip(values, parts, strict=True)
    )
    texts = dict.fromkeys(("label_sv", "question_sv", "description_sv", "rationale"), "Prov")
    return Scenario(region="kalmar", strategy=Strategy(name="prov", levers=levers, **texts))


@pytest.mark.parametrize(("lever", "kind"), LIMITED, ids=[f"{lever.name}-{kind}" for lever, kind in LIMITED])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_lever_for_some_places_equals_the_same_lever_for_each_of_them(lever, kind, data):
    field, names = FIELDS[kind]
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=6, unique=True))
    cut = data.draw(st.integers(1, len(chosen) - 1))
    whole, split = (
        scenario(lever, field, tuple(chosen)),
        scenario(lever, field, tuple(chosen[:cut]), tuple(chosen[cut:])),
    )
    for month in MONTHS:
        one, two = (value_in(lever.control, month, each.changes(REGION), REGION) for each in (whole, split))
        np.testing.assert_array_equal(one, two)
    assert split.bill(REGION).cost == pytest.approx(whole.bill(REGION).cost, rel=1e-9)
    assert split.bill(REGION).text_sv() == whole.bill(REGION).text_sv()


def test_beds_of_two_municipalities_of_one_hospital():
    """Kalmar and Nybro go to Kalmar: its 329 open beds and 120 MSEK are those of a factor of 1.1, once."""
    both = scenario(LEVERS["beds"], "municipalities", ("Kalmar",), ("Nybro",), value=(1.1, 1.1))
    at = REGION.hospitals.index("kalmar")
    assert round(REGION.beds[at] * value_in("beds", date(2028, 1, 1), both.changes(REGION), REGION)[at]) == 329
    assert round(both.bill(REGION).cost) == 120


@pytest.mark.parametrize("name", ["beds", "staff_turnover"])
def test_two_values_at_one_hospital_are_refused_before_anything_runs(name):
    twice = scenario(LEVERS[name], "municipalities", ("Kalmar",), ("Nybro",), value=(1.1, 1.2))
    with pytest.raises(ScenarioError, match="har flera värden för kommuner som hör till") as caught:
        twice.changes(REGION)
    assert "Angivet: 1,1 och 1,2" in caught.value.problems[0].text()
    apart = scenario(LEVERS[name], "municipalities", ("Kalmar",), ("Västervik",), value=(1.1, 1.2))
    assert len(apart.changes(REGION)) == 2
