"""Levers on people reach whom they name, and for a while nobody else at all."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from small_system import DAY, events_of, random_world, run_kernels, with_needs, world_of

from simulator.care.offer import ADVICE, MOVED, OFFERS, moved_share, offers_of, segment_of
from simulator.changes import Change
from simulator.checkpoint import Checkpoint
from simulator.controls import CONTROLS, values_in
from simulator.core.log import DESK_CONTACT
from simulator.core.record import COMPLEX_PLAN, WITH_CONTACT, WITH_PLAN
from simulator.core.state import CHRONIC
from simulator.core.units import LINE_NURSE, LINE_RETURN
from simulator.needs import left_after_dialogues, need_factors
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.region.axes import SPECIALIST
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff.workforce import establishment, following_posts

START = date(2023, 1, 1)
KALMAR, MELLANBY = 6, 1
EVENTS = 400_000


def values(region: Region, *changes: Change) -> dict[str, np.ndarray]:
    return values_in(START, changes, region)


def test_what_is_offered_is_the_control_at_the_persons_own_place_age_and_segment(county: Region) -> None:
    changes = [
        Change(name, "add", 0.1 * (n + 1), START, START, municipalities=(n,), age_groups=(5, 6), segments=(3,))
        for n, name in enumerate(OFFERS.values())
    ]
    offer = offers_of(county, values(county, *changes))
    base = county.parameters["primary_care.self_care_share"]
    offer[ADVICE] -= base
    for n in range(len(OFFERS)):
        expected = np.zeros((len(county.municipalities), AGE_GROUP_COUNT, 4))
        expected[n, 5:7, 3] = 0.1 * (n + 1)
        assert offer[n] == pytest.approx(expected.reshape(-1, 4))


def test_advice_stays_a_share(county: Region) -> None:
    for added, share in ((0.4, 0.4), (-0.2, -0.05)):
        offer = offers_of(county, values(county, Change("self_care", "add", added, START, START)))
        base = county.parameters["primary_care.self_care_share"]
        assert offer[ADVICE] == pytest.approx(np.full(offer[ADVICE].shape, base + share))


def test_the_status_tells_the_segment(small_region: Region) -> None:
    """Of everybody but this year's newborns, who are given one on their first New Year."""
    simulation = Simulation(small_region, 3)
    simulation.run(date(2024, 2, 1))
    state = simulation.state
    told = np.array([segment_of(status) for status in state.person["status"]])
    known = state.background["age"] >= 0
    assert set(told[known]) == {0, 1, 2, 3}
    assert np.array_equal(told[known], state.background["segment"][known])


def test_random_worlds_tell_it_too() -> None:
    world = random_world(3, 5)
    told = [segment_of(status) for status in world.person["status"]]
    assert told == world.background["segment"].tolist()


# --- whom a lever changes in a run: the log of events, person by person ------------------------------------------


@pytest.fixture(scope="module")
def history(small_region: Region) -> Checkpoint:
    simulation = Simulation(small_region, 5)
    simulation.run(date(2024, 1, 1))
    return simulation.checkpoint()


def week(region: Region, history: Checkpoint, *changes: Change, until: date = date(2024, 1, 4)) -> Simulation:
    simulation = Simulation.resume(region, history, changes, log=EVENTS)
    simulation.run(until)
    return simulation


def needs(simulation: Simulation) -> set[tuple[int, ...]]:
    """Needs of the year that stand, by person."""
    word = simulation.state.point
    slot = (word >> 25) & ((1 << 21) - 1)
    return set(zip(slot.tolist(), word.tolist(), strict=True))


NEEDS = [name for name in CONTROLS if name.startswith("need_")] + ["winter_surge"]


@pytest.mark.parametrize("name", [*NEEDS, "health_dialogue"])
@pytest.mark.parametrize("value", [0.6, 1.4])
def test_needs_change_only_where_they_are_told_to(small_region, history, name: str, value: float) -> None:
    added = name == "health_dialogue"
    where = {"municipalities": (MELLANBY,), "age_groups": (2, 4)} | ({} if added else {"segments": (1, 2)})
    change = Change(name, "add" if added else "multiply", value - 0.6 if added else value, date(2024, 1, 1),
                    date(2024, 1, 1), **where)  # fmt: skip
    if change.value == 0.0:
        return
    plain, moved = (week(small_region, history, *changes) for changes in ((), (change,)))
    state = moved.state
    met = {slot for slot, _ in needs(plain) ^ needs(moved)}
    assert len(met) > 3
    slots = np.array(sorted(met))
    assert set(state.background["municipality"][slots]) == {MELLANBY}
    assert set(state.person["risk"][slots] // 6) <= {2, 4}
    if not added:
        assert set(state.background["segment"][slots]) <= {1, 2}


@pytest.mark.parametrize(
    ("name", "value", "ages", "segments"),
    [
        ("self_care", 0.4, (1, 2), (1,)),
        ("fall_prevention", 1.0, (5, 6, 7, 8), ()),
        ("telemonitoring", 1.0, (), (2, 3)),
        ("medication_review", 1.0, (), ()),
        ("coordinated_discharge", 1.0, (), ()),
    ],
)
def test_who_parts_first_is_somebody_whom_the_lever_reaches(county, name, value, ages, segments) -> None:
    """The whole county for some weeks: until the first person parts every event is the same, to the second.

    Effects on hospital care are made strong, so that somebody parts soon; nobody's death is moved, for then those who
    are to die in the first years are others, and so is the norm by which all rates are held to their source.
    """
    strong = county.with_parameters({
        "medication.readmission_ratio": 0.05, "telemonitoring.heart_failure_ratio": 0.05,
        "telemonitoring.heart_failure_death_ratio": 1.0,
    })  # fmt: skip
    change = Change(name, "add", value, START, START, municipalities=(KALMAR,), age_groups=ages, segments=segments)
    logs = []
    for changes in ((), (change,)):
        simulation = Simulation(strong, 4, changes, log=3 * EVENTS)
        simulation.run(date(2023, 1, 12) if name == "self_care" else date(2023, 2, 5))
        rows = simulation.log[: simulation.logged[0]]
        logs.append(rows[np.lexsort(rows.T[::-1])])
    common = min(map(len, logs))
    parted = (logs[0][:common] != logs[1][:common]).any(axis=1)
    assert parted.any()
    first = [log[parted.argmax()].tolist() for log in logs]
    tick = min(row[0] for row in first)
    assert tick > 0
    # Where somebody does not come any more, another is met at that second.
    parting = np.array([row[2] for row in first if row[0] == tick])
    if name == "self_care":  # and others of that day earlier or later; who does not come has asked in one log alone
        asked = [{(int(p), int(since)) for _, _, p, _, since, _ in log} for log in logs]
        that_day = logs[0][logs[0][:, 0] // DAY == tick // DAY]
        parting = np.array(
            [p for _, _, p, _, since, _ in that_day.tolist() if since < tick and (p, since) not in asked[1]]
        )
    reached = simulation.state.background["municipality"][parting] == KALMAR
    if ages:
        reached &= np.isin(simulation.state.person["risk"][parting] // 6, ages)
    if segments:
        reached &= np.isin(simulation.state.background["segment"][parting], segments)
    assert reached.any()
    assert reached.all() or name != "self_care"


def test_specialist_needs_are_moved_where_they_are_told_to() -> None:
    """Four people, two municipalities: only the chronically ill of the second are met at the health centre."""
    world = world_of(people=4, m=2)
    world.background["municipality"] = world.person["cell"] = [0, 0, 1, 1]
    world.person["cell"] *= AGE_GROUP_COUNT
    world.person["status"][1::2] |= CHRONIC
    world.offer[MOVED, AGE_GROUP_COUNT, 2] = 1.0
    world = with_needs(world, [(0, 9 * 3600 + n, n, SPECIALIST, 0) for n in range(4)])
    run_kernels(world, 0, 2)
    line = {int(slot): int(unit) for _, kind, slot, unit, _ in events_of(world) if kind == DESK_CONTACT}
    nurse, clinic = (int(world.lines[n]) for n in (LINE_NURSE, LINE_RETURN))
    assert line == {0: clinic, 1: clinic, 2: clinic, 3: nurse}


@pytest.mark.parametrize("name", ["permanent_contact", "individual_plan"])
def test_contacts_and_plans_are_given_where_they_are_told_to(county: Region, name: str) -> None:
    runs = []
    for changes in ((), [Change(name, "add", 0.9, START, START, municipalities=(KALMAR,), age_groups=(7,))]):
        simulation = Simulation(county, 5, changes)
        runs.append(simulation.record.coordination[0].astype(int))
    more = runs[1] - runs[0]
    assert set(np.flatnonzero(more.any(axis=1))) == {KALMAR}
    columns = {"permanent_contact": {WITH_CONTACT}, "individual_plan": {WITH_PLAN, COMPLEX_PLAN}}[name]
    assert set(np.flatnonzero(more.any(axis=0))) == columns


def test_deaths_change_only_where_they_are_told_to(small_region: Region, history: Checkpoint) -> None:
    change = Change("mortality", "multiply", 2.0, date(2024, 1, 1), date(2024, 1, 1), (MELLANBY,), (), (7, 8))
    plain, moved = (week(small_region, history, *changes) for changes in ((), (change,)))
    rows = [set(map(tuple, s.state.coming[:, :3].tolist())) for s in (plain, moved)]
    slots = np.array(sorted({row[2] for row in rows[0] ^ rows[1]}))
    assert slots.size > 1
    assert set(moved.state.background["municipality"][slots]) == {MELLANBY}
    assert (moved.state.person["risk"][slots] // 6 >= 7).all()


# --- what follows in tables --------------------------------------------------------------------------------------


def test_dialogues_leave_less_onset_where_they_were_held(county: Region) -> None:
    lag = int(county.parameters["prevention.dialogue_lag"])

    def coverage(year: int) -> np.ndarray:
        share = np.zeros((len(county.municipalities), AGE_GROUP_COUNT))
        share[KALMAR, 4] = 0.5 * (year >= 2027)  # the group of those aged 70
        return share

    left = left_after_dialogues(county, 2027 + lag, coverage, 0.05)
    assert np.argwhere(left != 1.0).tolist() == [[KALMAR, 70 + lag]]
    assert left[KALMAR, 70 + lag] == pytest.approx(1 - 0.05 * 0.5)
    assert (left_after_dialogues(county, 2040, coverage, 0.0) == 1.0).all()
    more = left_after_dialogues(county, 2027 + lag, coverage, -0.03)
    assert more[KALMAR, 70 + lag] == pytest.approx(1 + 0.03 * 0.5), "more is diagnosed where more is looked for"


def test_digital_care_induces_needs_where_it_is_used(county: Region) -> None:
    p, months = county.parameters, [values(county, Change("digital_share", "add", 0.2, START, START, (KALMAR,)))] * 12
    factors = need_factors(county, months)
    induced = 1 + p["digital.induced_share"] * 0.2
    assert factors[:, :2, KALMAR] == pytest.approx(np.full(factors[:, :2, KALMAR].shape, induced))
    assert (np.delete(factors, KALMAR, axis=2) == 1.0).all()
    everywhere = need_factors(county, [values(county, Change("digital_share", "add", 0.2, START, START))] * 12)
    assert len(np.unique(everywhere[:, :2])) == 1, "one group of municipalities"


def test_resources_follow_to_the_centres_of_the_municipality_that_moves_work(county: Region) -> None:
    reach = {"municipalities": (KALMAR,)}
    moved = Change("specialist_to_primary", "add", 0.3, START, START, **reach)
    follow = Change("resources_follow", "set", 1.0, START, START)
    told = values(county, moved, follow)
    assert moved_share(county, told)[KALMAR] == pytest.approx(0.3)
    assert moved_share(county, told).sum() == pytest.approx(0.3)
    posts = following_posts(county, establishment(county), told)
    h, of = len(county.centres), county.professions.index
    assert (posts[:h, of("gp")] > 0).tolist() == (county.centre_municipality == KALMAR).tolist()
    freed = posts[h : h + len(county.hospitals), of("hospital_physician")]
    assert np.flatnonzero(freed).tolist() == [county.catchment[KALMAR]]
    nowhere = values(county, moved, Change("resources_follow", "set", 1.0, START, START, municipalities=(0,)))
    assert not following_posts(county, establishment(county), nowhere).any()
    assert offers_of(county, told)[MOVED].max() == pytest.approx(0.3)
