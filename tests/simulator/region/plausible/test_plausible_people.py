"""Who lives in a region: generations, sexes, deaths, births and moves that agree."""

from __future__ import annotations

import numpy as np
import pytest
from slips import causes, cell, changed, row, said_of, scaled, tables_of, with_column

HEADCOUNTS = ("population", "population_2024", "population_county_2015")


def by_sex(values):
    return np.array(values).reshape(-1, 2, 101)


def other_sex(values):
    return by_sex(values)[:, ::-1].ravel().tolist()


def older(values):
    return np.roll(by_sex(values), 1, axis=-1).ravel().tolist()


@pytest.mark.parametrize("code", ["kalmar", "template"])
@pytest.mark.parametrize("name", HEADCOUNTS)
def test_men_in_womens_rows_are_told(code, name):
    findings = changed(code, name, "persons", other_sex)
    assert "män och kvinnor förväxlade?" in causes(findings, f"{name}.csv")


@pytest.mark.parametrize("code", ["kalmar", "template"])
@pytest.mark.parametrize("name", HEADCOUNTS[:2])
def test_people_a_year_too_old_are_told_since_generations_do_not_fit(code, name):
    findings = changed(code, name, "persons", older)
    assert "cohorts" in {f.problem.rule for f in findings}
    assert "raderna förskjutna ett steg?" in causes(findings, f"{name}.csv") + causes(findings, "population.csv")


@pytest.mark.parametrize("code", ["kalmar", "template"])
def test_men_who_die_less_than_women_are_refused(code):
    findings = changed(code, "mortality", "deaths_per_person_year", other_sex)
    assert [f.problem.rule for f in findings if f.refused] == ["sexes"]


@pytest.mark.parametrize("step", [1, -1])
def test_deaths_of_another_age_are_told_by_the_infants(step):
    findings = changed(
        "template", "mortality", "deaths_per_person_year", lambda v: np.roll(by_sex(v), step, -1).ravel().tolist()
    )
    assert any("men" in f.problem.row or f.problem.rule == "shifted" for f in findings)


def test_mortality_rises_with_age():
    rates = by_sex(tables_of("template")["mortality"]["deaths_per_person_year"]).copy()
    rates[0, 0, 60:65] = rates[0, 0, 50:55]
    findings = changed("template", "mortality", "deaths_per_person_year", lambda _: rates.ravel().tolist())
    assert {"men 60-64"} == {f.problem.row for f in findings if f.problem.rule == "rising"}


@pytest.mark.parametrize(
    ("name", "column"), [("in_migration", "persons_per_year"), ("out_migration", "departures_per_person_year")]
)
def test_ten_times_the_moves_of_one_age_are_told(name, column):
    index = row("kalmar", name, municipality="0880", sex="women", age=24)
    findings = changed("kalmar", name, column, cell(index, 10))
    assert [(f.problem.line, f.problem.row) for f in findings if f.problem.rule == "range"] == [
        (index + 2, "0880 women 24")
    ]


def test_few_people_move_by_chance():
    """In a small town nobody of an age moves one year and three the next: counts, which are whole, are not told."""
    tables = tables_of("template")
    counts = np.random.default_rng(2030).poisson(tables["in_migration"]["persons_per_year"]).tolist()
    findings = said_of("template", in_migration=with_column("template", "in_migration", "persons_per_year", counts))
    assert {f.problem.rule for f in findings} <= {"net_migration_for_published"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("births_2023", "births_for_fertility"),
        ("immigration_2022_q4", "immigration_per_1000"),
        ("net_domestic_migration_2023", "net_domestic_per_1000"),
        ("population_80_plus_2015", "people_80_plus_2015_for_table"),
    ],
)
def test_a_published_total_is_held_against_the_people(name, said):
    index = row("kalmar", "published_totals", name=name)
    findings = changed("kalmar", "published_totals", "value", cell(index, 10))
    assert said in {f.problem.rule for f in findings}


def test_a_net_loss_with_the_sign_of_a_gain_is_told():
    index = row("kalmar", "published_totals", name="net_domestic_migration_2023")
    findings = changed("kalmar", "published_totals", "value", cell(index, -1))
    assert {f.problem.rule for f in findings} == {"net_migration_for_published"}


def test_another_level_of_mortality_is_no_problem():
    assert changed("template", "mortality", "deaths_per_person_year", scaled(1.15)) == []
