"""What tests of commands share: a stand-in for the simulator, and results that it made."""

import shutil

import pytest
from fake_engine import REGION, FakeEngine
from read_once import read_once

import scenarios.running.batch
import scenarios.running.compilation
import scenarios.running.engine
import scenarios.running.region
from scenarios.cli import main


def pretend(monkeypatch):
    """Put the stand-in in the simulator's place."""
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: REGION)
    monkeypatch.setattr(scenarios.running.batch, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.compilation, "kernels_are_compiled", lambda: True)


@pytest.fixture(autouse=True)
def shared_reading(monkeypatch):
    read_once(monkeypatch)


@pytest.fixture
def fake(monkeypatch):
    pretend(monkeypatch)


@pytest.fixture(scope="session")
def first(tmp_path_factory):
    """Return a folder with results of two scenarios and four replications, to be copied."""
    out = tmp_path_factory.mktemp("results") / "first"
    with pytest.MonkeyPatch.context() as monkeypatch:
        pretend(monkeypatch)
        assert main(["run", "nulage", "bemanning-1100", "--out", str(out), "--replications", "4"]) == 0
    return out


@pytest.fixture
def folder(fake, first, tmp_path, capsys):  # noqa: ARG001 (it takes the simulator's place)
    """Return a folder with the first results, of a test's own."""
    capsys.readouterr()
    return shutil.copytree(first, tmp_path / "first")
