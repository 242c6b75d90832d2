"""`naravard reproduce`: what says how it was made is made again, and every figure and file compared."""

import json
import shlex
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from fake_engine import FakeEngine

import scenarios.running.batch
from scenarios.cli import main
from scenarios.findings.agreement import agreement
from scenarios.running.results import read_results
from scenarios.strategies.library import library


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def typed(monkeypatch):
    """Type a command, of which results keep the words; return its exit code."""

    def command(text):
        monkeypatch.setattr(sys, "argv", shlex.split(text))
        return main(sys.argv[1:])

    return command


@pytest.fixture
def made(fake, typed):  # noqa: ARG001 (it takes the simulator's place)
    """Return a folder of results of the stand-in."""
    assert typed("naravard run nulage bemanning-1100 --replications 2 --seed 5 --out first --workers 1") == 0
    return Path("first")


@pytest.mark.usefixtures("made")
def test_results_that_come_again_agree(typed, capsys):
    capsys.readouterr()
    assert typed("naravard reproduce first --out again") == 0
    told = capsys.readouterr()
    assert "Stämmer: alla siffror är desamma, bit för bit." in told.err
    assert told.out == ""
    assert read_results(Path("again")).equals(read_results(Path("first")))
    assert typed("naravard reproduce first/run.json") == 0


@pytest.mark.usefixtures("made")
def test_figures_that_do_not_come_again_are_named_with_how_much(typed, capsys, monkeypatch):
    monkeypatch.setattr(scenarios.running.batch, "SimulatorEngine", partial(FakeEngine, extra=50))
    assert typed("naravard reproduce first") == 1
    told = capsys.readouterr().err
    assert "Stämmer inte:" in told
    assert "ed_visits: 50,0 % av talen" in told, "the stand-in has more only where a history begins"


def test_a_file_that_is_gone_is_asked_for_and_one_beside_the_results_is_found(made, typed, capsys, tmp_path):
    assert made.is_dir()
    own = tmp_path / "min.yaml"
    text = library()["bemanning-1100"].read_text("utf-8")
    own.write_text(text.replace("name: bemanning-1100", "name: min"), encoding="utf-8")
    assert typed("naravard run nulage min.yaml --replications 1 --out egen --workers 1") == 0
    own.rename(tmp_path / "egen" / "min.yaml")
    assert typed("naravard reproduce egen") == 0
    (tmp_path / "egen" / "min.yaml").unlink()
    capsys.readouterr()
    assert typed("naravard reproduce egen") == 2
    assert "min.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("what", "told"),
    [("finns-inte", "finns inte"), ("tom", "här står inte hur det gjordes"), ("egen.txt", "här står inte hur")],
)
def test_what_does_not_say_how_it_was_made_is_refused(typed, capsys, what, told):
    Path("tom").mkdir()
    Path("egen.txt").write_text("text", encoding="utf-8")
    assert typed(f"naravard reproduce {what}") == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("made")
def test_a_command_of_another_kind_is_not_given(typed, capsys):
    manifest = json.loads(Path("first/run.json").read_text("utf-8"))
    manifest["attributes"]["command"] = "naravard app --port 80; rm -rf /"
    Path("first/run.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert typed("naravard reproduce first") == 2
    assert "kan inte köras om" in capsys.readouterr().err


@pytest.mark.usefixtures("kernels")
def test_documents_come_again_to_the_byte_and_one_that_was_changed_is_told(typed, capsys):
    small = "--region template --replications 2 --horizon 2027 --workers 1"
    assert typed(f"naravard run nulage kontinuitet --out first {small}") == 0
    assert typed("naravard report first --format html,xlsx") == 0
    assert typed("naravard report first --sheets kommun --format html") == 0
    capsys.readouterr()
    assert typed("naravard reproduce first/dokument/dokument.json") == 0
    assert "alla siffror och alla jämförda dokument är desamma" in capsys.readouterr().err
    manifest = Path("first/dokument/dokument.json")
    older = json.loads(manifest.read_text("utf-8"))
    sums = {name: file["sha256"] for name, file in older["files"].items() if name.startswith("strategi")}
    manifest.write_text(json.dumps(older | {"files": sums | {"bild.odt": "0"}}), encoding="utf-8")
    assert typed("naravard reproduce first/dokument/dokument.json") == 0
    assert "Inte jämfört, för det har en egen mall eller är från en annan version: bild.odt." in capsys.readouterr().err
    page = Path("first/dokument/strategidokument.html")
    page.write_bytes(page.read_bytes().replace(b"Dagens", b"Morgon"))
    assert typed(f"naravard reproduce {page}") == 2
    assert "dokumentet är ändrat sedan det gjordes" in capsys.readouterr().err


def test_agreement_counts_what_differs(made):
    one = read_results(made)
    assert agreement(one, one)[1] == []
    other = one.copy(deep=True).drop_vars("scenario_label")
    values = np.array(other["ed_visits"].values, float)
    values.flat[np.flatnonzero(values > 0)[0]] *= 2.0
    other["ed_visits"] = (other["ed_visits"].dims, values)
    missing, changed = sorted(agreement(one, other)[1], key=lambda each: each.name, reverse=True)
    assert (missing.name, np.isnan(missing.share)) == ("scenario_label", True)
    assert (changed.name, changed.largest) == ("ed_visits", 0.5)
    assert changed.share == pytest.approx(1 / values.size)
