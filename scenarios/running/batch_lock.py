"""One batch at a time on a results folder: a lock file beside it, which the system lets go if the process dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from scenarios.running.folder import FolderError
from scenarios.text.problems import Problem


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a results folder while the block runs; nothing stays behind.

    The file lies beside the folder, since a folder for results may hold nothing else; the folder above is made if
    it is missing. Raises FolderError when another process holds it. Where files cannot be locked (some network
    disks), or made at all, there is no lock: writing tells what is wrong with the folder.
    """
    path = lock_path(folder)
    made = not path.parent.exists()
    lock: FileLock | None = None
    try:
        path.parent.mkdir(exist_ok=True)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except Timeout:
        busy_sv = "en annan körning håller på att skriva dit; vänta tills den är klar eller välj en annan mapp."
        raise FolderError([Problem(str(folder), busy_sv)]) from None
    except (OSError, NotImplementedError):  # what FileLock raises on a file system without locks
        lock = None
    try:
        yield
    finally:
        with suppress(OSError):
            if lock is not None:
                path.unlink(missing_ok=True)
                lock.release()
            if made:
                path.parent.rmdir()


def lock_path(folder: Path) -> Path:
    """Return the lock file of a results folder."""
    place = folder.absolute()
    return place.parent / f".{place.name}.naravard.lock"
