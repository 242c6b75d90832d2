"""The follow-up board continued: printed figures, the model today and later, what is not modelled."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.exhibits.board import board_chart, board_html
from scenarios.exhibits.board.board_lines import Value, as_printed, lines, printed, projected, summaries, turned
from scenarios.findings.board import DOWN_LARGE, UNCHANGED, UP
from scenarios.strategies.period import THIS_YEAR


@pytest.fixture
def found(answer, county):
    return {line.row.indicator: line for line in lines(county.followup_board, answer)}


def test_every_row_of_the_board_is_there_once(found, county):
    assert list(found) == [row.indicator for row in county.followup_board]


def test_surveys_say_that_they_are_not_modelled(found):
    assert "enkät" in found["trust"].status
    assert found["trust"].later == ()
    assert "modelleras inte" in found["talk_therapy_children"].status


def test_the_model_is_told_today_and_in_the_last_year(found, answer):
    line = found["continuity_chronic"]
    assert (line.today.year, line.today.scenario) == (THIS_YEAR, "nulage")
    assert [value.scenario for value in line.later] == list(answer.labels)
    assert {value.year for value in line.later} == {answer.last_year}
    assert line.later[0].difference is None
    for value in line.later[1:]:
        assert value.difference_low <= value.difference <= value.difference_high


def test_figures_are_those_of_the_indicator(found, answer):
    record = answer.record("continuity_index", "kontinuitet", 2030)
    value = next(value for value in found["continuity_chronic"].later if value.scenario == "kontinuitet")
    assert value.value == pytest.approx(record.value, rel=1e-3)
    assert value.difference == pytest.approx(record.difference, rel=1e-2)
    assert value.verdict == "better"


def test_a_first_answer_has_no_board(answer, county):
    with pytest.raises(ValueError, match="board"):
        lines(county.followup_board, replace(answer, details=None))


def test_what_is_not_known_is_said_not_made_up(answer, county):
    details = answer.details.copy(deep=True)
    details["board"].loc[{"board_indicator": "home_help"}] = np.nan
    rows = [row for row in county.followup_board if row.indicator == "home_help"]
    (line,) = lines(rows, replace(answer, details=details))
    assert (line.status, line.today, line.later) == ("beräknas inte än", None, ())


def test_one_replication_has_no_interval_and_no_verdict(answer, county):
    details = answer.details.isel(replication=slice(0, 1))
    line = lines(county.followup_board, replace(answer, details=details))[1]
    assert line.later[1].low is None
    assert line.later[1].verdict == "unknown"
    assert not line.later[1].sure


@pytest.mark.parametrize(
    ("indicator", "told"),
    [
        ("assessed_within_3_days", ["87\u00a0% (2022)", "riket 82\u00a0%, länet ligger över",
                                    "riket tidigare 84\u00a0% (2019), sedan dess ▼ lägre"]),
        ("continuity_chronic", ["0,39 (år ej tryckt)", "riket 0,40, länet ligger under",
                                "riket tidigare 0,37 (2019), sedan dess ▲▲ mycket högre"]),
        ("home_help", ["4 656 (2020)", "riket 160 511", "riket tidigare 171 809 (2019), sedan dess ▼▼ mycket lägre"]),
        ("survey_contact_daily", ["ingen siffra tryckt"]),
        ("home_nursing_gp", ["92,5\u00a0% (2025)"]),
    ],
)  # fmt: skip
def test_printed_figures_are_as_they_were_printed(found, indicator, told):
    assert [text.replace("\u00a0", " ") for text in printed(found[indicator].row)] == [
        text.replace("\u00a0", " ") for text in told
    ]


def value(**changed):
    return Value(**({"scenario": "x", "year": 2030, "value": 1.0, "low": 0.9, "high": 1.1} | changed))


@pytest.mark.parametrize(
    ("arrow", "sure", "told"),
    [
        (None, True, ""),
        (UP, True, "ökar"),
        (DOWN_LARGE, False, "minskar mycket, inte säkert"),
        (UNCHANGED, False, "oförändrat"),
    ],
)
def test_an_arrow_has_words(arrow, sure, told):
    assert turned(value(arrow=arrow, sure=sure)) == told


def test_the_summary_counts_every_modelled_indicator(found, answer):
    told = dict(summaries(list(found.values()), answer))
    assert list(told) == [label for name, label in answer.labels.items() if name != "nulage"]
    assert all(text.startswith("Av 13 beräknade mått 2030: ") for text in told.values())


def test_the_tables_have_all_rows_and_all_years(found, answer):
    everything = list(found.values())
    exhibits = as_printed(everything), projected(everything, answer)
    for exhibit in exhibits:
        assert all(set(row) <= {column.field for column in exhibit.columns} for row in exhibit.rows)
    assert [row["label"] for row in exhibits[0].rows] == [line.row.label_sv for line in everything]
    assert len(exhibits[1].rows) == sum(bool(line.all_years) for line in everything) * 3 * len(answer.years)


# --- on the page


def test_the_page_has_a_section_for_each_shift_and_says_what_is_good(found, answer):
    html = board_html.board(list(found.values()), answer, False)
    assert html.count("<section>") == 6
    assert html.count("högre är bättre") > html.count("lägre är bättre") > 0
    assert "procentenheter" in html
    assert "Följs upp genom enkät, modelleras inte." in html


def test_names_of_scenarios_are_escaped(found, answer):
    shown = tuple(replace(each, label=f"<i>{each.name}</i>") for each in answer.shown)
    assert "<i>" not in board_html.board(list(found.values()), replace(answer, shown=shown), True)


@pytest.mark.parametrize("indicator", ["continuity_chronic", "avoidable_admissions", "gp_continuity_home_nursing"])
@pytest.mark.parametrize("dark", [False, True])
def test_an_indicator_is_drawn_with_its_printed_figure_where_the_year_is_known(found, answer, indicator, dark):
    exhibit = board_chart.by_year(found[indicator], answer)
    spec = exhibit.draw(dark)
    marked = indicator == "avoidable_admissions"
    assert ("tryckt siffra" in str(spec)) == marked
    assert ("tryckta siffra 2020 är 532" in exhibit.alt) == marked
    assert len(exhibit.rows) == 3 * len(answer.years)
    assert set(spec["datasets"])
