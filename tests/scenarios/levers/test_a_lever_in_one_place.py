"""A lever is one record: in a copy of the sources one record is added to one file, and everything knows it.

It is the record that the page on how to add a lever shows. Its control has a lever in another area: how much more
emergency care is needed is a stress test.
"""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from scenarios.levers.registry import LEVERS

ROOT = Path(__file__).parents[3]
PACKAGES = ("simulator", "scenarios", "calibration")
NAME, FILE = "vaccination", "scenarios/levers/prevention.py"
STRATEGY = """\
name: vaccination
label_sv: Vaccination
question_sv: Vad ger vaccination?
description_sv: Fler vaccineras.
rationale: Prov.
levers:
  - {lever: vaccination, value: 0.95, start: 2028-01-01, reach: {age_groups: ["75-79", "90+"]}}
"""


def record() -> str:
    """Return the record of the page on how to add a lever, with the next number that is free."""
    page = (ROOT / "docs" / "howto-lever.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    free = max(lever.number for lever in LEVERS.values()) + 1
    return textwrap.indent(re.sub(r"number=\d+", f"number={free}", shown.rstrip()), "    ") + ",\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """Return a copy of the sources with one record more."""
    folder = tmp_path_factory.mktemp("copy")
    for package in (*PACKAGES, "tests/scenarios/levers"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.zip"))
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.endswith("\n)\n"), "the records are the last thing in their file"
    (folder / FILE).write_text(text.removesuffix(")\n") + record() + ")\n", encoding="utf-8")
    (folder / "own.yaml").write_text(STRATEGY, encoding="utf-8")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the sources of a folder."""
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def told(copy):
    """Return what the project says of the lever, without a simulation."""
    done = run(copy, str(Path(__file__).with_name("said_of_a_lever.py")), NAME, "own.yaml")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differing(package: str, copy: Path) -> list[str]:
    """Return the files of a package that the copy has otherwise than the project, or alone."""
    ahead, files = {package: filecmp.dircmp(ROOT / package, copy / package)}, list[str]()
    while ahead:
        folder, compared = ahead.popitem()
        files += [f"{folder}/{name}" for name in (*compared.diff_files, *compared.right_only)]
        ahead |= {f"{folder}/{name}": inner for name, inner in compared.subdirs.items()}
    return files


def test_one_file_is_touched(copy):
    assert [name for package in PACKAGES for name in differing(package, copy)] == [FILE]


def test_the_registry_ends_with_it(told):
    assert told["registry"][-1] == NAME


def test_the_page_shows_it_last_in_its_area_and_sets_it(told):
    page = told["page"]
    assert told["area"][-1] == NAME
    assert page["faults"] == []
    assert page["labels"][-1] == "Vaccination"
    assert page["value"] == 0.97
    assert any(text.startswith("0,97 gånger det väntade · motsvarar ") for text in page["texts"])


def test_the_schema_knows_its_name_and_bounds(told):
    assert told["schema"]["properties"]["lever"]["enum"][-1] == NAME
    value = told["schema"]["allOf"][-1]["then"]["properties"]["value"]
    assert (value["minimum"], value["maximum"]) == (0.9, 1)
    assert "Hur ofta akuta behov uppstår när fler vaccineras" in value["description"]


def test_the_register_has_a_row_and_a_section(told):
    assert f"[`{NAME}`](#{NAME}) | Vaccination | 0,9 | 1 | 1 | faktor" in told["register"]
    section = told["register"].partition(f"## {NAME}\n")[2]
    assert "sjukskötersketjänster för vaccination, `nurse_year`" in section
    assert "är inte läst; prova flera värden." in section


def test_its_chart_is_planned(told):
    assert f"{NAME}=0.9" in told["charts"]


def test_marks_and_today_are_told_in_swedish(told):
    assert told["marks"][1] == "Trolig: tre akuta behov av hundra"
    assert told["today"].startswith("I dag: omkring ")
    assert told["reached"].endswith(" behov om året")


def test_a_strategy_with_it_is_valid_makes_a_change_and_has_a_bill(told):
    (change,), (item,) = told["changes"], told["bill"]
    assert change[:5] == ["need_emergency", "multiply", 0.95, "2028-01-01", "2028-01-01"]
    assert len(change[7]) == 2, "age groups"
    assert item[0] == NAME
    assert item[2] > 0
    assert "sjukskötersketjänster för vaccination" in item[-1]


def test_the_tests_of_all_levers_find_it_and_pass(copy):
    (copy / "empty.ini").write_text("[pytest]\n", encoding="utf-8")
    settings = ("-q", "--noconftest", "-c", "empty.ini", "-p", "no:cacheprovider", "-k", f"[{NAME}]")
    done = run(copy, "-m", "pytest", *settings, "tests/scenarios/levers")
    assert done.returncode == 0, done.stdout
    assert int(done.stdout.split(" passed")[0].split()[-1]) > 15, done.stdout
