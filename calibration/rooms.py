"""The picture and the table of rooms, made from the code's own imports.

`python -m calibration.rooms` rewrites docs/images/rooms.svg and the table in docs/architecture.md. Boxes stand on
floors, each above all that it imports; an arrow that others imply is left out. Arrows run down between the boxes:
in the column of one of their ends where nothing is in the way, otherwise between two columns.
"""

from __future__ import annotations

import argparse
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from calibration.imports import Arrows, Room, arrows, floors, reduced, rooms
from calibration.register_text import table_text

PICTURE, ROOMS_PAGE = "images/rooms.svg", "architecture.md"
BEGINS, ENDS = "<!-- rooms: python -m calibration.rooms -->\n", "<!-- end of rooms -->"
ROOM_COLUMNS = {"simulator": (0, 1, 2, 3), "scenarios": (1, 2, 0, 3), "": (1, 2, 0, 3)}
"""Columns that rooms of a package take, the first that is free; "" for all others."""
BOX_WIDTH, BOX_HEIGHT, BETWEEN_BOXES, BETWEEN_FLOORS, MARGIN = 336, 62, 50, 30, 14
"""Measures in pixels: of a box, of the space beside and above it, and around all."""
LETTERS = 56
"""Letters on a line of a box."""
ROUND = 7
SCREEN = """
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1f2933; }
.name { font-size: 14px; font-weight: 600; }
.size { font-size: 10.5px; fill: #6b7280; }
.purpose { font-size: 11px; fill: #3e4c59; }
.title { font-size: 22px; font-weight: 600; }
.said { font-size: 13px; fill: #52606d; }
.box { stroke-width: 1; }
.simulator { fill: #e6f2f3; stroke: #7fb3ba; }
.scenarios { fill: #f1eefb; stroke: #ab9fd8; }
.other { fill: #fbf3e4; stroke: #d5b777; }
.arrow { fill: none; stroke: #9aa5b1; stroke-width: 1.2; }
.head { fill: #9aa5b1; }
@media (prefers-color-scheme: dark) {
  text { fill: #e4e7eb; }
  .size { fill: #9aa5b1; }
  .purpose { fill: #cbd2d9; }
  .said { fill: #b4bdc7; }
  .simulator { fill: #12343a; stroke: #3f7e87; }
  .scenarios { fill: #2a2547; stroke: #6a5fa3; }
  .other { fill: #3a2f17; stroke: #8d7440; }
  .arrow { stroke: #6b7785; }
  .head { fill: #6b7785; }
}
"""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """Where each room stands: its floor and its column."""

    floor: Mapping[str, int]
    column: Mapping[str, int]

    @property
    def height(self) -> int:
        """Height of the whole picture."""
        return 2 * MARGIN + (max(self.floor.values()) + 1) * (BOX_HEIGHT + BETWEEN_FLOORS) - BETWEEN_FLOORS

    def left(self, room: str) -> int:
        """Return the left edge of a box."""
        return MARGIN + BETWEEN_BOXES + self.column[room] * (BOX_WIDTH + BETWEEN_BOXES)

    def middle(self, room: str) -> float:
        """Return the middle of a box."""
        return self.left(room) + BOX_WIDTH / 2

    def top(self, room: str) -> int:
        """Return the upper edge of a box."""
        return self.height - MARGIN - BOX_HEIGHT - self.floor[room] * (BOX_HEIGHT + BETWEEN_FLOORS)

    def is_free(self, column: int, above: str, below: str) -> bool:
        """Return whether nothing stands in a column on the floors between two rooms."""
        between = range(self.floor[below] + 1, self.floor[above])
        return not any(self.column[room] == column and floor in between for room, floor in self.floor.items())


def package_of(room: str) -> str:
    """Return the package whose colour and columns a room has, "" for the others."""
    package = room.partition(".")[0]
    return package if package in ROOM_COLUMNS else ""


def plan(whole: Arrows) -> FloorPlan:
    """Give every room its floor and a column. Raises ValueError for a floor with more rooms than columns."""
    floor, column = floors(whole), dict[str, int]()
    users = Counter(to for below in whole.values() for to in below)
    for room in sorted(floor, key=lambda room: (floor[room], package_of(room) == "", -users[room], room)):
        taken = {column[other] for other in column if floor[other] == floor[room]}
        free = [each for each in ROOM_COLUMNS[package_of(room)] if each not in taken]
        if not free:
            raise ValueError(f"no column is left for {room} on floor {floor[room]}")
        column[room] = free[0]
    return FloorPlan(floor, column)


# --- arrows


def ways(plan: FloorPlan, direct: Arrows) -> Iterator[list[Point]]:
    """Give the corners of each arrow, from the box that imports down to the one imported."""
    pairs = sorted((of, to) for of, below in direct.items() for to in below)
    lanes: Counter[int] = Counter()
    for of, to in sorted(pairs, key=lambda pair: (plan.floor[pair[0]] - plan.floor[pair[1]], pair)):
        yield _way(plan, direct, of, to, lanes)


def _way(plan: FloorPlan, direct: Arrows, of: str, to: str, lanes: Counter[int]) -> list[Point]:
    start, end = _leaves(plan, direct, of, to), plan.middle(to)
    first, last = plan.top(of) + BOX_HEIGHT + BETWEEN_FLOORS * 0.4, plan.top(to) - BETWEEN_FLOORS * 0.45
    if plan.floor[of] - plan.floor[to] == 1 or plan.is_free(plan.column[to], of, to):
        corners = [(start, first), (end, first)]
    elif plan.is_free(plan.column[of], of, to):
        corners = [(start, last), (end, last)]
    else:
        lane = _lane(plan, of, to, lanes)
        corners = [(start, first), (lane, first), (lane, last), (end, last)]
    return [(start, plan.top(of) + BOX_HEIGHT), *corners, (end, plan.top(to) - 1.0)]


def _leaves(plan: FloorPlan, direct: Arrows, of: str, to: str) -> float:
    """Where an arrow leaves its box: straight down to what lies below, others beside, in the order of their ends."""
    below = sorted(direct[of], key=lambda room: (plan.column[room], plan.floor[room]))
    straight = [room for room in below if plan.column[room] == plan.column[of]]
    middle = below.index(straight[-1]) if straight else (len(below) - 1) / 2
    return plan.middle(of) + (below.index(to) - middle) * 40


def _lane(plan: FloorPlan, of: str, to: str, lanes: Counter[int]) -> float:
    """A lane of its own between two columns: left of the box that is imported, or right of what lies left of it."""
    gap = max(plan.column[of], plan.column[to])
    lanes[gap] += 1
    return MARGIN + gap * (BOX_WIDTH + BETWEEN_BOXES) + lanes[gap] * 8.0


def _path(corners: list[Point]) -> str:
    """Draw lines with round corners."""
    commands = [f"M{corners[0][0]:.1f} {corners[0][1]:.1f}"]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        a, b = _towards(here, before), _towards(here, after)
        commands.append(f"L{a[0]:.1f} {a[1]:.1f}Q{here[0]:.1f} {here[1]:.1f} {b[0]:.1f} {b[1]:.1f}")
    return "".join([*commands, f"L{corners[-1][0]:.1f} {corners[-1][1]:.1f}"])


def _towards(here: Point, there: Point) -> Point:
    """Return a point on the way from one corner to the next, where rounding begins."""
    far = abs(there[0] - here[0]) + abs(there[1] - here[1])
    share = min(ROUND, far / 2) / far if far else 0.0
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


# --- the picture


def picture() -> str:
    """Return the SVG of all rooms."""
    whole = arrows()
    where = plan(whole)
    wide = 2 * MARGIN + (max(where.column.values()) + 1) * (BOX_WIDTH + BETWEEN_BOXES)
    svg = ET.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide} {where.height}",
        width=str(wide),
        height=str(where.height),
        role="img",
    )
    ET.SubElement(svg, "title").text = "The rooms of the code, and which imports which"
    ET.SubElement(svg, "style").text = SCREEN
    for corners in ways(where, reduced(whole)):
        ET.SubElement(svg, "path", {"class": "arrow", "d": _path(corners)})
        x, y = corners[-1]
        ET.SubElement(svg, "path", {"class": "head", "d": f"M{x - 4:.1f} {y - 7:.1f}h8l-4 7z"})
    for room in rooms():
        _draw(svg, room, where)
    _tell(svg)
    ET.indent(svg, " ")
    return ET.tostring(svg, encoding="unicode") + "\n"


def _draw(svg: ET.Element, room: Room, where: FloorPlan) -> None:
    x, y = where.left(room.name), where.top(room.name)
    look = package_of(room.name) or "other"
    box = {
        "x": str(x),
        "y": str(y),
        "width": str(BOX_WIDTH),
        "height": str(BOX_HEIGHT),
        "rx": "8",
        "class": f"box {look}",
    }
    ET.SubElement(svg, "rect", box)
    _write(svg, "name", x + 11, y + 20, room.place)
    size = _write(svg, "size", x + BOX_WIDTH - 11, y + 19, size_of(room))
    size.set("text-anchor", "end")
    for row, line in enumerate(textwrap.wrap(room.purpose.partition("; ")[0].rstrip("."), LETTERS)):
        _write(svg, "purpose", x + 11, y + 37 + 14 * row, line)


def _tell(svg: ET.Element) -> None:
    """Say in the corner above the simulator what is drawn."""
    left = MARGIN + 4
    _write(svg, "title", left, MARGIN + 24, "The rooms")
    for row, line in enumerate((
        "Each stands above all that it imports,",
        "from the ground up to the app.",
        "What other arrows imply is not drawn.",
    )):  # fmt: skip
        _write(svg, "said", left, MARGIN + 50 + 19 * row, line)


def _write(svg: ET.Element, kind: str, x: float, y: float, text: str) -> ET.Element:
    element = ET.SubElement(svg, "text", {"class": kind, "x": f"{x:g}", "y": f"{y:g}"})
    element.text = text
    return element


def size_of(room: Room) -> str:
    """Return how much is in a room, in words."""
    return f"{room.files} file{'s' * (room.files != 1)} · {room.lines:,} lines".replace(",", "\N{NO-BREAK SPACE}")


# --- the table


def table() -> str:
    """Return the table of rooms, from the app down to the ground."""
    floor, direct = floors(arrows()), reduced(arrows())
    short = {room.name: f"`{room.place}`" for room in rooms()}
    return table_text(
        ("Floor", "Room", "What it is for", "Stands on", "Size"),
        (
            (str(floor[each.name]), short[each.name], each.purpose, _listed(direct[each.name], short), size_of(each))
            for each in reversed(rooms())
        ),
    )


def _listed(names: frozenset[str], short: Mapping[str, str]) -> str:
    return ", ".join(short[name] for name in sorted(names))


def with_table(page: str) -> str:
    """Put the table between the page's markers. Raises ValueError for a page without them."""
    before, begins, rest = page.partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not begins or not ends:
        raise ValueError(f"the page has no place for the table: {BEGINS.strip()} ... {ENDS}")
    return f"{before}{BEGINS}\n{table()}\n{ENDS}{after}"


def main() -> None:
    """Command line: rewrite picture and table in the documentation's folder."""
    parser = argparse.ArgumentParser(description="Rewrite the picture and the table of rooms.")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder of the documentation")
    folder: Path = parser.parse_args().docs
    (folder / PICTURE).write_text(picture(), encoding="utf-8")
    page = folder / ROOMS_PAGE
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
