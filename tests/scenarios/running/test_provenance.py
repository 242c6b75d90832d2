"""A result says all that is needed to make it again: its command, run anew, gives the same figures and tables."""

import shlex
import sys
from datetime import date
from pathlib import Path

import pytest
from fake_engine import REGION, FakeEngine

import scenarios.running.batch
import scenarios.running.compilation
import scenarios.running.region
from scenarios.cli import main
from scenarios.running.results import read_results
from scenarios.strategies.scenario import scenario_hash

OF_ITS_TIME = {"created", "command"}


@pytest.fixture(autouse=True)
def fake(monkeypatch, tmp_path):
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: REGION)
    monkeypatch.setattr(scenarios.running.batch, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.compilation, "kernels_are_compiled", lambda: True)
    monkeypatch.chdir(tmp_path)


def typed(monkeypatch, command):
    """Type a command, of which results keep the words."""
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    assert main(sys.argv[1:]) == 0


def test_the_command_in_a_result_makes_it_again(monkeypatch, capsys):
    typed(monkeypatch, "naravard run nulage bemanning-1100 --workers 1 --replications 2 --seed 5 --out first")
    first = read_results(Path("first"))
    typed(monkeypatch, first.attrs["command"].replace("--out first", "--out again"))
    again = read_results(Path("again"))
    assert again.equals(first)
    lasting = [{k: v for k, v in each.attrs.items() if k not in OF_ITS_TIME} for each in (first, again)]
    assert lasting[0] == lasting[1]
    tables = []
    for folder in ("first", "again"):
        capsys.readouterr()
        assert main(["compare", folder, "--indicator", "ed_visits,admissions", "--format", "csv"]) == 0
        tables.append(capsys.readouterr().out)
    assert tables[0] == tables[1] != ""
    assert first["seed"].sizes == {"replication": 2}
    assert {"region", "region_digest", "horizon", "base_seed", "code_version", *OF_ITS_TIME} <= set(first.attrs)
    hashes = dict(zip(first["scenario"].values, first["scenario_hash"].values, strict=True))
    assert hashes["nulage"] == scenario_hash((), REGION.digest, date(2030, 12, 31)) != hashes["bemanning-1100"]
