"""Files that are there as a whole or not at all: written beside their place, and then moved into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


def write_whole(place: Path, content: bytes, durable: bool = True) -> None:
    """Write a file; what was in its place is there until the new one is whole.

    With `durable` it is on the disk before it is in its place. Raises OSError, and leaves nothing behind then.
    """
    with replacing(place) as beside:
        write_new(beside, content, durable)


@contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """Give the path of a new file beside `place`, which is moved into its place when the block has ended well.

    Whatever happens, nothing is left beside it.
    """
    beside = beside_of(place)
    try:
        yield beside
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def beside_of(place: Path) -> Path:
    """Return a path in the folder of `place` that nobody else has, hidden, and ending alike."""
    return place.with_name(f".{uuid4().hex}-{place.name}")


def write_new(place: Path, content: bytes, durable: bool = True) -> None:
    """Write a file that is not there yet, with `durable` down to the disk; raises OSError."""
    with place.open("xb") as stream:
        stream.write(content)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())
