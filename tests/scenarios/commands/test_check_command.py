"""`naravard check`: what a budget suffices for, told alike by the commands that know it."""

import json
from pathlib import Path

import pytest
from command_line import ALONE, printed
from fake_engine import FakeEngine

import scenarios.running.batch
import scenarios.running.compilation
import scenarios.running.engine
import scenarios.running.region
from scenarios.cli import main
from scenarios.running.results import read_results
from simulator.region.pack import load_region

OWN = """
name: dyr
label_sv: Dyr
question_sv: Vad ger det?
description_sv: Fler läkartjänster.
rationale: Exempel.
budget_msek_per_year: 10
levers:
  - {lever: gp_posts, value: 1.2}
  - {lever: named_gp_share, value: 0.3}
"""


def test_a_budget_is_told_by_check_run_and_compare(fake, monkeypatch, tmp_path, capsys):  # noqa: ARG001
    own, out = tmp_path / "dyr.yaml", str(tmp_path / "first")
    own.write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(scenarios.running.region, "load_region", load_region)
    monkeypatch.setattr(FakeEngine, "region_digest", lambda _, region: load_region(region).digest)
    told = "mot en budget på 10; insatserna är nedskalade till 20 %."
    for text in (
        printed(capsys, "check", str(own)),
        printed(capsys, "run", "nulage", str(own), "--out", out, "--replications", "2", *ALONE),
        printed(capsys, "compare", out),
        printed(capsys, "attribute", str(own), "--out", f"{out}-delar", "--replications", "1", *ALONE),
    ):
        assert told in " ".join(text.split())
    attributes = json.loads((tmp_path / "first" / "run.json").read_text(encoding="utf-8"))["attributes"]
    assert told in json.loads(attributes["budgets"])["dyr"]["text_sv"]
    assert read_results(Path(out))["scenario_label"].values.tolist() == ["Nuläge", "Dyr (nedskalad till 20 %)"]
    (_, record) = json.loads(printed(capsys, "compare", out, "--format", "json", "--indicator", "cost"))
    assert record["scaled_to"] == pytest.approx(20, abs=0.5)


LATE = OWN.replace("value: 1.2}", "value: 1.2, start: 2030-11-01, full_effect: 2034-01-01}").replace(
    "budget", "# budget"
)


def test_a_lever_that_begins_after_the_horizon_has_no_price(tmp_path, capsys):
    own = tmp_path / "sen.yaml"
    own.write_text(LATE.replace("2030-11-01", "2033-01-01"), encoding="utf-8")
    assert main(["check", str(own)]) == 2
    assert "spaken börjar verka först efter horisonten. Angivet: 2033-01-01" in capsys.readouterr().err
    assert "nås först efter" not in printed(capsys, "check", str(own), "--horizon", "2035")


def test_a_price_at_an_effect_that_is_never_reached_says_so(tmp_path, capsys):
    own = tmp_path / "sen.yaml"
    own.write_text(LATE, encoding="utf-8")
    text = " ".join(printed(capsys, "check", str(own)).split())
    assert "Prissatt vid full effekt, som nås först efter horisonten: gp_posts." in text
