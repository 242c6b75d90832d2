"""What an indicator is: one function from the results to (scenario, replication, year), and the registry.

To add one, write the function and decorate it; tables, files and charts read the registry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import xarray as xr

Direction = Literal["up", "down", "neither"]
Compute = Callable[[xr.Dataset], xr.DataArray]
DIMENSIONS = ("scenario", "replication", "year")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One headline figure by scenario, replication and year.

    `unit` is for programs, `unit_sv` for people; `decimals` is how many are worth showing; `good` tells which
    way is better, if any. `compute` takes the dataset of many runs (leading dimensions scenario and
    replication), reads `variables` of it and leaves only scenario, replication and year; NaN where a year was
    not measured.
    """

    name: str
    label_sv: str
    unit: str
    unit_sv: str
    decimals: int
    good: Direction
    compute: Compute
    variables: tuple[str, ...]

    def measured(self, dataset: xr.Dataset) -> bool:
        """Tell whether the dataset holds what the indicator is made of; one of an older version may not."""
        return all(name in dataset.data_vars for name in self.variables)

    def values(self, dataset: xr.Dataset) -> xr.DataArray:
        """Return the indicator; raises ValueError when its function leaves other dimensions."""
        values = self.compute(dataset).astype("float64")
        if set(values.dims) != set(DIMENSIONS):
            raise ValueError(f"indicator {self.name} has dimensions {values.dims}, not {DIMENSIONS}")
        attributes = {"units": self.unit, "long_name": self.name.replace("_", " "), "label_sv": self.label_sv}
        return values.transpose(*DIMENSIONS).rename(self.name).assign_attrs(attributes)


INDICATORS: dict[str, Indicator] = {}
"""Every indicator by name, in the order in which they are shown."""


def indicator(
    name: str,
    label_sv: str,
    unit: str,
    unit_sv: str,
    decimals: int,
    good: Direction,
    *variables: str,
) -> Callable[[Compute], Compute]:
    """Register the decorated function as an indicator; raises ValueError when the name is taken.

    `variables` are those that the function reads; when left out, the one of the same name.
    """

    def register(compute: Compute) -> Compute:
        if name in INDICATORS:
            raise ValueError(f"an indicator named {name} is already registered")
        reads = variables or (name,)
        INDICATORS[name] = Indicator(name, label_sv, unit, unit_sv, decimals, good, compute, reads)
        return compute

    return register


def total(values: xr.DataArray) -> xr.DataArray:
    """Sum over everything but scenario, replication and time."""
    return values.sum([dim for dim in values.dims if dim not in (*DIMENSIONS, "month")])


def yearly(values: xr.DataArray) -> xr.DataArray:
    """Sum months to the years of which all twelve are there; a missing month counts as nothing."""
    months = values["month"].values.astype("datetime64[M]").astype(np.int64)
    years, first, count = np.unique(months // 12, return_index=True, return_counts=True)
    axis = values.get_axis_num("month")
    summed = values.values if values.dtype.kind in "iu" else np.nan_to_num(values.values)
    sums = np.add.reduceat(summed, first, axis=axis).compress(count == 12, axis=axis)
    dims = ["year" if dim == "month" else dim for dim in values.dims]
    coords = {name: coord for name, coord in values.coords.items() if "month" not in coord.dims}
    return xr.DataArray(sums, {**coords, "year": years[count == 12] + 1970}, dims)


def mean_over_municipalities(values: xr.DataArray, people: xr.DataArray) -> xr.DataArray:
    """Return the mean of municipalities by the people that each stands for, missing ones left out."""
    people = people.where(values.notnull())
    return (values * people).sum("municipality", min_count=1) / people.sum("municipality", min_count=1)


def weighted(values: xr.DataArray, weights: xr.DataArray) -> xr.DataArray:
    """Return the yearly mean of a monthly share or mean, each month and unit by what it is a share of."""
    weights = weights.where(values.notnull(), 0)
    return yearly(total(values.fillna(0) * weights)) / yearly(total(weights))
