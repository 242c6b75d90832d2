"""The table in its four forms."""

import csv
import io
import json

import pytest
from fake_engine import FakeEngine

from scenarios.text.records import to_csv, to_json
from scenarios.text.terminal import console
from scenarios.validation import report
from scenarios.validation.evaluation import evaluate, simulate_today, summary_sv
from scenarios.validation.targets import targets_of


@pytest.fixture(scope="module")
def targets():
    return targets_of("kalmar")


@pytest.fixture(scope="module")
def results(targets):
    return evaluate(simulate_today(FakeEngine(), "kalmar", 1, 2), targets)


def test_every_figure_is_one_line_for_programs(targets, results):
    rows = json.loads(to_json(report.lines(targets, results)))
    assert [row["key"] for row in rows] == [target.key for target in targets]
    assert [
        row["key"] for row in csv.DictReader(io.StringIO(to_csv(report.lines(targets, results), report.ObservedFigure)))
    ] == [target.key for target in targets]
    row = next(row for row in rows if row["key"] == "akutbesok_i_lanet")
    assert row["status"] == "computed"
    assert row["observed"] == 65_000
    assert (row["observed_low"], row["observed_high"]) == (55_000, 70_000)
    assert row["within_15_per_cent"] is False
    assert row["difference"] == pytest.approx(row["simulated"] / 65_000 - 1)
    survey = next(row for row in rows if row["role"] == "none")
    assert survey["status"] == report.NOT_COMPARED
    assert survey["simulated"] is None
    assert survey["reason"]


def test_the_page_has_every_figure_and_the_sum(targets, results):
    page = report.markdown(targets, results, "naravard validate", 2)
    assert summary_sv(results) in page
    for target in targets:
        assert f"| {target.label_sv} |" in page, target.key
    tables = [block for block in page.split("\n\n") if block.startswith("|")]
    for table in tables:
        assert len({line.replace("\\|", "").count("|") for line in table.splitlines()}) == 1


def test_what_lies_outside_has_its_reason(targets, results):
    page = report.markdown(targets, results, "naravard validate", 2)
    outside = page.split("## Utanför 15 procent, och varför")[1].split("\n## ")[0]
    wrong = [r for r in results if r.target.role == "check" and r.status == "computed" and not r.within]
    assert wrong
    for result in wrong:
        assert f"| {result.target.label_sv} |" in outside
        assert report.reason_sv(result) in outside


def test_the_terminal_shows_checks_reasons_and_the_sum(results):
    shown = console()
    with shown.capture() as captured:
        report.print_results(shown, results)
    text = captured.get()
    assert "Akutbesök i länet" in text
    assert "Beräknas inte än: " in text
    assert text.rstrip().endswith(summary_sv(results))
    assert "Folkmängd 31 december 2022" not in text


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (65432.1, "65\xa0432"), (12.34, "12,3"), (1.234, "1,23"), (0.1234, "0,123")]
)
def test_a_figure_has_about_three_digits(value, text):
    assert report.shown(value) == text
