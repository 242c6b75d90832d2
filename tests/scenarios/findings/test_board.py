"""The follow-up board continued with results."""

import csv
import io
import json
import math

import pytest
from fake_engine import tiny_dataset

from scenarios.findings.board import (
    DERIVED,
    DOWN,
    DOWN_LARGE,
    OWN_UNITS,
    SHIFTS_SV,
    STATUS_SV,
    UNCHANGED,
    UP,
    UP_LARGE,
    BoardFigure,
    arrow,
    board_text,
    in_own_unit,
    make_board,
)
from scenarios.text.records import to_csv, to_json


@pytest.fixture(scope="module")
def rows(county):
    return county.followup_board


@pytest.fixture(scope="module")
def dataset():
    one = tiny_dataset([1000 + 10 * month for month in range(36)])
    return one.expand_dims(scenario=["nulage", "kontinuitet"], replication=[1, 2])


@pytest.fixture(scope="module")
def figures(rows, dataset):
    return make_board(rows, dataset)


def of(figures, indicator):
    return [figure for figure in figures if figure.indicator == indicator]


def test_the_board_of_may_2022_has_its_four_shifts_and_every_row_that_can_be_read(rows):
    of_2022 = [row for row in rows if "May 2022" in row.source]
    assert [len([row for row in of_2022 if row.shift == shift]) for shift in list(SHIFTS_SV)[:4]] == [4, 4, 4, 3]
    assert {row.shift for row in rows} == set(SHIFTS_SV)
    assert len([row for row in rows if row.shift == "collaboration_survey"]) == 7


def test_every_derived_row_has_what_it_is_worked_out_by(rows):
    assert {row.indicator for row in rows if row.kind == "derived"} == set(DERIVED)


def test_a_survey_is_stated_and_never_made_up(figures):
    surveys = [figure for figure in figures if figure.status == "survey"]
    assert len(surveys) == 5 + 7
    for figure in surveys:
        assert figure.statement == "följs upp genom enkät, modelleras inte"
        assert figure.value is None
        assert figure.arrow is None


def test_every_row_is_there_once_or_by_scenario_and_year(rows, figures):
    assert list(dict.fromkeys(figure.indicator for figure in figures)) == [row.indicator for row in rows]
    found = of(figures, "admissions")
    expected = [(scenario, year) for scenario in ("nulage", "kontinuitet") for year in (2023, 2024, 2025)]
    assert [(figure.scenario, figure.year) for figure in found] == expected


def test_figures_and_arrows_follow_the_results(figures):
    first, second, _ = of(figures, "admissions")[:3]
    assert first.value == pytest.approx(1e5 * sum((1000 + 10 * m) // 3 for m in range(12)) / 202)
    assert first.low == first.high == pytest.approx(first.value)
    assert first.arrow is None  # no year before
    assert second.arrow == UP_LARGE
    later = [figure for figure in of(figures, "continuity_chronic") if figure.year and figure.year > 2023]
    assert {figure.arrow for figure in later} == {UNCHANGED}
    assert (first.latest, first.latest_year, first.country, first.earlier_year) == (15907, None, 13190, 2018)


def test_what_the_results_lack_is_said_to_be_missing(figures):
    (housing,) = of(figures, "continuity_housing")
    assert (housing.status, housing.statement, housing.value) == ("not_yet", STATUS_SV["not_yet"], None)


@pytest.mark.parametrize(
    ("before", "after", "decimals", "expected"),
    [
        (100, 105, 0, UP_LARGE), (100, 104.9, 0, UP), (100, 100.4, 0, UNCHANGED), (100, 95, 0, DOWN_LARGE),
        (100, 96, 0, DOWN), (0.39, 0.40, 2, UP), (0.391, 0.394, 2, UNCHANGED), (0.37, 0.39, 2, UP_LARGE),
        (0, 0, 0, UNCHANGED), (0, 1, 0, UP_LARGE),
    ],
)  # fmt: skip
def test_arrows_tell_more_or_less_than_five_per_cent(before, after, decimals, expected):
    assert arrow(before, after, decimals) == expected


def test_scenarios_and_years_can_be_chosen(rows, dataset):
    chosen = of(make_board(rows, dataset, ["kontinuitet"], [2025]), "admissions")
    assert [(figure.scenario, figure.year) for figure in chosen] == [("kontinuitet", 2025)]
    assert chosen[0].arrow == UP_LARGE


def test_the_text_tells_figure_statement_and_reading(figures):
    text = board_text(figures, {"nulage": "Nuläge"})
    assert text.startswith("FRÅN FOKUS PÅ ORGANISATION")
    assert "Bedömning på vårdcentral inom 3 dagar: 87,0\u00a0% (2022), riket 82,0\u00a0%" in text
    plan = text.split("Andel patienter med individuell plan: 0,37\u00a0% (2021), riket 0,13\u00a0%")[1]
    assert "beräknas inte än" not in plan.split("Samtalsbehandling")[0]
    assert "    Nuläge\n      2023  " in text
    assert "Samtalsbehandling för barn med depression och ångest: ingen siffra" in text


def test_programs_get_every_figure(figures):
    assert len(json.loads(to_json(figures))) == len(figures)
    rows = csv.DictReader(io.StringIO(to_csv(figures, BoardFigure)))
    assert [row["indicator"] for row in rows] == [figure.indicator for figure in figures]


def test_a_unit_of_the_models_own_stands_where_the_board_printed_nothing(county):
    row = next(row for row in county.followup_board if row.indicator == "gp_continuity_home_nursing")
    assert (row.unit, in_own_unit(row).unit) == ("%", "index")
    assert all(math.isnan(row.region_value) for row in county.followup_board if row.indicator in OWN_UNITS)
