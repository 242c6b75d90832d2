"""Beds: who gets one, for how long, who must wait in it for the municipality, and who returns.

Beds belong to specialty groups. Somebody whose own ward is full lies in another's as long as any bed of
the hospital is free; whoever finds none boards in the emergency department.
"""

from __future__ import annotations

import numpy as np

from simulator.care.accounts import withdraw
from simulator.care.carers import miss_carer
from simulator.care.causes import AGED_65, FALL, OTHER, cause_of, followed
from simulator.care.municipal import P_DISCHARGE, receive, wants_reception
from simulator.care.offer import COORDINATION, PLANNED_DISCHARGES, REVIEW, REVIEWS, count_effort, offered
from simulator.care.referrals import send_to_emergency
from simulator.care.unmet import harm_of_boarding
from simulator.care.waiting_line import FIRST_CLASS, call_forward, first_of, let_go, whose_turn
from simulator.core import heap
from simulator.core.dates import DAY, FIRST_DAY, WEEK
from simulator.core.kernels import constant, integer, kernel, rule
from simulator.core.log import ADMITTED, BOARDING, BOUGHT, DISCHARGED, GAVE_UP, READY, note, note_with, pack_admission
from simulator.core.randomness import Purpose, draw, quantile
from simulator.core.record import (
    AFTER_FALL,
    ALL_CALLED,
    AVOIDABLE,
    AWAY,
    COMPLEX_ADMITTED,
    DIVERTED,
    HIP_FRACTURE,
    IN_TIME,
    LET_BE,
    PLANNED_STAYS,
    READMITTED,
    RECEIVED,
    RECEIVED_ON_THE_DAY,
    REQUESTED,
    SERVED,
    WAIT_WEEKS,
    WAS_PLANNED,
)
from simulator.core.state import BED_READY, COMPLEX, IN_HOSPITAL, PRESENT, WARD_MASK, WAS_IN_HOSPITAL
from simulator.core.units import UNIT_WARD
from simulator.core.words import (
    CASE_MASK,
    age_group_of,
    case_of,
    next_case,
    pack_case,
    unpack_case,
)
from simulator.core.world import World

ACUTE_STAY, PLANNED_STAY = constant(0), constant(1)
MEDICINE, SURGERY = constant(0), constant(1)
OUTLYING = 3
"""Column of `Record.ward_days` behind the wards: admissions to another ward than one's own."""
BED_TAKEN, BED_FREED, BED_KEPT = constant(1), constant(-1), constant(0)
"""Changes in occupied beds."""
NEXT_IN_HEAP = constant(0)
READMISSION_DAYS, GUARANTEE_DAYS = 30, 90
P_STAY, P_READMISSION, P_WARD = (int(p) for p in (Purpose.LENGTH_OF_STAY, Purpose.READMISSION, Purpose.WARD))


@rule
def change_occupied(w: World, k: int, tick: int, step: int) -> None:
    """Count occupied beds up or down and keep the integral over time."""
    house = w.hospital[k]
    w.occupied[k] += house["occupied"] * (tick - house["changed"])
    house["changed"] = tick
    house["occupied"] += step


@rule
def ward_of(w: World, slot: int, case: int, kind: int, cause: int) -> int:
    """Ward of a case: surgery after falls, medicine for avoidable causes, otherwise by age."""
    me = w.person[slot]
    if kind == ACUTE_STAY and cause < OTHER:
        return SURGERY if cause == FALL else MEDICINE
    share = w.ward[kind, age_group_of(me["risk"])]
    u = draw(w.keys[P_WARD], me["key"], np.uint64(case))
    return constant(u >= share[0]) + constant(u >= share[1])


@rule
def _place(w: World, k: int, own: int) -> int:
    """Ward whose bed is taken: one's own if it has one free, else the one with most free."""
    if w.ward_occupied[k, own] < w.ward_beds[k, own]:
        return own
    best = own
    for g in range(w.ward_beds.shape[1]):
        if w.ward_beds[k, g] - w.ward_occupied[k, g] > w.ward_beds[k, best] - w.ward_occupied[k, best]:
            best = constant(g)
    return best


@rule
def _count_admission(w: World, slot: int, tick: int, kind: int, case: int, cause: int) -> None:
    """Count an admission by what it was for."""
    me, bed = w.person[slot], integer(w.relation[slot]["bed"])
    w.admissions[me["cell"]] += 1
    if me["status"] & COMPLEX:
        w.complex_use[COMPLEX_ADMITTED] += 1
    if kind == PLANNED_STAY:
        w.cases[me["cell"], WAS_PLANNED] += 1
        return
    left = (bed & (WAS_IN_HOSPITAL - 1)) + FIRST_DAY
    w.cases[me["cell"], READMITTED] += bed >= WAS_IN_HOSPITAL and tick // DAY - left <= READMISSION_DAYS
    w.cases[me["cell"], AVOIDABLE] += cause < FALL and me["risk"] >= 6
    if cause == FALL:
        w.cases[me["cell"], AFTER_FALL] += 1
        u = draw(w.keys[P_WARD], me["key"], np.uint64(case))
        w.cases[me["cell"], HIP_FRACTURE] += u < w.hip[age_group_of(me["risk"])]


@rule
def _coordinated(w: World, slot: int, case: int) -> bool:
    """Whether the discharge is planned together, where the municipality must receive the patient."""
    share = offered(w, COORDINATION, slot)
    if share <= 0.0 or not wants_reception(w, slot, case):
        return False
    return draw(w.keys[P_DISCHARGE], w.person[slot]["key"], np.uint64(case + CASE_MASK + 1)) < share


@rule
def admit(w: World, k: int, slot: int, requested: int, tick: int, kind: int, case: int) -> None:
    """Give a person a bed and draw the length of stay."""
    me = w.person[slot]
    cause = cause_of(w, slot, case) if kind == ACUTE_STAY else OTHER
    own = ward_of(w, slot, case, kind, cause)
    ward = _place(w, k, own)
    w.ward_days[k, OUTLYING] += ward != own
    change_occupied(w, k, tick, BED_TAKEN)
    w.ward_occupied[k, ward] += 1
    _count_admission(w, slot, tick, kind, case, cause)
    me["status"] |= IN_HOSPITAL
    miss_carer(w, slot, tick, case)
    w.relation[slot]["bed"] = ward + 1
    u = draw(w.keys[P_STAY], me["key"], np.uint64(case))
    mean = w.stay[kind, me["risk"]] * (w.rules[0]["ordinary_stay"] if kind == ACUTE_STAY else 1.0)
    if followed(w, slot):
        mean *= 1.0 + w.rules[0]["team_stay"]
    seconds = integer(mean * quantile(w.stay_quantile, u) * DAY)
    if kind == ACUTE_STAY and _coordinated(w, slot, case):
        seconds -= integer(w.rules[0]["coordinated_seconds"])
    if kind == ACUTE_STAY:
        seconds += harm_of_boarding(w, slot, tick, tick - requested, case)
    heap.push(
        w.stay_end[k], w.stay_patient[k], w.hospital[k]["occupied"] - 1, tick + max(seconds, 3600),
        pack_case(tick, slot, case),
    )  # fmt: skip
    w.ledger[w.lines[UNIT_WARD] + k, SERVED] += 1
    note_with(w, tick, ADMITTED, slot, k, requested, pack_admission(case, cause, kind, own, ward))


@rule
def return_later(w: World, k: int, slot: int, tick: int, case: int, factor: float) -> None:
    """Draw whether the emergency returns within a month of going home."""
    u, share = draw(w.keys[P_READMISSION], w.person[slot]["key"], np.uint64(case)), w.rules[0]["readmission_share"]
    if u < share * factor:
        later = integer(min(u / share, 0.9999) * 29 * DAY)
        send_to_emergency(w, k, tick + DAY + later, slot, next_case(case))


@rule
def _readmission_factor(w: World, slot: int, case: int) -> float:
    """Factor on readmission: medication reviews of people aged 65 and over, coordinated discharge. Counts both."""
    rule, factor = w.rules[0], 1.0
    if w.person[slot]["risk"] >= AGED_65:
        reviewed = offered(w, REVIEW, slot)
        count_effort(w, slot, REVIEWS, reviewed)
        factor -= reviewed * rule["returns_spared"]
    if _coordinated(w, slot, case):
        count_effort(w, slot, PLANNED_DISCHARGES, 1.0)
        factor *= rule["coordinated_readmission"]
    return factor


@rule
def _leave_bed(w: World, k: int, index: int, tick: int) -> None:
    """Free the bed of heap entry `index` and, if the person lives, draw whether the emergency returns."""
    began, slot, case = unpack_case(w.stay_patient[k, index])
    me, bond = w.person[slot], w.relation[slot]
    heap.remove(w.stay_end[k], w.stay_patient[k], w.hospital[k]["occupied"], index)
    change_occupied(w, k, tick, BED_FREED)
    w.ward_occupied[k, integer(bond["bed"] & WARD_MASK) - 1] -= 1
    bond["bed"] = WAS_IN_HOSPITAL | (tick // DAY - FIRST_DAY)
    me["status"] &= 255 - IN_HOSPITAL
    note(w, tick, DISCHARGED, slot, k, began)
    if me["status"] & PRESENT:
        return_later(w, k, slot, tick, case, _readmission_factor(w, slot, case))


@rule
def _stay_on(w: World, k: int, until: int) -> None:
    """Let the first patient keep the bed until a second of the clock."""
    word = w.stay_patient[k, NEXT_IN_HEAP]
    heap.remove(w.stay_end[k], w.stay_patient[k], w.hospital[k]["occupied"], NEXT_IN_HEAP)
    heap.push(w.stay_end[k], w.stay_patient[k], w.hospital[k]["occupied"] - 1, until, word)


@rule
def end_stay(w: World, k: int, tick: int) -> None:
    """Let the first patient go, or wait until tomorrow if dying or if the municipality cannot receive.

    Who waits is asked for again as the day begins, before those who become ready that day.
    """
    began, slot, case = unpack_case(w.stay_patient[k, NEXT_IN_HEAP])
    tomorrow = (tick // DAY + 1) * DAY
    if w.background[slot]["dying"]:
        _stay_on(w, k, tomorrow)
        return
    if wants_reception(w, slot, case):
        bond, m = w.relation[slot], integer(w.background[slot]["municipality"])
        new = not bond["bed"] & BED_READY
        w.reception[m, RECEIVED] += new
        if not receive(w, m, slot, tick, case):
            bond["bed"] |= BED_READY
            w.ready_seconds[m] += tomorrow - tick
            note(w, tick, READY, slot, k, began)
            _stay_on(w, k, tomorrow)
            return
        w.reception[m, RECEIVED_ON_THE_DAY] += new
    _leave_bed(w, k, NEXT_IN_HEAP, tick)


@rule
def fill_beds(w: World, k: int, tick: int) -> None:
    """Admit those who board as long as beds are open and free."""
    house = w.hospital[k]
    mask = w.boarding.shape[1] - 1
    while house["boarding_head"] < house["boarding_tail"] and house["occupied"] < house["beds"]:
        word = w.boarding[k, house["boarding_head"] & mask]
        house["boarding_head"] += 1
        decided, slot, case = unpack_case(word)
        status = w.person[slot]["status"]
        if not status & PRESENT or status & IN_HOSPITAL:
            withdraw(w, w.lines[UNIT_WARD] + k, AWAY)
            note(w, tick, GAVE_UP, slot, w.lines[UNIT_WARD] + k, decided)
            continue
        w.boarded[k] += tick - decided
        admit(w, k, slot, decided, tick, ACUTE_STAY, case)


@rule
def ask_for_bed(w: World, k: int, slot: int, tick: int, case: int) -> None:
    """Queue for a bed; it is given at once when one is free and nobody boards. Too many cannot wait."""
    house = w.hospital[k]
    w.ledger[w.lines[UNIT_WARD] + k, REQUESTED] += 1
    waiting = house["boarding_tail"] - house["boarding_head"]
    if waiting >= min(house["boarders"], w.boarding.shape[1]):  # sent elsewhere
        w.sent_away[k] += 1
        withdraw(w, w.lines[UNIT_WARD] + k, LET_BE)
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_WARD] + k, tick)
        return
    w.boarding[k, house["boarding_tail"] & (w.boarding.shape[1] - 1)] = pack_case(tick, slot, case)
    house["boarding_tail"] += 1
    note(w, tick, BOARDING, slot, k, tick)
    fill_beds(w, k, tick)


@rule
def call_planned(w: World, k: int, tick: int) -> None:
    """Call in those who were in line for a planned admission when the day began.

    What cannot wait - births, direct admissions - comes first, on any day and as long as a bed is free. The others are
    called on open days, at most `service` of them, while beds beyond the reserve are free. Whoever waits longer than
    the line's patience is cared for elsewhere.
    """
    house = w.hospital[k]
    p = integer(house["line"])
    left, usual = (w.pool[p]["service"], house["usual"]) if w.opening[tick // DAY] else (0, 0)
    began = tick - tick % DAY - 1
    while True:
        let_go(w, p, tick)
        direct = _direct_waits(w, p, began)
        c = integer(FIRST_CLASS) if direct else whose_turn(w, p, began)
        kept = 0 if direct else house["reserve"]
        if c < 0 or (left <= 0 and not direct) or house["occupied"] + kept >= house["beds"]:
            break
        call_forward(w, p, c, began)
        requested, slot = first_of(w, p, c)
        w.ring[p, c]["head"] += 1
        w.ledger[p, SERVED] += 1
        w.ledger[w.lines[UNIT_WARD] + k, REQUESTED] += 1
        if not direct:
            _count_call(w, k, tick - requested)
            left -= 1
            usual -= 1
            w.extra_surgery[k] += usual < 0
        admit(w, k, slot, requested, tick, PLANNED_STAY, case_of(requested))


@kernel
def send_elsewhere(w: World, day: int) -> None:
    """Let those whose turn it is have the planned care that the region buys elsewhere this month, on its first day."""
    tick = day * DAY
    for k in range(w.hospital.size):
        p = integer(w.hospital[k]["line"])
        for _ in range(w.hospital[k]["bought"]):
            let_go(w, p, tick)
            c = _turn_of_who_can_wait(w, p, tick - 1)
            if c < 0:
                break
            call_forward(w, p, c, tick - 1)
            requested, slot = first_of(w, p, c)
            w.ring[p, c]["head"] += 1
            w.ledger[p, DIVERTED] += 1
            w.bought[k] += 1
            _count_call(w, k, tick - requested)
            note(w, tick, BOUGHT, slot, p, requested)


@rule
def _turn_of_who_can_wait(w: World, p: int, now: int) -> int:
    """Class whose first is next among those who can wait, or less than 0."""
    if not _direct_waits(w, p, now):
        return whose_turn(w, p, now)
    head = w.ring[p, FIRST_CLASS]["head"]
    w.ring[p, FIRST_CLASS]["head"] = w.ring[p, FIRST_CLASS]["tail"]
    c = whose_turn(w, p, now)
    w.ring[p, FIRST_CLASS]["head"] = head
    return c


@rule
def _direct_waits(w: World, p: int, began: int) -> bool:
    """Whether somebody who cannot wait has stood in a line since before a second of the clock."""
    ring = w.ring[p, FIRST_CLASS]
    return ring["head"] < ring["tail"] and first_of(w, p, FIRST_CLASS)[0] <= began


@rule
def _count_call(w: World, k: int, waited: int) -> None:
    """Count a planned admission that could wait by the seconds waited for it."""
    w.guarantee[k, PLANNED_STAYS, IN_TIME] += waited <= GUARANTEE_DAYS * DAY
    w.guarantee[k, PLANNED_STAYS, ALL_CALLED] += 1
    w.clinic_weeks[k, PLANNED_STAYS, min(waited // WEEK, WAIT_WEEKS - 1)] += 1


@rule
def leave_hospital(w: World, slot: int, tick: int) -> None:
    """End the stay of a person who dies or moves away."""
    for k in range(w.hospital.size):
        for j in range(w.hospital[k]["occupied"]):
            if unpack_case(w.stay_patient[k, j])[1] == slot:
                if w.relation[slot]["bed"] & BED_READY:  # does not wait until the midnight that was counted
                    w.ready_seconds[w.background[slot]["municipality"]] -= w.stay_end[k, j] - tick
                _leave_bed(w, k, integer(j), tick)
                return
