"""The walls of the house: which room may import which, and what a room is for.

What a room is and which arrows there are, `calibration.imports` reads from the code.
"""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

from calibration.imports import ROOT, crossings, files, imported, imports, room_of

IMPORTS = imports()
MAY_IMPORT = {
    "simulator.core": "",
    "simulator.region": "core",
    "simulator.people": "core region",
    "simulator.care": "core region people",
    "simulator.staff": "core region care",
    "simulator.results": "core region people care staff",
    "simulator": "core region people care staff results",
    "simulator.lives": "core region people care simulator",
    "simulator.reference": "core region people care",
    "scenarios.text": "",
    "scenarios.effects": "text",
    "scenarios.statistics": "",
    "scenarios.places": "text simulator.region",
    "scenarios.measures": "places statistics",
    "scenarios.levers": (
        "text simulator simulator.core simulator.region simulator.people simulator.care simulator.staff"
    ),
    "scenarios.strategies": "text places levers simulator simulator.core simulator.region",
    "scenarios.running": "text measures strategies simulator simulator.core simulator.region",
    "scenarios.validation": "text statistics measures strategies running",
    "scenarios.findings": "text statistics measures levers strategies running simulator simulator.region",
    "scenarios.studies": "text statistics measures levers strategies running simulator simulator.core simulator.region",
    "scenarios.seeking": (
        "text statistics places measures levers strategies running findings studies "
        "simulator simulator.region"
    ),
    "scenarios.follow": "text places strategies running simulator simulator.core simulator.region simulator.lives",
    "scenarios.live": (
        "text statistics places measures levers strategies running findings follow "
        "simulator simulator.core simulator.region simulator.lives"
    ),
    "scenarios.exhibits": (
        "text effects statistics places measures levers strategies running validation findings follow live "
        "simulator.region"
    ),
    "scenarios.report": "text places levers strategies live exhibits simulator.region",
    "scenarios.documents": (
        "text effects statistics places measures levers strategies running validation findings studies live exhibits "
        "report simulator.region"
    ),
    "scenarios.commands": (
        "text effects statistics places measures levers strategies running validation findings studies seeking follow "
        "documents simulator.region"
    ),
    "scenarios": "text running commands",
    "scenarios.pages": (
        "text effects statistics places measures levers strategies running findings follow live exhibits report "
        "documents simulator.region"
    ),
    "app": "scenarios.pages",
    "calibration": (
        "scenarios.text scenarios.effects scenarios.statistics scenarios.places scenarios.measures scenarios.levers "
        "scenarios.strategies scenarios.running scenarios.validation scenarios.findings scenarios.live "
        "scenarios.exhibits "
        "simulator simulator.core simulator.people simulator.region"
    ),
    "calibration.experiments": (
        "calibration scenarios.text scenarios.strategies scenarios.exhibits simulator simulator.core simulator.people "
        "simulator.region simulator.staff"
    ),
    "calibration.concentration": (
        "scenarios.text scenarios.strategies scenarios.validation simulator simulator.core simulator.region"
        " simulator.people simulator.care"
    ),
    "calibration.checks": "calibration scenarios.running",
    "benchmarks": (
        "calibration.checks scenarios.strategies scenarios.running scenarios.studies scenarios.live simulator "
        "simulator.core simulator.people simulator.staff simulator.region simulator.reference"
    ),
}  # fmt: skip
"""The rooms in an order in which each stands above what it imports; a name without a package is of the room's own."""
FULL = 25
"""Files in a folder from which it is no room any more but a heap."""


def allowed(room: str) -> set[str]:
    package = room.split(".", maxsplit=1)[0]
    inside = {name.removeprefix(f"{package}."): name for name in MAY_IMPORT if name.startswith(f"{package}.")}
    return {inside.get(name, name) for name in MAY_IMPORT[room].split()}


def test_every_room_is_in_the_table_and_the_table_has_no_other() -> None:
    assert {room_of(module) for module in IMPORTS} == set(MAY_IMPORT)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_what_it_may(room: str) -> None:
    assert {where for of, to, where in crossings() if of == room and to not in allowed(room)} == set()


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_no_door_is_left_open_that_nobody_uses(room: str) -> None:
    assert allowed(room) - {to for of, to, _ in crossings() if of == room} == set()


def test_no_arrow_runs_back_up() -> None:
    """Raises graphlib.CycleError otherwise; the table's own order is one of those that are possible."""
    list(TopologicalSorter({room: allowed(room) for room in MAY_IMPORT}).static_order())
    order = list(MAY_IMPORT)
    assert [(room, to) for room in order for to in allowed(room) if order.index(to) >= order.index(room)] == []


def test_no_file_imports_itself_through_others() -> None:
    """Raises graphlib.CycleError otherwise."""
    packages = {module for module in IMPORTS if (ROOT.joinpath(*module.split(".")) / "__init__.py").is_file()}
    graph = {module: names & set(IMPORTS) - packages for module, names in IMPORTS.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(IMPORTS)


def test_the_packages_know_each_other_one_way() -> None:
    knows = {(of.split(".")[0], to.split(".")[0]) for of, to, _ in crossings()}
    across = {(of, to) for of, to in knows if of != to}
    assert across == {
        ("app", "scenarios"), ("scenarios", "simulator"), ("calibration", "scenarios"), ("calibration", "simulator"),
        ("benchmarks", "calibration"), ("benchmarks", "scenarios"), ("benchmarks", "simulator"),
    }  # fmt: skip


def test_streamlit_is_for_pages_alone() -> None:
    users = {room_of(module) for module, names in IMPORTS.items() if any(n.split(".")[0] == "streamlit" for n in names)}
    assert users == {"scenarios.pages", "app"}


def test_hidden_imports_are_found() -> None:
    source = "def f():\n    from scenarios.cli import main\n    import calibration.needs as t\n    from . import x\n"
    assert {"scenarios.cli", "calibration.needs", "."} <= imported(source)
    assert "scenarios.levers.prices" in imported("from scenarios.levers import prices\n")


def test_imports_name_their_module_in_full() -> None:
    """The digest of sources (`simulator.core.sources`) follows no relative import."""
    assert {module for module, names in IMPORTS.items() if any(name.startswith(".") for name in names)} == set()


def test_no_folder_is_a_heap() -> None:
    folders = [folder for file in files() if (folder := file.parent) != ROOT]
    assert {str(folder): folders.count(folder) for folder in set(folders) if folders.count(folder) > FULL + 1} == {}


def test_every_folder_says_on_one_line_what_it_is_for() -> None:
    for file in files():
        if file.name == "__init__.py":
            text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
            assert text.partition("\n")[0].endswith("."), file


def test_no_generator_is_carried_around_in_the_engine() -> None:
    for path in (ROOT / "simulator").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "np.random" not in text, path.name
        assert "import random" not in text, path.name
