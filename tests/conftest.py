"""What many tests share: the Kalmar region and a small region of the same make."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from simulator.region import Region, load_region
from simulator.scaled_region import scaled
from simulator.simulation import Simulation

sys.path.insert(0, str(Path(__file__).parent / "verification"))  # small_system.py serves several folders


@pytest.fixture(scope="session")
def county() -> Region:
    return load_region("kalmar")


@pytest.fixture(scope="session")
def small_region(county: Region) -> Region:
    return scaled(county, 1 / 16)


@pytest.fixture(scope="session")
def two_years(small_region: Region) -> Simulation:
    """Today's course of the small region to 1 January 2025, with its log; not to be run further."""
    simulation = Simulation(small_region, 7, log=2_000_000)
    simulation.run(date(2025, 1, 1))
    return simulation
