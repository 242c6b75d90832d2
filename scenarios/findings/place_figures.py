"""Figures by place from what each replication gave: means with intervals, and paired differences with theirs.

As in scenarios.findings.compare, for all places, years and scenarios at a time: Student's t on n - 1 degrees of
freedom, and differences replication by replication. A replication that is missing somewhere (it was not run yet, or
there was nobody to measure) is left out there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from scenarios.measures.figure import Figure
from scenarios.statistics.arrays import Array
from scenarios.statistics.estimates import estimate


@dataclass(frozen=True, slots=True)
class PlaceFigure:
    """One measure at one place in one year of one scenario; the meaning of the figures is that of compare.Record."""

    scenario: str
    place: str
    year: int
    value: float | None
    low: float | None
    high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None

    @property
    def sure(self) -> bool:
        """Tell whether the interval of the difference leaves out zero; False where there is none."""
        low, high = self.difference_low, self.difference_high
        return low is not None and high is not None and not low <= 0 <= high


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """One measure at every place, year and scenario; arrays are [scenario, place, year], NaN = not known."""

    measure: Figure
    baseline: str
    scenarios: tuple[str, ...]
    places: tuple[str, ...]
    years: tuple[int, ...]
    replications: int
    value: Array
    low: Array
    high: Array
    difference: Array
    difference_low: Array
    difference_high: Array

    def at(self, scenario: str, place: str, year: int) -> PlaceFigure:
        """Return one figure; raises ValueError for what is not there."""
        where = self.scenarios.index(scenario), self.places.index(place), self.years.index(year)
        known_tables = [_known(table[where]) for table in self._tables()]
        return PlaceFigure(scenario, place, year, *known_tables)

    def of(self, scenario: str, year: int, places: tuple[str, ...] | None = None) -> list[PlaceFigure]:
        """Return the figures of a scenario in a year, at the places given or all."""
        return [self.at(scenario, place, year) for place in (self.places if places is None else places)]

    def every(self) -> Iterator[PlaceFigure]:
        """Yield all figures, by scenario, place and year."""
        for scenario in self.scenarios:
            for place in self.places:
                for year in self.years:
                    yield self.at(scenario, place, year)

    def _tables(self) -> tuple[Array, ...]:
        return self.value, self.low, self.high, self.difference, self.difference_low, self.difference_high


def place_figures(values: xr.Dataset, measure: Figure, baseline: str) -> PlaceFigures:
    """Return a figure by place as it was kept of many runs, compared with `baseline`.

    Raises KeyError when the measure or the baseline is not in the values.
    """
    by, place = measure.dimensions.listed, measure.dimensions.names[0]
    table = values[measure.dimensions.variable].sel({by: measure.name})
    runs = table.transpose("scenario", "replication", place, "year").values.astype(np.float64)
    names = [str(name) for name in values["scenario"].values]
    if baseline not in names:
        raise KeyError(baseline)
    estimates = estimate(runs, names.index(baseline), measure.limits)
    return PlaceFigures(
        measure, baseline, tuple(names),
        tuple(str(code) for code in values[place].values),
        tuple(int(year) for year in values["year"].values),
        values.sizes["replication"],
        estimates.value, estimates.low, estimates.high,
        estimates.difference, estimates.difference_low, estimates.difference_high,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
