"""Which package may know which: app.py -> scenarios -> simulator; calibration -> scenarios, simulator."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED: dict[str, set[str]] = {
    "simulator": set(),
    "scenarios": {"simulator"},
    "calibration": {"scenarios", "simulator"},
    "app.py": {"scenarios"},
    "benchmarks": {"scenarios", "simulator"},
}
ROOMS = {"simulator", "scenarios", "calibration", "app", "tests", "benchmarks"}
NOT_FOR_THE_ENGINE = {"reference", "reference_hospital", "reference_practice", "reference_state", "scaled_region"}


def imported(source: str) -> set[str]:
    """Names of the modules that a source imports, at any depth of the code; relative ones as '.'."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def files_of(room: str) -> list[Path]:
    return [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py"))


def wrong_arrows(room: str) -> list[str]:
    own = room.removesuffix(".py")
    forbidden = ROOMS - ALLOWED[room] - {own}
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of(room)
        for name in sorted(imported(path.read_text(encoding="utf-8")))
        if name.split(".")[0] in forbidden
    ]


@pytest.mark.parametrize("room", [room for room in ALLOWED if (ROOT / room).exists()])
def test_imports_point_one_way(room: str) -> None:
    assert files_of(room)
    assert not wrong_arrows(room)


def test_the_engine_does_not_know_its_reference() -> None:
    for path in files_of("simulator"):
        if path.stem not in NOT_FOR_THE_ENGINE:
            known = {name.split(".")[1] for name in imported(path.read_text("utf-8")) if name.startswith("simulator.")}
            assert not known & NOT_FOR_THE_ENGINE, path.name


def test_every_room_is_looked_at() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {path.name for path in ROOT.glob("*.py")}
    assert rooms <= set(ALLOWED) | {"tests"}


def test_hidden_imports_are_found() -> None:
    source = "def f():\n    from scenarios.cli import main\n    import calibration.targets as t\n    from . import x\n"
    assert {"scenarios.cli", "calibration.targets", "."} <= imported(source)


def test_no_generator_is_carried_around_in_the_engine() -> None:
    for path in files_of("simulator"):
        text = path.read_text(encoding="utf-8")
        assert "np.random" not in text, path.name
        assert "import random" not in text, path.name
