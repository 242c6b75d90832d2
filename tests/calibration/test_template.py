"""The made-up region: the pack that is kept is the one that would be made now, and claims no source that it has not."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from calibration import template
from simulator.region.checks import TABLES
from simulator.region.pack import Region, load_region, regions_folder

KEPT = regions_folder() / "template"
BY_HAND = "README.md"
COUNTRY = "followup_board.csv"
"""The country's figures as printed on the county's board: what the county's own were is left out."""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "template"
    template.write(folder)
    return folder


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_pack_is_the_one_that_would_be_made_now(made: Path) -> None:
    assert {file.name for file in made.iterdir()} == {file.name for file in KEPT.iterdir()} - {BY_HAND}
    for file in made.iterdir():
        message = f"{file.name}: run python -m calibration.template"
        assert file.read_bytes() == (KEPT / file.name).read_bytes().replace(b"\r\n", b"\n"), message


def test_it_has_every_table_and_every_parameter_of_the_county(county: Region, small_region: Region) -> None:
    assert {file.stem for file in KEPT.glob("*.csv")} == {*TABLES, "exceptions"}
    assert small_region.parameters.keys() == county.parameters.keys()
    assert small_region.costs.keys() == county.costs.keys()


def test_it_is_a_region_on_a_page(small_region: Region) -> None:
    assert small_region.population.sum() == template.PEOPLE == 6_000
    assert small_region.municipality_names == ("Norrby", "Mellanby", "Söderby")
    assert (len(small_region.centres), len(small_region.hospitals)) == (4, 1)
    assert "påhittad" in small_region.name_sv
    by_age = {"population", "population_2024", "in_migration", "out_migration"}
    assert all(len(rows(file)) < 500 for file in KEPT.glob("*.csv") if file.stem not in by_age)


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.csv")), ids=lambda file: file.stem)
def test_what_is_of_the_county_is_an_assumption_here(file: Path) -> None:
    for row in rows(file):
        for column in (name for name in row if name.endswith("source")):
            grade = row[column.replace("source", "grade")]
            said = row[column].startswith(("assumption", "derived"))
            assert grade == "C" or not said, row
            if file.name != COUNTRY:
                assert not template.LOCAL_WORDS.search(row[column]) or (grade == "C" and said), row


def test_counts_are_cut_to_the_people_and_shares_are_not(county: Region, small_region: Region) -> None:
    share = small_region.population.sum() / county.population.sum()
    for p, q in zip(county.parameter_table, small_region.parameter_table, strict=True):
        counted = p.unit in template.COUNTS and "per_centre" not in p.name
        assert q.value == pytest.approx(p.value * share if counted else p.value, rel=0.05 if counted else 0), p.name
        assert not counted or q.grade == "C"


def test_people_are_as_old_as_in_the_county(county: Region, small_region: Region) -> None:
    aged = [region.population[..., 80:].sum() / region.population.sum() for region in (county, small_region)]
    assert aged[1] == pytest.approx(aged[0], rel=0.05)
    by_town = small_region.population[..., 80:].sum((1, 2)) / small_region.population.sum((1, 2))
    assert (np.diff(by_town) > 0).all(), "Norrby is the youngest, Söderby the oldest"


def test_another_county_makes_another_region_of_as_many_people(county: Region) -> None:
    twice = load_region("kalmar").with_parameters({"segment.chronic": 2 * county.parameters["segment.chronic"]})
    given, other = (template.template_of(region)["parameters"] for region in (county, twice))
    assert given == other, "the tables are read, not what was changed in memory"
