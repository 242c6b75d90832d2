"""The picture and the table of rooms are as the code's imports are now; sizes may lag behind a little."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from calibration.imports import arrows, floors, imports, reduced, rooms
from calibration.rooms import PICTURE, ROOMS_PAGE, picture, plan, size_of, ways, with_table

DOCS = Path(__file__).parents[2] / "docs"
MAKE = "run: python -m calibration.rooms"
SIZE = r"(\d+) files? · ([\d\u00a0]+) lines"
LAG = 1.25
"""So much may a room have grown or shrunk since the picture was made."""


@pytest.fixture(scope="module")
def made():
    page = (DOCS / ROOMS_PAGE).read_text(encoding="utf-8")
    return {PICTURE: picture(), ROOMS_PAGE: with_table(page)}


def sizes(text):
    return [int(figure.replace("\u00a0", "")) for pair in re.findall(SIZE, text) for figure in pair]


@pytest.mark.parametrize("name", [PICTURE, ROOMS_PAGE])
def test_rooms_purposes_and_arrows_are_those_of_now(name, made):
    kept = (DOCS / name).read_text(encoding="utf-8")
    assert re.sub(SIZE, "", kept) == re.sub(SIZE, "", made[name]), MAKE


@pytest.mark.parametrize("name", [PICTURE, ROOMS_PAGE])
def test_sizes_are_about_those_of_now(name, made):
    kept, now = sizes((DOCS / name).read_text(encoding="utf-8")), sizes(made[name])
    assert len(kept) == len(now) == 2 * len(rooms())
    assert [(old, new) for old, new in zip(kept, now, strict=True) if not 1 / LAG <= old / new <= LAG] == [], MAKE


def test_every_room_is_drawn_once_and_says_what_it_is_for(made):
    for room in rooms():
        assert made[PICTURE].count(f">{room.place}<") == 1
        assert room.purpose.endswith(".")
    assert sum(room.files for room in rooms()) == len(imports())


def test_arrows_that_others_imply_are_left_out():
    letters = {"a": "bc", "b": "c", "c": ""}
    assert reduced({of: frozenset(to) for of, to in letters.items()}) == {"a": {"b"}, "b": {"c"}, "c": set()}
    assert floors({of: frozenset(to) for of, to in letters.items()}) == {"c": 0, "b": 1, "a": 2}


def test_arrows_run_down_and_through_no_box():
    where, direct = plan(arrows()), reduced(arrows())
    corners = list(ways(where, direct))
    assert len(corners) == sum(map(len, direct.values()))
    for way in corners:
        for (x, y), (to_x, to_y) in pairwise(way):
            assert to_y >= y
            assert not [room for room in where.floor if inside(where, room, (x + to_x) / 2, (y + to_y) / 2)]
            assert x == to_x or y == to_y


def inside(where, room, x, y):
    left, top = where.left(room), where.top(room)
    return left <= x <= left + 336 and top < y < top + 62


def test_a_page_without_a_place_for_the_table_is_refused():
    with pytest.raises(ValueError, match="no place"):
        with_table("# Nothing\n")


def test_one_file_is_no_files():
    assert [size_of(room) for room in rooms() if room.files == 1] == ["1 file · 21 lines"]
