"""What was measured by a command or by the tests: kept with day, version and number of cores, for the page of checks.

Each command has one file of its own in calibration/checks/figures, which it writes anew when it is run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scenarios.running.engine import code_version

FIGURES_FOLDER = Path(__file__).with_name("figures")
Value = float | int | str


@dataclass(frozen=True, slots=True)
class OfTest:
    """What came of one test, all its cases together: how many, CPU seconds, and the figures that they told."""

    passed: int = 0
    skipped: int = 0
    failed: int = 0
    seconds: float = 0.0
    figures: Mapping[str, list[Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one command measured: its figures by name; of the suite, its tests by `path::function`.

    `note_sv` is what one must know to read the figures.
    """

    command: str
    measured: str
    version: str
    cores: int
    figures: Mapping[str, Value] = field(default_factory=dict)
    tests: Mapping[str, OfTest] = field(default_factory=dict)
    note_sv: str = ""


def keep(
    name: str, command: str, figures: Mapping[str, Value], note_sv: str = "", folder: Path = FIGURES_FOLDER
) -> None:
    """Write what a command measured today, in place of what it measured before."""
    _write(Measurement(command, *_stamp(), figures=figures, note_sv=note_sv), folder / f"{name}.json")


def keep_tests(
    name: str, command: str, tests: Mapping[str, OfTest], note_sv: str = "", folder: Path = FIGURES_FOLDER
) -> None:
    """Write what came of tests today; those that were not run now keep what came of them before."""
    earlier = read(folder).get(name)
    every = {**(earlier.tests if earlier else {}), **tests}
    ordered = {test: every[test] for test in sorted(every)}
    _write(Measurement(command, *_stamp(), tests=ordered, note_sv=note_sv), folder / f"{name}.json")


def read(folder: Path = FIGURES_FOLDER) -> dict[str, Measurement]:
    """Return every measurement by the name of its file."""
    return {file.stem: _measurement(json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*.json"))}


def _measurement(content: dict[str, Any]) -> Measurement:
    tests = {name: OfTest(**told) for name, told in content.pop("tests").items()}
    return Measurement(**content, tests=tests)


def _stamp() -> tuple[str, str, int]:
    return datetime.now(UTC).date().isoformat(), code_version(), os.cpu_count() or 1


def _write(measurement: Measurement, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(asdict(measurement), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
