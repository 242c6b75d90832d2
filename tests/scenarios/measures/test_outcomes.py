"""Indicators of outcomes, discharge, municipal care and coordination, each worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from fake_engine import figure_of, tiny_dataset

from scenarios.measures.figures import INDICATORS, Results

MONTHS, YEARS = 24, 3
PLACE = ("month", "municipality", "age_group")
TOWN, HOUSE = ("month", "municipality"), ("month", "hospital")


def monthly(dims: tuple[str, ...], first: float) -> tuple[tuple[str, ...], np.ndarray]:
    """A count that is `first` in January 2023 and grows by one a month, in the second of two places twice as many."""
    months = first + np.arange(MONTHS, dtype=float)
    columns = {1: [months], 2: [months, 2 * months]}
    sizes = {"municipality": 1, "age_group": 2, "hospital": 2, "complex_contact": 3}
    values = np.array(columns[sizes[dims[-1]]]).T
    return dims, values.reshape([MONTHS, *[sizes[dim] for dim in dims[1:]]])


@pytest.fixture(scope="module")
def dataset() -> xr.Dataset:
    """Two years of one municipality, two age groups and two hospitals; 202 inhabitants."""
    small = tiny_dataset([1000] * MONTHS)
    use = np.zeros((MONTHS, 3))
    use[:12], use[12:] = [1, 2, 50], [3, 4, 100]
    ends = {
        name: (("year", "municipality"), np.full((YEARS, 1), value))
        for name, value in (
            ("persons_with_gp", 101),
            ("persons_with_known_gp", 50.5),
            ("persons_with_contact", 20.2),
            ("persons_with_plan", 2.02),
        )
    }
    counts = {
        name: monthly(PLACE, first)
        for name, first in (("avoidable_admissions", 0), ("readmissions", 1), ("fall_admissions", 2),
                            ("hip_fractures", 3), ("deaths", 4))
    }  # fmt: skip
    towns = {
        name: monthly(TOWN, first)
        for name, first in (("discharge_ready_days", 0.5), ("discharges_to_municipality", 10),
                            ("discharges_same_day", 8), ("housing_queue", 6),
                            ("home_help_recipients", 12), ("home_care_days", 7),
                            ("carers", 30), ("strained_carers", 15), ("care_hours_a_week", 400),
                            ("carer_away", 3), ("carer_away_without_place", 1))
    }  # fmt: skip
    houses = {
        name: monthly(HOUSE, first)
        for name, first in (("specialist_visits_first", 20), ("specialist_visits_within_90_days", 10),
                            ("planned_admitted", 40), ("planned_within_90_days", 30), ("boarding_hours", 1.5),
                            ("expected_specialist_wait", 40), ("expected_planned_wait", 50))
    }  # fmt: skip
    added = counts | towns | houses | ends | {"complex_use": (("month", "complex_contact"), use)}
    whole = small.assign(added).assign_coords(complex_contact=["ed_visits", "admissions", "bed_days"])
    return whole.expand_dims(scenario=["nulage"], replication=[1])


def year_of(first: float, months: int = 12) -> float:
    """Sum of a year's months of a count that begins at `first` and grows by one a month."""
    return sum(first + n for n in range(months))


WORKED_OUT = [
    ("avoidable_admissions", 3 * year_of(0)),
    ("readmissions", 3 * year_of(1)),
    ("fall_admissions", 3 * year_of(2)),
    ("hip_fractures", 3 * year_of(3)),
    ("deaths", 3 * year_of(4)),
    ("discharge_ready_days", year_of(0.5)),
    ("discharged_same_day", 100 * year_of(8) / year_of(10)),
    ("specialist_within_90_days", 100 * year_of(10) / year_of(20)),
    ("planned_within_90_days", 100 * year_of(30) / year_of(40)),
    # The second hospital has twice the wait and twice the visits: five where there are three.
    ("specialist_expected_wait", 5 / 3 * sum((40 + n) * (20 + n) for n in range(12)) / year_of(20)),
    ("planned_expected_wait", 5 / 3 * sum((50 + n) * (40 + n) for n in range(12)) / year_of(40)),
    ("housing_queue", 6 + 5.5),
    ("home_help_recipients", 12 + 5.5),
    ("carers", 30 + 5.5),
    ("strained_carers", 15 + 5.5),
    ("care_hours_a_week", 400 + 5.5),
    ("carer_away", year_of(3)),
    ("carer_away_without_place", year_of(1)),
    ("home_care_days", year_of(7)),
    ("boarding_hours", 3 * year_of(1.5)),
    ("persons_with_gp", 50.0),
    ("persons_with_known_gp", 25.0),
    ("persons_with_contact", 10.0),
    ("persons_with_plan", 1.0),
    ("complex_bed_days", 600.0),
    ("complex_admissions", 24.0),
    ("complex_bed_day_share", 100 * 600.0 / 12_000.0),
    ("complex_cost_share", 100 * 3.0 / 12.0),
]
OF_CARE = [name for name, _ in WORKED_OUT]


@pytest.mark.parametrize(("name", "expected"), WORKED_OUT)
def test_an_indicator_is_what_can_be_worked_out_by_hand(dataset: xr.Dataset, name: str, expected: float) -> None:
    assert figure_of(dataset, name, 2023) == pytest.approx(expected)


@pytest.mark.parametrize("name", OF_CARE)
def test_dimensions_labels_and_the_variables_that_are_read(dataset: xr.Dataset, name: str) -> None:
    one = INDICATORS[name]
    values = one.values(Results(dataset))
    assert values.dims == ("scenario", "replication", "year")
    assert (values.attrs["units"], values.attrs["label_sv"]) == (one.unit, one.label_sv)
    assert one.missing(Results(dataset)) == []
    for variable in one.reads:
        assert one.missing(Results(dataset.drop_vars(variable))) == [variable], "what it says it reads is what it needs"
        with pytest.raises(KeyError):
            one.values(Results(dataset.drop_vars(variable)))


BY_YEAR = {
    "persons_with_gp",
    "persons_with_known_gp",
    "persons_with_contact",
    "persons_with_plan",
    "complex_cost_share",
}


@pytest.mark.parametrize("name", sorted({*OF_CARE} - BY_YEAR))
def test_a_year_of_which_months_are_missing_is_left_out(dataset: xr.Dataset, name: str) -> None:
    assert INDICATORS[name].values(Results(dataset.isel(month=slice(0, 18))))["year"].values.tolist() == [2023]


@pytest.mark.parametrize(
    ("name", "whole"),
    [("discharged_same_day", "discharges_to_municipality"), ("specialist_within_90_days", "specialist_visits_first"),
     ("planned_within_90_days", "planned_admitted")],
)  # fmt: skip
def test_a_share_of_nothing_is_missing_and_not_zero(dataset: xr.Dataset, name: str, whole: str) -> None:
    nothing = dataset.assign({whole: dataset[whole] * 0})
    assert np.isnan(figure_of(nothing, name, 2023))


def test_a_share_weighs_months_by_their_whole(dataset: xr.Dataset) -> None:
    """Eleven months of 10 in which all go home at once and one of 110 in which nobody does: half of them."""
    asked, at_once = np.full((1, 1, MONTHS, 1), 10.0), np.full((1, 1, MONTHS, 1), 10.0)
    asked[:, :, 11], at_once[:, :, 11] = 110.0, 0.0
    dims = ("scenario", "replication", "month", "municipality")
    uneven = dataset.assign(discharges_to_municipality=(dims, asked), discharges_same_day=(dims, at_once))
    assert figure_of(uneven, "discharged_same_day", 2023) == pytest.approx(50.0)
