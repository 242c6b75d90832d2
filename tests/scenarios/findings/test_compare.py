import csv
import io
import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import xarray as xr
from fake_engine import FakeEngine

from scenarios.findings.compare import ComparedFigure, baseline_of, compare
from scenarios.measures.figure import OF_REGION, Figure
from scenarios.measures.figures import INDICATORS, Results
from scenarios.running.assembly import Provenance, assemble
from scenarios.running.runner import Run, run_all
from scenarios.statistics.intervals import unpaired_interval
from scenarios.statistics.limits import FREE, INDEX, PERCENT
from scenarios.text.problems import InputError
from scenarios.text.records import to_csv, to_json
from simulator.changes import Change

START = date(2027, 1, 1)
X = Figure("x", OF_REGION, "X", "st", "st", 1, "down", lambda g: g["x"], ("x",))


def dataset(values, scenarios=("nulage", "ny")):
    """Return a dataset of x[scenario, replication] in the year 2030."""
    table = np.asarray(values, float)[:, :, None]
    coordinates = {"scenario": list(scenarios), "replication": range(1, table.shape[1] + 1), "year": [2030]}
    return xr.Dataset({"x": (("scenario", "replication", "year"), table)}, coordinates)


def test_records_are_what_can_be_worked_out_by_hand():
    base, new = compare(dataset([[10, 12, 14], [9, 10, 14]]), [X])
    # t with 2 degrees of freedom at 97.5 %: 4.30265; standard errors 2 / sqrt 3 and 1 / sqrt 3.
    assert base.value == 12
    assert (base.low, base.high) == pytest.approx((12 - 4.30265 * 1.154701, 12 + 4.30265 * 1.154701), abs=1e-5)
    assert base.monte_carlo_error == pytest.approx(1.154701, abs=1e-6)
    assert (base.difference, base.difference_low, base.difference_high) == (None, None, None)
    assert new.value == 11
    assert new.difference == -1
    half = 4.30265 * 0.577350
    assert (new.difference_low, new.difference_high) == pytest.approx((-1 - half, -1 + half), abs=1e-5)
    assert new.monte_carlo_error == pytest.approx(0.577350, abs=1e-6)
    assert (new.indicator, new.unit, new.year, new.scenario) == ("x", "st", 2030, "ny")


def test_one_replication_has_no_intervals():
    base, new = compare(dataset([[10], [9]]), [X])
    assert (base.value, new.difference) == (10, -1)
    assert {
        base.low,
        base.high,
        base.monte_carlo_error,
        new.low,
        new.difference_low,
        new.monte_carlo_error,
    } == {None}


def test_pairing_helps_where_chance_is_shared():
    run = Run(
        "fake",
        "d" * 64,
        (("nulage", ()), ("fler", (Change("beds", "multiply", 1.1, START, START),))),
        date(2028, 1, 1),
        1,
        5,
    )
    whole = assemble(run, run_all(FakeEngine(), run), Provenance("0", "now", "test", {}))
    visits = INDICATORS["ed_visits"]
    _, more = compare(whole, [visits], [2027])
    assert (more.difference, more.difference_low, more.difference_high) == (120, 120, 120)
    samples = visits.values(Results(whole)).sel(year=2027).values
    low, high = unpaired_interval(samples[1], samples[0])
    assert high - low > 100


def test_equal_scenarios_differ_by_nothing():
    _, same = compare(dataset([[10, 12, 14], [10, 12, 14]]), [X])
    assert (same.difference, same.difference_low, same.difference_high, same.monte_carlo_error) == (
        0,
        0,
        0,
        0,
    )


def test_the_baseline_is_todays_course_or_the_one_asked_for():
    three = dataset([[1, 2], [5, 7], [2, 2]], ("ny", "nulage", "annan"))
    assert baseline_of(three) == "nulage"
    assert baseline_of(three.sel(scenario=["ny", "annan"])) == "ny"
    by_name = {record.scenario: record for record in compare(three, [X], baseline="annan")}
    assert by_name["annan"].difference is None
    assert by_name["nulage"].difference == 4
    with pytest.raises(InputError, match='Menade du "annan"'):
        compare(three, [X], baseline="anan")


def test_years_that_were_not_measured_give_no_records():
    gap = dataset([[np.nan, np.nan], [np.nan, np.nan]])
    assert compare(gap, [X]) == []
    assert compare(dataset([[1, 2], [1, 2]]), [X], years=[2029]) == []


def test_json_is_records_with_null_for_the_unknown():
    (base, new) = json.loads(to_json(compare(dataset([[10], [9]]), [X])))
    assert list(base) == [
        "indicator",
        "unit",
        "year",
        "scenario",
        "value",
        "low",
        "high",
        "difference",
        "difference_low",
        "difference_high",
        "monte_carlo_error",
        "low_with_parameters",
        "high_with_parameters",
        "difference_low_with_parameters",
        "difference_high_with_parameters",
        "chance_share",
        "parameter_share",
        "parameters_distinguishable",
        "scaled_to",
    ]
    assert base["difference"] is None
    assert new == {
        "indicator": "x",
        "unit": "st",
        "year": 2030,
        "scenario": "ny",
        "value": 9.0,
        "low": None,
        "high": None,
        "difference": -1.0,
        "difference_low": None,
        "difference_high": None,
        "monte_carlo_error": None,
        "low_with_parameters": None,
        "high_with_parameters": None,
        "difference_low_with_parameters": None,
        "difference_high_with_parameters": None,
        "chance_share": None,
        "parameter_share": None,
        "parameters_distinguishable": None,
        "scaled_to": None,
    }


def test_csv_holds_the_same_as_json():
    records = compare(dataset([[10, 12.5], [9, 10]]), [X])
    rows = list(csv.DictReader(io.StringIO(to_csv(records, ComparedFigure))))
    for row, record in zip(rows, json.loads(to_json(records)), strict=True):
        assert row == {key: "" if value is None else str(value) for key, value in record.items()}


def with_draws(stated, drawn, limits=FREE):
    """Return `dataset(stated)` with draws of the same seeds as the first replications."""
    table = np.asarray(drawn, float)[None, :, :, None]
    plain = dataset(stated)
    coordinates = {
        "indicator": ["x"], "scenario": plain["scenario"], "draw": range(1, table.shape[2] + 1), "year": [2030],
    }  # fmt: skip
    drawn = xr.DataArray(table, coordinates, ("indicator", "scenario", "draw", "year"))
    return compare(plain.assign(drawn=drawn), [replace(X, limits=limits)])


def test_chance_parameters_and_scenario_are_told_apart():
    rng = np.random.default_rng(2)
    chance = rng.normal(0, 3, 40)
    level, effect = rng.normal(0, 30, 30), rng.normal(0, 4, 30)
    stated = [1000 + chance, 980 + chance + rng.normal(0, 1, 40)]
    drawn = [1000 + chance[:30] + level, 980 + chance[:30] + level + effect]
    base, new = with_draws(stated, drawn)
    assert base.parameters_distinguishable
    assert new.parameters_distinguishable
    assert base.parameter_share > 97  # 900 of 909
    assert new.parameter_share == pytest.approx(100 * 16 / 17, abs=6)  # the level cancels in the difference
    assert new.chance_share + new.parameter_share == pytest.approx(100)
    assert base.high_with_parameters - base.low_with_parameters > 10 * (base.high - base.low)
    wider = new.difference_high_with_parameters - new.difference_low_with_parameters
    assert wider > 5 * (new.difference_high - new.difference_low)
    assert wider < (base.high_with_parameters - base.low_with_parameters) / 3  # paired
    assert new.difference_low_with_parameters < -20 < new.difference_high_with_parameters
    assert base.difference_low_with_parameters is None


def test_parameters_that_do_nothing_are_not_told_from_chance():
    rng = np.random.default_rng(4)
    stated = rng.normal(1000, 5, (2, 12))
    base, new = with_draws(stated, stated[:, :10])
    for record in (base, new):
        assert record.parameters_distinguishable is False
        assert (record.chance_share, record.parameter_share) == (None, None)


def test_a_share_with_uncertain_parameters_ends_at_a_hundred():
    stated = [[90, 91, 89, 90], [92, 93, 91, 92]]
    drawn = [[99, 40, 85, 99], [99, 45, 88, 99]]
    (base, new), (free, _) = with_draws(stated, drawn, PERCENT), with_draws(stated, drawn)
    assert base.high_with_parameters == 100 < free.high_with_parameters
    assert new.difference_low_with_parameters < 0


def test_intervals_of_chance_end_where_values_do_too():
    """With few replications Student's t reaches far: shares would lie below nothing and above everything."""
    base, new = compare(dataset([[31.0, 29.0], [95.0, 20.0]]), [replace(X, limits=PERCENT)])
    assert 0 < base.low < base.high < 100
    assert (new.low, new.high) == (0, 100)
    assert (new.difference_low, new.difference_high) == (-100, 100)
    index = compare(dataset([[0.3, 0.5], [0.9, 0.1]]), [replace(X, limits=INDEX)])
    assert [(record.low, record.high) for record in index] == [(0, 1), (0, 1)]


def test_a_draw_whose_replication_is_lost_is_not_used():
    stated, drawn = np.arange(12.0).reshape(2, 6), np.arange(12.0).reshape(2, 6) * 3
    plain = dataset(stated)
    coordinates = {"indicator": ["x"], "scenario": plain["scenario"], "draw": range(1, 7), "year": [2030]}
    whole = plain.assign(
        drawn=xr.DataArray(drawn[None, :, :, None], coordinates, ("indicator", "scenario", "draw", "year"))
    )
    (with_five, _) = compare(whole.isel(replication=slice(1, None)), [X])
    (by_hand, _) = compare(whole.isel(replication=slice(1, None), draw=slice(1, None)), [X])
    assert with_five == by_hand
    assert with_five.low_with_parameters is not None


def test_a_budget_is_told_in_every_record():
    told = dataset([[10, 12], [9, 10]]).assign_attrs(budgets=json.dumps({"ny": {"scaled_to": 41.0, "text_sv": "x"}}))
    assert [record.scaled_to for record in compare(told, [X])] == [None, 41.0]
