"""The smallest region at work: every line moves, and the first years look like today's care.

Four futures of three years, some 72 000 person-years: means over them are within a tenth of what they would be over
many. Bounds are those of the county's own figures, wider where a small place differs from a county.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import xarray as xr

from simulator.region.pack import Region
from simulator.results.requirement import fte_required
from simulator.simulation import Simulation

SEEDS, YEARS = range(1, 5), (2023, 2024, 2025)


@pytest.fixture(scope="module")
def futures(small_region: Region) -> list[Simulation]:
    simulations = [Simulation(small_region, seed) for seed in SEEDS]
    for simulation in simulations:
        simulation.run(date(2026, 1, 1))
    return simulations


@pytest.fixture(scope="module")
def data(futures: list[Simulation]) -> xr.Dataset:
    return xr.concat([simulation.dataset() for simulation in futures], "seed")


def a_head(data: xr.Dataset, name: str) -> float:
    """Return a count a person and year."""
    return float(data[name].sum() / data["population"].sel(year=[year - 1 for year in YEARS]).sum())


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("gp_visits", 1.1, 1.5),
        ("contacts", 9.5, 12.5),
        ("ed_visits", 0.22, 0.31),
        ("admissions", 0.13, 0.18),
        ("bed_days", 0.5, 0.72),
        ("deaths", 0.009, 0.013),
        ("births", 0.006, 0.010),
    ],
)
def test_people_use_care_as_in_the_county(data: xr.Dataset, name: str, low: float, high: float) -> None:
    assert low < a_head(data, name) < high


def test_health_centres_assess_most_in_time_and_none_is_closed(data: xr.Dataset) -> None:
    assert 0.8 < float(data.assessed_within_3_days.mean()) < 0.97
    assert float(data.waiting_days.sel(statistic="mean").mean()) < 10
    assert (data.gp_visits.sum(["seed", "month"]) > 0).all()
    assert 0.4 < float(data.continuity_index.mean()) < 0.95, "a centre has one or two GPs"


def test_beds_are_used_and_rarely_waited_for(data: xr.Dataset) -> None:
    used = float(data.occupied_beds.sum() / data.available_beds.sum())
    assert 0.5 < used < 0.85
    hours = data.boarding_hours.sum("hospital") / data.admissions.sum(["municipality", "age_group"])
    assert float(hours.median()) < 2, "hours an admission in half of the months"
    # Sixteen beds for people who differ: some months a few of them fill the wards, and who boards stays longer.


def test_planned_care_comes_in_time(data: xr.Dataset) -> None:
    for part, whole in (
        ("specialist_visits_within_90_days", "specialist_visits_first"), ("planned_within_90_days", "planned_admitted"),
    ):  # fmt: skip
        assert 0.6 < float(data[part].sum() / data[whole].sum()) <= 1, whole


def test_municipalities_receive_nine_in_ten_on_the_day_and_house_the_aged(data: xr.Dataset) -> None:
    received = float(data.discharges_same_day.sum() / data.discharges_to_municipality.sum())
    assert 0.8 < received < 1.0
    assert float(data.discharge_ready_days.sum() / data.discharges_to_municipality.sum()) < 0.5
    assert float(data.housing_queue.mean("seed").sum("municipality").mean()) < 12
    assert float(data.home_help_minutes_given.sum() / data.home_help_minutes_needed.sum()) > 0.9


def test_staff_is_neither_idle_nor_short(futures: list[Simulation], small_region: Region) -> None:
    years = len(YEARS)
    needed = np.mean([fte_required(s.record, small_region, years) for s in futures], axis=(0, 1))
    there = np.mean([s.record.employed[: 12 * years].sum(axis=1) for s in futures], axis=(0, 1))
    for name, need, have in zip(small_region.professions, needed, there, strict=True):
        if name not in ("coordinator", "resident", "psychosocial"):
            assert 0.6 < need / have < 1.4, name


def test_a_whole_future_can_be_lived(small_region: Region) -> None:
    simulation = Simulation(small_region, 1)
    simulation.run(date(2031, 1, 1))
    assert simulation.dataset().population.sel(year=2030).sum() == pytest.approx(6_000, rel=0.03)
