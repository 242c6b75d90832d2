"""Figures as they are asked for: of a year, of a group, as a rate, worked out by hand."""

import numpy as np
import pytest
from fake_engine import tiny_dataset

from scenarios.measures.figure import UNLISTED
from scenarios.measures.figures import FIGURES, Results
from scenarios.measures.reading import OutsideYearsError, parse

PEOPLE = 2 * 101  # one person of each sex and age


@pytest.fixture(scope="module")
def data():
    """One replication: 1000 emergency visits in the first month, one more each month; the rest as written here."""
    months, years = 24, 3
    base = tiny_dataset([1000 + month for month in range(months)]).drop_dims(["rub", "rub_group", "condition"])
    of_month = {name: (("month", "municipality"), np.full((months, 1), value)) for name, value in {
        "births": 2.0, "home_help_recipients": 6.0,
        "discharges_to_municipality": 10.0, "discharges_same_day": 9.0, "discharge_ready_days": 5.0,
    }.items()}  # fmt: skip
    by_group = ("municipality", "age_group")
    of_group = {name: (("month", *by_group), np.tile([[1.0, value]], (months, 1, 1))) for name, value in {
        "deaths": 2.0, "avoidable_admissions": 3.0, "fall_admissions": 4.0, "hip_fractures": 5.0,
        "planned_admissions": 2.5,
    }.items()}  # fmt: skip
    of_hospital = {name: (("month", "hospital"), np.tile([1.0, value], (months, 1))) for name, value in {
        "specialist_visits_within_90_days": 7.0, "specialist_visits_first": 9.0, "planned_within_90_days": 2.0,
        "planned_admitted": 3.0, "ed_stay_median": 4.0,
    }.items()}  # fmt: skip
    of_year = {name: (("year", "municipality"), np.full((years, 1), value)) for name, value in {
        "upc": 0.4, "continuity_index_housing": 0.8, "persons_with_contact": 20.2, "home_nursing_patients": 30.0,
        "multimorbid": 40.4,
    }.items()}  # fmt: skip
    of_age = {name: (("year", *by_group), np.tile([[1.0, value]], (years, 1, 1))) for name, value in {
        "home_help_users": 5.0, "special_housing_residents": 7.0,
    }.items()}  # fmt: skip

    def by_band(values):
        return ("year", "municipality", "rub_group"), np.tile(values, (years, 1, 1))

    others = {
        "ed_acuity": (("month", "hospital", "acuity"), np.full((months, 2, 3), 31.0)),
        "need_segment": (("year", "municipality", "age_group", "segment"), np.full((years, 1, 2, 2), 6.0)),
        "with_condition": (("year", "condition"), np.full((years, 1), 10.1)),
        "resource_band": (("year", "rub"), np.array([[50.5, 151.5]] * years)),
        "home_nursing_by_band": by_band([10.0, 20.0]),
        "home_nursing_gp_by_band": by_band([9.0, 18.0]),
        "home_nursing_75_by_band": by_band([8.0, 12.0]),
        "medication_reviews_by_band": by_band([4.0, 9.0]),
        "fte_agency": (("year", "profession"), np.full((years, 2), 1.0)),
        "fte_posts": (("year", "profession"), np.full((years, 2), 12.5)),
        "complex_cost": (("year",), np.full(years, 4.0)),
        "total_cost": (("year",), np.full(years, 10.0)),
    }
    made = base.assign(of_month | of_group | of_hospital | of_year | of_age | others)
    made = made.assign_coords(segment=["a", "b"], condition=["x"], rub=[0, 1], rub_group=["4", "5"])
    return made.expand_dims(scenario=["nulage"], replication=[1])


ED = 12 * 1000 + 66
CASES = [
    ("population(year=2023)", PEOPLE),
    ("population(year=2023, age_from=80, age_to=89, municipality=0880)", 20),
    ("share_80_plus(year=2023)", 100 * 42 / PEOPLE),
    ("population(year=2023, age_from=80, base=40)", 5),
    ("births(year=2023)", 24),
    ("births(year=2023, municipality=0880)", 24),
    ("deaths(year=2024)", 36),
    ("need_segment(year=2022, segment=a)", 12),
    ("complex_needs_70_plus(year=2022)", 0),  # nobody is known to be that old, see below
    ("with_condition(year=2023, condition=x, per=100)", 5),
    ("multimorbid(year=2023, per=100)", 20),
    ("resource_band(year=2022, rub=1, per=100)", 75),
    ("ed_visits(year=2023)", ED),
    ("ed_visits(year=2023)", ED),
    ("ed_visits(year=2023, per=1000)", 1000 * ED / PEOPLE),
    ("ed_visits_per_day(year=2023, hospital=a)", 12 * 3 * 31 / 365),
    ("emergency_admission_share(year=2023)", 100 * (sum((1000 + m) // 3 for m in range(12)) - 42) / ED),
    ("ed_stay_median(year=2023)", (100 * 1 + 20 * 4) / 120),
    ("admissions(year=2023, per=100000)", 1e5 * sum((1000 + m) // 3 for m in range(12)) / PEOPLE),
    ("length_of_stay(year=2023)", ED / sum((1000 + m) // 3 for m in range(12))),
    ("bed_days(year=2023, per=1)", ED / PEOPLE),
    ("avoidable_admissions(year=2023, age_from=65, per=1000)", 1000 * 36 / 72),
    ("fall_admissions(year=2023, age_from=65, per=100)", 100 * 48 / 72),
    ("hip_fractures(year=2023, age_from=65, per=100)", 100 * 60 / 72),
    ("gp_contacts(year=2023, per=1)", 1200 / PEOPLE),
    ("physician_visits(year=2023, per=1)", (1200 + 12 * 2 * 2) / PEOPLE),
    ("planned_within_90_days(year=2023)", 75),
    ("specialist_within_90_days(year=2023)", 80),
    ("discharged_same_day(year=2023)", 90),
    ("discharge_ready_days_each(year=2023)", 0.5),
    ("upc(year=2023)", 0.4),
    ("continuity_housing(year=2023)", 80),
    ("persons_with_contact(year=2023)", 10),
    ("home_nursing_gp(year=2023)", 90),
    ("home_nursing_gp(year=2023, municipality=0880, rub_group=4)", 90),
    ("medication_reviews(year=2023)", 65),
    ("medication_reviews(year=2023, municipality=0880, rub_group=5)", 75),
    ("home_nursing_by_band(year=2022, rub_group=5)", 20),
    ("home_nursing_patients(year=2023)", 30),
    ("home_help_at_year_end(year=2023)", 6),
    ("municipal_care_65_plus(year=2023)", 100 * (30 + 8) / 72),
    ("social_service_65_plus(year=2023)", 100 * (6 + 8) / 72),
    ("social_service_80_plus(year=2023)", 0),  # nobody is known to be that old, see below
    ("complex_cost_share(year=2023)", 40),
    ("primary_care_cost_share(year=2023, payer=region)", 25),
    ("fte_agency(year=2023, profession=nurse)", 1),
    ("gps(year=2023, per=100000)", 1e5 * 10 / PEOPLE),
    ("inhabitants_per_gp(year=2023)", PEOPLE / 10),
    ("inhabitants_per_gp_with_agency(year=2023)", PEOPLE / 11),
    ("gp_vacancy(year=2023)", 20),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_reading_is_what_can_be_worked_out_by_hand(data, text, expected):
    reading, results = parse(text), Results(data)
    assert reading.missing(results) == []
    values = reading.of_year(results)
    assert values.dims == ("scenario", "replication")
    assert float(values.item()) == pytest.approx(expected)
    assert float(reading.values(results).sel(year=reading.year).item()) == pytest.approx(expected)


def test_people_of_80_and_over_are_those_of_the_groups_that_begin_there(data):
    older = data.assign_coords(age_group=["0-79", "80+"])
    values = parse("social_service_80_plus(year=2023)").of_year(Results(older))
    assert float(values.item()) == pytest.approx(100 * (5 + 7) / 42)


def test_people_of_70_and_over_are_those_of_the_groups_that_begin_there(data):
    older = data.assign_coords(age_group=["0-69", "70+"])
    assert float(parse("complex_needs_70_plus(year=2022)").of_year(Results(older)).item()) == pytest.approx(50)


def test_all_that_no_table_shows_are_worked_out_above():
    assert {text.split("(")[0] for text, _ in CASES} >= set(FIGURES[UNLISTED])


@pytest.mark.parametrize("text", ["population(year=2031)", "ed_visits(year=2022)", "ed_visits(year=2025)"])
def test_a_year_that_is_not_there_is_said_to_be_outside(data, text):
    with pytest.raises(OutsideYearsError):
        parse(text).of_year(Results(data))


def test_half_a_year_is_no_year(data):
    with pytest.raises(OutsideYearsError):
        parse("ed_visits(year=2024)").of_year(Results(data.isel(month=slice(0, 18))))


def test_what_is_not_there_is_named(data):
    thin = Results(data.drop_vars(["upc", "home_help_recipients", "population"]))
    assert parse("upc(year=2023)").missing(thin) == ["upc"]
    assert parse("home_help_at_year_end(year=2023)").missing(thin) == ["home_help_recipients"]
    assert parse("ed_visits(year=2023, per=1000)").missing(thin) == ["population"]
    by_place = data.assign(home_help_users=data["home_help_users"].sum("age_group"))
    assert parse("social_service_80_plus").missing(Results(by_place)) == ["home_help_users:age_group"]


def test_a_group_of_a_figure_that_is_of_an_age_itself(data):
    assert float(parse("population_80_plus(year=2023, age_from=90)").of_year(Results(data)).item()) == 2 * 11
    assert float(parse("population_80_plus(year=2023, age_from=50)").of_year(Results(data)).item()) == 2 * 21


@pytest.mark.parametrize(
    "text",
    [
        "ed_visits(year=2023, municipality=9999)", "upc(year=2023, age_from=80)", "cost(year=2023, municipality=0880)",
        "gps(year=2023, profession=nurse)",
    ],
)  # fmt: skip
def test_a_group_that_is_not_known_is_refused(data, text):
    with pytest.raises(KeyError, match="not known"):
        parse(text).of_year(Results(data))


@pytest.mark.parametrize(
    "text",
    [
        "nothing(year=2023)", "ed_visits(year=soon)", "ed_visits(year=2023, age=3)",
        "ed_visits(year=2023); import os", "ed_visits(", "",
    ],
)  # fmt: skip
def test_a_reading_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match=r"no figure|takes|invalid literal"):
        parse(text)


def test_years_and_rates_are_numbers_and_groups_are_labels():
    reading = parse("births(year=2023, municipality=0880, per=1000)")
    assert (reading.year, reading.per, reading.group) == (2023, 1000, {"municipality": "0880"})
    assert (parse("births").year, parse("births()").group) == (0, {})
