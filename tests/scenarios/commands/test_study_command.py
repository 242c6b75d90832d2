"""`naravard study`: one file in, a folder out; the same command goes on; what failed is told with exit status 1."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from command_line import printed
from fake_engine import FakeEngine
from made_study import GOOD

from scenarios.cli import main
from scenarios.studies import executors


@pytest.fixture
def file(fake, tmp_path, monkeypatch):  # noqa: ARG001 (it takes the simulator's place)
    """Return a study file, whose tasks are done by threads."""

    @contextmanager
    def threads(*_):
        with ThreadPoolExecutor(2) as executor:
            yield executor

    monkeypatch.setattr(executors, "workers_of", threads)
    monkeypatch.setattr("scenarios.running.engine.SimulatorEngine", FakeEngine)
    (tmp_path / "prov.yaml").write_text(GOOD + "keep: headline\n", encoding="utf-8")
    return tmp_path / "prov.yaml"


def study(file, *options):
    return main(["study", str(file), "--out", str(file.with_name("ut")), *options])


def test_a_study_is_carried_out_compared_and_gone_on_with(file, capsys):
    assert study(file) == 0
    told = capsys.readouterr().err
    assert "6 scenarier i 3 av 3 replikationer och 2 dragningar" in told
    assert "min kvar" in told or "100 %" in told
    rows = json.loads(
        printed(capsys, "compare", str(file.with_name("ut")), "--format", "json", "--indicator", "ed_visits")
    )
    assert {row["scenario"] for row in rows} >= {"fler", "fler-vintertopp"}
    assert study(file) == 0
    assert "5 av 5 uppgifter är redan klara." in capsys.readouterr().err


def test_options_stand_in_place_of_the_file_s(file, capsys):
    assert study(file, "--replications", "4", "--parameter-draws", "0", "--horizon", "2027") == 0
    assert "4 av 4 replikationer." in capsys.readouterr().err
    assert study(file) == 2
    told = capsys.readouterr().err
    assert "studiefilen replications" in told
    assert "studiefilen horizon är något annat än när studien började" in told


def test_what_failed_is_told_with_exit_status_1(file, capsys, monkeypatch):
    failing = lambda: FakeEngine(fault="trasig", fault_control="winter_surge")  # noqa: E731
    monkeypatch.setattr("scenarios.running.engine.SimulatorEngine", failing)
    assert study(file) == 1
    told = capsys.readouterr().err
    assert "5 uppgifter misslyckades vid två försök; samma kommando försöker igen." in told
    assert "Utan resultat: nulage-vintertopp, bemanning-1100-vintertopp, fler-vintertopp." in told
    assert "replikation 1, block 1, fler-vintertopp: ArithmeticError: trasig" in told


def test_precision_is_told(file, capsys):
    text = GOOD + "keep: headline\nprecision: {indicator: ed_visits, half_width: 50}\n"
    file.write_text(text, encoding="utf-8")
    assert study(file) == 0
    assert "Precisionen är nådd: skillnadens intervall för Akutbesök är som bredast ±0" in capsys.readouterr().err


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_made(file, capsys):
    assert main(["study", str(file), "--replications", "0", "--x", "1"]) == 2
    told = capsys.readouterr().err
    for part in ("--out: måste anges", "--replications", '"--x"'):
        assert part in told
    assert not file.with_name("ut").exists()
