"""Indicators of need, home nursing and spread, each worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from fake_engine import figure_of

from scenarios.measures.figures import INDICATORS, Results

TOWNS, AGES, BANDS = ["a", "b"], ["40-64", "80-84"], ["0-3", "4", "5"]
ALIKE = ("scenario", "replication", "year")


def yearly(values: object, *dims: str) -> tuple[tuple[str, ...], np.ndarray]:
    """A yearly variable of 2022 and 2023, the same in both."""
    table = np.asarray(values, float)
    return (*ALIKE, *dims), np.broadcast_to(table, (1, 1, 2, *table.shape)).copy()


@pytest.fixture(scope="module")
def dataset() -> xr.Dataset:
    """Two municipalities of 1 000 people each: the first young, the second old."""
    people = np.zeros((2, 2, 2, 6))  # municipality, sex, age group, RUB
    people[0, :, :, 0], people[1, :, :, 0] = [450.0, 50.0], [300.0, 190.0]
    people[1, :, 1, 5] = 10.0
    ages = np.zeros((2, 2, 101))
    ages[:, :, 50], ages[:, :, 82] = people.sum(axis=-1)[..., 0], people.sum(axis=-1)[..., 1]
    cases = np.zeros((1, 1, 12, 2, 2))
    cases[..., 0, :], cases[..., 1, :] = [1.5, 1.0], [1.5, 8.0]  # a month: rates of 20 and 120, 30 and 240 per 1 000
    education = np.zeros((3, 2, 2))
    education[:] = [100.0, 50.0]
    deaths = np.zeros((3, 2, 2))
    deaths[0], deaths[1], deaths[2] = [2.0, 6.0], [1.0, 5.0], [1.0, 4.0]
    band = ("municipality", "rub_group")
    variables = {
        "population": yearly(ages, "municipality", "sex", "age"),
        "resource_band": yearly(people, "municipality", "sex", "age_group", "rub"),
        "multimorbid": yearly([[100, 30], [120, 90]], "municipality", "age_group"),
        "avoidable_admissions": (("scenario", "replication", "month", "municipality", "age_group"), cases),
        "home_nursing_patients": yearly(np.full((2, 2, 2), 12.0), "municipality", "sex", "age_group"),
        "special_housing_residents": yearly(np.full((2, 2, 2), 8.0), "municipality", "sex", "age_group"),
        "special_housing_with_gp": yearly([16, 32], "municipality"),
        "home_nursing_by_band": yearly([[24, 12, 12], [10, 20, 18]], *band),
        "home_nursing_gp_by_band": yearly([[20, 10, 6], [10, 14, 12]], *band),
        "home_nursing_plan_by_band": yearly([[0, 1, 2], [0, 0, 3]], *band),
        "home_nursing_75_by_band": yearly([[20, 10, 10], [10, 15, 15]], *band),
        "medication_reviews_by_band": yearly([[10, 5, 10], [5, 15, 15]], *band),
        "continuity_index_home_nursing": yearly([0.3, 0.5], "municipality"),
        "continuity_index": yearly([0.35, 0.5], "municipality"),
        "assessed_by_municipality": yearly([0.8, 0.95], "municipality"),
        "population_by_education": yearly(education, "education", "sex", "age_group"),
        "deaths_by_education": yearly(deaths, "education", "sex", "age_group"),
        "life_expectancy_30": yearly([[49, 53], [51, 54], [53, 56]], "education", "sex"),
    }
    coordinates = {
        "scenario": ["nulage"], "replication": [1], "year": [2022, 2023], "municipality": TOWNS, "age_group": AGES,
        "sex": ["men", "women"], "age": np.arange(101), "rub": np.arange(6), "rub_group": BANDS,
        "education": ["compulsory", "upper_secondary", "post_secondary"],
        "month": np.arange("2023-01", "2024-01", dtype="datetime64[M]").astype("datetime64[ns]"),
    }  # fmt: skip
    return xr.Dataset(variables, coordinates)


# Avoidable admissions at the county's ages, 1 500 of 40-64 and 500 of 80-84:
A, B = (1500 * 18 / 900 + 500 * 12 / 100) / 2000, (1500 * 18 / 600 + 500 * 96 / 400) / 2000
NINTH, FIRST = A + 0.9 * (B - A), A + 0.1 * (B - A)
WORKED_OUT = [
    ("multimorbid", 340),
    ("highest_need", 20),
    ("municipal_care_80_plus", 100 * 80 / 500),
    ("home_nursing_gp", 75.0),
    ("home_nursing_gp_rub_4", 100 * 24 / 32),
    ("home_nursing_gp_rub_5", 100 * 18 / 30),
    ("home_nursing_continuity", 0.4),
    ("medication_reviews", 75.0),
    ("home_nursing_plan", 100 * 6 / 96),
    ("special_housing_gp", 75.0),
    ("spread_assessed", 15.0),
    ("spread_continuity", 0.15),
    ("spread_avoidable", NINTH / FIRST),
    ("mortality_ratio_education", (2 * 2 / 100 + 6 / 50) / (2 / 100 + 4 / 50)),
    ("life_expectancy_gap", 3.5),
]
OF_EQUITY = [name for name, _ in WORKED_OUT]


@pytest.mark.parametrize(("name", "expected"), WORKED_OUT)
def test_an_indicator_is_what_can_be_worked_out_by_hand(dataset: xr.Dataset, name: str, expected: float) -> None:
    assert figure_of(dataset, name) == pytest.approx(expected)


@pytest.mark.parametrize("name", OF_EQUITY)
def test_dimensions_and_the_variables_that_are_read(dataset: xr.Dataset, name: str) -> None:
    one = INDICATORS[name]
    assert one.values(Results(dataset)).dims == ("scenario", "replication", "year")
    for variable in one.reads:
        with pytest.raises(KeyError):
            one.values(Results(dataset.drop_vars(variable)))


def test_an_older_municipality_is_no_worse_for_being_older(dataset: xr.Dataset) -> None:
    """The same rates by age in both: no spread, though one has far more admissions per inhabitant."""
    same = dataset["avoidable_admissions"].copy()
    same[..., 0, :], same[..., 1, :] = [9.0, 5.0], [6.0, 20.0]
    assert figure_of(dataset.assign(avoidable_admissions=same), "spread_avoidable") == pytest.approx(1.0)


def test_patients_weigh_the_continuity_of_municipalities(dataset: xr.Dataset) -> None:
    patients = dataset["home_nursing_patients"].copy()
    patients[..., 0, :, :] *= 3
    assert figure_of(dataset.assign(home_nursing_patients=patients), "home_nursing_continuity") == pytest.approx(0.35)
    missing = dataset["continuity_index_home_nursing"].copy()
    missing[..., 0] = np.nan
    without = dataset.assign(continuity_index_home_nursing=missing)
    assert figure_of(without, "home_nursing_continuity") == pytest.approx(0.5)
