"""A results folder: what may be used as one, the manifest that marks it, and files that come into it all together."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from scenarios.text.files import beside_of, write_new
from scenarios.text.problems import InputError, Problem, quoted, reason_sv

DATA = "results.nc"
MANIFEST = "run.json"
RESULTS_KIND = "naravard-results"
STUDY_MANIFEST = "study.json"
STUDY_KIND = "naravard-study"
DOCUMENTS_FOLDER = "dokument"
"""Folder within the results to which documents go unless told."""


class FolderError(InputError):
    """A folder cannot be used for results, or the results in it cannot be read."""

    heading = "Resultatmappen går inte att använda"


class WriteError(RuntimeError):
    """Results could not be written; the message is in Swedish and what was there before is untouched."""


def check_folder(folder: Path, manifest: str = MANIFEST, kind: str = RESULTS_KIND) -> list[Problem]:
    """Return what is wrong with `folder` as a place for results; nothing stays behind.

    A folder may be missing (its parent, or its parent's parent, must exist), empty, or hold earlier results of
    the same kind.
    """
    if complaint := name_complaint(folder):
        return [Problem(str(folder), complaint)]
    try:
        return _folder_problems(folder, manifest, kind)
    except OSError as error:
        return [Problem(str(folder), f"mappen går inte att använda: {reason_sv(error)}.")]


def check_file(file: Path) -> list[Problem]:
    """Return what is wrong with `file` as a place for what would be printed; nothing stays behind."""
    try:
        complaint = name_complaint(file) or _file_complaint(file)
    except OSError as error:
        complaint = f"{reason_sv(error)}."
    return [Problem("--out", f"filen går inte att skriva: {complaint}", quoted(str(file)))] if complaint else []


def _file_complaint(file: Path) -> str:
    folder = file.absolute().parent
    if file.is_dir():
        return "det finns redan en mapp med det namnet."
    if not folder.is_dir():
        return "mappen finns inte."
    if file.exists() and not file.is_file():  # a device, a pipe
        return "" if os.access(file, os.W_OK) else "filen är skrivskyddad."
    if file.exists() and not os.access(file, os.W_OK):
        return "filen är skrivskyddad."
    return "" if _takes_files(file.resolve().parent) else "mappen är skrivskyddad."


MOST_BYTES_IN_NAME, MOST_BYTES_IN_PATH = 200, 3900
"""Bytes of a name and of a path: beside them come files and a lock with somewhat longer ones."""
_KEPT_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE)


def name_complaint(place: Path) -> str:
    """Return in Swedish why a path cannot be used on every system, whatever is there; "" where it can."""
    names = [place.name, place.parent.name]
    if any(unicodedata.category(character) == "Cc" for character in str(place)):
        return "namnet har styrtecken."
    if len(os.fsencode(place.absolute())) > MOST_BYTES_IN_PATH or any(
        len(os.fsencode(n)) > MOST_BYTES_IN_NAME for n in names
    ):
        return f"namnet är för långt: högst {MOST_BYTES_IN_NAME} tecken, och hela sökvägen högst {MOST_BYTES_IN_PATH}."
    if kept := next((name for name in names if _KEPT_BY_WINDOWS.fullmatch(name)), ""):
        return f"namnet {kept} är upptaget av Windows, där resultat inte går att öppna i något som heter så."
    return ""


def _folder_problems(folder: Path, manifest: str, kind: str) -> list[Problem]:
    place = str(folder)
    if folder.is_dir():
        if any(folder.iterdir()) and read_manifest(folder, manifest, kind) is None:
            return [Problem(place, "mappen innehåller annat än resultat; välj en tom eller ny mapp.")]
        return [] if _takes_files(folder) else [Problem(place, "mappen är skrivskyddad.")]
    if folder.exists() or folder.is_symlink():
        return [Problem(place, "det finns redan en fil med det namnet.")]
    parent = folder.absolute().parent
    above = parent if parent.exists() or parent.is_symlink() else parent.parent
    if not above.is_dir():
        return [Problem(place, "mappen ovanför finns inte.", value=str(parent))]
    return [] if _takes_files(above) else [Problem(str(above), "mappen är skrivskyddad.")]


def _takes_files(folder: Path) -> bool:
    """Whether a file can be made there. Permissions do not tell: the superuser has them on read-only media too."""
    try:
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def read_manifest(folder: Path, manifest: str = MANIFEST, kind: str = RESULTS_KIND) -> dict[str, Any] | None:
    """Return the manifest of a results folder, None when it is not one of this kind."""
    try:
        content = json.loads((folder / manifest).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and content.get("kind") == kind else None


def write_files(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files by name to a folder that has been checked, making it if it is missing.

    Every file is written beside the old one, flushed to disk, and then all are moved into place, in order.
    Raises WriteError; earlier files then stand as they were, and a folder made here is removed.
    """
    new_folders = _make_folder(folder)
    beside = {name: beside_of(folder / name) for name in contents}
    try:
        for name, content in contents.items():
            write_new(beside[name], content)
        for name, path in beside.items():
            path.replace(folder / name)
    except OSError as error:
        raise WriteError(_cause(error, folder)) from error
    finally:
        _clear(beside.values(), folder, new_folders, list(contents))


def _make_folder(folder: Path) -> list[Path]:
    """Create the folder and at most one above it; return what was created, innermost first."""
    missing = [path for path in (folder, folder.absolute().parent) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(_cause(error, folder)) from error
    return missing


def _clear(beside: Iterable[Path], folder: Path, new_folders: list[Path], names: list[str]) -> None:
    """Take away what is left of a write that did not finish, the folders made for it too."""
    with suppress(OSError):
        for path in beside:
            path.unlink(missing_ok=True)
        if not (folder / names[-1]).exists():
            for name in names[:-1]:
                (folder / name).unlink(missing_ok=True)
            for path in new_folders:
                path.rmdir()


def _cause(error: OSError, folder: Path) -> str:
    return f"Resultatet kunde inte skrivas till {folder}: {reason_sv(error)}. Det som fanns där tidigare är orört."
