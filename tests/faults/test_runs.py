"""Runs that go wrong, through the command line: one message, the right exit code, nothing half-written."""

import errno
import os
from pathlib import Path

import pytest
from fake_engine import REGION, FakeEngine

import scenarios.running.batch
import scenarios.running.compilation
import scenarios.running.region
from scenarios.cli import main
from scenarios.running.folder import DATA, MANIFEST
from scenarios.running.results import read_results
from scenarios.running.runner import replication_seed


@pytest.fixture(autouse=True)
def fake(monkeypatch, tmp_path):
    """Let the command line simulate with the stand-in, in an empty working directory."""
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: REGION)
    monkeypatch.setattr(scenarios.running.batch, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.compilation, "kernels_are_compiled", lambda: True)
    monkeypatch.chdir(tmp_path)


def run(*arguments):
    return main(["run", *arguments, "--workers", "1", "--out", "results/first", "--replications", "3"])


def with_fault(monkeypatch, **fault):
    monkeypatch.setattr(scenarios.running.batch, "SimulatorEngine", lambda: FakeEngine(**fault))


def test_a_run_that_goes_well_is_saved_and_told(capsys):
    assert run("nulage", "bemanning-1100") == 0
    shown = capsys.readouterr()
    assert "Akutbesök, 2030 (besök)" in shown.out
    assert "Sparat i results/first" in shown.err
    assert read_results(Path("results/first"))["ed_visits"].sizes["replication"] == 3


def test_one_failing_run_is_reported_with_its_place_and_whole_replications_are_kept(monkeypatch, capsys):
    fault = "kön rymde inte fler"
    with_fault(monkeypatch, fault=fault, fault_control="listed_per_gp", fault_seed=replication_seed(1, 2))
    assert run("nulage", "bemanning-1100") == 1
    shown = capsys.readouterr()
    assert f"replikation 2, bemanning-1100: ArithmeticError: {fault}" in shown.err
    assert "1 körning misslyckades; 2 av 3 replikationer är sparade" in shown.err
    assert "Traceback" not in shown.err
    assert read_results(Path("results/first"))["replication"].values.tolist() == [1, 3]


def test_when_no_replication_is_whole_nothing_is_written(monkeypatch, capsys):
    with_fault(monkeypatch, fault="fel", fault_control="listed_per_gp")
    assert run("nulage", "bemanning-1100") == 1
    assert "3 körningar misslyckades; 0 av 3" in capsys.readouterr().err
    assert not Path("results").exists()


def test_a_full_disk_is_one_message_and_the_old_results_stand(monkeypatch, capsys):
    assert run("nulage") == 0
    before = [Path("results/first", name).read_bytes() for name in (DATA, MANIFEST)]
    capsys.readouterr()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run("nulage", "kontinuitet") == 1
    shown = capsys.readouterr()
    assert "disken är full" in shown.err
    assert "Traceback" not in shown.err
    assert "Internt fel" not in shown.err
    assert [Path("results/first", name).read_bytes() for name in (DATA, MANIFEST)] == before
    assert sorted(path.name for path in Path("results/first").iterdir()) == sorted([DATA, MANIFEST])


def test_a_folder_with_other_things_is_refused_before_anything_is_simulated(monkeypatch, capsys):
    Path("results/first").mkdir(parents=True)
    Path("results/first/viktigt.txt").write_text("spara mig")
    with_fault(monkeypatch, fault="borde aldrig köras", fault_control="")
    assert run("nulage") == 2
    assert "annat än resultat" in capsys.readouterr().err
    assert Path("results/first/viktigt.txt").read_text() == "spara mig"


def test_every_fault_of_every_kind_is_in_one_message(capsys):
    Path("min.yaml").write_text("name: Min\nlabel_sv: x\nlevers:\n  - {lever: bedz, value: 1}\n")
    code = main(
        [
            "run",
            "nulge",
            "min.yaml",
            "--replications",
            "noll",
            "--horizon",
            "1999",
            "--out",
            "a/b/c",
            "--colour",
            "röd",
        ]
    )
    assert code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    for piece in (
        'Menade du "nulage"?',
        "min.yaml:name (rad 1)",
        "min.yaml:question_sv",
        'min.yaml:levers[0].lever (rad 4): spaken är okänd. Angivet: "bedz". Menade du "beds"?',
        '--replications: värdet går inte att använda. Angivet: "noll". Tillåtet: heltal från 1 till 10000.',
        '--horizon: värdet går inte att använda. Angivet: "1999".',
        "a/b/c: mappen ovanför finns inte.",
        '"--colour": valet är okänt.',
    ):
        assert piece in shown.err
    assert shown.err.count("problem)") == 1
    assert not Path("a").exists()


def test_a_stop_from_the_keyboard_leaves_nothing(monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeEngine, "resume", stop)
    assert run("nulage") == 130
    assert "Avbrutet" in capsys.readouterr().err
    assert not Path("results").exists()


def test_a_fault_of_our_own_is_told_without_a_traceback(monkeypatch, capsys):
    def fault(*_):
        raise ZeroDivisionError("här")

    monkeypatch.setattr(scenarios.running.batch, "run_all", fault)
    assert run("nulage") == 1
    shown = capsys.readouterr().err
    assert "Internt fel: ZeroDivisionError: här" in shown
    assert "Traceback" not in shown


def test_damaged_results_are_told(capsys):
    assert run("nulage") == 0
    data = Path("results/first", DATA)
    data.write_bytes(data.read_bytes()[:-1])
    assert main(["compare", "results/first"]) == 2
    assert "skadad eller ändrad" in capsys.readouterr().err
