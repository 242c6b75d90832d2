"""The table of observed figures: complete, sourced, each compared with something that exists."""

import re

import pytest

from scenarios.measures.figure import UNLISTED
from scenarios.measures.figures import FIGURES
from scenarios.validation.targets import FOLDER, observed_regions, read_targets, targets_of

# The numbers of the single figures that the region pack was built from; these were never given out.
NOT_USED = {39, 52, 53, 84, 102, 103, 104, 107, 108, 109, 114, 118}
FACTS = set(range(1, 285)) - NOT_USED


@pytest.fixture(scope="module")
def targets():
    return targets_of("kalmar")


def test_every_fact_is_accounted_for_exactly_once(targets):
    numbers = [int(match[1]) for t in targets if (match := re.fullmatch(r"fact (\d+)", t.origin))]
    assert len(FACTS) == 272
    assert sorted(numbers) == sorted(FACTS)


def test_every_figure_of_the_board_is_there(targets, county):
    printed = [row for row in county.followup_board if "May 2022" in row.source]
    assert len([t for t in targets if t.origin == "board 2022"]) == len(printed) == 15
    assert {float(t.value) for t in targets if t.origin == "board 2022" and t.value} == {
        row.region_value for row in printed if row.region_value == row.region_value
    }


def test_what_is_compared_has_a_figure_and_what_is_not_a_reason(targets):
    for target in targets:
        assert (target.comparison is None) or target.role != "none", target.key
        assert target.reason_sv or target.role != "none", target.key
        assert target.note_sv or target.role != "input", target.key
        assert target.compared_unit or target.comparison is None, target.key


def test_inputs_are_no_checks(targets):
    role = {target.key: target.role for target in targets}
    assert role["folkmangd_31_december_2022"] == "input"
    assert role["fodda_2023"] == "input"
    assert role["vardplatser_i_lanet"] == "input"
    assert role["vardtillfallen_per_100_000_invanare"] == "check"
    assert role["sjalvskattad_halsa_i_befolkningen"] == "none"


def test_every_figure_that_no_table_shows_is_compared_or_on_the_board(targets):
    from scenarios.findings.board import DERIVED

    used = {t.comparison.figure.name for t in targets if t.comparison}
    used |= {reading.figure.name for reading in DERIVED.values()}
    assert used >= set(FIGURES[UNLISTED])


@pytest.mark.parametrize(
    ("key", "observed"),
    [
        ("akutbesok_per_1_000_invanare_riket", 173),
        ("lakarbesok_i_primarvarden_per_invanare", 1.48),
        ("lakarbesok_per_invanare_all_vard", 2.87),
        ("inlagda_efter_fall_per_1_000_invanare_65_ar_och_aldre", 22.2),
        ("akutbesok_i_lanet", 65_000),
    ],
)
def test_figures_of_the_country_are_brought_to_the_unit_of_the_comparison(targets, key, observed):
    (target,) = [t for t in targets if t.key == key]
    assert target.observed == pytest.approx(observed)


def test_a_range_is_in_the_same_unit(targets):
    (target,) = [t for t in targets if t.key == "akutbesok_i_lanet"]
    assert target.bounds == (55_000, 70_000)


def test_regions_are_told_by_their_tables():
    assert observed_regions() == ["kalmar"]
    with pytest.raises(FileNotFoundError):
        targets_of("atlantis")


def test_a_comparison_is_of_a_year(tmp_path):
    path = tmp_path / "kalmar.csv"
    text = (FOLDER / "kalmar.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("ed_visits(year=2023)", "ed_visits"), encoding="utf-8")
    with pytest.raises(ValueError, match="no year in 'ed_visits'"):
        read_targets(path)


def test_everything_wrong_in_a_table_is_told_at_once(tmp_path):
    text = (FOLDER / "kalmar.csv").read_text(encoding="utf-8")
    text = text.replace("ed_visits(year=2023)", "ed_visit(year=2023)").replace(",none,", ",nope,", 1)
    text = text.replace(",100000,,,persons,2030", ",a hundred,,,persons,2030")
    path = tmp_path / "kalmar.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"no figure.*") as caught:
        read_targets(path)
    assert "role 'nope'" in str(caught.value)
    assert "a hundred" in str(caught.value)


def test_another_header_is_refused(tmp_path):
    path = tmp_path / "kalmar.csv"
    path.write_text("key,value\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        read_targets(path)
