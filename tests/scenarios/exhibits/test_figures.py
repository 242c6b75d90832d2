import dataclasses
from html.parser import HTMLParser

import pytest

from scenarios.exhibits import figures
from scenarios.measures.figures import INDICATORS


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


def test_a_row_an_indicator_and_a_column_a_scenario(answer):
    rows = Cells(figures.comparison_table(answer, ["ed_visits", "cost"], dark=False)).rows
    assert rows[0] == ["Mått", *answer.labels.values()]
    assert [row[0] for row in rows[1:]] == ["Akutbesökbesök", "Modellerad kostnad, totaltmiljoner kronor"]
    assert "bättre" in rows[1][2]
    assert "till" not in rows[1][1]


def test_every_indicator_can_be_shown(answer):
    names = [indicator.name for indicator in answer.indicators]
    assert len(Cells(figures.comparison_table(answer, names, dark=True)).rows) == len(names) + 1
    assert set(figures.HEADLINES) <= set(INDICATORS)


def test_one_replication_shows_no_interval(service):
    one = service.answer(service.library[:2], replications=1)
    rows = Cells(figures.comparison_table(one, ["ed_visits"], dark=False)).rows
    assert "utan intervall" in rows[1][2]
    assert "(" not in rows[1][2]


def test_a_compact_table_leaves_out_the_interval_of_values(answer):
    wide, compact = (figures.comparison_table(answer, ["ed_visits"], False, compact) for compact in (False, True))
    assert "nv-compact" in compact
    assert len(compact) < len(wide)


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b"])
def test_labels_are_text_and_never_markup(answer, label):
    shown = [dataclasses.replace(each, label=label) if each.name == "kontinuitet" else each for each in answer.shown]
    hostile = dataclasses.replace(answer, shown=tuple(shown))
    table = figures.comparison_table(hostile, ["ed_visits"], False)
    assert label not in table
    assert label in "".join(text for row in Cells(table).rows for text in row)


def test_the_strip_tells_differences_of_the_last_scenario_to_screen_readers(answer):
    told = figures.strip(answer, ["ed_visits", "cost"], dark=True)
    assert 'role="status"' in told
    assert "Akutbesök" in told
    assert "preliminärt" not in told
