"""From nobody to more than a million: python benchmarks/sizes.py [--until 2024-07-01].

Lives through some months with nobody, one person, the smallest region, the county and five counties, each in a fresh
process, and looks whether people and requests add up. Prints what was found and keeps it for the page of checks.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from calibration.checks.measured import Value, keep
from simulator.core.dates import month_number
from simulator.core.record import DIVERTED, REQUESTED, SERVED, WITHDRAWN
from simulator.core.state import PRESENT
from simulator.region.pack import Region, load_region
from simulator.region.scaled import scaled
from simulator.simulation import Simulation
from simulator.start import standing

ROOT = Path(__file__).parents[1]
SIZES = {"nobody": ("template", 0.0), "somebody": ("template", -1.0), "smallest": ("template", 1.0),
         "county": ("kalmar", 1.0), "five_counties": ("kalmar", 5.0)}  # fmt: skip
"""Region and how many times its people; 0 nobody, -1 one person."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--until", type=date.fromisoformat, default=date(2024, 7, 1))
    parser.add_argument("--one", choices=list(SIZES), help="live through one size here and print what was found")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(lived(given.one, given.until)))
        return
    found = {name: apart(name, given.until) for name in SIZES}
    table = Table("size", *next(iter(found.values())), title=f"From 2023 to {given.until}")
    for name, row in found.items():
        table.add_row(name, *map(str, row.values()))
    Console(width=140).print(table)
    figures = {f"{name}_{what}": value for name, row in found.items() for what, value in row.items()}
    keep("sizes", "python benchmarks/sizes.py", figures | {"until": given.until.isoformat()})


def apart(name: str, until: date) -> dict[str, Value]:
    """Live through a size in a process of its own, whose memory is its own."""
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    done = subprocess.run(
        [sys.executable, __file__, "--one", name, "--until", until.isoformat()],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    row: dict[str, Value] = json.loads(done.stdout)
    return row


def lived(name: str, until: date) -> dict[str, Value]:
    """People at the start, what does not add up of people and of requests, CPU seconds and peak memory."""
    simulation = Simulation(region_of(name), 1)
    before = standing(simulation.state, simulation.region.units.first)
    people = int(np.count_nonzero(simulation.state.person["status"] & PRESENT))
    begun = time.process_time()
    simulation.run(until)
    months = month_number(until)
    record, state = simulation.record, simulation.state
    flows = record.flows[:months].sum(axis=(0, 1))
    expected = people + int(flows[0] + flows[1] - flows[2]) - int(record.deaths[:months].sum())
    ledger = record.ledger[:months].sum(axis=0)
    open_requests = ledger[:, REQUESTED] - ledger[:, [SERVED, WITHDRAWN, DIVERTED]].sum(axis=1)
    return {
        "people": people,
        "requests": int(ledger[:, REQUESTED].sum()),
        "people_lost": expected - int(np.count_nonzero(state.person["status"] & PRESENT)),
        "requests_lost": int(np.abs(open_requests - (standing(state, simulation.region.units.first) - before)).sum()),
        "seconds": round(time.process_time() - begun, 1),
        "megabytes": peak(),
    }


def region_of(name: str) -> Region:
    code, factor = SIZES[name]
    region = load_region(code)
    if factor > 0:
        return region if factor == 1 else scaled(region, factor)
    population = np.zeros_like(region.population)
    population[0, 1, 80] = -factor
    return replace(region, population=population, in_migration=region.in_migration * 0.0)


def peak() -> int:
    """Peak memory of this process in MB; 0 where the system does not tell."""
    try:
        with open("/proc/self/status") as status:  # noqa: PTH123
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
    except OSError:
        return 0


if __name__ == "__main__":
    main()
