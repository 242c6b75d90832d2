"""`naravard validate`: today's course beside what is observed."""

import json
import re
from pathlib import Path

import pytest
from command_line import printed
from fake_engine import FakeEngine

import scenarios.running.batch
import scenarios.running.compilation
import scenarios.running.engine
import scenarios.running.region
from scenarios.cli import main
from scenarios.running.results import read_results, write_results


@pytest.fixture
def fake_engine(fake, monkeypatch):  # noqa: ARG001 (it takes the region's place)
    monkeypatch.setattr(scenarios.running.engine, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.compilation, "kernels_are_compiled", lambda: True)


@pytest.mark.usefixtures("fake_engine")
def test_today_is_set_beside_what_is_observed(capsys, tmp_path):
    text = printed(capsys, "validate", "--replications", "2", "--workers", "1")
    assert re.search(r"\d+ av \d+ inom 15 procent\n$", text)
    lines = json.loads(printed(capsys, "validate", "--replications", "2", "--workers", "1", "--format", "json"))
    assert {line["status"] for line in lines} == {"computed", "not_yet", "outside_years", "not_compared"}
    out = str(tmp_path / "page.md")
    assert main(["validate", "--replications", "2", "--workers", "1", "--format", "markdown", "--out", out]) == 0
    assert Path(out).read_text(encoding="utf-8").startswith("# Prövning mot observerade siffror")
    assert main(["validate", "--replications", "1", "--workers", "1", "--out", str(tmp_path / "no" / "x")]) == 2
    assert "går inte att skriva" in capsys.readouterr().err


def test_a_result_that_reaches_further_is_set_beside_later_figures_too(folder, capsys):
    lines = json.loads(printed(capsys, "validate", str(folder), "--format", "json"))
    assert "outside_years" not in {line["status"] for line in lines}
    write_results(read_results(folder).sel(scenario=["bemanning-1100"]), folder)
    assert main(["validate", str(folder)]) == 2
    assert "nulage" in capsys.readouterr().err


def test_a_region_of_which_nothing_is_observed_is_refused(folder, capsys):
    write_results(read_results(folder).assign_attrs(region="kallmar"), folder)
    assert main(["validate", str(folder)]) == 2
    assert 'Menade du "kalmar"?' in capsys.readouterr().err


def test_what_is_todays_course_only_by_name_is_refused(folder, capsys):
    dataset = read_results(folder).sel(scenario=["bemanning-1100"]).assign_coords(scenario=["nulage"])
    write_results(dataset, folder)
    assert main(["validate", str(folder)]) == 2
    assert "scenariot nulage i resultatet ändrar något och är inte nuläget" in capsys.readouterr().err
