"""Indicators of unmet need, the last year of life and gathered use, each worked out by hand."""

from __future__ import annotations

import pytest
import xarray as xr
from fake_engine import figure_of, tiny_dataset

from scenarios.measures.figures import INDICATORS, Results

MONTHS, GROUPS = 12, 2
WORKED_OUT = [
    ("unmet_needs", MONTHS * (4 + 3 + 2)),
    ("unmet_came_back", MONTHS * GROUPS * 1),
    ("unmet_urgent", MONTHS * GROUPS * (2 + 3 + 4 + 5 + 6)),
    ("deaths_after_boarding", MONTHS * GROUPS * 8),
    ("life_expectancy", (80 + 84) / 2),
    ("deaths_in_hospital", 40.0),
    ("deaths_in_special_housing", 30.0),
    ("deaths_in_home_with_nursing", 20.0),
    ("deaths_at_home", 30.0),
    ("deaths_admitted_last_year", 70.0),
    ("days_outside_hospital_last_90", 81.0),
    ("hospital_days_last_90", 9.0),
    ("ed_visits_last_year", MONTHS * GROUPS * 3),
    ("wish_known", 50.0),
    ("wish_met", 75.0),
    ("known_wish_met", 80.0),
    ("deaths_with_palliative_home", 6.0),
    ("palliative_without_place", MONTHS * GROUPS * 2),
    ("bed_day_share_last_year", 100 * 2 * 200 / 1000),
    ("use_top_1", 20.0),
    ("use_top_5", 40.0),
    ("use_top_10", 60.0),
    ("use_stay_in_top_5", 30.0),
    ("use_explained", 10.0),
    ("admitted_in_year", 5.0),
    ("complex_use_in_index_year", 20.0),
    ("complex_use_in_next_year", 10.0),
    ("listed_heaviest", 40.0),
    ("listed_use", 6.0),
    ("listed_before_after", 0.75),
]


@pytest.fixture(scope="module")
def dataset() -> xr.Dataset:
    """A year of one municipality and two age groups, with 1 000 bed-days a month and a death in each."""
    small = tiny_dataset([1000] * MONTHS).expand_dims(scenario=["nulage"], replication=[1])
    return small.assign(deaths=xr.ones_like(small["deaths"]))


@pytest.mark.parametrize(("name", "expected"), WORKED_OUT)
def test_an_indicator_is_what_can_be_worked_out_by_hand(dataset: xr.Dataset, name: str, expected: float) -> None:
    assert figure_of(dataset, name) == pytest.approx(expected)


@pytest.mark.parametrize("name", [name for name, _ in WORKED_OUT])
def test_dimensions_and_the_variables_that_are_read(dataset: xr.Dataset, name: str) -> None:
    one = INDICATORS[name]
    assert one.values(Results(dataset)).dims == ("scenario", "replication", "year")
    for variable in one.reads:
        with pytest.raises(KeyError):
            one.values(Results(dataset.drop_vars(variable)))
