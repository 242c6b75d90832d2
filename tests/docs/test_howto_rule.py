"""A rule of care as the how-to says, carried out in a copy of the sources; small systems live by it there."""

import json
from pathlib import Path

import pytest
from carried_out import ROOT, carry_out, copied, run

HERE = Path(__file__).parent
PLAIN = {"NUMBA_DISABLE_JIT": "1", "paths": [str(HERE.parent / "verification")]}
PROGRAM = str(HERE / "lived_by_a_rule.py")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("copy"), "simulator")


@pytest.fixture(scope="module")
def files(copy):
    return carry_out("howto-rule.md", copy)


@pytest.fixture(scope="module")
def lived(copy, files):  # noqa: ARG001 - the blocks must be in place
    run(ROOT, PROGRAM, "keep", str(copy), **PLAIN)
    return json.loads(run(copy, PROGRAM, "compare", str(copy), **PLAIN))


def test_seven_files_are_touched(files):
    assert files[0] == []
    assert [Path(name).name for name in files[1]] == [
        "parameters.csv", "rules.py", "randomness.py", "record.py", "appointments.py", "practice.py",
        "dataset_local.py",
    ]  # fmt: skip


def test_a_share_of_nought_leaves_every_bit(lived):
    assert lived["changed"] == []
    assert lived["share"] == 0


def test_the_rule_acts(lived):
    assert lived["missed"] > 20
    assert lived["moved"] > 8


def test_the_reference_tells_the_same(lived):
    assert lived["told_otherwise"] == []


def test_the_results_have_the_tally(lived):
    assert lived["dims"] == ["month", "municipality", "age_group"]
    assert lived["sum"] == 7
    assert "Uteblivna planerade läkarbesök" in lived.values()


def test_the_new_code_is_formatted(copy, files):
    changed = [str(copy / name) for name in files[1] if name.endswith(".py")]
    for check in (("format", "--check"), ("check",)):
        run(copy, "-m", "ruff", *check, "--config", str(ROOT / "pyproject.toml"), *changed)
