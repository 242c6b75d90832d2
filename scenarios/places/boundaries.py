"""Where a region's municipalities lie on a map, and in a grid of equal tiles laid out like it.

The files lie in scenarios/places/maps, outside the region pack: no result depends on them. <region>.json is GeoJSON
made by calibration.boundaries, with source and licence in it; <region>-layout.csv is laid out by hand: the grid after
the map, and where on the map a municipality's name has room.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]
_FOLDER = "maps"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a municipality is written: column and row of the grid from the north-west, and its label on the map."""

    column: int
    row: int
    longitude: float
    latitude: float
    align: str


@dataclass(frozen=True, slots=True)
class Boundaries:
    """A region's municipalities by code, in the order of its pack.

    `rings` are closed, in degrees of longitude and latitude (WGS 84), clockwise on the map as d3-geo wants them.
    `source` and `licence` are Swedish, to be shown with the map.
    """

    names: dict[str, str]
    rings: dict[str, tuple[Ring, ...]]
    spots: dict[str, Spot]
    source: str
    licence: str

    @property
    def columns(self) -> int:
        """Columns of the grid of tiles."""
        return 1 + max(spot.column for spot in self.spots.values())

    @property
    def rows(self) -> int:
        """Rows of the grid of tiles."""
        return 1 + max(spot.row for spot in self.spots.values())


def maps_folder() -> Path:
    """Return where the maps lie that come with the project."""
    return Path(str(files("scenarios.places"))) / _FOLDER


@lru_cache(maxsize=4)
def boundaries(region: str) -> Boundaries:
    """Return the boundaries of a region by its code, read once; raises FileNotFoundError where there is no map."""
    if not region.isidentifier():
        raise FileNotFoundError(f"no map of a region named {region!r}")
    content = json.loads((maps_folder() / f"{region}.json").read_text(encoding="utf-8"))
    features = content["features"]
    return Boundaries(
        names={feature["id"]: feature["properties"]["name"] for feature in features},
        rings={feature["id"]: _rings(feature["geometry"]) for feature in features},
        spots=_spots(maps_folder() / f"{region}-layout.csv"),
        source=content["source"],
        licence=content["licence"],
    )


def _rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    return tuple(tuple((x, y) for x, y in part[0]) for part in geometry["coordinates"])


def _spots(path: Path) -> dict[str, Spot]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["municipality"]: _spot(row) for row in csv.DictReader(file)}


def _spot(row: dict[str, str]) -> Spot:
    return Spot(
        int(row["column"]), int(row["row"]),
        float(row["label_longitude"]), float(row["label_latitude"]), row["label_align"],
    )  # fmt: skip
