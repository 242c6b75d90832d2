"""The diary of a watched person: against the full log, the engine's own counts, and itself."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from small_county import LAST_YEAR, MONTHS, History, lived

from simulator.changes import Change
from simulator.core.dates import DAY, day_number, month_start
from simulator.core.log import ADMITTED, DISCHARGED, GP_VISIT
from simulator.core.state import IN_HOSPITAL, SPECIAL_HOUSING
from simulator.core.units import ACCOUNTS_FOR
from simulator.lives.diary import IN_A_BED, Diary, continuity_of, diary_of, whereabouts
from simulator.lives.event import Event
from simulator.lives.event_log import EventLog
from simulator.lives.parting import parting_of
from simulator.lives.watch import Watch
from simulator.people.continuity import bice_boxerman, usual_provider
from simulator.region.pack import Region
from simulator.simulation import Simulation

UNTIL = month_start(MONTHS)
SEED = 7


def watched(state) -> np.ndarray:
    """The old with home nursing or in special housing, and some others."""
    frail = np.flatnonzero((state.background["age"] >= 80) & ((state.person["status"] & 0b1100) != 0))
    return np.unique(np.concatenate([frail[:400], np.arange(0, state.person.size, 331)]))


@pytest.fixture(scope="module")
def watch(empty_region: Region) -> Watch:
    simulation = Simulation(empty_region, SEED)
    watch = Watch.begin(simulation, watched(simulation.state), UNTIL)
    watch.run(UNTIL)
    return watch


@pytest.fixture(scope="module")
def diaries(watch: Watch, empty_region: Region) -> list[Diary]:
    return diaries_of(watch, empty_region, UNTIL)


def diaries_of(watch: Watch, region: Region, until: date) -> list[Diary]:
    rows = watch.rows
    return [diary_of(rows[rows[:, 2] == s], watch.pictures, i, region, until) for i, s in enumerate(watch.slots)]


def test_the_log_of_some_is_the_log_of_all_without_the_others(watch: Watch, history: History) -> None:
    mine = history.log[np.isin(history.log[:, 2], watch.slots)]
    assert len(mine) > 3_000
    assert np.array_equal(watch.rows, mine)


def test_watching_changes_nothing(watch: Watch, history: History) -> None:
    ours, theirs = watch.simulation.state, history.simulation.state
    for name in ("person", "background", "relation", "seen"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))
    assert np.array_equal(watch.simulation.record.contacts, history.simulation.record.contacts)


def test_every_contact_of_the_log_is_in_the_diary(watch: Watch, diaries: list[Diary]) -> None:
    for slot, diary in zip(watch.slots, diaries, strict=True):
        kinds = watch.rows[watch.rows[:, 2] == slot, 1]
        assert sum(event.kind == "gp_visit" for event in diary.events) == (kinds == GP_VISIT).sum()
        assert sum(event.kind.endswith("admission") for event in diary.events) == (kinds == ADMITTED).sum()
        assert [event.second for event in diary.events] == sorted(event.second for event in diary.events)


def test_days_of_every_kind_sum_to_the_days_of_the_year(diaries: list[Diary]) -> None:
    seen = np.zeros(5, int)
    for diary in diaries:
        for year in diary.years:
            days = (year.days_home, year.days_housing, year.days_short_term, year.days_hospital, year.days_gone)
            assert sum(days) == (365 if year.year % 4 else 366)
            seen += days
    assert (seen > 0).all()


@pytest.mark.parametrize("settled", [False, True])
def test_nights_in_hospital_are_the_engines_bed_days(
    settled: bool, history: History, empty_region: Region, small_region: Region
) -> None:
    """Those of who lay there on the first day among them."""
    if settled:
        history = lived(Simulation(small_region, 7, log=2_000_000))
        assert history.simulation.state.hospital["occupied"].sum() > 0
    rows = history.log
    been = np.unique(rows[np.isin(rows[:, 1], (ADMITTED, DISCHARGED)), 2])
    mine = rows[np.isin(rows[:, 2], been)]
    mine = mine[np.argsort(mine[:, 2], kind="stable")]
    nights = 0
    for part in np.split(mine, np.flatnonzero(np.diff(mine[:, 2])) + 1):
        events = EventLog(part, empty_region, False).events()
        nights += int((whereabouts(events, False, day_number(UNTIL)) == IN_A_BED).sum())
    assert nights == history.simulation.record.bed_days[:MONTHS].sum()


def test_who_was_seen_is_what_the_engine_remembers(watch: Watch, diaries: list[Diary]) -> None:
    compared = 0
    for slot, diary in zip(watch.slots, diaries, strict=True):
        seen = [e.provider for e in diary.events if e.kind == "gp_visit" and e.when.year == LAST_YEAR][:8]
        compared += len(seen)
        remembered = watch.simulation.state.seen[slot, : len(seen)].tolist()
        assert len(seen) == 8 or sorted(seen) == sorted(remembered), "those of one day in the order of the doctors"
    assert compared > 150


def test_units_are_those_of_the_engine(watch: Watch, empty_region: Region) -> None:
    log = EventLog(watch.rows[:0], empty_region, False)
    first = [log.number[kind, 0] for kind in ACCOUNTS_FOR]
    assert first == watch.simulation.region.units.first.tolist()
    pool = watch.simulation.state.pool["kind"]
    assert [ACCOUNTS_FOR.index(kind) for kind, _ in log.unit[: len(pool)]] == pool.tolist()


def test_emergency_visits_are_whole(diaries: list[Diary]) -> None:
    visits = [event for diary in diaries for event in diary.events if event.kind == "emergency_visit"]
    assert len(visits) > 30
    assert {"home", "admitted"} <= {visit.outcome for visit in visits}
    assert {"gp", "return", ""} <= {visit.origin for visit in visits}
    for visit in visits:
        assert visit.acuity
        assert visit.cause
        if visit.treated >= 0 and visit.until >= 0:
            assert visit.second <= visit.treated <= visit.until


def test_stays_tell_ward_and_where_they_led(watch: Watch, diaries: list[Diary]) -> None:
    stays = [(i, e) for i, diary in enumerate(diaries) for e in diary.events if e.kind.endswith("admission")]
    assert {stay.ward for _, stay in stays} >= {"medicine", "surgery"}
    assert {"home", "special_housing"} <= {stay.outcome for _, stay in stays}
    lying = {i for i, stay in stays if stay.outcome == "ongoing"}
    status = watch.simulation.state.person["status"][watch.slots]
    assert lying == set(np.flatnonzero(status & IN_HOSPITAL).tolist())


def test_those_who_live_in_special_housing_at_the_end_are_there(watch: Watch, diaries: list[Diary]) -> None:
    status = watch.simulation.state.person["status"][watch.slots]
    moved = [any(event.kind == "moved_in" for event in diary.events) for diary in diaries]
    began = watch.pictures[0].person["status"] & SPECIAL_HOUSING != 0
    assert any(moved)
    assert np.array_equal((status & SPECIAL_HOUSING) != 0, began | np.array(moved))


def test_the_same_person_twice_and_a_scenario_that_changes_nothing(watch: Watch, empty_region: Region) -> None:
    """From a checkpoint in the middle, and without any; under a change that leaves everything as it is."""
    neutral = Change("gp_posts", "multiply", 1.0, date(2024, 1, 1), date(2024, 1, 1))
    simulation = Simulation(empty_region, SEED)
    half = Watch.begin(simulation, watch.slots, date(2024, 1, 1))
    half.run(date(2024, 1, 1))
    checkpoint = simulation.hand_over()
    wanted = diaries_of(watch, empty_region, UNTIL)
    for changes in ((), (neutral,)):
        again = half.resume(empty_region, checkpoint, changes, UNTIL)
        again.run(UNTIL)
        assert np.array_equal(again.rows, watch.rows)
        found = diaries_of(again, empty_region, UNTIL)
        assert found == wanted
        assert all(parting_of(a.events, b.events) is None for a, b in zip(found, wanted, strict=True))


def test_a_strategy_parts_paths_only_from_its_start(watch: Watch, empty_region: Region) -> None:
    start = date(2024, 3, 1)
    simulation = Simulation(empty_region, SEED, [Change("need_emergency", "multiply", 0.5, start, start)])
    other = Watch.begin(simulation, watch.slots, UNTIL)
    other.run(UNTIL)
    pairs = zip(diaries_of(watch, empty_region, UNTIL), diaries_of(other, empty_region, UNTIL), strict=True)
    found = [parting for a, b in pairs if (parting := parting_of(a.events, b.events))]
    assert len(found) > 5
    assert min(parting.day for parting in found) >= day_number(date(2024, 1, 1))  # needs are drawn on 1 January
    assert all(parting.ours or parting.theirs for parting in found)


def test_a_log_that_is_full_says_so(watch: Watch, empty_region: Region) -> None:
    simulation = Simulation(empty_region, SEED)
    short = Watch.begin(simulation, watch.slots, UNTIL)
    simulation.make_room(5)
    simulation.run(date(2023, 4, 1))
    with pytest.raises(RuntimeError, match="room for 5 events"):
        _ = short.rows


@pytest.mark.parametrize("providers", [[1, 1], [1, 2], [1, 1, 2, 3], [5] * 9 + [6], [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]])
def test_continuity_is_the_engines_index(providers: list[int]) -> None:
    ring = np.zeros(8, np.uint32)
    for i, provider in enumerate(providers):
        ring[i % 8] = provider
    index = bice_boxerman(ring, len(providers)), usual_provider(ring, len(providers))
    assert continuity_of(providers) == pytest.approx(index)
    assert continuity_of(providers[:1]) == (None, None)


# --- parting --------------------------------------------------------------------------------------------


def visit(day: int, wait: int = 1, provider: int = 9, second: int = 30_000) -> Event:
    asked = (day - wait) * DAY + 100
    return Event(day * DAY + second, "gp_visit", "Centralen", "own_gp", provider, requested=asked)


def test_minutes_and_home_visits_do_not_part_paths() -> None:
    ours = [visit(10), Event(11 * DAY, "home_visit")]
    assert parting_of(ours, [visit(10, second=31_000)]) is None


def test_the_first_difference_and_its_reason() -> None:
    later = Event(visit(10).second + DAY, "gp_visit", "Centralen", "own_gp", 9, requested=visit(10).requested)
    team = Event(5 * DAY, "team", outcome="begins")
    cases = {
        "wait": ([visit(10)], [later]),
        "doctor": ([visit(10)], [visit(10, provider=8)]),
        "need": ([visit(10), visit(20)], [visit(20)]),
        "support": ([visit(10)], [team, later]),
    }
    for reason, (ours, theirs) in cases.items():
        parting = parting_of(ours, theirs)
        assert parting is not None
        assert parting.reason == reason
    without = parting_of(*cases["support"], support=False)
    assert without is not None
    assert (without.reason, without.day) == ("wait", 10)


def test_json_says_what_there_is_and_no_more() -> None:
    told = visit(10, wait=2).as_dict()
    assert told["date"] == "2023-01-11"
    assert told["wait_hours"] == pytest.approx(56.31)
    assert "ward" not in told
    assert "requested" not in told
