"""Nothing that comes from outside a process is run: no pickles, no code in texts; folders are made in one place."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from calibration.imports import ROOT, files, imports

PRODUCT = [file for file in files() if file.relative_to(ROOT).parts[0] in ("simulator", "scenarios", "app.py")]
RUN_WHAT_THEY_READ = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
MAKE_FOLDERS = {
    "simulator/core/private_folder.py": "what is kept from one process to the next",
    "scenarios/running/folder.py": "results, where the user has chosen a place",
    "scenarios/running/batch_lock.py": "results: the folder above",
}


@cache
def calls(file: Path) -> list[tuple[str, ast.Call]]:
    """Return the name of every function that a file calls, the last part of it, and the call."""
    nodes = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [(getattr(node.func, "attr", getattr(node.func, "id", "")), node) for node in nodes]


def test_there_is_something_to_look_at() -> None:
    assert len(PRODUCT) > 200
    assert {"np.load", "yaml.load"} & {
        ast.unparse(call.func) for file in PRODUCT for name, call in calls(file) if name == "load"
    }


def test_nothing_is_imported_that_runs_what_it_reads() -> None:
    users = {module for module, names in imports().items() if {n.split(".")[0] for n in names} & RUN_WHAT_THEY_READ}
    assert users == set()


@pytest.mark.parametrize("forbidden", ["eval", "exec", "unsafe_load", "full_load", "read_pickle", "system", "popen"])
def test_no_text_is_run(forbidden: str) -> None:
    assert [str(file) for file in PRODUCT for name, _ in calls(file) if name == forbidden] == []


def test_arrays_are_read_and_written_without_objects() -> None:
    """`np.load` refuses pickles unless told otherwise; that it is told everywhere keeps the reader from asking."""
    of_arrays = [
        (file.name, ast.unparse(call))
        for file in PRODUCT
        for name, call in calls(file)
        if name in ("load", "save", "savez", "savez_compressed") and ast.unparse(call.func).startswith("np.")
    ]
    assert len(of_arrays) > 4
    assert [each for each in of_arrays if "allow_pickle=False" not in each[1]] == []


def test_folders_are_made_where_their_rights_are_thought_of() -> None:
    makers = {
        file.relative_to(ROOT).as_posix()
        for file in PRODUCT
        for name, _ in calls(file)
        if name in ("mkdir", "makedirs", "mkdtemp")
    }
    assert makers == set(MAKE_FOLDERS)
