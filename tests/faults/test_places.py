"""Where results and files cannot be: one refusal in Swedish, code 2, before anything is simulated."""

import re
from pathlib import Path

import pytest
from command_line import ALONE
from fake_engine import REGION, FakeEngine

import scenarios.running.batch
import scenarios.running.compilation
import scenarios.running.region
from scenarios.cli import main

TOO_LONG = "x" * 256
ENGLISH = re.compile(
    r"no such file|permission denied|is a directory|too long|not a directory|embedded null|\[Errno", re.I
)
NEVER_A_FOLDER = (
    TOO_LONG, "å" * 130, "/".join(["y" * 100] * 50), f"{TOO_LONG}/under", "con", "NUL", "nul.txt", "Com1", "lpt9",
    "fil", "fil/under", "a/b/c", "nul\0tecken", "rad\nbrytning", "flik\t", "cirkel", "cirkel/under",
)  # fmt: skip
NEVER_A_FILE = (TOO_LONG, "con", "aux.csv", "mapp", "finns-inte/ut.csv", "fil/ut.csv", "nul\0.csv", "cirkel/ut.csv")


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    """Stand in an empty folder, with a simulator that must not be used."""
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: REGION)
    monkeypatch.setattr(scenarios.running.batch, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.compilation, "kernels_are_compiled", lambda: True)
    monkeypatch.chdir(tmp_path)
    Path("fil").write_text("spara mig")
    Path("mapp").mkdir()
    Path("cirkel").symlink_to("cirkel")


def forbid_simulation(monkeypatch):
    def simulate(*_):
        raise AssertionError("simulated before the refusal")

    monkeypatch.setattr(FakeEngine, "begin", simulate)


def refused(capsys, *arguments):
    assert main(list(arguments)) == 2
    text = capsys.readouterr().err
    assert "problem)" in text
    assert "Internt fel" not in text
    assert not ENGLISH.search(text)
    assert Path("fil").read_text() == "spara mig"
    assert sorted(path.name for path in Path().iterdir()) == ["cirkel", "fil", "mapp"]
    return text


@pytest.mark.parametrize("place", NEVER_A_FOLDER)
@pytest.mark.parametrize("command", [["run", "nulage"], ["attribute", "bemanning-1100"]], ids=lambda c: c[0])
def test_a_folder_that_cannot_be(monkeypatch, capsys, command, place):
    forbid_simulation(monkeypatch)
    refused(capsys, *command, "--out", place, "--replications", "1", *ALONE)


@pytest.mark.parametrize("place", NEVER_A_FILE)
@pytest.mark.parametrize("command", [["validate", "--replications", "1", *ALONE], ["schema"]], ids=lambda c: c[0])
def test_a_file_that_cannot_be(monkeypatch, capsys, command, place):
    forbid_simulation(monkeypatch)
    assert "filen går inte att skriva" in refused(capsys, *command, "--out", place)


@pytest.mark.parametrize(
    "command",
    [["run", "nulage"], ["attribute", "bemanning-1100"], ["validate"], ["schema"], ["compare", "finns-inte"]],
    ids=lambda c: c[0],
)
def test_an_out_with_nothing_after_it(monkeypatch, capsys, command):
    forbid_simulation(monkeypatch)
    assert "--out: värdet saknas" in refused(capsys, *command, "--out", "")


@pytest.mark.parametrize("word", [TOO_LONG, "nul\0tecken", "fil", "mapp", "finns-inte", "cirkel", "fil/under", ""])
@pytest.mark.parametrize("command", ["compare", "board", "binds", "matrix", "validate"])
def test_a_folder_without_results(capsys, command, word):
    assert "här finns inget resultat" in refused(capsys, command, word)


@pytest.mark.parametrize(
    "word", [f"{TOO_LONG}.yaml", "nul\0.yaml", "mapp/", "./mapp", "finns-inte.yaml", "cirkel.yaml", "fil/x.yaml"]
)
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_strategy_that_cannot_be_read(capsys, command, word):
    out = ["--out", "ny"] if command == "run" else []
    refused(capsys, command, word, *out)


def test_the_longest_name_that_is_taken_can_be_used(capsys):
    name = "x" * 200
    assert main(["run", "nulage", "--out", name, "--replications", "1", *ALONE]) == 0
    assert main(["compare", name]) == 0
    assert main(["schema", "--out", f"{'y' * 195}.json"]) == 0
    assert "Internt fel" not in capsys.readouterr().err


def test_a_file_is_replaced_as_a_whole_and_only_when_all_is_well(capsys):
    Path("schema.json").write_text("förra")
    assert main(["compare", "finns-inte", "--out", "schema.json"]) == 2
    assert Path("schema.json").read_text() == "förra"
    assert main(["schema", "--out", "schema.json"]) == 0
    assert Path("schema.json").read_text(encoding="utf-8").startswith("{")
    assert capsys.readouterr().out == ""
    assert sorted(path.name for path in Path().iterdir()) == ["cirkel", "fil", "mapp", "schema.json"]


def test_a_device_is_written_to_and_not_replaced():
    assert main(["schema", "--out", "/dev/null"]) == 0
    assert not Path("/dev/null").is_file()
