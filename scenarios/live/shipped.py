"""The library's results as they come with the project: shown at the first visit, before anything was simulated here.

One zip file (`scenarios/strategies/library/results.zip`) of npz arrays over all courses and replications, which
compress well together because courses share their history. `lay_out` puts them on a shelf as the books that the
simulator would have made; `calibration.library_results` makes the file, and a test simulates some of it anew.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.live.course import Course
from scenarios.live.kept import Book, to_npz, unpack
from scenarios.live.shelf import Shelf
from scenarios.live.work import Kind, book_name
from scenarios.statistics.arrays import Array
from scenarios.text.files import replacing

SHIPPED_FILE = Path(__file__).parents[1] / "strategies" / "library" / "results.zip"
_ABOUT = "about.json"
BOOK_KINDS: tuple[Kind, ...] = ("main", "whole", "drawn")
"""Kinds of books, in the order in which they lie in the file."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a file of results says about itself: keys of courses by name of strategy, replications, code version."""

    keys: Mapping[str, str]
    replications: int
    version: str


NOTHING = Shipped({}, 0, "")


def shipped(file: Path = SHIPPED_FILE) -> Shipped:
    """Return what a file of results holds; nothing when there is no file."""
    if not file.is_file():
        return NOTHING
    with zipfile.ZipFile(file) as archive:
        about = json.loads(archive.read(_ABOUT))
    return Shipped(about["keys"], about["replications"], about["version"])


def lay_out(shelf: Shelf, file: Path = SHIPPED_FILE) -> None:
    """Put the results of `file` on a shelf where they are missing."""
    about = shipped(file)
    books = range(1, about.replications + 1)
    missing = [
        (place, key)
        for place, key in enumerate(about.keys.values())
        if any(not shelf.has(key, book_name(n, kind)) for n in books for kind in BOOK_KINDS)
    ]
    if not missing:
        return
    for kind in BOOK_KINDS:
        arrays = arrays_of(file, kind)
        for place, key in missing:
            for n in books:
                shelf.put(key, book_name(n, kind), to_npz(_of_run(arrays, place, n - 1)))


def arrays_of(file: Path, kind: Kind) -> Mapping[str, Array]:
    """Return one kind of book, its variables [course, replication, ...]; coordinates begin with @."""
    with zipfile.ZipFile(file) as archive:
        book = unpack(archive.read(f"{kind}.npz"))
    titles = {"|".join((name, *dims)): values for name, (dims, values) in book.variables.items()}
    return titles | {f"@{name}": values for name, values in book.coordinates.items()}


def _of_run(arrays: Mapping[str, Array], place: int, number: int) -> dict[str, Array]:
    return {title: values if title.startswith("@") else values[place, number] for title, values in arrays.items()}


def write_shipped(
    shelf: Shelf, courses: Mapping[str, Course], replications: int, version: str, file: Path = SHIPPED_FILE
) -> None:
    """Put the runs of courses on a shelf, and as many draws, together in one file.

    Raises LookupError when one is missing.
    """
    keys = {name: course.key for name, course in courses.items()}
    about = {"keys": keys, "replications": replications, "version": version}
    with replacing(file) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_LZMA) as archive:
        _add(archive, _ABOUT, json.dumps(about, indent=1).encode())
        for kind in BOOK_KINDS:
            books = [[_book(shelf, course, n, kind) for n in range(1, replications + 1)] for course in courses.values()]
            _add(archive, f"{kind}.npz", _together(books))


def _book(shelf: Shelf, course: Course, number: int, kind: Kind) -> Book:
    content = shelf.read(course.key, book_name(number, kind))
    if content is None:
        raise LookupError(f"{course.label}: {book_name(number, kind)} is missing")
    return unpack(content)


def _together(books: Sequence[Sequence[Book]]) -> bytes:
    """Return books [course][replication] as one npz file, not compressed: the archive does that across all of it."""
    first = books[0][0]
    arrays: dict[str, Array] = {f"@{name}": values for name, values in first.coordinates.items()}
    for name, (dims, _) in first.variables.items():
        rows = [np.stack([book.variables[name][1] for book in row]) for row in books]
        arrays["|".join((name, *dims))] = np.stack(rows)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a member with a fixed date, so that the same results give the same file."""
    archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_LZMA)
