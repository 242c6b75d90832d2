"""Staff, beds and places for those they serve, and what is followed up."""

from __future__ import annotations

import pytest
from slips import cell, changed, row, said_of, scaled, tables_of

from simulator.region.table_schema import Table


def rules(findings):
    return {f.problem.rule for f in findings}


@pytest.mark.parametrize(
    ("keys", "factor"),
    [
        ({"unit": "0880", "profession": "home_help"}, 10),
        ({"unit": "kalmar", "unit_kind": "hospital", "profession": "hospital_nurse"}, 0.1),
        ({"unit": "torsas", "profession": "gp"}, 10),
        ({"unit": "torsas", "profession": "nurse"}, 0.1),
    ],
)
def test_ten_times_the_posts_of_one_unit_are_told(keys, factor):
    index = row("kalmar", "staff", **keys)
    findings = changed("kalmar", "staff", "posts_fte", cell(index, factor))
    assert index + 2 in {f.problem.line for f in findings}
    assert all(f.problem.cause for f in findings)


@pytest.mark.parametrize(("column", "factor"), [("posts_fte", 0.01), ("posts_fte", 10), ("vacancy", 0.01)])
def test_another_unit_in_all_of_staff_is_told(column, factor):
    assert changed("kalmar", "staff", column, scaled(factor))


@pytest.mark.parametrize("column", ["vacancy", "agency_share", "posts_fte"])
def test_staff_without_any_is_told_and_only_what_no_region_can_be_without_is_refused(column):
    findings = changed("kalmar", "staff", column, scaled(0))
    assert "zeros" in rules(findings)
    assert not any(f.refused for f in findings)


def test_twice_the_vacancies_are_no_problem():
    assert changed("kalmar", "staff", "vacancy", lambda values: [min(2 * v, 0.6) for v in values]) == []


def test_a_centre_without_residents_is_no_problem():
    index = row("kalmar", "staff", unit="torsas", profession="resident")
    assert changed("kalmar", "staff", "posts_fte", cell(index, 0)) == []


@pytest.mark.parametrize("column", ["housing_places", "short_term_places", "receptions_per_day"])
@pytest.mark.parametrize("factor", [10, 0.1])
def test_places_of_one_municipality_are_held_against_its_aged_and_the_others(column, factor):
    index = row("kalmar", "municipal_care", municipality="0880")
    findings = changed("kalmar", "municipal_care", column, cell(index, factor))
    assert (index + 2, "0880") in {(f.problem.line, f.problem.row) for f in findings}


@pytest.mark.parametrize("step", [1, -1])
def test_municipalities_with_the_next_ones_places_are_told(step):
    findings = changed("kalmar", "municipal_care", "housing_places", lambda v: [*v[step:], *v[:step]])
    assert findings


def test_beds_are_held_against_the_people_and_places_against_the_beds():
    assert "beds_per_1000" in rules(changed("template", "hospitals", "beds", scaled(10)))
    assert "ed_places_per_1000" in rules(changed("template", "hospitals", "ed_places", scaled(10)))


def test_the_country_in_the_regions_column_is_told():
    board = tables_of("kalmar")["followup_board"]
    columns = {**board.columns, "region_value": board["country_value"], "country_value": board["region_value"]}
    findings = said_of("kalmar", followup_board=Table(board.file, columns))
    assert "kolumnerna region_value och country_value förväxlade?" in {f.problem.cause for f in findings}


def test_per_cent_as_a_share_on_the_board_is_told():
    index = row("kalmar", "followup_board", indicator="trust")
    (finding,) = changed("kalmar", "followup_board", "region_value", cell(index, 0.01))
    assert "procent angivet som andel" in finding.problem.cause
    assert str(finding.problem).startswith("followup_board.csv rad 6, kolumn region_value (trust)")


def test_a_total_that_its_parts_cannot_give_is_told():
    """The table printed 36.7 % for RUB 4 in Högsby, which with 87.4 % of all nobody's figures can give."""
    index = row("kalmar", "home_nursing_gp", municipality="0821")
    findings = changed("kalmar", "home_nursing_gp", "rub_4", lambda v: [*v[:index], 0.367, *v[index + 1 :]])
    assert "parts" in rules(findings)
