"""The health centre's day, and the desks of all units.

The visits booked for today take place in the order of chairs and slots. Then the day's needs arise and
are sent where they belong. Last, everybody is seen at the desks whose turn comes before closing time.
"""

from __future__ import annotations

import numpy as np

from simulator.care.appointments import P_COURSE, P_OUTCOME, PLANNED, WITHIN_3_DAYS, book_gp, meet_booked
from simulator.care.matrix import count_contact, count_gave_up, desk_cell
from simulator.care.routing import route_needs
from simulator.care.waiting_line import LOOK_AHEAD, next_start
from simulator.care.ward import GUARANTEE_DAYS
from simulator.core.dates import DAY, WEEK
from simulator.core.kernels import integer, kernel, prefetch, rule
from simulator.core.log import DESK_CONTACT, GAVE_UP, note, note_with
from simulator.core.randomness import draw, word_of
from simulator.core.record import (
    ALL_ASSESSED,
    ALL_CALLED,
    ASSESSED_SOON,
    DELIVERED,
    FIRST_VISITS,
    IN_TIME,
    OFFERED,
    SERVED,
    WAIT_WEEKS,
    WITHDRAWN,
)
from simulator.core.state import (
    DIGITAL_DESK,
    IN_HOSPITAL,
    NURSE_DESK,
    PLANNED_ADMISSION,
    PRESENT,
    REFERRAL,
    SPECIALTIES,
)
from simulator.core.units import LINE_DIGITAL, LINE_NURSE, LINE_REFERRAL
from simulator.core.words import SLOT_MASK, unpack
from simulator.core.world import World


@kernel
def open_centres(w: World, day: int, day_of_year: int) -> None:
    """A health-centre day up to the desks: booked visits, then the day's needs."""
    meet_booked(w, day)
    route_needs(w, day, day_of_year)


@kernel
def work_desks(w: World, day: int) -> None:
    """Every desk that is open sees those whose turn comes before it closes, first come first served."""
    for p in range(w.pool.size):
        line = w.pool[p]
        if line["kind"] == PLANNED_ADMISSION or not (w.opening[day] or line["every_day"]):
            continue
        opening, closing = day * DAY + line["opens"], day * DAY + line["closes"]
        # Kept out of the arrays while the desk works: nothing that happens there touches its own line.
        head, tail, offset, mask = line["head"], line["tail"], line["offset"], line["mask"]
        service, patience, kind = line["service"], line["patience"], line["kind"]
        free_at = opening + line["over"]
        served, soon = 0, 0
        while head < tail:
            prefetch(w.person, w.waiting[offset + ((head + LOOK_AHEAD) & mask)] & SLOT_MASK)
            word = w.waiting[offset + (head & mask)]
            requested, slot = unpack(word)
            status = w.person[slot]["status"]
            here = status & PRESENT and not status & IN_HOSPITAL
            if not here or closing - requested > patience:
                head += 1
                w.ledger[p, WITHDRAWN] += 1
                if here:
                    count_gave_up(w, slot, desk_cell(w, kind, slot, requested))
                note(w, closing, GAVE_UP, slot, p, requested)
                continue
            tick = next_start(service, free_at, requested, opening, closing)
            if tick < 0:
                break
            head += 1
            free_at = tick + service
            served += 1
            soon += requested >= (day - 3) * DAY
            cell = desk_cell(w, kind, slot, requested)
            note_with(w, tick, DESK_CONTACT, slot, p, requested, cell)
            count_contact(w, slot, cell)
            if kind == DIGITAL_DESK:
                _follow_up(w, slot, requested, tick, w.rules[0]["digital_to_visit_share"], WITHIN_3_DAYS)
            elif kind == REFERRAL:
                _count_first_visit(w, (p - w.lines[LINE_REFERRAL]) // SPECIALTIES, tick - requested)
                # Written to the health centre at the end of the day, after its own bookings.
                _follow_up(w, slot, requested, closing, w.rules[0]["return_to_gp_share"], PLANNED)
        line["head"] = head
        if service >= 0:
            line["over"] = max(free_at - closing, 0)
        w.ledger[p, SERVED] += served
        w.desk[p, DELIVERED] += served * service
        if service >= 0:
            w.desk[p, OFFERED] += closing - opening
        if kind in (NURSE_DESK, DIGITAL_DESK):
            h = p - w.lines[LINE_NURSE if kind == NURSE_DESK else LINE_DIGITAL]
            w.assessed[h, ASSESSED_SOON] += soon
            w.assessed[h, ALL_ASSESSED] += served


@rule
def _count_first_visit(w: World, k: int, waited: int) -> None:
    """Count a first visit after referral by the seconds waited for it."""
    w.guarantee[k, FIRST_VISITS, IN_TIME] += waited <= GUARANTEE_DAYS * DAY
    w.guarantee[k, FIRST_VISITS, ALL_CALLED] += 1
    w.clinic_weeks[k, 0, min(waited // WEEK, WAIT_WEEKS - 1)] += 1


@rule
def _follow_up(w: World, slot: int, requested: int, tick: int, share: float, priority: int) -> None:
    """Book a visit at the health centre after the contacts that need one."""
    me = w.person[slot]
    if draw(w.keys[P_OUTCOME], me["key"], np.uint64(requested)) < share:
        course = word_of(w.keys[P_COURSE], me["key"], np.uint64(tick))
        book_gp(w, integer(me["centre"]), slot, tick, priority, course, tick)
