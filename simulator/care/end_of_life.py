"""The last months of life: where people want to die, who knows it, and specialised palliative care at home.

Everybody has a wish, and some ends can be foreseen: then there may have been a talk, after which the wish is known,
and those who live at home and want to stay there ask for palliative care at home. What both do today lies in the
shares of last illnesses that end in hospital; only talks and places beyond today's act.
"""

from __future__ import annotations

import numpy as np

from simulator.care.offer import TALK, TALKS, count_effort, offered
from simulator.core.kernels import constant, integer, rule
from simulator.core.log import PALLIATIVE_ASKED, note_with
from simulator.core.randomness import LASTING, Purpose, draw
from simulator.core.record import (
    DIED_WITH_PALLIATIVE,
    FORESEEN,
    HAD_NO_PLACE,
    KNOWN_AND_STAYED,
    KNOWN_TO_STAY,
    PALLIATIVE_HELD,
    PALLIATIVE_OPEN,
    STAYED,
    WANTED_TO_STAY,
    WISH_KNOWN,
)
from simulator.core.state import PRESENT, SPECIAL_HOUSING
from simulator.core.world import World

NOT_ASKED, WITHOUT_PLACE, WITH_PLACE, AS_TODAY = (constant(n) for n in range(4))
"""Values of `BACKGROUND.palliative`: those beyond today's level have a place, others what there is today."""
P_WISH, P_FORESEEN, P_TALK = int(Purpose.WISH), int(Purpose.FORESEEN), int(Purpose.END_OF_LIFE_TALK)
HAS_TODAY = np.uint64(2)
"""Occurrence of `Purpose.FORESEEN`: whether it is one of those who have such care today; 1 is how early it comes."""


@rule
def is_foreseen(w: World, slot: int) -> bool:
    """Whether somebody's death, when it comes, could be foreseen."""
    share: float = w.rules[0]["foreseeable_share"]
    return draw(w.keys[P_FORESEEN], w.person[slot]["key"], LASTING) < share


@rule
def wants_to_stay(w: World, slot: int) -> bool:
    """Whether somebody wants to die where he or she lives."""
    share: float = w.rules[0]["wish_to_stay"]
    return draw(w.keys[P_WISH], w.person[slot]["key"], LASTING) < share


# --- talks


@rule
def _left_by_talk(w: World, slot: int) -> float:
    """What a talk that is not held today leaves of the chance of dying in hospital. Counts it."""
    rule = w.rules[0]
    added = min(offered(w, TALK, slot), 1.0 - rule["talked_share"])
    if added <= 0.0 or not is_foreseen(w, slot):
        return 1.0
    count_effort(w, slot, TALKS, added)
    u = draw(w.keys[P_TALK], w.person[slot]["key"], LASTING)
    if u < rule["talked_share"] or u >= rule["talked_share"] + added or not wants_to_stay(w, slot):
        return 1.0
    housed = w.person[slot]["status"] & SPECIAL_HOUSING
    left: float = rule["talk_housing"] if housed else rule["talk_home"]
    return left


@rule
def left_of_hospital(w: World, slot: int) -> float:
    """Factor on the share of last illnesses that end in hospital: palliative care at home, or a talk without it.

    Such care plans by itself, so a talk adds nothing to it.
    """
    left = _left_by_talk(w, slot)
    return w.rules[0]["palliative_hospital"] if has_palliative_care(w, slot) else left


# --- specialised palliative care at home


@rule
def has_palliative_care(w: World, slot: int) -> bool:
    """Whether somebody at home has one of the places beyond today's."""
    housed = w.person[slot]["status"] & SPECIAL_HOUSING
    return w.background[slot]["palliative"] == WITH_PLACE and not housed


@rule
def _leave_places(w: World, k: int) -> None:
    """Strike out those who died, moved away or to special housing, and whose end did not come after all."""
    house, kept = w.hospital[k], 0
    for i in range(house["palliative_taken"]):
        slot = w.palliative_place[k, i]
        if w.person[slot]["status"] & PRESENT and has_palliative_care(w, slot):
            w.palliative_place[k, kept] = slot
            kept += 1
    house["palliative_taken"] = kept


@rule
def ask_for_palliative_care(w: World, slot: int, tick: int) -> None:
    """Ask for palliative care at home until death, if it is foreseen and wanted. Once."""
    me, back = w.person[slot], w.background[slot]
    gone = not me["status"] & PRESENT or me["status"] & SPECIAL_HOUSING or back["dying"]
    if gone or back["palliative"] != NOT_ASKED or not is_foreseen(w, slot) or not wants_to_stay(w, slot):
        return
    if draw(w.keys[P_FORESEEN], me["key"], HAS_TODAY) < w.rules[0]["palliative_today"]:
        back["palliative"] = AS_TODAY
    else:
        back["palliative"] = WITH_PLACE if _take_place(w, integer(me["hospital"]), slot) else WITHOUT_PLACE
        w.last_wishes[me["cell"], HAD_NO_PLACE] += back["palliative"] == WITHOUT_PLACE
    note_with(w, tick, PALLIATIVE_ASKED, slot, integer(back["municipality"]), tick, integer(back["palliative"]))


@rule
def _take_place(w: World, k: int, slot: int) -> bool:
    """Take one of the places beyond today's that the team of a hospital has, if one is free."""
    _leave_places(w, k)
    house = w.hospital[k]
    if house["palliative_taken"] >= min(house["palliative_places"], w.palliative_place.shape[1]):
        return False
    w.palliative_place[k, house["palliative_taken"]] = slot
    house["palliative_taken"] += 1
    return True


@rule
def count_palliative_day(w: World, k: int) -> None:
    """Count the places beyond today's that stand open, and those that are taken."""
    house = w.hospital[k]
    if house["palliative_taken"] > 0:
        _leave_places(w, k)
    w.palliative_days[k, PALLIATIVE_OPEN] += house["palliative_places"]
    w.palliative_days[k, PALLIATIVE_HELD] += house["palliative_taken"]


# --- deaths


@rule
def count_wish(w: World, slot: int, day: int, stayed: bool) -> None:
    """Count a death against the wish: known or not, met or not.

    Nobody foresees a death that was not dated when the year began: one after long boarding.
    """
    me, rule = w.person[slot], w.rules[0]
    row = w.last_wishes[me["cell"]]
    foreseen, wanted = w.dies_on[slot] <= day and is_foreseen(w, slot), wants_to_stay(w, slot)
    talked = rule["talked_share"] + offered(w, TALK, slot)
    known = foreseen and draw(w.keys[P_TALK], me["key"], LASTING) < talked
    care = w.background[slot]["palliative"]
    row[FORESEEN] += foreseen
    row[WISH_KNOWN] += known
    row[WANTED_TO_STAY] += wanted
    row[STAYED] += wanted and stayed
    row[KNOWN_TO_STAY] += known and wanted
    row[KNOWN_AND_STAYED] += known and wanted and stayed
    row[DIED_WITH_PALLIATIVE] += care >= WITH_PLACE and not me["status"] & SPECIAL_HOUSING
