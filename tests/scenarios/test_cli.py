"""The program itself: misuse, help, what is loaded, odd terminals and readers."""

import subprocess
import sys
from pathlib import Path

import pytest
from command_line import printed, python

from scenarios.cli import COMMANDS, main


@pytest.mark.parametrize("arguments", [[], ["hjälp"], ["compare"], ["run"], ["run", "nulage", "--out"]])
def test_misuse_is_told_and_ends_with_2(arguments, capsys):
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out + shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_in_swedish(command, capsys):
    text = printed(capsys, command, "--help")
    assert text.startswith(f"Användning: naravard {command}")
    assert "visa den här hjälpen" in text


def test_help_loads_nothing_heavy():
    code = (
        "import sys\n"
        "from scenarios.cli import COMMANDS, main\n"
        "main(['--help'])\n"
        "for command in COMMANDS:\n"
        "    main([command.name, '--help'])\n"
        "print(*sys.modules)\n"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"numpy", "pandas", "xarray", "numba", "pydantic", "rich", "babel", "streamlit"})


def test_a_terminal_that_knows_only_ascii_still_gets_an_answer():
    done = python("-m", "scenarios.cli", "scenarios", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "nulage" in done.stdout


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    script = tmp_path / "head.sh"
    script.write_text(f"{sys.executable} -m scenarios.cli levers | head -n 1\n")
    done = subprocess.run(["sh", str(script)], capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.stdout.startswith("own_gp_patience_days")
    assert "Traceback" not in done.stderr
