"""What a figure is: one record with its dimensions, one function from results to its values, and the registry.

To add one, write the function and decorate it with `figure`, naming every dimensions over which it is given; tables,
files, the map, the board and what is kept of a run read the registry. `scenarios.measures.figures` has all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

import numpy as np
import xarray as xr

from scenarios.measures.grouped import LEAD, Group, Grouped, Results, ratio
from scenarios.statistics.limits import FROM_ZERO, Limits

Direction = Literal["up", "down", "neither"]
Compute = Callable[[Grouped], xr.Variable]
EVERYBODY: Group = {}


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Over what a figure is given, beside scenario and replication.

    `variable` is the variable of a kept run in which such figures stand: together, with their names as the dimension
    `listed`, or each by itself where `{}` stands for its name; "" where they are not kept.
    """

    names: tuple[str, ...]
    variable: str = ""
    listed: str = ""


OF_REGION = Dimensions(("year",), "indicators", "indicator")
"""The whole region by year: the indicators, of which results are told."""
UNLISTED = Dimensions(("year",))
"""The whole region by year, but in no table: what observed figures and the follow-up board are compared with."""
BY_MUNICIPALITY = Dimensions(("municipality", "year"), "by_municipality", "municipality_measure")
BY_CENTRE = Dimensions(("health_centre", "year"), "by_centre", "centre_measure")
BY_MONTH = Dimensions(("month",), "{}_by_month")
"""The whole region by month."""
BY_HOSPITAL = Dimensions(("month", "hospital"), "{}")
"""A hospital by month."""
BY_MONTH_SHOWN, BY_HOSPITAL_SHOWN = Dimensions(BY_MONTH.names), Dimensions(BY_HOSPITAL.names)
"""The same, of what pages work out of figures that are kept."""
BY_PROFESSION = Dimensions(("year", "profession"), "{}")
BY_UNIT = Dimensions(("year", "unit", "profession"), "{}")
BY_CELL = Dimensions(("year", "care_level", "care_mode"), "matrix", "figure")
"""A cell of the structure matrix."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over its dimensions.

    `unit` is for programs, `unit_sv` for people; `decimals` is how many are worth showing; `good` tells which way is
    better, if any. `compute` takes the results grouped by the dimensions and leaves only those (and scenario and
    replication), NaN where nothing was measured; it reads the variables `reads` ("name:dimension" where it needs a
    dimension that older results lack), without one of which the figure is not offered. `limits` are what values cannot
    leave, and where intervals end. `note_sv` tells what about the places themselves is assumed. `centre` names the
    figure of health centres that tells the same story as one by municipality, "" where there is none.
    """

    name: str
    dimensions: Dimensions
    label_sv: str
    unit: str
    unit_sv: str
    decimals: int
    good: Direction
    compute: Compute
    reads: tuple[str, ...]
    limits: Limits = FROM_ZERO
    note_sv: str = ""
    centre: str = ""

    def missing(self, results: Results) -> list[str]:
        """Return the variables, or dimensions of variables, that the results do not have; none where it is kept."""
        return [] if self.is_kept(results) else [read for read in self.reads if not results.has(read)]

    def is_kept(self, results: Results) -> bool:
        """Tell whether the results hold the figure itself, as a study's do of the whole region by year."""
        variable, listed = self.dimensions.variable, self.dimensions.listed
        return bool(listed) and results.has(f"{variable}:{listed}") and self.name in results.labels(listed)

    def _kept(self, results: Results) -> tuple[xr.Variable, Grouped]:
        """Return the figure as the results hold it, in every year of theirs."""
        names, listed = self.dimensions.names, self.dimensions.listed
        at = results.labels(listed).index(self.name)
        values = results.variables[self.dimensions.variable].isel({listed: at})
        return values.transpose(*LEAD, *names), results.grouped(names, False, EVERYBODY)

    def worked_out(self, results: Results, group: Group = EVERYBODY) -> tuple[xr.Variable, Grouped]:
        """Return the figure of a group, float64 [scenario, replication, *dimensions], and the results it was read of.

        Years are those of which every variable is there. Raises KeyError when a variable is missing, or a group is not
        known of one, and ValueError when the function leaves other dimensions.
        """
        if not group and self.is_kept(results):
            return self._kept(results)
        names = self.dimensions.names
        grouped = results.grouped(names, "month" not in names and results.monthly(self.reads), group)
        values = self.compute(grouped)
        if set(values.dims) != {*LEAD, *names}:
            raise ValueError(f"figure {self.name} has dimensions {values.dims}, not {(*LEAD, *names)}")
        return values.transpose(*LEAD, *names).astype(np.float64), grouped

    def values(self, results: Results, group: Group = EVERYBODY) -> xr.DataArray:
        """Return the figure of a group with its coordinates and what it is; raises as `worked_out`."""
        values, grouped = self.worked_out(results, group)
        years = {"year": grouped.years} if "year" in values.dims else {}
        coordinates = results.coordinates(values.dims) | years
        attributes = {"units": self.unit, "long_name": self.name.replace("_", " "), "label_sv": self.label_sv}
        return xr.DataArray(values.values, coordinates, values.dims, self.name, attributes)


FIGURES: dict[Dimensions, dict[str, Figure]] = {}
"""Every figure by dimensions and name, in the order in which they are shown."""


class Changes(TypedDict, total=False):
    """What may differ of a figure over some of its dimensions; `per` makes a count a rate of the mean population."""

    name: str
    label_sv: str
    unit: str
    unit_sv: str
    decimals: int
    reads: tuple[str, ...]
    limits: Limits
    note_sv: str
    centre: str
    per: float


class By(NamedTuple):
    """Dimensions over which a figure is given, and what differs of it there."""

    dimensions: Dimensions
    changes: Mapping[str, Any]


def by(dimensions: Dimensions, **changes: Unpack[Changes]) -> By:
    """Return dimensions over which a figure is given otherwise than it says of itself."""
    return By(dimensions, changes)


THOUSAND = 1000.0
PER_THOUSAND = "per 1 000 invånare"


def rate(decimals: int, unit_sv: str = PER_THOUSAND, note_sv: str = "") -> By:
    """Return that a count is given by municipality too: per 1 000 of the mean population of the year."""
    texts = {"unit": "per 1 000 inhabitants", "unit_sv": unit_sv, "decimals": decimals, "note_sv": note_sv}
    return By(BY_MUNICIPALITY, texts | {"per": THOUSAND})


def figure(
    name: str, label_sv: str, unit: str, unit_sv: str, decimals: int, good: Direction, *reads: str,
    over: Sequence[Dimensions | By] = (OF_REGION,), limits: Limits = FROM_ZERO, note_sv: str = "", centre: str = "",
) -> Callable[[Compute], Compute]:  # fmt: skip
    """Register the decorated function as a figure over each of `over`; raises ValueError when a name is taken.

    `reads` are the variables that the function reads; when left out, the one of the same name.
    """

    def register(compute: Compute) -> Compute:
        texts = (label_sv, unit, unit_sv, decimals, good)
        of_itself = Figure(name, OF_REGION, *texts, compute, reads or (name,), limits, note_sv, centre)
        for each in over:
            add(_changed(of_itself, each if isinstance(each, By) else By(each, {})))
        return compute

    return register


def _changed(of_itself: Figure, given: By) -> Figure:
    changes = dict(given.changes)
    if per := changes.pop("per", 0.0):
        changes |= {"compute": _rate_of(of_itself.compute, per), "reads": (*of_itself.reads, "population")}
    return replace(of_itself, dimensions=given.dimensions, **changes)


def _rate_of(count: Compute, per: float) -> Compute:
    return lambda grouped: ratio(count(grouped), grouped.inhabitants, per)


def add(record: Figure) -> None:
    """Register a figure; raises ValueError when its name is taken."""
    same = [dimensions for dimensions in FIGURES if dimensions.names == record.dimensions.names]
    if any(record.name in FIGURES[dimensions] for dimensions in same):
        raise ValueError(f"a figure named {record.name} by {record.dimensions.names} is already registered")
    FIGURES.setdefault(record.dimensions, {})[record.name] = record


def count(
    name: str, label_sv: str, unit: str, unit_sv: str, good: Direction, *,
    reads: str = "", over: Sequence[Dimensions | By] = (OF_REGION,), note_sv: str = "",
) -> None:  # fmt: skip
    """Register a plain sum of a variable (of the same name unless told) as a figure."""
    variable = reads or name
    figure(name, label_sv, unit, unit_sv, 0, good, variable, over=over, note_sv=note_sv)(lambda g: g.sum(variable))


def published(
    name: str, dimensions: Dimensions, label_sv: str, unit: str, unit_sv: str, decimals: int, good: Direction,
    limits: Limits = FROM_ZERO,
) -> None:  # fmt: skip
    """Register a variable of the results, with all its dimensions, as a figure that is kept as it is."""
    figure(name, label_sv, unit, unit_sv, decimals, good, over=(dimensions,), limits=limits)(lambda g: g[name])
