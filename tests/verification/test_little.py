"""Little's law with its boundary terms: the time that people spend at a unit is the area under its count.

All times are whole seconds, so both sides are whole numbers and must be equal, not close.
"""

from __future__ import annotations

import numpy as np
import pytest
from small_county import History

from simulator.core.dates import DAY, OPENS
from simulator.core.log import (
    ADMITTED,
    BOARDING,
    BOUGHT,
    DESK_CONTACT,
    DISCHARGED,
    ED_ARRIVAL,
    GAVE_UP,
    GP_VISIT,
    TREATMENT_END,
    TREATMENT_START,
)
from simulator.core.record import SERVED
from simulator.core.state import DIGITAL_DESK, HOME_VISITS, NURSE_DESK, PLANNED_ADMISSION, REFERRAL, RETURN_VISIT
from simulator.core.units import UNIT_ED, UNIT_GP, UNIT_WARD
from simulator.core.words import CASE_BITS, SLOT_BITS


def area(entered: np.ndarray, left: np.ndarray, end: int) -> int:
    """Integral of the number present, walked along the clock; nobody leaves who has not entered."""
    ticks = np.concatenate([entered, left, [end]])
    steps = np.concatenate([np.ones(len(entered), np.int64), -np.ones(len(left), np.int64), [0]])
    order = np.lexsort((-steps, ticks))
    number = np.cumsum(steps[order])
    assert number.min() >= 0
    return int((number[:-1] * np.diff(ticks[order])).sum())


def check(entered: np.ndarray, left: np.ndarray, still_since: np.ndarray, end: int, spent: int) -> None:
    """Entries are those who left and those who are still there; the area is the time they spent."""
    assert len(entered) > 0
    assert sorted(entered) == sorted([*still_since, *left[:, 4]])
    assert area(entered, left[:, 0], end) == spent


def waiting_since(history: History, p: int) -> np.ndarray:
    """Second of request of those who stand in a line."""
    state = history.simulation.state
    places = [ring["offset"] + (np.arange(ring["head"], ring["tail"]) & ring["mask"]) for ring in state.ring[p]]
    return state.waiting[np.concatenate(places)] >> SLOT_BITS


@pytest.mark.parametrize("kind", [NURSE_DESK, DIGITAL_DESK, REFERRAL, RETURN_VISIT, HOME_VISITS, PLANNED_ADMISSION])
def test_lines(history: History, kind: int) -> None:
    """Those who left a line, those who gave up and those who stand in it make up all who ever joined."""
    events, state, record = history.events, history.simulation.state, history.simulation.record
    end = int(state.day[0]) * DAY
    seen = 0
    for p in np.flatnonzero(state.pool["kind"] == kind):
        if kind == PLANNED_ADMISSION:
            decided = {(int(t), int(s)) for t, k, s, *_ in events if k == BOARDING}
            house = int(np.flatnonzero(state.hospital["line"] == p)[0])
            served = events[(events[:, 1] == ADMITTED) & (events[:, 3] == house)]
            served = np.array([row for row in served if (int(row[4]), int(row[2])) not in decided])
        else:
            served = events[(events[:, 1] == DESK_CONTACT) & (events[:, 3] == p)]
        gave_up = events[np.isin(events[:, 1], (GAVE_UP, BOUGHT)) & (events[:, 3] == p)]
        left = np.concatenate([served.reshape(-1, 5), gave_up])
        still = waiting_since(history, p)
        entered = np.concatenate([left[:, 4], still])
        assert len(entered) == record.brought[p] + record.ledger[:, p, 0].sum()
        seen += len(entered)
        assert (np.diff(served[:, 0]) >= 0).all(), "one after the other"
        spent = int((left[:, 0] - left[:, 4]).sum() + (end - still).sum())
        assert area(entered, left[:, 0], end) == spent
    assert seen > 100


def test_emergency_departments(history: History) -> None:
    """Waiting room and treatment places; the seconds of treatment delivered are those of the log."""
    events, state, record = history.events, history.simulation.state, history.simulation.record
    first = history.simulation.region.units.first[UNIT_ED]
    end = int(state.day[0]) * DAY
    for k, house in enumerate(state.hospital):
        here = events[events[:, 3] == k]
        arrived = here[here[:, 1] == ED_ARRIVAL][:, 0]
        started, ended = here[here[:, 1] == TREATMENT_START], here[here[:, 1] == TREATMENT_END]
        gave_up = events[(events[:, 1] == GAVE_UP) & (events[:, 3] == first + k)]
        left = np.concatenate([started, gave_up])
        size = state.ed_queue.shape[2]
        rings = [state.ed_queue[k, a][np.arange(*line) % size] for a, line in enumerate(state.ed_line[k])]
        still = np.concatenate(rings) >> (SLOT_BITS + CASE_BITS)
        check(arrived, left, still, end, int((left[:, 0] - left[:, 4]).sum() + (end - still).sum()))
        until = state.ed_end[k, : house["busy"]]
        delivered = int(record.desk[:, first + k, 1].sum())
        in_places = area(started[:, 0], np.concatenate([ended[:, 0], until]), int(max([end, *until])))
        assert in_places == delivered


def test_wards(history: History) -> None:
    """Beds: the integral that the kernel keeps is the area under the stays; boarding likewise."""
    events, state, record = history.events, history.simulation.state, history.simulation.record
    ward = history.simulation.region.units.first[UNIT_WARD]
    end = int(state.day[0]) * DAY
    for k, house in enumerate(state.hospital):
        here = events[events[:, 3] == k]
        admitted, left = here[here[:, 1] == ADMITTED], here[here[:, 1] == DISCHARGED]
        still = state.stay_patient[k, : house["occupied"]] >> (SLOT_BITS + CASE_BITS)
        check(admitted[:, 0], left, still, end, int(record.occupied[:, k].sum()))
        asked = here[here[:, 1] == BOARDING]
        decided = {(int(t), int(s)) for t, _, s, *_ in asked}
        given = np.array([row for row in admitted if (int(row[4]), int(row[2])) in decided])
        gave_up = events[(events[:, 1] == GAVE_UP) & (events[:, 3] == ward + k)]
        gave_up = np.array([row for row in gave_up if (int(row[4]), int(row[2])) in decided]).reshape(
            -1, 5
        )  # others never boarded
        boards = np.arange(house["boarding_head"], house["boarding_tail"]) % state.boarding.shape[1]
        since = state.boarding[k][boards] >> (SLOT_BITS + CASE_BITS)
        left_boarding = np.concatenate([given, gave_up])
        spent = int((left_boarding[:, 0] - left_boarding[:, 4]).sum() + (end - since).sum())
        check(asked[:, 0], left_boarding, since, end, spent)
        assert int((given[:, 0] - given[:, 4]).sum()) == record.boarded[:, k].sum()


def test_appointments(history: History) -> None:
    """Days waited for GPs, by centre: the tallies are those of the log, and nobody is booked in the past."""
    events, state, record = history.events, history.simulation.state, history.simulation.record
    visits = events[events[:, 1] == GP_VISIT]
    for h in range(len(state.centre)):
        here = visits[visits[:, 3] // 64 == h]
        days = here[:, 0] // DAY - here[:, 4] // DAY
        tally = np.bincount(np.minimum(days, record.wait.shape[2] - 1), minlength=record.wait.shape[2])
        assert np.array_equal(tally, record.wait[:, h].sum(axis=0))
        assert (here[:, 0] % DAY >= OPENS).all()
    first = history.simulation.region.units.first[UNIT_GP]
    assert len(visits) == record.ledger[:, first : first + len(state.centre), SERVED].sum() > 10_000
