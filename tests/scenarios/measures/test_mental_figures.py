"""Indicators of mental health, each worked out by hand."""

from __future__ import annotations

import pytest
import xarray as xr
from fake_engine import figure_of, tiny_dataset

from scenarios.measures.figures import INDICATORS, Results

MONTHS, HOSPITALS, CENTRES = 12, 2, 3
WORKED_OUT = [
    ("psychiatric_visits", MONTHS * 2 * 40),
    ("psychiatric_wait", 600 / 40),
    ("psychiatric_within_30_days", 75.0),
    ("psychiatry_gave_up", MONTHS * HOSPITALS * 2),
    ("psychiatric_emergency_visits", MONTHS * HOSPITALS * 7),
    ("psychiatric_admissions", MONTHS * HOSPITALS * 3),
    ("psychiatric_bed_days", MONTHS * HOSPITALS * 45),
    ("psychiatric_at_home", MONTHS * HOSPITALS * 1),
    ("psychiatric_occupancy", 75.0),
    ("psychiatric_patients", 14.0),
    ("psychiatric_staff_gap", 6.0),
    ("psychiatry_cost", 1.0),
    ("psychiatry_cost_share", 100.0 * 1e6 / 4e6),
    ("first_line_visits", MONTHS * CENTRES * 5),
    ("first_line_wait", 3.0),
    ("first_line_to_gp", MONTHS * CENTRES * 1),
    ("first_line_staff_gap", -1.0),
    ("first_line_cost", 0.5),
]


@pytest.fixture(scope="module")
def dataset() -> xr.Dataset:
    return tiny_dataset([1000] * MONTHS).expand_dims(scenario=["nulage"], replication=[1])


@pytest.mark.parametrize(("name", "expected"), WORKED_OUT)
def test_an_indicator_is_what_can_be_worked_out_by_hand(dataset: xr.Dataset, name: str, expected: float) -> None:
    assert figure_of(dataset, name) == pytest.approx(expected)


@pytest.mark.parametrize("name", [name for name, _ in WORKED_OUT])
def test_an_indicator_is_not_offered_without_what_it_reads(dataset: xr.Dataset, name: str) -> None:
    one = INDICATORS[name]
    for read in one.reads:
        assert one.missing(Results(dataset.drop_vars(read))) == [read]
