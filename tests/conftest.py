"""What many tests share: the Kalmar region, a small region of the same make, and two years of its life."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "verification"), str(HERE / "scenarios")]  # helpers of several folders

from small_county import History, lived  # noqa: E402

from simulator.region.pack import Region, load_region  # noqa: E402
from simulator.region.scaled import scaled  # noqa: E402
from simulator.simulation import Simulation  # noqa: E402

TOGETHER = ("tests/browser/", "tests/verification/test_today.py")


def pytest_xdist_make_scheduler(config, log):
    """Have one worker do all tests of a folder or file that share something dear: a server, a county at full scale.

    The mark `xdist_group` would do, but pytest 9.2 does not let xdist 3.8 put the group into a test's name.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)

    return Together(config, log)


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
