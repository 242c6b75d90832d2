"""Access counts all who ask because of something new: who gives up or goes elsewhere was not met in time."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from small_system import DAY, random_world, run_kernels, with_needs, world_of

from simulator.care import waiting_line
from simulator.core.record import ALL_ASSESSED, ASSESSED_SOON, AWAY, DIVERTED, LET_BE, WITHDRAWN
from simulator.core.state import CHAIRS, IN_HOSPITAL, PRESENT
from simulator.core.units import LINE_DIGITAL, LINE_NURSE, LINE_REFERRAL, LINE_RETURN, UNIT_GP
from simulator.core.world import World
from simulator.region.axes import GP

HOUR = 3600
SAME_DAY, SOON, LATER = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)


@njit
def join(world, p, tick, slot, priority):
    waiting_line.join(world, p, tick, slot, priority)


@njit
def let_go(world, p, now):
    waiting_line.let_go(world, p, now)


def asked(priority: tuple[float, float], chairs: int = 0, **rules: float) -> World:
    """One person who asks a GP at ten in the morning, at the second of two centres."""
    world = world_of(h=2)
    world.centre["chairs"], world.person["centre"] = chairs, 1
    world.chair["gp"][:, :chairs] = 1 + np.arange(2 * CHAIRS).reshape(2, -1)[:, :chairs]
    world.rules["same_day_share"], world.rules["within_3_days_share"] = priority
    world.rules["divert_wait_days"], world.rules["planned_target_days"] = 14, 10
    for name, value in rules.items():
        world.rules[name] = value
    world = with_needs(world, [(0, 10 * HOUR, 0, GP, 0)])
    run_kernels(world, 0, 1)
    return world


def counted(world: World) -> list[int]:
    """How many were assessed soon, and of how many: all at the last centre."""
    assert world.assessed.sum() == world.assessed[-1].sum()
    return world.assessed[-1, [ASSESSED_SOON, ALL_ASSESSED]].tolist()


@pytest.mark.parametrize("rule", ["divert_closed_share", "divert_same_day_share"])
def test_who_goes_to_the_emergency_department_instead_was_not_met(rule: str) -> None:
    world = world_of()
    world.opening[0] = rule != "divert_closed_share"
    world.rules["same_day_share"] = world.rules[rule] = 1.0
    world = with_needs(world, [(0, 10 * HOUR, 0, GP, 0)])
    run_kernels(world, 0, 1)
    assert world.ledger[world.lines[UNIT_GP], DIVERTED] == 1
    assert counted(world) == [0, 1]


def test_who_is_offered_too_late_a_time_and_goes_elsewhere_was_not_met() -> None:
    world = asked(SOON, chairs=1, divert_wait_share=1.0)
    assert world.ledger[world.lines[UNIT_GP] + 1, [DIVERTED, WITHDRAWN]].tolist() == [1, 0]
    assert counted(world) == [0, 1]


@pytest.mark.parametrize(("priority", "of"), [(SAME_DAY, 1), (SOON, 1), (LATER, 0)])
def test_for_whom_no_gp_has_a_time_was_not_met_unless_the_visit_could_be_planned(priority, of: int) -> None:
    world = asked(priority)
    assert world.ledger[world.lines[UNIT_GP] + 1, WITHDRAWN] == 1
    assert counted(world) == [0, of]


def test_who_is_met_is_counted_once_and_who_does_not_come_is_not() -> None:
    """Soon is within three days."""
    world = world_of(people=3)
    world.centre["chairs"], world.chair["gp"][0, 0], world.chair["planned"] = 1, 1, 1.0
    world.rules["within_3_days_share"], world.rules["divert_wait_days"] = 1.0, 14
    world.rules["memory_days"] = 730
    world.opening[2] = world.opening[3] = world.opening[4] = 0
    world = with_needs(world, [(0, (9 + slot) * HOUR, slot, GP, 0) for slot in range(3)])
    run_kernels(world, 0, 6)
    assert counted(world) == [1, 2], "tomorrow, and on the fifth day"
    world.person["status"][2] = 0
    run_kernels(world, 6, 9)
    assert counted(world) == [1, 2]
    assert world.fate[world.lines[UNIT_GP], AWAY] == 1


@pytest.mark.parametrize(
    ("line", "priority", "of"),
    [(LINE_NURSE, 0, 1), (LINE_NURSE, 1, 0), (LINE_DIGITAL, 0, 1), (LINE_RETURN, 0, 0), (LINE_REFERRAL, 0, 0)],
)
@pytest.mark.parametrize("full", [False, True])
def test_who_leaves_a_desk_was_not_met_if_it_was_because_of_something_new(
    line: int, priority: int, of: int, full: bool
) -> None:
    """Out of patience, or turned away from a line that is full; of the second of two centres."""
    world = world_of(h=2, k=2, people=2)
    p = world.lines[line] + 1
    world.pool["patience"][p] = DAY
    world.ring["mask"][p] = 0 if full else 15
    for slot in range(1 + full):
        join(world, p, 10 * HOUR, slot, priority)
    if not full:
        let_go(world, p, 2 * DAY + 9 * HOUR)
    assert world.fate[p].tolist() == [0, 1, 0, 0]
    assert world.fate[p, LET_BE] == world.ledger[p, WITHDRAWN]
    assert counted(world) == [0, of]


@pytest.mark.parametrize("status", [0, PRESENT | IN_HOSPITAL])
def test_who_is_gone_or_in_hospital_has_not_been_left_unmet(status: int) -> None:
    world = world_of()
    p = world.lines[LINE_NURSE]
    world.pool["patience"][p] = DAY
    join(world, p, 10 * HOUR, 0, 0)
    world.person["status"] = status
    let_go(world, p, DAY + 9 * HOUR)
    assert world.fate[p].tolist() == [1, 0, 0, 0]
    assert not world.assessed.any()


def test_all_who_asked_are_those_met_diverted_and_left() -> None:
    """In random systems never fewer than were met soon, and all who went elsewhere are among them."""
    for seed in range(12):
        world = random_world(seed, 14)
        run_kernels(world, 0, 14)
        soon, everybody = world.assessed[:, [ASSESSED_SOON, ALL_ASSESSED]].T
        gps = slice(world.lines[UNIT_GP], world.lines[UNIT_GP] + len(world.centre))
        assert (everybody >= soon + world.ledger[gps, DIVERTED]).all()
