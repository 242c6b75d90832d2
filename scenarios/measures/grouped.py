"""Results of any number of runs as the functions of figures see them: named dimensions, whole years, one grouping.

Everything is an xarray Variable, without coordinates: to put those on each step would take ten times as long as all
the sums, and a worker works out every figure of every run.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from scenarios.places.places import Places

LEAD = ("scenario", "replication")
OLD = 80
"""Age from which people count as old in rates."""
BEYOND_ALL_AGES = 200
"""No age is higher."""
Group = Mapping[str, str | int]
"""Whom a figure is narrowed to: a dimension's label, or `age_from` and `age_to` (both included)."""


class Results:
    """A dataset of runs with leading dimensions scenario and replication; `places` tells where health centres lie."""

    def __init__(self, dataset: xr.Dataset, places: Places | None = None) -> None:
        """Read `dataset`; without `places` nothing can be worked out by municipality from health centres."""
        self.variables, self.sizes = dataset.variables, dataset.sizes
        self.places = places
        self._labels: dict[str, list[Any]] = {}
        self._grouped: dict[tuple[Any, ...], Grouped] = {}

    def labels(self, dimension: str) -> list[Any]:
        """Return the labels of a dimension; raises KeyError when it has none."""
        if dimension not in self._labels:
            self._labels[dimension] = self.variables[dimension].values.tolist()
        return self._labels[dimension]

    def coordinates(self, dimensions: Iterable[Hashable]) -> dict[Hashable, Any]:
        """Return the labels of those of some dimensions that have any."""
        return {dim: self.variables[dim].values for dim in dimensions if dim in self.variables}

    def has(self, read: str) -> bool:
        """Tell whether a variable is there ("name:dimension" asks for a dimension of it too)."""
        name, _, dimension = read.partition(":")
        return name in self.variables and (not dimension or dimension in self.variables[name].dims)

    def monthly(self, reads: Iterable[str]) -> bool:
        """Tell whether any of these variables is by month."""
        names = (read.partition(":")[0] for read in reads)
        return any("month" in self.variables[name].dims for name in names if name in self.variables)

    @cached_property
    def years(self) -> npt.NDArray[np.int64]:
        """Every year of which something is told."""
        return self.variables["year"].values if "year" in self.variables else self.full_years[1]

    @cached_property
    def full_years(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """First month (from 0) of each year of which all twelve are there, and those years."""
        if "month" not in self.variables:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        months = self.variables["month"].values.astype("datetime64[M]").astype(np.int64)
        years, first, count = np.unique(months // 12, return_index=True, return_counts=True)
        there = count == 12
        if "year" in self.variables:
            there &= np.isin(years + 1970, self.years)
        return first[there], years[there] + 1970

    def grouped(self, names: tuple[str, ...], monthly: bool, group: Group) -> Grouped:
        """Return the results grouped by dimensions; of whole years alone when months are summed to them."""
        key = (names, monthly, tuple(sorted(group.items())))
        if key not in self._grouped:
            self._grouped[key] = Grouped(self, names, self.full_years[1] if monthly else self.years, group)
        return self._grouped[key]


class Grouped:
    """What a figure's function reads: variables of a group, and sums of them over all that the figure is not given by.

    A figure by municipality may read what is known by health centre or unit: they are counted where they lie.
    """

    def __init__(self, results: Results, names: tuple[str, ...], years: npt.NDArray[np.int64], group: Group) -> None:
        """Group `results` by the dimensions `names`, in `years`, narrowed to `group`."""
        self.names, self.years = names, years
        self._results, self._group = results, group
        self._at = np.searchsorted(results.years, years)

    # --- variables

    def __getitem__(self, name: str) -> xr.Variable:
        """Return a variable in the figure's years, of the group; raises KeyError when there is none for the group."""
        return self._read(name, self._at)

    def at(self, name: str, **labels: str | int) -> xr.Variable:
        """Return a variable at labels of some dimensions, without those."""
        return self.only(self[name], **labels)

    def only(self, values: xr.Variable, **labels: str | int) -> xr.Variable:
        """Return values at labels of some dimensions, without those; raises KeyError where the group is of another."""
        if twice := self._group.keys() & labels.keys():
            raise KeyError(f"a figure that is of one {sorted(twice)} itself is not known of a group")
        return values.isel({dim: self._results.labels(dim).index(label) for dim, label in labels.items()})

    def labelled(self, dimension: str) -> xr.Variable:
        """Return the labels of a dimension along it."""
        return xr.Variable((dimension,), self._results.labels(dimension))

    def aged(self, name: str, start: int) -> xr.Variable:
        """Return a variable by age or age group at the ages from one on."""
        return self._read(name, self._at, start)

    def _read(self, name: str, at: npt.NDArray[np.int64], start: int = 0) -> xr.Variable:
        """Return a variable in some years, of the group, from an age on."""
        values = self._results.variables[name]
        if "year" in values.dims and len(at) != values.sizes["year"]:
            values = values.isel(year=slice(int(at[0]), int(at[-1]) + 1) if len(at) else slice(0))
        ages = max(start, int(self._group.get("age_from", 0))), int(self._group.get("age_to", BEYOND_ALL_AGES))
        if ages != (0, BEYOND_ALL_AGES):
            values = self._at_ages(name, values, *ages)
        for dimension in self._group.keys() - {"age_from", "age_to"}:
            values = self._at_label(name, values, dimension, str(self._group[dimension]))
        return values

    def _at_label(self, name: str, values: xr.Variable, dimension: str, label: str) -> xr.Variable:
        """Return the values at a label, the dimension kept."""
        known = [str(each) for each in self._results.labels(dimension)]
        if dimension not in values.dims or label not in known:
            raise KeyError(f"{name} is not known for {dimension} {label}")
        return values.isel({dimension: [known.index(label)]})

    def _at_ages(self, name: str, values: xr.Variable, start: int, end: int) -> xr.Variable:
        """Return the values at these ages, both included; age groups are those that begin at them."""
        dimension = next((each for each in ("age", "age_group") if each in values.dims), None)
        if dimension is None:
            raise KeyError(f"{name} is not known by age")
        begins = [int(str(label).split("-")[0].rstrip("+")) for label in self._results.labels(dimension)]
        return values.isel({dimension: [row for row, age in enumerate(begins) if start <= age <= end]})

    # --- sums

    def sum(self, values: str | xr.Variable, but: str = "") -> xr.Variable:
        """Sum over everything but the figure's dimensions (and `but`), months to whole years.

        NaN where nothing is known. What is known by unit or health centre is counted where it lies.
        """
        values = self[values] if isinstance(values, str) else values
        place = next((dim for dim in ("municipality", "health_centre") if dim in self.names), "")
        kept = {*LEAD, "month", "year", but, *self.names}
        if place and place not in values.dims:
            kept |= {"unit", "health_centre"}
        over = [dim for dim in values.dims if dim not in kept]
        values = values.sum(over, min_count=min(values.size, 1)) if over else values
        if "month" not in self.names and "month" in values.dims:
            values = self.by_year(values)
        return self._placed(values, place)

    def by_year(self, values: str | xr.Variable) -> xr.Variable:
        """Sum months to whole years, all else kept; a missing month counts as nothing."""
        values = self[values] if isinstance(values, str) else values
        first, _ = self._results.full_years
        dims = ["year" if dim == "month" else dim for dim in values.dims]
        whole = values.isel(month=slice(first[0], first[-1] + 12) if len(first) else slice(0))
        table = whole.values if whole.dtype.kind in "iu" else np.nan_to_num(whole.values)
        starts = first - first[0] if len(first) else np.empty(0, np.int64)
        return xr.Variable(dims, np.add.reduceat(table, starts, axis=values.get_axis_num("month")))

    def in_december(self, name: str) -> xr.Variable:
        """Return the last month of each whole year of a monthly variable, by year."""
        first, _ = self._results.full_years
        values = self[name].isel(month=first + 11)
        return xr.Variable(["year" if dim == "month" else dim for dim in values.dims], values.values)

    def mean(self, values: str | xr.Variable, weights: str | xr.Variable) -> xr.Variable:
        """Return the mean of a share or mean by what each month and place of it stands for, missing ones left out."""
        values, weights = (self[each] if isinstance(each, str) else each for each in (values, weights))
        weights = weights.where(values.notnull(), 0)
        return ratio(self.sum(values.fillna(0) * weights), self.sum(weights), 1.0)

    def share(self, part: str, whole: str, times: float = 100.0) -> xr.Variable:
        """Return `times` the sum of one variable over that of another, NaN where there is no whole."""
        return ratio(self.sum(part), self.sum(whole), times)

    def mean_of_places(self, values: str, people: str) -> xr.Variable:
        """Return the mean of municipalities by the people that each stands for; by municipality the values alone."""
        known = self[values]
        if "municipality" in self.names:
            return known
        everybody = self[people]
        inner = [dim for dim in everybody.dims if dim not in known.dims]
        of: xr.Variable = everybody.sum(inner).where(known.notnull())
        return (known * of).sum("municipality", min_count=1) / of.sum("municipality", min_count=1)

    # --- people

    def people(self, age_from: int = 0) -> xr.Variable:
        """Return the inhabitants on 31 December from an age on."""
        return self.sum(self.aged("population", age_from) if age_from else "population")

    @cached_property
    def days_of_months(self) -> xr.Variable:
        """How many days each month has."""
        months = self._results.variables["month"].values.astype("datetime64[M]")
        return xr.Variable(
            ("month",), ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(int)
        )

    def _mean_population(self, start: int = 0) -> xr.Variable:
        """Half the people of 31 December before the year and half those after it, from an age on.

        Raises ValueError when the results do not reach back to the year before.
        """
        if len(self._at) and self._at[0] == 0:
            raise ValueError(f"population does not reach back to the year before {self.years[0]}")
        begins, ends = (self._read("population", at, start).sum("sex") for at in (self._at - 1, self._at))
        return self.sum((begins + ends) / 2)

    @cached_property
    def inhabitants(self) -> xr.Variable:
        """Mean population of the year."""
        return self._mean_population()

    @cached_property
    def old(self) -> xr.Variable:
        """Mean population of the year aged 80 and over."""
        return self._mean_population(OLD)

    # --- places

    def _placed(self, values: xr.Variable, place: str) -> xr.Variable:
        """Count what is known by unit or health centre where it lies."""
        if not place or place in values.dims:
            return values
        if "unit" in values.dims:
            return self._of_units(values, place)
        if place == "municipality" and "health_centre" in values.dims:
            return self._of_centres(values, "health_centre")
        return values

    def _of_units(self, values: xr.Variable, place: str) -> xr.Variable:
        """Return the health centres of all units, or municipalities: their health centres and their own care.

        Raises ValueError when one of them is no unit of these results.
        """
        units = self._results.labels("unit")
        centres, municipalities = (
            values.isel(unit=[units.index(code) for code in self._results.labels(kind)])
            for kind in ("health_centre", "municipality")
        )
        if place == "health_centre":
            return xr.Variable([place if dim == "unit" else dim for dim in centres.dims], centres.values)
        own = xr.Variable([place if dim == "unit" else dim for dim in municipalities.dims], municipalities.values)
        return self._of_centres(centres, "unit") + own

    def _of_centres(self, values: xr.Variable, dimension: str) -> xr.Variable:
        """Sum health centres to the municipalities in which they lie."""
        values = values.transpose(..., dimension)
        return xr.Variable((*values.dims[:-1], "municipality"), values.values @ self._centre_at)

    @cached_property
    def _centre_at(self) -> npt.NDArray[np.bool_]:
        """Tell which health centre lies in which municipality, [H, M]."""
        region = self._results.places
        if region is None:
            raise ValueError("no region tells in which municipality each health centre lies")
        of = [region.municipalities[m] for m in region.centre_municipality]
        home = dict(zip(region.centres, of, strict=True))
        codes = self._results.labels("municipality")
        rows = [[home.get(centre) == code for code in codes] for centre in self._results.labels("health_centre")]
        return np.array(rows, bool).reshape(-1, len(codes))


def ratio(part: xr.Variable, whole: xr.Variable, times: float = 100.0) -> xr.Variable:
    """Return `times` a part of a whole, NaN where there is no whole."""
    of: xr.Variable = whole.where(whole > 0)
    return times * part / of
