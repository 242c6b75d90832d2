"""Nothing asked, everything there, nothing there; nobody, somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from small_county import History, residents, standing
from small_system import world_of

from simulator.care import hospital
from simulator.care.municipal import waiting_for_housing
from simulator.care.waiting_line import PLANNED_ADMISSION
from simulator.changes import Change
from simulator.controls import NEEDS
from simulator.core.dates import DAY
from simulator.core.log import ADMITTED, BOARDING, DISCHARGED, ED_ARRIVAL, MOVED_IN, READY, TREATMENT_START
from simulator.core.record import DIVERTED, HELP_GIVEN, HELP_NEEDED, REQUESTED, SERVED, WAITING, WITHDRAWN
from simulator.core.state import BED_READY, HOME_NURSING, IN_HOSPITAL, PRESENT, SPECIAL_HOUSING
from simulator.core.units import UNIT_ED, UNIT_GP
from simulator.core.words import CASE_BITS, SLOT_BITS
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff.minutes import ACCOUNTS, accounts

START = date(2023, 1, 1)


def at_once(control: str, value: float) -> Change:
    return Change(control, "multiply", value, START, START)


def send_home(simulation: Simulation) -> None:
    """Nobody is employed, but for GPs; those whose post is gone would leave only slowly."""
    for name in ("staff", "staff_age", "training"):
        getattr(simulation.state, name)[:] = 0.0


def accounted_for(simulation: Simulation) -> bool:
    ledger = simulation.record.ledger.sum(axis=0)
    left = ledger[:, REQUESTED] - ledger[:, [SERVED, WITHDRAWN, DIVERTED]].sum(axis=1)
    return np.array_equal(simulation.record.brought + left, standing(simulation.state, simulation.region.units.first))


def test_no_demand_no_care(empty_region: Region) -> None:
    waits = [name for name in empty_region.parameters if "start_wait_days" in name]
    assert len(waits) == 5
    last_illness = [name for name in empty_region.parameters if name.startswith("last_year.hospital_share")]
    assert len(last_illness) == 3
    of_itself = (*waits, *last_illness, "unmet.consequences")  # what brings care though nobody needs any
    nobody_waits = empty_region.with_parameters(dict.fromkeys(of_itself, 0.0))
    simulation = Simulation(nobody_waits, 1, [at_once(name, 0.0) for name in NEEDS], log=200_000)
    simulation.state.person["status"] &= 255 - HOME_NURSING
    send_home(simulation)
    simulation.run(date(2023, 3, 1))
    others = simulation.record.contacts.sum(axis=(0, 1))
    assert others[[cell for cell in range(16) if cell != 6]].sum() == 0  # 6: those who came into home nursing
    assert simulation.record.admissions.sum() == simulation.record.ed_visits.sum() == 0
    assert simulation.record.bed_days.sum() == 0


def test_no_capacity_nobody_served_everybody_accounted_for(empty_region: Region) -> None:
    posts = ("gp_posts", "resident_posts", "nurse_posts", "home_nursing_posts")
    names = (*posts, "beds", "specialist_capacity", "ed_places")
    simulation = Simulation(empty_region, 1, [at_once(name, 0.0) for name in names])
    send_home(simulation)
    simulation.run(date(2023, 4, 1))
    ledger = simulation.record.ledger.sum(axis=0)
    assert ledger[:, SERVED].sum() == 0
    assert ledger[:, REQUESTED].sum() > 10_000
    assert accounted_for(simulation)
    assert simulation.record.contacts.sum() == simulation.record.contacts[..., 4].sum()  # only advice for self-care


def test_when_everybody_is_ill_no_desk_serves(empty_region: Region) -> None:
    simulation = Simulation(empty_region, 1, [Change("sick_leave_change", "add", 100.0, START, START)])
    simulation.run(date(2023, 3, 1))
    record, first = simulation.record, simulation.region.units.first[UNIT_ED]
    pools = simulation.state.pool["kind"]
    desks = np.r_[np.flatnonzero(pools != PLANNED_ADMISSION), np.arange(pools.size, first)]
    assert record.ledger[:, desks, SERVED].sum() == 0
    assert accounted_for(simulation)
    account = accounts(record, empty_region, slice(0, 2))
    assert account[..., ACCOUNTS.index("available")].sum() == 0
    absent, paid = (account[..., ACCOUNTS.index(name)].sum() for name in ("absent", "paid"))
    assert absent == paid > 0


def test_plenty_of_capacity_no_waiting(empty_region: Region) -> None:
    """Sixteen times the hospital and the staff."""
    rich = replace(
        empty_region, beds=16 * empty_region.beds, beds_summer=16 * empty_region.beds_summer,
        ed_places=16 * empty_region.ed_places,
        staff=tuple(replace(post, posts_fte=16 * post.posts_fte, vacancy=0.0) for post in empty_region.staff),
    )  # fmt: skip
    rich = rich.with_parameters({"special_housing.own_gp_patience_days": 0.0})  # who waits for one GP waits
    simulation = Simulation(rich, 1, log=500_000)
    simulation.run(date(2023, 7, 1))
    events = simulation.log[: simulation.logged[0], :5]
    for begin, asked in ((TREATMENT_START, ED_ARRIVAL), (ADMITTED, BOARDING)):
        rows = events[events[:, 1] == begin]
        arrivals = {(int(t), int(p)) for t, k, p, *_ in events if k == asked}
        waits = [int(t - r) for t, _, p, _, r in rows if (int(r), int(p)) in arrivals]
        assert len(waits) > 200
        assert max(waits) == 0
    record, first = simulation.record, simulation.region.units.first[UNIT_GP]
    visits = record.ledger[:, first : first + len(rich.centres)].sum(axis=(0, 1))
    assert visits[DIVERTED] < 0.1 * visits[SERVED], "only needs of closed hours go elsewhere"
    waits, target = record.wait.sum(axis=(0, 1)), int(rich.parameters["primary_care.planned_target_days"])
    assert waits[7:].sum() < 0.001 * waits.sum(), "five closed days at Easter, longer for one's own GP alone"
    assert waits[target + 1 :].sum() == 0, "who is not waited for any longer than this"


def test_a_municipality_that_receives_nobody_keeps_them_in_hospital_and_loses_none(empty_region: Region) -> None:
    closed = [at_once(name, 0.0) for name in ("receptions", "short_term_places")]
    simulation = Simulation(empty_region, 1, [*closed, at_once("beds", 3.0)], log=500_000)
    simulation.run(date(2024, 1, 1))
    record, state, events = simulation.record, simulation.state, simulation.log[: simulation.logged[0], :5]
    assert record.reception[..., 1:].sum() == 0
    ready = {(int(p), int(began)) for _, kind, p, _, began in events if kind == READY}
    left = [(int(p), int(began), int(t)) for t, kind, p, _, began in events if kind == DISCHARGED]
    of_them = [(p, t) for p, began, t in left if (p, began) in ready]
    assert len(ready) == record.reception[..., 0].sum() > 10
    alive = [(p, t) for p, t in of_them if state.person["status"][p] & PRESENT]
    assert len(alive) < len(of_them)
    assert all(state.person["status"][p] & SPECIAL_HOUSING for p, t in alive), "a place was free"
    assert all(t % DAY == 0 for p, t in of_them), "asked for, or gone for ever, as a day begins"
    in_bed = (state.relation["bed"][state.person["status"] & IN_HOSPITAL != 0] & BED_READY != 0).sum()
    assert len(ready) == len(of_them) + in_bed
    assert len(left) > len(of_them), "others go home as ever"
    assert accounted_for(simulation)
    assert (state.hospital["occupied"] == state.hospital["beds"]).any(), "the beds are full of them"


def test_without_places_in_special_housing_nobody_moves_in_and_all_who_were_granted_wait(empty_region: Region) -> None:
    simulation = Simulation(empty_region, 1, [at_once("housing_places", 0.0)], log=500_000)
    simulation.run(date(2024, 7, 1))
    state, events = simulation.state, simulation.log[: simulation.logged[0], :5]
    assert not (events[:, 1] == MOVED_IN).any()
    assert (state.municipality["queue_head"] == 0).all()
    waiting = (state.background["granted"] == 1) & (state.person["status"] & PRESENT != 0)
    towns = np.bincount(state.background["municipality"][waiting], minlength=len(state.municipality))
    assert towns.sum() > 20
    assert np.array_equal(towns, waiting_for_housing(state.municipality, state.housing_queue, state.person))
    assert (state.person["status"][waiting] & HOME_NURSING != 0).all()
    assert np.array_equal(residents(state, SPECIAL_HOUSING), state.municipality["residents"])
    assert accounted_for(simulation)


def test_with_plenty_in_the_municipality_nobody_waits_for_it(empty_region: Region) -> None:
    """Everybody is received on the day, and moves in on the day of the decision."""
    m = len(empty_region.municipalities)
    rich = replace(empty_region, receptions=np.full(m, 500.0), housing_places=np.full(m, 5_000, np.int32))
    rich = rich.with_parameters({"special_housing.start_wait_days": 0.0})
    helpers = [at_once("home_help_posts", 3.0)]
    simulation = Simulation(rich, 1, helpers, log=500_000)
    simulation.run(date(2025, 1, 1))
    record, events = simulation.record, simulation.log[: simulation.logged[0], :5]
    received, on_the_day, short = record.reception.sum(axis=(0, 1))
    assert received == on_the_day > 150, "some die in hospital instead"
    assert short == record.ready_seconds.sum() == (events[:, 1] == READY).sum() == 0
    assert record.town[:24, :, WAITING].sum() == 0
    state = simulation.state
    assert np.array_equal(state.municipality["queue_head"], state.municipality["queue_tail"])
    assert (events[:, 1] == MOVED_IN).sum() > 20


def test_without_home_help_nobody_is_received_at_home(empty_region: Region) -> None:
    closed = [at_once(name, 0.0) for name in ("home_help_posts", "short_term_places")]
    simulation = Simulation(empty_region, 1, closed)
    send_home(simulation)
    simulation.run(date(2024, 7, 1))
    record = simulation.record
    assert record.town[:18, :, HELP_GIVEN].sum() == 0 < record.town[:18, :, HELP_NEEDED].sum()
    assert record.reception[..., 0].sum() > 5
    assert record.reception[..., 1:].sum() == 0
    assert accounted_for(simulation)


def test_nobody_is_followed_visited_or_cared_for_at_home_where_nothing_is_offered(history: History) -> None:
    record = history.simulation.record
    assert record.home_care.sum() == record.mobile_visits.sum() == 0
    assert not history.simulation.state.centre["team"].any()


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_and_somebody(empty_region: Region, people: int) -> None:
    population = np.zeros_like(empty_region.population)
    population[0, 1, 80] = people
    nowhere = replace(empty_region, population=population, in_migration=empty_region.in_migration * 0.0)
    simulation = Simulation(nowhere, 1)
    simulation.run(date(2025, 1, 1))
    record = simulation.record
    assert record.population[0].sum() == people
    assert record.population[2].sum() == people - record.deaths.sum() - record.flows[..., 2].sum()
    assert accounted_for(simulation)


def test_a_place_too_few_is_waited_for_and_one_more_is_not() -> None:
    """Two arrivals in the same second: with one place the second waits out the first's treatment."""
    for places, waits in ((1, [0, 3600]), (2, [0, 0]), (0, [])):
        world = world_of(people=2)
        world.treatment_quantile[:] = 1.0
        world.hospital["places"] = places
        world.ed_due[0, 0, :2] = [((DAY // 2 << SLOT_BITS) | slot) << CASE_BITS for slot in (0, 1)]
        world.ed_due_count[0, 0] = 2
        world.ledger[world.lines[UNIT_ED], REQUESTED] = 2
        hospital.work_hospitals(world, 0)
        events = world.log[: world.logged[0], :5]
        started = events[events[:, 1] == TREATMENT_START]
        assert [int(t - r) for t, _, _, _, r in started] == waits
