"""The health centre's day, and the desks of all units.

The visits booked for today take place in the order of chairs and slots. Then the day's needs arise and
are sent where they belong. Last, everybody is seen at the desks whose turn comes before closing time.
Assessed soon counts the first class of a line: those who ask because of something new.
"""

from __future__ import annotations

import numpy as np

from simulator.care.appointments import FOLLOW_UP, P_COURSE, P_OUTCOME, WITHIN_3_DAYS, book_gp, meet_booked
from simulator.care.matrix import count_contact, desk_cell
from simulator.care.routing import route_needs
from simulator.care.telephone import answer_calls
from simulator.care.waiting_line import (
    FIRST_CLASS,
    LOOK_AHEAD,
    call_forward,
    first_of,
    let_go,
    next_in_line,
    sort_first,
    whose_turn,
)
from simulator.care.ward import GUARANTEE_DAYS
from simulator.core.dates import DAY, WEEK
from simulator.core.kernels import integer, kernel, prefetch, rule
from simulator.core.log import DESK_CONTACT, note_with
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
)
from simulator.core.state import (
    DIGITAL_DESK,
    IN_HOSPITAL,
    NURSE_DESK,
    PLANNED_ADMISSION,
    PRESENT,
    REFERRAL,
    RING_DAYS,
    SPECIALTIES,
)
from simulator.core.units import LINE_DIGITAL, LINE_NURSE, LINE_REFERRAL
from simulator.core.words import SLOT_MASK, unpack
from simulator.core.world import World


@rule
def _meet_again(w: World, day: int) -> None:
    """Let needs that were not met come back to their health centres, in order of time."""
    ring = day % RING_DAYS
    for h in range(w.centre.size):
        sort_first(w.back_due[h, ring], w.back_due_count[h, ring])
        for i in range(w.back_due_count[h, ring]):
            tick, slot = unpack(w.back_due[h, ring, i])
            me = w.person[slot]
            if me["status"] & PRESENT and not me["status"] & IN_HOSPITAL and me["centre"] == h:
                course = word_of(w.keys[P_COURSE], me["key"], np.uint64(tick))
                book_gp(w, integer(h), slot, tick, WITHIN_3_DAYS, course, tick)
        w.back_due_count[h, ring] = 0


@kernel
def open_centres(w: World, day: int, day_of_year: int) -> None:
    """A health-centre day up to the desks: booked visits, then the day's needs."""
    meet_booked(w, day)
    _meet_again(w, day)
    route_needs(w, day, day_of_year)


@kernel
def work_desks(w: World, day: int) -> None:
    """Every desk that is open sees those whose turn comes before it closes; whose turn it is the line says.

    Clinics see new patients who were referred before today. Phones are answered as long as centres are open.
    """
    if w.opening[day]:
        answer_calls(w, day)
    for p in range(w.pool.size):
        line = w.pool[p]
        if line["kind"] == PLANNED_ADMISSION or not (w.opening[day] or line["every_day"]):
            continue
        opening, closing = day * DAY + line["opens"], day * DAY + line["closes"]
        service, kind = line["service"], line["kind"]
        free_at = opening + line["over"]
        served, asked, soon = 0, 0, 0
        while True:
            let_go(w, p, closing)
            c = whose_turn(w, p, day * DAY - 1) if kind == REFERRAL else next_in_line(w, p, free_at)
            if c < 0 or service < 0:
                break
            tick = max(first_of(w, p, c)[0], free_at)
            if tick >= closing:
                break
            call_forward(w, p, c, day * DAY - 1)
            requested, slot = first_of(w, p, c)
            _fetch_those_behind(w, p, c)
            w.ring[p, c]["head"] += 1
            free_at = tick + service
            served += 1
            asked += c == FIRST_CLASS
            soon += c == FIRST_CLASS and requested >= (day - 3) * DAY
            cell = desk_cell(w, kind, slot, requested)
            note_with(w, tick, DESK_CONTACT, slot, p, requested, cell)
            count_contact(w, slot, cell)
            if kind == DIGITAL_DESK:
                _follow_up(w, slot, requested, tick, w.rules[0]["digital_to_visit_share"], WITHIN_3_DAYS)
            elif kind == REFERRAL:
                _count_first_visit(w, (p - w.lines[LINE_REFERRAL]) // SPECIALTIES, tick - requested)
                # Written to the health centre at the end of the day, after its own bookings.
                _follow_up(w, slot, requested, closing, w.rules[0]["return_to_gp_share"], FOLLOW_UP)
        if service >= 0:
            line["over"] = max(free_at - closing, 0)
        w.ledger[p, SERVED] += served
        w.desk[p, DELIVERED] += served * service
        if service >= 0:
            w.desk[p, OFFERED] += closing - opening
        if kind in (NURSE_DESK, DIGITAL_DESK):
            h = p - w.lines[LINE_NURSE if kind == NURSE_DESK else LINE_DIGITAL]
            w.assessed[h, ASSESSED_SOON] += soon
            w.assessed[h, ALL_ASSESSED] += asked


@rule
def _fetch_those_behind(w: World, p: int, c: int) -> None:
    """Ask for the record of somebody who is met soon."""
    ring = w.ring[p, c]
    prefetch(w.person, w.waiting[ring["offset"] + ((ring["head"] + LOOK_AHEAD) & ring["mask"])] & SLOT_MASK)


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
