"""What is kept of one run: every figure that pages show, some tens of kilobytes.

Which figures and in which variables, their dimensions say (`scenarios.measures.figure.Dimensions`); the follow-up
board is one variable more. Indicators are float32, all else float32 to some four digits, so that a library of hundreds
of runs can be handed out. A book is an npz file without pickled objects: each variable under its name and dimensions,
coordinates beside them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from scenarios.findings.board import board_values
from scenarios.measures.figure import OF_REGION
from scenarios.measures.figures import FIGURES, INDICATORS, MAIN, Results, table_of
from scenarios.measures.grouped import LEAD
from scenarios.places.places import Places
from scenarios.statistics.arrays import Array
from simulator.core.dates import EPOCH

FIRST_YEAR = EPOCH.year
"""Years before it are a start picture alone, and not kept."""
Pause = Callable[[], None]
"""Called now and then; may raise."""


def main_of(run: xr.Dataset) -> bytes:
    """Return the main indicators of one run's results (no dimensions scenario and replication), float32.

    They are told apart from the others because somebody waits for them.
    """
    chosen = [INDICATORS[name] for name in MAIN if name in INDICATORS]
    return pack({OF_REGION.variable: _indicators(table_of(Results(run.expand_dims(LEAD)), OF_REGION, chosen))})


def details_of(run: xr.Dataset, region: Places, pause: Pause = lambda: None) -> bytes:
    """Return every indicator (float32) and the details (some four digits) of one run's results.

    `pause` is called a few times: it takes a tenth of a second in all.
    """
    kept = dict(_kept(Results(run.expand_dims(LEAD), region), pause))
    indicators = _indicators(kept.pop(OF_REGION.variable))
    details = {name: values.copy(data=rounded(values.values)) for name, values in map(_first_years, kept.items())}
    pause()
    return pack({OF_REGION.variable: indicators, **details})


def _kept(results: Results, pause: Pause) -> Iterator[tuple[str, xr.DataArray]]:
    """Yield each variable that is kept, of many figures or of one, by name."""
    for dimensions, figures in FIGURES.items():
        pause()
        if dimensions.listed:
            yield dimensions.variable, table_of(results, dimensions)
        elif dimensions.variable:
            there = (figure for figure in figures.values() if not figure.missing(results))
            yield from ((dimensions.variable.format(figure.name), figure.values(results)) for figure in there)
    yield "board", board_values(results)


def _only(values: xr.DataArray) -> xr.DataArray:
    return values.isel(dict.fromkeys(LEAD, 0), drop=True)


def _first_years(kept: tuple[str, xr.DataArray]) -> tuple[str, xr.DataArray]:
    name, values = kept[0], _only(kept[1])
    return name, values.sel(year=values["year"] >= FIRST_YEAR) if "year" in values.dims else values


def _indicators(table: xr.DataArray) -> xr.DataArray:
    return _first_years(("", table))[1].astype(np.float32)


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
