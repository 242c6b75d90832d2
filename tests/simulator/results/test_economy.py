"""Money and minutes by cell add up to the whole, and what a lever does costs what its price says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from small_county import MONTHS, History

from simulator.changes import Change
from simulator.core.record import (
    DIGITAL,
    FOLLOWED,
    HOME,
    LOCAL,
    MONITORED,
    ON_SITE,
    PRIMARY,
    PROMOTION,
    SHORT_PLACES,
    SPECIALISED,
    cell_of,
)
from simulator.region.pack import Region
from simulator.results import economy
from simulator.results.activities import ACTIVITIES, ACTIVITY_INDEX, by_cell, further_minutes, staff_minutes, volumes
from simulator.results.economy import PAID_BY_MUNICIPALITY, PAID_BY_REGION
from simulator.simulation import Simulation
from simulator.staff import minutes
from simulator.staff.effort import minute_price

START = date(2023, 1, 1)
YEARS = MONTHS // 12


@pytest.fixture(scope="module")
def busy(small_region: Region) -> Simulation:
    """A year with teams, monitoring, mobile visits and hospital care at home."""
    added = {"team_share": 0.5, "team_coordinators": 5.0, "telemonitoring": 0.5, "mobile_visits": 2.0, "home_beds": 5.0}
    changes = [Change(name, "add", value, START, START) for name, value in added.items()]
    simulation = Simulation(small_region, 1, changes)
    simulation.run(date(2024, 1, 1))
    return simulation


def test_cells_and_idle_time_make_the_whole_cost(history: History, busy: Simulation) -> None:
    for simulation, years in ((history.simulation, YEARS), (busy, 1)):
        record, region = simulation.record, simulation.region
        whole = economy.cost(record, region, years).sum(axis=1)
        cells = economy.cost_by_cell(record, region, years)
        idle = economy.idle_cost(record, region, years)
        assert cells.sum(axis=1) + idle == pytest.approx(whole)
        assert (cells >= 0).all()
        assert (idle > 0).all()


def test_minutes_of_cells_are_those_of_the_account(history: History) -> None:
    record, region = history.simulation.record, history.simulation.region
    account = minutes.accounts(record, region, slice(0, MONTHS))[..., minutes.ACCOUNTS.index("delivered")]
    expected = account.reshape(YEARS, 12, *account.shape[1:]).sum(axis=(1, 2))
    assert by_cell(staff_minutes(record, region, YEARS), 1).sum(axis=1) == pytest.approx(expected)
    assert not further_minutes(record, region, YEARS).any(), "today there are no mobile teams"


def test_contacts_of_cells_are_those_that_were_counted(history: History) -> None:
    record = history.simulation.record
    amount = volumes(record, YEARS)
    counted = record.contacts[:MONTHS].reshape(YEARS, 12, -1, 16).sum(axis=(1, 2))
    kinds = ("visit", "contact", "advice")
    beside = ("team_visit", "psychiatric_visit", "psychiatric_ed_visit")
    contacts = [a.name for a in ACTIVITIES if a.name.endswith(kinds) and a.name not in beside]
    sums = np.zeros((YEARS, 16))
    for name in contacts:
        sums[:, ACTIVITIES[ACTIVITY_INDEX[name]].cell] += amount[:, ACTIVITY_INDEX[name]]
    assert sums == pytest.approx(counted)


def test_promotion_takes_its_share_of_the_desk(history: History) -> None:
    record, region = history.simulation.record, history.simulation.region
    taken = by_cell(staff_minutes(record, region, YEARS), 1)
    nurse = region.professions.index("nurse")
    assert taken[:, cell_of(PROMOTION, ON_SITE), nurse].min() > 0
    assert taken[:, cell_of(PRIMARY, DIGITAL), nurse].min() > 0
    for name, level in (("gp", PRIMARY), ("hospital_nurse", SPECIALISED)):
        whole = taken[..., region.professions.index(name)].sum(axis=1)
        at = taken[:, cell_of(level, ON_SITE), region.professions.index(name)]
        assert (at > 0.9 * whole).all(), name


def test_short_term_places_are_paid_by_the_municipality(history: History) -> None:
    record, region = history.simulation.record, history.simulation.region
    dearer = replace(region, costs={
        **region.costs, "short_term_place_year": replace(region.costs["short_term_place_year"], value=3e6),
    })  # fmt: skip
    more = economy.cost(record, dearer, YEARS) - economy.cost(record, region, YEARS)
    places = record.programmes[:MONTHS, :, SHORT_PLACES].reshape(YEARS, 12, -1).sum(axis=(1, 2)) / 12
    assert places.min() > 0
    assert more[:, LOCAL, PAID_BY_MUNICIPALITY] == pytest.approx(2e6 * places)
    assert more.sum() == pytest.approx(2e6 * places.sum())


def test_work_without_posts_is_paid_by_the_minute_and_by_the_region(busy: Simulation) -> None:
    record, region, p = busy.record, busy.region, busy.region.parameters
    amount, money = volumes(record, 1), economy.contact_cost(record, region, 1)
    a_minute = minute_price(region, "nurse_year")
    visits, mobile = amount[0, ACTIVITY_INDEX["mobile_visit"]], money[0, ACTIVITY_INDEX["mobile_visit"]]
    assert visits > 0
    assert mobile[PAID_BY_REGION] == pytest.approx(visits * p["mobile.minutes"] * a_minute)
    months = record.programmes[:12, :, MONITORED].sum()
    assert months > 0
    met = amount[0, ACTIVITY_INDEX["monitoring_contact"]]
    assert met == pytest.approx(months * p["telemonitoring.contacts_per_month"], rel=0.15), "but for those in hospital"
    contacts = met * p["consultation.digital_minutes"] * a_minute
    equipment = months * region.costs["telemonitoring_month"].value
    assert money[0, ACTIVITY_INDEX["monitoring_contact"]] == pytest.approx([contacts + equipment, 0.0])


def test_teams_and_hospital_at_home_take_the_time_of_staff_who_is_paid_already(busy: Simulation) -> None:
    record, region = busy.record, busy.region
    taken = by_cell(staff_minutes(record, region, 1), 1)[0]
    visits = volumes(record, 1)[0, ACTIVITY_INDEX["team_visit"]]
    coordinator, nurse = region.professions.index("coordinator"), region.professions.index("municipal_nurse")
    p = region.parameters
    expected = record.programmes[:12, :, FOLLOWED].sum() * p["team.visits_per_month"]
    assert 0.7 * expected < visits < expected, "but for those in hospital, and those who have died since 1 January"
    assert taken[cell_of(LOCAL, HOME), coordinator] == pytest.approx(visits * p["team.visit_minutes"])
    days = record.home_care[:12, :, 1].sum()
    assert days > 0
    assert taken[cell_of(SPECIALISED, HOME), nurse] == pytest.approx(days * p["home_care.municipal_minutes"])
    assert not economy.contact_cost(record, region, 1)[0, ACTIVITY_INDEX["team_visit"]].any()


def test_the_complex_group_uses_more_than_its_part_but_not_all(history: History, busy: Simulation) -> None:
    for simulation, years in ((history.simulation, YEARS), (busy, 1)):
        record, region = simulation.record, simulation.region
        share = economy.complex_share(record, years)
        assert (
            share[:, [ACTIVITY_INDEX[name] for name in ("bed_day", "ed_visit", "gp_visit", "home_help_hour")]] > 0
        ).all()
        used, whole = economy.complex_cost(record, region, years), economy.cost(record, region, years).sum(axis=1)
        people = record.segment[1 : years + 1].sum(axis=(1, 2))
        assert (used.sum(axis=1) / whole.sum(axis=1) > people[:, 3] / people.sum(axis=1)).all(), "dearer than others"
        assert (used < whole).all()


def test_if_all_care_is_for_the_complex_all_that_is_known_is_theirs(history: History) -> None:
    record, region = history.simulation.record.copy(MONTHS), history.simulation.region
    contacts = record.contacts[:MONTHS].sum(axis=1)
    record.complex_use[:MONTHS, :16] = contacts
    record.complex_use[:MONTHS, 16] = record.ed_visits[:MONTHS].sum(axis=1)
    record.complex_use[:MONTHS, 18] = record.bed_days[:MONTHS].sum(axis=1)
    used = economy.complex_cost(record, region, YEARS)[:, PAID_BY_REGION]
    assert used == pytest.approx(economy.cost(record, region, YEARS).sum(axis=1)[:, PAID_BY_REGION])
