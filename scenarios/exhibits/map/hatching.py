"""Hatching of a municipality: slanting lines clipped to its boundary, for Vega-Lite has no patterns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from scenarios.places.boundaries import Point, Ring

SPACING = 0.035
"""Degrees of longitude between lines, of a county some two degrees wide."""

Line = tuple[Point, Point]


@lru_cache(maxsize=64)
def hatching(rings: tuple[Ring, ...], spacing: float = SPACING) -> tuple[Line, ...]:
    """Return lines rising at 45 degrees on a Mercator map, clipped to the rings, as longitude and latitude.

    Even-odd rule, so a ring within another is a hole. Lines of neighbours lie on the same grid.
    """
    edges = [(_turned(a), _turned(b)) for ring in rings for a, b in pairwise(ring)]
    heights = [height for edge in edges for _, height in edge]
    first, last = math.ceil(min(heights) / spacing), math.floor(max(heights) / spacing)
    return tuple(line for row in range(first, last + 1) for line in _across(edges, (row + 1e-6) * spacing))


def _across(edges: Sequence[tuple[Point, Point]], height: float) -> Iterator[Line]:
    cuts = sorted(x + (height - y) / (v - y) * (u - x) for (x, y), (u, v) in edges if min(y, v) <= height < max(y, v))
    for begins, ends in zip(cuts[::2], cuts[1::2], strict=True):
        yield _returned((begins, height)), _returned((ends, height))


def _turned(point: Point) -> Point:
    """Return a point of the map in degrees of longitude, on axes along and across the lines."""
    x, y = point[0], math.degrees(math.asinh(math.tan(math.radians(point[1]))))
    return x + y, y - x


def _returned(point: Point) -> Point:
    x, y = (point[0] - point[1]) / 2, (point[0] + point[1]) / 2
    return round(x, 4), round(math.degrees(math.atan(math.sinh(math.radians(y)))), 4)
