"""Means, intervals and paired differences by place: the same as of the county's indicators."""

import numpy as np
import pytest
import xarray as xr

from scenarios.findings.place_figures import place_figures
from scenarios.measures.figure import BY_MUNICIPALITY
from scenarios.measures.figures import FIGURES
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import FREE

RUNS = np.array([[10.0, 12.0, 11.0, 15.0], [9.0, 12.5, 9.0, 13.0]])  # scenario, replication


@pytest.fixture
def values():
    table = np.stack([RUNS, 2 * RUNS, RUNS[::-1]], axis=-1)[:, :, None, :, None]  # one measure, three places, one year
    dims = ("scenario", "replication", "municipality_measure", "municipality", "year")
    coordinates = {
        "scenario": ["kontinuitet", "nulage"], "replication": [1, 2, 3, 4], "municipality_measure": ["ed_visits"],
        "municipality": ["0821", "0880", "0883"], "year": [2030],
    }  # fmt: skip
    return xr.Dataset({"by_municipality": (dims, table.astype(np.float32))}, coordinates)


def figures_of(values, baseline="nulage"):
    return place_figures(values, FIGURES[BY_MUNICIPALITY]["ed_visits"], baseline)


def test_means_and_intervals_are_those_of_compare(values):
    found = figures_of(values).at("kontinuitet", "0821", 2030)
    assert found.value == pytest.approx(12.0)
    assert (found.low, found.high) == pytest.approx(mean_of(RUNS[0], FREE).bounds)
    assert found.difference == pytest.approx(float((RUNS[0] - RUNS[1]).mean()))
    assert (found.difference_low, found.difference_high) == pytest.approx(mean_of(RUNS[0] - RUNS[1], FREE).bounds)


def test_the_scenario_compared_with_has_no_difference(values):
    found = figures_of(values).at("nulage", "0821", 2030)
    assert (found.difference, found.difference_low, found.sure) == (None, None, False)


def test_a_difference_is_sure_when_its_interval_leaves_out_zero(values):
    assert not figures_of(values).at("kontinuitet", "0821", 2030).sure
    values["by_municipality"][0] += 20.0
    assert figures_of(values).at("kontinuitet", "0821", 2030).sure


def test_no_difference_at_all_is_not_sure(values):
    values["by_municipality"][0] = values["by_municipality"][1]
    found = figures_of(values).at("kontinuitet", "0880", 2030)
    assert (found.difference, found.difference_low, found.sure) == (0.0, 0.0, False)


def test_one_replication_has_no_interval(values):
    found = figures_of(values.isel(replication=[0])).at("kontinuitet", "0821", 2030)
    assert (found.value, found.low, found.difference, found.difference_low) == (10.0, None, 1.0, None)


def test_a_replication_that_is_missing_is_left_out_of_both(values):
    values["by_municipality"][0, 3] = np.nan
    found = figures_of(values).at("kontinuitet", "0821", 2030)
    assert (found.low, found.high) == pytest.approx(mean_of(RUNS[0, :3], FREE).bounds)
    assert (found.difference_low, found.difference_high) == pytest.approx(mean_of((RUNS[0] - RUNS[1])[:3], FREE).bounds)


def test_a_place_that_is_never_known_has_no_figure(values):
    values["by_municipality"][:, :, :, 1] = np.nan
    assert figures_of(values).at("kontinuitet", "0880", 2030).value is None


def test_an_interval_ends_where_the_measure_does(values):
    values["by_municipality"][0, :, 0, 0, 0] = [0.0, 0.0, 0.0, 8.0]
    found = figures_of(values).at("kontinuitet", "0821", 2030)
    assert mean_of(np.array([0.0, 0.0, 0.0, 8.0]), FREE).bounds[0] < 0 == found.low
    assert found.difference_low < 0


def test_places_scenarios_and_baselines_that_are_not_there_are_refused(values):
    with pytest.raises(KeyError, match="malbild"):
        figures_of(values, "malbild")
    with pytest.raises(ValueError, match="not in tuple"):
        figures_of(values).at("kontinuitet", "9999", 2030)


def test_all_figures_come_by_scenario_place_and_year(values):
    found = [(figure.scenario, figure.place, figure.year) for figure in figures_of(values).every()]
    assert found == [(s, p, 2030) for s in ("kontinuitet", "nulage") for p in ("0821", "0880", "0883")]
    assert [figure.place for figure in figures_of(values).of("nulage", 2030, ("0883",))] == ["0883"]
