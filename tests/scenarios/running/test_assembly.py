import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from fake_engine import FakeEngine, noise, tiny_dataset

from scenarios.running.assembly import MissingRunError, Provenance, assemble, complete
from scenarios.running.runner import Outcome, Run, replication_seed, run_all
from simulator.changes import Change

START = date(2027, 1, 1)
RUN = Run(
    "fake",
    "d" * 64,
    (("nulage", ()), ("fler", (Change("beds", "multiply", 1.1, START, START),))),
    date(2028, 1, 1),
    7,
    3,
)
PROVENANCE = Provenance("0.1.0+abc", "2026-01-01T00:00:00+00:00", "naravard run", {"nulage": "Nuläge"})


@pytest.fixture(scope="module")
def outcomes():
    return run_all(FakeEngine(), RUN)


def test_scenario_and_replication_come_first(outcomes):
    dataset = assemble(RUN, outcomes, PROVENANCE)
    for variable in dataset.data_vars.values():
        assert variable.dims[:2] == ("scenario", "replication")
    assert dataset["scenario"].values.tolist() == ["nulage", "fler"]
    assert dataset["replication"].values.tolist() == [1, 2, 3]
    assert dataset["scenario_label"].values.tolist() == ["Nuläge", "fler"]


def test_every_run_stands_in_its_place(outcomes):
    visits = assemble(RUN, outcomes, PROVENANCE)["ed_visits"].sum(["municipality", "age_group"])
    assert visits.dtype.kind == "i"
    for number in (1, 2, 3):
        expected = 1000 + noise(replication_seed(7, number), 59)
        last = visits.sel(replication=number, month="2027-12-01")
        assert last.sel(scenario="nulage") == expected
        assert last.sel(scenario="fler") == expected + 10


def test_variables_keep_their_types_and_attributes(outcomes):
    dataset = assemble(RUN, outcomes, PROVENANCE)
    single = outcomes[0].datasets["nulage"]
    for name, variable in single.data_vars.items():
        assert dataset[name].dtype == variable.dtype
        assert dataset[name].attrs == variable.attrs


def test_attributes_say_where_it_came_from(outcomes):
    dataset = assemble(RUN, outcomes, PROVENANCE)
    assert dataset.attrs["region_digest"] == "d" * 64
    assert dataset.attrs["horizon"] == "2027-12-31"
    assert dataset.attrs["base_seed"] == 7
    assert dataset.attrs["code_version"] == "0.1.0+abc"
    assert dataset.attrs["command"] == "naravard run"
    assert dataset["seed"].values.tolist() == [replication_seed(7, number) for number in (1, 2, 3)]
    assert len(set(dataset["scenario_hash"].values.tolist())) == 2


def test_a_missing_run_is_refused_and_never_filled_in(outcomes):
    broken = Outcome(2, {"nulage": outcomes[1].datasets["nulage"]})
    with pytest.raises(MissingRunError):
        assemble(RUN, (outcomes[0], broken, outcomes[2]), PROVENANCE)
    with pytest.raises(MissingRunError):
        assemble(RUN, (), PROVENANCE)


def test_whole_replications_can_be_kept_and_the_lost_are_named(outcomes):
    broken = Outcome(2, {"nulage": outcomes[1].datasets["nulage"]})
    kept = complete(RUN, (outcomes[0], broken, outcomes[2]))
    dataset = assemble(RUN, kept, PROVENANCE)
    assert dataset["replication"].values.tolist() == [1, 3]
    assert json.loads(dataset.attrs["failed_replications"]) == [2]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda dataset: dataset.drop_vars("cost"),
        lambda dataset: dataset.assign(cost=dataset["cost"].astype(np.float32)),
        lambda dataset: dataset.isel(hospital=[0]),
        lambda dataset: dataset.assign_coords(hospital=["a", "c"]),
        lambda _: tiny_dataset([1000] * 72),
    ],
    ids=["variable", "type", "shape", "coordinate", "months"],
)
def test_runs_that_are_not_alike_are_refused(outcomes, spoil):
    odd = replace(outcomes[2], datasets=outcomes[2].datasets | {"fler": spoil(outcomes[2].datasets["fler"])})
    with pytest.raises(ValueError, match=r"same|align|join"):
        assemble(RUN, (*outcomes[:2], odd), PROVENANCE)


def test_draws_stand_beside_the_replications_and_change_none_of_them(outcomes):
    run = replace(RUN, parameter_draws=2)
    dataset = assemble(run, run_all(FakeEngine(), run), PROVENANCE)
    plain = assemble(RUN, outcomes, PROVENANCE)
    for name in plain.data_vars:
        assert dataset[name].identical(plain[name])
    assert dataset["drawn"].dims == ("indicator", "scenario", "draw", "year")
    assert dataset["draw"].values.tolist() == [1, 2]
    visits = dataset["drawn"].sel(indicator="ed_visits", scenario="fler", draw=2, year=2027)
    stated = plain["ed_visits"].sel(scenario="fler", replication=2, month="2027").sum()
    assert visits == stated + 12 * 10
    assert dataset["drawn_parameter"].sel(parameter="fake.level").values.tolist() == [1, 2]
    assert dataset.attrs["parameter_draws"] == 2


def test_a_draw_with_a_scenario_missing_is_not_kept(outcomes):
    run = replace(RUN, parameter_draws=1)
    broken = Outcome(1, {"nulage": outcomes[0].datasets["nulage"]}, drawn=True)
    assert len(complete(run, (*outcomes, broken))) == 3
    with pytest.raises(MissingRunError):
        assemble(run, (*outcomes, broken), PROVENANCE)
