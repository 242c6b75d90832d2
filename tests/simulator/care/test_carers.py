"""What a carer's death or stay in hospital does to whom that one cares for, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from small_system import world_of

from simulator.care import comings, hospital
from simulator.core.record import CARER_AWAY, NO_PLACE_FOUND, PLACE_FOUND
from simulator.core.state import HOME_NURSING, PRESENT
from simulator.core.words import CASE_BITS, SLOT_BITS
from simulator.people.demography import DIES
from simulator.people.morbidity import AGE_GROUP_COUNT

CARER, CARED_FOR = 0, 1
pytestmark = pytest.mark.usefixtures("kernels")


def couple(rub: int = 4, short_places: int = 0):
    """A carer in the waiting line of an emergency department where everybody is admitted, and the partner at home."""
    world = world_of(people=2, days=30)
    world.person["status"][CARED_FOR] = PRESENT | HOME_NURSING
    world.person["risk"] = (AGE_GROUP_COUNT - 1) * 6 + rub
    world.person["cell"] = AGE_GROUP_COUNT - 1
    world.background["partner"] = [CARED_FOR + 1, CARER + 1]
    world.rules["carer_missed"] = 1.0
    world.admission[:] = 1.0
    world.hospital["places"] = world.hospital["beds"] = 4
    world.ward_beds[:] = 4
    world.municipality["short_places"] = short_places
    return world


def taken_to_hospital(world):
    """Let the carer arrive on the first day; return what was counted."""
    world.ed_due[0, 0, 0], world.ed_due_count[0, 0] = ((3600 << SLOT_BITS) | CARER) << CASE_BITS, 1
    hospital.work_hospitals(world, 0)
    return world.carer_away[0].tolist()


def test_who_needs_much_takes_a_short_term_place_while_one_is_free() -> None:
    world = couple(short_places=1)
    counted = taken_to_hospital(world)
    assert (counted[CARER_AWAY], counted[PLACE_FOUND], counted[NO_PLACE_FOUND]) == (1, 1, 0)
    assert world.municipality["short_taken"][0] == 1
    assert world.ed_due_count[0].sum() == 0


def test_without_a_place_it_is_an_emergency_a_day_later() -> None:
    world = couple(short_places=0)
    counted = taken_to_hospital(world)
    assert (counted[CARER_AWAY], counted[PLACE_FOUND], counted[NO_PLACE_FOUND]) == (1, 0, 1)
    due = np.flatnonzero(world.ed_due_count[0])
    assert due.tolist() in ([1], [2]), "the admission of the same day and 24 hours"


@pytest.mark.parametrize("change", ["light", "no_nursing", "nobody", "switched_off"])
def test_nothing_happens_to_who_can_do_without(change: str) -> None:
    world = couple(rub=0 if change == "light" else 4)
    if change == "no_nursing":
        world.person["status"][CARED_FOR] = PRESENT
    if change == "nobody":
        world.background["partner"] = 0
    if change == "switched_off":
        world.rules["carer_missed"] = 0.0
    assert taken_to_hospital(world) == [0, 0, 0]


def test_a_death_is_told_to_the_partner() -> None:
    world = couple()
    world = world._replace(coming=np.array([[0, DIES, CARER, -1]], np.int64))
    comings.live_day(world, 0)
    assert world.background["lost"].tolist() == [0, 1]
    assert not world.person["status"][CARER] & PRESENT
