"""Every measure by place, worked out for any number of runs; who reads MEASURES from here has all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import xarray as xr

from scenarios.measures import by_centre, by_municipality  # noqa: F401  (the records themselves)
from scenarios.measures.place_measure import DIMENSIONS, MEASURES, VALUES, Tables
from scenarios.places.places import PlaceKind, Places

__all__ = ["DIMENSIONS", "MEASURES", "VALUES", "offered", "place_values"]


def place_values(dataset: xr.Dataset, region: Places) -> xr.Dataset:
    """Return every measure by place: `by_municipality` and `by_centre`, float32.

    Dimensions (scenario, replication, measure, place, year), the measure's and the place's named as in DIMENSIONS.
    Measures that the dataset lacks the variables of are left out; what is not known of a place and year is NaN.
    `dataset` is of any number of runs, `region` tells in which municipality each health centre lies.
    """
    tables = Tables(dataset, region)
    variables = {VALUES[kind]: _of_kind(tables, dataset, kind) for kind in MEASURES}
    kept = {name: dataset[name].values for name in ("scenario", "replication", "municipality", "health_centre")}
    coordinates = kept | {"year": tables.years} | {DIMENSIONS[kind][0]: offered(dataset, kind) for kind in MEASURES}
    return xr.Dataset(variables, coordinates, {"region": dataset.attrs.get("region", "")})


def offered(dataset: xr.Dataset, kind: PlaceKind) -> list[str]:
    """Return the names of the measures that can be worked out from a dataset."""
    there = set(dataset.variables)
    return [name for name, record in MEASURES[kind].items() if there.issuperset(record.variables)]


def _of_kind(tables: Tables, dataset: xr.Dataset, kind: PlaceKind) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    names = offered(dataset, kind)
    by, place = DIMENSIONS[kind]
    values = np.empty((*tables.shape, len(names), dataset.sizes[place], tables.count), np.float32)
    with np.errstate(invalid="ignore", divide="ignore"):
        for row, name in enumerate(names):
            values[:, :, row] = np.swapaxes(MEASURES[kind][name].compute(tables), 2, 3)
    return ("scenario", "replication", by, place, "year"), values
