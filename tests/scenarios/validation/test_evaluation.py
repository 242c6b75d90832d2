"""Today's course simulated and set beside observed figures."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from fake_engine import FakeEngine

from scenarios.running.local_pool import local_executor
from scenarios.running.runner import replication_seed
from scenarios.validation.evaluation import Result, evaluate, scopes_sv, simulate_today, summary_sv
from scenarios.validation.targets import parse, targets_of
from simulator.simulation import Simulation


@pytest.fixture(scope="module")
def dataset():
    return simulate_today(FakeEngine(), "kalmar", 1, 3)


@pytest.fixture(scope="module")
def target():
    (found,) = [t for t in targets_of("kalmar") if t.key == "akutbesok_i_lanet"]
    return found


def test_three_years_of_today_are_simulated(dataset):
    assert dict(dataset.sizes)["replication"] == 3
    assert dataset["scenario"].values.tolist() == ["nulage"]
    assert dataset["year"].values.tolist() == [2022, 2023, 2024, 2025]
    assert dataset["ed_visits"].dims[:2] == ("scenario", "replication")
    seeds = [replication_seed(1, number) for number in (1, 2, 3)]
    alone = [FakeEngine().begin("kalmar", seed) for seed in seeds]
    for number, branch in enumerate(alone):
        branch.run(dataset["month"].values[-1].astype("datetime64[D]").astype(object))
        visits = dataset["ed_visits"][0, number].sum(["municipality", "age_group"])
        np.testing.assert_array_equal(visits[:-1], branch.ed_visits)


def test_workers_change_nothing(dataset):
    with local_executor(2) as executor:
        spread = simulate_today(FakeEngine(), "kalmar", 1, 3, executor)
    assert spread.identical(dataset)


def test_progress_is_told():
    told = []
    simulate_today(FakeEngine(), "kalmar", 1, 2, tick=told.append)
    assert told == [1, 2]


def test_a_figure_is_the_mean_over_replications_with_its_interval(dataset, target):
    (result,) = evaluate(dataset, [target])
    sums = dataset["ed_visits"].sel(month="2023").sum(["scenario", "month", "municipality", "age_group"]).values
    assert result.status == "computed"
    assert result.mean == pytest.approx(sums.mean())
    assert result.low < result.mean < result.high
    assert result.difference == pytest.approx(sums.mean() / 65_000 - 1)


def test_what_the_results_lack_waits(dataset, target):
    waiting = [
        replace(target, comparison=parse(text))
        for text in (
            "upc(year=2023)",
            "ed_visits_per_day(year=2023, hospital=kalmar)",
            "population(year=2024, municipality=9999)",
        )
    ]
    results = evaluate(dataset, waiting)
    assert [r.status for r in results] == ["not_yet"] * 3
    assert [r.missing for r in results] == [("upc",), ("ed_acuity",), ("municipality=9999",)]


def test_a_later_year_is_outside(dataset, target):
    later = replace(target, comparison=parse("population(year=2030)"))
    assert evaluate(dataset, [later])[0].status == "outside_years"


def test_figures_that_are_not_compared_have_no_result(dataset):
    targets = targets_of("kalmar")
    results = evaluate(dataset, targets)
    assert [r.target for r in results] == [t for t in targets if t.comparison is not None]


@pytest.mark.parametrize(
    ("mean", "within", "in_bounds"),
    [
        (65_000, True, True), (74_700, True, False), (74_800, False, False), (55_300, True, True),
        (55_200, False, True), (54_900, False, False),
    ],
)  # fmt: skip
def test_fifteen_per_cent_and_the_range_of_the_source(target, mean, within, in_bounds):
    result = Result(target, "computed", mean)
    assert (result.within, result.within_bounds) == (within, in_bounds)


def test_without_a_range_nothing_is_said_of_it(target):
    assert Result(replace(target, low=float("nan"), high=float("nan")), "computed", 1.0).within_bounds is None


def test_the_sum_counts_checks_that_were_worked_out_and_no_inputs(target):
    given = replace(target, role="input")
    results = [Result(target, "computed", 65_000), Result(target, "computed", 90_000), Result(target, "not_yet")]
    assert summary_sv([*results, Result(given, "computed", 65_000)]) == "1 av 2 inom 15 procent"
    country = Result(replace(target, scope="elsewhere"), "computed", 65_000)
    assert scopes_sv([*results, country]) == "Länets egna siffror: 1 av 2. Rikets och andra läns: 1 av 1."


def test_every_comparison_reads_what_the_simulator_writes(sixteenth):
    """On real results nothing fails but for variables, dimensions and years that are not there."""
    simulation = Simulation(sixteenth, 7)
    simulation.run(date(2025, 1, 1))
    data = simulation.dataset().expand_dims(scenario=["nulage"], replication=[1])
    results = evaluate(data, targets_of("kalmar"))
    known = set(data.data_vars)
    assert len([r for r in results if r.status == "computed"]) > 60
    for result in results:
        assert not set(result.missing) & known, result.target.key
        assert all(":" in name or name.isidentifier() for name in result.missing), result.missing
