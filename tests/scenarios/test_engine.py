"""The real simulator behind the runner: what the stand-in of the other tests stands in for."""

from datetime import date

import numpy as np
import pytest

from scenarios.engine import SimulatorEngine, code_version, load_region
from scenarios.indicators import INDICATORS
from scenarios.library import find_strategies, library
from scenarios.scenario import Scenario
from simulator.controls import check


@pytest.fixture(scope="module")
def dataset():
    branch = SimulatorEngine().begin("kalmar", 1)
    branch.run(date(2024, 1, 1))
    return branch.dataset().expand_dims(scenario=["nulage"], replication=[1])


def test_every_indicator_can_be_worked_out_from_the_simulators_dataset(dataset):
    for name in INDICATORS:
        assert INDICATORS[name].measured(dataset), name
        assert np.isfinite(INDICATORS[name].values(dataset).sel(year=2023)).all(), name


def test_headline_figures_are_of_the_right_size(dataset):
    def of(name):
        return INDICATORS[name].values(dataset).sel(year=2023).item()

    assert 240_000 < of("population") < 255_000
    assert 15_000 < of("population_80_plus") < 21_000
    assert 0 <= of("assessed_within_3_days") <= 100
    assert 0 < of("continuity_index") < 1
    assert of("cost") == pytest.approx(of("cost_region") + of("cost_municipality"))


@pytest.mark.parametrize("name", library())
def test_the_simulator_accepts_every_strategy_of_the_library(name):
    region = load_region("kalmar")
    (strategy,) = find_strategies([name], region)
    check(Scenario(region="kalmar", strategy=strategy).changes(region))


def test_the_version_is_that_of_the_project_and_of_the_simulators_source():
    version, _, digest = code_version().partition("+")
    assert version[0].isdigit()
    assert len(digest) == 12


def test_a_checkpoint_of_something_else_is_refused():
    with pytest.raises(TypeError, match="checkpoint"):
        SimulatorEngine().resume("kalmar", {}, ())
