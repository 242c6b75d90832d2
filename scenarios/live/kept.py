"""What is kept of one run: the indicators, and the figures that pages show in detail; some tens of kilobytes.

Indicators are float32, details float32 to some four digits, so that a library of hundreds of runs can be handed out.
Details are variables of the results as they are, or are worked out here, where the whole run is at hand. A book is an
npz file without pickled objects: each variable under its name and dimensions, coordinates beside them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from scenarios.findings.board import board_values
from scenarios.findings.structure import figures_by_cell
from scenarios.measures.headline import headline
from scenarios.measures.indicators import INDICATORS, MAIN, Indicator
from scenarios.measures.place_values import place_values
from scenarios.places.places import Places

AS_THEY_ARE = (
    "fte_required_by_unit", "fte_available_by_unit", "fte_required", "fte_available", "fte_agency", "fte_posts",
    "fte_beyond_posts", "staff_flow", "sick_leave",
    "resource_offered", "resource_used", "resource_requests", "resource_lost", "resource_lack",
    "cost", "cost_idle", "complex_cost", "total_cost",
    "occupied_beds", "available_beds", "waiting_for_hospital", "boarding_hours", "ed_stay_p90", "specialist_wait_p90",
)  # fmt: skip
"""Variables of the results that pages show, with all their dimensions."""
SUMMED = (
    "ed_visits", "admissions", "bed_days", "discharge_ready_days", "housing_queue", "home_help_minutes_needed",
    "home_help_minutes_given", "needs_assessed",
)  # fmt: skip
"""Variables of which pages show the county's months: summed over places and ages."""
FIRST_YEAR = 2023
Array = np.ndarray[tuple[int, ...], np.dtype[Any]]


def main_of(run: xr.Dataset) -> bytes:
    """Return the main indicators of one run's results (no dimensions scenario and replication), float32.

    They are told apart from the others because somebody waits for them.
    """
    return pack({"indicators": _table(run, [INDICATORS[name] for name in MAIN])})


def details_of(run: xr.Dataset, region: Places, pause: Callable[[], None] = lambda: None) -> bytes:
    """Return every indicator (float32) and the details (some four digits) of one run's results.

    `pause` is called now and then and may raise: it takes a third of a second in all.
    """
    runs = run.expand_dims(("scenario", "replication"))
    found = {name: run[name] for name in AS_THEY_ARE if name in run}
    found |= {f"{name}_by_month": _over_places(run[name]) for name in SUMMED if name in run}
    found |= _means_by_month(run)
    pause()
    found["matrix"] = _only(figures_by_cell(runs).to_dataarray("figure"))
    pause()
    found["board"] = _only(board_values(runs))
    pause()
    placed = place_values(runs, region)
    found |= {str(name): _only(values) for name, values in placed.data_vars.items()}
    shown = {name: _from_first_year(values) for name, values in found.items()}
    details = {name: values.copy(data=rounded(values.values)) for name, values in shown.items()}
    pause()
    return pack({"indicators": _table(run, INDICATORS.values()), **details})


def _table(run: xr.Dataset, indicators: Iterable[Indicator]) -> xr.DataArray:
    table = headline(run, indicators).to_dataarray("indicator")
    return table.sel(year=table["year"] >= FIRST_YEAR).astype(np.float32)


def _only(values: xr.DataArray) -> xr.DataArray:
    return values.isel(scenario=0, replication=0, drop=True)


def _from_first_year(values: xr.DataArray) -> xr.DataArray:
    return values.sel(year=values["year"] >= FIRST_YEAR) if "year" in values.dims else values


def _over_places(values: xr.DataArray) -> xr.DataArray:
    return values.sum([dim for dim in values.dims if dim != "month"])


def _means_by_month(run: xr.Dataset) -> dict[str, xr.DataArray]:
    """Return the county's months of what is measured by health centre: per cent assessed, mean days of waiting."""
    waits = run["waiting_days"].isel(statistic=0, drop=True)
    return {
        "assessed_by_month": 100 * _mean(run["assessed_within_3_days"], run["needs_assessed"]),
        "waiting_days_by_month": _mean(waits, run["gp_visits"]),
    }


def _mean(values: xr.DataArray, weights: xr.DataArray) -> xr.DataArray:
    weights = weights.where(values.notnull(), 0)
    return (values.fillna(0) * weights).sum("health_centre") / weights.sum("health_centre")


# --- books


@dataclass(frozen=True, slots=True)
class Book:
    """Variables by name with their dimensions, and the coordinates of those dimensions."""

    variables: Mapping[str, tuple[tuple[str, ...], Array]]
    coordinates: Mapping[str, Array]


def pack(variables: Mapping[str, xr.DataArray]) -> bytes:
    """Return variables as the bytes of a book."""
    arrays: dict[str, Array] = {}
    for name, values in variables.items():
        arrays["|".join((name, *map(str, values.dims)))] = values.values
        arrays |= {f"@{dim}": _plain(values[dim].values) for dim in values.dims}
    return to_npz(arrays)


def to_npz(arrays: Mapping[str, Array]) -> bytes:
    """Return arrays as a compressed npz file without pickled objects."""
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def _plain(values: Array) -> Array:
    """Texts without Python objects, which are not kept."""
    return values.astype(str) if values.dtype.kind == "O" else values


def unpack(content: bytes) -> Book:
    """Return the book in these bytes; raises ValueError (or zipfile.BadZipFile) when it is none."""
    variables, coordinates = {}, {}
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        for title in arrays.files:
            name, *dims = title.split("|")
            if name.startswith("@"):
                coordinates[name[1:]] = arrays[title]
            else:
                variables[name] = (tuple(dims), arrays[title])
    return Book(variables, coordinates)


def rounded(values: Array) -> Array:
    """Return float32 with 13 bits after the first (a relative error of at most 6e-5), which compress to half."""
    single = np.ascontiguousarray(values, np.float32)
    bits = single.view(np.uint32)
    kept = (bits + np.uint32(1 << 9)) & np.uint32(0xFFFFFFFF ^ ((1 << 10) - 1))
    return np.where(np.isfinite(single), kept.view(np.float32), single)
