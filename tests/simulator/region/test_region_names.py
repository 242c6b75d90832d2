"""Names of places: told apart, plain text, and the same letters however they are composed."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from simulator.region.pack import RegionError, load_region, regions_folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(regions_folder() / "template", folder)
    return folder


def rename(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("file", "old", "same"),
    [
        ("municipalities.csv", ",Mellanby,", ",Norrby,"),
        ("municipalities.csv", ",Mellanby,", ",NORRBY,"),
        ("municipalities.csv", ",Norrby,", f",{unicodedata.normalize('NFD', 'Söderby')},"),
        ("health_centres.csv", ",Hälsocentral Norrby 2,", ",Hälsocentral  Norrby 1,"),
    ],
)
def test_two_places_with_one_name_are_refused(pack, file, old, same):
    rename(pack, file, old, same)
    with pytest.raises(RegionError) as refusal:
        load_region(pack)
    (problem,) = refusal.value.problems
    assert (problem.file, problem.column) == (file, "name")
    assert "ett namn som ingen annan rad har" in str(problem)


@pytest.mark.parametrize(
    "name", ["=1+1", "+46", "-Mellanby", "@SUM(A1)", " Mellanby", "Mellanby ", "Mel\u0007lanby", '"Mel\nlanby"',
             '"Mel\r\nlanby"', "Mel\u200blanby", "Mel\u2028lanby"]
)  # fmt: skip
@pytest.mark.parametrize("file", ["municipalities.csv", "hospitals.csv"])
def test_a_name_that_is_no_plain_text_is_refused(pack, file, name):
    rename(pack, file, ",Mellanby," if file == "municipalities.csv" else ",Sjukhuset i Mellanby,", f",{name},")
    with pytest.raises(RegionError) as refusal:
        load_region(pack)
    assert all(problem.file == file for problem in refusal.value.problems)
    assert all(line.isprintable() for line in str(refusal.value).splitlines())


def test_decomposed_letters_are_the_same_letters(pack):
    for file in pack.glob("*.csv"):
        file.write_bytes(unicodedata.normalize("NFD", file.read_text(encoding="utf-8")).encode())
    region, shipped = load_region(pack), load_region("template")
    assert region.municipality_names == shipped.municipality_names == ("Norrby", "Mellanby", "Söderby")
    assert region.centre_names == shipped.centre_names


def test_a_region_with_a_crafted_title_is_refused(pack):
    rename(pack, "datapackage.json", "Exempelregion", "=Exempelregion")
    with pytest.raises(RegionError, match="title_sv"):
        load_region(pack)
