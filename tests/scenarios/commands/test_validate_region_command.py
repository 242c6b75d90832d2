"""`naravard validate-region`: a region is whole, or everything that is wrong with it is told."""

from command_line import printed

from scenarios.cli import main


def test_a_region_that_is_whole_is_told_in_one_line_and_its_checksum(county, capsys):
    first, second = printed(capsys, "validate-region").splitlines()
    assert first.startswith(f"{county.name_sv} är hel: {int(county.population.sum())} invånare, 12 kommuner")
    assert second == f"Kontrollsumma {county.digest}"
    assert printed(capsys, "validate-region", "kalmar").splitlines() == [first, second]


def test_a_region_that_is_not_known_is_refused_with_the_nearest(capsys):
    assert main(["validate-region", "kallmar"]) == 2
    assert 'Menade du "kalmar"?' in capsys.readouterr().err
