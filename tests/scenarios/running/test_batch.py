"""A batch from names to results, with a stand-in for the simulator."""

from dataclasses import replace
from datetime import date

import pytest
from fake_engine import REGION, FakeEngine

import scenarios.running.region
from scenarios.running.batch import find_scenarios, prepare, put_together, simulate
from scenarios.running.progress import Display
from scenarios.text.problems import InputError, Problem

NAMES = ("nulage", "bemanning-1100")


@pytest.fixture(autouse=True)
def stand_in(monkeypatch):
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: REGION)


def test_names_become_scenarios_of_the_region_to_the_end_of_the_year():
    region, found = find_scenarios(NAMES, "kalmar", 2029)
    assert region is REGION
    assert [scenario.strategy.name for scenario in found] == list(NAMES)
    assert {scenario.horizon for scenario in found} == {date(2029, 12, 31)}


def test_scenarios_become_a_run_of_their_changes():
    batch = prepare(NAMES, "kalmar", 2028, 7, 3)
    assert [name for name, _ in batch.run.scenarios] == list(NAMES)
    today, more = (changes for _, changes in batch.run.scenarios)
    assert today == ()
    assert len(more) > 1
    assert (batch.run.until, batch.run.base_seed, batch.run.replications) == (date(2029, 1, 1), 7, 3)
    assert batch.run.region_digest == REGION.digest
    assert batch.labels["nulage"] == "Nuläge"


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        prepare(("nulge", "nulage", "nulage"), "kalmar", 2028, 1, 2, [Problem("--workers", "är fel.")], 3)
    told = caught.value.text()
    for part in ("--workers", "--parameter-draws", 'Menade du "nulage"?', "angivet flera gånger"):
        assert part in told


def test_outcomes_become_one_dataset_of_the_replications_that_are_whole():
    batch = prepare(NAMES, "kalmar", 2028, 1, 3)
    first, second, third = simulate(batch, Display(), 1, FakeEngine())
    broken = replace(second, datasets={"nulage": second.datasets["nulage"]})
    dataset = put_together(batch, (first, broken, third))
    assert dataset is not None
    assert dataset["replication"].values.tolist() == [1, 3]
    assert dataset["scenario"].values.tolist() == list(NAMES)
    assert dataset["scenario_label"].values.tolist() == list(batch.labels.values())
    assert put_together(batch, (broken,)) is None
