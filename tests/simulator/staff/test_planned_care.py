"""The region's answer to a long line for planned admission, by hand; and whom it reaches."""

from __future__ import annotations

import numpy as np
import pytest
from small_hospital import HOUR, house, live, times
from small_system import DAY, events_of

from simulator.care import ward
from simulator.controls import values_in
from simulator.core.dates import EPOCH
from simulator.core.log import ADMITTED, BOUGHT
from simulator.core.record import DIVERTED, REQUESTED
from simulator.core.state import PLANNED_ADMISSION
from simulator.region.axes import ELECTIVE
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff import planned_care

A_YEAR = np.array([3652.5])
"""Ten a day."""


@pytest.fixture
def state(small_region: Region):
    state = Simulation(small_region, 1).state
    state.ring["head"], state.ring["tail"] = 0, 0
    return state


def in_line(state, days, direct=0):
    """Let so many days' need stand in line, and some who cannot wait."""
    (line,) = np.flatnonzero(state.pool["kind"] == PLANNED_ADMISSION)
    state.ring["tail"][line] = (direct, 0, days * 10)


def answered(state, region, **controls):
    values = dict(values_in(EPOCH, (), region)) | {name: np.array([value]) for name, value in controls.items()}
    return planned_care.answer(state, region, A_YEAR, values, np.zeros((1, 2)))


def test_nothing_is_bought_while_the_line_is_as_usual(state, small_region) -> None:
    in_line(state, 75, direct=500)
    assert planned_care.days_in_line(state, A_YEAR) == pytest.approx(75), "who cannot wait is no part of the line"
    assert answered(state, small_region).tolist() == [0.0]
    assert not state.ordered.any()
    assert state.hospital["usual"] == state.pool["service"][state.pool["kind"] == PLANNED_ADMISSION]


def test_a_third_of_what_is_beyond_is_ordered_and_comes_three_months_later(state, small_region) -> None:
    in_line(state, 84)
    came = []
    for _ in range(4):
        answered(state, small_region)
        came.append(int(state.hospital["bought"][0]))
    assert came == [0, 0, 0, 30], "nine days of ten a day, over three months"


def test_no_more_is_bought_in_a_month_than_a_quarter_of_its_need(state, small_region) -> None:
    in_line(state, 300)
    answered(state, small_region)
    assert state.ordered[0, -1] == pytest.approx(0.25 * A_YEAR[0] / 12)
    answered(state, small_region, region_reacts=0.0)
    assert state.ordered[0, -1] == 0.0


def test_surgery_is_added_by_the_length_of_the_line_and_beds_stay_open_in_july(state, small_region) -> None:
    (line,) = np.flatnonzero(state.pool["kind"] == PLANNED_ADMISSION)
    calls, beds = [], []
    for days in (60, 90, 105, 400):
        in_line(state, days)
        beyond = answered(state, small_region)
        calls.append(int(state.pool["service"][line] - state.hospital["usual"][0]))
        beds.append(float(planned_care.beds_in_july(small_region, beyond)[0]))
    assert calls == [0, 1, 2, 2], "a tenth of seventeen when the line is thirty days beyond"
    closed = small_region.beds[0] - small_region.beds_summer[0]
    assert beds == pytest.approx([small_region.beds_summer[0], *[small_region.beds_summer[0] + 0.33 * closed] * 3])


def test_care_elsewhere_takes_who_has_waited_longest_and_nobody_who_cannot_wait() -> None:
    world = house(people=4, beds=0)
    world.pool["service"][world.hospital["line"]] = 9
    world.priority[1, :, :] = (0.0, 0.0)
    world = live(world, 3, *[(0, (slot + 1) * HOUR, slot, ELECTIVE) for slot in range(3)])
    world.priority[1, :, :] = 1.0
    world.hospital["bought"] = 2
    ward.send_elsewhere(world, 3)
    line = world.hospital["line"][0]
    assert times(world, BOUGHT) == {0: 3 * DAY, 1: 3 * DAY}
    assert world.ledger[line, [REQUESTED, DIVERTED]].tolist() == [3, 2]
    assert world.guarantee[0, 1].tolist() == [2, 2]
    assert ADMITTED not in {int(row[1]) for row in events_of(world)}


def test_who_cannot_wait_is_left_for_the_own_wards() -> None:
    world = house(people=2, beds=0)
    world.priority[1, :, :] = 1.0
    world = live(world, 2, (0, HOUR, 0, ELECTIVE))
    world.hospital["bought"] = 5
    ward.send_elsewhere(world, 2)
    assert not world.bought.any()
    head, tail = (world.ring[world.hospital["line"][0], 0][name] for name in ("head", "tail"))
    assert tail - head == 1
