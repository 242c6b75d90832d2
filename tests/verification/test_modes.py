"""The kernels give the same bits compiled, compiled with bounds checks, and not compiled at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mode_digest import main
from numba.core.dispatcher import Dispatcher

import simulator
from simulator import (
    continuity,
    demand,
    demography,
    hospital,
    kernel_folder,
    morbidity,
    municipal,
    population,
    primary_care,
    workforce,
    year,
)

SEEDS = 12
MODULES = (
    continuity, demand, demography, hospital, morbidity, municipal, population, primary_care, workforce, year,
)  # fmt: skip




@pytest.mark.parametrize("mode", ["NUMBA_BOUNDSCHECK", "NUMBA_DISABLE_JIT"])
def test_other_modes_give_the_same_bits(mode: str) -> None:
    """Kernels with bounds checks are kept beside the others: compiling them takes as long."""
    script = Path(__file__).with_name("mode_digest.py")
    cache = str(kernel_folder() / "bounds-checked")
    folders = [str(Path(simulator.__file__).parents[1]), *sys.path]
    environment = os.environ | {mode: "1", "NUMBA_CACHE_DIR": cache, "PYTHONPATH": os.pathsep.join(folders)}
    done = subprocess.run(
        [sys.executable, str(script), str(SEEDS)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == [main(SEEDS)]


def kernels() -> dict[str, Dispatcher]:
    """What Python calls compiled: everything in the modules that numba keeps on disk."""
    found = {}
    for module in MODULES:
        for name, thing in vars(module).items():
            own = isinstance(thing, Dispatcher) and thing.py_func.__module__ == module.__name__
            if own and thing.stats.cache_path is not None:  # rules become part of kernels and are not kept
                found[f"{module.__name__}.{name}"] = thing
    return found


def test_every_kernel_has_one_signature_after_a_run(history) -> None:
    """A second one means that somewhere an integer is passed for a float and seconds are lost compiling."""
    assert history.events.size
    used = {name: thing.signatures for name, thing in kernels().items() if thing.signatures}
    several = {name: signatures for name, signatures in used.items() if len(signatures) > 1}
    assert not several
    assert {"simulator.hospital.work_hospitals", "simulator.primary_care.work_desks"} <= used.keys()
    assert len(used) >= 20


def test_the_digest_notices_a_bit() -> None:
    assert main(2) != main(3)
