"""The health centre's day, and the desks of all units.

The visits booked for today take place in the order of chairs and slots. Then the day's needs arise and
are sent where they belong. Last, everybody is seen at the desks whose turn comes before closing time.
"""

from __future__ import annotations

import numpy as np

from simulator.appointments import P_COURSE, P_OUTCOME, WITHIN_3_DAYS, book_gp, meet_booked
from simulator.kernels import kernel, prefetch, rule
from simulator.randomness import Purpose, draw, word_of
from simulator.record import SERVED, WITHDRAWN
from simulator.routing import route_needs
from simulator.state import CHRONIC, IN_HOSPITAL, PRESENT, SLOT_BITS, SLOT_MASK
from simulator.waiting_line import DIGITAL, HOME_NURSING, LOOK_AHEAD, NURSE, PLANNED_ADMISSION, REFERRAL, next_start
from simulator.world import (
    DAY,
    DESK_CONTACT,
    DIGITAL_CELL,
    GAVE_UP,
    HOME_CELL,
    LINE_DIGITAL,
    LINE_NURSE,
    LOCAL_CELL,
    PROMOTION_CELL,
    SPECIALIST_CELL,
    VISIT_CELL,
    note,
)

P_SELF_CARE = int(Purpose.SELF_CARE)


@kernel
def open_centres(w, day, day_of_year):
    """A health-centre day up to the desks: booked visits, then the day's needs."""
    meet_booked(w, day)
    route_needs(w, day, day_of_year)


@rule
def _desk_cell(w, kind, slot, tick):
    """Cell of the structure matrix that a contact at a desk belongs to."""
    me = w.person[slot]
    if kind == NURSE:
        rule = w.rules[0]
        child = me["risk"] < 6
        share = rule["promotion_share_children"] if child else rule["promotion_share_adults"]
        u = draw(w.keys[P_SELF_CARE], me["key"], np.uint64(tick))
        return PROMOTION_CELL if u < share else VISIT_CELL
    if kind == DIGITAL:
        return DIGITAL_CELL
    if kind == HOME_NURSING:
        return HOME_CELL
    if kind != REFERRAL and me["status"] & CHRONIC:
        u = draw(w.keys[P_SELF_CARE], me["key"], np.uint64(tick))
        return LOCAL_CELL if u < w.rules[0]["local_care_share"] else SPECIALIST_CELL
    return SPECIALIST_CELL


@kernel
def work_desks(w, day):
    """Every desk that is open sees those whose turn comes before it closes, first come first served."""
    for p in range(w.pool.size):
        line = w.pool[p]
        if line["kind"] == PLANNED_ADMISSION or not (w.opening[day] or line["every_day"]):
            continue
        opening, closing = day * DAY + line["opens"], day * DAY + line["closes"]
        # Kept out of the arrays while the desk works: nothing that happens there touches its own line.
        head, tail, offset, mask = line["head"], line["tail"], line["offset"], line["mask"]
        service, patience, free_at, kind = line["service"], line["patience"], line["free_at"], line["kind"]
        served, soon = 0, 0
        while head < tail:
            prefetch(w.person, w.waiting[offset + ((head + LOOK_AHEAD) & mask)] & SLOT_MASK)
            word = w.waiting[offset + (head & mask)]
            slot, requested = word & SLOT_MASK, word >> SLOT_BITS
            status = w.person[slot]["status"]
            here = status & PRESENT and not status & IN_HOSPITAL
            if not here or closing - requested > patience:
                head += 1
                w.ledger[p, WITHDRAWN] += 1
                note(w, closing, GAVE_UP, slot, p, requested)
                continue
            tick = next_start(service, free_at, requested, opening, closing)
            if tick < 0:
                break
            head += 1
            free_at = tick + service
            served += 1
            soon += requested >= (day - 3) * DAY
            note(w, tick, DESK_CONTACT, slot, p, requested)
            w.contacts[w.person[slot]["cell"], _desk_cell(w, kind, slot, requested)] += 1
            if kind == DIGITAL:
                _follow_up(w, p - w.lines[LINE_DIGITAL], slot, requested, tick)
        line["head"], line["free_at"] = head, free_at
        w.ledger[p, SERVED] += served
        w.desk[p, 1] += served * service
        if service >= 0:
            w.desk[p, 0] += closing - opening
        if kind in (NURSE, DIGITAL):
            h = p - w.lines[LINE_NURSE if kind == NURSE else LINE_DIGITAL]
            w.assessed[h, 0] += soon
            w.assessed[h, 1] += served


@rule
def _follow_up(w, h, slot, requested, tick):
    """Book a visit after the digital contacts that need one."""
    key = w.person[slot]["key"]
    if draw(w.keys[P_OUTCOME], key, np.uint64(requested)) < w.rules[0]["digital_to_visit_share"]:
        book_gp(w, h, slot, tick, WITHIN_3_DAYS, word_of(w.keys[P_COURSE], key, np.uint64(tick)), tick)
