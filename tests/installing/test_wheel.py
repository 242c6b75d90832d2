"""The wheel: every source and every table that the project needs away from its repository, and nothing else."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("setuptools", minversion="77", reason="the wheel is built by setuptools of the extra test")

ROOT = Path(__file__).parents[2]
PACKAGES = ("simulator", "scenarios", "calibration")
BUILD = "from setuptools.build_meta import build_wheel; build_wheel('out')"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel of a copy, since building leaves files beside the sources."""
    copy = tmp_path_factory.mktemp("project")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    subprocess.run([sys.executable, "-c", BUILD], cwd=copy, check=True, capture_output=True)
    (made,) = (copy / "out").glob("*.whl")
    return made


def test_all_that_lies_in_the_packages_is_in_the_wheel_and_nothing_else(wheel):
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == there | {"app.py"}


def test_what_was_unpacked_elsewhere_knows_its_regions_and_strategies(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    for command, word in ((["scenarios"], "kontinuitet"), (["validate-region", "template"], "")):
        done = subprocess.run(
            [sys.executable, "-I", "-c", RUN, str(tmp_path / "installed"), *command],
            cwd=tmp_path, env=os.environ | {"COLUMNS": "200"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert word in done.stdout
        assert str(tmp_path / "installed") in done.stderr


RUN = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from scenarios import cli
print(cli.__file__, file=sys.stderr)
sys.exit(cli.main(sys.argv[1:]))
"""
