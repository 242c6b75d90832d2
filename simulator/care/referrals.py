"""Ways to the hospital: to which one, how soon, and the arrivals expected at its emergency department."""

from __future__ import annotations

import numpy as np

from simulator.care.accounts import withdraw
from simulator.care.matrix import count_gave_up, count_need
from simulator.core.dates import DAY
from simulator.core.kernels import constant, integer, rule
from simulator.core.log import GAVE_UP, note
from simulator.core.randomness import Purpose, draw, part, word_of
from simulator.core.record import ASKED_FIRST, LET_BE, REQUESTED, SPARED, SPECIALIST_CELL
from simulator.core.state import RING_DAYS, SPECIALTIES
from simulator.core.units import LINE_REFERRAL, UNIT_ED
from simulator.core.words import age_group_of, pack_case
from simulator.core.world import World

P_COUNTY, P_SPECIALTY, P_PRIORITY = int(Purpose.COUNTY_HOSPITAL), int(Purpose.SPECIALTY), int(Purpose.PRIORITY)
P_CONSULTATION = int(Purpose.CONSULTATION)
QUESTION, ANSWER = range(2)
"""Parts of a referral's random word: whether the clinic is asked first, whether no visit is needed then."""
TO_CLINIC, TO_WARD = constant(0), constant(1)
"""Rows of `World.priority`: what a person waits for."""


@rule
def hospital_for(w: World, slot: int, tick: int) -> int:
    """The catchment's hospital, or the county hospital (index 0) for what the county concentrates there."""
    me = w.person[slot]
    own = integer(me["hospital"])
    passes_on = w.hospital[own]["passes_on"]
    if passes_on > 0.0 and draw(w.keys[P_COUNTY], me["key"], np.uint64(tick)) < passes_on:
        return integer(0)
    return own


@rule
def clinic_for(w: World, slot: int, occurrence: int) -> int:
    """Line of the clinic that a person is referred to: a specialty, by age, of the hospital."""
    me = w.person[slot]
    share = w.clinic[age_group_of(me["risk"])]
    u = draw(w.keys[P_SPECIALTY], me["key"], np.uint64(occurrence))
    specialty = integer(u >= share[0]) + integer(u >= share[1])
    line: int = w.lines[LINE_REFERRAL] + SPECIALTIES * hospital_for(w, slot, occurrence) + specialty
    return line


@rule
def spared_by_consultation(w: World, h: int, slot: int, requested: int) -> bool:
    """Whether a referral from centre `h` is not needed because the GP asks a physician of the clinic first."""
    share = w.centre[h]["consultation"]
    if share <= 0.0:
        return False
    word = word_of(w.keys[P_CONSULTATION], w.person[slot]["key"], np.uint64(requested))
    if part(word, QUESTION) >= share:
        return False
    spared = part(word, ANSWER) < w.rules[0]["consultation_spares"]
    w.consulted[h, ASKED_FIRST] += 1
    w.consulted[h, SPARED] += spared
    return bool(spared)


@rule
def class_of(w: World, kind: int, slot: int, occurrence: int) -> int:
    """Class of priority that somebody is given who is referred to a clinic or is to be admitted, by age."""
    me = w.person[slot]
    share = w.priority[kind, age_group_of(me["risk"])]
    u = draw(w.keys[P_PRIORITY], me["key"], np.uint64(occurrence))
    return constant(u >= share[0]) + constant(u >= share[1])


@rule
def send_to_emergency(w: World, hospital: int, tick: int, slot: int, case: int) -> None:
    """Expect a case at an emergency department at a second of the clock."""
    ring = (tick // DAY) % RING_DAYS
    n = w.ed_due_count[hospital, ring]
    w.ledger[w.lines[UNIT_ED] + hospital, REQUESTED] += 1
    count_need(w, slot, SPECIALIST_CELL)
    if n >= w.ed_due.shape[2]:  # far more in a day than any population brings: sent elsewhere
        withdraw(w, w.lines[UNIT_ED] + hospital, LET_BE)
        count_gave_up(w, slot, SPECIALIST_CELL)
        note(w, tick, GAVE_UP, slot, w.lines[UNIT_ED] + hospital, tick)
        return
    w.ed_due[hospital, ring, n] = pack_case(tick, slot, case)
    w.ed_due_count[hospital, ring] = n + 1
