"""A measure: one function from results to a value per replication, and what such functions are made of.

A measure takes the results of one scenario (a leading dimension replication), a year and what else its line in
its table says, and leaves only replication.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import xarray as xr

Compute = Callable[..., xr.DataArray]


@dataclass(frozen=True, slots=True)
class Measure:
    """A registered measure: its function and the variables that it reads ("name:dimension" asks for a dimension)."""

    name: str
    compute: Compute
    variables: tuple[str, ...]

    def missing(self, dataset: xr.Dataset) -> list[str]:
        """Return the variables, or dimensions of variables, that the results do not have."""
        return [text for text in self.variables if not _there(text, dataset)]


MEASURES: dict[str, Measure] = {}


class OutsideYearsError(LookupError):
    """The results do not cover the year asked for."""


def measure(*variables: str) -> Callable[[Compute], Compute]:
    """Register the decorated function under its own name; raises ValueError when the name is taken."""

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        if name in MEASURES:
            raise ValueError(f"a measure named {name} is already registered")
        MEASURES[name] = Measure(name, compute, variables)
        return compute

    return register


def _there(text: str, dataset: xr.Dataset) -> bool:
    name, _, dimension = text.partition(":")
    return name in dataset.data_vars and (not dimension or dimension in dataset[name].dims)


# --- years, months and ages


def of_year(values: xr.DataArray, year: int) -> xr.DataArray:
    """Return the year's sum of a monthly variable, or the value of a yearly one, other dimensions kept."""
    if "month" not in values.dims:
        if year not in values["year"].values:
            raise OutsideYearsError(year)
        return values.sel(year=year, drop=True)
    return months_of(values, year).sum("month")


def summed(values: xr.DataArray) -> xr.DataArray:
    """Return the sum over everything but replication."""
    return values.sum([dim for dim in values.dims if dim != "replication"], skipna=False)


def months_of(values: xr.DataArray, year: int) -> xr.DataArray:
    """Return the months of a year; raises OutsideYearsError unless all twelve are there."""
    months = values.sel(month=values["month"].dt.year == year)
    if months.sizes["month"] != 12:
        raise OutsideYearsError(year)
    return months


def aged(values: xr.DataArray, age_from: int) -> xr.DataArray:
    """Return the age groups that begin at an age or later."""
    groups = [str(group) for group in values["age_group"].values]
    return values.sel(age_group=[g for g in groups if int(g.split("-")[0].rstrip("+")) >= age_from])


def people(data: xr.Dataset, year: int, age_from: int = 0, age_to: int = 100) -> xr.DataArray:
    """Return inhabitants on 31 December from one age to another, both included."""
    return summed(of_year(data["population"], year).sel(age=slice(age_from, age_to)))


def total(data: xr.Dataset, name: str, year: int) -> xr.DataArray:
    """Return the sum of a variable over a year and everything but replication."""
    return summed(of_year(data[name], year))


def local(data: xr.Dataset, name: str, year: int, municipality: str) -> xr.DataArray:
    """Return the sum of a variable over a year in a municipality, the whole region when it is empty."""
    values = of_year(data[name], year)
    return summed(values.sel(municipality=municipality) if municipality else values)
