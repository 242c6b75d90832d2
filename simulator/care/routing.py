"""The day's needs: which stand, and where each one is sent."""

from __future__ import annotations

import numpy as np

from simulator.care.appointments import (
    BOOKING,
    FOLLOW_UP,
    P_COURSE,
    PLANNED,
    PRIORITY,
    WAY,
    book_gp,
    gp_priority,
)
from simulator.care.causes import AGED_65, FALL, STANDARD, URGENT, acuity_of, cause_of
from simulator.care.matrix import count_contact, count_need
from simulator.care.mental_line import join_mental_line, wants_first_line
from simulator.care.offer import ADVICE, ADVISED, EXERCISE, MOVED, count_effort, offered
from simulator.care.referrals import TO_WARD, class_of, hospital_for, send_to_emergency
from simulator.care.waiting_line import CAN_WAIT, FIRST_CLASS, join
from simulator.core.dates import DAY
from simulator.core.kernels import constant, integer, prefetch, rule
from simulator.core.log import MOBILE_VISIT, note
from simulator.core.randomness import Purpose, Word, draw, part, word_of
from simulator.core.record import SELF_CARE_CELL, TEAM_CELL
from simulator.core.state import HOME_NURSING, IN_HOSPITAL, PRESENT, SAW_OWN_GP, SPECIAL_HOUSING
from simulator.core.units import LINE_DIGITAL, LINE_NURSE, LINE_RETURN
from simulator.core.words import SLOT_MASK, case_of, risks_from
from simulator.core.world import World
from simulator.people.demand import HEIGHT_BITS, HEIGHT_ONE, SECOND_SHIFT, STREAM_BITS
from simulator.region.axes import EMERGENCY, GP, NURSE, SPECIALIST

P_MOBILE = int(Purpose.MOBILE_VISIT)
ROUTED, CALLED = constant(4), constant(5)
"""In place of a priority: no GP is wanted; the second of those who call the centre for something new all the same."""
AGED_70 = risks_from(4)
"""First risk (age group x RUB) of people aged 70 and over."""


@rule
def _person_of(point: int) -> int:
    return (point >> (STREAM_BITS + HEIGHT_BITS)) & SLOT_MASK


@rule
def _stream_of(point: int) -> int:
    return (point >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1)


@rule
def _fetch_people(w: World, first: int, last: int) -> None:
    """Ask for the records of those whose needs arise soon."""
    for i in range(first, last):
        point = w.point[i]
        slot = _person_of(point)
        prefetch(w.person, slot)
        prefetch(w.relation, slot if _stream_of(point) == GP else 0)


@rule
def _primary_need(w: World, h: int, slot: int, tick: int, stream: int, course: Word) -> int:
    """Route a need of primary care to advice, digital, a nurse or the first line; else return its priority for a GP."""
    me = w.person[slot]
    rule = w.rules[0]
    u = part(course, WAY)
    digital = w.centre[h]["digital"]
    if me["risk"] >= AGED_70:
        digital *= rule["digital_old_age_factor"]
    if u >= 1.0 - offered(w, ADVICE, slot):
        count_need(w, slot, SELF_CARE_CELL)
        count_contact(w, slot, SELF_CARE_CELL)
        if u < 1.0 - rule["self_care_share"]:
            count_effort(w, slot, ADVISED, 1.0)
    elif u < digital:
        join(w, w.lines[LINE_DIGITAL] + h, tick, slot, FIRST_CLASS)
    elif stream == NURSE:
        soon = part(course, PRIORITY) < rule["nurse_soon_share"]
        join(w, w.lines[LINE_NURSE] + h, tick, slot, FIRST_CLASS if soon else CAN_WAIT)
        return CALLED if soon else ROUTED
    else:
        priority = gp_priority(w, course)
        if not (wants_first_line(w, h, slot, tick) and join_mental_line(w, h, slot, tick)):
            return priority
        return CALLED if priority < PLANNED else ROUTED
    return ROUTED


@rule
def _specialist_need(w: World, h: int, slot: int, tick: int, course: Word) -> int:
    """A need of specialist outpatient care, or of the health centre instead where work was moved."""
    u = part(course, WAY)
    moved = offered(w, MOVED, slot)
    if u >= moved:
        join(w, w.lines[LINE_RETURN] + hospital_for(w, slot, tick), tick, slot, FIRST_CLASS)
    elif u < moved * w.rules[0]["shift_to_gp_share"]:
        return FOLLOW_UP
    else:
        join(w, w.lines[LINE_NURSE] + h, tick, slot, CAN_WAIT)
    return ROUTED


@rule
def _met_at_home(w: World, slot: int, tick: int, case: int) -> bool:
    """Whether a mobile team's visit spares one to the hospital: not urgent, municipal care, a visit left today.

    After the other visits the person goes there all the same.
    """
    status, m = w.person[slot]["status"], integer(w.background[slot]["municipality"])
    left = w.municipality[m]["mobile_left"]
    if left <= 0 or not status & (HOME_NURSING | SPECIAL_HOUSING) or acuity_of(w, slot, case) == URGENT:
        return False
    w.municipality[m]["mobile_left"] = left - 1
    w.mobile_visits[m] += 1
    count_need(w, slot, TEAM_CELL)
    count_contact(w, slot, TEAM_CELL)
    note(w, tick, MOBILE_VISIT, slot, m, tick)
    spared: bool = draw(w.keys[P_MOBILE], w.person[slot]["key"], np.uint64(case)) < w.rules[0]["mobile_replaces"]
    return spared


@rule
def _referred(w: World, slot: int, case: int, course: Word) -> bool:
    """Whether primary care meets an emergency of low acuity, for the department takes those whom it refers."""
    share = w.hospital[w.person[slot]["hospital"]]["referred"]
    return share > 0.0 and acuity_of(w, slot, case) > STANDARD and part(course, WAY) < share


@rule
def _emergency_need(w: World, h: int, slot: int, tick: int, course: Word) -> None:
    """An emergency: spared by prevention, met at home by a mobile team or by primary care, or sent to the hospital."""
    case, me = case_of(tick), w.person[slot]
    spared = False
    if me["risk"] >= AGED_65 and not me["status"] & SPECIAL_HOUSING:
        exercise = offered(w, EXERCISE, slot) * w.rules[0]["falls_spared"]
        spared = part(course, BOOKING) < exercise and cause_of(w, slot, case) == FALL
    if spared or _met_at_home(w, slot, tick, case):
        return
    if _referred(w, slot, case, course):
        join(w, w.lines[LINE_NURSE] + h, tick, slot, FIRST_CLASS)
    else:
        send_to_emergency(w, hospital_for(w, slot, tick), tick, slot, case)


@rule
def _let_arise(w: World, h: int, day: int, point: int) -> int:
    """Let one need arise and send it where it belongs; returns 1 if it is a call to the centre, else 0."""
    slot, stream = _person_of(point), _stream_of(point)
    me = w.person[slot]
    status = me["status"]
    if not status & PRESENT or status & IN_HOSPITAL:
        return 0
    if (point & (HEIGHT_ONE - 1)) >= w.accept[stream, me["dose"], int((status & SAW_OWN_GP) != 0)]:
        return 0
    tick = day * DAY + (point >> SECOND_SHIFT)
    course = word_of(w.keys[P_COURSE], me["key"], np.uint64(tick))
    priority, called = ROUTED, 0
    if stream <= NURSE:
        priority = _primary_need(w, h, slot, tick, stream, course)
        called = integer(priority < PLANNED or priority == CALLED)  # what was agreed before is none
    elif stream == SPECIALIST:
        priority = _specialist_need(w, h, slot, tick, course)
    elif stream == EMERGENCY:
        _emergency_need(w, h, slot, tick, course)
    else:
        line = integer(w.hospital[hospital_for(w, slot, tick)]["line"])
        join(w, line, tick, slot, class_of(w, TO_WARD, slot, tick))
    if priority < ROUTED:
        book_gp(w, h, slot, tick, priority, course, tick)
    return called


@rule
def route_needs(w: World, day: int, day_of_year: int) -> None:
    """Let the day's needs arise in order of time at each centre, beginning with another centre each day.

    So none is always last in the lines that centres share.
    """
    centres = w.centre.size
    h = day % max(centres, 1)
    for turn in range(centres):
        first, last = w.point_start[h, day_of_year], w.point_start[h, day_of_year + 1]
        following = h + 1 if h + 1 < centres else 0
        if turn == 0:
            _fetch_people(w, first, last)
        _fetch_people(w, w.point_start[following, day_of_year], w.point_start[following, day_of_year + 1])
        called = 0
        for i in range(first, last):
            called += _let_arise(w, h, day, w.point[i])
        w.centre[h]["calls"] += called
        h = following
