"""What comes of unmet need, and the last illness, in the diary: hand-made logs, and against the engine's own."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from small_county import MONTHS, History

from simulator.care.causes import FALL, OTHER
from simulator.core.dates import DAY, day_number, month_start
from simulator.core.log import (
    ADMITTED,
    BOARDING,
    DIED,
    DISCHARGED,
    ED_ARRIVAL,
    GAVE_UP,
    GP_VISIT,
    LAST_ILLNESS,
    MOVED_AWAY,
    MOVED_IN,
    SENT_TO_ED,
    SHORT_TERM,
    TREATMENT_END,
    TREATMENT_START,
    UNMET,
    pack_admission,
    pack_arrival,
    unpack_arrival,
)
from simulator.core.record import (
    BACK_TO_GP,
    CONSEQUENCES,
    DEATH_AFTER_BOARDING,
    LONGER_STAY,
    URGENT_GIVEN_UP,
    URGENT_HELP,
    URGENT_HOUSING,
    URGENT_MISSED_VISIT,
    URGENT_WAITING,
)
from simulator.core.words import case_of, next_case, post_of
from simulator.lives.event import Event
from simulator.lives.event_log import EventLog
from simulator.lives.parting import parting_of
from simulator.lives.unmet_need import moment_of
from simulator.region.pack import Region

Rows = list[tuple[int, int, int, int, int]]
ASKED = 100 * DAY + 40_000
GAVE = 110 * DAY + 61_200
FIRST = 120 * DAY
"""Midnight of the first day of a month, as far as the log knows."""


def moment(requested: int) -> int:
    """Second of the day at which a need comes back, in hand-made logs."""
    return requested % 1_000 + 7_000


BACK = moment(ASKED)


def events(region: Region, rows: Rows, housed: bool = False, seen: bool = True) -> list[Event]:
    """Events of rows (second, kind, unit, second of request, particulars), in order of time."""
    table = np.array([(tick, kind, 5, *rest) for tick, kind, *rest in sorted(rows)], np.int64).reshape(-1, 6)
    log = EventLog(table, region, housed, moment if seen else None)
    return sorted(log.events(), key=lambda event: event.second)


def only(found: list[Event], kind: str) -> Event:
    (event,) = (event for event in found if event.kind == kind)
    return event


def arrival(second: int, case: int, cause: int = OTHER) -> Rows:
    """A visit to the first hospital's emergency department from which one goes home after two hours."""
    return [
        (second, ED_ARRIVAL, 0, second, pack_arrival(case, cause, 1)),
        (second + 600, TREATMENT_START, 0, second, 0),
        (second + 7_200, TREATMENT_END, 0, second, 0),
    ]


def stay(admitted: int, left: int = -1) -> Rows:
    rows = [(admitted, ADMITTED, 0, admitted, pack_admission(1, OTHER, 0, 0, 0))]
    return rows if left < 0 else [*rows, (left, DISCHARGED, 0, admitted, 0)]


def unit(region: Region, desk: str, n: int = 0) -> int:
    return next(unit for unit, account in enumerate(region.units.account_of) if account == (desk, n))


def gave_up(region: Region, consequence: int, desk: str = "gp") -> Rows:
    return [(GAVE, GAVE_UP, unit(region, desk), ASKED, 0), (GAVE, UNMET, 0, GAVE, consequence)]


# --- needs that come back


@pytest.mark.parametrize("days", [1, 20, 62])
def test_a_need_that_comes_back_is_told_when_it_is_asked_for_again(days: int, small_region: Region) -> None:
    again = (GAVE // DAY + days) * DAY + BACK
    visits = [
        (again + 2 * DAY, GP_VISIT, post_of(0, 0), again, 0),
        (again + DAY, GP_VISIT, post_of(0, 0), again + 9, 0),
    ]
    found = events(small_region, [*gave_up(small_region, BACK_TO_GP), *visits])
    back = only(found, "unmet")
    assert (back.second, back.requested, back.subject, back.origin) == (again, ASKED, "back_to_gp", "gp")
    assert back.place == small_region.centre_names[0]
    assert back.waited == 10 + days
    assert [event.origin for event in found if event.kind == "gp_visit"] == ["", "back_to_gp"]


@pytest.mark.parametrize("days", [0, 63])
def test_what_comes_too_soon_or_too_late_is_another_need(days: int, small_region: Region) -> None:
    again = (GAVE // DAY + days) * DAY + BACK
    visit = [(again + DAY, GP_VISIT, post_of(0, 0), again, 0)]
    found = events(small_region, [*gave_up(small_region, BACK_TO_GP), *visit])
    assert [(event.kind, event.origin) for event in found] == [("fell_away", ""), ("gp_visit", "")]


def test_a_need_that_never_comes_back_is_not_told(small_region: Region) -> None:
    assert [event.kind for event in events(small_region, gave_up(small_region, BACK_TO_GP))] == ["fell_away"]


def test_a_need_that_comes_back_may_be_turned_away_again(small_region: Region) -> None:
    again = (GAVE // DAY + 4) * DAY + BACK
    sent = [(again, SENT_TO_ED, 0, again, 0), *arrival(again + 3_600, case_of(again))]
    found = events(small_region, [*gave_up(small_region, BACK_TO_GP, "nurse"), *sent])
    assert [(event.kind, event.origin) for event in found] == [
        ("fell_away", ""), ("unmet", "nurse"), ("emergency_visit", "no_appointment"),
    ]  # fmt: skip


# --- emergencies


@pytest.mark.parametrize(
    ("consequence", "desk"), [(URGENT_GIVEN_UP, "gp"), (URGENT_MISSED_VISIT, "home_nursing")], ids=["gp", "home"]
)
def test_a_need_that_becomes_urgent_is_the_origin_of_an_emergency(
    consequence: int, desk: str, small_region: Region
) -> None:
    later = (GAVE // DAY + 30) * DAY + BACK
    rows = [*gave_up(small_region, consequence, desk), *arrival(later - 40, 7), *arrival(later, 9)]
    visits = [event for event in events(small_region, rows) if event.kind == "emergency_visit"]
    assert [visit.origin for visit in visits] == ["", CONSEQUENCES[consequence]]
    unseen = events(small_region, rows, seen=False)
    assert {visit.origin for visit in unseen if visit.kind == "emergency_visit"} == {""}


@pytest.mark.parametrize("consequence", [URGENT_WAITING, URGENT_HELP, URGENT_HOUSING])
@pytest.mark.parametrize(
    ("days", "marks", "explains"), [(0, 1, True), (29, 64, True), (29, 65, False), (30, 1, False), (3, 0, False)]
)
def test_a_month_explains_an_emergency_in_it_with_a_later_mark(
    consequence: int, days: int, marks: int, explains: bool, small_region: Region
) -> None:
    second = FIRST + days * DAY + 1_234
    case = case_of(second)
    for _ in range(marks):
        case = next_case(case)
    found = events(small_region, [(FIRST, UNMET, 0, FIRST, consequence), *arrival(second, case)])
    assert only(found, "emergency_visit").origin == (CONSEQUENCES[consequence] if explains else "")


@pytest.mark.parametrize(("consequence", "origin"), [(URGENT_HELP, "urgent_home_help"), (URGENT_HOUSING, "")])
def test_a_fall_for_want_of_help_may_have_the_mark_of_its_own_second(
    consequence: int, origin: str, small_region: Region
) -> None:
    second = FIRST + 4 * DAY
    fall = arrival(second, case_of(second), FALL)
    assert (
        only(events(small_region, [(FIRST, UNMET, 0, FIRST, consequence), *fall]), "emergency_visit").origin == origin
    )


def test_a_consequence_explains_one_emergency_and_two_explain_two(small_region: Region) -> None:
    seconds = (FIRST + DAY, FIRST + 2 * DAY, FIRST + 3 * DAY)
    visits = [row for second in seconds for row in arrival(second, next_case(case_of(second)))]
    for times in (1, 2):
        found = events(small_region, [*times * [(FIRST, UNMET, 0, FIRST, URGENT_WAITING)], *visits])
        origins = Counter(event.origin for event in found)
        assert origins == {"urgent_waiting": times, "": 3 - times}


def test_what_explains_an_emergency_otherwise_goes_first(small_region: Region) -> None:
    second = FIRST + 4 * DAY
    case = next_case(case_of(second))
    before = [(second - DAY, ADMITTED, 0, second - DAY, pack_admission(_before(case), OTHER, 0, 0, 0)),
              (second - 600, DISCHARGED, 0, second - DAY, 0)]  # fmt: skip
    found = events(small_region, [(FIRST, UNMET, 0, FIRST, URGENT_HOUSING), *before, *arrival(second, case)])
    assert only(found, "emergency_visit").origin == "return"


def _before(case: int) -> int:
    return next(mark for mark in range(1_024) if next_case(mark) == case)


# --- boarding, the last illness and death


def test_a_long_wait_for_a_bed_makes_the_stay_longer(small_region: Region) -> None:
    second = 50 * DAY
    rows = [*stay(second, second + 3 * DAY), *stay(second + 9 * DAY, second + 11 * DAY)]
    found = events(small_region, [*rows, (second, UNMET, 0, second, LONGER_STAY)])
    assert [event.origin for event in found] == ["longer_stay", ""]


@pytest.mark.parametrize(("days", "origin"), [(35, "death_after_boarding"), (36, "")])
def test_a_death_soon_after_a_long_wait_for_a_bed_says_so_and_nothing_foretells_it(
    days: int, origin: str, small_region: Region
) -> None:
    waited = (100 - days) * DAY
    rows = [(waited, UNMET, 0, waited, DEATH_AFTER_BOARDING), (100 * DAY, DIED, 0, 100 * DAY, 0)]
    (died,) = events(small_region, rows)
    assert (died.kind, died.origin, died.outcome) == ("died", origin, "home")


def test_the_last_illness_leads_to_hospital_and_is_the_origin_of_the_visit(small_region: Region) -> None:
    second, end = 50 * DAY + 900, 53 * DAY
    rows = [
        (second, LAST_ILLNESS, 0, second, 0), *arrival(second, case_of(second)),
        (second + 7_200, BOARDING, 0, second + 7_200, 0),
        (second + 9_000, ADMITTED, 0, second + 7_200, pack_admission(case_of(second), OTHER, 0, 0, 0)),
        (end, DISCHARGED, 0, second + 9_000, 0), (end, DIED, 0, end, 0),
    ]  # fmt: skip
    found = events(small_region, rows)
    assert only(found, "last_illness").outcome == "to_hospital"
    assert only(found, "emergency_visit").origin == "last_illness"
    assert only(found, "emergency_visit").outcome == "admitted"
    assert only(found, "admission").outcome == "died"
    assert only(found, "died").outcome == "hospital"


def test_the_last_illness_may_begin_in_hospital(small_region: Region) -> None:
    rows = [*stay(50 * DAY, 60 * DAY), (55 * DAY, LAST_ILLNESS, 0, 55 * DAY, 0), (60 * DAY, DIED, 0, 60 * DAY, 0)]
    assert only(events(small_region, rows), "last_illness").outcome == "in_hospital"


END = 80 * DAY


@pytest.mark.parametrize(
    ("rows", "housed", "place"),
    [
        ([], False, "home"),
        (stay(70 * DAY, 75 * DAY), False, "home"),
        (stay(70 * DAY, END), False, "hospital"),
        ([], True, "special_housing"),
        ([(60 * DAY, MOVED_IN, 0, 60 * DAY, 0)], False, "special_housing"),
        ([(70 * DAY, SHORT_TERM, 0, 70 * DAY, 11)], False, "short_term"),
        ([(70 * DAY, SHORT_TERM, 0, 70 * DAY, 10)], False, "home"),
        (arrival(END - 600, 9), False, "emergency"),
        (arrival(END - 7_200, 9), False, "home"),
    ],
)
def test_the_place_of_death(rows: Rows, housed: bool, place: str, small_region: Region) -> None:
    found = events(small_region, [*rows, (END, DIED, 0, END, 0)], housed)
    assert only(found, "died").outcome == place


def test_a_visit_that_death_ends_is_over_then(small_region: Region) -> None:
    found = events(small_region, [*arrival(END - 600, 9), (END, DIED, 0, END, 0)])
    visit = only(found, "emergency_visit")
    assert (visit.outcome, visit.until) == ("died", END)


@pytest.mark.parametrize("end", [DIED, MOVED_AWAY])
def test_what_was_expected_of_who_is_gone_is_not_told(end: int, small_region: Region) -> None:
    expected = [(END + DAY, ED_ARRIVAL, 0, END + DAY, pack_arrival(9, OTHER, 1)),
                (END + DAY, GAVE_UP, unit(small_region, "emergency"), END + DAY, 0),
                (END + DAY, GAVE_UP, unit(small_region, "gp"), 70 * DAY, 0)]  # fmt: skip
    assert len(events(small_region, [(END, end, 0, END, 0), *expected])) == 1


def test_an_emergency_expected_of_who_lies_in_hospital_is_not_told(small_region: Region) -> None:
    second, ward = 72 * DAY, unit(small_region, "emergency")
    late = [(second, ED_ARRIVAL, 0, second, pack_arrival(9, OTHER, 1)), (second, GAVE_UP, ward, second, 0)]
    for left in (-1, 75 * DAY):
        assert [event.kind for event in events(small_region, [*stay(70 * DAY, left), *late])] == ["admission"]
    found = events(small_region, [*stay(70 * DAY, 71 * DAY), *late])
    assert only(found, "emergency_visit").outcome == "turned_away"


# --- against the engine


@pytest.fixture(scope="module")
def logs(history: History, empty_region: Region) -> list[EventLog]:
    """The log of everybody to whom unmet need brought something, and of all who came to the emergency department."""
    log, state = history.log, history.simulation.state
    rows = log[np.isin(log[:, 2], np.unique(log[np.isin(log[:, 1], (UNMET, ED_ARRIVAL)), 2]))]
    rows = rows[np.lexsort((rows[:, 0], rows[:, 2]))]
    people = np.split(rows, np.flatnonzero(np.diff(rows[:, 2])) + 1)
    seed, keys = int(state.seed[0]), state.person["key"]
    return [EventLog(mine, empty_region, False, moment_of(seed, int(keys[mine[0, 2]]))) for mine in people]


def test_every_emergency_that_is_not_of_its_own_second_comes_of_something(logs: list[EventLog]) -> None:
    """A need that arises as an emergency has the mark of its second; every other mark is handed on by what it is of."""
    origins: Counter[str] = Counter()
    for log in logs:
        visits = {event.second: event for event in log.events() if event.kind == "emergency_visit"}
        for row in log.of_kind.get(ED_ARRIVAL, ()):
            if row.tick in visits:
                own = unpack_arrival(row.particulars)[0] == case_of(row.tick)
                assert own or visits[row.tick].origin
                origins[visits[row.tick].origin] += 1
    wanted = {CONSEQUENCES[n] for n in (URGENT_GIVEN_UP, URGENT_WAITING, URGENT_HELP, URGENT_HOUSING)}
    assert wanted | {"", "gp", "no_appointment", "return", "last_illness"} <= set(origins)


def test_nearly_every_consequence_is_seen_to_come_of_those_who_are_still_here(logs: list[EventLog]) -> None:
    """But not of who lies in hospital on that day."""
    seen: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    last = day_number(month_start(MONTHS))
    for log in logs:
        found = Counter(event.subject if event.kind == "unmet" else event.origin for event in log.events())
        found["back_to_gp"] = sum(event.kind == "unmet" for event in log.events())
        end = last * DAY if log.end is None else log.end
        for row in log.of_kind.get(UNMET, ()):
            if row.tick < end - 63 * DAY:
                decided[CONSEQUENCES[row.particulars]] += 1
        seen += Counter({kind: found[kind] for kind in CONSEQUENCES})
    rare = {"urgent_missed_visit", "death_after_boarding"}
    for kind in set(CONSEQUENCES) - rare:
        assert seen[kind] >= 0.85 * decided[kind] > 10


def test_the_moment_at_which_a_need_comes_back_is_the_engines() -> None:
    assert moment_of(5, 77)(12_345) == 6_154
    assert moment_of(5, 2**63 + 1)(12_345) != moment_of(5, 2**63 + 2)(12_345)


# --- where paths part


def test_paths_part_where_a_need_is_met_in_one_only() -> None:
    visit = Event(12 * DAY, "gp_visit", "Centralen", "own_gp", 9, requested=10 * DAY)
    missed = Event(11 * DAY, "fell_away", "Centralen", requested=10 * DAY, subject="gp")
    back = Event(30 * DAY, "unmet", "Centralen", requested=9 * DAY, origin="gp", subject="back_to_gp")
    urgent = Event(31 * DAY, "emergency_visit", "Länssjukhuset", origin="urgent_home_help")
    plain = Event(31 * DAY, "emergency_visit", "Länssjukhuset", origin="gp")
    for ours, theirs, reason in (
        ([visit], [missed], "missed"), ([back], [], "unmet"), ([], [urgent], "unmet"), ([plain], [], "need"),
    ):  # fmt: skip
        parting = parting_of(ours, theirs)
        assert parting is not None
        assert parting.reason == reason
