"""Who cares for a partner at home, and what happens to the other when the carer is taken to hospital."""

from __future__ import annotations

import numpy as np

from simulator.care.municipal import give_short_term
from simulator.care.places import has_place
from simulator.care.referrals import hospital_for, send_to_emergency
from simulator.core.dates import DAY
from simulator.core.kernels import integer, rule
from simulator.core.log import CARER_ADMITTED, note_with
from simulator.core.randomness import Purpose, draw
from simulator.core.record import CARER_AWAY, NO_PLACE_FOUND, PLACE_FOUND
from simulator.core.state import HOME_NURSING, IN_HOSPITAL
from simulator.core.words import case_of
from simulator.core.world import World
from simulator.people.households import lives_with, needs_much

P_CARER = int(Purpose.CARER)


@rule
def miss_carer(w: World, slot: int, tick: int, case: int) -> None:
    """Look after the partner of somebody who is taken to hospital, if that one needs much care at home.

    Of those partners some cannot be without the carer: they take a short-term place, and where none is free they are
    an emergency a day later.
    """
    share = w.rules[0]["carer_missed"]
    if w.background[slot]["partner"] == 0 or share <= 0.0:
        return
    other = integer(lives_with(w.person, w.background, slot))
    if other < 0:
        return
    status = w.person[other]["status"]
    if not status & HOME_NURSING or status & IN_HOSPITAL or not needs_much(w.person, w.background, other):
        return
    if draw(w.keys[P_CARER], w.person[other]["key"], np.uint64(case)) >= share:
        return
    m = integer(w.background[other]["municipality"])
    w.carer_away[m, CARER_AWAY] += 1
    held = has_place(w.short_place[m], w.municipality[m]["short_taken"], other)
    found = held or give_short_term(w, m, other, tick, case)
    note_with(w, tick, CARER_ADMITTED, other, m, tick, integer(found))
    if found:
        w.carer_away[m, PLACE_FOUND] += 1
    else:
        w.carer_away[m, NO_PLACE_FOUND] += 1
        later = tick + DAY
        send_to_emergency(w, hospital_for(w, other, later), later, other, case_of(later))
