"""Nothing is lost and nothing comes from nowhere: requests, people, minutes, beds; every month, every unit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from small_county import MONTHS, History

from simulator.changes import Change
from simulator.record import DIVERTED, REQUESTED, SERVED, WITHDRAWN
from simulator.region import Region
from simulator.simulation import Simulation
from simulator.state import IN_HOSPITAL, PRESENT
from simulator.world import (
    ADMITTED,
    BOARDING,
    DAY,
    DESK_CONTACT,
    DISCHARGED,
    GP_VISIT,
    HOME_CARE,
    MOBILE_VISIT,
    MOVED_IN,
    SENT_TO_ED,
    TREATMENT_END,
    TREATMENT_START,
    UNIT_ED,
    UNIT_GP,
    UNIT_WARD,
)


def test_requests_are_served_waiting_withdrawn_or_diverted(history: History) -> None:
    ledger = history.simulation.record.ledger
    for month in range(MONTHS):
        left = ledger[month, :, REQUESTED] - ledger[month, :, [SERVED, WITHDRAWN, DIVERTED]].sum(axis=0)
        assert np.array_equal(left, history.standing[month + 1] - history.standing[month]), f"month {month}"
    assert (ledger[:MONTHS, :, REQUESTED].sum(axis=0) > 0).all(), "every unit has work"


def test_visits_of_posts_given_up_are_booked_anew(county: Region) -> None:
    halved = Change("gp_posts", "multiply", 0.5, date(2023, 3, 1), date(2023, 3, 1))
    simulation = Simulation(county, 1, [halved])
    simulation.run(date(2023, 3, 1))
    assert simulation.state.booked.sum() > 1_000
    simulation.run(date(2023, 7, 1))
    for h, centre in enumerate(simulation.state.centre):
        assert not simulation.state.booked[h, centre["chairs"] :].any()


def test_people_by_municipality(history: History) -> None:
    record, region = history.simulation.record, history.simulation.region
    places = len(region.municipalities)
    deaths = record.deaths[:MONTHS].reshape(MONTHS, places, -1).sum(axis=2)
    births, arrivals, departures = np.moveaxis(record.flows[:MONTHS], 2, 0)
    change = births + arrivals - departures - deaths
    for month in range(MONTHS):
        assert np.array_equal(history.residents[month + 1], history.residents[month] + change[month])
    for year in range(MONTHS // 12 + 1):
        assert np.array_equal(record.population[year].sum(axis=(1, 2)), history.residents[12 * year])
    assert (change != 0).any()


def test_working_time_is_delivered_or_idle(history: History) -> None:
    """A contact begun before closing is finished, so a unit may exceed its hours by one contact a day."""
    state, record = history.simulation.state, history.simulation.record
    pools = len(state.pool)
    offered, delivered = np.moveaxis(record.desk[:MONTHS].sum(axis=0), 1, 0)
    overtime = np.zeros(len(offered))
    overtime[:pools] = np.maximum(state.pool["service"], 0) * 31.0 * MONTHS
    first = history.simulation._lines()[UNIT_ED]
    overtime[first : first + len(state.hospital)] = 20 * DAY  # treatments counted at their start
    assert (delivered <= offered + overtime).all()
    assert (delivered[:pools] > 0).mean() > 0.9
    gps = slice(history.simulation._lines()[UNIT_GP], first)
    assert (delivered[gps] <= offered[gps]).all()


def test_visits_served_are_visits_delivered(history: History) -> None:
    record, lines = history.simulation.record, history.simulation._lines()
    gps = slice(lines[UNIT_GP], lines[UNIT_ED])
    served = record.ledger[:MONTHS, gps, SERVED]
    assert np.array_equal(record.desk[:MONTHS, gps, 1], served)
    assert np.array_equal(record.wait[:MONTHS].sum(axis=2), served)


def test_tallies_agree_with_the_log(history: History) -> None:
    record, events, lines = history.simulation.record, history.events, history.simulation._lines()
    total = {kind: int((events[:, 1] == kind).sum()) for kind in range(1, 11)}
    ledger = record.ledger.sum(axis=0)
    assert total[GP_VISIT] == ledger[lines[UNIT_GP] : lines[UNIT_ED], SERVED].sum()
    assert total[SENT_TO_ED] == ledger[:, DIVERTED].sum()
    assert total[TREATMENT_START] == record.ed_visits.sum() == record.ed_stay.sum()
    assert total[ADMITTED] == record.admissions.sum() == ledger[lines[UNIT_WARD] :, SERVED].sum()
    pools = len(history.simulation.state.pool)
    planned = history.simulation.state.pool["kind"] == 5
    assert total[DESK_CONTACT] == ledger[:pools, SERVED][~planned].sum()


def test_bed_days_are_those_of_the_stays(history: History) -> None:
    record, events = history.simulation.record, history.events
    end = history.simulation.state.day[0] * DAY
    left = events[events[:, 1] == DISCHARGED]
    in_bed = history.simulation.state.hospital["occupied"].sum()
    came = events[events[:, 1] == ADMITTED]
    assert len(came) == len(left) + in_bed
    seconds = left[:, 0].sum() - came[:, 0].sum() + end * in_bed
    assert seconds == record.occupied.sum()
    midnights = left[:, 0] // DAY - left[:, 4] // DAY  # whoever leaves at midnight is still counted
    census = midnights.sum() + sum(end // DAY - start // DAY for start in still_in(came, left))
    assert census == record.bed_days.sum()


def still_in(came: np.ndarray, left: np.ndarray) -> list[int]:
    """Seconds of admission of the stays that have not ended."""
    ended = {(int(p), int(t)) for p, t in zip(left[:, 2], left[:, 4], strict=True)}
    return [int(t) for t, p in zip(came[:, 0], came[:, 2], strict=True) if (int(p), int(t)) not in ended]


def test_nobody_lies_in_two_beds(history: History) -> None:
    events = history.events
    moves = events[np.isin(events[:, 1], (ADMITTED, DISCHARGED))]
    inside: dict[int, int] = {}
    for _, kind, person, house, _ in moves[np.lexsort((-moves[:, 1], moves[:, 0]))]:
        if kind == ADMITTED:
            assert person not in inside
            inside[person] = house
        else:
            assert inside.pop(person) == house
    state = history.simulation.state
    assert set(inside) == set(np.flatnonzero(state.person["status"] & IN_HOSPITAL))


def test_nothing_begins_for_people_who_are_gone(history: History) -> None:
    begins = np.isin(history.events[:, 1], (GP_VISIT, DESK_CONTACT, TREATMENT_START, ADMITTED, SENT_TO_ED, BOARDING))
    gone = np.full(len(history.simulation.state.person), 1 << 40)
    gone[list(history.gone)] = list(history.gone.values())
    rows = history.events[begins]
    assert (rows[:, 0] < gone[rows[:, 2]] * DAY).all()
    assert len(history.gone) > 200
    assert not (history.simulation.state.person["status"][list(history.gone)] & PRESENT).any()


def test_events_lie_in_the_run_and_after_their_request(history: History) -> None:
    tick, kind, person, _, requested = history.events.T
    assert tick.min() >= 0
    assert tick.max() < history.simulation.state.day[0] * DAY
    assert (requested <= tick).all()
    assert set(kind) == set(range(1, MOVED_IN + 1)) - {HOME_CARE, MOBILE_VISIT}, "these two are strategies'"
    assert person.max() < len(history.simulation.state.person)


def test_each_treatment_ends_once_and_admissions_follow_decisions(history: History) -> None:
    events = history.events
    count = {kind: int((events[:, 1] == kind).sum()) for kind in (TREATMENT_START, TREATMENT_END)}
    busy = int(history.simulation.state.hospital["busy"].sum())
    assert count[TREATMENT_START] == count[TREATMENT_END] + busy
    decided = {(int(t), int(p)) for t, k, p, _, _ in events if k == BOARDING}
    planned = history.simulation.record.ledger.sum(axis=0)[: len(history.simulation.state.pool)]
    planned = planned[history.simulation.state.pool["kind"] == 5, SERVED].sum()
    acute = [row for row in events if row[1] == ADMITTED and (int(row[4]), int(row[2])) in decided]
    assert len(acute) == (events[:, 1] == ADMITTED).sum() - planned


@pytest.mark.parametrize("name", ["contacts", "ed_visits", "admissions", "bed_days"])
def test_additive_indicators_sum_equally_over_every_dimension(history: History, name: str) -> None:
    whole = history.simulation.dataset()[name]
    total = int(whole.sum())
    assert total > 0
    for dim in whole.dims:
        assert int(whole.sum(dim).sum()) == total
    assert total == int(getattr(history.simulation.record, name).sum())
