"""What many tests share: the Kalmar region, a small region of the same make, and two years of its life."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "verification"), str(HERE / "scenarios")]  # helpers of several folders

from small_county import History, lived  # noqa: E402

from simulator.region import Region, load_region  # noqa: E402
from simulator.scaled_region import scaled  # noqa: E402
from simulator.simulation import Simulation  # noqa: E402


@pytest.fixture(scope="session")
def county() -> Region:
    return load_region("kalmar")


@pytest.fixture(scope="session")
def small_region(county: Region) -> Region:
    return scaled(county, 1 / 16)


@pytest.fixture(scope="session")
def history(small_region: Region) -> History:
    """Two years; not to be run further."""
    return lived(Simulation(small_region, 7, log=2_000_000))
