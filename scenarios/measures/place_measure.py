"""What can be shown by municipality and by health centre: one record each, worked out with plain arrays.

`place_values` is called for every run in a worker, so nothing here groups by: months are a year's twelve rows.
To add a measure, write a function of `Tables` to [scenario, replication, year, place] and decorate it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import xarray as xr

from scenarios.measures.indicator import Direction
from scenarios.places.places import PlaceKind, Places

Array = npt.NDArray[np.float64]
Compute = Callable[["Tables"], Array]

VALUES = {"municipality": "by_municipality", "centre": "by_centre"}
"""Name of the variable that holds the values of a kind of place."""
DIMENSIONS = {
    "municipality": ("municipality_measure", "municipality"),
    "centre": ("centre_measure", "health_centre"),
}
"""Measure and place of each of these variables, between (scenario, replication) and year."""
THOUSAND = 1000.0
PERCENT = (0.0, 100.0)
OLD = 80


@dataclass(frozen=True, slots=True)
class PlaceMeasure:
    """One figure by place and year, to be shown on the map or for a municipality's health centres.

    `unit_sv`, `decimals` and `good` as of an indicator. `variables` are what `compute` reads of the dataset; with one
    of them missing the measure is. `note_sv` tells what it rests on, where that is an assumption about the places
    themselves. `centre` names the measure of health centres that tells the same story, "" where there is none.
    `limits` are what its values cannot leave, and where intervals end.
    """

    name: str
    label_sv: str
    unit_sv: str
    decimals: int
    good: Direction
    kind: PlaceKind
    compute: Compute
    variables: tuple[str, ...]
    note_sv: str = ""
    centre: str = ""
    limits: tuple[float, float] = (0.0, np.inf)


MEASURES: dict[PlaceKind, dict[str, PlaceMeasure]] = {"municipality": {}, "centre": {}}
"""Every measure by kind of place and name, in the order in which they are offered."""


class Tables:
    """A dataset of runs as arrays [scenario, replication, year, ...]: whole years, from the first with months."""

    def __init__(self, dataset: xr.Dataset, region: Places) -> None:
        """Read `dataset`, with places known by the codes of `region`."""
        self._variables = dataset.variables
        self._region = region
        self.count = dataset.sizes["month"] // 12
        self.first = int(dataset["month"].values[0].astype("datetime64[Y]").astype(int)) + 1970
        self.years = np.arange(self.first, self.first + self.count)
        self._begins = int(np.searchsorted(self._variables["year"].values, self.first))
        self.shape = (dataset.sizes["scenario"], dataset.sizes["replication"])

    def yearly(self, name: str) -> Array:
        """Return a yearly variable in these years, [S, R, Y, ...]."""
        values: Array = self._leading(name, "year")[:, :, self._begins : self._begins + self.count]
        return values

    def before(self, name: str) -> Array:
        """Return a variable of 31 December as it was at the end of the year before, [S, R, Y, ...].

        Raises ValueError when it does not reach back so far.
        """
        if self._begins == 0:
            raise ValueError(f"{name} does not reach back to the year before {self.first}")
        values: Array = self._leading(name, "year")[:, :, self._begins - 1 : self._begins - 1 + self.count]
        return values

    def monthly(self, name: str) -> Array:
        """Return a monthly variable parted by year, [S, R, Y, 12, ...]."""
        values = self._leading(name, "month")[:, :, : 12 * self.count]
        return values.reshape(*self.shape, self.count, 12, *values.shape[3:])

    def summed(self, name: str) -> Array:
        """Return the year's sum of a monthly variable by municipality, all else summed, [S, R, Y, M]."""
        values = self.monthly(name)
        total: Array = values.sum(axis=(3, *range(5, values.ndim)), dtype=np.float64)
        return total

    def _leading(self, name: str, time: str) -> Array:
        # Of variables, not of arrays: to put coordinates on each would take four times as long as all the sums.
        values: Array = self._variables[name].transpose("scenario", "replication", time, ...).values
        return values

    @cached_property
    def people(self) -> Array:
        """Mean population of the year, half that of 31 December before and half that after, [S, R, Y, M, age]."""
        begins, ends = (table("population").sum(axis=4, dtype=np.float64) for table in (self.before, self.yearly))
        mean: Array = (begins + ends) / 2
        return mean

    @cached_property
    def inhabitants(self) -> Array:
        """Mean population of the year, [S, R, Y, M]."""
        total: Array = self.people.sum(axis=-1)
        return total

    @cached_property
    def old(self) -> Array:
        """Mean population of the year aged 80 and over, [S, R, Y, M]."""
        total: Array = self.people[..., self._variables["age"].values >= OLD].sum(axis=-1)
        return total

    @cached_property
    def centre_at(self) -> npt.NDArray[np.bool_]:
        """Tell which health centre lies in which municipality, [H, M]."""
        of = [self._region.municipalities[m] for m in self._region.centre_municipality]
        home = dict(zip(self._region.centres, of, strict=True))
        codes = self._codes("municipality")
        rows = [[home.get(centre) == code for code in codes] for centre in self._codes("health_centre")]
        return np.array(rows, bool).reshape(-1, len(codes))

    def units(self, name: str, profession: str | None = None) -> Array:
        """Return a yearly variable by health centre and by municipality, [S, R, Y, H + M, profession] or without it.

        Raises KeyError when one of them is no unit of these results.
        """
        place = {code: row for row, code in enumerate(self._codes("unit"))}
        at = [place[code] for code in (*self._codes("health_centre"), *self._codes("municipality"))]
        values = self.yearly(name)[:, :, :, at]
        return values if profession is None else values[..., self._codes("profession").index(profession)]

    def _codes(self, dimension: str) -> list[str]:
        codes: list[str] = self._variables[dimension].values.tolist()
        return codes


def measure(
    kind: PlaceKind, name: str, label_sv: str, unit_sv: str, decimals: int, good: Direction, *variables: str,
    note_sv: str = "", centre: str = "", limits: tuple[float, float] = (0.0, np.inf),
) -> Callable[[Compute], Compute]:  # fmt: skip
    """Register the decorated function; raises ValueError when the name is taken for that kind of place."""

    def register(compute: Compute) -> Compute:
        if name in MEASURES[kind]:
            raise ValueError(f"a measure named {name} by {kind} is already registered")
        about = (name, label_sv, unit_sv, decimals, good, kind, compute, variables)
        MEASURES[kind][name] = PlaceMeasure(*about, note_sv, centre, limits)
        return compute

    return register


def share(part: Array, whole: Array, times: float = 100.0) -> Array:
    """Return `times` a part of a whole, NaN where there is no whole."""
    return times * part / np.where(whole > 0, whole, np.nan)


def mean_by(values: Array, weights: Array) -> Array:
    """Return the year's mean [S, R, Y, ...] of a monthly share [S, R, Y, 12, ...], each month by what it stands for."""
    weights = np.where(np.isnan(values), 0.0, weights)
    return share((np.nan_to_num(values) * weights).sum(axis=3), weights.sum(axis=3), 1.0)
