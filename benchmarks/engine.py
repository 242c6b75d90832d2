"""How fast the engine is, in one run on one machine: python benchmarks/engine.py [--help].

Prints events a second of the engine and of the plain SimPy reference of the same rules, their ratio,
the cost of a further scenario, memory, compilation, start-up, growth with the number of people and the
efficiency of two processes. What must not share a process runs in a fresh one. An event is a request
that is settled: somebody is seen, admitted, sent elsewhere or gives up.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from scenarios.strategies.defaults import HORIZON_YEAR
from scenarios.strategies.period import FIRST_START
from simulator.core.dates import day_number, month_number
from simulator.core.fields import Array
from simulator.core.record import REQUESTED
from simulator.reference.reference import Reference
from simulator.region.pack import Region, load_region
from simulator.region.scaled import scaled
from simulator.simulation import Simulation

END = date(HORIZON_YEAR + 1, 1, 1)
SAMPLE = date(2023, 9, 1)
Rows = list[tuple[str, str]]
FRESH = """
import json, sys, time
begin = time.perf_counter()
from datetime import date
from simulator.region.pack import load_region
from simulator.simulation import Simulation
first = []
def peak_of_this_process():
    try:  # a child's ru_maxrss begins with what its parent held, this does not
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1024)
simulation = Simulation(load_region("kalmar"), 1)
simulation.run(date.fromisoformat(sys.argv[1]), lambda when: first or first.append(time.perf_counter() - begin))
print(json.dumps({"first": first[0], "peak": peak_of_this_process()}))
"""


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def events_in(ledger: Array) -> int:
    """Requests settled: served, withdrawn, diverted."""
    return int(ledger[..., REQUESTED + 1 :].sum())


def replication(region: Region, seed: int, until: date = END) -> Simulation:
    simulation = Simulation(region, seed)
    simulation.run(until)
    return simulation


def fresh(until: date, folder: str = "") -> dict[str, float]:
    """Seconds to the first month and peak memory (MB) of a new process, `folder` for its kernels if given."""
    root = str(Path(__file__).parents[1])
    paths = filter(None, [root, os.environ.get("PYTHONPATH")])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    if folder:
        environment["NUMBA_CACHE_DIR"] = folder
    command = [sys.executable, "-c", FRESH, until.isoformat()]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def speed(region: Region, seeds: int) -> tuple[Rows, float]:
    """Whole replications 2023-2030 and a further scenario 2027-2030; also events a second."""
    whole, events = [], 0
    for seed in range(1, seeds + 1):
        begin = time.perf_counter()
        events = events_in(replication(region, seed).record.ledger)
        whole.append(time.perf_counter() - begin)
    checkpoint = replication(region, 1, FIRST_START).checkpoint()
    further = [timed(lambda: Simulation.resume(region, checkpoint).run(END)) for _ in range(seeds)]
    rate = events / statistics.median(whole)
    return [
        (
            "replication 2023-2030",
            f"{statistics.median(whole):.2f} s ({min(whole):.2f}-{max(whole):.2f}, {seeds} seeds)",
        ),
        ("events in it", f"{events:,}"),
        ("engine, events a second", f"{rate:,.0f}"),
        ("further scenario 2027-2030", f"{statistics.median(further):.2f} s"),
    ], rate


def plain_simpy(region: Region, share: float, days: int, rate: float) -> Rows:
    """Some days of a smaller region by one SimPy process a contact, and by the engine."""
    small = scaled(region, share)
    simulation = replication(small, 1, SAMPLE)
    checkpoint = simulation.checkpoint()
    first = day_number(SAMPLE)
    simulation._month = month_number(SAMPLE) - 1
    reference = Reference(simulation.world(), first)
    plain = timed(lambda: reference.run(days))
    events = events_in(reference.ledger)
    branch = Simulation.resume(small, checkpoint)
    ours = timed(lambda: branch.run(SAMPLE + timedelta(days)))
    return [
        (f"plain SimPy, {days} days at {share:g} of the county", f"{plain:.2f} s, {events:,} events"),
        ("plain SimPy, events a second", f"{events / plain:,.0f}"),
        ("ratio: engine at full size to plain SimPy", f"{rate / (events / plain):,.0f}"),
        ("ratio on the same days of the small region", f"{plain / ours:,.0f}"),
    ]


def growth(region: Region, factors: list[float]) -> Rows:
    """Seconds of the year 2024 against the number of people, with the exponent of a fit of the logarithms."""
    people, seconds, rows = [], [], []
    for factor in factors:
        sized = scaled(region, factor)
        checkpoint = replication(sized, 1, date(2024, 1, 1)).checkpoint()
        branches = [Simulation.resume(sized, checkpoint) for _ in range(3)]
        took = statistics.median(timed(lambda b=branch: b.run(date(2025, 1, 1))) for branch in branches)
        people.append(int(sized.population.sum()))
        seconds.append(took)
        rows.append((f"2024 with {people[-1]:,} people", f"{took:.3f} s, {took / people[-1] * 1e6:.2f} us a person"))
    fit = np.polyfit(np.log(people), np.log(seconds), 1)[0]
    large = np.polyfit(np.log(people[-3:]), np.log(seconds[-3:]), 1)[0]
    return [*rows, ("exponent of time against people", f"{fit:.2f}; of the three largest {large:.2f}")]


def _replicate(seed: int) -> None:
    replication(load_region("kalmar"), seed)


def processes() -> Rows:
    """Two replications side by side against one alone, in processes that have loaded the kernels."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_replicate, [101, 102]))
        one = statistics.median(timed(lambda: list(pool.map(_replicate, [1]))) for _ in range(3))
        two = statistics.median(timed(lambda: list(pool.map(_replicate, [1, 2]))) for _ in range(3))
    return [("two processes, efficiency", f"{one / two:.2f} ({one:.2f} s one alone, {two:.2f} s both)")]


def beginnings(cold: bool) -> Rows:
    """Fresh processes: memory of a whole replication, start-up with kernels kept and with none."""
    rows = [
        ("peak memory of a process, 2023-2030", f"{fresh(END)['peak']:.0f} MB"),
        ("process start to first month, kernels kept", f"{fresh(date(2023, 2, 1))['first']:.1f} s"),
    ]
    if cold:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(
                ("whole first start, nothing compiled", f"{timed(lambda: fresh(date(2024, 2, 1), folder)):.0f} s")
            )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the engine on this machine.")
    parser.add_argument("--seeds", type=int, default=5, help="replications whose median is reported")
    parser.add_argument("--share", type=float, default=1 / 4, help="size of the region for plain SimPy")
    parser.add_argument("--days", type=int, default=30, help="days for plain SimPy, within September 2023")
    parser.add_argument("--factors", type=float, nargs="+", default=[1 / 16, 1 / 4, 1, 2, 4], help="sizes for growth")
    parser.add_argument("--no-cold", action="store_true", help="leave out the compilation from nothing (a minute)")
    options = parser.parse_args()
    region = load_region("kalmar")
    replication(scaled(region, 1 / 16), 1, date(2024, 2, 1))  # kernels are loaded before the clock is started
    rows, rate = speed(region, options.seeds)
    rows += plain_simpy(region, options.share, min(options.days, 30), rate)
    rows += growth(region, options.factors)
    rows += processes()
    rows += beginnings(not options.no_cold)
    table = Table("what", "measured", title="Engine")
    for row in rows:
        table.add_row(*row)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
