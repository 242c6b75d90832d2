"""Lines of mental health care: the first line of each health centre, and psychiatry's clinic of each hospital.

Who waits longest is met first, as many a day as the staff has time for (`simulator.staff.mental_health`). First lines
come first among the lines, then the clinics (`Units.in_first_line`, `Units.in_psychiatry`). Where a strategy has a
first line, a share of the needs of a GP that are about mental health are met there instead; today there is none.
"""

from __future__ import annotations

import numpy as np

from simulator.care.appointments import P_COURSE, PLANNED, WITHIN_3_DAYS, book_gp, gp_priority
from simulator.care.matrix import count_contact, count_need
from simulator.care.waiting_line import LOOK_AHEAD
from simulator.core.dates import CLOSES, DAY
from simulator.core.kernels import constant, integer, prefetch, rule
from simulator.core.randomness import Purpose, draw, word_of
from simulator.core.record import (
    ALL_ASSESSED,
    ASSESSED_SOON,
    MENTAL_ASKED,
    MENTAL_DAYS,
    MENTAL_GONE,
    MENTAL_LEFT,
    MENTAL_MET,
    MENTAL_WITHIN_30,
    VISIT_CELL,
)
from simulator.core.state import IN_HOSPITAL, PRESENT
from simulator.core.words import SLOT_MASK, pack, unpack
from simulator.core.world import World

P_FIRST_LINE = int(Purpose.FIRST_LINE)
SOON_DAYS, WITHIN_DAYS = 3, 30
GP_TOO = constant(1 << 40)
"""Added to the second of a need: the draw whether who was met first wants a GP as well."""


@rule
def wants_first_line(w: World, h: int, slot: int, tick: int) -> bool:
    """Whether a need of a GP is about mental health and is met first by a psychologist or counsellor of the centre."""
    share = w.centre[h]["first_line"]
    if share <= 0.0:
        return False
    depressed = integer(w.background[slot]["conditions"]) & integer(w.rules[0]["depression"])
    chance = w.mental_chance[1 if depressed else 0] * share
    wants: bool = draw(w.keys[P_FIRST_LINE], w.person[slot]["key"], np.uint64(tick)) < chance
    return wants


@rule
def join_mental_line(w: World, unit: int, slot: int, tick: int) -> bool:
    """Put a person last in a line; return whether there was room."""
    line, size = w.mental_line[unit], w.mental_waiting.shape[1]
    if line["tail"] - line["head"] >= size:
        return False
    w.mental[unit, MENTAL_ASKED] += 1
    w.mental_waiting[unit, line["tail"] & (size - 1)] = pack(tick, slot)
    line["tail"] += 1
    return True


@rule
def work_mental_line(w: World, unit: int, day: int) -> None:
    """One open day of a line: whoever waits longest is met while there is time; who waited too long leaves."""
    line, of_first_line = w.mental_line[unit], unit < w.centre.size
    patience = w.rules[0]["first_line_patience"] if of_first_line else w.rules[0]["psychiatry_patience"]
    last = w.mental_waiting.shape[1] - 1
    line["left"] += line["per_day"]
    while line["head"] < line["tail"]:
        tick, slot = unpack(w.mental_waiting[unit, line["head"] & last])
        prefetch(w.person, w.mental_waiting[unit, (line["head"] + LOOK_AHEAD) & last] & SLOT_MASK)
        status, waited = w.person[slot]["status"], day - tick // DAY
        if not status & PRESENT or status & IN_HOSPITAL:
            w.mental[unit, MENTAL_GONE] += 1
        elif waited > patience:
            w.mental[unit, MENTAL_LEFT] += 1
            if of_first_line:
                _see_gp(w, slot, day, WITHIN_3_DAYS)
        elif line["left"] < 1.0:
            break
        else:
            line["left"] -= 1.0
            w.mental[unit, MENTAL_MET] += 1
            w.mental[unit, MENTAL_DAYS] += waited
            w.mental[unit, MENTAL_WITHIN_30] += waited <= WITHIN_DAYS
            if of_first_line:
                _meet_in_first_line(w, unit, slot, tick, day, waited)
            else:
                w.psychiatric_visits[w.person[slot]["cell"]] += 1
        line["head"] += 1
    line["left"] -= np.floor(line["left"])


@rule
def _meet_in_first_line(w: World, h: int, slot: int, tick: int, day: int, waited: int) -> None:
    """A conversation in the first line, after which some want a GP as well."""
    key = w.person[slot]["key"]
    count_need(w, slot, VISIT_CELL)
    count_contact(w, slot, VISIT_CELL)
    if gp_priority(w, word_of(w.keys[P_COURSE], key, np.uint64(tick))) != PLANNED:
        w.assessed[h, ALL_ASSESSED] += 1
        w.assessed[h, ASSESSED_SOON] += waited <= SOON_DAYS
    if draw(w.keys[P_FIRST_LINE], key, np.uint64(tick + GP_TOO)) < w.rules[0]["first_line_to_gp"]:
        _see_gp(w, slot, day, PLANNED)


@rule
def _see_gp(w: World, slot: int, day: int, priority: int) -> None:
    """Ask for a GP at closing time."""
    me, tick = w.person[slot], day * DAY + CLOSES
    course = word_of(w.keys[P_COURSE], me["key"], np.uint64(tick))
    book_gp(w, integer(me["centre"]), slot, tick, priority, course, tick)
