"""Cells against their profile: ten times too much in one, another unit in a whole column, zeros, other rows' values."""

from __future__ import annotations

import pytest
from slips import causes, cell, changed, row, said_of, scaled, tables_of

from simulator.region.table_schema import Table


@pytest.mark.parametrize("code", ["kalmar", "template"])
def test_nothing_is_said_of_a_shipped_pack(code):
    assert said_of(code) == []


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("conditions", "prevalence_women"), ("acute_care", "admission_share"), ("care_settings", "home_nursing"),
        ("care_settings", "special_housing"), ("need_rates", "needs_per_person_year"),
        ("staff_ages", "turnover_factor"), ("followup_board", "country_value"), ("season", "factor"),
    ],
)  # fmt: skip
def test_a_share_in_the_unit_of_per_cent_is_refused_once_for_the_column(name, column):
    (finding,) = changed("template", name, column, scaled(0.01))
    assert finding.refused
    assert (finding.problem.column, finding.problem.line, finding.problem.rule) == (column, 0, "level")
    assert "procent angivet som andel" in finding.problem.cause


def test_the_opposite_is_told_as_the_opposite():
    (finding,) = changed("template", "care_settings", "special_housing", scaled(100))
    assert "andel angiven i procent?" in finding.problem.cause


@pytest.mark.parametrize(
    ("name", "column", "keys"),
    [
        ("acute_care", "admission_share", {"age_group": "0-17"}),
        ("care_settings", "home_nursing", {"age_group": "75-79", "rub": 3}),
        ("conditions", "prevalence_men", {"condition": "copd"}),
        ("mortality", "deaths_per_person_year", {"sex": "men", "age": 60}),
        ("parameters", "high", {"name": "work.sick_leave_share"}),
        ("costs", "high", {"name": "bed_day"}),
        ("footprints", "minutes", {"contact": "ed_visit", "profession": "hospital_physician"}),
    ],
)
@pytest.mark.parametrize(("factor", "said"), [(10, "tio gånger för stort"), (0.1, "tio gånger för litet")])
def test_ten_times_in_one_cell_is_told_with_line_value_and_range(name, column, keys, factor, said):
    index = row("template", name, **keys)
    findings = changed("template", name, column, cell(index, factor))
    assert [f.problem for f in findings if f.problem.line == index + 2 and said in f.problem.cause], findings
    assert all(" till " in f.problem.allowed for f in findings if f.problem.rule == "range")


@pytest.mark.parametrize(
    ("name", "column"),
    [("acute_care", "stay_factor"), ("care_settings", "home_nursing"), ("conditions", "prevalence_men"),
     ("municipal_care", "housing_places"), ("municipal_care", "receptions_per_day")],
)  # fmt: skip
def test_a_column_of_zeros_is_refused(name, column):
    findings = changed("template", name, column, scaled(0))
    assert [f.problem.rule for f in findings if f.refused] == ["zeros"]


def test_one_cell_far_from_the_others_is_told_though_its_range_allows_it():
    index = row("kalmar", "need_rates", stream="gp", age_group="70-74", rub=3)
    (finding,) = changed("kalmar", "need_rates", "needs_per_person_year", cell(index, 1.9))
    assert (finding.refused, finding.problem.rule, finding.problem.row) == (False, "alone", "gp 70-74 3")


def test_a_count_is_judged_by_the_people_there_are():
    """Ten times the patients is odd in a county, and so is the county's number in the smallest region."""
    index = row("template", "parameters", name="segment.chronic")
    county = tables_of("kalmar")["parameters"]["value"][row("kalmar", "parameters", name="segment.chronic")]
    (finding,) = changed("template", "parameters", "value", lambda v: [*v[:index], county, *v[index + 1 :]])
    assert finding.refused
    assert finding.problem.row == "segment.chronic"


def test_a_parameter_that_the_simulator_asks_for_is_missed():
    tables = tables_of("template")
    index = row("template", "parameters", name="team.caseload")
    cut = {column: [*v[:index], *v[index + 1 :]] for column, v in tables["parameters"].columns.items()}
    findings = said_of("template", parameters=Table("parameters.csv", cut))
    assert [str(f.problem) for f in findings if f.refused] == [
        'parameters.csv, kolumn name: angivet "team.caseload saknas"; väntat: en rad'
    ]


@pytest.mark.parametrize(
    ("name", "column"),
    [("acute_care", "admission_share"), ("care_settings", "special_housing"), ("need_rates", "needs_per_person_year"),
     ("hospital_mix", "share"), ("conditions", "prevalence_men"), ("fertility", "births_per_woman_year")],
)  # fmt: skip
@pytest.mark.parametrize("step", [1, -1])
def test_values_one_row_away_from_theirs_are_told(name, column, step):
    findings = changed("kalmar", name, column, lambda v: [*v[step:], *v[:step]])
    assert findings
    assert all(f.problem.file == f"{name}.csv" for f in findings)


@pytest.mark.parametrize(
    ("name", "first", "second", "said"),
    [
        ("conditions", "prevalence_men", "prevalence_women", "män och kvinnor förväxlade?"),
        ("acute_care", "stay_factor", "treatment_factor", "stay_factor och treatment_factor förväxlade?"),
        ("care_settings", "home_nursing", "special_housing", "home_nursing och special_housing förväxlade?"),
        ("medication_reviews", "rub_4", "rub_5", "rub_4 och rub_5 förväxlade?"),
    ],
)
def test_two_columns_in_each_others_place_are_told(name, first, second, said):
    tables = tables_of("kalmar")
    table = tables[name]
    swapped = {**table.columns, first: table[second], second: table[first]}
    findings = said_of("kalmar", **{name: Table(table.file, swapped)})
    assert said in causes(findings, f"{name}.csv")


def test_two_rows_with_each_others_values_are_told():
    a, b = (row("template", "conditions", condition=name) for name in ("diabetes", "depression"))

    def exchange(values):
        values[a], values[b] = values[b], values[a]
        return values

    (finding,) = changed("template", "conditions", "age_slope", exchange)
    assert finding.problem.row == "depression, diabetes"
    assert finding.problem.cause == "två raders värden förväxlade?"
