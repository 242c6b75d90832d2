"""Results on the page of strategies, from two short runs each of two scenarios."""

from __future__ import annotations

from datetime import date

import pytest
import xarray as xr

from calibration import strategy_results
from calibration.strategy_results import page_with
from simulator.changes import Change
from simulator.region.pack import Region
from simulator.simulation import Simulation

PLACE = "<!-- results -->\n<!-- end -->\n"
PAGE = f"# Strategier\n\n## Nuläge (`nulage`)\n\nText.\n\n{PLACE}\n## Fler (`fler`)\n\n{PLACE}"
MORE = (Change("need_emergency", "multiply", 1.3, date(2023, 1, 1), date(2023, 1, 1)),)


@pytest.fixture(scope="module")
def results(small_region: Region) -> xr.Dataset:
    def run(seed: int, changes: tuple[Change, ...]) -> xr.Dataset:
        simulation = Simulation(small_region, seed, changes)
        simulation.run(date(2024, 1, 1))
        return simulation.dataset()

    rows = [xr.concat([run(seed, changes) for seed in (1, 2)], "replication") for changes in ((), MORE)]
    dataset = xr.concat(rows, "scenario").assign_coords(scenario=["nulage", "fler"], replication=[1, 2])
    return dataset.assign_attrs(region="kalmar", code_version="0.0+test")


@pytest.fixture(autouse=True)
def one_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strategy_results, "COURSE_YEARS", (2023,))
    monkeypatch.setattr(strategy_results, "HORIZON_YEAR", 2023)


def test_each_place_is_filled_and_may_be_filled_again(results: xr.Dataset) -> None:
    once = page_with(PAGE, results)
    assert page_with(once, results) == once
    today, more = once.split("## Fler")
    assert "Akutbesök" in today
    assert "Text." in today
    assert "Begränsar mest" in more
    row = next(line for line in more.splitlines() if line.startswith("| Akutbesök"))
    assert row.split("|")[4].strip().startswith("**+"), "a third more emergencies are told as a sure difference"


def test_a_strategy_without_results_is_named(results: xr.Dataset) -> None:
    with pytest.raises(ValueError, match="not in the results: fler"):
        page_with(PAGE, results.sel(scenario=["nulage"]))
