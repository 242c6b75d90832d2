"""Every measure on results that can be worked out by hand."""

import numpy as np
import pytest
import xarray as xr
from fake_engine import tiny_dataset

from scenarios.validation.measure import MEASURES, OutsideYearsError, measure
from scenarios.validation.targets import parse

PEOPLE = 2 * 101  # one person of each sex and age


@pytest.fixture(scope="module")
def data():
    """One replication: 1000 emergency visits in the first month, one more each month; the rest as written here."""
    months, years = 24, 3
    base = tiny_dataset([1000 + month for month in range(months)]).drop_dims(["rub", "rub_group"])
    of_month = {name: (("month", "municipality"), np.full((months, 1), value)) for name, value in {
        "births": 2.0, "home_help_recipients": 6.0,
        "discharges_to_municipality": 10.0, "discharges_same_day": 9.0, "discharge_ready_days": 5.0,
    }.items()}  # fmt: skip
    by_group = ("municipality", "age_group")
    of_group = {name: (("month", *by_group), np.tile([[1.0, value]], (months, 1, 1))) for name, value in {
        "deaths": 2.0, "avoidable_admissions": 3.0, "fall_admissions": 4.0, "hip_fractures": 5.0,
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
        "resource_band": (("year", "rub"), np.array([[1.0, 3.0]] * years)),
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
    return made.expand_dims(replication=[1])


ED = 12 * 1000 + 66
CASES = [
    ("population(year=2023)", PEOPLE),
    ("population(year=2023, age_from=80, age_to=89, municipality=0880)", 20),
    ("population_share(year=2023, age_from=80)", 100 * 42 / PEOPLE),
    ("growth(year=2023, age_from=80, base=40)", 5),
    ("births(year=2023)", 24),
    ("births(year=2023, municipality=0880)", 24),
    ("deaths(year=2024)", 36),
    ("segment(year=2022, name=a)", 12),
    ("complex_aged(year=2022, age_from=65)", 50),
    ("condition_share(year=2023, condition=x)", 5),
    ("multimorbid_share(year=2023)", 20),
    ("resource_band_share(year=2022, rub=1)", 75),
    ("indicator(year=2023, name=ed_visits)", ED),
    ("ed_visits(year=2023)", ED),
    ("ed_visits_per_1000(year=2023)", 1000 * ED / PEOPLE),
    ("ed_visits_per_day(year=2023, hospital=a)", 12 * 3 * 31 / 365),
    ("emergency_admission_share(year=2023)", 100 * (sum((1000 + m) // 3 for m in range(12)) - 48) / ED),
    ("ed_stay_median(year=2023)", (100 * 1 + 20 * 4) / 120),
    ("admissions_per_100000(year=2023)", 1e5 * sum((1000 + m) // 3 for m in range(12)) / PEOPLE),
    ("length_of_stay(year=2023)", ED / sum((1000 + m) // 3 for m in range(12))),
    ("bed_days_per_person(year=2023)", ED / PEOPLE),
    ("avoidable_admissions(year=2023, age_from=65, per=1000)", 1000 * 36 / 72),
    ("fall_admissions(year=2023, age_from=65, per=100)", 100 * 48 / 72),
    ("hip_fractures(year=2023, age_from=65)", 100 * 60 / 72),
    ("gp_visits_per_inhabitant(year=2023)", 1200 / PEOPLE),
    ("physician_visits_per_inhabitant(year=2023)", (1200 + 12 * 2 * 2) / PEOPLE),
    ("planned_within_90_days(year=2023)", 75),
    ("specialist_within_90_days(year=2023)", 80),
    ("discharge_same_day(year=2023)", 90),
    ("discharge_ready_days(year=2023)", 0.5),
    ("upc(year=2023)", 0.4),
    ("continuity_housing(year=2023)", 80),
    ("share_with(year=2023, name=persons_with_contact)", 10),
    ("home_nursing_gp_share(year=2023)", 90),
    ("home_nursing_gp_share(year=2023, municipality=0880, rub=4)", 90),
    ("medication_review_share(year=2023)", 65),
    ("medication_review_share(year=2023, municipality=0880, rub=5)", 75),
    ("home_nursing_band(year=2022, rub=5)", 20),
    ("yearly_persons(year=2023, name=home_nursing_patients)", 30),
    ("municipal_care_share(year=2023)", 100 * (30 + 8) / 72),
    ("social_service_share(year=2023)", 100 * (6 + 8) / 72),
    ("social_service_share_80(year=2023)", 0),  # nobody is known to be that old, see below
    ("complex_cost_share(year=2023)", 40),
    ("cost_share(year=2023, level=primary_care, payer=region)", 25),
    ("agency_fte(year=2023, profession=nurse)", 1),
    ("gp_per_100000(year=2023)", 1e5 * 10 / PEOPLE),
    ("listed_per_gp(year=2023, agency=0)", PEOPLE / 10),
    ("listed_per_gp(year=2023, agency=1)", PEOPLE / 11),
    ("gp_vacancy(year=2023)", 20),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_measure_is_what_can_be_worked_out_by_hand(data, text, expected):
    comparison = parse(text)
    assert comparison.missing(data) == ()
    values = comparison.measure.compute(data, **comparison.arguments)
    assert values.dims == ("replication",)
    assert float(values.item()) == pytest.approx(expected)


def test_people_of_80_and_over_are_those_of_the_groups_that_begin_there(data):
    older = data.assign_coords(age_group=["0-79", "80+"])
    values = parse("social_service_share_80(year=2023)").measure.compute(older, 2023)
    assert float(values.item()) == pytest.approx(100 * (5 + 7) / 42)


def test_all_are_worked_out_above():
    assert {text.split("(")[0] for text, _ in CASES} == set(MEASURES)


@pytest.mark.parametrize("text", ["population(year=2031)", "ed_visits(year=2022)", "ed_visits(year=2025)"])
def test_a_year_that_is_not_there_is_said_to_be_outside(data, text):
    comparison = parse(text)
    with pytest.raises(OutsideYearsError):
        comparison.measure.compute(data, **comparison.arguments)


def test_half_a_year_is_no_year(data):
    with pytest.raises(OutsideYearsError):
        parse("ed_visits(year=2024)").measure.compute(data.isel(month=slice(0, 18)), 2024)


def test_what_is_not_there_is_named(data):
    thin = data.drop_vars(["upc", "home_help_recipients"])
    assert parse("upc(year=2023)").missing(thin) == ("upc",)
    assert parse("yearly_persons(year=2023, name=home_help_recipients)").missing(thin) == ("home_help_recipients",)
    by_place = data.assign(home_help_users=data["home_help_users"].sum("age_group"))
    assert parse("social_service_share_80(year=2023)").missing(by_place) == ("home_help_users:age_group",)


def test_a_name_can_be_registered_once():
    def ed_visits(data: xr.Dataset) -> xr.DataArray:
        return data["ed_visits"]

    with pytest.raises(ValueError, match="already registered"):
        measure()(ed_visits)
