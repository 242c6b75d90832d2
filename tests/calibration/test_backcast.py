"""The derived tables of the Kalmar pack: made again byte for byte, and true to what is published."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from calibration import backcast, needs
from calibration.backcast import migration_pattern, survive_backwards, whole_persons
from calibration.projection import Array, Projection, Rates, project, project_rates
from simulator.region.pack import MORTALITY_LEVEL, Region, load_region, regions_folder
from simulator.region.table_schema import TableProblem, read_description, read_tables

DERIVED = ("population.csv", "in_migration.csv", "out_migration.csv", "fertility.csv")
NEEDS = ("rub_by_age.csv", "need_rates.csv")


@pytest.fixture(scope="module")
def kalmar() -> Region:
    return load_region("kalmar")


@pytest.fixture(scope="module")
def future(kalmar: Region) -> Projection:
    return project(kalmar, 8)


def test_the_derived_tables_come_out_byte_for_byte_even_when_they_are_gone(tmp_path: Path) -> None:
    pack, committed = tmp_path / "pack", regions_folder() / "kalmar"
    shutil.copytree(committed, pack)
    for name in (*DERIVED[:3], *NEEDS):
        (pack / name).unlink()
    backcast.write_tables(pack)
    needs.write_tables(pack)
    for name in (*DERIVED, *NEEDS):
        assert (pack / name).read_bytes() == (committed / name).read_bytes(), name


def test_the_command_line_rewrites_the_pack_that_it_is_given(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(regions_folder() / "kalmar", pack)
    (pack / "population.csv").unlink()
    command = [sys.executable, "-m", "calibration.backcast", "--pack", str(pack)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    assert load_region(pack).population.sum() == 247_711


def test_every_municipality_meets_the_2024_table(kalmar: Region, future: Projection) -> None:
    expected, observed = future.population[2].sum((1, 2)), kalmar.population_2024.sum((1, 2))
    np.testing.assert_allclose(expected, observed, rtol=0.001)


def test_the_oldest_of_2024_are_met_in_the_county_and_in_each_municipality(kalmar: Region, future: Projection) -> None:
    expected, observed = future.population[2, ..., 80:], kalmar.population_2024[..., 80:]
    assert expected.sum() == pytest.approx(observed.sum(), rel=0.001)
    np.testing.assert_allclose(expected.sum((1, 2)), observed.sum((1, 2)), rtol=0.01)


def test_ages_above_two_are_met_cell_by_cell(kalmar: Region, future: Projection) -> None:
    # Rounding to whole persons in 2022, and the room made for infants, is all that separates them.
    difference = future.population[2, ..., 2:100] - kalmar.population_2024[..., 2:100]
    assert np.abs(difference).max() < 4


def test_the_county_of_2023_is_near_what_was_published(kalmar: Region, future: Projection) -> None:
    # Constant flows cannot give both the loss of 1 044 in 2023 and that of 315 in 2024.
    assert future.population[1].sum() == pytest.approx(kalmar.published["population_2023"], rel=0.002)


def test_births_and_flows_of_2023(kalmar: Region, future: Projection) -> None:
    assert future.births[0].sum() == pytest.approx(kalmar.published["births_2023"], rel=0.002)
    net = kalmar.in_migration.sum((0, 1)) - (kalmar.population * kalmar.out_migration).sum((0, 1))
    assert net[19:27].sum() < -500, "young adults leave"
    assert net[30:].sum() > 0, "generally positive from 30"


def test_deaths_of_2023_are_those_that_the_published_balance_implies(kalmar: Region, future: Projection) -> None:
    published = kalmar.published
    foreign = 4 * (published["immigration_2022_q4"] - published["emigration_2022_q4"])
    change = published["population_2023"] - published["population_2022"]
    implied = published["births_2023"] + published["net_domestic_migration_2023"] + foreign - change
    assert future.deaths[0].sum() == pytest.approx(implied, rel=0.02)


def test_the_oldest_grow_by_over_forty_per_cent_from_2020_to_2030(kalmar: Region, future: Projection) -> None:
    closed = np.zeros_like(kalmar.in_migration)
    rates = Rates(kalmar.mortality, kalmar.fertility, closed, closed, 0.515)
    in_2020 = survive_backwards(kalmar.population.astype(float), rates, 2)[..., 80:].sum()
    in_2030 = future.population[8, ..., 80:].sum()
    assert 23_300 < in_2030 < 24_300
    assert in_2030 / in_2020 > 1.40


def test_the_mortality_level_agrees_with_the_cohorts_of_2015(kalmar: Region) -> None:
    """Those of 71+ in 2015 leave as many of 80+ as were counted in 2024 at a level within its range."""
    level = next(parameter for parameter in kalmar.parameter_table if parameter.name == MORTALITY_LEVEL)
    observed = kalmar.population_2024[..., 80:].sum()
    survivors = [_survivors_of_2015(kalmar, other / level.value) for other in (level.low, level.high)]
    assert survivors[1] < observed < survivors[0]


def _survivors_of_2015(kalmar: Region, factor: float) -> float:
    problems: list[TableProblem] = []
    tables = read_tables(kalmar.folder, read_description(kalmar.folder, problems), problems)
    people = np.array(tables["population_county_2015"]["persons"], dtype=float).reshape(1, 2, 101)
    assert people[..., 80:].sum() == kalmar.published["population_80_plus_2015"]
    closed = np.zeros_like(people)
    rates = Rates(kalmar.mortality * factor, kalmar.fertility, closed, closed, 0.515)
    return float(project_rates(people, rates, 9).population[-1, ..., 80:].sum())


def synthetic() -> tuple[Array, Rates]:
    generator = np.random.default_rng(1)
    people = generator.uniform(50, 100, (3, 2, 101))
    people[..., 100] = people[..., 99] * 0.8
    flows = generator.uniform(0, 2, people.shape), generator.uniform(0, 0.03, people.shape)
    mortality = np.linspace(0.0002, 0.4, 101) * np.ones((2, 1))
    return people, Rates(mortality, np.zeros(101), *flows, 0.5)


def test_surviving_backwards_undoes_the_projection() -> None:
    people, rates = synthetic()
    now = project_rates(people, rates, 2).population[2]
    before = survive_backwards(now, rates, 2)
    np.testing.assert_allclose(before[..., :97], people[..., :97])
    np.testing.assert_allclose(project_rates(before, rates, 2).population[2, ..., 2:], now[..., 2:], rtol=0.05)


def test_whole_persons_keep_the_totals_and_stay_within_one() -> None:
    people, _ = synthetic()
    totals = [int(total) + 1 for total in people.sum((1, 2))]
    whole = whole_persons(people, totals)
    np.testing.assert_array_equal(whole.sum((1, 2)), totals)
    assert np.abs(whole - people).max() < 1


def test_migration_follows_students_to_the_town_with_the_university(kalmar: Region) -> None:
    inflow, outflow = migration_pattern(kalmar.population_2024.astype(float), kalmar.published)
    net = (inflow - outflow * kalmar.population_2024).sum(1)[:, 18:22].sum(1)
    by_name = dict(zip(kalmar.municipality_names, net.tolist(), strict=True))
    assert by_name["Kalmar"] > 0
    assert all(flow < 0 for name, flow in by_name.items() if name != "Kalmar")


def test_no_level_of_migration_is_an_error_that_says_so(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(regions_folder() / "kalmar", pack)
    table = pack / "municipalities.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",5584,", ",9584,"), encoding="utf-8")
    with pytest.raises(ValueError, match="no level of migration"):
        backcast.write_tables(pack)
