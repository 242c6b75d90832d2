"""Places held for days: short-term places and hospital care at home.

A place is one word: the day on which it is free again, and who has it. It is free earlier when that
person dies, moves away or lies in hospital as a day begins.
"""

from __future__ import annotations

from simulator.core.fields import Array
from simulator.core.kernels import rule
from simulator.core.state import IN_HOSPITAL, PRESENT
from simulator.core.words import SLOT_MASK, pack, unpack
from simulator.core.world import World


@rule
def take_place(held: Array, taken: int, until: int, slot: int) -> None:
    """Write down who has the next place of `held` and until which day; the caller counts `taken` up."""
    held[taken] = pack(until, slot)


@rule
def places_kept(w: World, held: Array, taken: int, day: int) -> int:
    """Strike out the places that are free as a day begins; return how many are still taken."""
    kept = 0
    for i in range(taken):
        until, slot = unpack(held[i])
        status = w.person[slot]["status"]
        if until > day and status & PRESENT and not status & IN_HOSPITAL:
            held[kept] = held[i]
            kept += 1
    return kept


@rule
def who_has(held: Array, i: int) -> int:
    """Person who has place `i`."""
    slot: int = held[i] & SLOT_MASK
    return slot


@rule
def has_place(held: Array, taken: int, slot: int) -> bool:
    """Whether somebody has one of the places."""
    held_by_person = False
    for i in range(taken):
        held_by_person |= who_has(held, i) == slot
    return held_by_person
