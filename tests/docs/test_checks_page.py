"""The page of the 45 checks: all there once, every test there is, every figure measured, the page current."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from calibration.checks.check import Check
from calibration.checks.measured import Measurement, OfTest, keep, keep_tests, read
from calibration.checks.page import CHECKS, CHECKS_PAGE, SIGNS, SUITE, figure_of, of_tests, page, signs

ROOT = Path(__file__).parents[2]
TESTS = sorted({test for check in CHECKS for test in check.tests})


def functions(file):
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")}


def test_the_page_is_the_one_that_would_be_made_now():
    assert (ROOT / "docs" / CHECKS_PAGE).read_text("utf-8") == page(), "run: python -m calibration.checks"


def test_all_45_stand_there_once_in_order():
    assert [check.number for check in CHECKS] == list(range(1, 46))
    rows = [line for line in page().splitlines() if line.startswith("| ") and line.split(" | ")[0][2:].isdigit()]
    assert [int(row.split(" | ")[0][2:]) for row in rows] == list(range(1, 46))


def test_every_check_is_carried_out_or_says_why_not():
    for check in CHECKS:
        assert check.tests or check.commands or check.missing_sv, check.number
        assert check.says_sv.endswith("."), check.number
        assert not check.missing_sv or check.missing_sv.endswith("."), check.number


@pytest.mark.parametrize("test", TESTS)
def test_every_test_that_is_named_exists(test):
    file, _, name = test.partition("::")
    assert (ROOT / file).is_file()
    assert functions(file)
    assert not name or name in functions(file)


def test_no_test_is_named_twice_in_a_check():
    for check in CHECKS:
        assert len(set(check.tests)) == len(check.tests), check.number


def test_every_command_was_run_and_its_file_is_there():
    for check in CHECKS:
        for name in set(check.commands) - {SIGNS}:
            words = read()[name].command.split()
            assert words[0] == "python"
            assert (ROOT / words[1]).is_file(), words[1]


def test_what_failed_when_it_was_measured_does_not_stand_there_in_silence():
    assert {name for name, told in read()[SUITE].tests.items() if told.failed} == set()


TOLD = {
    "tests/a/test_x.py::test_one": OfTest(3, 0, 0, 1.26, {"away": [0.5, 0.25, 1]}),
    "tests/a/test_x.py::test_two": OfTest(1, 2, 1, 100.0, {"away": [2]}),
    "tests/b/test_y.py::test_one": OfTest(7, 0, 0, 1.0, {"away": [9]}),
}
MEASURED = {
    SUITE: Measurement("python a.py", "2026-11-29", "1+x", 2, tests=TOLD),
    "kills": Measurement(
        "python b.py", "2026-11-29", "1+x", 2, {"kills": 1500, "p95": 2.5, "how": "gick väl"}, note_sv="Not."
    ),
}  # fmt: skip
CHECK = Check(
    number=1,
    area="x",
    says_sv="X.",
    tests=("tests/a/test_x.py",),
    commands=("kills",),
    figure_sv="{away.least} {away.most} {away.sum} {away.count}; {kills.kills} {kills.p95} {kills.how}",
)


def test_figures_are_those_of_its_own_tests_and_commands():
    told = "4 prov gick igenom, 2 hoppades över, 1 gick inte igenom, 100 s. 0,25 2 3,75 4; 1\xa0500 2,5 gick väl Not."
    assert figure_of(CHECK, MEASURED) == told
    one = replace(CHECK, tests=("tests/a/test_x.py::test_one",), figure_sv="{away.most}", commands=())
    assert figure_of(one, MEASURED) == "3 prov gick igenom, 1,3 s. 1"
    assert list(of_tests(one.tests, TOLD)) == ["tests/a/test_x.py::test_one"]


def test_what_was_not_measured_yet_is_said():
    more = replace(CHECK, tests=("tests/a/test_x.py", "tests/c/test_z.py::test_new"), figure_sv="", commands=())
    assert "1 av 2 ställen är inte uppmätta än" in figure_of(more, MEASURED)
    assert "2 av 2 ställen är inte uppmätta än" in figure_of(more, {})


def test_a_figure_that_nobody_measured_is_noticed():
    with pytest.raises((KeyError, AttributeError)):
        figure_of(replace(CHECK, figure_sv="{kills.nothing}"), MEASURED)
    with pytest.raises(KeyError):
        figure_of(replace(CHECK, figure_sv="{nothing.most}"), MEASURED)


def test_what_is_kept_is_read_and_tests_not_run_now_keep_theirs(tmp_path):
    keep("kills", "python b.py", {"kills": 3}, "Not.", tmp_path)
    keep_tests(SUITE, "python a.py", {"t::a": OfTest(1), "t::b": OfTest(2)}, folder=tmp_path)
    keep_tests(SUITE, "python a.py", {"t::b": OfTest(3, figures={"n": [1.5]})}, folder=tmp_path)
    found = read(tmp_path)
    assert set(found) == {"kills", SUITE}
    assert (found["kills"].figures, found["kills"].note_sv, found["kills"].command) == (
        {"kills": 3},
        "Not.",
        "python b.py",
    )
    assert found[SUITE].tests == {"t::a": OfTest(1), "t::b": OfTest(3, figures={"n": [1.5]})}


def test_signs_are_counted_on_the_page_of_levers():
    counts = signs().figures
    assert counts["expected"] > 10
    assert sum(counts.values()) < 200
