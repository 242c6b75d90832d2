"""The emergency department: arrival, triage, treatment, and what comes of it.

A queue with as many servers as treatment places; the most urgent are taken first, and among equals
whoever came first. Who is to be admitted when no bed is free boards until one is; some are cared for in
their own home instead, where a strategy has made places for it.
"""

from __future__ import annotations

import numpy as np

from simulator.care.accounts import withdraw
from simulator.care.causes import ACUITY_COUNT, STANDARD, URGENT, acuity_of, cause_of, spared_share
from simulator.care.end_of_life import has_palliative_care
from simulator.care.matrix import count_contact, count_gave_up, count_need
from simulator.care.places import take_place
from simulator.care.unmet import leave_unmet
from simulator.care.ward import ACUTE_STAY, MEDICINE, NEXT_IN_HEAP, P_STAY, ask_for_bed, return_later, ward_of
from simulator.core import heap
from simulator.core.dates import A_YEAR, DAY, QUARTER_HOUR
from simulator.core.kernels import constant, integer, rule
from simulator.core.log import (
    ED_ARRIVAL,
    GAVE_UP,
    HOME_CARE,
    TREATMENT_END,
    TREATMENT_START,
    is_logged,
    note,
    note_with,
    pack_arrival,
    pack_home_care,
)
from simulator.core.randomness import Purpose, draw, quantile
from simulator.core.record import (
    AWAY,
    COMPLEX_ED,
    DELIVERED,
    ED_VISITS_OF_LAST_YEAR,
    HOME_CASES,
    HOME_DAYS,
    HOSPITAL_HOME_CELL,
    SECONDS_WAITED,
    SERVED,
    SPECIALIST_CELL,
    STAY_QUARTERS,
    VISITS,
)
from simulator.core.state import COMPLEX, HEAD, IN_HOSPITAL, PRESENT, TAIL
from simulator.core.units import UNIT_ED
from simulator.core.words import age_group_of, risks_from, unpack_case
from simulator.core.world import World

LONGEST_HOME_CARE = constant(30)
"""Days; what follows must still fit in the ring of expected arrivals."""
P_TREATMENT, P_ADMISSION, P_HOME_CARE, P_AMBULANCE = (
    int(p) for p in (Purpose.TREATMENT_TIME, Purpose.ADMISSION, Purpose.HOME_CARE, Purpose.AMBULANCE)
)
AGED_80 = risks_from(6)
"""First risk (age group x RUB) of people aged 80 and over."""


@rule
def _most_urgent(w: World, k: int) -> int:
    """Acuity of who is next in the waiting room, or -1 when it is empty."""
    for a in range(ACUITY_COUNT):
        if w.ed_line[k, a, HEAD] < w.ed_line[k, a, TAIL]:
            return constant(a)
    return constant(-1)


@rule
def _count_visit(w: World, k: int, slot: int, tick: int, arrived: int, acuity: int, seconds: int) -> None:
    """Count a visit when treatment starts."""
    me = w.person[slot]
    count_contact(w, slot, SPECIALIST_CELL)
    w.ed_visits[me["cell"]] += 1
    w.relation[slot]["used"] += integer(w.rules[0]["use_of_ed_visit"])
    if me["status"] & COMPLEX:
        w.complex_use[COMPLEX_ED] += 1
    w.last_days[me["cell"], ED_VISITS_OF_LAST_YEAR] += w.dies_on[slot] - tick // DAY <= A_YEAR
    w.acuity_wait[k, acuity, VISITS] += 1
    w.acuity_wait[k, acuity, SECONDS_WAITED] += tick - arrived
    w.ledger[w.lines[UNIT_ED] + k, SERVED] += 1
    w.desk[w.lines[UNIT_ED] + k, DELIVERED] += seconds
    w.ed_stay[k, min((tick + seconds - arrived) // QUARTER_HOUR, STAY_QUARTERS - 1)] += 1


@rule
def _count_ambulance(w: World, slot: int, case: int, acuity: int) -> None:
    """Count a visit that came by ambulance; it changes nothing that happens."""
    me, rule = w.person[slot], w.rules[0]
    share = rule["ambulance_low"]
    if acuity == URGENT:
        share = rule["ambulance_urgent"]
    elif acuity == STANDARD:
        share = rule["ambulance_standard"]
    if me["risk"] >= AGED_80:
        share *= rule["ambulance_aged"]
    w.ambulance[me["cell"]] += draw(w.keys[P_AMBULANCE], me["key"], np.uint64(case)) < share


@rule
def start_treatment(w: World, k: int, tick: int) -> None:
    """Take people from the waiting room as long as treatment places are free."""
    house = w.hospital[k]
    mask = w.ed_queue.shape[2] - 1
    acuity = _most_urgent(w, k)
    while acuity >= 0 and house["busy"] < house["places"]:
        word = w.ed_queue[k, acuity, w.ed_line[k, acuity, HEAD] & mask]
        w.ed_line[k, acuity, HEAD] += 1
        arrived, slot, case = unpack_case(word)
        me = w.person[slot]
        if not me["status"] & PRESENT or me["status"] & IN_HOSPITAL:
            withdraw(w, w.lines[UNIT_ED] + k, AWAY)
            note(w, tick, GAVE_UP, slot, w.lines[UNIT_ED] + k, arrived)
        else:
            u = draw(w.keys[P_TREATMENT], me["key"], np.uint64(case))
            seconds = integer(w.treatment[k, age_group_of(me["risk"])] * quantile(w.treatment_quantile, u))
            _count_visit(w, k, slot, tick, arrived, acuity, seconds)
            _count_ambulance(w, slot, case, acuity)
            heap.push(w.ed_end[k], w.ed_patient[k], house["busy"], tick + seconds, word)
            house["busy"] += 1
            note(w, tick, TREATMENT_START, slot, k, arrived)
        acuity = _most_urgent(w, k)


@rule
def _fits_home(w: World, k: int, slot: int, case: int, acuity: int, cause: int) -> bool:
    """Whether somebody to be admitted can be cared for at home instead: a place, not urgent, adult, medicine."""
    house, me = w.hospital[k], w.person[slot]
    if house["home_taken"] >= min(house["home_beds"], w.home_place.shape[1]) or acuity == URGENT or me["risk"] < 6:
        return False
    if ward_of(w, slot, case, ACUTE_STAY, cause) != MEDICINE:
        return False
    share: float = w.rules[0]["home_care_share"]
    return draw(w.keys[P_HOME_CARE], me["key"], np.uint64(case)) < share


@rule
def visit_at_home(w: World, slot: int) -> None:
    """One day of hospital care in one's own home: one contact."""
    w.home_care[w.background[slot]["municipality"], HOME_DAYS] += 1
    count_need(w, slot, HOSPITAL_HOME_CELL)
    count_contact(w, slot, HOSPITAL_HOME_CELL)


@rule
def _care_at_home(w: World, k: int, slot: int, tick: int, case: int) -> None:
    """Begin hospital care in one's own home; the days that follow are counted as each of them begins."""
    me, house = w.person[slot], w.hospital[k]
    u = draw(w.keys[P_STAY], me["key"], np.uint64(case))
    days = 1 + integer(w.stay[ACUTE_STAY, me["risk"]] * quantile(w.stay_quantile, u))
    days = min(days, integer(LONGEST_HOME_CARE))
    take_place(w.home_place[k], house["home_taken"], tick // DAY + days, slot)
    house["home_taken"] += 1
    w.home_care[w.background[slot]["municipality"], HOME_CASES] += 1
    w.background[slot]["cared_at_home"] = 1
    visit_at_home(w, slot)
    note_with(w, tick, HOME_CARE, slot, k, tick, pack_home_care(case, integer(days)))
    return_later(w, k, slot, tick + days * DAY, case, 1.0)


@rule
def end_treatment(w: World, k: int, tick: int) -> None:
    """Decide on admission, then take the next person."""
    house = w.hospital[k]
    arrived, slot, case = unpack_case(w.ed_patient[k, NEXT_IN_HEAP])
    heap.remove(w.ed_end[k], w.ed_patient[k], house["busy"], NEXT_IN_HEAP)
    house["busy"] -= 1
    me = w.person[slot]
    note(w, tick, TREATMENT_END, slot, k, arrived)
    if me["status"] & PRESENT and not me["status"] & IN_HOSPITAL:
        acuity, cause = acuity_of(w, slot, case), cause_of(w, slot, case)
        dying = w.background[slot]["dying"] != 0
        chance = w.admission[acuity, me["risk"], me["dose"]] * spared_share(w, slot, cause)
        if has_palliative_care(w, slot):
            chance *= w.rules[0]["palliative_admission"]
        if dying or draw(w.keys[P_ADMISSION], me["key"], np.uint64(case)) < chance:
            if not dying and _fits_home(w, k, slot, case, acuity, cause):
                _care_at_home(w, k, slot, tick, case)
            else:
                ask_for_bed(w, k, slot, tick, case)
    start_treatment(w, k, tick)


@rule
def arrive(w: World, k: int, word: int) -> None:
    """Be triaged and enter the waiting room."""
    tick, slot, case = unpack_case(word)
    acuity = acuity_of(w, slot, case)
    if is_logged(w, slot):
        note_with(w, tick, ED_ARRIVAL, slot, k, tick, pack_arrival(case, cause_of(w, slot, case), acuity))
    tail = w.ed_line[k, acuity, TAIL]
    if tail - w.ed_line[k, acuity, HEAD] >= w.ed_queue.shape[2]:  # nobody can come in any more
        leave_unmet(w, w.lines[UNIT_ED] + k, slot, tick, tick, 0.0, w.rules[0]["unmet_back"])
        count_gave_up(w, slot, SPECIALIST_CELL)
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_ED] + k, tick)
        return
    w.ed_queue[k, acuity, tail & (w.ed_queue.shape[2] - 1)] = word
    w.ed_line[k, acuity, TAIL] = tail + 1
    start_treatment(w, k, tick)
