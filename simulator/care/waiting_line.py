"""Waiting lines: desks with opening hours, and in what order they see those who wait.

Nurses, digital care, specialist clinics and home nursing of a unit each work as one desk that takes a contact every
`service` seconds while it is open. A line has up to three classes of priority, each a ring of (second of request,
person) in the order in which they came. Next is whoever has waited longest measured by what the class should wait:
priority accumulates at a rate of one over the target (Kleinrock 1964; Stanford, Taylor and Ziedins 2014). So what is
urgent passes what can wait, and what can wait is not put off for ever. In lines to the hospital the next of a class is
not always the first: see `call_forward`.
"""

from __future__ import annotations

import numpy as np

from simulator.care.accounts import count_not_assessed, withdraw
from simulator.care.matrix import count_gave_up, count_need, desk_cell
from simulator.care.unmet import leave_line_unmet
from simulator.core.dates import DAY
from simulator.core.fields import Array
from simulator.core.kernels import constant, integer, rule
from simulator.core.log import GAVE_UP, note
from simulator.core.randomness import Purpose, draw
from simulator.core.record import AWAY, REQUESTED
from simulator.core.state import DIGITAL_DESK, IN_HOSPITAL, NURSE_DESK, PLANNED_ADMISSION, PRESENT
from simulator.core.units import LINE_DIGITAL, LINE_NURSE
from simulator.core.words import pack, unpack
from simulator.core.world import World

P_CALL = int(Purpose.CALL)
LOOK_AHEAD = 12
"""Places in a line between who is met and whose record is asked for."""
FIRST_CLASS = constant(0)
"""The most urgent class, and the only one of a line that has no others."""
CAN_WAIT = constant(1)
"""The second class."""
NOBODY = constant(-1)


@rule
def _give_up(w: World, p: int, priority: int, slot: int, tick: int, requested: int) -> None:
    """Let somebody present leave line `p` without being met, at a second of the clock."""
    kind = w.pool[p]["kind"]
    if kind != PLANNED_ADMISSION:
        count_gave_up(w, slot, desk_cell(w, kind, slot, requested))
    if priority == FIRST_CLASS and kind == NURSE_DESK:
        count_not_assessed(w, p - w.lines[LINE_NURSE])
    elif priority == FIRST_CLASS and kind == DIGITAL_DESK:
        count_not_assessed(w, p - w.lines[LINE_DIGITAL])
    leave_line_unmet(w, p, slot, tick, requested)


@rule
def join(w: World, p: int, tick: int, slot: int, priority: int) -> None:
    """Put a person last in a class of line `p`; whoever finds its ring full is turned away and counted as such."""
    line, ring = w.pool[p], w.ring[p, priority]
    w.ledger[p, REQUESTED] += 1
    if line["kind"] != PLANNED_ADMISSION:
        count_need(w, slot, desk_cell(w, line["kind"], slot, tick))
    if ring["tail"] - ring["head"] > ring["mask"]:
        _give_up(w, p, priority, slot, tick, tick)
        note(w, tick, GAVE_UP, slot, p, tick)
        return
    w.waiting[ring["offset"] + (ring["tail"] & ring["mask"])] = pack(tick, slot)
    ring["tail"] += 1


@rule
def first_of(w: World, p: int, priority: int) -> tuple[int, int]:
    """Second of request and person of the first in a class of a line that is not empty."""
    ring = w.ring[p, priority]
    return unpack(w.waiting[ring["offset"] + (ring["head"] & ring["mask"])])


@rule
def let_go(w: World, p: int, now: int) -> None:
    """Strike off the first of each class who are gone, in hospital, or have waited too long; nobody on the day."""
    line = w.pool[p]
    for c in range(line["classes"]):
        ring = w.ring[p, c]
        while ring["head"] < ring["tail"]:
            requested, slot = first_of(w, p, c)
            status = w.person[slot]["status"]
            here = status & PRESENT and not status & IN_HOSPITAL
            if (here and now - requested <= line["patience"]) or requested >= now - now % DAY:
                break
            ring["head"] += 1
            if here:
                _give_up(w, p, c, slot, now, requested)
            else:
                withdraw(w, p, AWAY)
            note(w, now, GAVE_UP, slot, p, requested)


@rule
def whose_turn(w: World, p: int, now: int) -> int:
    """Class whose first is next at a second of the clock, or NOBODY when nobody has come by then.

    Compared are waits over targets, in whole seconds, so that no rounding decides.
    """
    best, waited, target = integer(NOBODY), integer(0), integer(1)
    for c in range(w.pool[p]["classes"]):
        ring = w.ring[p, c]
        if ring["head"] == ring["tail"]:
            continue
        requested, _ = first_of(w, p, c)
        if requested <= now and (best < 0 or (now - requested) * target > waited * ring["target"]):
            best, waited, target = integer(c), now - requested, integer(ring["target"])
    return best


@rule
def call_forward(w: World, p: int, priority: int, now: int) -> None:
    """Let somebody in the first part of a class, the line's `spread` of it, change places with the first, by a draw.

    Subspecialty, the clinic's day and people's own wishes decide too who comes next. Of those who stood in line at a
    second of the clock; whoever is gone or in hospital stays in place.
    """
    ring, spread = w.ring[p, priority], w.pool[p]["spread"]
    if spread <= 0.0:
        return
    stood = ring["tail"]
    while stood > ring["head"] and unpack(w.waiting[ring["offset"] + ((stood - 1) & ring["mask"])])[0] > now:
        stood -= 1
    among = int(spread * (stood - ring["head"]))
    if among < 2:
        return
    asked, before = first_of(w, p, priority)
    u = draw(w.keys[P_CALL], w.person[before]["key"], np.uint64(asked))
    first = ring["offset"] + (ring["head"] & ring["mask"])
    chosen = ring["offset"] + ((ring["head"] + int(u * among)) & ring["mask"])
    requested, slot = unpack(w.waiting[chosen])
    status = w.person[slot]["status"]
    if requested <= now and status & PRESENT and not status & IN_HOSPITAL:
        w.waiting[first], w.waiting[chosen] = w.waiting[chosen], w.waiting[first]


@rule
def earliest(w: World, p: int) -> int:
    """Class whose first came first, or NOBODY in an empty line."""
    best, soonest = integer(NOBODY), integer(0)
    for c in range(w.pool[p]["classes"]):
        ring = w.ring[p, c]
        if ring["head"] == ring["tail"]:
            continue
        requested, _ = first_of(w, p, c)
        if best < 0 or requested < soonest:
            best, soonest = integer(c), requested
    return best


@rule
def next_in_line(w: World, p: int, now: int) -> int:
    """Class whose first is next at a desk that is free at a second of the clock: who waits, else who comes first."""
    c = whose_turn(w, p, now)
    return c if c >= 0 else earliest(w, p)


@rule
def sort_first(values: Array, n: int) -> None:
    """Sort the first `n` values in place, by insertion: a day's arrivals come nearly in order."""
    for i in range(1, n):
        value = values[i]
        j = i - 1
        while j >= 0 and values[j] > value:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = value
