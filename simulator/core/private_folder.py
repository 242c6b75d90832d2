"""Folders that only their user can read, and nobody else can write to or exchange for another.

Compiled kernels are unpickled and kept results are believed: whoever can write to their folder, or to one on the way
to it, decides what is run and what is shown. What is asked of the way is what OpenSSH asks of a user's keys: owners
and modes; access lists are not looked at.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

MODE = 0o700
_MOST_LINKS = 40
"""As many as Linux follows."""


class UnsafeFolderError(PermissionError):
    """Somebody else than the user owns `folder` or can write to it."""

    def __init__(self, folder: Path) -> None:
        """Tell which folder is at fault: the one asked for, or one on the way to it."""
        super().__init__(f"others can write to {folder}")
        self.folder = folder

    def __reduce__(self) -> tuple[type[UnsafeFolderError], tuple[Path]]:
        """Go from one process to another."""
        return type(self), (self.folder,)


def private_folder(place: Path, ours: str = "") -> Path:
    """Return a folder of the user's alone (0700) without links on the way; it is made if it is missing.

    One of the user's that others can write to is closed, and what they may have put there in our name is deleted:
    what the pattern `ours` names; anything else in it stays.

    Raises UnsafeFolderError when it belongs to another, or others can write to a folder on the way; OSError when it
    cannot be made. Where files have no owners (Windows) it is only made.
    """
    if not hasattr(os, "geteuid"):
        place.mkdir(parents=True, exist_ok=True)
        return place
    folder = checked_way(place)
    if not folder.is_dir():
        _make(folder)
    _close(folder, ours)
    return folder


def readable_folder(place: Path) -> bool:
    """Tell whether what lies in a folder can be believed: it is the user's, and nobody else can write to it."""
    try:
        return not hasattr(os, "geteuid") or (place.is_dir() and _is_own(checked_way(place).lstat(), closed=True))
    except OSError:
        return False


def checked_way(place: Path) -> Path:
    """Return a path without links; raises UnsafeFolderError when others can write to a folder above it.

    Links are followed one by one, since each lies in a folder of its own. What is missing is passed over.
    """
    place = place.absolute()
    for _ in range(_MOST_LINKS):
        link = next((path for path in _from_the_root(place) if _checked(path, place)), None)
        if link is None:
            return Path(os.path.normpath(place))
        place = link.parent / link.readlink() / place.relative_to(link)
    raise UnsafeFolderError(place)


def _from_the_root(place: Path) -> Iterator[Path]:
    yield from reversed(place.parents)
    yield place


def _checked(path: Path, place: Path) -> bool:
    """Tell whether a path is a link; raises UnsafeFolderError when it is a folder on the way that is not safe."""
    try:
        about = path.lstat()
    except FileNotFoundError:
        return False
    is_link = stat.S_ISLNK(about.st_mode)
    if (is_link and about.st_uid not in (0, os.geteuid())) or (path != place and not is_link and not _is_safe(about)):
        raise UnsafeFolderError(path)
    return is_link


def _is_safe(about: os.stat_result) -> bool:
    """Tell whether nobody but the user and root can exchange what lies in a folder; in a sticky one its owner can."""
    if about.st_uid not in (0, os.geteuid()):
        return False
    if about.st_mode & stat.S_ISVTX:
        return True
    return not about.st_mode & stat.S_IWOTH and (not about.st_mode & stat.S_IWGRP or _is_of_one(about.st_gid))


def _is_of_one(group: int) -> bool:
    """Tell whether a group is the user's own, as many systems make one for each user; root's may have others."""
    import grp  # noqa: PLC0415 - not on Windows
    import pwd  # noqa: PLC0415

    try:
        user, members = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
    except KeyError:
        return False
    return (
        user.pw_uid != 0
        and (user.pw_gid, user.pw_name) == (group, members.gr_name)
        and not {*members.gr_mem} - {user.pw_name}
    )


def _is_own(about: os.stat_result, closed: bool = False) -> bool:
    """Tell whether a folder is the user's, and, if asked, whether others cannot write to it."""
    loose = about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid() and not (closed and loose)


def _make(folder: Path) -> None:
    """Make a folder and those that are missing above it; `parents=True` would make these readable for all."""
    for path in _from_the_root(folder):
        if not path.exists():
            path.mkdir(mode=MODE, exist_ok=True)


def _close(folder: Path, ours: str) -> None:
    """Close a folder first, so that nothing more comes into it, then delete what is ours in it if it was open."""
    about = folder.lstat()
    if not _is_own(about):
        raise UnsafeFolderError(folder)
    if about.st_mode & 0o777 != MODE:
        folder.chmod(MODE)
    if ours and not _is_own(about, closed=True):
        _delete(folder.glob(ours))


def _delete(places: Iterable[Path]) -> None:
    """Delete what others may have put there; raises OSError when something stays."""
    for path in list(places):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
