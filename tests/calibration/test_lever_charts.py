"""Charts of levers, from runs of the stand-in for the simulator."""

import xml.etree.ElementTree as ET
from datetime import date

import numpy as np
import pytest
from fake_engine import FakeEngine

from calibration import lever_charts as charts
from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from scenarios.running.runner import run_all
from scenarios.statistics.limits import FREE
from scenarios.strategies.library import BASELINE

CHOSEN = (LEVERS["winter_surge"], LEVERS["reablement"])


@pytest.fixture(scope="module")
def outcomes():
    return run_all(FakeEngine(), charts.plan(CHOSEN, 3, 2, "d" * 64))


def test_every_lever_is_run_from_its_lowest_to_its_highest_value():
    for lever in LEVERS.values():
        values = charts.points_of(lever, 5)
        assert {lever.low, lever.high} - {lever.neutral} <= set(values)
        assert lever.neutral not in values
        assert all(lever.allows(value) for value in values)
        assert 3 <= len(values) <= 5


def test_a_lever_begins_with_its_own_ramp():
    assert charts.change_of(LEVERS["housing_places"], 1.4).full_effect == date(2030, 1, 1)
    assert charts.change_of(LEVERS["winter_surge"], 1.2).full_effect == date(2027, 1, 1)
    with pytest.raises(ValueError, match="neutral"):
        charts.change_of(LEVERS["housing_places"], 1)


def test_all_levers_are_scenarios_of_one_run_beside_today():
    run = charts.plan(tuple(LEVERS.values()), 5, 4, "d" * 64)
    assert run.scenarios[0] == (BASELINE, ())
    assert len({name for name, _ in run.scenarios}) == len(run.scenarios)
    assert run.headline_only


def test_the_answer_is_the_paired_difference(outcomes):
    found = charts.answers(CHOSEN[0], 3, outcomes, 2030)
    assert set(found["ed_visits"]) == {0.8, 1.2, 1.6}
    for differences in found["ed_visits"].values():
        assert differences.tolist() == [120.0, 120.0]  # ten more a month, whatever chance does to both


def test_expected_indicators_are_drawn_or_those_that_move_most(outcomes):
    today = charts.levels(outcomes, 2030)
    found = charts.answers(CHOSEN[0], 3, outcomes, 2030)
    assert [i.name for i in charts.indicators_of(CHOSEN[0], found, today)] == ["ed_visits", "admissions"]
    still = charts.answers(CHOSEN[1], 3, outcomes, 2030)
    assert [i.name for i in charts.indicators_of(CHOSEN[1], still, today)] == ["boarding_per_admission", "admissions"]


def test_the_sentence_says_whether_it_goes_the_expected_way():
    lever, indicator = LEVERS["winter_surge"], INDICATORS["ed_visits"]

    def told(low, high):
        return charts.sentence(
            lever, indicator, charts.responses(lever, {0.8: np.array(low), 1.6: np.array(high)}, FREE)
        )

    assert "−100 besök" in told([-101.0, -99.0], [299.0, 301.0])
    assert told([-101.0, -99.0], [299.0, 301.0]).endswith("; åt det väntade hållet.")
    assert told([99.0, 101.0], [299.0, 301.0]).endswith("; inte åt det väntade hållet.")
    assert told([-100.0, 120.0], [-50.0, 60.0]).endswith("; ingen säker ändring åt något håll.")


def test_charts_and_page_are_written(outcomes, tmp_path):
    files = charts.make_charts(CHOSEN, 3, outcomes, tmp_path / "spakar")
    assert [file.name for file in files] == ["winter_surge.svg", "reablement.svg", "README.md"]
    text = "".join(ET.parse(files[0]).getroot().itertext())
    assert "Skillnad mot nuläget 2030" in text
    assert "Akutbesök" in text
    page = files[-1].read_text(encoding="utf-8")
    assert "![Vintertopp](winter_surge.svg)" in page
    assert "2 replikationer, 2030" in page
    assert page.count("Underlag (") == sum(len(lever.evidence) for lever in CHOSEN)
    assert page.count("Effekt, för och emot: [") == sum(len(lever.effects) for lever in CHOSEN) > 0
    assert "(../evidens.md#homereablement)" in page


def test_a_lever_whose_runs_failed_is_told(tmp_path):
    run = charts.plan(CHOSEN[:1], 3, 1, "d" * 64)
    outcomes = run_all(FakeEngine(fault="trasig", fault_control="winter_surge"), run)
    with pytest.raises(RuntimeError, match="trasig"):
        charts.make_charts(CHOSEN[:1], 3, outcomes, tmp_path)
