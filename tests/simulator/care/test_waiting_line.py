"""Joining a line, and when the next contact may begin."""

from __future__ import annotations

import pytest
from numba import njit
from small_system import world_of

from simulator.care import waiting_line
from simulator.core.log import GAVE_UP
from simulator.core.record import REQUESTED, WITHDRAWN
from simulator.core.words import SLOT_BITS, SLOT_MASK


@njit
def join(world, p, tick, slot):
    waiting_line.join(world, p, tick, slot)


@njit
def next_start(service, free_at, requested, opening, closing):
    return waiting_line.next_start(service, free_at, requested, opening, closing)


def test_people_stand_in_the_order_in_which_they_came() -> None:
    world = world_of(people=9)
    for slot in (4, 2, 7):
        join(world, 1, 100 + slot, slot)
    line = world.pool[1]
    held = world.waiting[line["offset"] : line["offset"] + 3]
    assert [(int(w) >> SLOT_BITS, int(w) & SLOT_MASK) for w in held] == [(104, 4), (102, 2), (107, 7)]
    assert world.ledger[1, REQUESTED] == 3


def test_a_full_line_turns_people_away_and_wraps_around_later() -> None:
    world = world_of(people=9)
    world.pool["mask"] = 3
    for slot in range(6):
        join(world, 0, slot, slot)
    assert world.pool[0]["tail"] == 4
    assert world.ledger[0, [REQUESTED, WITHDRAWN]].tolist() == [6, 2]
    assert (world.log[:2, 1] == GAVE_UP).all()
    world.pool["head"][0] = 2
    join(world, 0, 9, 8)
    assert int(world.waiting[world.pool[0]["offset"]]) & SLOT_MASK == 8


@pytest.mark.parametrize(
    ("requested", "free_at", "service", "expected"),
    [(50, 0, 10, 100), (150, 0, 10, 150), (50, 170, 10, 170), (50, 200, 10, -1), (200, 0, 10, -1), (50, 0, -1, -1)],
)
def test_the_next_contact_begins_when_both_are_there_and_it_is_open(requested, free_at, service, expected) -> None:
    assert next_start(service, free_at, requested, 100, 200) == expected
