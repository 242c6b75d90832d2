import csv
import dataclasses
import io
from html.parser import HTMLParser

import pytest

from scenarios.indicators import INDICATORS
from scenarios.pages import figures


class Cells(HTMLParser):
    """Text of every cell of a table, row by row."""

    def __init__(self, text):
        super().__init__()
        self.rows = []
        self.feed(text)

    def handle_starttag(self, tag, _attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def parsed(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_row_an_indicator_and_a_column_a_scenario(answer):
    rows = Cells(figures.comparison_table(answer, ["ed_visits", "cost"], dark=False)).rows
    assert rows[0] == ["Indikator", *answer.labels.values()]
    assert [row[0] for row in rows[1:]] == ["Akutbesökbesök", "Kostnad, totaltmiljoner kronor"]
    assert "sämre" in rows[1][2]
    assert "till" not in rows[1][1]


def test_every_indicator_can_be_shown(answer):
    names = [indicator.name for indicator in answer.indicators]
    assert len(Cells(figures.comparison_table(answer, names, dark=True)).rows) == len(names) + 1
    assert set(figures.HEADLINES) <= set(INDICATORS)


def test_one_replication_shows_no_interval(bench, request_of, finished):
    key = bench.submit(request_of(1), "a")
    finished(bench, key)
    rows = Cells(figures.comparison_table(bench.answer(key), ["ed_visits"], dark=False)).rows
    assert "utan intervall" in rows[1][2]
    assert "(" not in rows[1][2]


def test_the_table_of_an_indicator_has_its_monte_carlo_error(answer):
    rows = Cells(figures.indicator_table(answer, INDICATORS["ed_visits"], dark=False)).rows
    assert rows[0][-1] == "Medelfel"
    assert len(rows) == 1 + 8 * 3


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b"])
def test_labels_are_text_and_never_markup(answer, label):
    hostile = dataclasses.replace(answer, labels={**answer.labels, "kontinuitet": label})
    for table in (
        figures.comparison_table(hostile, ["ed_visits"], False),
        figures.indicator_table(hostile, INDICATORS["ed_visits"], False),
    ):
        assert label not in table
        assert label in "".join(text for row in Cells(table).rows for text in row)


def test_csv_is_what_a_swedish_excel_opens(answer):
    content = figures.to_csv(answer, [INDICATORS["ed_visits"]])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = parsed(content)
    assert len(rows) == 8 * 3
    row = next(row for row in rows if row["År"] == "2030" and row["Scenario"] == "Kontinuitet")
    record = next(r for r in answer.of("ed_visits", 2030) if r.scenario == "kontinuitet")
    assert float(row["Värde"].replace(",", ".")) == pytest.approx(record.value)
    assert float(row["Skillnad"].replace(",", ".")) == pytest.approx(record.difference)
    assert row["Replikationer"] == "3"
    assert rows[0]["Skillnad"] == ""


@pytest.mark.parametrize("label", ["=1+1", "+x", "-x", "@x", "\tx"])
def test_csv_holds_no_formula(answer, label):
    hostile = dataclasses.replace(answer, labels={**answer.labels, "kontinuitet": label})
    names = {row["Scenario"] for row in parsed(figures.to_csv(hostile, hostile.indicators))}
    assert f"'{label}" in names
    assert label not in names
