"""The year before the first fills books, beds and lines and leaves people and staff as they were."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import norm

from simulator.changes import Change
from simulator.core.dates import EPOCH, FIRST_DAY, date_of, day_number, month_start, open_days
from simulator.core.record import DIVERTED, REQUESTED, SERVED, WITHDRAWN
from simulator.core.state import IN_HOSPITAL
from simulator.people.morbidity import CHRONICALLY_ILL, COMPLEX_NEEDS
from simulator.region.pack import Region
from simulator.simulation import Simulation, YearBefore
from simulator.staff import workforce
from simulator.start import standing

SEEDS = range(1, 7)


@pytest.fixture(scope="module")
def settled(county: Region) -> Simulation:
    """The county on 1 January 2023."""
    return Simulation(county, 1)


def test_days_before_the_epoch_have_the_calendar_of_2022() -> None:
    opening = open_days()
    assert date_of(FIRST_DAY) == date(2022, 1, 1)
    assert opening[-1] == opening[day_number(date(2022, 12, 31))] == 0, "a Saturday"
    assert opening[day_number(date(2022, 12, 30))] == 1
    assert opening[day_number(date(2022, 6, 24))] == 0, "Midsummer Eve"
    assert opening[FIRST_DAY:].sum() == 253


def test_books_beds_and_lines_are_full(settled: Simulation) -> None:
    state = settled.state
    assert state.booked.sum() > 5_000
    assert 0.6 < state.hospital["occupied"].sum() / state.hospital["beds"].sum() < 1.0
    assert state.hospital["occupied"].sum() == (state.person["status"] & IN_HOSPITAL != 0).sum()
    assert settled.today == EPOCH
    assert settled.record.ledger.sum() == settled.record.contacts.sum() == settled.logged[0] == 0, "nothing is told"
    assert np.array_equal(settled.record.brought, standing(state, settled.region.units.first))


def test_people_and_staff_are_those_of_the_first_day(settled: Simulation, county: Region) -> None:
    empty = YearBefore(county.with_parameters({"start.months_before": 0}), 1).settled()
    for name in ("staff", "staff_age", "training"):
        assert np.array_equal(getattr(settled.state, name), getattr(empty, name))
    for name in ("conditions", "municipality", "sex", "age", "education", "rub"):
        assert np.array_equal(settled.state.background[name], empty.background[name])
    segments = [np.minimum(state.background["segment"], CHRONICALLY_ILL) for state in (settled.state, empty)]
    assert np.array_equal(*segments), "but for who is on the list of complex needs, which is made of the year's use"
    listed = [(state.background["segment"] == COMPLEX_NEEDS).sum() for state in (settled.state, empty)]
    assert listed[0] == pytest.approx(listed[1], abs=2), "some have died of waiting"
    for name in ("key", "cell", "risk", "centre", "hospital"):
        assert np.array_equal(settled.state.person[name], empty.person[name])
    permanent, locums = workforce.chair_fte(settled.state.chair)
    assert [permanent.sum(), locums.sum()] == pytest.approx([part.sum() for part in workforce.chair_fte(empty.chair)])


def test_gps_leave_as_often_as_the_parameters_say(county: Region) -> None:
    """Six seeds of some 130 GPs: a rate of leaving a tenth off would not be noticed, one half off in 999 of 1 000."""
    retiring, left, chance = workforce.gp_retirement(county), 0, []
    for seed in SEEDS:
        before = YearBefore(county, seed)
        sat, ages = before.state.chair["gp"].copy(), before.state.chair["age"].astype(int)
        permanent = (sat != 0) & (before.state.chair["agency"] == 0)
        left += int((before.settled().chair["gp"] != sat)[permanent].sum())
        monthly = (
            county.parameters["work.gp_turnover"] / 12.0 + retiring[np.minimum(ages[permanent], retiring.size - 1)]
        )
        chance.append(1.0 - (1.0 - monthly) ** 12)
    expected = np.concatenate(chance)
    error = np.sqrt((expected * (1.0 - expected)).sum())
    assert abs(left - expected.sum()) < norm.isf(0.0005) * error


def test_the_load_of_the_year_before_is_what_people_are_used_to(settled: Simulation) -> None:
    state = settled.state
    assert np.array_equal(state.load, state.load_reference)
    used_to = state.load_reference[state.staff > 0.0]
    assert 0.7 < np.median(used_to) < 1.3


def test_a_change_of_the_first_day_is_not_felt_the_year_before(small_region: Region) -> None:
    closed = Simulation(small_region, 1, [Change("beds", "multiply", 0.5, EPOCH, EPOCH)])
    today = Simulation(small_region, 1)
    for name in ("person", "relation", "book", "stay_end", "load", "waiting"):
        assert np.array_equal(getattr(closed.state, name), getattr(today.state, name))


def test_what_was_brought_along_is_accounted_for(small_region: Region) -> None:
    simulation = Simulation(small_region, 3)
    for month in range(1, 7):
        simulation.run(month_start(month))
        ledger = simulation.record.ledger[:month].sum(axis=0)
        left = ledger[:, REQUESTED] - ledger[:, [SERVED, WITHDRAWN, DIVERTED]].sum(axis=1)
        wanted = standing(simulation.state, simulation.region.units.first)
        assert np.array_equal(simulation.record.brought + left, wanted)


def test_the_first_months_are_like_those_a_year_later(county: Region) -> None:
    """Without a year before, waits for GPs in the first quarter are 5 days, a year later 13."""
    waits = []
    for seed in (1, 2):
        simulation = Simulation(county, seed)
        simulation.run(date(2024, 4, 1))
        days = np.arange(simulation.record.wait.shape[2])
        quarters = (simulation.record.wait[a : a + 3].sum(axis=(0, 1)) for a in (0, 12))
        waits.append([(quarter * days).sum() / quarter.sum() for quarter in quarters])
    first, later = np.mean(waits, axis=0)
    assert first == pytest.approx(later, rel=0.25)
