"""The kernels give the same bits compiled and not compiled at all.

Not compiled, numpy checks every index, so bits that are the same come of no index out of bounds. Compiled with bounds
checks, which takes over a minute, the kernels would tell no more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from mode_digest import main

import simulator

SEEDS = 12
"""Systems that are lived again without the compiler, less than a second each."""


def test_without_the_compiler_come_the_same_bits(kernels: None) -> None:  # noqa: ARG001 - compiled they run here
    script = Path(__file__).with_name("mode_digest.py")
    folders = [str(Path(simulator.__file__).parents[1]), *sys.path]
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(folders)}
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


COUNT_SIGNATURES = """
import importlib, json, pkgutil
from numba.core.dispatcher import Dispatcher
from datetime import date
import simulator
from simulator.region.pack import load_region
from simulator.simulation import Simulation
Simulation(load_region("template"), 1).run(date(2024, 3, 1))
found = {}
for name in (module.name for module in pkgutil.walk_packages(simulator.__path__, "simulator.")):
    for thing in vars(importlib.import_module(name)).values():
        # Rules become part of kernels and are not kept on disk.
        if isinstance(thing, Dispatcher) and thing.stats.cache_path is not None and thing.signatures:
            found[f"{thing.py_func.__module__}.{thing.py_func.__name__}"] = len(thing.signatures)
print(json.dumps(found))
"""


def test_every_kernel_has_one_signature_after_a_run() -> None:
    """A second one means that somewhere an integer is passed for a float and seconds are lost compiling."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(simulator.__file__).parents[1]), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", COUNT_SIGNATURES], env=environment, capture_output=True, text=True, check=True
    )
    signatures = json.loads(done.stdout)
    assert {name: number for name, number in signatures.items() if number != 1} == {}
    assert {"simulator.care.hospital.work_hospitals", "simulator.care.primary_care.work_desks"} <= signatures.keys()
    assert len(signatures) >= 20


def test_the_digest_notices_a_bit() -> None:
    assert main(2) != main(3)
