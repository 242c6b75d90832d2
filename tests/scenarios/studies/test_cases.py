from datetime import date

import pytest
from made_study import plan_of, stand_in

from scenarios.studies.cases import conflicts
from scenarios.text.problems import InputError
from simulator.changes import Change
from simulator.region.pack import load_region
from simulator.simulation import Simulation

START = date(2027, 1, 1)


def change(control, operation, value, **reach):
    return Change(control, operation, value, START, START, **reach)


def test_a_stress_test_is_stacked_on_a_strategy(monkeypatch, tmp_path):
    stand_in(monkeypatch)
    text = "name: a\nlabel_sv: A\nscenarios: [nulage, kontinuitet]\nfutures: {stress_tests: [bemanningskris]}\n"
    cases = {case.name: case for case in plan_of(tmp_path, text).read.cases}
    both = cases["kontinuitet-bemanningskris"]
    alone, stress = cases["kontinuitet"].changes, cases["nulage-bemanningskris"].changes
    assert sorted(map(str, both.changes)) == sorted(map(str, (*alone, *stress)))
    recruitment = sorted(each.value for each in both.changes if each.control == "gp_recruitment")
    assert recruitment == [0.5, 1.5]
    assert (both.strategy.name, both.stress_name) == ("kontinuitet", "bemanningskris")
    assert both.label_sv == "Kontinuitet (Bemanningskris)"


def test_the_simulator_multiplies_stacked_factors():
    from simulator.controls import value_in

    region = load_region("template")
    stacked = (change("gp_recruitment", "multiply", 1.5), change("gp_recruitment", "multiply", 0.5))
    assert value_in("gp_recruitment", date(2028, 1, 1), stacked, region) == pytest.approx(0.75)
    assert Simulation is not None


def test_a_budget_pays_for_the_strategy_alone(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    text = """\
name: a
label_sv: A
region: template
scenarios: [{name: dyr, label_sv: Dyr, budget_msek_per_year: 1.0, levers: [{lever: beds, value: 1.3}]}]
futures: {stress_tests: [bemanningskris]}
"""
    alone, under = plan_of(tmp_path, text).read.cases
    assert alone.bill is not None
    assert alone.bill == under.bill
    assert "nedskalad till" in alone.label_sv
    assert alone.changes[0] in under.changes


@pytest.mark.parametrize(
    ("own", "stress", "told"),
    [
        (change("listed_per_gp", "set", 1300), change("listed_per_gp", "set", 1100), "sätts till ett värde"),
        (change("beds", "multiply", 2.0), change("beds", "multiply", 2.0), "blir 4 tillsammans, utanför 0 till 3"),
        (change("named_gp_share", "add", 0.6), change("named_gp_share", "add", 0.6), "blir 1,2 tillsammans"),
    ],
)
def test_what_cannot_be_stacked_is_told(own, stress, told):
    (found,) = conflicts((own,), (stress,))
    assert told in found


@pytest.mark.parametrize(
    ("own", "stress"),
    [
        (change("beds", "multiply", 1.5), change("beds", "multiply", 0.9)),
        (change("listed_per_gp", "set", 1300), change("gp_turnover", "multiply", 2)),
        (change("listed_per_gp", "set", 1300, centres=(0,)), change("listed_per_gp", "set", 1100, centres=(1,))),
    ],
)
def test_what_can_be_stacked_is_not(own, stress):
    assert list(conflicts((own,), (stress,))) == []


def test_crossed_names_that_meet_are_refused(monkeypatch, tmp_path):
    stand_in(monkeypatch)
    text = """\
name: a
label_sv: A
scenarios: [nulage, {name: nulage-vintertopp, label_sv: X, levers: []}]
futures: {stress_tests: [vintertopp]}
"""
    with pytest.raises(InputError, match="nulage-vintertopp"):
        plan_of(tmp_path, text)
