"""Appointments with a GP: the book, the own GP first if soon enough, the visit and what comes of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.care.accounts import count_not_assessed, withdraw
from simulator.care.matrix import count_contact, count_gave_up, count_need
from simulator.care.referrals import (
    TO_CLINIC,
    class_of,
    clinic_for,
    hospital_for,
    send_to_emergency,
    spared_by_consultation,
)
from simulator.care.unmet import leave_gp_unmet
from simulator.care.waiting_line import join
from simulator.core.dates import CLOSES, DAY, OPENS
from simulator.core.kernels import constant, integer, prefetch, rule
from simulator.core.log import GAVE_UP, GP_VISIT, SENT_TO_ED, note, note_with, pack_gp_visit
from simulator.core.randomness import Purpose, Word, draw, part, whole_of_day, word_of
from simulator.core.record import (
    ALL_ASSESSED,
    ASSESSED_SOON,
    AWAY,
    DELIVERED,
    DIVERTED,
    HOME_CELL,
    OFFERED,
    REQUESTED,
    SERVED,
    VISIT_CELL,
    WAIT_DAYS,
)
from simulator.core.state import HOME_NURSING, IN_HOSPITAL, NO_CHAIR, PRESENT, RING_DAYS, SPECIAL_HOUSING
from simulator.core.units import UNIT_GP
from simulator.core.words import (
    case_of,
    chair_of,
    pack_booking,
    post_of,
    unpack_booking,
)
from simulator.core.world import World
from simulator.people.continuity import remember

SAME_DAY, WITHIN_3_DAYS, PLANNED, FOLLOW_UP = (constant(n) for n in range(4))
"""Priorities: for something new, agreed before, or for what a clinic knows already and nobody is referred for anew."""
HORIZON = RING_DAYS - 4
"""Days ahead that the appointment book reaches."""
P_OUTCOME, P_DIVERSION, P_COURSE = (int(p) for p in (Purpose.OUTCOME, Purpose.DIVERSION, Purpose.NEED_COURSE))
P_AT_HOME = int(Purpose.GP_HOME_VISIT)
WAY, PRIORITY, BOOKING = range(3)
"""Parts of a need's random word: how it is met, how soon it wants a physician, whether its own."""


@rule
def gp_priority(w: World, course: Word) -> int:
    """Priority of a need that wants a physician."""
    u = part(course, PRIORITY)
    rule = w.rules[0]
    if u < rule["same_day_share"]:
        return SAME_DAY
    return WITHIN_3_DAYS if u < rule["same_day_share"] + rule["within_3_days_share"] else PLANNED


@rule
def visits_on(chair: Any, day: int, open_day: int) -> int:
    """Bookable visits of a chair on a day."""
    if open_day == 0 or chair["gp"] == 0:
        return 0
    return whole_of_day(chair["planned"], day)


@rule
def _find_free(w: World, h: int, c: int, day: int) -> None:
    """Bring up to date when the chair's next free visit is, after `day`; beyond the horizon if there is none.

    Done for every chair each morning and for one as its day fills up, so that nobody who books has to look.
    """
    chair = w.chair[h, c]
    beyond = day + HORIZON + 1
    first = max(integer(chair["first_free"]), day + 1)
    while first < beyond and w.booked[h, c, first % RING_DAYS] >= visits_on(chair, first, w.opening[first]):
        first += 1
    chair["first_free"] = first


@rule
def _later_today(tick: int, seconds: int) -> int:
    """Second so much later, but within the same day."""
    return min(tick + seconds, tick - tick % DAY + DAY - 1)


@rule
def _own_chair(w: World, h: int, slot: int) -> int:
    """Chair of the named GP or, without one, of the GP with whom the person has a relationship."""
    chair = integer(w.person[slot]["chair"])
    if chair == NO_CHAIR:
        known = w.relation[slot]["gp"]
        if known != 0:
            chair = chair_of(known)
            if w.chair[h, chair]["gp"] != known:
                chair = integer(NO_CHAIR)
    return chair


@rule
def _same_day_chair(w: World, h: int, own: int, housed: int) -> int:
    """The own GP's chair if it has a same-day visit left, else the one with most left, else -1.

    Special housing waits for its own GP, who makes the rounds there, unless that chair is vacant.
    """
    n = w.centre[h]["chairs"]
    if own < n and w.chair[h, own]["acute_left"] > 0:
        return integer(own)
    if housed and own < n and w.chair[h, own]["gp"] != 0:
        return integer(-1)
    best, most = integer(-1), 0
    for c in range(n):
        if w.chair[h, c]["acute_left"] > most:
            best, most = integer(c), w.chair[h, c]["acute_left"]
    return best


@rule
def _planned_chair(w: World, h: int, own: int, day: int, target: int) -> tuple[int, int]:
    """Chair and day of the visit offered: the own GP if soon enough, otherwise whoever is first."""
    n = w.centre[h]["chairs"]
    best, soonest = -1, day + HORIZON + 1
    for c in range(n):
        first = integer(w.chair[h, c]["first_free"])
        best = c if first < soonest else best
        soonest = min(first, soonest)
    if own < n:
        first = integer(w.chair[h, own]["first_free"])
        if first <= max(day + target, soonest + w.centre[h]["patience"]) and first <= day + HORIZON:
            return integer(own), first
    return best, soonest


@rule
def _referral_share(w: World, slot: int, priority: int) -> float:
    """Share of problems that are referred: by whether the problem is new, and by how well the GP knows the person."""
    rule = w.rules[0]
    share: float = rule["referral_new"] if priority <= WITHIN_3_DAYS else rule["referral_planned"]
    return share * w.referral[w.person[slot]["dose"]] if priority < FOLLOW_UP else 0.0


@rule
def _refer(w: World, slot: int, tick: int, requested: int) -> None:
    """Put a person in a clinic's line."""
    join(w, clinic_for(w, slot, requested), tick, slot, class_of(w, TO_CLINIC, slot, requested))


@rule
def _refer_unseen(w: World, slot: int, tick: int, requested: int, priority: int) -> None:
    """Refer some of those who should have been, though no GP of the centre sees them; by the draw of the visit."""
    share = _referral_share(w, slot, priority) * w.rules[0]["referral_unseen_share"]
    if draw(w.keys[P_OUTCOME], w.person[slot]["key"], np.uint64(requested)) < share:
        _refer(w, slot, tick, requested)


@rule
def _outcome(w: World, h: int, slot: int, tick: int, requested: int, priority: int) -> None:
    """What comes of a visit to a GP of centre `h`: resolved, referred, or sent to the emergency department."""
    me = w.person[slot]
    u = draw(w.keys[P_OUTCOME], me["key"], np.uint64(requested))
    if u < _referral_share(w, slot, priority):
        if not spared_by_consultation(w, h, slot, requested):
            _refer(w, slot, tick, requested)
    elif u >= 1.0 - w.rules[0]["sent_to_ed_share"]:
        send_to_emergency(w, hospital_for(w, slot, requested), _later_today(tick, 3600), slot, case_of(requested))


@rule
def _place_of(w: World, h: int, slot: int, requested: int) -> int:
    """Cell of a GP visit: some of those with home nursing or in special housing are seen where they live."""
    me, share = w.person[slot], w.centre[h]["home_visits"]
    if share <= 0.0 or not me["status"] & (HOME_NURSING | SPECIAL_HOUSING):
        return VISIT_CELL
    if draw(w.keys[P_AT_HOME], me["key"], np.uint64(requested)) >= share:
        return VISIT_CELL
    # Asked for as any visit; where it is made settles what need it was.
    w.demand[me["cell"], VISIT_CELL] -= 1
    w.demand[me["cell"], HOME_CELL] += 1
    w.gp_at_home[h] += 1
    return HOME_CELL


@rule
def _visit(w: World, h: int, c: int, slot: int, requested: int, tick: int, priority: int) -> None:
    """One visit to a GP."""
    me = w.person[slot]
    chair = w.chair[h, c]
    day = tick // DAY
    waited = day - requested // DAY
    count_contact(w, slot, _place_of(w, h, slot, requested))
    w.wait[h, min(waited, WAIT_DAYS - 1)] += 1
    if priority < PLANNED:
        w.assessed[h, ALL_ASSESSED] += 1
        w.assessed[h, ASSESSED_SOON] += waited <= 3
    unit = w.lines[UNIT_GP] + h
    w.ledger[unit, SERVED] += 1
    w.desk[unit, DELIVERED] += 1
    own = me["chair"] == c
    w.relation[slot]["used"] += 1
    note_with(
        w, tick, GP_VISIT, slot, post_of(h, c), requested,
        pack_gp_visit(integer(chair["gp"]), integer(chair["agency"]), own),
    )  # fmt: skip
    remember(
        w.person, w.relation, w.seen, slot, chair["gp"], chair["agency"], own, day,
        w.rules[0]["memory_days"], w.rules[0]["full_share"], w.rules[0]["regular_visits"],
    )  # fmt: skip
    _outcome(w, h, slot, tick, requested, priority)


@rule
def _divert(w: World, h: int, tick: int, slot: int, since: int, priority: int) -> None:
    """Let a person who will not wait go to the emergency department."""
    _refer_unseen(w, slot, tick, since, priority)
    w.ledger[w.lines[UNIT_GP] + h, DIVERTED] += 1
    count_not_assessed(w, h)
    w.diverted[w.person[slot]["cell"]] += 1
    note(w, tick, SENT_TO_ED, slot, h, tick)
    send_to_emergency(w, hospital_for(w, slot, tick), _later_today(tick, 7200), slot, case_of(tick))


@rule
def book_gp(w: World, h: int, slot: int, tick: int, priority: int, course: Word, since: int) -> None:
    """Find a GP for a need: today, within 3 days or planned; long waits divert, endless ones are given up.

    `course` is the random word of the need or, where a contact led to the visit, of that moment; `since`
    the second from which the wait counts.
    """
    rule = w.rules[0]
    me = w.person[slot]
    day = tick // DAY
    key = me["key"]
    own, housed = integer(NO_CHAIR), me["status"] & SPECIAL_HOUSING
    if housed or part(course, BOOKING) < w.centre[h]["own_first"]:
        own = _own_chair(w, h, slot)
    w.ledger[w.lines[UNIT_GP] + h, REQUESTED] += 1
    count_need(w, slot, VISIT_CELL)
    if priority == SAME_DAY:
        share = rule["divert_closed_share"]
        if w.opening[day] and tick % DAY < CLOSES:
            c = _same_day_chair(w, h, own, housed)
            if c >= 0:
                w.chair[h, c]["acute_left"] -= 1
                _visit(w, h, c, slot, since, max(tick, day * DAY + OPENS), SAME_DAY)
                return
            share = rule["divert_same_day_share"]
        if draw(w.keys[P_DIVERSION], key, np.uint64(tick)) < share:
            _divert(w, h, tick, slot, since, priority)
            return
        priority = WITHIN_3_DAYS
    target = 3 if priority == WITHIN_3_DAYS else int(rule["planned_target_days"])
    target = max(target, int(rule["housing_patience_days"])) if housed else target
    c, when = _planned_chair(w, h, own, day, target)
    late = priority == WITHIN_3_DAYS and when - day > rule["divert_wait_days"]
    if late and draw(w.keys[P_DIVERSION], key, np.uint64(tick)) < rule["divert_wait_share"]:
        _divert(w, h, tick, slot, since, priority)
    elif c < 0 or when > day + HORIZON:
        if priority < PLANNED:
            count_not_assessed(w, h)
        count_gave_up(w, slot, VISIT_CELL)
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_GP] + h, since)
        _refer_unseen(w, slot, tick, since, priority)
        leave_gp_unmet(w, w.lines[UNIT_GP] + h, slot, tick, since)
    else:
        n = integer(w.booked[h, c, when % RING_DAYS])
        w.book[h, c, when % RING_DAYS, n] = pack_booking(since, slot, priority)
        w.booked[h, c, when % RING_DAYS] = n + 1
        _find_free(w, h, c, day)


@rule
def _fetch_booked(w: World, h: int, day: int) -> None:
    """Ask for the records of those who have a visit at a centre today."""
    for c in range(w.chair.shape[1]):
        for i in range(w.booked[h, c, day % RING_DAYS]):
            _, slot, _ = unpack_booking(w.book[h, c, day % RING_DAYS, i])
            prefetch(w.person, slot)
            prefetch(w.relation, slot)
            prefetch(w.seen, slot)


@rule
def _meet_chair(w: World, h: int, c: int, day: int) -> None:
    """The visits booked with one chair for today, one after the other."""
    chair = w.chair[h, c]
    n = integer(w.booked[h, c, day % RING_DAYS])
    w.booked[h, c, day % RING_DAYS] = 0
    length = (CLOSES - OPENS) // (n if n > 0 else 1)
    for i in range(n):
        word = w.book[h, c, day % RING_DAYS, i]
        requested, slot, priority = unpack_booking(word)
        tick = day * DAY + OPENS + i * length
        me = w.person[slot]
        if not me["status"] & PRESENT or me["status"] & IN_HOSPITAL or me["centre"] != h:
            withdraw(w, w.lines[UNIT_GP] + h, AWAY)
            note(w, tick, GAVE_UP, slot, w.lines[UNIT_GP] + h, requested)
        elif chair["gp"] == 0:  # the chair was left since: the visit is booked anew
            w.ledger[w.lines[UNIT_GP] + h, REQUESTED] -= 1
            w.demand[me["cell"], VISIT_CELL] -= 1
            book_gp(w, h, slot, tick, priority, word_of(w.keys[P_COURSE], me["key"], np.uint64(tick)), requested)
        else:
            _visit(w, h, c, slot, requested, tick, priority)


@rule
def meet_booked(w: World, day: int) -> None:
    """Today's booked visits, in the order of chairs and slots; then the same-day visits are open."""
    for h in range(w.centre.size):
        in_use = w.centre[h]["chairs"]
        _fetch_booked(w, h, day)
        for c in range(in_use):
            _find_free(w, h, c, day)
        for c in range(w.chair.shape[1]):  # chairs given up since still have their bookings
            if c >= in_use and w.booked[h, c, day % RING_DAYS] == 0:
                continue
            _meet_chair(w, h, c, day)
            chair = w.chair[h, c]
            chair["acute_left"] = 0
            if w.opening[day] and chair["gp"] != 0:
                left = whole_of_day(chair["acute"], day)
                w.desk[w.lines[UNIT_GP] + h, OFFERED] += left + visits_on(chair, day, w.opening[day])
                chair["acute_left"] = left
