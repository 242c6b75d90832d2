"""Figures of habits that make ill and of new cases, each worked out by hand on two municipalities."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from fake_engine import figure_of

from scenarios.measures.figure import BY_MUNICIPALITY
from scenarios.measures.figures import FIGURES, INDICATORS, Results

ALIKE = ("scenario", "replication", "year")
PLACE = ("municipality", "age_group")


def yearly(values: object, *dims: str) -> tuple[tuple[str, ...], np.ndarray]:
    """A yearly variable of 2022 and 2023, the same in both."""
    table = np.asarray(values, float)
    return (*ALIKE, *dims), np.broadcast_to(table, (1, 1, 2, *table.shape)).copy()


@pytest.fixture(scope="module")
def dataset() -> xr.Dataset:
    """A thousand children in each of two municipalities, and 400 and 600 adults."""
    ages = np.zeros((2, 2, 101))
    ages[:, 0, 17], ages[0, 1, 18], ages[1, 1, 60] = 1000.0, 400.0, 600.0
    variables = {
        "population": yearly(ages, "municipality", "sex", "age"),
        "daily_smokers": yearly([[0, 20], [6, 54]], *PLACE),
        "with_obesity": yearly([[0, 100], [30, 60]], *PLACE),
        "at_great_risk": yearly([[0, 50], [10, 20]], *PLACE),
        "new_cases": yearly([[1, 10, 100], [2, 20, 200]], "municipality", "condition"),
    }
    coordinates = {
        "scenario": ["nulage"], "replication": [1], "year": [2022, 2023], "municipality": ["a", "b"],
        "age_group": ["18-39", "40-64"], "sex": ["men", "women"], "age": np.arange(101),
        "condition": ["copd", "diabetes", "stroke"],
    }  # fmt: skip
    return xr.Dataset(variables, coordinates)


WORKED_OUT = [
    ("daily_smokers", 80),
    ("with_obesity", 190),
    ("at_great_risk", 80),
    ("new_diabetes", 30),
    ("new_copd", 3),
]


@pytest.mark.parametrize(("name", "expected"), WORKED_OUT)
def test_an_indicator_is_what_can_be_worked_out_by_hand(dataset: xr.Dataset, name: str, expected: float) -> None:
    assert figure_of(dataset, name) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "expected"), [("daily_smokers", [5, 10]), ("with_obesity", [25, 15]), ("at_great_risk", [12.5, 5])]
)
def test_by_municipality_habits_are_a_share_of_adults(dataset: xr.Dataset, name: str, expected: list[float]) -> None:
    found = FIGURES[BY_MUNICIPALITY][name].values(Results(dataset)).sel(year=2023)[0, 0]
    assert found.values.tolist() == pytest.approx(expected)


def test_the_group_at_risk_says_that_the_county_has_no_definition() -> None:
    assert "ingen definition" in FIGURES[BY_MUNICIPALITY]["at_great_risk"].note_sv
    assert INDICATORS["at_great_risk"].label_sv == "Invånare som löper stor risk för ohälsa"


def test_a_region_that_does_not_tell_a_condition_apart_has_no_new_cases_of_it(dataset: xr.Dataset) -> None:
    other = dataset.assign_coords(condition=["x", "diabetes", "stroke"])
    assert np.isnan(figure_of(other, "new_copd"))
    assert figure_of(other, "new_diabetes") == 30
