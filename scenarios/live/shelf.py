"""What was worked out before, on disk: found by key, bounded in size, shared by all users, safe to delete at any time.

A book is one file, written beside its place and moved there as a whole, so a reader sees all of it or nothing and
two who write the same do no harm. After its content stands the SHA-256 of it, by which a damaged book is known: an
npz file with a bit turned may read well and be wrong. What is kept together (the runs of a course) lies in one folder
and goes together, the folder used longest ago first.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from scenarios.text.files import write_whole
from scenarios.text.problems import InputError, Problem
from simulator.core.private_folder import UnsafeFolderError, private_folder, readable_folder

CACHE_VARIABLE = "NARAVARD_CACHE"
DIGEST_BYTES = 32
KEY_FOLDERS = "[0-9a-f]" * 64
"""Pattern of the folders of a shelf, named by the key of what lies in them."""
_KEY = re.compile(r"[0-9a-f]{64}")
_BOOK = re.compile(r"[a-z0-9.-]{1,40}")
_log = logging.getLogger(__name__)


class OpenShelfError(InputError):
    """Others can write where results would be kept; which folder it is, the log says and no screen."""

    heading = "Mellanlagrade resultat går inte att använda"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of folders, of at most `most_bytes` together after `prune`."""

    folder: Path
    most_bytes: int = 500_000_000

    def place(self, key: str, book: str) -> Path:
        """Return where a book is or will be; raises ValueError unless the key is a SHA-256 and the name plain."""
        if not _KEY.fullmatch(key) or not _BOOK.fullmatch(book):
            raise ValueError("a key is a SHA-256 in hexadecimal digits, a book a plain name")
        return self.folder / key / book

    def has(self, key: str, book: str) -> bool:
        """Tell whether a book is there that nobody else can have written."""
        place = self.place(key, book)
        return place.is_file() and readable_folder(place.parent)

    def read(self, key: str, book: str) -> bytes | None:
        """Return a book's content and mark its folder as used; None when it is not there, as `has` tells it.

        A damaged one is deleted, and so counts as not there.
        """
        place = self.place(key, book)
        if not self.has(key, book):
            return None
        try:
            written = place.read_bytes()
        except OSError:
            return None
        content = written[:-DIGEST_BYTES]
        if _digest(content) != written[-DIGEST_BYTES:]:
            self.drop(key, book)
            return None
        with suppress(OSError):
            os.utime(place.parent)
        return content

    def put(self, key: str, book: str, content: bytes) -> Path:
        """Write a book as a whole; raises OSError when the disk does not take it, and leaves nothing then.

        The folders are for the user alone, whatever the rights of the files in them. Raises OpenShelfError when
        others own them or can write to one on the way.
        """
        place = self.place(key, book)
        _close(self.folder, KEY_FOLDERS)
        _close(place.parent, "*")
        write_whole(place, content + _digest(content), durable=False)  # whatever is lost is made anew
        return place

    def drop(self, key: str, book: str) -> None:
        """Delete a book that proved unreadable."""
        self.place(key, book).unlink(missing_ok=True)

    def prune(self, spare: Collection[str] = ()) -> None:
        """Delete folders until the rest is within bounds, the one used longest ago first.

        The newest stays, and so do those with a key in `spare`.
        """
        total = 0
        for rank, folder in enumerate(self._folders()):
            total += _bytes(folder)
            if rank and total > self.most_bytes and folder.name not in spare:
                shutil.rmtree(folder, ignore_errors=True)

    def _folders(self) -> list[Path]:
        """Return the folders, the last used first."""
        try:
            folders = [path for path in self.folder.iterdir() if _KEY.fullmatch(path.name)]
        except OSError:
            return []
        return sorted(folders, key=_used, reverse=True)


def cache_folder() -> Path:
    """Return where results are kept: `NARAVARD_CACHE`, else the user's cache folder."""
    given = os.environ.get(CACHE_VARIABLE)
    return Path(given) if given else platformdirs.user_cache_path("naravard") / "app"


def _close(folder: Path, ours: str) -> None:
    """Make a folder, or make sure that it is the user's alone; raises OpenShelfError where that cannot be."""
    try:
        private_folder(folder, ours)
    except UnsafeFolderError as error:
        _log.error("nothing is kept on the shelf: %s", error)
        told_sv = "mappen, eller en ovanför den, kan ändras av andra användare på servern; vilken det är står i loggen."
        raise OpenShelfError([Problem(CACHE_VARIABLE, told_sv)]) from error


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _used(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _bytes(folder: Path) -> int:
    with suppress(OSError):
        return sum(file.stat().st_size for file in folder.iterdir())
    return 0
