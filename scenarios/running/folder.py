"""A results folder: what may be used as one, and the manifest that marks it."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from scenarios.text.problems import InputError, Problem

DATA = "results.nc"
MANIFEST = "run.json"
KIND = "naravard-results"


class FolderError(InputError):
    """A folder cannot be used for results, or the results in it cannot be read."""

    heading = "Resultatmappen går inte att använda"


class WriteError(RuntimeError):
    """Results could not be written; the message is in Swedish and what was there before is untouched."""


def check_folder(folder: Path, manifest: str = MANIFEST, kind: str = KIND) -> list[Problem]:
    """Return what is wrong with `folder` as a place for results; nothing stays behind.

    A folder may be missing (its parent, or its parent's parent, must exist), empty, or hold earlier results of
    the same kind.
    """
    place = str(folder)
    if folder.is_dir():
        if any(folder.iterdir()) and read_manifest(folder, manifest, kind) is None:
            return [Problem(place, "mappen innehåller annat än resultat; välj en tom eller ny mapp.")]
        return [] if _takes_files(folder) else [Problem(place, "mappen är skrivskyddad.")]
    if folder.exists() or folder.is_symlink():
        return [Problem(place, "det finns redan en fil med det namnet.")]
    parent = folder.absolute().parent
    above = parent if parent.exists() else parent.parent
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


def read_manifest(folder: Path, manifest: str = MANIFEST, kind: str = KIND) -> dict[str, Any] | None:
    """Return the manifest of a results folder, None when it is not one of this kind."""
    try:
        content = json.loads((folder / manifest).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and content.get("kind") == kind else None
