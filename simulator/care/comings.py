"""Who comes and goes on a day: deaths, departures, births and arrivals take place, and what they leave behind."""

from __future__ import annotations

from simulator.care.municipal import grant_housing, move_in
from simulator.care.ward import leave_hospital
from simulator.core.dates import DAY
from simulator.core.kernels import integer, kernel, rule
from simulator.core.log import DIED, MOVED_AWAY, note
from simulator.core.record import ARRIVALS, BIRTHS, DEPARTURES
from simulator.core.state import IN_HOSPITAL, PRESENT, ROW_DAY, ROW_EVENT, ROW_MOTHER, ROW_PERSON, SPECIAL_HOUSING
from simulator.core.world import World
from simulator.people.demography import DIES, GRANTED, IS_BORN, LEAVES


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
        w.deaths[me["cell"]] += 1
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
        else:
            _enter(w, slot, mother, event)
    move_in(w, day * DAY)
