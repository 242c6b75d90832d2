"""Today's course simulated and set beside the observed figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import xarray as xr

from scenarios.measures.grouped import Results
from scenarios.measures.reading import OutsideYearsError
from scenarios.running.runner import Engine, replication_seed
from scenarios.statistics.intervals import mean_of
from scenarios.strategies.library import BASELINE
from scenarios.validation.targets import Target

TOLERANCE = 0.15
"""Relative difference within which a figure counts as met."""
UNTIL = date(2026, 1, 1)
"""History is compared up to here."""
Status = Literal["computed", "not_yet", "outside_years"]


@dataclass(frozen=True, slots=True)
class Result:
    """An observed figure beside the simulated one, both in `target.compared_unit`.

    `low` and `high` bound the mean with 95 % confidence over replications (None with fewer than two). `difference`
    is relative to the observed figure. `missing` names the variables that a figure of status not_yet waits for.
    """

    target: Target
    status: Status
    mean: float = math.nan
    low: float | None = None
    high: float | None = None
    missing: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """Simulated less observed, as a share of the observed."""
        return self.mean / self.target.observed - 1 if self.target.observed else math.nan

    @property
    def within(self) -> bool:
        """Whether the mean lies within `TOLERANCE` of the observed figure."""
        return abs(self.difference) <= TOLERANCE

    @property
    def within_bounds(self) -> bool | None:
        """Whether the mean lies in the source's range; None when the source gives none."""
        low, high = self.target.bounds
        if math.isnan(low) and math.isnan(high):
            return None
        return not (self.mean < low or self.mean > high)


def simulate_today(
    engine: Engine,
    region: str,
    seed: int,
    replications: int,
    executor: Executor | None = None,
    tick: Callable[[int], None] = lambda _: None,
) -> xr.Dataset:
    """Simulate today's course from 2023 up to `UNTIL`; dims scenario (nulage) and replication first.

    Replications have the seeds of `naravard run`; `tick` is called with the number that are done.
    """
    seeds = [replication_seed(seed, number) for number in range(1, replications + 1)]
    spread = map if executor is None else executor.map
    runs = []
    for dataset in spread(_history, [engine] * replications, [region] * replications, seeds):
        runs.append(dataset)
        tick(len(runs))
    together = xr.concat(runs, "replication", data_vars="all", coords="minimal", join="exact", compat="equals",
                         combine_attrs="override")  # fmt: skip
    numbers = list(range(1, replications + 1))
    return together.assign_coords(replication=numbers).expand_dims(scenario=[BASELINE]).assign_attrs(region=region)


def _history(engine: Engine, region: str, seed: int) -> xr.Dataset:
    run = engine.begin(region, seed)
    run.run(UNTIL)
    return run.dataset()


def evaluate(dataset: xr.Dataset, targets: Sequence[Target], scenario: str = BASELINE) -> list[Result]:
    """Return a result for every target that is compared, in order; raises KeyError without the scenario."""
    results = Results(dataset.sel(scenario=[scenario]))
    return [_result(results, target) for target in targets if target.comparison is not None]


def _result(results: Results, target: Target) -> Result:
    reading = target.comparison
    assert reading is not None
    missing = reading.missing(results)
    if missing:
        return Result(target, "not_yet", missing=tuple(missing))
    try:
        values = reading.of_year(results).values[0]
    except OutsideYearsError:
        return Result(target, "outside_years")
    except (KeyError, ValueError, IndexError):  # a municipality, hospital or condition that these results do not know
        named = tuple(f"{name}={label}" for name, label in reading.group.items())
        return Result(target, "not_yet", missing=named)
    if np.isnan(values).any():
        return Result(target, "not_yet", missing=reading.figure.reads)
    mean = mean_of(values, reading.limits)
    return Result(target, "computed", mean.value, *mean.bounds)


def computed(results: Sequence[Result], role: str) -> list[Result]:
    """Return the results of one role that could be worked out."""
    return [result for result in results if result.status == "computed" and result.target.role == role]


def summary_sv(results: Sequence[Result]) -> str:
    """Return the line that sums up: how many checks lie within the tolerance; inputs are not counted."""
    return f"{_met(computed(results, 'check'))} inom {TOLERANCE * 100:.0f} procent"


def scopes_sv(results: Sequence[Result]) -> str:
    """Return the same for figures observed in the region itself and elsewhere."""
    checks = computed(results, "check")
    own, others = ([r for r in checks if r.target.scope == scope] for scope in ("region", "elsewhere"))
    return f"Länets egna siffror: {_met(own)}. Rikets och andra läns: {_met(others)}."


def _met(checks: Sequence[Result]) -> str:
    return f"{sum(result.within for result in checks)} av {len(checks)}"
