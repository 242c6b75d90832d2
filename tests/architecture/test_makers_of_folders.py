"""Folders are made in three places, where it is thought of who may read and write in them."""

from __future__ import annotations

import ast

from calibration.imports import ROOT, files

MAKE_FOLDERS = {
    "simulator/core/private_folder.py": "what is kept from one process to the next",
    "scenarios/running/folder.py": "results, where the user has chosen a place",
    "scenarios/running/batch_lock.py": "results: the folder above",
}


def makes_folders(source: str) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = {getattr(function, "attr", getattr(function, "id", "")) for function in calls}
    return bool(names & {"mkdir", "makedirs", "mkdtemp"})


def test_folders_are_made_where_their_rights_are_thought_of() -> None:
    product = [file for file in files() if file.relative_to(ROOT).parts[0] in ("simulator", "scenarios", "app.py")]
    assert len(product) > 200
    makers = {file.relative_to(ROOT).as_posix() for file in product if makes_folders(file.read_text("utf-8"))}
    assert makers == set(MAKE_FOLDERS)
