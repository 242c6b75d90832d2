"""Psychiatry, case by case: visits, emergencies, beds; and the first line at a health centre."""

from __future__ import annotations

import numpy as np
import pytest
from small_system import DAY, world_of

from simulator.care.psychiatry import work_mental
from simulator.core.record import (
    ALL_ASSESSED,
    ASSESSED_SOON,
    MENTAL_ASKED,
    MENTAL_DAYS,
    MENTAL_GONE,
    MENTAL_LEFT,
    MENTAL_MET,
    MENTAL_WITHIN_30,
    PSYCHIATRIC_ADMITTED,
    PSYCHIATRIC_AT_HOME,
    PSYCHIATRIC_BED_DAYS,
    PSYCHIATRIC_BED_WAIT,
    PSYCHIATRIC_ED,
    PSYCHIATRIC_OPEN_DAYS,
    REQUESTED,
    VISIT_CELL,
)
from simulator.core.state import IN_HOSPITAL, PRESENT
from simulator.core.units import UNIT_GP
from simulator.core.words import SLOT_BITS
from simulator.people.psychiatric_need import PSYCHIATRIC_EMERGENCY, PSYCHIATRIC_VISIT

CLINIC = 1
"""Line of the one hospital's clinic, after that of the one health centre."""


def needs(*rows):
    """Needs (day, kind, slot) as the state holds them."""
    return np.sort(np.array([((2 * day + kind) << SLOT_BITS) + slot for day, kind, slot in rows], np.int64))


def clinic(*rows, per_day=1.0, beds=1, stay=3.0, patience=5.0):
    """A world of ten people with some needs, in which everybody who comes as an emergency is to be admitted."""
    world = world_of(people=10)._replace(psychiatry_need=needs(*rows))
    world.mental_line["per_day"][CLINIC] = per_day
    world.psychiatry["beds"] = beds
    world.stay_quantile[:] = 1.0
    for name, value in (("stay", stay), ("admitted", 1.0), ("patience", patience), ("bed_patience", 2.0)):
        world.rules[f"psychiatry_{name}"] = value
    return world


def live(world, days):
    for day in range(days):
        work_mental(world, day)


def test_one_a_day_is_met_in_the_order_in_which_they_came() -> None:
    world = clinic(*((0, PSYCHIATRIC_VISIT, slot) for slot in (3, 1, 2)), per_day=1.0)
    live(world, 4)
    counted = world.mental[CLINIC]
    assert counted[[MENTAL_ASKED, MENTAL_MET, MENTAL_DAYS, MENTAL_WITHIN_30]].tolist() == [3, 3, 0 + 1 + 2, 3]
    assert world.psychiatric_visits.sum() == 3


def test_what_a_day_leaves_of_a_visit_is_kept_and_whole_visits_are_lost() -> None:
    world = clinic(*((3, PSYCHIATRIC_VISIT, slot) for slot in range(4)), per_day=1.5)
    live(world, 3)
    assert world.mental_line["left"][CLINIC] == 0.5, "three days of nobody leave half a visit"
    work_mental(world, 3)
    assert world.mental[CLINIC, MENTAL_MET] == 2
    work_mental(world, 4)
    assert world.mental[CLINIC, MENTAL_MET] == 3


def test_a_closed_day_meets_nobody_but_beds_are_given() -> None:
    world = clinic((0, PSYCHIATRIC_VISIT, 1), (0, PSYCHIATRIC_EMERGENCY, 2))
    world.opening[0] = 0
    work_mental(world, 0)
    assert world.mental[CLINIC, MENTAL_MET] == 0
    assert world.psychiatry_care[0, PSYCHIATRIC_ADMITTED] == 1


def test_who_waits_too_long_gives_up_and_who_is_gone_is_counted_apart() -> None:
    world = clinic((0, PSYCHIATRIC_VISIT, 1), (0, PSYCHIATRIC_VISIT, 2), per_day=0.0, patience=2.0)
    live(world, 3)
    assert world.mental[CLINIC, MENTAL_LEFT] == 0
    world.person["status"][2] = 0
    work_mental(world, 3)
    assert world.mental[CLINIC, [MENTAL_LEFT, MENTAL_GONE, MENTAL_MET]].tolist() == [1, 1, 0]


@pytest.mark.parametrize("status", [0, PRESENT | IN_HOSPITAL])
def test_needs_of_who_is_not_here_fall_away(status: int) -> None:
    world = clinic((0, PSYCHIATRIC_VISIT, 1), (0, PSYCHIATRIC_EMERGENCY, 1), (0, PSYCHIATRIC_VISIT, 2))
    world.person["status"][1] = status
    work_mental(world, 0)
    assert world.mental[CLINIC, MENTAL_ASKED] == 1
    assert world.psychiatry_care[0, PSYCHIATRIC_ED] == 0


def test_a_bed_is_held_for_the_days_of_the_stay_and_the_next_waits_for_it() -> None:
    """One bed, three days: the second comes on day 1 and has it on day 3; each midnight counts one in bed."""
    world = clinic((0, PSYCHIATRIC_EMERGENCY, 1), (1, PSYCHIATRIC_EMERGENCY, 2), stay=3.0)
    live(world, 7)
    care = world.psychiatry_care[0]
    assert care[[PSYCHIATRIC_ED, PSYCHIATRIC_ADMITTED]].tolist() == [2, 2]
    assert care[[PSYCHIATRIC_BED_WAIT, PSYCHIATRIC_BED_DAYS, PSYCHIATRIC_OPEN_DAYS]].tolist() == [2, 3 + 3, 7]


def test_who_waits_too_long_for_a_bed_is_cared_for_at_home() -> None:
    world = clinic((0, PSYCHIATRIC_EMERGENCY, 1), (1, PSYCHIATRIC_EMERGENCY, 2), stay=9.0)
    live(world, 5)
    care = world.psychiatry_care[0]
    assert care[[PSYCHIATRIC_ADMITTED, PSYCHIATRIC_AT_HOME]].tolist() == [1, 1]


def test_who_dies_leaves_the_bed_and_who_lies_there_comes_as_no_emergency() -> None:
    world = clinic(
        (0, PSYCHIATRIC_EMERGENCY, 1), (1, PSYCHIATRIC_EMERGENCY, 1), (1, PSYCHIATRIC_EMERGENCY, 2), stay=9.0
    )
    live(world, 2)
    assert world.psychiatry_care[0, PSYCHIATRIC_ED] == 2
    world.person["status"][1] = 0
    work_mental(world, 2)
    assert world.psychiatry["taken"][0] == 1
    assert world.psychiatry_care[0, PSYCHIATRIC_ADMITTED] == 2


def test_nobody_is_admitted_where_the_share_is_nothing() -> None:
    world = clinic((0, PSYCHIATRIC_EMERGENCY, 1))
    world.rules["psychiatry_admitted"] = 0.0
    live(world, 2)
    assert world.psychiatry_care[0, [PSYCHIATRIC_ED, PSYCHIATRIC_ADMITTED]].tolist() == [1, 0]


def test_a_hospital_without_beds_sends_its_emergencies_where_the_beds_are() -> None:
    world = world_of(k=2, people=4)._replace(
        psychiatry_need=needs((0, PSYCHIATRIC_EMERGENCY, 1), (0, PSYCHIATRIC_VISIT, 1))
    )
    world.person["hospital"] = 1
    world.psychiatry["cares"], world.rules["psychiatry_admitted"] = 0, 0.0
    work_mental(world, 0)
    assert world.psychiatry_care[:, PSYCHIATRIC_ED].tolist() == [1, 0]
    assert world.mental[:, MENTAL_ASKED].tolist() == [0, 0, 1], "its clinic sees them all the same"


# --- the first line


def first_line(requested, per_day=1.0, to_gp=0.0):
    """A health centre in whose first line people 0, 1, ... stand since some days."""
    world = world_of(people=len(requested) + 1)
    world.rules["first_line_to_gp"], world.rules["first_line_patience"] = to_gp, 14.0
    world.mental_line["per_day"][0], world.mental_line["tail"][0] = per_day, len(requested)
    world.mental_waiting[0, : len(requested)] = [(day * DAY << SLOT_BITS) + slot for slot, day in enumerate(requested)]
    return world


def test_a_conversation_is_a_contact_of_primary_care() -> None:
    world = first_line([3, 5])
    work_mental(world, 5)
    assert world.mental[0, [MENTAL_MET, MENTAL_DAYS]].tolist() == [1, 2]
    assert world.contacts[:, VISIT_CELL].sum() == world.demand[:, VISIT_CELL].sum() == 1
    assert world.ledger[world.lines[UNIT_GP], REQUESTED] == 0


def test_what_is_new_counts_as_assessed_within_three_days() -> None:
    world = first_line([1, 5], per_day=2.0)
    world.rules["same_day_share"] = 1.0
    work_mental(world, 5)
    assert world.assessed[0, [ASSESSED_SOON, ALL_ASSESSED]].tolist() == [1, 2]


def test_those_who_want_a_gp_too_ask_for_one() -> None:
    world = first_line([5, 5], per_day=2.0, to_gp=1.0)
    work_mental(world, 5)
    assert world.ledger[world.lines[UNIT_GP], REQUESTED] == 2


def test_who_waits_too_long_asks_for_a_gp_instead() -> None:
    world = first_line([0, 3], per_day=0.0)
    work_mental(world, 14)
    assert world.ledger[world.lines[UNIT_GP], REQUESTED] == 0
    work_mental(world, 15)
    assert world.mental[0, [MENTAL_MET, MENTAL_LEFT]].tolist() == [0, 1]
    assert world.ledger[world.lines[UNIT_GP], REQUESTED] == 1
    assert world.contacts.sum() == 0
