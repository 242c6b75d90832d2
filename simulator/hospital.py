"""The hospital: emergency department, beds, stays, discharge and return.

A hospital's day is one exact sequence of events - arrivals, ends of treatment, discharges, the
morning's planned admissions - worked off in order of time. The emergency department is a queue with
as many servers as treatment places; whoever is to be admitted when no bed is free boards until one is.
"""

from __future__ import annotations

import numpy as np

from simulator import heap
from simulator.kernels import constant, kernel, prefetch, rule
from simulator.randomness import Purpose, draw
from simulator.record import REQUESTED, SERVED, WITHDRAWN
from simulator.referrals import send_to_emergency
from simulator.state import CASE_BITS, CASE_MASK, IN_HOSPITAL, PRESENT, RING_DAYS, SLOT_BITS, SLOT_MASK
from simulator.world import (
    ADMITTED,
    BOARDING,
    DAY,
    DISCHARGED,
    ED_ARRIVAL,
    GAVE_UP,
    SPECIALIST_CELL,
    TREATMENT_END,
    TREATMENT_START,
    UNIT_ED,
    UNIT_WARD,
    case_of,
    note,
    pack_case,
    quantile,
    unpack_case,
)

NEVER = np.int64(1) << 58
LEAVING, TREATED, CALL, ARRIVAL = range(4)
KINDS = 4
"""Kinds of events, in the order in which they happen within a second."""
PLANNED_AT = 10 * 3600
"""Second of the day at which the day's planned admissions are called in."""
ACUTE, ELECTIVE = constant(0), constant(1)
TAKEN, LEFT, SAME = constant(1), constant(-1), constant(0)
"""Changes in occupied beds."""
FIRST, NOWHERE = constant(0), constant(-1)
P_TREATMENT, P_ADMISSION, P_STAY, P_READMISSION = (
    int(p)
    for p in (Purpose.TREATMENT_TIME, Purpose.ADMISSION, Purpose.LENGTH_OF_STAY, Purpose.READMISSION)
)


@rule
def _change_occupied(w, k, tick, step):
    """Count occupied beds up or down and keep the integral over time."""
    house = w.hospital[k]
    w.occupied[k] += house["occupied"] * (tick - house["changed"])
    house["changed"] = tick
    house["occupied"] += step


@rule
def _admit(w, k, slot, requested, tick, kind, case):
    """Give a person a bed and draw the length of stay."""
    me = w.person[slot]
    _change_occupied(w, k, tick, TAKEN)
    me["status"] |= IN_HOSPITAL
    w.admissions[me["cell"]] += 1
    u = draw(w.keys[P_STAY], me["key"], np.uint64(case))
    seconds = np.int64(w.stay[kind, me["risk"]] * quantile(w.stay_quantile, u) * DAY)
    heap.push(
        w.stay_end[k], w.stay_patient[k], w.hospital[k]["occupied"] - 1, tick + max(seconds, 3600),
        pack_case(tick, slot, case),
    )  # fmt: skip
    w.ledger[w.lines[UNIT_WARD] + k, SERVED] += 1
    note(w, tick, ADMITTED, slot, k, requested)


@rule
def _leave_bed(w, k, index, tick):
    """Free the bed of heap entry `index` and, if the person lives, draw whether the emergency returns."""
    began, slot, case = unpack_case(w.stay_patient[k, index])
    me = w.person[slot]
    heap.remove(w.stay_end[k], w.stay_patient[k], w.hospital[k]["occupied"], index)
    _change_occupied(w, k, tick, LEFT)
    me["status"] &= 255 - IN_HOSPITAL
    note(w, tick, DISCHARGED, slot, k, began)
    u = draw(w.keys[P_READMISSION], me["key"], np.uint64(case))
    share = w.rules[0]["readmission_share"]
    if me["status"] & PRESENT and u < share:
        send_to_emergency(w, k, tick + DAY + np.int64(u / share * 29 * DAY), slot, (5 * case + 1) & CASE_MASK)


@rule
def _fill_bed(w, k, tick):
    """Admit those who board as long as beds are open and free."""
    house = w.hospital[k]
    mask = w.boarding.shape[1] - 1
    while house["boarding_head"] < house["boarding_tail"] and house["occupied"] < house["beds"]:
        word = w.boarding[k, house["boarding_head"] & mask]
        house["boarding_head"] += 1
        decided, slot, case = unpack_case(word)
        status = w.person[slot]["status"]
        if not status & PRESENT or status & IN_HOSPITAL:
            w.ledger[w.lines[UNIT_WARD] + k, WITHDRAWN] += 1
            note(w, tick, GAVE_UP, slot, w.lines[UNIT_WARD] + k, decided)
            continue
        w.boarded[k] += tick - decided
        _admit(w, k, slot, decided, tick, ACUTE, case)


@rule
def _ask_for_bed(w, k, slot, tick, case):
    """Queue for a bed; it is given at once when one is free and nobody boards."""
    house = w.hospital[k]
    w.ledger[w.lines[UNIT_WARD] + k, REQUESTED] += 1
    if house["boarding_tail"] - house["boarding_head"] >= w.boarding.shape[1]:  # sent elsewhere
        w.ledger[w.lines[UNIT_WARD] + k, WITHDRAWN] += 1
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_WARD] + k, tick)
        return
    w.boarding[k, house["boarding_tail"] & (w.boarding.shape[1] - 1)] = pack_case(tick, slot, case)
    house["boarding_tail"] += 1
    note(w, tick, BOARDING, slot, k, tick)
    _fill_bed(w, k, tick)


@rule
def _start_treatment(w, k, tick):
    """Take people from the waiting room as long as treatment places are free."""
    house = w.hospital[k]
    mask = w.ed_queue.shape[1] - 1
    while house["queue_head"] < house["queue_tail"] and house["busy"] < house["places"]:
        word = w.ed_queue[k, house["queue_head"] & mask]
        house["queue_head"] += 1
        arrived, slot, case = unpack_case(word)
        me = w.person[slot]
        if not me["status"] & PRESENT or me["status"] & IN_HOSPITAL:
            w.ledger[w.lines[UNIT_ED] + k, WITHDRAWN] += 1
            note(w, tick, GAVE_UP, slot, w.lines[UNIT_ED] + k, arrived)
            continue
        u = draw(w.keys[P_TREATMENT], me["key"], np.uint64(case))
        seconds = np.int64(w.treatment[me["risk"] // 6] * quantile(w.treatment_quantile, u))
        w.contacts[me["cell"], SPECIALIST_CELL] += 1
        w.ed_visits[me["cell"]] += 1
        w.ledger[w.lines[UNIT_ED] + k, SERVED] += 1
        w.desk[w.lines[UNIT_ED] + k, 1] += seconds
        w.ed_stay[k, min((tick + seconds - arrived) // 900, 95)] += 1
        heap.push(w.ed_end[k], w.ed_patient[k], house["busy"], tick + seconds, word)
        house["busy"] += 1
        note(w, tick, TREATMENT_START, slot, k, arrived)


@rule
def _end_treatment(w, k, tick):
    """Decide on admission, then take the next person."""
    house = w.hospital[k]
    arrived, slot, case = unpack_case(w.ed_patient[k, 0])
    heap.remove(w.ed_end[k], w.ed_patient[k], house["busy"], FIRST)
    house["busy"] -= 1
    me = w.person[slot]
    note(w, tick, TREATMENT_END, slot, k, arrived)
    here = me["status"] & PRESENT and not me["status"] & IN_HOSPITAL
    if here and draw(w.keys[P_ADMISSION], me["key"], np.uint64(case)) < w.admission[me["risk"], me["dose"]]:
        _ask_for_bed(w, k, slot, tick, case)
    _start_treatment(w, k, tick)


@rule
def _arrive(w, k, word):
    """Enter the waiting room."""
    house = w.hospital[k]
    tick, slot, _ = unpack_case(word)
    note(w, tick, ED_ARRIVAL, slot, k, tick)
    if house["queue_tail"] - house["queue_head"] >= w.ed_queue.shape[1]:  # nobody can come in any more
        w.ledger[w.lines[UNIT_ED] + k, WITHDRAWN] += 1
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_ED] + k, tick)
        return
    w.ed_queue[k, house["queue_tail"] & (w.ed_queue.shape[1] - 1)] = word
    house["queue_tail"] += 1
    _start_treatment(w, k, tick)


@rule
def _call_planned(w, k, tick):
    """Call in planned admissions while beds beyond the reserve are free; `service` is the day's most.

    Called are those who were in line when the day began. Whoever waits longer than the line's patience is
    cared for elsewhere.
    """
    house = w.hospital[k]
    line = w.pool[house["line"]]
    left = line["service"]
    while line["head"] < line["tail"]:
        word = w.waiting[line["offset"] + (line["head"] & line["mask"])]
        slot, requested = word & SLOT_MASK, word >> SLOT_BITS
        if requested >= tick - tick % DAY:
            break
        status = w.person[slot]["status"]
        if not status & PRESENT or status & IN_HOSPITAL or tick - requested > line["patience"]:
            line["head"] += 1
            w.ledger[house["line"], WITHDRAWN] += 1
            note(w, tick, GAVE_UP, slot, np.int64(house["line"]), requested)
            continue
        if left <= 0 or house["occupied"] + house["reserve"] >= house["beds"]:
            break
        line["head"] += 1
        w.ledger[house["line"], SERVED] += 1
        w.ledger[w.lines[UNIT_WARD] + k, REQUESTED] += 1
        _admit(w, k, slot, requested, tick, ELECTIVE, case_of(requested))
        left -= 1


@rule
def _sort(values, n):
    """Sort the first `n` values in place, by insertion: a day's arrivals come nearly in order."""
    for i in range(1, n):
        value = values[i]
        j = i - 1
        while j >= 0 and values[j] > value:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = value


@rule
def _top(times, size):
    """Time of the earliest entry of a heap."""
    return times[0] if size > 0 else NEVER


@rule
def _begin_day(w, k, day):
    """Sort the day's arrivals, use beds and places that were opened, and set the hour of the call."""
    house = w.hospital[k]
    for i in range(w.ed_due_count[k, day % RING_DAYS]):
        prefetch(w.person, unpack_case(w.ed_due[k, day % RING_DAYS, i])[1])
    _sort(w.ed_due[k, day % RING_DAYS], w.ed_due_count[k, day % RING_DAYS])
    house["arrived"] = 0
    house["call"] = day * DAY + PLANNED_AT if w.opening[day] else NEVER
    w.desk[w.lines[UNIT_ED] + k, 0] += house["places"] * DAY
    _fill_bed(w, k, day * DAY)
    _start_treatment(w, k, day * DAY)


@rule
def _next_event(w, k, ring):
    """The hospital's next event as second x KINDS + kind, so that ties go by kind."""
    house = w.hospital[k]
    first = _top(w.stay_end[k], house["occupied"]) * KINDS + LEAVING
    first = min(first, _top(w.ed_end[k], house["busy"]) * KINDS + TREATED)
    first = min(first, house["call"] * KINDS + CALL)
    if house["arrived"] < w.ed_due_count[k, ring]:
        tick = w.ed_due[k, ring, house["arrived"]] >> (SLOT_BITS + CASE_BITS)
        first = min(first, tick * KINDS + ARRIVAL)
    return first


@rule
def _happen(w, k, ring, tick, kind):
    """Let a hospital's next event happen."""
    house = w.hospital[k]
    if kind == LEAVING:
        _leave_bed(w, k, FIRST, tick)
        _fill_bed(w, k, tick)
    elif kind == TREATED:
        _end_treatment(w, k, tick)
    elif kind == CALL:
        _call_planned(w, k, tick)
        house["call"] = NEVER
    else:
        house["arrived"] += 1
        _arrive(w, k, w.ed_due[k, ring, house["arrived"] - 1])


@kernel
def work_hospitals(w, day):
    """Run all hospitals through one day, event by event in order of time."""
    ring, end = day % RING_DAYS, (day + 1) * DAY * KINDS
    for k in range(w.hospital.size):
        _begin_day(w, k, day)
        w.hospital[k]["next"] = _next_event(w, k, ring)
    while True:
        first, where = end, NOWHERE
        for k in range(w.hospital.size):
            if w.hospital[k]["next"] < first:
                first, where = w.hospital[k]["next"], k
        if where < 0:
            break
        _happen(w, where, ring, first // KINDS, first % KINDS)
        w.hospital[where]["next"] = _next_event(w, where, ring)  # nothing that happens moves another hospital's day
    for k in range(w.hospital.size):
        w.ed_due_count[k, ring] = 0
        _change_occupied(w, k, (day + 1) * DAY, SAME)
        for j in range(w.hospital[k]["occupied"]):
            prefetch(w.person, unpack_case(w.stay_patient[k, j])[1])
        for j in range(w.hospital[k]["occupied"]):
            w.bed_days[w.person[unpack_case(w.stay_patient[k, j])[1]]["cell"]] += 1


@rule
def leave_hospital(w, slot, tick):
    """End the stay of a person who dies or moves away."""
    for k in range(w.hospital.size):
        for j in range(w.hospital[k]["occupied"]):
            if unpack_case(w.stay_patient[k, j])[1] == slot:
                _leave_bed(w, k, np.int64(j), tick)
                return
