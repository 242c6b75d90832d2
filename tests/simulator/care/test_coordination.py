"""Coordination is counted and changes nothing by itself; a team reaches as far as its coordinators."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import numpy as np
import pytest
from scipy.stats import binom
from small_system import gp_numbers, world_of

from simulator.care import causes, coordination
from simulator.care.offer import MONITORING
from simulator.changes import Change
from simulator.controls import values_in
from simulator.core.record import (
    AGED_75,
    COMPLEX_PLAN,
    COORDINATED,
    HELPED_65,
    HOUSED_WITH_GP,
    IS_COMPLEX,
    MONITORING_CELL,
    NURSED,
    NURSED_WITH_GP,
    PATIENTS_PLAN,
    REVIEWED,
    TEAM_CELL,
    WITH_CONTACT,
    WITH_GP,
    WITH_KNOWN_GP,
    WITH_PLAN,
)
from simulator.core.state import (
    CHRONIC,
    COMPLEX,
    HOME_NURSING,
    IN_HOSPITAL,
    LOCUM,
    NO_CHAIR,
    PRESENT,
    RESIDENT,
    SPECIAL_HOUSING,
)
from simulator.people.morbidity import AGE_GROUP_COUNT, GROUP_OF_AGE
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff import capacity
from simulator.start import first_state
from simulator.tables import tables_of

START = date(2023, 1, 1)
PEOPLE = 9_000
SEED = 5
"""A future of the smallest region in which somebody with home nursing has a plan."""


def counted_all(world, share=None, home_help: float = 0.0, reviews: float = 0.0) -> tuple[np.ndarray, ...]:
    """Counts by municipality: all, home nursing by RUB group, home help by age group."""
    m = len(world.municipality)
    out, nursed = np.zeros((m, len(COORDINATED)), np.int32), np.zeros((m, 3, len(NURSED)), np.int32)
    helped = np.zeros((m, AGE_GROUP_COUNT), np.int32)
    share = np.zeros((2, 1, 1, 4)) if share is None else np.array(share, float).reshape(2, 1, 1, 4)
    share = np.tile(share, (1, m, AGE_GROUP_COUNT, 1))
    coordination.count_coordination(
        np.uint64(3), world.person, world.background, world.relation, world.chair, share, np.full((m, 3), reviews),
        np.full(2, home_help), GROUP_OF_AGE, out, nursed, helped,
    )  # fmt: skip
    return out, nursed, helped


def counted(world, share=None, home_help: float = 0.0) -> np.ndarray:
    return counted_all(world, share, home_help)[0]


def within(count: int, n: int, share: float) -> bool:
    """Exact 99.99 % interval; at 9 000 people a share 0.04 off is found with a power above 0.9999."""
    low, high = binom.interval(0.9999, n, share)
    return bool(low <= count <= high)


@pytest.mark.parametrize(
    ("chair", "agency", "vacant", "counts"),
    [(0, 0, False, True), (NO_CHAIR, 0, False, False), (0, LOCUM, False, False), (0, RESIDENT, False, False),
     (0, 0, True, False)],
)  # fmt: skip
def test_a_permanent_gp_is_named_and_there(chair: int, agency: int, vacant: bool, counts: bool) -> None:
    world = world_of(people=3)
    world.chair["gp"] = 0 if vacant else gp_numbers(*world.chair.shape)
    world.chair["agency"], world.person["chair"] = agency, chair
    world.person["status"][1:] |= np.array([HOME_NURSING, SPECIAL_HOUSING], np.uint8)
    row = counted(world)[0]
    assert row[[WITH_GP, NURSED_WITH_GP, HOUSED_WITH_GP]].tolist() == [3 * counts, counts, counts]


def test_who_has_met_the_named_gp_knows_that_gp() -> None:
    """Of three with the same GP one knows that GP, one another, and one nobody; without a GP there nobody does."""
    world = world_of(people=3)
    world.chair["gp"] = gp_numbers(*world.chair.shape)
    world.chair["agency"], world.person["chair"] = 0, 0
    mine = world.chair[world.person["centre"], 0]["gp"]
    world.relation["gp"] = np.where(np.arange(3) == 0, mine, np.where(np.arange(3) == 1, mine + 1, 0))
    assert counted(world)[0][[WITH_GP, WITH_KNOWN_GP]].tolist() == [3, 1]
    world.chair["agency"] = LOCUM
    assert counted(world)[0][[WITH_GP, WITH_KNOWN_GP]].tolist() == [0, 0]


def test_contacts_and_plans_go_to_their_share_of_each_segment_and_stay_with_the_person() -> None:
    world = world_of(people=PEOPLE)
    world.background["segment"] = np.arange(PEOPLE) % 3 + 1
    world.person["status"][world.background["segment"] == 3] |= COMPLEX
    third = PEOPLE // 3
    row = counted(world, [[0.0, 0.1, 0.2, 0.6], [0.0, 0.0, 0.1, 0.5]])[0]
    assert within(row[WITH_CONTACT], PEOPLE, 0.3)
    assert within(row[WITH_PLAN], PEOPLE, 0.2)
    assert within(row[COMPLEX_PLAN], third, 0.5)
    assert row[IS_COMPLEX] == third
    again = counted(world, [[0.0, 0.1, 0.2, 0.6], [0.0, 0.0, 0.1, 0.5]])[0]
    assert again.tolist() == row.tolist()


def test_the_absent_are_not_counted_and_each_counts_in_the_own_municipality() -> None:
    world = world_of(people=10, m=2)
    world.background["municipality"][:4] = 1
    world.person["status"][:2] &= 255 - PRESENT
    rows = counted(world, np.ones((2, 4)))
    assert rows[:, WITH_CONTACT].tolist() == rows[:, WITH_PLAN].tolist() == [6, 2]


def test_home_help_at_65_and_over() -> None:
    world = world_of(people=PEOPLE)
    world.person["status"] |= HOME_NURSING
    world.background["age"][: PEOPLE // 2] = 64
    world.background["age"][PEOPLE // 2 :] = 65
    assert within(counted(world, home_help=0.7)[0, HELPED_65], PEOPLE // 2, 0.7)
    world.background["granted"] = 1
    assert counted(world, home_help=0.7)[0, HELPED_65] == PEOPLE // 2


def test_home_nursing_is_counted_by_rub_and_home_help_by_age() -> None:
    world = world_of(people=PEOPLE, m=2)
    world.person["status"][: PEOPLE // 3] |= HOME_NURSING
    world.background["rub"] = np.arange(PEOPLE) % 6
    world.background["age"] = np.arange(PEOPLE) % 2 * 10 + 70  # 70 and 80
    world.background["segment"], world.background["granted"] = 2, 1
    world.background["municipality"][:600] = 1
    world.chair["gp"], world.person["chair"][::2] = gp_numbers(*world.chair.shape), 0
    _, nursed, helped = counted_all(world, [[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0]])
    patients = np.flatnonzero(world.person["status"] & HOME_NURSING)
    for m, band in np.ndindex(2, 3):
        back = world.background[patients]
        of_band = np.maximum(back["rub"].astype(int) - 3, 0) == band
        here = patients[(back["municipality"] == m) & of_band]
        with_gp = (world.person["chair"][here] == 0).sum()
        aged = (world.background["age"][here] >= 75).sum()
        assert nursed[m, band].tolist() == [len(here), with_gp, len(here), len(here), aged, 0]
    assert helped.sum(axis=0)[[GROUP_OF_AGE[70], GROUP_OF_AGE[80]]].tolist() == [PEOPLE // 6] * 2
    assert helped.sum() == PEOPLE // 3


def test_medication_reviews_go_to_their_share_of_the_aged_and_stay_with_the_person() -> None:
    world = world_of(people=PEOPLE)
    world.person["status"] |= HOME_NURSING
    world.background["age"] = 74
    assert counted_all(world, reviews=1.0)[1][0, 0, [AGED_75, REVIEWED]].tolist() == [0, 0]
    world.background["age"] = 75
    nursed = counted_all(world, reviews=0.3)[1]
    assert nursed[0, 0, AGED_75] == PEOPLE
    assert within(nursed[0, 0, REVIEWED], PEOPLE, 0.3)
    assert np.array_equal(counted_all(world, reviews=0.3)[1], nursed)
    assert counted_all(world, reviews=1.0)[1][0, 0, REVIEWED] == PEOPLE


def test_what_was_given_as_home_nursing_began_counts_as_long_as_it_lasts() -> None:
    """Of nine kinds of people a thousand each: with home nursing or not, given nothing, a plan, a review."""
    world = world_of(people=PEOPLE)
    world.background["age"], world.background["given"] = 80, np.arange(PEOPLE) % 3
    world.person["status"][: PEOPLE // 3] |= HOME_NURSING
    out, nursed, _ = counted_all(world)
    assert nursed[0, 0].tolist() == [3_000, 0, 0, 1_000, 3_000, 1_000]
    assert out[0, WITH_PLAN] == 1_000
    today = [counted_all(world, [[0.0] * 4, [0.4] * 4], reviews=0.3)[1][0, 0]]
    world.background["given"] = 0
    today.append(counted_all(world, [[0.0] * 4, [0.4] * 4], reviews=0.3)[1][0, 0])
    for column, share in ((PATIENTS_PLAN, 0.4), (REVIEWED, 0.3)):
        added = today[0][column] - today[1][column]
        assert within(added, 1_000, 1.0 - share), "those who had it anyway are not counted twice"


def test_shares_follow_the_controls_and_stay_shares(county: Region) -> None:
    p, today = county.parameters, values_in(START, (), county)
    now = coordination.shares(county, today)
    assert (now[0, ..., 3] == p["coordination.contact_share_complex"]).all()
    assert (now[1, ..., 3] == p["coordination.plan_share_complex"]).all()
    assert (now[..., 0] == 0).all()
    whole = np.ones_like(today["individual_plan"])
    more = coordination.shares(county, today | dict.fromkeys(coordination.LEVERS_OF_CONTACT, whole))
    assert (more[..., 3] == 1.0).all()
    assert (more[0, ..., 1] == now[0, ..., 1]).all(), "those without illness are not asked"
    assert (more[1, ..., 2] == now[1, ..., 2]).all()
    none = coordination.shares(county, today | dict.fromkeys(coordination.LEVERS_OF_CONTACT, -whole))
    assert (none[0, ..., 2:] == 0.0).all()
    assert none.min() == 0.0


def test_a_team_follows_what_is_wanted_as_far_as_its_coordinators_reach(county: Region) -> None:
    state = first_state(county, tables_of(county), 1, values_in(START, (), county))
    of, h = county.professions.index("coordinator"), len(county.centres)
    caseload = county.parameters["team.caseload"]
    state.centre["complex"] = 90.0
    state.staff[:h, of] = 0.5 * 90.0 / caseload  # half of those with complex needs
    for wanted, reached in ((0.0, 0.0), (0.3, 0.3), (0.5, 0.5), (0.9, 0.5)):
        capacity.set_teams(state, county, {"team_share": np.full(h, wanted)})
        assert state.centre["team"] == pytest.approx(np.full(h, reached))
    state.staff[:h, of] = 0.0
    capacity.set_teams(state, county, {"team_share": np.ones(h)})
    assert not state.centre["team"].any(), "nobody is followed by nobody"
    state.staff[:h, of], state.centre["complex"] = 9.0, 0.0
    capacity.set_teams(state, county, {"team_share": np.ones(h)})
    assert (state.centre["team"] <= 1.0).all()


def followed_up(world, months: int = 24):
    """Let some months' contacts of teams and of monitoring at home take place."""
    for month in range(months):
        causes.count_followed_month(world, month)
    return world


def test_a_team_meets_those_whom_it_follows_and_nobody_else() -> None:
    """1 000 people followed for 24 months at 1.5 contacts: 36 each on average, give or take one of rounding a month."""
    world = world_of(people=2_000)
    world.person["status"] |= CHRONIC
    world.person["status"][:1_000] |= COMPLEX
    world.person["status"][0] &= 255 - PRESENT
    world.person["status"][1] |= IN_HOSPITAL
    world.centre["team"], world.rules["team_visits"] = 1.0, 1.5
    followed_up(world)
    assert world.contacts[:, TEAM_CELL].sum() == world.demand[:, TEAM_CELL].sum() == world.team_visits.sum()
    assert world.complex_use[TEAM_CELL] == world.team_visits.sum(), "all with the complex"
    n = 998 * 24
    assert abs(world.team_visits.sum() / n - 1.5) < 4 * 0.5 / np.sqrt(n)
    assert world.contacts.sum() == world.team_visits.sum()
    world.team_visits[:], world.centre["team"] = 0, 0.0
    assert followed_up(world).team_visits.sum() == 0


@pytest.mark.parametrize(("held", "reached"), [(0, False), (1, True), (2, True), (4, False), (8, False), (15, True)])
def test_monitoring_has_contacts_with_heart_failure_and_copd_alone(held: int, reached: bool) -> None:
    """Bits of the set: heart failure, COPD, asthma, diabetes; a share of 0.4 monitors."""
    world = world_of(people=2_000)
    world.person["status"] |= CHRONIC
    world.background["conditions"] = held
    world.offer[MONITORING], world.rules["monitoring_contacts"] = 0.4, 2.0
    followed_up(world, 1)
    each = 2 * binom.interval(0.9999, 2_000, 0.4)[0], 2 * binom.interval(0.9999, 2_000, 0.4)[1]
    assert world.contacts[:, MONITORING_CELL].sum() == world.monitoring.sum() == world.contacts.sum()
    assert each[0] <= world.monitoring.sum() <= each[1] if reached else world.monitoring.sum() == 0


# --- what a name, a contact or a plan changes in the use of care ----------------------------------------------


@pytest.fixture(scope="module")
def today(small_region: Region) -> Simulation:
    simulation = Simulation(small_region, SEED)
    simulation.run(date(2024, 3, 1))
    return simulation


def unequal(a: Simulation, b: Simulation) -> set[str]:
    """Names of the tallies and state arrays that differ in a bit."""
    pairs = [(a.record, b.record), (a.state, b.state)]
    return {f.name for x, y in pairs for f in fields(x) if getattr(x, f.name).tobytes() != getattr(y, f.name).tobytes()}


@pytest.mark.parametrize("control", ["permanent_contact", "individual_plan"])
@pytest.mark.parametrize("value", [1.0, -1.0])
def test_a_contact_or_a_plan_changes_no_use_of_care_to_the_bit(today: Simulation, control: str, value: float) -> None:
    named = Simulation(today.region, SEED, [Change(control, "add", value, START, START)])
    named.run(today.today)
    counted_alone = {"coordination", "nursed"}  # also among those with home nursing
    assert unequal(named, today) == counted_alone | ({"programmes"} if value > 0 else set())


def test_team_share_without_coordinators_changes_nothing(today: Simulation) -> None:
    """The small region has none at the start."""
    h = len(today.region.centres)
    assert today.record.employed[:, :h, today.region.professions.index("coordinator")].sum() == 0
    alone = Simulation(today.region, SEED, [Change("team_share", "add", 1.0, START, START)])
    alone.run(today.today)
    assert unequal(alone, today) == {"programmes"}  # which keeps whom a team was wanted for


def test_link_workers_have_no_effect_on_use_by_default(today: Simulation) -> None:
    assert today.region.parameters["prevention.social_need_effect"] == 0.0
    linked = Simulation(today.region, SEED, [Change("social_prescribing", "add", 1.0, START, START)])
    linked.run(today.today)
    assert unequal(linked, today) == {"programmes"}  # which keeps how many see one


def test_a_named_gp_without_capacity_changes_little_else(county: Region) -> None:
    """Everybody named from the first day: the use of care of the whole county stays within half a per cent.

    The paired runs share their chance, so a change of one per cent in any of these could not hide (seed 4).
    """
    plain, named = (
        Simulation(county, 4, changes) for changes in ((), [Change("named_gp_share", "add", 1.0, START, START)])
    )
    for simulation in (plain, named):
        simulation.run(date(2024, 1, 1))
    here = (named.state.person["status"] & PRESENT) != 0
    shares = [(s.state.person["chair"][here[: s.state.person.size]] != NO_CHAIR).mean() for s in (plain, named)]
    assert shares[1] - shares[0] > 0.2
    for name in ("contacts", "ed_visits", "admissions"):
        a, b = (float(getattr(s.record, name).sum()) for s in (plain, named))
        assert abs(b / a - 1.0) < 0.005, name
