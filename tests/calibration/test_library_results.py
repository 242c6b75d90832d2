"""The old file of results is compared with the new one before it is replaced."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from calibration.library_results import ChangedVariable, differences, told
from scenarios.live.kept import to_npz
from scenarios.live.shipped import BOOK_KINDS, SHIPPED_FILE

FIGURES = np.arange(12, dtype=np.float32).reshape(2, 2, 3)


def write(file: Path, names=("a", "b"), **variables) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        about = {"keys": {name: name * 64 for name in names}, "replications": 2, "version": "v"}
        archive.writestr("about.json", json.dumps(about))
        arrays = {"visits|year": FIGURES, "@year": np.arange(3)} | variables
        for kind in BOOK_KINDS:
            archive.writestr(f"{kind}.npz", to_npz(arrays))
    return file


def test_the_shipped_file_is_as_itself():
    assert differences(SHIPPED_FILE, SHIPPED_FILE) == []


def test_one_bit_is_told_with_its_size(tmp_path):
    other = FIGURES.copy()
    other[1, 1, 2] = 12.1
    found = differences(write(tmp_path / "old"), write(tmp_path / "new", **{"visits|year": other}))
    assert [(each.kind, each.variable, each.figures) for each in found] == [(k, "visits|year", 1) for k in BOOK_KINDS]
    assert found[0].largest == pytest.approx(1.1 / 12.1, rel=1e-5)
    assert "main visits|year: 1 figures, at most 9.09%" in told(found)


def test_what_is_not_known_is_equal_to_itself_and_zero_is_no_trap(tmp_path):
    old, new = FIGURES.copy(), FIGURES.copy()
    old[0, 0, 0] = new[0, 0, 0] = np.nan
    old[0, 0, 1], new[0, 0, 1] = 0.0, -0.0
    pair = (write(tmp_path / "old", **{"visits|year": old}), write(tmp_path / "new", **{"visits|year": new}))
    assert {each.figures for each in differences(*pair)} == {0}


def test_new_variables_and_shapes_are_told(tmp_path):
    old = write(tmp_path / "old")
    new = write(tmp_path / "new", **{"visits|year": FIGURES[:, :, :2], "deaths|year": FIGURES})
    assert {each.variable for each in differences(old, new)} == {"visits|year", "deaths|year"}


def test_strategies_are_compared_by_name(tmp_path):
    old = write(tmp_path / "old", ("a", "b"))
    new = write(tmp_path / "new", ("b", "c"), **{"visits|year": FIGURES[[1, 0]]})
    assert differences(old, new) == []


def test_what_is_told():
    assert told([]) == "every figure is as it was, bit for bit"
    assert told([], known=False) == "no file from before"
    assert "at most inf%" in told([ChangedVariable("main", "x", 2, float("inf"))])
