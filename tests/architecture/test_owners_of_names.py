"""One word, one thing: a constant or a class has its name alone in the whole house.

Whoever meets a name in one module and looks for it finds what was meant, and nothing else. Names of a module's own
(`_name`) are nobody else's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("simulator", "scenarios", "calibration")
ALIKE = {"AREA": "scenarios/levers/", "RECORDS": "scenarios/levers/"}
"""Names that every file of a folder has, for together the files are one table: an area of levers and its records."""


@cache
def sources() -> dict[str, str]:
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}


def assigned(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for part in target.elts:
            yield from assigned(part)


def constants(source: str) -> set[str]:
    """Public names in capitals that a module gives a value."""
    names: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            names |= {name for target in node.targets for name in assigned(target)}
        elif isinstance(node, ast.AnnAssign):
            names |= set(assigned(node.target))
    return {name for name in names if name.isupper() and not name.startswith("_")}


def classes(source: str) -> set[str]:
    """Public classes of a module."""
    named = {node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    return {name for name in named if not name.startswith("_")}


def owners(modules: dict[str, str]) -> dict[str, list[str]]:
    """Modules by the name that each defines."""
    modules_by_name: dict[str, list[str]] = {}
    for module, source in modules.items():
        for name in constants(source) | classes(source):
            modules_by_name.setdefault(name, []).append(module)
    return modules_by_name


def shared(modules: dict[str, str]) -> dict[str, list[str]]:
    """Names that more than one module defines, with those modules."""
    return {name: sorted(places) for name, places in sorted(owners(modules).items()) if len(places) > 1}


def test_a_name_has_one_owner() -> None:
    assert {name: places for name, places in shared(sources()).items() if name not in ALIKE} == {}


@pytest.mark.parametrize("name", ALIKE)
def test_names_of_files_that_are_alike_stay_in_their_folder(name: str) -> None:
    assert all(place.startswith(ALIKE[name]) for place in shared(sources())[name])


def test_names_are_found_however_they_are_defined() -> None:
    source = (
        "A, (B, _C) = 1, (2, 3)\nD: int = 4\ne = 5\n\nclass F:\n    G = 6\n\ndef h():\n    I = 7\n\nclass _J: ...\n"
    )
    assert constants(source) == {"A", "B", "D"}
    assert classes(source) == {"F"}
    assert shared({"a.py": source, "b.py": "D = 4\nclass F: ...\n"}) == {"D": ["a.py", "b.py"], "F": ["a.py", "b.py"]}
