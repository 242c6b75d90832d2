"""The Kalmar pack as loaded: shapes, order, sums, sources, read-only."""

from __future__ import annotations

import csv
import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

from simulator.region.axes import AGE_GROUP_START, AGE_GROUPS, STREAMS
from simulator.region.pack import Region, RegionError, available_regions, load_region, regions_folder
from simulator.region.rows import Condition, Cost, Parameter, StaffPost


@pytest.fixture(scope="module")
def kalmar() -> Region:
    return load_region("kalmar")


def test_the_pack_is_found_by_code_and_by_folder(kalmar: Region) -> None:
    assert "kalmar" in available_regions()
    folder = regions_folder() / "kalmar"
    assert load_region(folder).digest == load_region(str(folder)).digest == kalmar.digest


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(RegionError, match='menade du "kalmar"'):
        load_region("kallmar")


def test_shapes_and_order(kalmar: Region) -> None:
    places, centres, hospitals = len(kalmar.municipalities), len(kalmar.centres), len(kalmar.hospitals)
    assert (places, centres, hospitals) == (12, 38, 3)
    assert kalmar.municipalities[0] == "0821"
    assert kalmar.hospitals == ("kalmar", "vastervik", "oskarshamn")
    for array in (kalmar.population, kalmar.population_2024, kalmar.in_migration, kalmar.out_migration):
        assert array.shape == (12, 2, 101)
    assert kalmar.mortality.shape == (2, 101)
    assert kalmar.need_rates.shape == (len(STREAMS), len(AGE_GROUPS), 6)
    assert kalmar.education_share.shape == (2, len(kalmar.education_ages), 3)
    assert len(AGE_GROUP_START) == len(AGE_GROUPS)
    assert kalmar.population.dtype == kalmar.centre_listed.dtype == np.int32
    assert kalmar.catchment.dtype == kalmar.centre_municipality.dtype == np.int16


def test_published_totals(kalmar: Region) -> None:
    assert kalmar.population.sum() == 247_711
    assert kalmar.population_2024.sum() == 246_352
    assert kalmar.population_2024[:, :, 80:].sum() == 19_515
    by_name = dict(zip(kalmar.municipality_names, kalmar.population.sum((1, 2)).tolist(), strict=True))
    assert by_name["Kalmar"] == 72_018
    assert by_name["Högsby"] == 5_584
    assert kalmar.beds.tolist() == [299, 129, 71]
    assert kalmar.beds_summer.tolist() == [221, 110, 43]


def test_everybody_is_listed_in_the_own_municipality(kalmar: Region) -> None:
    listed = np.bincount(kalmar.centre_municipality, weights=kalmar.centre_listed, minlength=12)
    np.testing.assert_array_equal(listed, kalmar.population.sum((1, 2)))


def test_centres_have_the_names_that_a_source_gives(kalmar: Region) -> None:
    for name in ("Esplanaden", "Stora Trädgårdsgatan", "Kristineberg", "Gripen", "Blå Kusten"):
        assert any(label.endswith(name) for label in kalmar.centre_names), name


def test_mortality_is_the_national_table_times_county_ratio_times_level(kalmar: Region) -> None:
    national = float(
        next(row for row in _rows("mortality") if (row["sex"], row["age"]) == ("women", "85"))["deaths_per_person_year"]
    )
    expected = national * 1.028 * kalmar.parameters["mortality.level"]
    assert kalmar.mortality[1, 85] == pytest.approx(expected, rel=1e-12)


def test_education_shares_sum_to_one_and_ratios_to_a_mean_of_one(kalmar: Region) -> None:
    np.testing.assert_allclose(kalmar.education_share.sum(-1), 1)
    at_75 = kalmar.education_ages.tolist().index(75)
    mean = (kalmar.education_share[:, at_75] * kalmar.education_mortality).sum(-1)
    np.testing.assert_allclose(mean, 1, atol=2e-3)
    assert (np.diff(kalmar.education_mortality, axis=1) < 0).all(), "longer education, lower mortality"


def test_staff_covers_every_unit_and_the_gp_shortage_of_2017(kalmar: Region) -> None:
    gps = [post for post in kalmar.staff if post.profession == "gp"]
    assert {post.unit for post in gps} == set(kalmar.centres)
    posts = sum(post.posts_fte for post in gps)
    filled = sum(post.posts_fte * (1 - post.vacancy) for post in gps)
    assert posts == pytest.approx(kalmar.population.sum() / 1500, rel=0.01)
    assert filled == pytest.approx(kalmar.parameters["work.permanent_gp_fte_2017"], rel=0.05)
    assert {post.profession for post in kalmar.staff} == set(kalmar.professions)


def test_the_ten_diseases_of_the_complex_are_there(kalmar: Region) -> None:
    shares = {c.code: c.share_among_complex for c in kalmar.conditions if not np.isnan(c.share_among_complex)}
    assert len(shares) == 10
    assert shares["hypertension"] == 0.65
    assert shares["heart_failure"] == 0.18


def test_costs_say_who_pays(kalmar: Region) -> None:
    assert kalmar.costs["special_housing_year"].payer == "municipality"
    assert kalmar.costs["gp_visit"].payer == "region"
    for profession in kalmar.professions:
        assert f"{profession}_year" in kalmar.costs


def _rows(table: str) -> list[dict[str, str]]:
    with (regions_folder() / "kalmar" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_an_assumption_says_so_and_nothing_derived_is_graded_as_read(kalmar: Region) -> None:
    graded: list[Parameter | StaffPost | Condition | Cost] = [*kalmar.parameter_table, *kalmar.staff]
    graded += [*kalmar.conditions, *kalmar.costs.values()]
    for row in graded:
        assert row.grade == "C" or not row.source.startswith(("assumption", "derived")), row


def test_arrays_cannot_be_written(kalmar: Region) -> None:
    arrays = [f.name for f in dataclasses.fields(kalmar) if isinstance(getattr(kalmar, f.name), np.ndarray)]
    assert len(arrays) >= 15
    for name in arrays:
        with pytest.raises(ValueError, match="read-only"):
            getattr(kalmar, name)[...] = 0
    with pytest.raises(TypeError):
        kalmar.parameters["mortality.level"] = 1.0  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        kalmar.code = "other"  # type: ignore[misc]


def test_line_ends_of_another_system_are_the_same_region(kalmar: Region, tmp_path: Path) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(kalmar.folder, copy)
    for file in copy.iterdir():
        file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert load_region(copy).digest == kalmar.digest


def test_the_digest_follows_every_byte(kalmar: Region, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(kalmar.folder, copy)
    assert load_region(copy).digest == kalmar.digest
    costs = copy / "costs.csv"
    costs.write_text(costs.read_text(encoding="utf-8").replace(",4500,", ",4501,", 1), encoding="utf-8")
    assert load_region(copy).digest != kalmar.digest
