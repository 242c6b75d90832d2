"""What many tests share: the Kalmar region, the smallest region, and some years of its life."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "verification"), str(HERE / "scenarios")]  # helpers of several folders

from small_county import History, lived  # noqa: E402

from scenarios.running.compilation import compile_apart, kernels_are_compiled, kernels_are_kept  # noqa: E402
from simulator import kernel_folder  # noqa: E402
from simulator.region.pack import Region, load_region  # noqa: E402
from simulator.region.scaled import scaled  # noqa: E402
from simulator.simulation import Simulation  # noqa: E402

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # how long an example takes says more of the machine than of the code

GIVES_WAY = 5
"""How nice a worker is to others once it has done a test without a browser."""
TOGETHER = {
    "tests/browser/": "a server and a browser",
    "tests/verification/test_modes.py": "kernels",
    "tests/verification/test_today.py": "kernels",
    **{
        file: file
        for file in (
            "tests/docs/test_howto_page.py",
            "tests/docs/test_howto_rule.py",
            "tests/docs/test_registers.py",
            "tests/faults/test_pack_mutations.py",
            "tests/faults/test_results_file.py",
            "tests/scenarios/levers/test_a_lever_in_one_place.py",
        )
    },
}
"""Tests that one worker does, by what they share; the others are begun by whoever is free.

The largest groups are begun first: the browser's needs compiled kernels, and while they are compiled another worker
compiles them with bounds checks.
"""


def pytest_runtest_setup(item):
    """Have what computes give way to what waits for a browser: that worker has the most to do, and is done last."""
    if "tests/browser" not in item.nodeid and hasattr(os, "nice") and os.environ.get("PYTEST_XDIST_WORKER"):
        os.nice(max(0, GIVES_WAY - os.nice(0)))


@pytest.fixture
def record_property(record_property):
    """Record a figure of a test; numpy's numbers do not go from one process to another."""
    return lambda name, value: record_property(name, value.item() if hasattr(value, "item") else value)


def pytest_xdist_make_scheduler(config, log):
    """Have one worker do all tests that share something dear.

    The mark `xdist_group` would do, but pytest 9.2 does not let xdist 3.8 put the group into a test's name.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((group for place, group in TOGETHER.items() if nodeid.startswith(place)), nodeid)

    return Together(config, log)


@pytest.fixture(scope="session")
def kernels() -> None:
    """See to it that kernels are compiled, and by one process alone: two would take twice the work, and as long."""
    if not kernels_are_kept():
        return
    with FileLock(kernel_folder() / "tests.lock"):
        if not kernels_are_compiled():
            compile_apart("template")


@pytest.fixture(scope="session")
def county() -> Region:
    return load_region("kalmar")


@pytest.fixture(scope="session")
def small_region() -> Region:
    return load_region("template")


@pytest.fixture(scope="session")
def empty_region(small_region: Region) -> Region:
    """Return the smallest region begun with nobody in bed and no visit booked: all that happens is in a run's log."""
    return small_region.with_parameters({"start.months_before": 0})


@pytest.fixture(scope="session")
def sixteenth(county: Region) -> Region:
    """Return a region of 15 500 people with three hospitals, for what the smallest is too small for."""
    return scaled(county, 1 / 16)


@pytest.fixture(scope="session")
def history(empty_region: Region, kernels: None) -> History:  # noqa: ARG001 - it is to be compiled
    """Some years; not to be run further."""
    return lived(Simulation(empty_region, 7, log=2_000_000))
