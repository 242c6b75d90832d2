"""Psychiatry and addiction care: visits to its clinics, its emergency reception, its beds.

Its needs are drawn for the year (`simulator.people.psychiatric_need`) and stand beside all other care: nothing here
changes what happens at health centres, emergency departments and wards. All admissions go by way of psychiatry's own
emergency reception. Who finds no bed waits, first come first served, and is cared for at home by the clinic when the
wait is too long. A stay is whole days; who dies, moves away or lies in another hospital leaves the bed.
"""

from __future__ import annotations

import numpy as np

from simulator.care.mental_line import join_mental_line, work_mental_line
from simulator.care.places import has_place, places_kept, take_place
from simulator.care.waiting_line import LOOK_AHEAD
from simulator.core.dates import CLOSES, DAY
from simulator.core.kernels import integer, kernel, prefetch, rule
from simulator.core.randomness import Purpose, draw, quantile
from simulator.core.record import (
    MENTAL_ASKED,
    MENTAL_LEFT,
    PSYCHIATRIC_ADMITTED,
    PSYCHIATRIC_AT_HOME,
    PSYCHIATRIC_BED_DAYS,
    PSYCHIATRIC_BED_WAIT,
    PSYCHIATRIC_ED,
    PSYCHIATRIC_OPEN_DAYS,
)
from simulator.core.state import IN_HOSPITAL, PRESENT
from simulator.core.words import SLOT_MASK, pack, unpack
from simulator.core.world import World
from simulator.people.psychiatric_need import PSYCHIATRIC_EMERGENCY, day_and_kind

P_PSYCHIATRIC_STAY = int(Purpose.PSYCHIATRIC_STAY)


@kernel
def work_mental(w: World, day: int) -> None:
    """A day of mental health care, after the desks have closed: needs, beds, then the lines on open days."""
    _let_arise(w, day)
    for k in range(w.psychiatry.size):
        _work_beds(w, k, day)
    if w.opening[day]:
        for unit in range(w.mental_line.size):
            work_mental_line(w, unit, day)


@rule
def _let_arise(w: World, day: int) -> None:
    """Let the day's needs arise, of those who are here and in no other hospital's bed."""
    n = w.psychiatry_next[0]
    while n < w.psychiatry_need.size:
        when, slot = unpack(w.psychiatry_need[n])
        due, kind = day_and_kind(when)
        if due > day:
            break
        n += 1
        prefetch(w.person, w.psychiatry_need[min(n + LOOK_AHEAD, w.psychiatry_need.size - 1)] & SLOT_MASK)
        me = w.person[slot]
        if due < day or not me["status"] & PRESENT or me["status"] & IN_HOSPITAL:
            continue
        unit = w.centre.size + integer(me["hospital"])
        if kind == PSYCHIATRIC_EMERGENCY:
            _emergency(w, integer(w.psychiatry[integer(me["hospital"])]["cares"]), slot, day)
        elif not join_mental_line(w, unit, slot, day * DAY + CLOSES):
            w.mental[unit, MENTAL_ASKED] += 1
            w.mental[unit, MENTAL_LEFT] += 1
    w.psychiatry_next[0] = n


@rule
def _emergency(w: World, k: int, slot: int, day: int) -> None:
    """A visit to psychiatry's emergency reception, of nobody who has a bed there; some are to be admitted."""
    if has_place(w.psychiatry_place[k], w.psychiatry[k]["taken"], slot):
        return
    w.psychiatry_care[k, PSYCHIATRIC_ED] += 1
    if draw(w.keys[P_PSYCHIATRIC_STAY], w.person[slot]["key"], np.uint64(2 * day)) >= w.rules[0]["psychiatry_admitted"]:
        return
    clinic, size = w.psychiatry[k], w.psychiatry_waiting.shape[1]
    if clinic["tail"] - clinic["head"] >= size:
        w.psychiatry_care[k, PSYCHIATRIC_AT_HOME] += 1
        return
    w.psychiatry_waiting[k, clinic["tail"] & (size - 1)] = pack(day, slot)
    clinic["tail"] += 1


@rule
def _work_beds(w: World, k: int, day: int) -> None:
    """Let those leave whose days are over, and give free beds to those who have waited longest."""
    clinic, size = w.psychiatry[k], w.psychiatry_waiting.shape[1]
    clinic["taken"] = places_kept(w, w.psychiatry_place[k], clinic["taken"], day)
    while clinic["head"] < clinic["tail"]:
        asked, slot = unpack(w.psychiatry_waiting[k, clinic["head"] & (size - 1)])
        status = w.person[slot]["status"]
        if status & PRESENT and not status & IN_HOSPITAL:
            if day - asked > w.rules[0]["psychiatry_bed_patience"]:
                w.psychiatry_care[k, PSYCHIATRIC_AT_HOME] += 1
            elif clinic["taken"] >= clinic["beds"]:
                break
            else:
                u = draw(w.keys[P_PSYCHIATRIC_STAY], w.person[slot]["key"], np.uint64(2 * asked + 1))
                days = max(integer(quantile(w.stay_quantile, u) * w.rules[0]["psychiatry_stay"] + 0.5), 1)
                take_place(w.psychiatry_place[k], integer(clinic["taken"]), day + days, slot)
                clinic["taken"] += 1
                w.psychiatry_care[k, PSYCHIATRIC_ADMITTED] += 1
                w.psychiatry_care[k, PSYCHIATRIC_BED_WAIT] += day - asked
        clinic["head"] += 1
    w.psychiatry_care[k, PSYCHIATRIC_BED_DAYS] += clinic["taken"]
    w.psychiatry_care[k, PSYCHIATRIC_OPEN_DAYS] += clinic["beds"]
