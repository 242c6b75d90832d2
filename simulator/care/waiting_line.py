"""Waiting lines: first-come first-served desks with opening hours.

Nurses, digital care, specialist clinics and home nursing of a unit each work as one desk that takes
a contact every `service` seconds while it is open. A line is a ring of (second of request, person).
"""

from __future__ import annotations

from simulator.care.matrix import count_gave_up, count_need, desk_cell
from simulator.core.kernels import integer, rule
from simulator.core.log import GAVE_UP, note
from simulator.core.record import REQUESTED, WITHDRAWN
from simulator.core.state import PLANNED_ADMISSION
from simulator.core.words import pack
from simulator.core.world import World

LOOK_AHEAD = 12
"""Places in a line between who is met and whose record is asked for."""


@rule
def join(w: World, p: int, tick: int, slot: int) -> None:
    """Put a person last in line `p`; whoever finds the ring full is turned away and counted as such."""
    line = w.pool[p]
    w.ledger[p, REQUESTED] += 1
    if line["kind"] != PLANNED_ADMISSION:
        count_need(w, slot, desk_cell(w, line["kind"], slot, tick))
    if line["tail"] - line["head"] > line["mask"]:
        w.ledger[p, WITHDRAWN] += 1
        if line["kind"] != PLANNED_ADMISSION:
            count_gave_up(w, slot, desk_cell(w, line["kind"], slot, tick))
        note(w, tick, GAVE_UP, slot, p, tick)
        return
    w.waiting[line["offset"] + (line["tail"] & line["mask"])] = pack(tick, slot)
    line["tail"] += 1


@rule
def next_start(service: int, free_at: int, requested: int, opening: int, closing: int) -> int:
    """Second at which the next contact would start today, or -1 if it cannot."""
    if service < 0:
        return integer(-1)
    start = max(requested, free_at, opening)
    return start if start < closing else integer(-1)
