import math

import pytest

from scenarios.levers.registry import LEVERS
from scenarios.places.register import PARAMETERS, entries_named, entries_of
from scenarios.places.register_words import CODES_SV, COLUMNS_SV, FAMILIES_SV, TABLES_SV, UNITS_SV, unit_sv
from simulator.region.pack import load_region
from simulator.region.table_schema import read_description, read_tables


@pytest.fixture(scope="module")
def region():
    return load_region("kalmar")


@pytest.fixture(scope="module")
def entries(region):
    return entries_of(region)


@pytest.fixture(scope="module")
def by_name(entries):
    return {entry.name: entry for entry in entries}


def test_every_parameter_is_an_entry_with_its_figures(region, by_name):
    for p in region.parameter_table:
        entry = by_name[p.name]
        assert (entry.table, entry.value, entry.grade, entry.source) == (PARAMETERS, p.value, p.grade, p.source)
        assert entry.low == (None if math.isnan(p.low) else p.low)
        assert entry.area == FAMILIES_SV[p.name.split(".")[0]]


def test_names_are_their_own(entries, by_name):
    assert len(by_name) == len(entries)


def test_every_table_is_told(entries):
    assert {entry.table for entry in entries} == {PARAMETERS, *TABLES_SV}


def test_every_entry_has_words_grade_and_source(entries):
    for entry in entries:
        assert entry.label, entry.name
        assert entry.grade in "ABC", entry.name
        assert entry.source, entry.name
        assert entry.area, entry.name


def test_figures_of_tables_have_names_of_places(by_name):
    beds = by_name["hospitals.kalmar.beds"]
    assert (beds.label, beds.value, beds.unit) == ("Länssjukhuset i Kalmar, vårdplatser", 299, "vårdplatser")
    assert by_name["hospitals.kalmar.ed_places"].grade == "C"
    assert by_name["staff_ages.20.turnover_factor"].label == "20–24 år, faktor på avgångar"
    assert by_name["season.gp.1.factor"].label == "Läkarbehov, januari, faktor"
    assert by_name["catchments.0840.hospital"].value == "Länssjukhuset i Kalmar"
    assert by_name["footprints.gp_visit.gp.minutes"].value == "som consultation.gp_minutes"


def test_a_unit_cost_has_its_range_and_the_year_of_its_price(region, by_name):
    entry, cost = by_name["costs.gp_visit"], region.costs["gp_visit"]
    assert (entry.value, entry.low, entry.high) == (cost.value, cost.low, cost.high)
    assert entry.label.endswith("2022 års pris")
    assert entry.unit == "kronor per besök"


def test_what_cannot_be_read_is_nothing(by_name):
    assert by_name["home_nursing_gp.0821.rub_4"].value is None


def test_a_long_table_is_told_by_column(region, by_name):
    entry = by_name["population.persons"]
    assert (entry.low, entry.high) == (region.population.min(), region.population.max())
    assert entry.value is None
    assert "2\xa0424 tal" in entry.label


def test_every_unit_and_code_of_the_pack_has_swedish_words(region):
    problems = []
    description = read_description(region.folder, problems)
    tables = read_tables(region.folder, description, problems)
    assert not problems
    for resource in description["resources"]:
        table = tables[resource["name"]]
        units = {field.get("unit", "") for field in resource["schema"]["fields"]}
        units |= set(table.columns.get("unit", [])) if resource["name"] != "staff" else set()
        assert units <= set(UNITS_SV), resource["name"]
        for key in set(resource["schema"]["primaryKey"]) & set(CODES_SV):
            if "label_sv" not in table.columns and (key != "name" or resource["name"] == "published_totals"):
                assert set(table[key]) <= set(CODES_SV[key]), (resource["name"], key)
        assert {c for c in table.columns if not c.endswith(("_source", "_grade"))} <= {*COLUMNS_SV, "label_sv",
            "distribution"} or resource["name"] == PARAMETERS  # fmt: skip


def test_a_unit_that_is_not_known_stands_as_it_is():
    assert unit_sv("parsec") == "parsec"
    assert unit_sv(None) == ""


def test_parameters_by_name_come_in_order_without_those_that_the_pack_lacks(region):
    names = ("team.death_ratio", "no.such", "mortality.level")
    assert [entry.name for entry in entries_named(region, names)] == ["team.death_ratio", "mortality.level"]


def test_levers_have_evidence_to_show():
    assert all(lever.evidence or lever.effects for lever in LEVERS.values())
