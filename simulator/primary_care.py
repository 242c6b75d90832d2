"""The health centre: needs are sorted, booked with the own GP if soon enough, and met.

A day runs in three steps. The visits booked for today take place in the order of chairs and slots.
Then the day's needs arise in order of time and are routed: self-care advice, the digital desk, the
nurses' desk, a GP, the emergency department, the hospital's clinics. Last, everybody is seen at the
desks whose turn comes before closing time.
"""

from __future__ import annotations

import numpy as np

from simulator.continuity import remember
from simulator.demand import EMERGENCY, GP, HEIGHT_BITS, HEIGHT_ONE, SECOND_SHIFT, SPECIALIST, STREAM_BITS
from simulator.demand import NURSE as NURSE_NEED
from simulator.kernels import kernel, prefetch, rule
from simulator.randomness import Purpose, draw, part, word_of
from simulator.record import DIVERTED, REQUESTED, SERVED, WAIT_DAYS, WITHDRAWN
from simulator.state import (
    CHAIRS,
    CHRONIC,
    GENERATIONS,
    IN_HOSPITAL,
    NO_CHAIR,
    PRESENT,
    RING_DAYS,
    SAW_OWN_GP,
    SLOT_BITS,
    SLOT_MASK,
)
from simulator.waiting_line import DIGITAL, HOME_NURSING, NURSE, PLANNED_ADMISSION, REFERRAL, join, next_start
from simulator.world import (
    DESK_CONTACT,
    GAVE_UP,
    GP_VISIT,
    LINE_DIGITAL,
    LINE_NURSE,
    LINE_REFERRAL,
    LINE_RETURN,
    SENT_TO_ED,
    UNIT_ED,
    UNIT_GP,
    case_of,
    note,
    pack,
    pack_case,
)

DAY = 86_400
OPENS, CLOSES = 8 * 3600, 17 * 3600
SAME_DAY, WITHIN_3_DAYS, PLANNED, ROUTED = (np.int64(n) for n in range(4))
AGED_70 = 4 * 6
"""First risk (age group x RUB) of people aged 70 and over."""
HORIZON = RING_DAYS - 4
"""Days ahead that the appointment book reaches."""
LOOK_AHEAD = 12
"""Places in a line between who is met and who is brought into the cache."""
PROMOTION_CELL, SELF_CARE_CELL, DIGITAL_CELL, HOME_CELL, VISIT_CELL, LOCAL_CELL, SPECIALIST_CELL = 3, 4, 5, 6, 7, 11, 15
"""Cells of the structure matrix (level x 4 + mode)."""
P_OUTCOME, P_DIVERSION, P_SELF_CARE, P_COUNTY, P_COURSE = (
    int(p)
    for p in (
        Purpose.OUTCOME,
        Purpose.DIVERSION,
        Purpose.SELF_CARE,
        Purpose.COUNTY_HOSPITAL,
        Purpose.NEED_COURSE,
    )
)
WAY, PRIORITY, BOOKING = range(3)
"""Parts of a need's random word: how it is met, how soon it wants a physician, whether its own."""


@rule
def visits_on(chair, day, open_day):
    """Bookable visits of a chair on a day: the whole visits of a fractional daily rate."""
    if open_day == 0 or chair["gp"] == 0:
        return 0
    return int(np.floor((day + 1) * chair["planned"]) - np.floor(day * chair["planned"]))


@rule
def _find_free(w, h, c, day):
    """Bring up to date when the chair's next free visit is, after `day`; beyond the horizon if there is none.

    Done for every chair each morning and for one as its day fills up, so that nobody who books has to look.
    """
    chair = w.chair[h, c]
    beyond = day + HORIZON + 1
    first = max(np.int64(chair["first_free"]), day + 1)
    while first < beyond and w.booked[h, c, first % RING_DAYS] >= visits_on(chair, first, w.opening[first]):
        first += 1
    chair["first_free"] = first


@rule
def hospital_for(w, slot, tick):
    """The catchment's hospital, or the county hospital (index 0) for what the county concentrates there."""
    me = w.person[slot]
    own = np.int64(me["hospital"])
    if draw(w.keys[P_COUNTY], me["key"], np.uint64(tick)) < w.hospital[own]["passes_on"]:
        return np.int64(0)
    return own


@rule
def send_to_emergency(w, hospital, tick, slot, case):
    """Expect a case at an emergency department at a second of the clock."""
    ring = (tick // DAY) % RING_DAYS
    n = w.ed_due_count[hospital, ring]
    w.ledger[w.lines[UNIT_ED] + hospital, REQUESTED] += 1
    if n >= w.ed_due.shape[2]:  # far more in a day than any population brings: sent elsewhere
        w.ledger[w.lines[UNIT_ED] + hospital, WITHDRAWN] += 1
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_ED] + hospital, tick)
        return
    w.ed_due[hospital, ring, n] = pack_case(tick, slot, case)
    w.ed_due_count[hospital, ring] = n + 1


@rule
def _later_today(tick, seconds):
    """Second so much later, but within the same day."""
    return min(tick + seconds, tick - tick % DAY + DAY - 1)


@rule
def _own_chair(w, h, slot):
    """Chair of the named GP or, without one, of the GP with whom the person has a relationship."""
    chair = np.int64(w.person[slot]["chair"])
    if chair == NO_CHAIR:
        known = w.relation[slot]["gp"]
        if known != 0:
            chair = np.int64(known // GENERATIONS - 1) % CHAIRS
            if w.chair[h, chair]["gp"] != known:
                chair = np.int64(NO_CHAIR)
    return chair


@rule
def _same_day_chair(w, h, own):
    """The own GP's chair if it has a same-day visit left, else the one with most left, else -1."""
    n = w.centre[h]["chairs"]
    if own < n and w.chair[h, own]["acute_left"] > 0:
        return np.int64(own)
    best, most = -1, 0
    for c in range(n):
        if w.chair[h, c]["acute_left"] > most:
            best, most = c, w.chair[h, c]["acute_left"]
    return best


@rule
def _planned_chair(w, h, own, day, target):
    """Chair and day of the visit offered: the own GP if soon enough, otherwise whoever is first."""
    n = w.centre[h]["chairs"]
    best, soonest = -1, day + HORIZON + 1
    for c in range(n):
        first = np.int64(w.chair[h, c]["first_free"])
        best = c if first < soonest else best
        soonest = min(first, soonest)
    if own < n:
        first = np.int64(w.chair[h, own]["first_free"])
        if first <= max(day + target, soonest + w.centre[h]["patience"]) and first <= day + HORIZON:
            return np.int64(own), first
    return best, soonest


@rule
def _outcome(w, slot, tick, requested):
    """What comes of a GP visit: resolved, referred, or sent to the emergency department."""
    me = w.person[slot]
    u = draw(w.keys[P_OUTCOME], me["key"], np.uint64(requested))
    if u < w.rules[0]["referral_share"]:
        join(w, w.lines[LINE_REFERRAL] + hospital_for(w, slot, requested), tick, slot)
    elif u >= 1.0 - w.rules[0]["sent_to_ed_share"]:
        send_to_emergency(w, hospital_for(w, slot, requested), _later_today(tick, 3600), slot, case_of(requested))


@rule
def _visit(w, h, c, slot, requested, tick, priority):
    """One visit to a GP."""
    me = w.person[slot]
    chair = w.chair[h, c]
    day = tick // DAY
    waited = day - requested // DAY
    w.contacts[me["cell"], VISIT_CELL] += 1
    w.wait[h, min(waited, WAIT_DAYS - 1)] += 1
    if priority != PLANNED:
        w.assessed[h, 1] += 1
        w.assessed[h, 0] += waited <= 3
    unit = w.lines[UNIT_GP] + h
    w.ledger[unit, SERVED] += 1
    w.desk[unit, 1] += 1
    note(w, tick, GP_VISIT, slot, h * 64 + c, requested)
    own = me["chair"] == c
    remember(
        w.person, w.relation, w.seen, slot, chair["gp"], chair["agency"], own, day,
        w.rules[0]["memory_days"], w.rules[0]["full_share"],
    )  # fmt: skip
    _outcome(w, slot, tick, requested)


@rule
def _divert(w, h, tick, slot):
    """Let a person who will not wait go to the emergency department."""
    w.ledger[w.lines[UNIT_GP] + h, DIVERTED] += 1
    note(w, tick, SENT_TO_ED, slot, h, tick)
    send_to_emergency(w, hospital_for(w, slot, tick), _later_today(tick, 7200), slot, case_of(tick))


@rule
def book_gp(w, h, slot, tick, priority, course):
    """Find a GP for a need: today, within 3 days or planned; long waits divert, endless ones are given up.

    `course` is the random word of the need or, where a contact led to the visit, of that moment.
    """
    rule = w.rules[0]
    me = w.person[slot]
    day = tick // DAY
    key = me["key"]
    own = np.int64(NO_CHAIR)
    if part(course, BOOKING) < w.centre[h]["own_first"]:
        own = _own_chair(w, h, slot)
    w.ledger[w.lines[UNIT_GP] + h, REQUESTED] += 1
    if priority == SAME_DAY:
        share = rule["divert_closed_share"]
        if w.opening[day] and tick % DAY < CLOSES:
            c = _same_day_chair(w, h, own)
            if c >= 0:
                w.chair[h, c]["acute_left"] -= 1
                _visit(w, h, c, slot, tick, max(tick, day * DAY + OPENS), SAME_DAY)
                return
            share = rule["divert_same_day_share"]
        if draw(w.keys[P_DIVERSION], key, np.uint64(tick)) < share:
            _divert(w, h, tick, slot)
            return
        priority = WITHIN_3_DAYS
    target = 3 if priority == WITHIN_3_DAYS else int(rule["planned_target_days"])
    c, when = _planned_chair(w, h, own, day, target)
    late = priority == WITHIN_3_DAYS and when - day > rule["divert_wait_days"]
    if late and draw(w.keys[P_DIVERSION], key, np.uint64(tick)) < rule["divert_wait_share"]:
        _divert(w, h, tick, slot)
    elif c < 0 or when > day + HORIZON:
        w.ledger[w.lines[UNIT_GP] + h, WITHDRAWN] += 1
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_GP] + h, tick)
    else:
        n = np.int64(w.booked[h, c, when % RING_DAYS])
        w.book[h, c, when % RING_DAYS, n] = pack(tick, slot) * 2 + (priority == PLANNED)
        w.booked[h, c, when % RING_DAYS] = n + 1
        _find_free(w, h, c, day)


@rule
def _meet_booked(w, day):
    """Today's booked visits, in the order of chairs and slots; then the same-day visits are open."""
    for h in range(w.centre.size):
        for c in range(w.chair.shape[1]):  # chairs given up since still have their bookings
            _find_free(w, h, c, day)
            for i in range(w.booked[h, c, day % RING_DAYS]):
                slot = (w.book[h, c, day % RING_DAYS, i] >> 1) & SLOT_MASK
                prefetch(w.person, slot)
                prefetch(w.relation, slot)
                prefetch(w.seen, slot)
        for c in range(w.chair.shape[1]):
            chair = w.chair[h, c]
            n = np.int64(w.booked[h, c, day % RING_DAYS])
            w.booked[h, c, day % RING_DAYS] = 0
            length = (CLOSES - OPENS) // (n if n > 0 else 1)
            for i in range(n):
                word = w.book[h, c, day % RING_DAYS, i]
                slot = (word >> 1) & SLOT_MASK
                requested = word >> (1 + SLOT_BITS)
                tick = day * DAY + OPENS + i * length
                me = w.person[slot]
                if not me["status"] & PRESENT or me["status"] & IN_HOSPITAL or me["centre"] != h:
                    w.ledger[w.lines[UNIT_GP] + h, WITHDRAWN] += 1
                    note(w, tick, GAVE_UP, slot, w.lines[UNIT_GP] + h, requested)
                elif chair["gp"] == 0:  # the chair was left since: the visit is booked anew
                    w.ledger[w.lines[UNIT_GP] + h, REQUESTED] -= 1
                    course = word_of(w.keys[P_COURSE], me["key"], np.uint64(tick))
                    book_gp(w, h, slot, tick, PLANNED if word & 1 else WITHIN_3_DAYS, course)
                else:
                    _visit(w, h, c, slot, requested, tick, PLANNED if word & 1 else WITHIN_3_DAYS)
            if w.opening[day] and chair["gp"] != 0:
                left = int(np.floor((day + 1) * chair["acute"]) - np.floor(day * chair["acute"]))
                w.desk[w.lines[UNIT_GP] + h, 0] += left + visits_on(chair, day, w.opening[day])
                chair["acute_left"] = left
            else:
                chair["acute_left"] = 0


@rule
def _gp_priority(w, course):
    """Priority of a need that wants a physician."""
    u = part(course, PRIORITY)
    rule = w.rules[0]
    if u < rule["same_day_share"]:
        return SAME_DAY
    return WITHIN_3_DAYS if u < rule["same_day_share"] + rule["within_3_days_share"] else PLANNED


@rule
def _primary_need(w, h, slot, tick, stream, course):
    """Route a need of primary care to self-care advice, digital or nurse; else return its priority for a GP."""
    me = w.person[slot]
    rule = w.rules[0]
    u = part(course, WAY)
    digital = w.centre[h]["digital"]
    if me["risk"] >= AGED_70:
        digital *= rule["digital_old_age_factor"]
    if u >= 1.0 - rule["self_care_share"]:
        w.contacts[me["cell"], SELF_CARE_CELL] += 1
    elif u < digital:
        join(w, w.lines[LINE_DIGITAL] + h, tick, slot)
    elif stream == NURSE_NEED:
        join(w, w.lines[LINE_NURSE] + h, tick, slot)
    else:
        return _gp_priority(w, course)
    return ROUTED


@rule
def _specialist_need(w, h, slot, tick, course):
    """A need of specialist outpatient care, or of the health centre instead where work was moved."""
    rule = w.rules[0]
    u = part(course, WAY)
    moved = rule["specialist_to_primary"]
    if u >= moved:
        join(w, w.lines[LINE_RETURN] + hospital_for(w, slot, tick), tick, slot)
    elif u < moved * rule["shift_to_gp_share"]:
        return PLANNED
    else:
        join(w, w.lines[LINE_NURSE] + h, tick, slot)
    return ROUTED


@rule
def _person_of(point):
    return (point >> (STREAM_BITS + HEIGHT_BITS)) & SLOT_MASK


@rule
def _stream_of(point):
    return (point >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1)


@rule
def _fetch_people(w, first, last):
    """Ask for the records of those whose needs arise soon."""
    for i in range(first, last):
        point = w.point[i]
        slot = _person_of(point)
        prefetch(w.person, slot)
        prefetch(w.relation, slot if _stream_of(point) == GP else 0)


@rule
def _draw_courses(w, day, first, last):
    """Draw the random words of needs first..last."""
    key = w.keys[P_COURSE]
    for i in range(first, last):
        person, tick = w.person[_person_of(w.point[i])]["key"], day * DAY + (w.point[i] >> SECOND_SHIFT)
        w.courses[i - first] = word_of(key, person, np.uint64(tick))


@rule
def _let_arise(w, h, day, point, course):
    """Let one need arise and send it where it belongs."""
    slot, stream = _person_of(point), _stream_of(point)
    me = w.person[slot]
    status = me["status"]
    if not status & PRESENT or status & IN_HOSPITAL:
        return
    if (point & (HEIGHT_ONE - 1)) >= w.accept[stream, me["dose"], int((status & SAW_OWN_GP) != 0)]:
        return
    tick = day * DAY + (point >> SECOND_SHIFT)
    priority = ROUTED
    if stream <= NURSE_NEED:
        priority = _primary_need(w, h, slot, tick, stream, course)
    elif stream == SPECIALIST:
        priority = _specialist_need(w, h, slot, tick, course)
    elif stream == EMERGENCY:
        send_to_emergency(w, hospital_for(w, slot, tick), tick, slot, case_of(tick))
    else:
        join(w, np.int64(w.hospital[hospital_for(w, slot, tick)]["line"]), tick, slot)
    if priority != ROUTED:
        book_gp(w, h, slot, tick, priority, course)


@rule
def _route_needs(w, day, day_of_year):
    """Let the day's needs arise, in order of time at each centre."""
    _fetch_people(w, w.point_start[0, day_of_year], w.point_start[0, day_of_year + 1])
    for h in range(w.centre.size):
        if h + 1 < w.centre.size:
            _fetch_people(w, w.point_start[h + 1, day_of_year], w.point_start[h + 1, day_of_year + 1])
        last = w.point_start[h, day_of_year + 1]
        for first in range(w.point_start[h, day_of_year], last, w.courses.size):
            end = min(first + w.courses.size, last)
            _draw_courses(w, day, first, end)
            for i in range(first, end):
                _let_arise(w, h, day, w.point[i], w.courses[i - first])


@kernel
def open_centres(w, day, day_of_year):
    """A health-centre day up to the desks: booked visits, then the day's needs."""
    _meet_booked(w, day)
    _route_needs(w, day, day_of_year)


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
        if line["service"] >= 0:
            w.desk[p, 0] += closing - opening
        while line["head"] < line["tail"]:
            ahead = w.waiting[line["offset"] + ((line["head"] + LOOK_AHEAD) & line["mask"])]
            prefetch(w.person, ahead & SLOT_MASK)
            word = w.waiting[line["offset"] + (line["head"] & line["mask"])]
            slot, requested = word & SLOT_MASK, word >> SLOT_BITS
            tick = next_start(line, requested, opening, closing)
            status = w.person[slot]["status"]
            if not status & PRESENT or closing - requested > line["patience"]:
                line["head"] += 1
                w.ledger[p, WITHDRAWN] += 1
                note(w, closing, GAVE_UP, slot, p, requested)
                continue
            if tick < 0:
                break
            line["head"] += 1
            line["free_at"] = tick + line["service"]
            _desk_contact(w, p, line["kind"], slot, requested, tick)


@rule
def _desk_contact(w, p, kind, slot, requested, tick):
    """One contact at a desk; some digital ones end in a visit."""
    me = w.person[slot]
    w.contacts[me["cell"], _desk_cell(w, kind, slot, requested)] += 1
    w.ledger[p, SERVED] += 1
    w.desk[p, 1] += w.pool[p]["service"]
    note(w, tick, DESK_CONTACT, slot, p, requested)
    if kind == NURSE:
        h = p - w.lines[LINE_NURSE]
        w.assessed[h, 1] += 1
        w.assessed[h, 0] += tick // DAY - requested // DAY <= 3
    elif kind == DIGITAL:
        h = p - w.lines[LINE_DIGITAL]
        w.assessed[h, 1] += 1
        w.assessed[h, 0] += tick // DAY - requested // DAY <= 3
        u = draw(w.keys[P_OUTCOME], me["key"], np.uint64(requested))
        if u < w.rules[0]["digital_to_visit_share"]:
            book_gp(w, h, slot, tick, WITHIN_3_DAYS, word_of(w.keys[P_COURSE], me["key"], np.uint64(tick)))


