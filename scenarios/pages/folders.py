"""Results that `naravard run` has left in folders, for the app to open."""

from __future__ import annotations

import os
from pathlib import Path

from scenarios.folder import DATA, read_manifest
from scenarios.pages.answer import Answer, read_answer
from scenarios.problems import InputError, Problem

FOLDER_VARIABLE = "NARAVARD_RESULTS"
"""Environment variable with one results folder, or a folder of them."""

LISTED = 30
"""Folders offered, the newest first."""


def results_folders() -> dict[str, Path]:
    """Return results folders by name, newest first: of `NARAVARD_RESULTS`, else under results/."""
    top = Path(os.environ.get(FOLDER_VARIABLE) or "results")
    try:
        places = [top, *top.iterdir()] if top.is_dir() else []
        found = [place for place in places if read_manifest(place) is not None]
        found.sort(key=lambda place: place.stat().st_mtime, reverse=True)
    except OSError:
        return {}
    return {place.resolve().name: place for place in found[:LISTED]}


def version(name: str) -> tuple[int, int]:
    """Return what changes when the data of a folder do, for caching: time (ns) and size (bytes)."""
    place = results_folders().get(name)
    try:
        about = (place / DATA).stat() if place else None
    except OSError:
        return 0, 0
    return (about.st_mtime_ns, about.st_size) if about else (0, 0)


def open_folder(name: str) -> Answer:
    """Read the results folder with this name among those offered; a name is never used as a path.

    Raises InputError when it is not there or cannot be read.
    """
    place = results_folders().get(name)
    if place is None:
        raise InputError([Problem("Resultatmapp", "den finns inte längre.")])
    try:
        return read_answer(place)
    except (KeyError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError([Problem(place.name, "resultatet har inte den form som appen läser.")]) from error
