"""What binds, where one thing at a time is taken away."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from small_county import MONTHS, History

from simulator.changes import Change
from simulator.core.dates import day_number, month_start
from simulator.core.record import DIVERTED, WITHDRAWN
from simulator.region.pack import Region
from simulator.results.binding import RESOURCE_FIGURES, RESOURCE_INDEX, RESOURCE_NAMES, RESOURCES, find_binding
from simulator.simulation import Simulation

START, YEARS = date(2023, 1, 1), MONTHS // 12


@pytest.fixture(scope="module")
def today(history: History) -> dict[str, np.ndarray]:
    return find_binding(history.simulation.record, history.simulation.region, YEARS)


@pytest.fixture(scope="module")
def usual(sixteenth: Region) -> dict[str, np.ndarray]:
    """A year under the seed of the extremes below."""
    simulation = Simulation(sixteenth, 1)
    simulation.run(date(2024, 1, 1))
    return find_binding(simulation.record, sixteenth, 1)


@pytest.fixture(scope="module")
def plenty_of_beds(sixteenth: Region) -> dict[str, np.ndarray]:
    """The same with three times the beds, and nurses for them: so small a county has too few for its peaks."""
    tireless = sixteenth.with_parameters({**sixteenth.parameters, "work.overtime_most": 3.0})
    simulation = Simulation(tireless, 1, [Change("beds", "multiply", 3.0, START, START)])
    simulation.run(date(2024, 1, 1))
    return find_binding(simulation.record, sixteenth, 1)


def lost(found: dict[str, np.ndarray]) -> dict[str, float]:
    """Requests lost in the first year, whole region, by resource."""
    return dict(zip(RESOURCE_NAMES, np.nansum(found["lost"][0], axis=0), strict=True))


def test_every_unit_has_its_own_resources(history: History, today) -> None:
    region = history.simulation.region
    h, k, m = len(region.centres), len(region.hospitals), len(region.municipalities)
    count = {"centre": h, "hospital": k, "municipality": m}
    for resource in RESOURCES:
        there = ~np.isnan(today["lost"][0, :, RESOURCE_INDEX[resource.name]])
        assert there.sum() == count[resource.place]
    assert all(today[name].shape == (YEARS, h + k + m, len(RESOURCES)) for name in RESOURCE_FIGURES)


def test_nothing_is_negative_and_no_more_is_lost_than_asked_or_stood(today) -> None:
    assert all((np.nan_to_num(today[name]) >= 0).all() for name in RESOURCE_FIGURES)
    lines = [RESOURCE_INDEX[r.name] for r in RESOURCES if r.line and r.name != "beds"]
    lost, asked = today["lost"][0][:, lines], today["requests"][0][:, lines]
    assert (lost[~np.isnan(lost)] <= asked[~np.isnan(lost)]).all()


def test_places_are_used_as_the_record_says(history: History, today) -> None:
    record, beds = history.simulation.record, RESOURCE_INDEX["beds"]
    used, offered = np.nansum(today["used"][..., beds]), np.nansum(today["offered"][..., beds])
    assert used == record.occupied[:MONTHS].sum()
    days = np.diff([day_number(month_start(month)) for month in range(MONTHS + 1)])
    assert offered == (record.beds[:MONTHS].sum(axis=1) * days).sum() * 86_400


def test_lost_at_a_line_is_what_was_withdrawn_went_elsewhere_or_stands(history: History, today) -> None:
    """Over all years: withdrawn and diverted, and no more than stood at the end of each year."""
    record, region = history.simulation.record, history.simulation.region
    ledger = record.ledger[:MONTHS, len(region.centres) : 2 * len(region.centres)].sum(axis=0)  # digital desks
    over_all_years = np.nansum(today["lost"][..., RESOURCE_INDEX["digital_time"]])
    settled = ledger[:, WITHDRAWN].sum() + ledger[:, DIVERTED].sum()
    desks = slice(len(region.centres), 2 * len(region.centres))
    standing = sum(history.standing[month][desks].sum() for month in range(12, MONTHS + 1, 12))
    assert settled <= over_all_years <= settled + standing


def asked(found: dict[str, np.ndarray]) -> dict[str, float]:
    """Requests of the first year, whole region, by resource."""
    return dict(zip(RESOURCE_NAMES, np.nansum(found["requests"][0], axis=0), strict=True))


@pytest.mark.parametrize(
    ("controls", "resource"),
    [
        (("gp_posts", "resident_posts"), "gp_time"),
        (("nurse_posts",), "nurse_time"),
        (("beds",), "beds"),
        (("specialist_capacity",), "return_clinic"),
        (("home_nursing_posts",), "home_nursing"),
        (("ed_places",), "ed_places"),
    ],
)
def test_what_is_taken_away_binds(
    sixteenth: Region, usual, plenty_of_beds, controls: tuple[str, ...], resource: str
) -> None:
    simulation = Simulation(sixteenth, 1, [Change(name, "multiply", 0.0, START, START) for name in controls])
    gone = {
        "nurse_time": ("nurse", "district_nurse", "rehab"), "return_clinic": ("hospital_physician",),
        "home_nursing": ("municipal_nurse",),
    }  # fmt: skip
    for profession in gone.get(resource, ()):  # employed staff beyond its posts would leave only slowly
        for array in (simulation.state.staff, simulation.state.staff_age):
            array[:, sixteenth.professions.index(profession)] = 0.0
    simulation.run(date(2024, 1, 1))
    found = lost(find_binding(simulation.record, sixteenth, 1))
    before = lost(plenty_of_beds if resource == "beds" else usual)
    more = {name: found[name] - before[name] for name in RESOURCE_NAMES}
    assert max(more, key=more.__getitem__) == resource, more
    assert found[resource] > 3 * before[resource] + 10


@pytest.mark.parametrize(
    ("control", "resource"),
    [("receptions", "reception"), ("housing_places", "special_housing"), ("home_help_posts", "home_help")],
)
def test_what_a_municipality_lacks_is_lost_there(sixteenth: Region, usual, control: str, resource: str) -> None:
    changes = [Change(control, "multiply", 0.0, START, START)]
    changes += [Change("short_term_places", "multiply", 0.0, START, START)] * (resource == "reception")
    simulation = Simulation(sixteenth, 1, changes)
    if resource == "home_help":
        for array in (simulation.state.staff, simulation.state.staff_age):
            array[:, sixteenth.professions.index("home_help")] = 0.0
    simulation.run(date(2024, 1, 1))
    found = find_binding(simulation.record, sixteenth, 1)
    share = {name: lost(year)[resource] / asked(year)[resource] for name, year in (("now", found), ("usual", usual))}
    assert share["now"] > min(1.5 * share["usual"] + 0.02, 0.999), "all that is asked for is the most that can be lost"
    assert np.nansum(found["lack"][0, :, RESOURCE_INDEX[resource]]) > np.nansum(
        usual["lack"][0, :, RESOURCE_INDEX[resource]]
    )


def test_teams_without_coordinators_are_a_lack_of_coordinators(small_region: Region) -> None:
    simulation = Simulation(small_region, 1, [Change("team_share", "add", 0.5, START, START)])
    simulation.run(date(2024, 1, 1))
    wanted = 0.5 * simulation.state.centre["complex"].sum()
    assert lost(find_binding(simulation.record, small_region, 1))["coordinators"] == pytest.approx(wanted, rel=0.1)
