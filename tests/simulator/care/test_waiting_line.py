"""Joining a line, and whose turn it is."""

from __future__ import annotations

import pytest
from numba import njit
from small_system import DAY, world_of

from simulator.care import waiting_line
from simulator.core.log import GAVE_UP
from simulator.core.record import REQUESTED, WITHDRAWN
from simulator.core.state import IN_HOSPITAL
from simulator.core.units import LINE_REFERRAL
from simulator.core.words import SLOT_BITS, SLOT_MASK

NOON = DAY // 2


@njit
def join(world, p, tick, slot, priority):
    waiting_line.join(world, p, tick, slot, priority)


@njit
def whose_turn(world, p, now):
    return waiting_line.whose_turn(world, p, now)


@njit
def next_in_line(world, p, now):
    return waiting_line.next_in_line(world, p, now)


@njit
def first_of(world, p, priority):
    return waiting_line.first_of(world, p, priority)


@njit
def let_go(world, p, now):
    waiting_line.let_go(world, p, now)


def clinic(*requests, targets=(14, 45, 90)):
    """A world with people who stand in a clinic's line: (day, class) of each, one person after the other."""
    world = world_of(people=9)
    world.ring["target"][world.lines[LINE_REFERRAL]] = [days * DAY for days in targets]
    for slot, (day, priority) in enumerate(requests):
        join(world, world.lines[LINE_REFERRAL], day * DAY, slot, priority)
    return world


def test_people_of_a_class_stand_in_the_order_in_which_they_came() -> None:
    world = world_of(people=9)
    for slot in (4, 2, 7):
        join(world, 1, 100 + slot, slot, 0)
    ring = world.ring[1, 0]
    held = world.waiting[ring["offset"] : ring["offset"] + 3]
    assert [(int(w) >> SLOT_BITS, int(w) & SLOT_MASK) for w in held] == [(104, 4), (102, 2), (107, 7)]
    assert world.ledger[1, REQUESTED] == 3


def test_a_full_class_turns_people_away_and_wraps_around_later() -> None:
    world = world_of(people=9)
    world.ring["mask"] = 3
    for slot in range(6):
        join(world, 0, slot, slot, 0)
    ring = world.ring[0, 0]
    assert ring["tail"] == 4
    assert world.ledger[0, [REQUESTED, WITHDRAWN]].tolist() == [6, 2]
    assert (world.log[:2, 1] == GAVE_UP).all()
    ring["head"] = 2
    join(world, 0, 9, 8, 0)
    assert int(world.waiting[ring["offset"]]) & SLOT_MASK == 8
    join(world, 0, 10, 5, 1)
    assert first_of(world, 0, 1) == (10, 5), "the other class has room of its own"


@pytest.mark.parametrize(
    ("requests", "day", "expected"),
    [
        ([(0, 2), (10, 0)], 11, 2),  # 11 of 90 days against 1 of 14
        ([(0, 2), (10, 0)], 12, 0),  # 12 of 90 against 2 of 14
        ([(0, 2), (10, 0)], 100, 0),
        ([(0, 2), (85, 0)], 91, 2),  # who could wait has waited its time
        ([(0, 1), (0, 2)], 30, 1),
        ([(0, 2), (0, 1), (0, 0)], 0, 0),  # nobody has waited yet: the most urgent
        ([(5, 2), (9, 0)], 4, -1),  # nobody has come yet
    ],
)
def test_next_is_who_has_waited_longest_measured_by_the_target(requests, day, expected) -> None:
    world = clinic(*requests)
    assert whose_turn(world, world.lines[LINE_REFERRAL], day * DAY) == expected


def test_equal_claims_go_to_the_more_urgent_class_without_rounding() -> None:
    world = clinic((0, 2), (60, 1), targets=(14, 30, 90))
    assert whose_turn(world, world.lines[LINE_REFERRAL], 90 * DAY - 1) == 2
    assert whose_turn(world, world.lines[LINE_REFERRAL], 90 * DAY) == 1


def test_a_free_desk_waits_for_who_comes_first() -> None:
    world = clinic((3, 0), (2, 2))
    p = world.lines[LINE_REFERRAL]
    assert next_in_line(world, p, DAY) == 2
    assert next_in_line(world, p, 4 * DAY) == 0
    assert next_in_line(clinic(), p, DAY) == -1


def test_who_is_gone_or_has_lost_patience_is_struck_off_in_every_class() -> None:
    world = clinic((0, 0), (1, 0), (0, 1), (2, 1), (5, 2))
    p = world.lines[LINE_REFERRAL]
    world.pool["patience"][p] = 4 * DAY
    world.person["status"][1] |= IN_HOSPITAL
    let_go(world, p, 4 * DAY + NOON)
    assert [int(ring["head"]) for ring in world.ring[p]] == [2, 1, 0]
    assert world.ledger[p, WITHDRAWN] == 3
    assert world.gave_up.sum() == 2, "who lies in hospital has not given up"
