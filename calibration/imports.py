"""The rooms of the house as the code's own imports show them: which there are, what is in each, which knows which.

A room is a folder of a package, or what lies at a package's root. Arrows are counted wherever an import stands, also
in functions and where it serves type checkers alone. `tests/architecture` holds the walls against these arrows.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("app.py", "simulator", "scenarios", "calibration", "benchmarks")
Arrows = Mapping[str, frozenset[str]]
"""Rooms that each room imports."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room: its name in dots, its folder or file, what it is for on one line, and its size."""

    name: str
    place: str
    purpose: str
    files: int
    lines: int


def files() -> list[Path]:
    """Return every source of the project, without its tests."""
    return [file for name in CODE for file in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))]


def module_of(file: Path) -> str:
    """Return the name in dots of a source."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def room_of(module: str) -> str:
    """Return the room in which a module lies, "" for what is not the project's."""
    package, *inner = module.split(".")
    if not any(package == name.removesuffix(".py") for name in CODE):
        return ""
    return f"{package}.{inner[0]}" if inner and (ROOT / package / inner[0]).is_dir() else package


def imported(source: str) -> set[str]:
    """Return names of the modules that a source imports, at any depth of the code; relative ones as '.'."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names |= {name if is_module(name) else module for name in (f"{module}.{a.name}" for a in node.names)}
    return names


@cache
def is_module(name: str) -> bool:
    """Return whether the project has a module of this name."""
    place = ROOT.joinpath(*name.split("."))
    return place.with_name(f"{place.name}.py").is_file() or (place / "__init__.py").is_file()


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """Return what each module imports, by its name."""
    return {module_of(file): frozenset(imported(file.read_text("utf-8"))) for file in files()}


@cache
def crossings() -> tuple[tuple[str, str, str], ...]:
    """Return every import across rooms: room, room that it imports, and where."""
    pairs = ((module, name) for module, names in imports().items() for name in names)
    rooms_of = ((room_of(module), room_of(name), f"{module} -> {name}") for module, name in pairs)
    return tuple((of, to, where) for of, to, where in rooms_of if to not in ("", of))


@cache
def arrows() -> Arrows:
    """Return the rooms that each room imports."""
    pairs = {(of, to) for of, to, _ in crossings()}
    return {room: frozenset(to for of, to in pairs if of == room) for room in map(room_of, imports())}


def reduced(whole: Arrows) -> Arrows:
    """Leave out every arrow that others imply. Raises graphlib.CycleError where arrows run in a circle."""
    below: dict[str, frozenset[str]] = {}
    for room in TopologicalSorter(whole).static_order():
        below[room] = whole[room].union(*(below[to] for to in whole[room]))
    return {room: to - frozenset().union(*(below[each] for each in to)) for room, to in whole.items()}


def floors(whole: Arrows) -> dict[str, int]:
    """Return the floor of each room: 0 for what imports no other, otherwise one above the highest that it imports."""
    floor: dict[str, int] = {}
    for room in TopologicalSorter(whole).static_order():
        floor[room] = 1 + max((floor[to] for to in whole[room]), default=-1)
    return floor


@cache
def rooms() -> tuple[Room, ...]:
    """Return every room, from the ground up."""
    floor = floors(arrows())
    return tuple(_room(name) for name in sorted(floor, key=lambda name: (floor[name], name)))


def _room(name: str) -> Room:
    own = [file for file in files() if room_of(module_of(file)) == name]
    place = ROOT.joinpath(*name.split("."))
    says = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    purpose = _first_line(says) if says.is_file() else _first_line(min(own))
    lines = sum(len(file.read_text("utf-8").splitlines()) for file in own)
    where = f"{place.relative_to(ROOT).as_posix()}/" if place.is_dir() else says.name
    return Room(name, where, purpose, len(own), lines)


def _first_line(source: Path) -> str:
    text = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return text.partition("\n")[0]
