"""The structure matrix: the cell of every contact, and that what is asked for is what is met, waits or is gone."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy.stats import binom
from small_county import MONTHS, History, standing
from small_system import copy_of, random_world, run_kernels, world_of

from simulator.care import matrix
from simulator.core.record import (
    CELLS,
    DIGITAL_CELL,
    DIVERTED,
    HOME_CELL,
    HOSPITAL_HOME_CELL,
    LOCAL_CELL,
    MENTAL_MET,
    PROMOTION_CELL,
    REQUESTED,
    SELF_CARE_CELL,
    SERVED,
    SPECIALIST_CELL,
    TEAM_CELL,
    VISIT_CELL,
    WITHDRAWN,
)
from simulator.core.state import (
    CHRONIC,
    COMPLEX,
    DIGITAL_DESK,
    HOME_VISITS,
    NURSE_DESK,
    PLANNED_ADMISSION,
    REFERRAL,
    RETURN_VISIT,
)
from simulator.core.units import UNIT_ED, UNIT_GP, UNIT_WARD
from simulator.core.world import World

PEOPLE = 20_000
SOMEWHERE = {PROMOTION_CELL, SELF_CARE_CELL, DIGITAL_CELL, HOME_CELL, VISIT_CELL, TEAM_CELL, LOCAL_CELL,
             HOSPITAL_HOME_CELL, SPECIALIST_CELL}  # fmt: skip


@njit
def cells_of(w, kind, out):
    for slot in range(w.person.size):
        out[slot] = matrix.desk_cell(w, kind, slot, np.int64(86_400))


def share_of(cell: int, kind: int, status: int = 0, age_group: int = 4, **rules: float) -> float:
    """Share of 20 000 contacts at a desk of a kind that belong to a cell; the others to one other cell at most."""
    world = world_of(people=PEOPLE)
    world.person["status"] |= status
    world.person["risk"] = age_group * 6
    for name, value in rules.items():
        world.rules[name] = value
    out = np.zeros(PEOPLE, np.int64)
    cells_of(world, np.int64(kind), out)
    assert len(set(out)) <= 2
    return float((out == cell).mean())


def within(found: float, share: float) -> bool:
    """Exact 99.99 % interval of 20 000 draws: a share 0.03 off is found with a power above 0.9999."""
    low, high = binom.interval(0.9999, PEOPLE, share)
    return bool(low <= found * PEOPLE <= high)


@pytest.mark.parametrize(("age_group", "share"), [(0, 0.6), (1, 0.2), (8, 0.2)])
def test_nurses_promote_health_more_among_children(age_group: int, share: float) -> None:
    rules = {"promotion_share_children": 0.6, "promotion_share_adults": 0.2}
    assert within(share_of(PROMOTION_CELL, NURSE_DESK, 0, age_group, **rules), share)
    assert within(share_of(VISIT_CELL, NURSE_DESK, 0, age_group, **rules), 1 - share)


@pytest.mark.parametrize(
    ("kind", "status", "cell"),
    [(DIGITAL_DESK, CHRONIC, DIGITAL_CELL), (HOME_VISITS, CHRONIC, HOME_CELL), (REFERRAL, CHRONIC, SPECIALIST_CELL),
     (REFERRAL, 0, SPECIALIST_CELL), (RETURN_VISIT, 0, SPECIALIST_CELL)],
)  # fmt: skip
def test_other_desks_have_one_cell(kind: int, status: int, cell: int) -> None:
    assert share_of(cell, kind, status, local_care_share=1.0, promotion_share_adults=1.0) == 1.0


def test_return_visits_of_the_chronically_ill_are_partly_local_care() -> None:
    assert within(share_of(LOCAL_CELL, RETURN_VISIT, CHRONIC, local_care_share=0.35), 0.35)


# --- what is asked for, by cell ------------------------------------------------------------------------------


def groups(pools: np.ndarray, lines: np.ndarray, units: int) -> dict[tuple[int, ...], np.ndarray]:
    """Cells, and the units of account whose requests and contacts they hold together.

    A nurse's contact is promotion or a visit by age, a return visit local or specialised by illness: both may
    change while somebody waits over New Year, so those cells are told together.
    """
    number = np.arange(units)
    gps = (number >= lines[UNIT_GP]) & (number < lines[UNIT_ED])
    emergency = (number >= lines[UNIT_ED]) & (number < lines[UNIT_WARD])
    kind = np.full(units, -1)
    kind[: len(pools)] = pools
    return {
        (PROMOTION_CELL, VISIT_CELL): (kind == NURSE_DESK) | gps,
        (DIGITAL_CELL,): kind == DIGITAL_DESK,
        (HOME_CELL,): kind == HOME_VISITS,
        (LOCAL_CELL, SPECIALIST_CELL): (kind == REFERRAL) | (kind == RETURN_VISIT) | emergency,
    }


def check(demand, contacts, ledger, waiting, unit_groups, first_line=0) -> None:
    """In every group of cells demand = contacts + withdrawn + diverted + the change in those who wait.

    Who is met in the first line of mental health is a need and a contact at once, of no unit of account.
    """
    for cells, units in unit_groups.items():
        asked, met = demand[..., list(cells)].sum(), contacts[..., list(cells)].sum()
        apart = first_line if VISIT_CELL in cells else 0
        assert asked == ledger[units, REQUESTED].sum() + apart, cells
        assert met == ledger[units, SERVED].sum() + apart, cells
        elsewhere = ledger[units][:, [WITHDRAWN, DIVERTED]].sum()
        assert asked == met + elsewhere + waiting[units].sum(), cells


def test_needs_by_cell_are_met_wait_are_withdrawn_or_diverted_in_every_month(history: History) -> None:
    record, simulation = history.simulation.record, history.simulation
    unit_groups = groups(simulation.state.pool["kind"], simulation.region.units.first, record.ledger.shape[1])
    for month in range(MONTHS):
        waiting = history.standing[month + 1] - history.standing[month]
        check(record.demand[month], record.contacts[month], record.ledger[month], waiting, unit_groups)
    assert (record.demand.sum(axis=(0, 1))[sorted(SOMEWHERE - {TEAM_CELL, HOSPITAL_HOME_CELL})] > 0).all()


def test_needs_by_cell_and_municipality(history: History) -> None:
    """The desks of a municipality's centres and its home nursing serve its own people and nobody else."""
    record, simulation = history.simulation.record, history.simulation
    region, pools, lines = simulation.region, simulation.state.pool["kind"], simulation.region.units.first
    m, h = len(region.municipalities), len(region.centres)
    place = np.full(record.ledger.shape[1], -1)
    place[np.flatnonzero(pools == NURSE_DESK)] = place[np.flatnonzero(pools == DIGITAL_DESK)] = (
        region.centre_municipality
    )
    place[lines[UNIT_GP] : lines[UNIT_GP] + h] = region.centre_municipality
    place[np.flatnonzero(pools == HOME_VISITS)] = np.arange(m)
    unit_groups = groups(pools, lines, record.ledger.shape[1])
    demand, contacts = (t[:MONTHS].reshape(MONTHS, m, -1, CELLS).sum(axis=2) for t in (record.demand, record.contacts))
    for cells in ((PROMOTION_CELL, VISIT_CELL), (DIGITAL_CELL,), (HOME_CELL,)):
        for town in range(m):
            units = unit_groups[cells] & (place == town)
            for table, column in ((demand, REQUESTED), (contacts, SERVED)):
                booked = record.ledger[:MONTHS, units, column].sum(axis=1)
                assert np.array_equal(table[:, town, list(cells)].sum(axis=1), booked)


def test_what_is_met_at_once_is_met_whole_and_nothing_else_has_a_cell(history: History) -> None:
    record = history.simulation.record
    assert np.array_equal(record.demand[..., SELF_CARE_CELL], record.contacts[..., SELF_CARE_CELL])
    nowhere = sorted(set(range(CELLS)) - SOMEWHERE)
    assert record.demand[..., nowhere].sum() == record.contacts[..., nowhere].sum() == 0


def test_the_complex_have_a_part_of_the_contacts_in_every_month(history: History) -> None:
    record = history.simulation.record
    contacts = record.contacts[:MONTHS].sum(axis=1)
    few = record.complex_use[:MONTHS, :CELLS]
    assert (few <= contacts).all()
    assert few.sum() > 100
    assert (record.complex_use[:MONTHS, CELLS] <= record.ed_visits[:MONTHS].sum(axis=1)).all()
    assert (record.complex_use[:MONTHS, CELLS + 1] <= record.admissions[:MONTHS].sum(axis=1)).all()
    assert (record.complex_use[:MONTHS, CELLS + 2] <= record.bed_days[:MONTHS].sum(axis=1)).all()


def in_line(world: World) -> np.ndarray:
    """Requests that wait at each unit of a small world."""
    return standing(world, world.lines)  # a world has the names of a state


@pytest.mark.parametrize("seed", range(12))
def test_needs_by_cell_in_random_systems_with_every_strategy(seed: int) -> None:
    world = random_world(seed, 20, shared=bool(seed % 2))
    unit_groups = groups(world.pool["kind"], world.lines, world.ledger.shape[0])
    before = in_line(copy_of(world))
    run_kernels(world, 0, 20)
    first_line = world.mental[: len(world.centre), MENTAL_MET].sum()
    check(world.demand, world.contacts, world.ledger, in_line(world) - before, unit_groups, first_line)
    for cell in (SELF_CARE_CELL, TEAM_CELL, HOSPITAL_HOME_CELL):
        assert np.array_equal(world.demand[:, cell], world.contacts[:, cell])
    assert world.contacts[:, TEAM_CELL].sum() == world.mobile_visits.sum()
    assert world.contacts[:, HOSPITAL_HOME_CELL].sum() == world.home_care[:, 1].sum()
    assert (world.complex_use[:CELLS] <= world.contacts.sum(axis=0)).all()
    assert PLANNED_ADMISSION in world.pool["kind"]


def test_people_with_complex_needs_are_counted_twice_once_among_all() -> None:
    world = random_world(5, 20)
    world.person["status"] |= COMPLEX
    run_kernels(world, 0, 20)
    assert np.array_equal(world.complex_use[:CELLS], world.contacts.sum(axis=0))
    assert world.complex_use[CELLS:].tolist() == [world.ed_visits.sum(), world.admissions.sum(), world.bed_days.sum()]
    spared = random_world(5, 20)
    spared.person["status"] &= 255 - COMPLEX
    run_kernels(spared, 0, 20)
    assert not spared.complex_use.any()
