"""What lies behind an emergency: its cause, how urgent it is, and what could have spared it.

Everything here hangs on the person and the mark of the case alone, so a longer queue changes when
somebody is treated, but not why or how ill that person is.
"""

from __future__ import annotations

import numpy as np

from simulator.care.matrix import count_contact, count_need
from simulator.care.offer import MONITORING, offered
from simulator.core.kernels import constant, kernel, rule
from simulator.core.randomness import LASTING, Purpose, draw
from simulator.core.record import MONITORING_CELL, TEAM_CELL
from simulator.core.state import CHRONIC, COMPLEX, IN_HOSPITAL, PRESENT
from simulator.core.words import age_group_of, risks_from
from simulator.core.world import World

HEART_FAILURE, LUNG, DIABETES, FALL, OTHER = (constant(n) for n in range(5))
"""Causes; the first three are those of påverkbar slutenvård (avoidable admissions)."""
URGENT, STANDARD, LOW = (constant(n) for n in range(3))
"""Acuity: red and orange, yellow, green."""
ACUITY_COUNT = 3
AGED_65 = risks_from(3)
"""First risk (age group x RUB) of people aged 65 and over."""
P_CAUSE, P_ACUITY, P_TEAM, P_MONITORING = (
    int(p) for p in (Purpose.CAUSE, Purpose.ACUITY, Purpose.TEAM, Purpose.MONITORING)
)
HEART_OR_COPD = 3
"""Bits of `World.cause_set`: conditions that can be monitored at home."""
"""Occurrence of draws that hold for life."""


@rule
def cause_of(w: World, slot: int, case: int) -> int:
    """Cause of a case, by age and by the conditions that can be one."""
    me = w.person[slot]
    share = w.cause[age_group_of(me["risk"]), w.cause_set[w.background[slot]["conditions"]]]
    u = draw(w.keys[P_CAUSE], me["key"], np.uint64(case))
    cause = constant(0)
    for n in range(4):
        cause += constant(u >= share[n])
    return cause


@rule
def acuity_of(w: World, slot: int, case: int) -> int:
    """Acuity of a case, by age and the hospital of the catchment."""
    me = w.person[slot]
    share = w.acuity[me["hospital"], age_group_of(me["risk"])]
    u = draw(w.keys[P_ACUITY], me["key"], np.uint64(case))
    return constant(u >= share[0]) + constant(u >= share[1])


@rule
def followed(w: World, slot: int) -> bool:
    """Whether a närvårdsteam follows the person."""
    me = w.person[slot]
    team: float = w.centre[me["centre"]]["team"]
    if not me["status"] & COMPLEX or team <= 0.0:
        return False
    return draw(w.keys[P_TEAM], me["key"], LASTING) < team


@rule
def spared_share(w: World, slot: int, cause: int) -> float:
    """Factor on the chance of admission: what a team and monitoring at home do about it."""
    rule, factor = w.rules[0], 1.0
    if followed(w, slot):
        factor *= 1.0 + rule["team_effect"]
    if cause <= LUNG and _monitored(w, slot):
        factor *= rule["heart_failure_effect"] if cause == HEART_FAILURE else rule["lung_effect"]
    return factor


@kernel
def count_followed_month(w: World, month: int) -> None:
    """Meet those whom a närvårdsteam follows, at home, and those who monitor at home, at a distance."""
    for i in range(w.person.size):
        me = w.person[i]
        if not me["status"] & PRESENT or me["status"] & IN_HOSPITAL or not me["status"] & CHRONIC:
            continue
        if followed(w, i):
            for _ in range(_times(w, i, month, w.rules[0]["team_visits"])):
                w.team_visits[me["centre"]] += 1
                count_need(w, i, TEAM_CELL)
                count_contact(w, i, TEAM_CELL)
        if w.cause_set[w.background[i]["conditions"]] & HEART_OR_COPD and _monitored(w, i):
            for _ in range(_times(w, i, month, w.rules[0]["monitoring_contacts"])):
                w.monitoring[me["hospital"]] += 1
                count_need(w, i, MONITORING_CELL)
                count_contact(w, i, MONITORING_CELL)


@rule
def _times(w: World, slot: int, month: int, mean: float) -> int:
    """Whole contacts in a month of so many on average."""
    return int(mean + draw(w.keys[P_TEAM], w.person[slot]["key"], np.uint64(1 + month)))


@rule
def _monitored(w: World, slot: int) -> bool:
    """Whether somebody with heart failure or COPD monitors at home."""
    share = offered(w, MONITORING, slot)
    return share > 0.0 and draw(w.keys[P_MONITORING], w.person[slot]["key"], LASTING) < share
