"""Results of earlier requests on disk: found by key, bounded, safe to delete at any time.

A place is an ordinary results folder, so `naravard compare` reads it too. What cannot be read counts as not
there; the content is checked against its hash on reading (scenarios.results).
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from scenarios.folder import DATA, read_manifest

FOLDER_VARIABLE = "NARAVARD_CACHE"
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Store:
    """A folder with at most `most` results and `most_bytes` of them; the least recently used go first."""

    folder: Path
    most: int = 60
    most_bytes: int = 500_000_000

    def place(self, key: str) -> Path:
        """Return the folder of a key, there or not; raises ValueError for anything but a SHA-256."""
        if not _KEY.fullmatch(key):
            raise ValueError("a key is a SHA-256 in hexadecimal digits")
        return self.folder / key

    def find(self, key: str) -> Path | None:
        """Return the folder of a finished result and mark it as used, or None."""
        place = self.place(key)
        if not _finished(place):
            return None
        with suppress(OSError):
            os.utime(place / DATA)
        return place

    def latest(self) -> str | None:
        """Return the key of the result used last, or None when there is none."""
        keys = self._keys()
        return keys[0] if keys else None

    def clear_unfinished(self, key: str) -> None:
        """Delete what a killed simulation left under a key; a finished result stays."""
        if not _finished(self.place(key)):
            self.drop(key)

    def prune(self) -> None:
        """Delete what is over the bounds, oldest use first; the newest stays whatever its size."""
        total = 0
        for rank, key in enumerate(self._keys()):
            total += _bytes(self.folder / key)
            if rank and (rank >= self.most or total > self.most_bytes):
                self.drop(key)

    def drop(self, key: str) -> None:
        """Delete a result, if it is there."""
        shutil.rmtree(self.place(key), ignore_errors=True)

    def _keys(self) -> list[str]:
        """Return the keys of finished results, the last used first."""
        try:
            names = [path.name for path in self.folder.iterdir() if _KEY.fullmatch(path.name)]
        except OSError:
            return []
        used = {name: _used(self.folder / name) for name in names if _finished(self.folder / name)}
        return sorted(used, key=lambda name: used[name], reverse=True)


def default_folder() -> Path:
    """Return where the app keeps results: `NARAVARD_CACHE`, else the user's cache folder."""
    given = os.environ.get(FOLDER_VARIABLE)
    return Path(given) if given else platformdirs.user_cache_path("naravard") / "results"


def _finished(place: Path) -> bool:
    return read_manifest(place) is not None and (place / DATA).is_file()


def _used(place: Path) -> float:
    try:
        return (place / DATA).stat().st_mtime
    except OSError:
        return 0.0


def _bytes(place: Path) -> int:
    with suppress(OSError):
        return sum(file.stat().st_size for file in place.iterdir())
    return 0
