"""Locks of what is installed, made of `pyproject.toml` and `constraints.txt`: every package with its files' hashes.

`constraints.txt` is what people edit; `python -m calibration.locks` makes the locks of it with uv (extra `lock`), for
Python 3.11 and later on all systems. `pip install --require-hashes` then takes no other file than those.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from calibration.imports import ROOT

LOCKS: Mapping[Path, tuple[str, ...]] = {
    ROOT / "docs" / "drift" / "requirements.lock": (),
    ROOT / "tests" / "requirements.lock": ("browser", "cluster", "lint", "maps", "test"),
}
"""Where each lock lies, and the extras that it covers besides what the project needs to run."""
OLDEST_PYTHON = "3.11"
BUILDS = "setuptools\n"
"""What builds the project: locked as well, so that it can be built without fetching anything else."""
_COMPILE = (
    *("uv", "pip", "compile", "pyproject.toml", "-", "--constraint", "constraints.txt", "--universal"),
    *("--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-header", "--no-annotate", "--quiet"),
)


def write(place: Path, extras: tuple[str, ...]) -> None:
    """Make a lock; raises subprocess.CalledProcessError when uv finds no versions, FileNotFoundError without uv."""
    chosen = [word for extra in extras for word in ("--extra", extra)]
    command = [*_COMPILE, *chosen, "--output-file", str(place)]
    subprocess.run(command, cwd=ROOT, input=BUILDS, text=True, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Make all locks anew; what is in them already is kept where it still fits."""
    for place, extras in LOCKS.items():
        write(place, extras)
        print(place.relative_to(ROOT))


if __name__ == "__main__":
    main()
