"""Live two years in the smallest region under strategies and print digests of all that came out.

Started by `test_golden.py` in another interpreter, and by `benchmarks/reproduction.py`.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from importlib import metadata
from typing import Any

import numpy as np

from simulator.changes import Change
from simulator.region.pack import load_region
from simulator.simulation import Simulation

START, END, SEED = date(2024, 1, 1), date(2025, 1, 1), 20_260_101
STRATEGY = tuple(
    Change(control, operation, value, START, START)
    for control, operation, value in (
        ("team_share", "add", 0.5), ("team_coordinators", "add", 5.0), ("mobile_visits", "add", 2.0),
        ("home_beds", "add", 3.0), ("telemonitoring", "add", 0.4), ("digital_share", "add", 0.1),
        ("specialist_to_primary", "set", 0.1), ("gp_posts", "multiply", 0.9), ("fall_prevention", "add", 0.3),
    )
)  # fmt: skip
LOCKED = ("numpy", "numba", "llvmlite")
"""Packages whose versions can change a bit; the others only carry figures."""
WIDE = ("X86_V4", "AVX512_SKX")
"""What numpy calls vectors of 512 bits, for which it has other exponentials and logarithms: they differ in the last
bit, and so do shares, rates and staff that come of them. What is counted has been the same so far."""


def environment() -> str:
    """What bits may depend on: the processor's family and vectors, the system's mathematics, and what reckons."""
    features = np.show_config(mode="dicts")["SIMD Extensions"].get("found", ())
    vectors = "512 bits" if set(WIDE) & set(features) else "up to 256 bits"
    machine, mathematics = f"{platform.machine()} with {vectors}", " ".join(platform.libc_ver()) or platform.system()
    return ", ".join([machine, mathematics, *(f"{name} {metadata.version(name)}" for name in LOCKED)])


def golden() -> dict[str, Any]:
    """Digests of two lives of one seed: of all that was counted, and of all; and some figures for any environment."""
    counts, everything, figures = hashlib.sha256(), hashlib.sha256(), {}
    for name, changes in (("today", ()), ("strategy", STRATEGY)):
        simulation = Simulation(load_region("template"), SEED, changes)
        simulation.run(END)
        for column, array in columns(simulation):
            content = f"{column} {array.dtype} {array.shape}".encode() + array.tobytes()
            everything.update(content)
            counts.update(content if array.dtype.kind != "f" else b"")
        figures[name] = {table: int(getattr(simulation.record, table).sum()) for table in COUNTED}
    digests = {"counts": counts.hexdigest(), "all": everything.hexdigest()}
    return {"environment": environment(), **digests, "figures": figures}


def columns(simulation: Simulation) -> Iterator[tuple[str, np.ndarray]]:
    """Every array of a simulation by name, records column by column."""
    for part in (simulation.state, simulation.record):
        for name in sorted(field.name for field in fields(part)):
            array = getattr(part, name)
            for column in array.dtype.names or ("",):
                yield f"{name}.{column}", np.ascontiguousarray(array[column] if column else array)


COUNTED = ("contacts", "ed_visits", "admissions", "bed_days", "deaths")


if __name__ == "__main__":
    print(json.dumps(golden()))
