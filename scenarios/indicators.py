"""The headline indicators: each one function from the results to (scenario, replication, year).

To add one, write the function and decorate it; tables, files and charts read the registry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

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


def _total(values: xr.DataArray) -> xr.DataArray:
    """Sum over everything but scenario, replication and time."""
    return values.sum([dim for dim in values.dims if dim not in (*DIMENSIONS, "month")])


def _yearly(values: xr.DataArray) -> xr.DataArray:
    """Sum months to the years of which all twelve are there."""
    sums = values.groupby("month.year").sum()
    months = values["month"].groupby("month.year").count()
    return sums.where(months == 12, drop=True)


def _weighted(values: xr.DataArray, weights: xr.DataArray) -> xr.DataArray:
    """Return the yearly mean of a monthly share or mean, each month and unit by what it is a share of."""
    weights = weights.where(values.notnull(), 0)
    return _yearly(_total(values.fillna(0) * weights)) / _yearly(_total(weights))


@indicator("population", "Invånare", "persons", "personer", 0, "neither")
def _population(dataset: xr.Dataset) -> xr.DataArray:
    return _total(dataset["population"])


@indicator(
    "population_80_plus", "Invånare 80 år och äldre", "persons", "personer", 0, "neither", "population"
)
def _population_80_plus(dataset: xr.Dataset) -> xr.DataArray:
    return _total(dataset["population"].sel(age=slice(80, None)))


@indicator("chronically_ill", "Invånare med kronisk sjukdom", "persons", "personer", 0, "neither")
def _chronically_ill(dataset: xr.Dataset) -> xr.DataArray:
    return _total(dataset["chronically_ill"])


@indicator("complex_needs", "Invånare med komplexa behov", "persons", "personer", 0, "neither")
def _complex_needs(dataset: xr.Dataset) -> xr.DataArray:
    return _total(dataset["complex_needs"])


@indicator("gp_contacts", "Läkarbesök på hälsocentral", "contacts", "besök", 0, "neither", "gp_visits")
def _gp_contacts(dataset: xr.Dataset) -> xr.DataArray:
    return _yearly(_total(dataset["gp_visits"]))


@indicator("contacts", "Vårdkontakter, alla", "contacts", "kontakter", 0, "neither")
def _contacts(dataset: xr.Dataset) -> xr.DataArray:
    return _yearly(_total(dataset["contacts"]))


@indicator("ed_visits", "Akutbesök", "visits", "besök", 0, "down")
def _ed_visits(dataset: xr.Dataset) -> xr.DataArray:
    return _yearly(_total(dataset["ed_visits"]))


@indicator("admissions", "Inläggningar", "admissions", "vårdtillfällen", 0, "down")
def _admissions(dataset: xr.Dataset) -> xr.DataArray:
    return _yearly(_total(dataset["admissions"]))


@indicator("bed_days", "Vårddygn", "days", "dygn", 0, "down")
def _bed_days(dataset: xr.Dataset) -> xr.DataArray:
    return _yearly(_total(dataset["bed_days"]))


@indicator(
    "occupied_beds_share", "Belagda vårdplatser", "%", "procent", 1, "down", "occupied_beds", "available_beds"
)
def _occupied_beds_share(dataset: xr.Dataset) -> xr.DataArray:
    days = dataset["month"].dt.days_in_month
    occupied = _yearly(_total(dataset["occupied_beds"] * days))
    return 100 * occupied / _yearly(_total(dataset["available_beds"] * days))


@indicator(
    "assessed_within_3_days",
    "Medicinsk bedömning inom tre dagar",
    "%",
    "procent",
    1,
    "up",
    "assessed_within_3_days",
    "needs_assessed",
)
def _assessed_within_3_days(dataset: xr.Dataset) -> xr.DataArray:
    return 100 * _weighted(dataset["assessed_within_3_days"], dataset["needs_assessed"])


@indicator(
    "waiting_days", "Väntan på läkarbesök, medel", "days", "dagar", 1, "down", "waiting_days", "gp_visits"
)
def _waiting_days(dataset: xr.Dataset) -> xr.DataArray:
    mean = dataset["waiting_days"].isel(statistic=0, drop=True)  # statistic: mean, 90th percentile
    return _weighted(mean, dataset["gp_visits"])


@indicator(
    "continuity_index",
    "Kontinuitetsindex, kroniskt sjuka",
    "index",
    "index 0–1",
    3,
    "up",
    "continuity_index",
    "chronically_ill",
)
def _continuity_index(dataset: xr.Dataset) -> xr.DataArray:
    index = dataset["continuity_index"]
    ill = dataset["chronically_ill"].sum("age_group").where(index.notnull())
    return (index * ill).sum("municipality", min_count=1) / ill.sum("municipality", min_count=1)


@indicator(
    "gp_gap",
    "Läkare som saknas på hälsocentral",
    "FTE",
    "heltider, minus är överskott",
    1,
    "down",
    "staffing_gap",
)
def _gp_gap(dataset: xr.Dataset) -> xr.DataArray:
    return dataset["staffing_gap"].sel(profession="gp", drop=True)


@indicator(
    "staffing_gap", "Personal som saknas, alla yrken", "FTE", "heltider, minus är överskott", 0, "down"
)
def _staffing_gap(dataset: xr.Dataset) -> xr.DataArray:
    return dataset["staffing_gap"].sum("profession", min_count=1)


@indicator("cost_region", "Kostnad, regionen", "MSEK", "miljoner kronor", 0, "down", "cost")
def _cost_region(dataset: xr.Dataset) -> xr.DataArray:
    return _cost(dataset).sel(payer="region", drop=True)


@indicator("cost_municipality", "Kostnad, kommunerna", "MSEK", "miljoner kronor", 0, "down", "cost")
def _cost_municipality(dataset: xr.Dataset) -> xr.DataArray:
    return _cost(dataset).sel(payer="municipality", drop=True)


@indicator("cost", "Kostnad, totalt", "MSEK", "miljoner kronor", 0, "down")
def _cost_total(dataset: xr.Dataset) -> xr.DataArray:
    return _cost(dataset).sum("payer", min_count=1)


def _cost(dataset: xr.Dataset) -> xr.DataArray:
    """Sum cost by payer in millions of SEK."""
    return dataset["cost"].sum("care_level", min_count=1) / 1e6
