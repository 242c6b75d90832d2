"""One batch at a time on a results folder, by whatever path it is reached; the system lets go if the process dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from scenarios.running.folder import FolderError
from scenarios.text.problems import Problem

try:
    import fcntl
except ImportError:  # Windows, where no folder is reached by two paths without links, and links are followed
    fcntl = None  # type: ignore[assignment]

BUSY_SV = "en annan körning håller på att skriva dit; vänta tills den är klar eller välj en annan mapp."
AROUND_SV = "en annan körning håller på att skriva till mappen ovanför, {}; vänta tills den är klar."


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a results folder while the block runs; nothing stays behind.

    The lock is a file beside the folder where it really lies, since a folder for results may hold nothing else; the
    folder above is made if it is missing. A folder that is there is locked itself too, for it may be mounted in two
    places. Raises FolderError when another process holds it, or that of a folder above. Where files cannot be locked
    (some network disks), or made at all, there is no lock: writing tells what is wrong with the folder.
    """
    path = lock_path(folder)
    with ExitStack() as held:
        try:
            _refuse_under_another(path.parent, folder)
            if not path.parent.exists():
                path.parent.mkdir()
                held.callback(_remove_empty, path.parent)
            _hold_file(path, held)
            _hold_folder(folder, held)
        except (Timeout, BlockingIOError):
            raise FolderError([Problem(str(folder), BUSY_SV)]) from None
        except (OSError, NotImplementedError):  # what FileLock raises on a file system without locks
            pass
        yield


def lock_path(folder: Path) -> Path:
    """Return the lock file of a results folder."""
    place = folder.resolve()
    return place.parent / f".{place.name}.naravard.lock"


def _hold_file(path: Path, held: ExitStack) -> None:
    """Hold a lock file until the stack ends, when it is removed; raises Timeout when another process has it."""
    lock = FileLock(path, timeout=0)
    lock.acquire()
    held.callback(lock.release)
    held.callback(_unlink, path)


def _hold_folder(folder: Path, held: ExitStack) -> None:
    """Hold a folder that is there until the stack ends; raises BlockingIOError when another process has it."""
    if fcntl is None or not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    held.callback(os.close, handle)
    with suppress(NotImplementedError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _refuse_under_another(parent: Path, folder: Path) -> None:
    """Raise FolderError when a batch writes to a folder above: it would find this one's files among its own."""
    for above in (parent, *parent.parents):
        lock = lock_path(above)
        if lock.is_file():
            try:
                with FileLock(lock, timeout=0):
                    pass
            except Timeout:
                raise FolderError([Problem(str(folder), AROUND_SV.format(above))]) from None


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
