"""What a region knows to be odd and true: said with its reason, and no longer needed said again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.region.pack import RegionError, load_region, regions_folder

REASON = "the clinic of Söderby serves the summer guests of the whole coast,read at the clinic 2026,A\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The smallest region with three times the posts of nurses at one centre: odd, but so it may be."""
    folder = tmp_path / "pack"
    shutil.copytree(regions_folder() / "template", folder)
    staff = folder / "staff.csv"
    text = staff.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("soderby,centre,nurse,"))
    staff.write_text(text.replace(row, row.replace(row.split(",")[3], "3.5", 1)), encoding="utf-8")
    return folder


def state(pack: Path, text: str) -> None:
    file = pack / "exceptions.csv"
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_what_is_odd_is_warned_of_and_the_region_can_be_used(pack):
    region = load_region(pack)
    assert [warning.rule for warning in region.warnings] == ["posts_nurse"]
    assert str(region.warnings[0]).startswith("staff.csv rad ")
    assert 'kolumn posts_fte (soderby nurse): angivet "3.5"' in str(region.warnings[0])


def test_an_exception_takes_the_word_away_and_leaves_the_digest(pack):
    digest = load_region(pack).digest
    state(pack, "staff.csv,soderby nurse,posts_fte,posts_nurse," + REASON)
    assert load_region(pack).warnings == ()
    assert load_region(pack).digest == digest


def test_a_refusal_too_can_be_true(pack):
    settings = pack / "care_settings.csv"
    lines = settings.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    place = header.index("special_housing")
    new = [[*row[:place], "0", *row[place + 1 :]] for row in (line.split(",", 5) for line in lines[1:])]
    settings.write_text("\n".join([lines[0], *(",".join(row) for row in new)]) + "\n", encoding="utf-8")
    with pytest.raises(RegionError, match="special_housing"):
        load_region(pack)
    state(
        pack,
        "care_settings.csv,,special_housing,zeros,"
        + REASON
        + "staff.csv,soderby nurse,posts_fte,posts_nurse,"
        + REASON,
    )
    assert load_region(pack).warnings == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("staff.csv,soderby nurse,posts_fte,posts_gp," + REASON, 'menade du "staff.csv,soderby nurse,posts_fte'),
        ("costs.csv,bed_day,value,range," + REASON, "undantag som stämmer in"),
        ("staff.csv,soderby nurse,posts_fte,posts_nurse,,read there,A\n", "ett värde"),
    ],
)  # fmt: skip
def test_an_exception_that_is_for_nothing_or_without_reason_is_refused(pack, text, said):
    state(pack, text)
    with pytest.raises(RegionError) as refusal:
        load_region(pack)
    assert said in str(refusal.value)
    assert any(problem.file == "exceptions.csv" for problem in refusal.value.problems)
