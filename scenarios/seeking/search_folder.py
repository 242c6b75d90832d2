"""The folder of a search: a manifest that says what was asked for, a study a round, and what is told at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.running.folder import FolderError, check_folder, read_manifest, write_files
from scenarios.seeking.reading import Read, W
from scenarios.studies.plan import differences
from scenarios.text.problems import Problem
from scenarios.text.records import json_text

SEARCH_MANIFEST = "sokning.json"
SEARCH_KIND = "naravard-search"
SEARCH_COPY = "sokning.yaml"
_TEXTS = ("label_sv", "question_sv", "description_sv")


def check_search_folder(folder: Path) -> list[Problem]:
    """Return what is wrong with a folder as that of a search: it may be new, empty, or hold a search already."""
    return check_folder(folder, SEARCH_MANIFEST, SEARCH_KIND)


def open_search(folder: Path, read: Read[W]) -> None:
    """Begin in a folder, or go on where it was left; raises FolderError where it is another search's, and WriteError.

    Labels and questions may change between two calls: they decide nothing that is simulated.
    """
    manifest = read_manifest(folder, SEARCH_MANIFEST, SEARCH_KIND)
    now = _identity(read)
    if manifest is not None:
        then = manifest.get("identity") or {}
        message = "är något annat än när sökningen började; välj en ny mapp, eller ändra tillbaka."
        found = [
            Problem(str(folder), f"{place} {message}", f"nu {after}", f"då {before}")
            for place, before, after in differences(then, json.loads(json.dumps(now)))
        ]
        if found:
            raise FolderError(found)
    content = {"kind": SEARCH_KIND, "name": read.wanted.name, "identity": now}
    write_files({SEARCH_COPY: read.text, SEARCH_MANIFEST: json_text(content).encode()}, folder)


def _identity(read: Read[W]) -> Mapping[str, Any]:
    asked = read.wanted.model_dump(mode="json", exclude_defaults=True)
    kept = {key: value for key, value in asked.items() if key not in _TEXTS}
    return {"slaget": type(read.wanted).__name__, "filen": kept, "regionens data": read.region.digest[:12]}
