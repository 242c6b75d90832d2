"""Odd terminals, logs and readers: every sign is written, every width can be read, and what is lost is told."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import printed, python
from fake_engine import REGION, FakeEngine
from read_once import read_once

import scenarios.running.batch
import scenarios.running.compilation
import scenarios.running.region
from scenarios.cli import main

CLI = ("-m", "scenarios.cli")
FULL = Path("/dev/full")
ENCODINGS = ("cp1252", "ascii", "latin-1", "cp850")


def simulate_with_the_stand_in(monkeypatch):
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: REGION)
    monkeypatch.setattr(scenarios.running.batch, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.compilation, "kernels_are_compiled", lambda: True)


@pytest.fixture(autouse=True)
def shared_reading(monkeypatch):
    read_once(monkeypatch)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    out = tmp_path_factory.mktemp("console") / "first"
    with pytest.MonkeyPatch.context() as monkeypatch:
        simulate_with_the_stand_in(monkeypatch)
        arguments = ["run", "bemanning-1100", "nulage", "--out", str(out), "--replications", "3", "--workers", "1"]
        assert main(arguments) == 0
    return str(out)


def asked(text):
    """Return how many questions there are in a text of the project's own."""
    return text.count("?")


def written(monkeypatch, encoding, *arguments):
    """Return what a command writes to a console with an encoding, as that console shows it."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding=encoding) for name in ("stdout", "stderr")}
    with monkeypatch.context() as patch:
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        main(list(arguments))
        return "".join(stream.buffer.getvalue().decode(encoding) for stream in streams.values() if not stream.flush())


NEGATIVE = ("--baseline", "bemanning-1100", "--indicator", "ed_visits")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_negative_numbers_keep_their_sign_in_every_encoding(result, monkeypatch, encoding):
    monkeypatch.setenv("COLUMNS", "100")
    table = written(monkeypatch, encoding, "compare", result, *NEGATIVE)
    assert re.search(r"[–-]720 +[–-]720 till [–-]720", table)
    assert "?" not in table


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_arrows_and_everything_else_on_the_board_too(result, monkeypatch, capsys, encoding):
    questions = asked(printed(capsys, "board", result))
    board = written(monkeypatch, encoding, "board", result)
    assert "^^ vv 5 procent" in board
    assert "> (" in board
    assert asked(board) == questions


@pytest.mark.parametrize(
    "arguments",
    [
        ["scenarios"],
        ["levers"],
        ["--help"],
        ["run", "--help"],
        ["compare", "finns-inte"],
        ["run", "nulge", "--out", "x"],
    ],
    ids=" ".join,
)
def test_lists_help_and_refusals_have_no_sign_that_became_a_question(monkeypatch, arguments, capsys):
    main(arguments)
    questions = asked("".join(capsys.readouterr()))
    for encoding in ENCODINGS:
        assert asked(written(monkeypatch, encoding, *arguments)) == questions


def test_json_stays_what_it_is_where_the_console_has_no_such_sign(result, monkeypatch):
    text = written(monkeypatch, "ascii", "board", result, "--format", "json")
    text = text[: text.rindex("]") + 1]  # what follows was told, not printed
    assert any("å" in row["label"] for row in json.loads(text))


@pytest.mark.parametrize("columns", ["0", "1", "abc", "-5", "", "39", "999999999", "99999999999999999999", "²", "1e3"])
def test_no_width_that_a_terminal_may_claim_hides_anything(result, monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    table = printed(capsys, "compare", result, *NEGATIVE)
    assert "−720" in table
    assert max(map(len, table.splitlines())) <= 400


def test_a_terminal_as_wide_as_it_says(result, monkeypatch, capsys):
    widths = {}
    for columns in ("60", "80", "140"):
        monkeypatch.setenv("COLUMNS", columns)
        widths[columns] = max(map(len, printed(capsys, "compare", result, *NEGATIVE).splitlines()))
    assert widths["60"] <= 60
    assert widths["80"] <= 80
    assert 100 < widths["140"] <= 140


# --- what does not come through


def run(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE):
    return subprocess.run([sys.executable, *CLI, *arguments], stdout=stdout, stderr=stderr, text=True, check=False)


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["scenarios", "--help"])
def test_a_full_disk_behind_the_output_is_told(command):
    with FULL.open("w") as full:
        done = run(command, stdout=full)
    assert done.returncode == 1
    assert done.stderr == "Utskriften kom inte fram i sin helhet: disken är full.\n"


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_behind_messages_changes_nothing_else():
    with FULL.open("w") as full:
        assert run("finns-inte", stderr=full).returncode == 2
        assert run("--version", stderr=full).stdout.startswith("naravard")


def test_a_reader_that_has_gone_is_told_without_a_traceback():
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        done = run("levers", stdout=gone)
    assert done.returncode == 1
    assert done.stderr == "Utskriften kom inte fram i sin helhet: den som läste utskriften slutade läsa.\n"


def test_without_any_output_a_command_does_its_work(tmp_path):
    script = "import sys; sys.stdout = sys.stderr = None\nfrom scenarios.cli import main\n"
    out = tmp_path / "schema.json"
    done = python("-c", f"{script}raise SystemExit(main(['schema', '--out', {str(out)!r}]) + main(['scenarios']))")
    assert (done.returncode, out.exists()) == (0, True)


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_log_that_takes_no_more_does_not_stop_a_simulation(tmp_path, monkeypatch, capsys):
    simulate_with_the_stand_in(monkeypatch)
    out = tmp_path / "first"
    with FULL.open("w", buffering=1) as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", full)
        assert main(["run", "nulage", "--out", str(out), "--replications", "2", "--workers", "1"]) == 0
    assert (out / "results.nc").exists()
    assert "Akutbesök" in capsys.readouterr().out
