"""Indicators of access and staff, each worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from fake_engine import figure_of, tiny_dataset

from scenarios.measures.figures import INDICATORS, Results

MONTHS, YEARS = 24, 3


def quantiles(median: float, p90: float) -> tuple[tuple[str, str], np.ndarray]:
    """Missing in 2022, the same in the years after."""
    return ("year", "quantile"), np.array([[np.nan] * 2, [median, p90], [median, p90]])


@pytest.fixture(scope="module")
def dataset() -> xr.Dataset:
    """202 inhabitants, 1 000 emergency visits and two times 333 admissions' worth of months; see `tiny_dataset`."""
    place, cells = ("month", "municipality", "age_group"), ("care_level", "care_mode")
    minutes = np.zeros((YEARS, 2, 2, 2))
    minutes[0], minutes[1:] = np.nan, [[[100.0, 5.0], [100.0, 0.0]], [[200.0, 1.0], [0.0, 0.0]]]
    agency = np.array([[np.nan] * 2, [1.0, 1.5], [1.0, 1.5]])
    added = {
        "gp_wait": quantiles(2, 14), "specialist_wait": quantiles(20, 90), "ed_time": quantiles(190, 460),
        "planned_admissions": (place, np.tile([[3, 30]], (MONTHS, 1, 1))),
        "gave_up": (("month", "municipality", *cells), np.full((MONTHS, 1, 4, 4), 2)),
        "diverted": (place, np.full((MONTHS, 1, 2), 4)),
        "ambulance_visits": (place, np.tile([[0, 250]], (MONTHS, 1, 1))),
        "advice_calls": (("month", "municipality"), np.full((MONTHS, 1), 12.5)),
        **{
            name: (("month", "health_centre"), np.tile(counted, (MONTHS, 1)))
            for name, counted in (
                ("calls", [50, 100, 50]), ("calls_same_day", [50, 90, 42]), ("consultations", [4, 0, 2]),
                ("referrals_spared", [1, 0, 1]), ("gp_home_visits", [3, 0, 1]),
            )
        },
        **{
            f"home_nursing_enrolled{which}": (("month", "municipality"), np.full((MONTHS, 1), number))
            for which, number in (("", 9), ("_plan", 4), ("_review", 5))
        },
        "fte_agency": (("year", "profession"), agency),
        "staff_minutes": (("year", "unit", "profession", "account"), minutes),
    }  # fmt: skip
    whole = tiny_dataset([1000] * MONTHS).assign(added)
    whole = whole.assign_coords(quantile=["median", "p90"], account=["available", "overtime"])
    return whole.expand_dims(scenario=["nulage"], replication=[1])


WORKED_OUT = [
    ("gp_wait_p90", 14),
    ("specialist_wait_p90", 90),
    ("ed_time_median", 190),
    ("ed_time_p90", 460),
    ("boarding_per_admission", 24 / (12 * (333 - 33))),
    ("contacts_per_person", 12 * 2 * 16 / 202),
    ("gave_up", 12 * 16 * 2),
    ("diverted", 12 * 2 * 4),
    ("ambulance_share", 25.0),
    ("advice_calls", 150.0),
    ("agency_share", 100 * 2.5 / 22.5),
    ("overtime_share", 100 * 6 / 400),
    ("calls", 12 * 200),
    ("phone_same_day", 91.0),
    ("consultations", 12 * 6),
    ("referrals_spared", 12 * 2),
    ("gp_home_visits", 12 * 4),
    ("home_nursing_enrolled", 12 * 9),
    ("home_nursing_enrolled_plan", 12 * 4),
    ("home_nursing_enrolled_review", 12 * 5),
]
OF_ACCESS = [name for name, _ in WORKED_OUT]


@pytest.mark.parametrize(("name", "expected"), WORKED_OUT)
def test_an_indicator_is_what_can_be_worked_out_by_hand(dataset: xr.Dataset, name: str, expected: float) -> None:
    assert figure_of(dataset, name, 2023) == pytest.approx(expected)


@pytest.mark.parametrize("name", OF_ACCESS)
def test_dimensions_labels_and_the_variables_that_are_read(dataset: xr.Dataset, name: str) -> None:
    one = INDICATORS[name]
    assert one.values(Results(dataset)).dims == ("scenario", "replication", "year")
    for variable in one.reads:
        assert one.missing(Results(dataset.drop_vars(variable))) == [variable]
        with pytest.raises(KeyError):
            one.values(Results(dataset.drop_vars(variable)))


@pytest.mark.parametrize("name", ["gp_wait_p90", "agency_share", "overtime_share"])
def test_what_was_not_measured_is_missing_and_not_zero(dataset: xr.Dataset, name: str) -> None:
    assert np.isnan(figure_of(dataset, name, 2022))


def test_a_share_of_no_visits_is_missing(dataset: xr.Dataset) -> None:
    assert np.isnan(figure_of(dataset.assign(ed_visits=dataset["ed_visits"] * 0), "ambulance_share", 2023))
