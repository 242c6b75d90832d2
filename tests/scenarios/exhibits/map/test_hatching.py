"""Hatching: parallel lines within the boundary, and nowhere else."""

import math
from itertools import pairwise

import pytest

from scenarios.exhibits.map.hatching import hatching
from scenarios.places.boundaries import boundaries

SQUARE = (((15.0, 57.0), (15.0, 57.5), (15.5, 57.5), (15.5, 57.0), (15.0, 57.0)),)
HOLE = ((15.2, 57.2), (15.3, 57.2), (15.3, 57.3), (15.2, 57.3), (15.2, 57.2))


def mercator(point):
    return point[0], math.degrees(math.asinh(math.tan(math.radians(point[1]))))


def inside(point, rings):
    """Even-odd rule."""
    x, y = point
    crossings = 0
    for ring in rings:
        for (a, b), (c, d) in pairwise(ring):
            if (b > y) != (d > y) and x < a + (y - b) / (d - b) * (c - a):
                crossings += 1
    return crossings % 2 == 1


def test_lines_rise_at_45_degrees_on_the_map():
    for begins, ends in hatching(SQUARE):
        (x, y), (u, v) = mercator(begins), mercator(ends)
        assert u > x
        assert v - y == pytest.approx(u - x, abs=1e-3)


@pytest.mark.parametrize("rings", [SQUARE, (*SQUARE, HOLE), boundaries("kalmar").rings["0885"]])
def test_lines_lie_within_the_boundary(rings):
    lines = hatching(rings)
    assert len(lines) > 5
    for (x, y), (u, v) in lines:
        for share in (0.05, 0.5, 0.95):
            if math.hypot(u - x, v - y) > 0.01:
                assert inside((x + share * (u - x), y + share * (v - y)), rings)


def test_a_hole_is_left_out():
    whole, holed = (sum(math.dist(*line) for line in hatching(rings)) for rings in (SQUARE, (*SQUARE, HOLE)))
    assert holed == pytest.approx(whole * 0.96, rel=0.02)


def test_wider_apart_means_fewer():
    assert len(hatching(SQUARE, 0.1)) < len(hatching(SQUARE, 0.03))


def test_neighbours_lie_on_the_same_grid():
    moved = (tuple((x + 0.5, y) for x, y in SQUARE[0]),)
    ends = {round(mercator(line[1])[1] - mercator(line[1])[0], 3) for line in hatching(SQUARE)}
    begins = {round(mercator(line[0])[1] - mercator(line[0])[0], 3) for line in hatching(moved)}
    assert len(ends & begins) > 5
