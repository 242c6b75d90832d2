"""Need, home nursing, waits and unmet need: what the dataset says beside a direct count of people and events."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from small_county import LAST_YEAR, MONTHS, History
from small_hospital import HOUR, house, live, of_ages
from small_system import run_kernels, with_needs, world_of

from simulator.core.randomness import Purpose
from simulator.core.record import DIVERTED, HOME_CELL, SERVED, SPECIALIST_CELL, VISIT_CELL, WITHDRAWN
from simulator.core.state import (
    CHRONIC,
    COMPLEX,
    HOME_NURSING,
    IN_HOSPITAL,
    NO_CHAIR,
    OBESE,
    PRESENT,
    SMOKER,
    SPECIAL_HOUSING,
    STOPPED_BIT,
)
from simulator.core.units import LINE_NURSE, UNIT_GP
from simulator.people.morbidity import AGE_GROUP_COUNT, GROUP_OF_AGE
from simulator.reference.hospital import plain_case
from simulator.reference.state import plain_draw
from simulator.region.axes import EMERGENCY, GP, NURSE
from simulator.results.dataset_local import FIRST_CALLS, quantile_of

LAST = LAST_YEAR
LAST_MONTHS = slice(MONTHS - 12, MONTHS)
"""The year that has just been closed: people are as they were counted on its last day."""
PLACE = ["municipality", "age_group"]


@pytest.fixture(scope="module")
def dataset(history: History) -> xr.Dataset:
    return history.simulation.dataset()


@pytest.fixture(scope="module")
def people(history: History) -> dict[str, np.ndarray]:
    """Everybody present at the end, as columns."""
    state = history.simulation.state
    here = (state.person["status"] & PRESENT) != 0
    back, person = state.background[here], state.person[here]
    columns = {name: back[name].astype(int) for name in ("municipality", "sex", "rub", "conditions", "age", "habits")}
    columns |= {"status": person["status"].astype(int), "health_centre": person["centre"].astype(int)}
    seated = np.zeros(here.sum(), bool)
    named = person["chair"] != NO_CHAIR
    chair = state.chair[person["centre"][named], person["chair"][named]]
    seated[named] = (chair["gp"] != 0) & (chair["agency"] == 0)
    return columns | {"age_group": GROUP_OF_AGE[columns["age"]], "seated": seated}


def count(variable: xr.DataArray, people: dict[str, np.ndarray], who: np.ndarray) -> np.ndarray:
    """Count people over the dimensions of a variable."""
    out = np.zeros(variable.shape, int)
    np.add.at(out, tuple(people[str(dim)][who] for dim in variable.dims), 1)
    return out


NEED = [
    ("resource_band", lambda p: p["status"] > 0),
    ("multimorbid", lambda p: (p["status"] & CHRONIC) * [int(c).bit_count() >= 2 for c in p["conditions"]]),
    ("complex_by_sex", lambda p: p["status"] & COMPLEX),
    ("daily_smokers", lambda p: (p["habits"] & SMOKER) * (p["habits"] >> STOPPED_BIT == 0)),
    ("with_obesity", lambda p: p["habits"] & OBESE),
    ("at_great_risk", lambda p: (p["habits"] > 0) * (p["status"] & CHRONIC == 0)),
    ("complex_by_centre", lambda p: p["status"] & COMPLEX),
    ("home_nursing_patients", lambda p: p["status"] & HOME_NURSING),
    ("special_housing_residents", lambda p: p["status"] & SPECIAL_HOUSING),
]


@pytest.mark.parametrize(("name", "chosen"), NEED)
def test_people_are_counted_where_they_are(dataset: xr.Dataset, people, name: str, chosen) -> None:
    counted = dataset[name].sel(year=LAST)
    who = np.asarray(chosen(people)) != 0
    assert who.any()
    assert np.array_equal(counted, count(counted, people, who))
    assert {"units", "long_name", "label_sv"} <= set(dataset[name].attrs)


def test_need_by_sex_and_age_makes_up_the_population_and_the_complex(dataset: xr.Dataset) -> None:
    population = dataset["population"].sum(["sex", "age"])
    assert np.array_equal(dataset["resource_band"].sum(["sex", "age_group", "rub"]), population)
    assert np.array_equal(dataset["complex_by_sex"].sum("sex"), dataset["complex_needs"])
    whole = dataset["complex_needs"].sum(PLACE)
    assert np.array_equal(dataset["complex_by_centre"].sum("health_centre"), whole)
    assert (dataset["multimorbid"] <= dataset["chronically_ill"]).all()


def test_home_nursing_by_band_is_a_direct_count(dataset: xr.Dataset, people) -> None:
    nursed = (people["status"] & HOME_NURSING) != 0
    bands = people | {"rub_group": np.maximum(people["rub"] - 3, 0)}
    for name, who in (
        ("home_nursing_by_band", nursed),
        ("home_nursing_gp_by_band", nursed & people["seated"]),
        ("home_nursing_75_by_band", nursed & (people["age"] >= 75)),
    ):
        counted = dataset[name].sel(year=LAST)
        assert np.array_equal(counted, count(counted, bands, who))
    of_all = dataset["home_nursing_patients"].sum(["sex", "age_group"])
    assert np.array_equal(dataset["home_nursing_by_band"].sum("rub_group"), of_all)
    assert np.array_equal(dataset["home_nursing_gp_by_band"].sum("rub_group"), dataset["home_nursing_with_gp"])


def test_reviews_come_near_the_municipalities_shares(history: History, dataset: xr.Dataset) -> None:
    aged, reviewed = (
        float(dataset[name].sum(["year", "municipality", "rub_group"]))
        for name in ("home_nursing_75_by_band", "medication_reviews_by_band")
    )
    county = history.simulation.region.parameters["home_nursing.medication_review_share"]
    assert reviewed / aged == pytest.approx(county, abs=0.08), "some 300 patients, largely the same in three counts"
    assert (dataset["medication_reviews_by_band"] <= dataset["home_nursing_75_by_band"]).all()


def test_home_help_by_age_is_that_of_coordination(dataset: xr.Dataset) -> None:
    by_age = dataset["home_help_users"]
    old = by_age.sel(age_group=[group for group in by_age["age_group"].values if int(group[:2].rstrip("-")) >= 65])
    assert np.array_equal(old.sum("age_group"), dataset["home_help_65_plus"])
    assert (by_age <= dataset["home_nursing_patients"].sum("sex")).all()


# --- waits ------------------------------------------------------------------------------------------------


def test_a_quantile_is_the_bin_up_to_which_the_share_lies() -> None:
    histogram = np.array([[5, 3, 1, 1], [0, 0, 10, 0], [0, 0, 0, 0], [9, 0, 0, 1]])
    assert quantile_of(histogram, 0.5).tolist()[:2] == [0, 2]
    assert quantile_of(histogram, 0.9).tolist()[0::3] == [2, 0]
    assert np.isnan(quantile_of(histogram, 0.9)[2])


def test_weeks_of_waiting_are_those_of_the_guarantees(history: History, dataset: xr.Dataset) -> None:
    record = history.simulation.record
    weeks, guarantee = record.clinic_weeks[:MONTHS], record.guarantee[:MONTHS]
    assert np.array_equal(weeks.sum(axis=-1), guarantee[..., 1])
    assert (weeks[..., :12].sum(axis=-1) <= guarantee[..., 0]).all(), "90 days are 12 weeks and 6 days"
    assert (guarantee[..., 0] <= weeks[..., :13].sum(axis=-1)).all()
    assert np.array_equal(np.isnan(dataset["specialist_wait_p90"]), weeks[:, :, 0].sum(axis=-1) == 0)


def test_the_countys_wait_is_that_of_all_its_visits(history: History, dataset: xr.Dataset) -> None:
    rows = history.events
    waits = history.simulation.record.wait[LAST_MONTHS].sum(axis=(0, 1))
    days = np.repeat(np.arange(waits.size), waits)
    median, p90 = np.quantile(days, [0.5, 0.9], method="inverted_cdf")
    assert dataset["gp_wait"].sel(year=LAST).values.tolist() == [median, p90]
    local = dataset["gp_wait_local"].sel(year=LAST, quantile="p90")
    assert float(local.min()) <= p90 <= float(local.max())
    assert len(rows) > 0


def test_assessment_by_municipality_weighs_centres_by_needs(history: History, dataset: xr.Dataset) -> None:
    region, year = history.simulation.region, dataset.sel(month=str(LAST))
    soon = (year["assessed_within_3_days"].fillna(0) * year["needs_assessed"]).sum("month").values
    needs = year["needs_assessed"].sum("month").values
    towns = region.centre_municipality
    share = np.bincount(towns, soon) / np.bincount(towns, needs)
    assert dataset["assessed_by_municipality"].sel(year=LAST).values == pytest.approx(share)


# --- unmet need and ways in -------------------------------------------------------------------------------


def test_unmet_need_lies_within_the_ledger(history: History, dataset: xr.Dataset) -> None:
    """Those who gave up are some of the withdrawn; the others were gone or in hospital. Diversions are all there."""
    record, lines = history.simulation.record, history.simulation.region.units.first
    ledger = record.ledger[:MONTHS].sum(axis=0)
    assert 0 < int(dataset["gave_up"].sum()) <= ledger[:, WITHDRAWN].sum()
    centres = slice(lines[UNIT_GP], lines[UNIT_GP] + len(history.simulation.region.centres))
    assert int(dataset["diverted"].sum()) == ledger[centres, DIVERTED].sum() > 0
    by_age = dataset["gave_up_by_age"].sum(["age_group", "care_level", "care_mode"])
    assert by_age.sel(year=slice(2023, LAST)).values.sum() == int(dataset["gave_up"].sum())
    unmet = dataset["needs"].sum("age_group") - dataset["contacts"].sum("age_group")
    for cell in ({"care_level": "primary_care", "care_mode": "home"},):
        assert float(dataset["gave_up"].sel(cell).sum()) <= float(unmet.sel(cell).sum())


@pytest.mark.parametrize(("bit", "gave_up"), [(0, 2), (IN_HOSPITAL, 1)])
def test_who_lies_in_hospital_has_not_given_up(bit: int, gave_up: int) -> None:
    world = of_ages(world_of(people=2), [3, 5])
    world.pool["service"], world.pool["patience"] = -1, 20 * HOUR
    world = with_needs(world, [(0, 9 * HOUR, slot, NURSE, 0) for slot in range(2)])
    run_kernels(world, 0, 1)
    world.person["status"][1] |= bit
    run_kernels(world, 1, 3)
    assert world.ledger[world.lines[LINE_NURSE], WITHDRAWN] == 2
    assert world.gave_up[:, VISIT_CELL].sum() == world.gave_up.sum() == gave_up
    assert world.gave_up[3, VISIT_CELL] == 1


def test_nobody_to_see_means_that_everybody_gives_up() -> None:
    world = of_ages(world_of(people=4), [0, 1, 2, 3])
    world.rules["divert_same_day_share"] = world.rules["divert_closed_share"] = 0.0
    world = live(world, 1, *[(0, 10 * HOUR, slot, GP) for slot in range(4)])
    assert world.gave_up[:4, VISIT_CELL].tolist() == [1, 1, 1, 1]
    assert world.ledger[world.lines[UNIT_GP], [SERVED, WITHDRAWN, DIVERTED]].tolist() == [0, 4, 0]


def test_a_full_waiting_room_turns_people_away() -> None:
    world = house(people=12, places=0)
    world = world._replace(ed_queue=np.zeros((1, 3, 4), np.int64))
    world.acuity[:] = 1.0
    world = live(world, 1, *[(0, 8 * HOUR + slot, slot, EMERGENCY) for slot in range(12)])
    assert world.gave_up[:, SPECIALIST_CELL].sum() == 8
    assert world.gave_up[:, HOME_CELL].sum() == 0


@pytest.mark.parametrize(("group", "ratio"), [(5, 1.0), (6, 1.5)])
def test_ambulances_are_the_draws_of_each_case(group: int, ratio: float) -> None:
    """Every case's own draw against the share of its acuity, more often from 80 on; nobody but the count sees it."""
    people = 300
    world = of_ages(house(people=people, places=60, admitted=0.0), [group] * people)
    world.treatment[:] = 60.0
    for name, share in (("urgent", 0.6), ("standard", 0.3), ("low", 0.1)):
        world.rules[f"ambulance_{name}"] = share
    world.rules["ambulance_aged"] = 1.5
    ticks = [8 * HOUR + 61 * slot for slot in range(people)]
    world = live(world, 1, *[(0, tick, slot, EMERGENCY) for slot, tick in enumerate(ticks)])
    expected = 0
    for slot, tick in enumerate(ticks):
        key, case = int(world.person[slot]["key"]), plain_case(tick)
        acuity = sum(
            plain_draw(int(world.keys[Purpose.ACUITY]), key, case) >= limit for limit in world.acuity[0, group]
        )
        expected += plain_draw(int(world.keys[Purpose.AMBULANCE]), key, case) < ratio * (0.6, 0.3, 0.1)[acuity]
    assert world.ambulance[group] == world.ambulance.sum() == expected > 0


def test_calls_to_1177_are_a_share_of_primary_needs(history: History, dataset: xr.Dataset) -> None:
    share = history.simulation.region.parameters["advice.first_call_share"]
    demand = history.simulation.record.demand[:MONTHS].reshape(MONTHS, -1, AGE_GROUP_COUNT, 16)
    assert dataset["advice_calls"].values == pytest.approx(share * demand[..., FIRST_CALLS].sum(axis=(2, 3)))
    visits = dataset["ambulance_visits"].sum(["month", *PLACE]) / dataset["ed_visits"].sum(["month", *PLACE])
    assert 0.15 < float(visits) < 0.4


def test_rates_by_education_are_of_everybody(history: History, dataset: xr.Dataset) -> None:
    before = dataset["population"].sum(["municipality", "sex", "age"])
    of_year = dataset["population_by_education"].sum(["education", "sex", "age_group"])
    assert of_year.sel(year=LAST).item() == before.sel(year=LAST - 1).item()
    deaths = history.simulation.record.deaths_education[LAST_MONTHS].sum()
    assert dataset["deaths_by_education"].sel(year=LAST).sum().item() == deaths > 0
