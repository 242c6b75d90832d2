"""The hospitals' day: one exact sequence of events, worked off in order of time.

Arrivals, ends of treatment, discharges, the morning's planned admissions; ties in the order below.
"""

from __future__ import annotations

from simulator.care.emergency import arrive, end_treatment, start_treatment, visit_at_home
from simulator.care.end_of_life import count_palliative_day
from simulator.care.municipal import open_receptions
from simulator.care.places import places_kept, who_has
from simulator.care.waiting_line import sort_first
from simulator.care.ward import BED_KEPT, call_planned, change_occupied, end_stay, fill_beds
from simulator.core.dates import A_YEAR, DAY
from simulator.core.fields import Array
from simulator.core.kernels import constant, integer, kernel, prefetch, rule
from simulator.core.record import COMPLEX_BED_DAYS, DAYS_OF_LAST_90, DAYS_OF_LAST_YEAR, OFFERED
from simulator.core.state import COMPLEX, RING_DAYS, WARD_MASK
from simulator.core.units import UNIT_ED
from simulator.core.words import CASE_BITS, SLOT_BITS, unpack_case
from simulator.core.world import World

NEVER = integer(1) << 58
STAY_ENDS, TREATMENT_ENDS, CALL, ARRIVAL = range(4)
KINDS = 4
"""Kinds of events, in the order in which they happen within a second."""
PLANNED_AT = 10 * 3600
"""Second of the day at which the day's planned admissions are called in."""
NOWHERE = constant(-1)


@rule
def _top(times: Array, size: int) -> int:
    """Time of the earliest entry of a heap."""
    return times[0] if size > 0 else NEVER


@rule
def _care_at_home_goes_on(w: World, k: int, day: int) -> None:
    """A contact a day for those who are cared for at home; who died, moved or was admitted has left."""
    house = w.hospital[k]
    house["home_taken"] = places_kept(w, w.home_place[k], house["home_taken"], day)
    for i in range(house["home_taken"]):
        visit_at_home(w, who_has(w.home_place[k], i))


@rule
def _begin_day(w: World, k: int, day: int) -> None:
    """Sort the day's arrivals, go on with care at home, use beds and places that were opened."""
    house, ring = w.hospital[k], day % RING_DAYS
    for i in range(w.ed_due_count[k, ring]):
        prefetch(w.person, unpack_case(w.ed_due[k, ring, i])[1])
    sort_first(w.ed_due[k, ring], w.ed_due_count[k, ring])
    house["arrived"] = 0
    house["call"] = day * DAY + PLANNED_AT
    _care_at_home_goes_on(w, k, day)
    count_palliative_day(w, k)
    w.desk[w.lines[UNIT_ED] + k, OFFERED] += house["places"] * DAY
    fill_beds(w, k, day * DAY)
    start_treatment(w, k, day * DAY)


@rule
def _next_event(w: World, k: int, ring: int) -> int:
    """The hospital's next event as second x KINDS + kind, so that ties go by kind."""
    house = w.hospital[k]
    first: int = _top(w.stay_end[k], house["occupied"]) * KINDS + STAY_ENDS
    first = min(first, _top(w.ed_end[k], house["busy"]) * KINDS + TREATMENT_ENDS)
    first = min(first, house["call"] * KINDS + CALL)
    if house["arrived"] < w.ed_due_count[k, ring]:
        tick = w.ed_due[k, ring, house["arrived"]] >> (SLOT_BITS + CASE_BITS)
        first = min(first, tick * KINDS + ARRIVAL)
    return first


@rule
def _happen(w: World, k: int, ring: int, tick: int, kind: int) -> None:
    """Let a hospital's next event happen."""
    house = w.hospital[k]
    if kind == STAY_ENDS:
        end_stay(w, k, tick)
        fill_beds(w, k, tick)
    elif kind == TREATMENT_ENDS:
        end_treatment(w, k, tick)
    elif kind == CALL:
        call_planned(w, k, tick)
        house["call"] = NEVER
    else:
        house["arrived"] += 1
        arrive(w, k, w.ed_due[k, ring, house["arrived"] - 1])


@rule
def _count_beds(w: World, k: int, day: int) -> None:
    """Count at midnight who lies where."""
    for j in range(w.hospital[k]["occupied"]):
        slot = unpack_case(w.stay_patient[k, j])[1]
        prefetch(w.person, slot)
        prefetch(w.relation, slot)
        prefetch(w.dies_on, slot)
    for j in range(w.hospital[k]["occupied"]):
        slot = unpack_case(w.stay_patient[k, j])[1]
        me = w.person[slot]
        w.bed_days[me["cell"]] += 1
        w.relation[slot]["used"] += integer(w.rules[0]["use_of_bed_day"])
        w.ward_days[k, integer(w.relation[slot]["bed"] & WARD_MASK) - 1] += 1
        if me["status"] & COMPLEX:
            w.complex_use[COMPLEX_BED_DAYS] += 1
        left = w.dies_on[slot] - day
        w.last_days[me["cell"], DAYS_OF_LAST_YEAR] += left <= A_YEAR
        w.last_days[me["cell"], DAYS_OF_LAST_90] += left <= 90


@kernel
def work_hospitals(w: World, day: int) -> None:
    """Run all hospitals through one day, event by event in order of time."""
    ring, end = day % RING_DAYS, (day + 1) * DAY * KINDS
    open_receptions(w, day)
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
        change_occupied(w, k, (day + 1) * DAY, BED_KEPT)
        _count_beds(w, k, day)
