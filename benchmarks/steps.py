"""Where the time of a replication goes, by kernel and step: python benchmarks/steps.py [--seeds N].

Prints seconds and shares of whole replications 2023-2030 of the county, the year before the first included. Steps are
timed from outside, each without those that it calls; a compiled kernel is one step with all that it calls.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

from scenarios.strategies.defaults import HORIZON_YEAR
from simulator import census, needs, simulation, year
from simulator.people import demand
from simulator.region.pack import load_region
from simulator.simulation import Kernels, Simulation
from simulator.staff import capacity

END = date(HORIZON_YEAR + 1, 1, 1)
STEPS: tuple[tuple[ModuleType, str, str], ...] = (
    (simulation, "first_state", "the first day's people, posts and lines"),
    (demand, "draw_needs", "drawing and sorting the year's needs"),
    (needs, "draw_needs", "what the year's needs are drawn from"),
    (year, "draw_needs", "what the year's needs are drawn from"),
    (year, "open_year", "other yearly steps: illness, settings, comings and goings"),
    (census, "close_year", "the year's count of people and continuity"),
    (capacity, "pass_month", "the month's staff, desks and beds"),
    (capacity, "hold_month", "the month's staff, desks and beds"),
)
OF_A_DAY = {
    "live_day": "who comes and goes",
    "list_home_visits": "home visits listed",
    "open_centres": "the health centres' morning: booked visits, routing of needs",
    "work_desks": "desks",
    "work_mental": "mental health care and psychiatry",
    "work_hospitals": "hospitals",
}
REST = "SimPy, the world rebuilt each month, programmes"


class Clock:
    """Seconds by step, each without the steps within it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._within = [0.0]

    @contextmanager
    def timing(self, step: str) -> Iterator[None]:
        """Add the time until the end to a step."""
        begin = time.perf_counter()
        self._within.append(0.0)
        try:
            yield
        finally:
            took = time.perf_counter() - begin
            self.spent[step] += took - self._within.pop()
            self._within[-1] += took

    def timed(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is timed as a step."""

        def call(*args: Any, **named: Any) -> Any:
            with self.timing(step):
                return work(*args, **named)

        return call


def watch(clock: Clock) -> None:
    """Time all steps from now on."""
    for module, name, step in STEPS:
        setattr(module, name, clock.timed(step, getattr(module, name)))
    bind = Kernels.of

    def of(world: Any) -> Kernels:
        return Kernels(
            *(clock.timed(OF_A_DAY[name], kernel) for name, kernel in zip(Kernels._fields, bind(world), strict=True))
        )

    Kernels.of = staticmethod(of)  # type: ignore[method-assign, assignment]


def main() -> None:
    parser = argparse.ArgumentParser(description="Tell where the time of a replication goes.")
    parser.add_argument("--seeds", type=int, default=5, help="replications, all of which are summed")
    options = parser.parse_args()
    region, clock = load_region("kalmar"), Clock()
    Simulation(region, 1).run(date(2024, 2, 1))  # kernels are loaded before the clock is started
    watch(clock)
    for seed in range(1, options.seeds + 1):
        with clock.timing(REST):
            Simulation(region, seed).run(END)
    whole = sum(clock.spent.values())
    table = Table("step", "seconds a replication", "share", title="A replication 2023-2030")
    for step, spent in sorted(clock.spent.items(), key=lambda item: -item[1]):
        table.add_row(step, f"{spent / options.seeds:.3f}", f"{100 * spent / whole:.0f} %")
    table.add_row("all", f"{whole / options.seeds:.3f}", "100 %")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
