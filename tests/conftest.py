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
TOGETHER = {"tests/browser/": "a server and a browser", "tests/verification/test_modes.py": "kernels"}
TOGETHER["tests/verification/test_today.py"] = "kernels"
"""Tests of several files that one worker does, because they share something dear."""
APART = ("tests/properties/test_signs.py", "tests/faults/test_ending.py", "tests/verification/test_queueing_theory.py")
"""Files that share nothing, and take long enough to be parted among workers test by test.

Any other file is one worker's, so that what its tests share is made, and what they compile is compiled, but once.
"""
FIRST = ("tests/browser/", "tests/verification/test_modes.py", "tests/verification/", "tests/faults/")
"""What takes longest is begun first, so that no worker is left alone with it at the end."""


def pytest_collection_modifyitems(items):
    """Have what takes longest begun first."""
    items.sort(key=lambda item: next((n for n, place in enumerate(FIRST) if item.nodeid.startswith(place)), len(FIRST)))


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
            file = nodeid.split("::", maxsplit=1)[0]
            shared = next((group for place, group in TOGETHER.items() if nodeid.startswith(place)), file)
            return nodeid if file in APART else shared

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
