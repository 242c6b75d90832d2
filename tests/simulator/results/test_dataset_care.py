"""Variables of outcomes, municipal care, coordination and life expectancy: what the tallies say, under names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr
from small_county import MONTHS, History

from simulator.core.dates import DAY
from simulator.core.log import HOME_CARE, MOBILE_VISIT, READY
from simulator.core.record import (
    AFTER_FALL,
    AVOIDABLE,
    CELLS,
    COORDINATED,
    ED_VISITS_OF_LAST_YEAR,
    HIP_FRACTURE,
    LAST_WISHES,
    PALLIATIVE_HELD,
    PALLIATIVE_OPEN,
    READMITTED,
    WAITING,
    WAS_PLANNED,
)
from simulator.results.dataset_care import FROM_AGE, life_expectancy
from simulator.results.dataset_life import WISHES


@pytest.fixture(scope="module")
def dataset(history: History) -> xr.Dataset:
    return history.simulation.dataset()


@pytest.mark.parametrize(
    ("name", "column"),
    [("readmissions", READMITTED), ("avoidable_admissions", AVOIDABLE), ("fall_admissions", AFTER_FALL),
     ("hip_fractures", HIP_FRACTURE), ("planned_admissions", WAS_PLANNED)],
)  # fmt: skip
def test_admissions_by_what_they_were_for(history: History, dataset: xr.Dataset, name: str, column: int) -> None:
    assert dataset[name].dims == ("month", "municipality", "age_group")
    tally = history.simulation.record.cases[:MONTHS, :, column]
    assert np.array_equal(dataset[name].values.reshape(MONTHS, -1), tally)
    assert (dataset[name] <= dataset["admissions"]).all()


def test_wishes_of_the_dying_are_what_was_counted(history: History, dataset: xr.Dataset) -> None:
    record = history.simulation.record
    assert [column for _, column, *_ in WISHES] == list(range(len(LAST_WISHES)))
    for name, column, *_ in WISHES:
        assert dataset[name].dims == ("month", "municipality", "age_group")
        assert np.array_equal(dataset[name].values.reshape(MONTHS, -1), record.last_wishes[:MONTHS, :, column])
    visits = record.last_days[:MONTHS, :, ED_VISITS_OF_LAST_YEAR]
    assert np.array_equal(dataset["ed_visits_of_last_year"].values.reshape(MONTHS, -1), visits)
    assert 0 < visits.sum() < record.ed_visits[:MONTHS].sum()
    for name, column in (("palliative_places_open", PALLIATIVE_OPEN), ("palliative_places_held", PALLIATIVE_HELD)):
        assert np.array_equal(dataset[name].values, record.palliative_days[:MONTHS, :, column])


def test_wards_and_acuities_make_up_the_whole(dataset: xr.Dataset) -> None:
    by_ward = dataset["ward_days"].sum(["ward", "hospital"])
    assert np.array_equal(by_ward, dataset["bed_days"].sum(["municipality", "age_group"]))
    by_acuity = dataset["ed_acuity"].sum(["acuity", "hospital"])
    assert np.array_equal(by_acuity, dataset["ed_visits"].sum(["municipality", "age_group"]))
    assert dataset["ward_days"].dims == ("month", "hospital", "ward")
    admitted = dataset["admissions"].sum(["municipality", "age_group"])
    assert (dataset["outlying_admissions"].sum("hospital") <= admitted).all()


def test_the_urgent_wait_less(history: History, dataset: xr.Dataset) -> None:
    """Mean wait of two years in the smallest hospital, weighed by visits.

    Standard and low differ by less than chance there, where most wait for nobody.
    """
    waits = history.simulation.record.acuity_wait[:MONTHS].sum(axis=(0, 1)).astype(float)
    mean = waits[:, 1] / waits[:, 0] / 60.0
    assert mean[0] < min(mean[1], mean[2])
    weighed = (dataset["ed_wait"].fillna(0) * dataset["ed_acuity"]).sum(["month", "hospital"]) / dataset[
        "ed_acuity"
    ].sum(["month", "hospital"])
    assert weighed.values == pytest.approx(mean)


def test_the_complex_have_cells_visits_admissions_and_bed_days(history: History, dataset: xr.Dataset) -> None:
    use = dataset["complex_use"]
    assert use.sizes["complex_contact"] == CELLS + 3
    assert np.array_equal(use, history.simulation.record.complex_use[:MONTHS])
    for name in ("ed_visits", "admissions", "bed_days"):
        part = use.sel(complex_contact=name)
        assert (part <= dataset[name].sum(["municipality", "age_group"])).all()
        assert part.sum() > 0
    cells = dataset["contacts"].sum(["municipality", "age_group"]).values.reshape(MONTHS, CELLS)
    assert (use.values[:, :CELLS] <= cells).all()


def test_guarantees_count_part_of_all(dataset: xr.Dataset) -> None:
    for part, whole in (
        ("specialist_visits_within_90_days", "specialist_visits_first"),
        ("planned_within_90_days", "planned_admitted"),
    ):
        assert (dataset[part] <= dataset[whole]).all()
        assert dataset[whole].sum() > 0
    planned = dataset["planned_admissions"].sum(["municipality", "age_group"])
    elsewhere = dataset["planned_bought"].sum("hospital")
    assert elsewhere.sum() > 0, "people who differ fill sixteen beds some months, and care is bought"
    called = dataset["planned_admitted"].sum("hospital") - elsewhere
    assert (called <= planned).all()
    assert 0.6 < float(called.sum() / planned.sum()) < 0.9, "who cannot wait is called, and has no guarantee"


def test_discharges_to_municipalities(history: History, dataset: xr.Dataset) -> None:
    asked, at_once, short = (
        dataset[name].sum("month")
        for name in ("discharges_to_municipality", "discharges_same_day", "short_term_admissions")
    )
    assert (at_once <= asked).all()
    assert int(short.sum()) <= int(asked.sum())
    assert round(float(dataset["discharge_ready_days"].sum()) * DAY) == history.simulation.record.ready_seconds.sum()
    waited = (history.events[:, 1] == READY).sum()
    assert 0 < int(asked.sum() - at_once.sum()) <= waited


def test_home_and_housing(history: History, dataset: xr.Dataset) -> None:
    assert (dataset["home_help_minutes_given"] <= dataset["home_help_minutes_needed"]).all()
    assert (dataset["home_help_recipients"].sum("municipality") > 0).all()
    queue = dataset["housing_queue"]
    assert np.array_equal(queue, history.simulation.record.town[:MONTHS, :, WAITING])
    residents = dataset["housing_residents"].isel(month=12)
    year = dataset["special_housing_residents"].sel(year=2023)
    assert abs(float(residents.sum() - year.sum())) <= 1.0, "the first day of 2024 is the day after the census"
    strategies = {HOME_CARE: "home_care_cases", MOBILE_VISIT: "mobile_visits"}
    for kind, name in strategies.items():
        assert int(dataset[name].sum()) == int((history.events[:, 1] == kind).sum()) == 0


def test_coordination_at_the_end_of_each_year(history: History, dataset: xr.Dataset) -> None:
    table = history.simulation.record.coordination[: MONTHS // 12 + 1]
    for column, name in enumerate(COORDINATED):
        variable = dataset[f"persons_{name}" if name.startswith("with") else name]
        assert np.array_equal(variable, table[:, :, column])
        assert "label_sv" in variable.attrs
    people = dataset["population"].sum(["sex", "age"])
    for name in ("persons_with_gp", "persons_with_known_gp", "persons_with_contact", "persons_with_plan"):
        assert (dataset[name] <= people).all()
    assert (dataset["persons_with_known_gp"] <= dataset["persons_with_gp"]).all()
    assert np.array_equal(dataset["complex"], dataset["complex_needs"].sum("age_group"))
    assert (dataset["complex_with_plan"] <= dataset["complex"]).all()
    for part, whole in (
        ("home_nursing_with_gp", "home_nursing_patients"), ("special_housing_with_gp", "special_housing_residents"),
    ):  # fmt: skip
        assert (dataset[part] <= dataset[whole].sum(["sex", "age_group"])).all()


# --- life expectancy ------------------------------------------------------------------------------------------


def table_of(chance: np.ndarray, people: int = 1_000_000) -> xr.DataArray:
    """Life expectancy where everybody of an age dies at one chance a year, spread over the months."""
    population = np.full((2, 3, 2, 101), people)
    deaths = np.zeros((12, 3, 2, 101))
    deaths[:] = people * chance / 12.0
    simulation: Any = SimpleNamespace(record=SimpleNamespace(deaths_education=deaths, education=population))
    dims, values, _ = life_expectancy(simulation, 1)["life_expectancy_30"]
    return xr.DataArray(values, dims=dims)


@pytest.mark.parametrize("chance", [0.02, 0.05, 0.3])
def test_at_a_constant_chance_it_is_that_of_the_geometric_life(chance: float) -> None:
    """Half a year to the birthday's middle, then 1 / q - 1 / 2 years; age 100 and over dies at 0.2 at least."""
    after_100 = 70
    alive = (1 - chance) ** after_100
    exact = 0.5 + (1 - alive) * (1 / chance - 0.5) + alive * (1 / max(chance, 0.2) - 0.5)
    found = table_of(np.full(101, chance))
    assert np.isnan(found[0]).all(), "31 December 2022 shows no deaths"
    assert found[1].values == pytest.approx(np.full((3, 2), exact), abs=0.3)
    assert found[1].values == pytest.approx(np.full((3, 2), exact), abs=1.1 * alive + 1e-9)


def test_deaths_before_30_do_not_count_and_nobody_lives_for_ever() -> None:
    chance = np.zeros(101)
    chance[:FROM_AGE] = 0.9
    young = table_of(chance)[1]
    assert (young == table_of(np.zeros(101))[1]).all()
    assert float(young.max()) < 80.0


def test_everybody_dying_at_30_leaves_a_year_at_most() -> None:
    assert float(table_of(np.ones(101))[1].max()) <= 1.0
    assert float(table_of(np.full(101, 0.999), people=0)[1].max()) > 70.0, "where nobody lives nobody dies"


def test_the_smallest_regions_is_plausible(dataset: xr.Dataset) -> None:
    values = dataset["life_expectancy_30"]
    assert np.isnan(values.sel(year=2022)).all()
    assert values.sel(year=[2023, 2024]).notnull().all()
    assert 45.0 < float(values.sel(year=2024).mean()) < 62.0
