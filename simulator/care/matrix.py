"""The structure matrix: what each need and each contact is, level of care by mode of meeting."""

from __future__ import annotations

import numpy as np

from simulator.core.kernels import rule
from simulator.core.randomness import Purpose, draw
from simulator.core.record import DIGITAL_CELL, HOME_CELL, LOCAL_CELL, PROMOTION_CELL, SPECIALIST_CELL, VISIT_CELL
from simulator.core.state import CHRONIC, COMPLEX, DIGITAL_DESK, HOME_VISITS, NURSE_DESK, REFERRAL
from simulator.core.world import World

P_CELL = int(Purpose.SELF_CARE)


@rule
def count_need(w: World, slot: int, cell: int) -> None:
    """Count a need by the cell that it is routed to."""
    w.demand[w.person[slot]["cell"], cell] += 1


@rule
def count_contact(w: World, slot: int, cell: int) -> None:
    """Count a contact by its cell, those of people with complex needs apart too."""
    me = w.person[slot]
    w.contacts[me["cell"], cell] += 1
    if me["status"] & COMPLEX:
        w.complex_use[cell] += 1


@rule
def count_gave_up(w: World, slot: int, cell: int) -> None:
    """Count somebody present who gave up or was turned away, by the cell of what was asked for."""
    w.gave_up[w.person[slot]["cell"], cell] += 1


@rule
def desk_cell(w: World, kind: int, slot: int, tick: int) -> int:
    """Cell of the structure matrix that a contact asked for at a second at a desk belongs to."""
    me = w.person[slot]
    if kind == NURSE_DESK:
        rule = w.rules[0]
        child = me["risk"] < 6
        share = rule["promotion_share_children"] if child else rule["promotion_share_adults"]
        u = draw(w.keys[P_CELL], me["key"], np.uint64(tick))
        return PROMOTION_CELL if u < share else VISIT_CELL
    if kind == DIGITAL_DESK:
        return DIGITAL_CELL
    if kind == HOME_VISITS:
        return HOME_CELL
    if kind != REFERRAL and me["status"] & CHRONIC:
        u = draw(w.keys[P_CELL], me["key"], np.uint64(tick))
        return LOCAL_CELL if u < w.rules[0]["local_care_share"] else SPECIALIST_CELL
    return SPECIALIST_CELL
