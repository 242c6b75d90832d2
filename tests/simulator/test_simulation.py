"""The chain of the model: dates, progress, the clock's hours, what a run refuses."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.changes import Change
from simulator.controls import ControlError
from simulator.core.dates import LAST_DATE
from simulator.region.pack import Region
from simulator.simulation import Simulation

START = date(2023, 1, 1)


def test_a_run_ends_on_its_date_and_tells_each_month(small_region: Region) -> None:
    told: list[date] = []
    simulation = Simulation(small_region, 1)
    assert simulation.today == START
    simulation.run(date(2023, 3, 15), told.append)
    assert simulation.today == date(2023, 3, 15)
    assert told == [date(2023, 1, 1), date(2023, 2, 1), date(2023, 3, 1)]
    simulation.run(date(2023, 4, 2), told.append)
    assert told[3:] == [date(2023, 4, 1)]


@pytest.mark.parametrize("until", [START, date(2022, 6, 1), date(2041, 1, 2)])
def test_a_date_that_cannot_be_reached_is_refused(small_region: Region, until: date) -> None:
    with pytest.raises(ValueError, match=str(LAST_DATE)):
        Simulation(small_region, 1).run(until)


def test_unknown_controls_are_refused_before_anything_runs(small_region: Region) -> None:
    with pytest.raises(ControlError, match="gp_post"):
        Simulation(small_region, 1, [Change("gp_post", "multiply", 1.0, START, START)])


def test_nobody_is_older_than_the_table_and_everybody_grows_older(small_region: Region) -> None:
    simulation = Simulation(small_region, 1)
    before = simulation.state.background["age"].copy()
    simulation.run(date(2024, 1, 1))
    after = simulation.state.background["age"][: before.size]
    assert np.array_equal(after, np.minimum(before + 1, 100))


def test_what_has_not_been_simulated_is_empty(small_region: Region) -> None:
    simulation = Simulation(small_region, 1)
    simulation.run(date(2023, 4, 1))
    for name in ("contacts", "ledger", "deaths", "occupied", "employed"):
        assert getattr(simulation.record, name)[2].any(), name
        assert not getattr(simulation.record, name)[3:].any(), name


def test_the_calendar_can_be_used_to_its_end(small_region: Region) -> None:
    simulation = Simulation(small_region, 1)
    simulation.run(LAST_DATE)
    assert simulation.record.contacts[-1].sum() > 0
    assert simulation.record.population[-1].sum() > 0
    assert simulation.dataset().sizes["month"] == 12 * 18


def test_the_dataset_holds_whole_months_and_years_with_labels(small_region: Region) -> None:
    simulation = Simulation(small_region, 1)
    simulation.run(date(2024, 2, 10))
    data = simulation.dataset()
    assert data.sizes["month"] == 13
    assert data["year"].values.tolist() == [2022, 2023]
    assert all({"units", "long_name", "label_sv"} <= set(data[name].attrs) for name in data.data_vars)
