"""The real simulator behind the runner: what the stand-in of the other tests stands in for."""

from datetime import date

import numpy as np
import pytest

from scenarios.measures.figures import INDICATORS, Results
from scenarios.measures.headline import headline
from scenarios.running.engine import SimulatorEngine, code_version, drawn_region, load_region
from scenarios.running.parameter_draws import draw_parameters, uncertain
from scenarios.strategies.library import find_strategies, library
from scenarios.strategies.scenario import Scenario
from simulator.controls import check


@pytest.fixture(scope="module")
def dataset():
    branch = SimulatorEngine().begin("kalmar", 1)
    branch.run(date(2024, 1, 1))
    return branch.dataset().expand_dims(scenario=["nulage"], replication=[1])


def test_every_indicator_can_be_worked_out_from_the_simulators_dataset(dataset):
    for name in INDICATORS:
        assert INDICATORS[name].missing(Results(dataset)) == [], name
        assert np.isfinite(INDICATORS[name].values(Results(dataset)).sel(year=2023)).all(), name


def test_headline_figures_are_of_the_right_size(dataset):
    def of(name):
        return INDICATORS[name].values(Results(dataset)).sel(year=2023).item()

    assert 240_000 < of("population") < 255_000
    assert 15_000 < of("population_80_plus") < 21_000
    assert 0 <= of("assessed_within_3_days") <= 100
    assert 0 < of("continuity_index") < 1
    assert of("cost") == pytest.approx(of("cost_region") + of("cost_municipality"))


@pytest.mark.parametrize("code", ["kalmar", "template"])
@pytest.mark.parametrize("name", library())
def test_the_simulator_accepts_every_strategy_of_the_library(name, code):
    region = load_region(code)
    (strategy,) = find_strategies([name], region)
    check(Scenario(region=code, strategy=strategy).changes(region))


def test_the_version_is_that_of_the_project_and_of_the_simulators_source():
    version, _, digest = code_version().partition("+")
    assert version[0].isdigit()
    assert len(digest) == 12


def test_a_checkpoint_of_something_else_is_refused():
    with pytest.raises(TypeError, match="checkpoint"):
        SimulatorEngine().resume("kalmar", {}, ())


def test_a_draw_is_another_region_from_the_same_pack_and_few_are_kept():
    engine = SimulatorEngine()
    first, values = engine.drawn("kalmar", 1, 1)
    assert values == engine.drawn("kalmar", 1, 1)[1] != engine.drawn("kalmar", 1, 2)[1]
    assert first.region_digest("kalmar") == engine.region_digest("kalmar")
    drawn = drawn_region("kalmar", 1, 1)[0]
    assert drawn.digest != load_region("kalmar").digest
    assert drawn.parameters["work.gp_turnover"] == values["work.gp_turnover"]
    for draw in range(3, 9):
        engine.drawn("kalmar", 1, draw)
    assert drawn_region.cache_info().currsize <= 2


SHARES = {
    "planned_expected_wait": "planned_admitted",
    "specialist_expected_wait": "specialist_visits_first",
    "planned_within_90_days": "planned_admitted",
    "specialist_within_90_days": "specialist_visits_first",
    "discharged_same_day": "discharges_to_municipality",
}
"""Indicators that are a share of those who were served, and these; with full beds nobody may be."""


def test_extreme_and_drawn_parameters_can_be_run(monkeypatch):
    """Every uncertain parameter at its lowest and at its highest at once, and some draws: two years."""
    small = load_region("template")
    given = list(uncertain(small))
    corners = [{p.name: getattr(p, end) for p in given} for end in ("low", "high")]
    futures = []
    for values in (*corners, *(draw_parameters(small, 1, draw) for draw in (1, 2, 3))):
        region = small.with_parameters(values)
        monkeypatch.setattr("scenarios.running.engine.drawn_region", lambda *_, r=region, v=values: (r, v))
        engine, _ = SimulatorEngine().drawn("kalmar", 1, 1)
        branch = engine.begin("kalmar", 1)
        branch.run(date(2024, 1, 1))
        branch = engine.resume("kalmar", branch.hand_over(), ())
        branch.run(date(2025, 1, 1))
        dataset = branch.dataset()
        figures = headline(dataset)
        last = figures.sel(year=2024).to_dataarray()
        missing = set(last["variable"].values[~np.isfinite(last)])
        nobody = {name for name, whole in SHARES.items() if not dataset[whole].sel(month="2024").sum()}
        assert missing == nobody, "a share of nobody is missing, and nothing else is"
        futures.append(float(figures["ed_visits"].sel(year=2024)))
    assert len(set(futures)) == len(futures)
