"""Nothing is lost and nothing comes from nowhere: requests, people, minutes, beds; every month, every unit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from small_county import MONTHS, History, lived

from simulator.changes import Change
from simulator.core.dates import DAY
from simulator.core.log import (
    ADMITTED,
    BOARDING,
    BOUGHT,
    DESK_CONTACT,
    DISCHARGED,
    GP_VISIT,
    HOME_CARE,
    LAST_ILLNESS,
    MOBILE_VISIT,
    MOVED_IN,
    PALLIATIVE_ASKED,
    READY,
    SENT_TO_ED,
    TREATMENT_END,
    TREATMENT_START,
    UNMET,
)
from simulator.core.record import (
    AWAY,
    BACK_TO_GP,
    BECAME_URGENT,
    CAME_BACK,
    DEATH_AFTER_BOARDING,
    DIVERTED,
    GP_WAITING,
    HOSPITAL_HOME_CELL,
    IN_HOSPITAL_BED,
    IN_OWN_HOME,
    LAST_WISHES,
    LET_BE,
    MONITORING_CELL,
    REQUESTED,
    SERVED,
    TEAM_CELL,
    URGENT_GIVEN_UP,
    URGENT_MISSED_VISIT,
    WITHDRAWN,
)
from simulator.core.state import BED_READY, IN_HOSPITAL, PRESENT, WARD_MASK, WAS_IN_HOSPITAL
from simulator.core.units import UNIT_ED, UNIT_GP, UNIT_WARD
from simulator.core.words import CASE_BITS, SLOT_MASK
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff.minutes import ACCOUNTS, accounts

START = date(2023, 1, 1)
EVERY_STRATEGY = [
    Change(control, operation, value, START, START)
    for control, operation, value in (
        ("team_share", "add", 0.7), ("team_coordinators", "add", 20.0), ("mobile_visits", "add", 6.0),
        ("home_beds", "add", 5.0), ("receptions", "multiply", 0.1), ("short_term_places", "multiply", 2.0),
        ("housing_places", "multiply", 0.98), ("telemonitoring", "add", 0.5), ("fall_prevention", "add", 0.5),
        ("medication_review", "add", 0.5), ("coordinated_discharge", "add", 0.7), ("health_dialogue", "add", 0.5),
        ("self_care", "add", 0.05), ("digital_share", "add", 0.1), ("winter_surge", "multiply", 1.3),
        ("specialist_to_primary", "set", 0.1), ("gp_posts", "multiply", 0.9), ("mortality", "multiply", 1.2),
        ("end_of_life_talks", "add", 0.2), ("palliative_home_places", "add", 3.0),
        ("quit_smoking", "add", 0.5), ("weight_programme", "add", 0.5),
        ("plan_at_enrolment", "add", 0.5), ("review_at_enrolment", "add", 0.5), ("physician_consultation", "add", 0.5),
        ("telephone_time", "multiply", 1.2),
    )
]  # fmt: skip


@pytest.fixture(scope="module", params=["today", "every strategy"])
def history(request: pytest.FixtureRequest, history: History, empty_region: Region) -> History:
    """Today's course, and everything that a strategy can bring in at once."""
    if request.param == "today":
        return history
    return lived(Simulation(empty_region, 7, EVERY_STRATEGY, log=2_000_000))


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


def test_who_leaves_without_being_met_has_one_fate(history: History) -> None:
    """And what unmet need brings is told once, when it is decided."""
    record, events = history.simulation.record, history.log
    assert np.array_equal(record.fate.sum(axis=2), record.ledger[:, :, WITHDRAWN])
    fate, unmet = record.fate.sum(axis=(0, 1)), record.unmet.sum(axis=(0, 1))
    assert fate[CAME_BACK] == unmet[BACK_TO_GP]
    assert fate[BECAME_URGENT] == unmet[URGENT_GIVEN_UP] + unmet[URGENT_MISSED_VISIT]
    assert (fate[[AWAY, LET_BE, CAME_BACK, BECAME_URGENT]] > 0).all()
    told = np.bincount(events[events[:, 1] == UNMET, 5], minlength=unmet.size)
    assert np.array_equal(told, unmet)
    assert unmet[:DEATH_AFTER_BOARDING].sum() > 100


def test_everybody_who_dies_dies_somewhere(history: History) -> None:
    record = history.simulation.record
    assert np.array_equal(record.last_days[..., IN_HOSPITAL_BED : IN_OWN_HOME + 1].sum(axis=2), record.deaths)
    assert (record.last_days[..., IN_HOSPITAL_BED : IN_OWN_HOME + 1].sum(axis=(0, 1)) > 10).all()


def test_every_death_is_counted_against_its_wish(history: History) -> None:
    """Parts are no more than their wholes, in every month and place; nobody has a place that is not open."""
    record = history.simulation.record
    wish = dict(zip(LAST_WISHES, np.moveaxis(record.last_wishes, 2, 0), strict=True))
    part_of = {
        "wish_known": ["foreseen"], "stayed": ["wanted_to_stay"], "known_to_stay": ["wish_known", "wanted_to_stay"],
        "known_and_stayed": ["stayed", "known_to_stay"],
    }  # fmt: skip
    assert all((wish[name] <= record.deaths).all() for name in ("foreseen", "wanted_to_stay", "with_palliative_care"))
    assert all((wish[part] <= wish[whole]).all() for part, wholes in part_of.items() for whole in wholes)
    assert all(wish[name].sum() > 10 for name in LAST_WISHES)
    at_home = record.last_days[..., IN_HOSPITAL_BED + 1 : IN_OWN_HOME + 1].sum()
    assert wish["stayed"].sum() < at_home, "some did not want it"
    opened, held = np.moveaxis(record.palliative_days, 2, 0)
    assert (held <= opened).all()
    assert held.any() == opened.any()


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
    first = history.simulation.region.units.first[UNIT_ED]
    overtime[first : first + len(state.hospital)] = 20 * DAY  # treatments counted at their start
    assert (delivered <= offered + overtime).all()
    assert (delivered[:pools] > 0).mean() > 0.9
    gps = slice(history.simulation.region.units.first[UNIT_GP], first)
    assert (delivered[gps] <= offered[gps]).all()


def test_visits_served_are_visits_delivered(history: History) -> None:
    record, lines = history.simulation.record, history.simulation.region.units.first
    gps = slice(lines[UNIT_GP], lines[UNIT_ED])
    served = record.ledger[:MONTHS, gps, SERVED]
    assert np.array_equal(record.desk[:MONTHS, gps, 1], served)
    assert np.array_equal(record.wait[:MONTHS].sum(axis=2), served)


def test_tallies_agree_with_the_log(history: History) -> None:
    record, events, lines = history.simulation.record, history.events, history.simulation.region.units.first
    total = {kind: int((events[:, 1] == kind).sum()) for kind in range(1, BOUGHT + 1)}
    ledger = record.ledger.sum(axis=0)
    assert total[GP_VISIT] == ledger[lines[UNIT_GP] : lines[UNIT_ED], SERVED].sum()
    assert total[SENT_TO_ED] == ledger[lines[UNIT_GP] : lines[UNIT_ED], DIVERTED].sum()
    assert total[SENT_TO_ED] + total[BOUGHT] == ledger[:, DIVERTED].sum()
    assert total[BOUGHT] == record.bought.sum()
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
    kinds = (GP_VISIT, DESK_CONTACT, TREATMENT_START, ADMITTED, SENT_TO_ED, BOARDING, READY, HOME_CARE, MOBILE_VISIT,
             MOVED_IN)  # fmt: skip
    begins = np.isin(history.events[:, 1], kinds)
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
    # What a month of waiting brings is decided on its first day, and noted with the second at which it comes.
    foretold = (kind == UNMET) & (requested > tick)
    assert (requested <= tick)[~foretold].all()
    assert (requested - tick)[foretold].max() < 31 * DAY
    assert foretold.sum() <= history.simulation.record.unmet[:, :, GP_WAITING].sum()
    only_strategies = set() if history.simulation.changes else {HOME_CARE, MOBILE_VISIT}
    assert set(kind) == set(range(1, PALLIATIVE_ASKED + 1)) - only_strategies
    assert person.max() < len(history.simulation.state.person)


def test_each_treatment_ends_once_and_admissions_follow_decisions(history: History) -> None:
    events = history.events
    count = {kind: int((events[:, 1] == kind).sum()) for kind in (TREATMENT_START, TREATMENT_END)}
    busy = int(history.simulation.state.hospital["busy"].sum())
    assert count[TREATMENT_START] == count[TREATMENT_END] + busy
    decided = {(int(t), int(p)) for t, k, p, *_ in events if k == BOARDING}
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


# --- municipalities ------------------------------------------------------------------------------------------


def test_residents_of_special_housing_are_those_so_marked_in_every_month(history: History) -> None:
    for counted, marked in zip(history.places, history.housed, strict=True):
        assert np.array_equal(counted, marked)
    assert np.sum(history.housed) > 2_500, "person-months"


def test_housing_granted_is_moved_in_waiting_or_gone(history: History) -> None:
    """By municipality; who is gone stands in the queue until it would have been their turn."""
    state, events = history.simulation.state, history.events
    place = state.background["municipality"]
    moved = events[events[:, 1] == MOVED_IN]
    assert np.array_equal(moved[:, 3], place[moved[:, 2]])
    size = state.housing_queue.shape[1]
    for m, town in enumerate(state.municipality):
        assert town["queue_tail"] < size, "the ring still holds everybody ever granted"
        granted = state.housing_queue[m, : town["queue_tail"]]
        in_time = moved[moved[:, 3] == m][:, 2]
        waiting = [slot for slot in granted[town["queue_head"] :] if state.person["status"][slot] & PRESENT]
        gone = set(granted.tolist()) - set(in_time.tolist()) - {int(slot) for slot in waiting}
        assert len(granted) == len(set(granted.tolist())) == len(in_time) + len(waiting) + len(gone)
        assert gone <= set(history.gone)
        assert all(state.background["granted"][slot] for slot in waiting)
        mine = set(in_time.tolist())
        assert in_time.tolist() == [slot for slot in granted if slot in mine], "first granted, first in"
    assert len(moved) > 20


def waits_for_reception(history: History) -> dict[tuple[int, int], int]:
    """Second at which each stay (person, admission) was first ready without being received."""
    rows = history.events[history.events[:, 1] == READY]
    first: dict[tuple[int, int], int] = {}
    for tick, _, person, _, began in rows:
        first.setdefault((int(person), int(began)), int(tick))
    return first


@pytest.fixture(scope="module")
def kept_waiting(history: History, empty_region: Region) -> History:
    """The same where so few can be received that many wait for it, some until they die."""
    names = ("receptions", "short_term_places")
    few = [Change(name, "multiply", 0.05, START, START) for name in names]
    others = [change for change in history.simulation.changes if change.control not in names]
    return lived(Simulation(empty_region, 7, [*others, *few], log=2_000_000))


def test_receptions_are_on_the_day_later_gone_or_still_waited_for(kept_waiting: History) -> None:
    """By municipality; and the time spent ready is that between the log's two events, to the second.

    Whose last illness begins meanwhile stays to die, and from the beginning of that day waits no longer.
    """
    history = kept_waiting
    state, record, events = history.simulation.state, history.simulation.record, history.events
    place, m = state.background["municipality"], len(state.municipality)
    first = waits_for_reception(history)
    left = {(int(p), int(began)): int(t) for t, _, p, _, began in events[events[:, 1] == DISCHARGED]}
    received, gone, still, seconds = (np.zeros(m, np.int64) for _ in range(4))
    ill = {int(p): int(t) // DAY * DAY for t, kind, p, *_ in events if kind == LAST_ILLNESS}
    ends = {}
    for k, house in enumerate(state.hospital):
        for word, end in zip(state.stay_patient[k], state.stay_end[k, : house["occupied"]], strict=False):
            ends[int(word) >> CASE_BITS & SLOT_MASK] = int(end)
    for (person, began), ready in first.items():
        town = place[person]
        if (person, began) not in left:
            assert state.relation["bed"][person] & BED_READY
            still[town] += 1
            seconds[town] += min(ends[person], ill.get(person, ends[person])) - ready
            continue
        until = left[person, began]
        died = person in history.gone and until == history.gone[person] * DAY
        (gone if died else received)[town] += 1
        assert until % DAY == 0, "asked for again, or gone for ever, as a day begins"
        seconds[town] += min(until, ill.get(person, until)) - ready
    asked, at_once, short = record.reception.sum(axis=0).T
    assert np.array_equal(asked, at_once + received + gone + still)
    assert np.array_equal(record.ready_seconds.sum(axis=0), seconds)
    assert (short <= at_once + received).all()
    assert received.sum() > 20
    assert gone.sum() > 0


def test_beds_and_bed_days_by_ward_make_up_the_hospitals(history: History) -> None:
    record, state = history.simulation.record, history.simulation.state
    assert np.array_equal(record.ward_days[:MONTHS, :, :-1].sum(axis=(1, 2)), record.bed_days[:MONTHS].sum(axis=1))
    assert np.array_equal(state.ward_occupied.sum(axis=1), state.hospital["occupied"])
    beds = state.relation["bed"][state.person["status"] & IN_HOSPITAL != 0]
    assert (beds < WAS_IN_HOSPITAL).all()
    in_wards = np.bincount((beds & WARD_MASK) - 1, minlength=3)
    assert np.array_equal(in_wards, state.ward_occupied.sum(axis=0))


def test_emergency_visits_and_their_waits_by_acuity(history: History) -> None:
    record, events = history.simulation.record, history.events
    visits = record.acuity_wait[:MONTHS, ..., 0].sum(axis=(1, 2))
    assert np.array_equal(visits, record.ed_visits[:MONTHS].sum(axis=1))
    started = events[events[:, 1] == TREATMENT_START]
    assert (started[:, 0] - started[:, 4]).sum() == record.acuity_wait[..., 1].sum()


def test_care_at_home_and_mobile_visits_are_those_of_the_log(history: History) -> None:
    record, events = history.simulation.record, history.events
    assert (events[:, 1] == HOME_CARE).sum() == record.home_care[..., 0].sum()
    assert (events[:, 1] == MOBILE_VISIT).sum() == record.mobile_visits.sum()
    assert record.contacts[..., HOSPITAL_HOME_CELL].sum() == record.home_care[..., 1].sum()
    assert record.contacts[..., TEAM_CELL].sum() == record.mobile_visits.sum() + record.team_visits.sum()
    assert record.contacts[..., MONITORING_CELL].sum() == record.monitoring.sum()
    for cell in (TEAM_CELL, MONITORING_CELL, HOSPITAL_HOME_CELL):
        assert np.array_equal(record.demand[..., cell], record.contacts[..., cell])
    assert (record.team_visits.sum() > 0) == (record.monitoring.sum() > 0) == bool(history.simulation.changes)
    assert (record.home_care.sum() > 0) == (record.mobile_visits.sum() > 0) == bool(history.simulation.changes)
    state = history.simulation.state
    assert (state.hospital["home_taken"] <= state.hospital["home_beds"]).all()
    assert (state.municipality["short_taken"] <= state.municipality["short_places"]).all()


def test_accounts_of_minutes_close_in_every_unit_and_month(history: History, record_property) -> None:
    table = accounts(history.simulation.record, history.simulation.region, slice(0, MONTHS))
    entry = {name: table[..., i] for i, name in enumerate(ACCOUNTS)}
    off = np.maximum(
        np.abs(entry["paid"] - entry["absent"] - entry["non_patient"] - entry["available"]),
        np.abs(entry["available"] + entry["overtime"] - entry["delivered"] - entry["idle"]),
    )
    largest = float((off / np.maximum(entry["paid"] + entry["overtime"], 1.0)).max())
    record_property("minutes_off", f"{largest:.0e}")
    assert largest < 1e-12, "minutes are numbers with decimals: what is left is rounding"
    assert (table >= 0).all()
