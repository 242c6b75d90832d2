"""A figure of the whole region as observed figures and the board ask for it: of a year, of a group, as a rate."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import xarray as xr

from scenarios.measures.figure import OF_REGION, UNLISTED, Figure
from scenarios.measures.figures import FIGURES
from scenarios.measures.grouped import Group, Results
from scenarios.statistics.limits import FREE, FROM_ZERO, Limits

_CALL = re.compile(r"([a-z][a-z0-9_]*)(?:\(([^()]*)\))?")
OF_PEOPLE = ("age_from", "age_to", "municipality")
"""Groups of which the inhabitants are known too."""
GROUPS = (*OF_PEOPLE, "rub", "rub_group", "hospital", "condition", "segment", "profession", "payer")
NUMBERS = ("year", "per", "base")


class OutsideYearsError(LookupError):
    """The results do not cover the year asked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of a group: as it is, per so many (`per`) of the group's inhabitants, or its growth from `base`.

    `year` is 0 where every year is meant.
    """

    figure: Figure
    group: Group = field(default_factory=dict)
    year: int = 0
    per: int = 0
    base: int = 0

    def missing(self, results: Results) -> list[str]:
        """Return what the results lack: variables, or "variable:dimension"."""
        lacking = [] if not self.per or results.has("population") else ["population"]
        return list(dict.fromkeys([*self.figure.missing(results), *lacking]))

    @property
    def limits(self) -> Limits:
        """Return what its values cannot leave; growth has no end."""
        return FREE if self.base else FROM_ZERO if self.per else self.figure.limits

    def values(self, results: Results) -> xr.DataArray:
        """Return every year, [scenario, replication, year]; raises KeyError when the group is not known."""
        values = self.figure.values(results, self.group)
        if self.per:
            of_them = {name: label for name, label in self.group.items() if name in OF_PEOPLE}
            values = self.per * values / FIGURES[OF_REGION]["population"].values(results, of_them)
        return 100 * (values / self.base - 1) if self.base else values

    def of_year(self, results: Results) -> xr.DataArray:
        """Return its year, [scenario, replication]; raises OutsideYearsError, and KeyError as `values`."""
        values = self.values(results)
        if self.year not in values["year"].values:
            raise OutsideYearsError(self.year)
        return values.sel(year=self.year, drop=True)


def parse(text: str) -> Reading:
    """Return the reading `figure` or `figure(year=2024, age_from=80, ...)`; raises ValueError when there is no such."""
    match = _CALL.fullmatch(text)
    figures = FIGURES[OF_REGION] | FIGURES[UNLISTED]
    if match is None or match[1] not in figures:
        raise ValueError(f"no figure in {text!r}")
    arguments = _arguments(match[2] or "")
    if unknown := sorted(arguments.keys() - {*GROUPS, *NUMBERS}):
        raise ValueError(f"{match[1]} takes {[*NUMBERS, *GROUPS]}, not {unknown}")
    numbers = {name: int(arguments.pop(name)) for name in NUMBERS if name in arguments}
    return Reading(figures[match[1]], arguments, **numbers)


def _arguments(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(",") if part.strip())
    return {name.strip(): value.strip() for name, _, value in parts}
