"""The container's file: who runs in it, what is installed, how it is asked whether it lives."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.cli import COMMANDS
from scenarios.commands.arguments import read_arguments

ROOT = Path(__file__).parents[2]
FILE = ROOT / "Containerfile"
HADOLINT = shutil.which(
    "hadolint", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
)


@pytest.fixture(scope="module")
def steps():
    """Return instructions and what they say, in order, of the last stage those after its FROM."""
    text = re.sub(r"^#.*\n", "", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def last(steps, instruction):
    return [said for name, said in steps if name == instruction][-1]


def test_it_is_installed_by_hash_and_nothing_else_is_fetched(steps):
    installs = [said for name, said in steps if name == "RUN" and "pip install" in said]
    assert ["--require-hashes" in said or "--no-index" in said for said in installs] == [True, True]
    assert "curl" not in FILE.read_text(encoding="utf-8")


def test_it_does_not_run_as_root(steps):
    names = [name for name, _ in steps]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", last(steps, "USER"))
    assert names.index("USER") < names.index("ENTRYPOINT")


def test_what_is_kept_lies_on_one_volume_that_is_the_users_alone(steps):
    volume = last(steps, "VOLUME")
    kept = dict(re.findall(r"(\w+)=(\S+)", last(steps, "ENV")))
    for variable in ("XDG_CACHE_HOME", "NARAVARD_CACHE", "NARAVARD_SCENARIOS"):
        assert Path(volume) in Path(kept[variable]).parents, variable
    assert f"-m 0700 {volume}" in last(steps, "RUN")


def test_it_starts_the_app_on_the_port_that_is_told_and_asked(steps):
    program, words = json.loads(last(steps, "ENTRYPOINT")), json.loads(last(steps, "CMD"))
    assert program == ["naravard"]
    (command,) = [command for command in COMMANDS if command.name == words[0]]
    given, problems = read_arguments(command, words[1:])
    assert problems == []
    assert (str(given.port), given.address, given.headless) == (last(steps, "EXPOSE"), "0.0.0.0", True)
    asked = last(steps, "HEALTHCHECK").partition("CMD ")[2]
    ast.parse(json.loads(asked)[2])
    assert f":{given.port}/_stcore/health" in asked


def test_all_that_is_copied_is_let_in(steps):
    let_in = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    copied = [word for name, said in steps if name == "COPY" and "--from" not in said for word in said.split()[:-1]]
    assert sorted(copied) == sorted(let_in)
    assert all((ROOT / name).exists() for name in copied)


@pytest.mark.skipif(HADOLINT is None, reason="hadolint is not installed: pip install naravard[lint]")
def test_hadolint_has_nothing_to_say():
    done = subprocess.run([HADOLINT, str(FILE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
