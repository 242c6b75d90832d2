"""`naravard validate-region`: a region is whole, or everything that is wrong with it is told."""

import shutil

import pytest
from command_line import printed

from scenarios.cli import main
from simulator.region.pack import regions_folder


@pytest.fixture
def odd(tmp_path):
    """The smallest region with a share of emergency visits admitted that is ten times too low for children."""
    folder = tmp_path / "pack"
    shutil.copytree(regions_folder() / "template", folder)
    table = folder / "acute_care.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("0-17,0.12,", "0-17,0.025,"), encoding="utf-8")
    return folder


def test_a_region_that_is_whole_is_told_in_one_line_and_its_checksum(county, capsys):
    first, second = printed(capsys, "validate-region").splitlines()
    assert first.startswith(f"{county.name_sv} är hel: {int(county.population.sum())} invånare, 12 kommuner")
    assert second == f"Kontrollsumma {county.digest}"
    assert printed(capsys, "validate-region", "kalmar").splitlines() == [first, second]


def test_a_region_that_is_not_known_is_refused_with_the_nearest(capsys):
    assert main(["validate-region", "kallmar"]) == 2
    assert 'Menade du "kalmar"?' in capsys.readouterr().err


def test_what_is_unlikely_is_listed_with_range_and_cause_and_stops_nothing(odd, capsys):
    whole, _, heading, first = printed(capsys, "validate-region", str(odd)).splitlines()
    assert "är hel: 6000 invånare" in whole
    assert heading == "1 uppgift är orimlig eller ovanlig; rätta den, eller ge skälet i exceptions.csv:"
    place = "acute_care.csv, admission_share (0-17) (rad 2): orimligt; fel enhet, fel rad eller ett skrivfel?"
    assert first == f'  1. {place} Angivet: "0.025". Tillåtet: 0.05455 till 0.264 (andel).'


def test_what_is_impossible_is_refused_with_its_cause(odd, capsys):
    table = odd / "acute_care.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("0-17,0.025,", "0-17,0.0012,"), encoding="utf-8")
    assert main(["validate-region", str(odd)]) == 2
    assert "hundra gånger för litet: procent angivet som andel" in capsys.readouterr().err
