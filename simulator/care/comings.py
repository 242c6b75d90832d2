"""Who comes and goes on a day: deaths, departures, births and arrivals take place, and what they leave behind."""

from __future__ import annotations

import numpy as np

from simulator.care.end_of_life import ask_for_palliative_care, count_wish, left_of_hospital
from simulator.care.municipal import grant_housing, move_in
from simulator.care.referrals import hospital_for, send_to_emergency
from simulator.care.ward import leave_hospital
from simulator.core.dates import A_YEAR, DAY, FIRST_DAY
from simulator.core.kernels import integer, kernel, rule
from simulator.core.log import DIED, LAST_ILLNESS, MOVED_AWAY, PARTNER_DIED, note
from simulator.core.randomness import LASTING, Purpose, draw
from simulator.core.record import (
    ADMITTED_LAST_YEAR,
    ARRIVALS,
    BIRTHS,
    DEPARTURES,
    IN_HOSPITAL_BED,
    IN_HOUSING,
    IN_OWN_HOME,
    WITH_NURSING,
)
from simulator.core.state import (
    HOME_NURSING,
    IN_HOSPITAL,
    PRESENT,
    RING_DAYS,
    ROW_DAY,
    ROW_EVENT,
    ROW_MOTHER,
    ROW_PERSON,
    SPECIAL_HOUSING,
    WAS_IN_HOSPITAL,
)
from simulator.core.words import case_of
from simulator.core.world import World
from simulator.people.demography import ASKS_FOR_PALLIATIVE, DIES, FALLS_ILL_LAST, GRANTED, IS_BORN, LEAVES

P_LAST = int(Purpose.LAST_ILLNESS)


@rule
def _count_death(w: World, slot: int, day: int) -> None:
    """Count where somebody dies, whether it was as wished, and whether that person was in hospital in the last year."""
    me, bed = w.person[slot], integer(w.relation[slot]["bed"])
    # Who was taken to hospital to die and has no bed yet dies in the emergency department.
    inside = me["status"] & IN_HOSPITAL or w.background[slot]["dying"]
    place = integer(IN_OWN_HOME)
    if inside:
        place = integer(IN_HOSPITAL_BED)
    elif me["status"] & SPECIAL_HOUSING:
        place = integer(IN_HOUSING)
    elif me["status"] & HOME_NURSING:
        place = integer(WITH_NURSING)
    w.last_days[me["cell"], place] += 1
    left = (bed & (WAS_IN_HOSPITAL - 1)) + FIRST_DAY
    w.last_days[me["cell"], ADMITTED_LAST_YEAR] += inside != 0 or (bed >= WAS_IN_HOSPITAL and day - left <= A_YEAR)
    count_wish(w, slot, day, inside == 0)


@rule
def _fall_ill_last(w: World, slot: int, day: int) -> None:
    """Begin a last illness: some are taken to hospital and stay there until they die, by where they are cared for."""
    me, rule = w.person[slot], w.rules[0]
    share = rule["last_illness_home"]
    if me["status"] & SPECIAL_HOUSING:
        share = rule["last_illness_housing"]
    elif me["status"] & HOME_NURSING:
        share = rule["last_illness_nursing"]
    if not me["status"] & PRESENT or draw(w.keys[P_LAST], me["key"], LASTING) >= share * left_of_hospital(w, slot):
        return
    w.background[slot]["dying"] = 1
    tick = day * DAY + integer(draw(w.keys[P_LAST], me["key"], np.uint64(1)) * DAY)
    note(w, tick, LAST_ILLNESS, slot, integer(me["centre"]), tick)
    if not me["status"] & IN_HOSPITAL:
        send_to_emergency(w, hospital_for(w, slot, tick), tick, slot, case_of(tick))


@rule
def _lose_partner(w: World, slot: int, tick: int) -> None:
    """Be left behind by a partner who dies."""
    w.background[slot]["lost"] = 1
    if w.person[slot]["status"] & PRESENT:
        note(w, tick, PARTNER_DIED, slot, integer(w.background[slot]["municipality"]), tick)


@rule
def _depart(w: World, slot: int, day: int, event: int) -> None:
    """Die or move away."""
    me = w.person[slot]
    if not me["status"] & PRESENT:
        return
    m = w.background[slot]["municipality"]
    me["status"] &= 255 - PRESENT
    note(w, day * DAY, DIED if event == DIES else MOVED_AWAY, slot, integer(m), day * DAY)
    if event == DIES:
        back = w.background[slot]
        if back["partner"] != 0:
            _lose_partner(w, integer(back["partner"]) - 1, day * DAY)
        w.deaths[me["cell"]] += 1
        _count_death(w, slot, day)
        w.deaths_education[back["education"], back["sex"], max(back["age"], 0)] += 1
    else:
        w.flows[m, DEPARTURES] += 1
    if me["status"] & SPECIAL_HOUSING:
        w.municipality[m]["residents"] -= 1
    if me["status"] & IN_HOSPITAL:
        leave_hospital(w, slot, day * DAY)


@rule
def _enter(w: World, slot: int, mother: int, event: int) -> None:
    """Be born, if the mother is here, or move in."""
    if mother >= 0 and not w.person[mother]["status"] & PRESENT:
        return
    me, m = w.person[slot], w.background[slot]["municipality"]
    me["status"] |= PRESENT
    w.flows[m, BIRTHS if event == IS_BORN else ARRIVALS] += 1
    if me["status"] & SPECIAL_HOUSING:
        w.municipality[m]["residents"] += 1


@kernel
def live_day(w: World, day: int) -> None:
    """Carry out the day's deaths, departures, arrivals, births and moves to special housing, at midnight."""
    while w.coming_next[0] < w.coming.shape[0] and w.coming[w.coming_next[0], ROW_DAY] <= day:
        i = w.coming_next[0]
        w.coming_next[0] += 1
        event, slot, mother = w.coming[i, ROW_EVENT], w.coming[i, ROW_PERSON], w.coming[i, ROW_MOTHER]
        if event == GRANTED:
            grant_housing(w, slot, day * DAY)
        elif event == DIES or event == LEAVES:
            _depart(w, slot, day, event)
        elif event == FALLS_ILL_LAST:
            _fall_ill_last(w, slot, day)
        elif event == ASKS_FOR_PALLIATIVE:
            ask_for_palliative_care(w, slot, day * DAY)
        else:
            _enter(w, slot, mother, event)
    for i in range(w.dying_due_count[day % RING_DAYS]):
        _depart(w, w.dying_due[day % RING_DAYS, i], day, DIES)
    w.dying_due_count[day % RING_DAYS] = 0
    move_in(w, day * DAY)
