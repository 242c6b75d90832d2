"""Scenarios that people have saved: files in one folder that all users share, found by name, never by path.

The name of a strategy (a-z, digits, hyphens) comes from its label and is the key; the file's name is made of it. What
cannot be read counts as not there, and the folder is bounded in number and size. Safe to use from many processes.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NoReturn

import platformdirs
from filelock import FileLock, Timeout

from scenarios.strategies.library import TAKEN_SV, library
from scenarios.strategies.scenario import check_strategy
from scenarios.strategies.strategy import Strategy
from scenarios.strategies.text import strategy_text
from scenarios.text import strict_yaml
from scenarios.text.files import write_whole
from scenarios.text.problems import InputError, Problem, ScenarioError, quoted
from scenarios.text.swedish import number
from simulator.core.private_folder import UnsafeFolderError, private_folder, readable_folder

SAVED_VARIABLE = "NARAVARD_SCENARIOS"
"""Environment variable with the folder of saved scenarios."""
FILE_PREFIX, FILE_SUFFIX = "scenario-", ".yaml"
"""Around the name in the file's: so that no name is one that an operating system keeps for itself (con, nul)."""
LOCK_SECONDS = 10.0
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_NAME = 64
_log = logging.getLogger(__name__)


class SaveError(InputError):
    """A scenario cannot be saved, found or deleted."""

    heading = "Scenariot kunde inte hanteras"


class TakenError(SaveError):
    """A scenario with this name is saved already, and nobody said that it may be replaced."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved scenario and when it was saved (local time)."""

    strategy: Strategy
    when: datetime

    @property
    def name(self) -> str:
        """Key under which it is found."""
        return self.strategy.name

    @property
    def label_sv(self) -> str:
        """Its label, which may hold any printable text: escape it where HTML is written."""
        return self.strategy.label_sv


@dataclass(frozen=True, slots=True)
class SavedScenarios:
    """A folder with at most `most` saved scenarios of at most `most_bytes` together."""

    folder: Path
    most: int = 300
    most_bytes: int = 10_000_000

    def save(self, strategy: Strategy, replace: bool = False) -> Saved:
        """Save a strategy under its name, whole or not at all.

        Raises TakenError when the name is taken and `replace` is not said, SaveError when the name belongs to the
        library, the folder is full or cannot be written to.
        """
        place = self._place(strategy.name)
        if strategy.name in library():
            _refuse(TAKEN_SV, strategy.name)
        content = strategy_text(strategy).encode()
        if not _reads_back(content, strategy):
            _refuse("det är för stort.", strategy.name)
        try:
            private_folder(self.folder)
            with FileLock(self.folder / ".lock", timeout=LOCK_SECONDS):
                if place.exists() and not replace:
                    raise TakenError([Problem("Namn", "det är taget av ett sparat scenario.", quoted(strategy.name))])
                self._check_room(place, len(content))
                write_whole(place, content)
        except (OSError, Timeout) as error:
            _log.warning("a scenario could not be saved: %s", error)
            if isinstance(error, UnsafeFolderError):
                _refuse("mappen för sparade scenarier, eller en mapp ovanför den, kan ändras av andra användare.")
            _refuse("mappen för sparade scenarier går inte att skriva i.")
        return Saved(strategy, datetime.now().astimezone())

    def list(self) -> tuple[Saved, ...]:
        """Return what is saved, the latest first; files that cannot be read are left out and told to the log."""
        readable = [saved for name in self._files() if (saved := self._find(name)) is not None]
        return tuple(sorted(readable, key=lambda saved: saved.when, reverse=True))

    def load(self, name: str) -> Strategy:
        """Return a saved strategy by name; raises SaveError when there is none that can be read."""
        saved = self._find(name) if _is_name(name) and name not in library() else None
        if saved is None:
            _refuse("det finns inget sparat scenario med det namnet.", name)
        return saved.strategy

    def delete(self, name: str) -> None:
        """Delete a saved scenario, if it is there; raises SaveError when it cannot be deleted."""
        try:
            self._place(name).unlink(missing_ok=True)
        except OSError:
            _refuse("scenariot går inte att ta bort.", name)

    def _place(self, name: str) -> Path:
        if not _is_name(name):
            _refuse("namnet har fel form.", name)
        return self.folder / f"{FILE_PREFIX}{name}{FILE_SUFFIX}"

    def _files(self) -> dict[str, Path]:
        """Return the files of saved scenarios by name, at most as many as there may be."""
        if not self._is_own():
            return {}
        try:
            paths = sorted(path for path in self.folder.glob(f"{FILE_PREFIX}*{FILE_SUFFIX}") if path.is_file())
        except OSError:
            return {}
        named = {path.name.removeprefix(FILE_PREFIX).removesuffix(FILE_SUFFIX): path for path in paths}
        readable = ((name, path) for name, path in named.items() if _is_name(name) and name not in library())
        return dict(islice(readable, self.most))

    def _is_own(self) -> bool:
        """Tell whether the folder is there and the user's; one that others could write to is closed."""
        try:
            return self.folder.is_dir() and (readable_folder(self.folder) or bool(private_folder(self.folder)))
        except OSError as error:
            _log.warning("saved scenarios are not read: %s", error)
            return False

    def _find(self, name: str) -> Saved | None:
        place = self._place(name)
        if not self._is_own():
            return None
        try:
            about = place.stat()
        except OSError:
            return None
        strategy = _read(place, about.st_mtime_ns, about.st_size)
        if strategy is None or strategy.name != name:
            return None
        return Saved(strategy, datetime.fromtimestamp(about.st_mtime).astimezone())

    def _check_room(self, place: Path, size: int) -> None:
        others = [path for path in self._files().values() if path != place]
        if len(others) >= self.most:
            _refuse(f"det finns redan {number(len(others))} sparade scenarier; ta bort något först.")
        if sum(path.stat().st_size for path in others) + size > self.most_bytes:
            _refuse("mappen för sparade scenarier är full; ta bort något först.")


def default_folder() -> Path:
    """Return where saved scenarios lie: `NARAVARD_SCENARIOS`, else the user's data folder."""
    given = os.environ.get(SAVED_VARIABLE)
    return Path(given) if given else platformdirs.user_data_path("naravard") / "scenarios"


def _is_name(name: object) -> bool:
    return isinstance(name, str) and len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def _refuse(message: str, name: str | None = None) -> NoReturn:
    raise SaveError([Problem("Sparade scenarier", message, None if name is None else quoted(name))])


def _reads_back(content: bytes, strategy: Strategy) -> bool:
    try:
        return check_strategy(strict_yaml.parse(content, strategy.name)) == strategy
    except ScenarioError:
        return False


@lru_cache(maxsize=512)
def _read(place: Path, changed: int, size: int) -> Strategy | None:  # noqa: ARG001 - part of the key
    """Return the strategy in a file as it was at a time (ns) and size, None when it cannot be read."""
    try:
        return check_strategy(strict_yaml.load(place))
    except ScenarioError as error:
        _log.warning("a saved scenario cannot be read: %s", error)
        return None
