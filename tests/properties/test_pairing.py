"""Two futures of one seed differ only where a change reaches: to the bit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulator.coming_year
import simulator.groups
import simulator.needs
import simulator.staff.staff_flows
from simulator.changes import Change
from simulator.checkpoint import Checkpoint
from simulator.controls import CONTROLS, ControlError, values_in
from simulator.core.record import Record
from simulator.core.state import PRESENT, State
from simulator.region.pack import Region
from simulator.simulation import Simulation

SEED, START = 7, date(2023, 3, 1)


def unequal(a: State | Record, b: State | Record) -> list[str]:
    """Names of the arrays that differ in a bit."""
    pairs = {f.name: (getattr(a, f.name), getattr(b, f.name)) for f in fields(a)}
    return [n for n, (x, y) in pairs.items() if x.dtype != y.dtype or x.shape != y.shape or x.tobytes() != y.tobytes()]


def differences(a: Simulation, b: Simulation) -> list[str]:
    return unequal(a.state, b.state) + unequal(a.record, b.record)


def run(region: Region, until: date, changes: Iterable[Change] = (), seed: int = SEED) -> Simulation:
    simulation = Simulation(region, seed, changes)
    simulation.run(until)
    return simulation


@pytest.fixture(scope="module")
def today(small_region: Region) -> Simulation:
    return run(small_region, date(2023, 9, 1))


def neutral(name: str) -> tuple[Change, ...]:
    """Every way of asking for nothing."""
    baseline = CONTROLS[name].baseline
    return (
        Change(name, "multiply", 1.0, date(2023, 1, 1), date(2023, 6, 1)),
        Change(name, "add", 0.0, START, START),
        Change(name, "set", baseline, date(2023, 2, 14), date(2023, 8, 1)),
    )


@pytest.mark.parametrize("name", CONTROLS)
def test_each_control_at_neutral_is_todays_course(small_region: Region, today: Simulation, name: str) -> None:
    assert not differences(run(small_region, date(2023, 9, 1), neutral(name)), today)


@pytest.mark.parametrize("name", CONTROLS)
def test_each_control_at_neutral_has_todays_value_in_every_month(small_region: Region, name: str) -> None:
    """To the bit, and so whatever reads it (some once a year) reads what it reads today."""
    for month in (date(2023 + n // 12, n % 12 + 1, 1) for n in range(13)):
        asked, plain = (values_in(month, changes, small_region) for changes in (neutral(name), ()))
        assert all(asked[control].tobytes() == plain[control].tobytes() for control in CONTROLS)


def test_the_comparison_notices_a_small_change(small_region: Region, today: Simulation) -> None:
    change = Change("need_gp", "multiply", 1.001, START, START)
    assert "contacts" in differences(run(small_region, date(2023, 9, 1), [change]), today)


@pytest.mark.parametrize("stop", [date(2023, 5, 17), date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29)])
def test_a_run_continued_from_any_date_is_the_run_never_stopped(small_region, tmp_path, stop) -> None:
    whole = run(small_region, date(2024, 4, 11))
    part = run(small_region, stop)
    checkpoint = part.checkpoint()
    checkpoint.save(tmp_path / "c.npz")
    for kept in (checkpoint, Checkpoint.load(tmp_path / "c.npz")):
        branch = Simulation.resume(small_region, kept)
        branch.run(date(2024, 4, 11))
        assert not differences(branch, whole)


def test_a_branch_leaves_its_checkpoint_alone(small_region: Region) -> None:
    checkpoint = run(small_region, date(2023, 6, 1)).checkpoint()
    record = checkpoint.record.copy(len(checkpoint.record.posts))
    before = Checkpoint(checkpoint.region, checkpoint.state.copy(), record)
    Simulation.resume(small_region, checkpoint, [Change("beds", "multiply", 0.5, START, START)]).run(date(2023, 8, 1))
    assert not unequal(checkpoint.state, before.state) + unequal(checkpoint.record, before.record)


def test_a_later_change_leaves_the_time_before_it_alone(small_region: Region) -> None:
    late = Change("gp_posts", "multiply", 0.5, date(2024, 1, 1), date(2024, 1, 1))
    assert not differences(run(small_region, date(2024, 1, 1), [late]), run(small_region, date(2024, 1, 1)))


def test_two_runs_of_a_seed_are_equal_and_of_two_seeds_are_not(small_region: Region, today: Simulation) -> None:
    assert not differences(run(small_region, date(2023, 9, 1)), today)
    assert differences(run(small_region, date(2023, 9, 1), seed=8), today)


SOME = (
    Change("gp_posts", "multiply", 1.2, START, START),
    Change("gp_posts", "multiply", 0.7, START, date(2023, 8, 1), municipalities=(1, 2)),
    Change("own_gp_patience_days", "add", 5.0, START, START),
    Change("own_gp_patience_days", "set", 3.0, START, START, centres=(0,)),
    Change("need_emergency", "multiply", 0.9, START, START, age_groups=(7, 8)),
    Change("specialist_to_primary", "add", 0.2, START, date(2023, 6, 1)),
    Change("resources_follow", "set", 1.0, START, START),
    Change("team_share", "add", 0.5, START, START),
    Change("team_coordinators", "add", 5.0, START, date(2023, 9, 1)),
    Change("mobile_visits", "add", 2.0, START, START, municipalities=(0, 3)),
    Change("mobile_visits", "multiply", 1.3, START, START),
    Change("home_beds", "add", 4.0, START, date(2023, 12, 1)),
    Change("receptions", "multiply", 1.3, START, START),
    Change("receptions", "multiply", 0.9, START, START, municipalities=(3, 4)),
    Change("housing_places", "multiply", 1.1, START, START),
    Change("telemonitoring", "add", 0.4, START, START),
    Change("fall_prevention", "set", 0.3, START, START),
    Change("winter_surge", "multiply", 1.2, START, START),
    Change("retirement_age", "add", 1.0, START, START),
)


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(SOME), month=st.integers(1, 12))
def test_the_order_of_changes_gives_the_same_values(county: Region, order: list[Change], month: int) -> None:
    when = date(2023, month, 1)
    a, b = values_in(when, SOME, county), values_in(when, order, county)
    assert all(a[name].tobytes() == b[name].tobytes() for name in CONTROLS)


def test_the_order_of_changes_gives_the_same_run(small_region: Region) -> None:
    a, b = (run(small_region, date(2023, 7, 1), order) for order in (SOME, SOME[::-1]))
    assert not differences(a, b)


@pytest.mark.parametrize("who", ["child", "worker", "frail"])
def test_removing_one_person_changes_nobody_who_shares_no_queue(monkeypatch, sixteenth: Region, who: str) -> None:
    """With hospitals that take each other's patients in no case, other catchments notice nothing.

    But for what until strategies begin is that of everybody: the norms of deaths and needs, and the score that puts as
    many on the list of complex needs as were there in 2022. They stay as they were when somebody is removed. And staff
    do not feel their load: all employers hire from one pool, so what one unit's people feel reaches the others.
    """
    monkeypatch.setattr(simulator.coming_year, "LAST_NORMED", 2022)
    apart = replace(sixteenth, to_county_share=np.zeros_like(sixteenth.to_county_share))
    with_all, without = (Simulation(apart, SEED, log=400_000) for _ in range(2))
    monkeypatch.setattr(simulator.needs, "NORMED_UNTIL", 2022)
    monkeypatch.setattr(simulator.groups, "LISTED_UNTIL", 2022)
    monkeypatch.setattr(simulator.staff.staff_flows, "feel_load", lambda *_: None)
    person, age = without.state.person, without.state.background["age"]
    here = np.flatnonzero(person["hospital"] == 1)
    chosen = {"child": here[age[here] < 10][3], "worker": here[age[here] == 30][1], "frail": here[age[here] > 85][0]}
    person["status"][chosen[who]] &= 255 - PRESENT
    for simulation in (with_all, without):
        simulation.run(date(2024, 7, 1))
    others = set(np.flatnonzero(with_all.state.centre["hospital"] != 1))
    logs = [_events_at(simulation, others) for simulation in (with_all, without)]
    assert len(logs[0]) > 10_000
    assert logs[0] == logs[1]
    assert differences(with_all, without)


def _events_at(simulation: Simulation, centres: set[int]) -> list[tuple[int, ...]]:
    """Events of people listed at some centres, told by the people's permanent keys."""
    rows = simulation.log[: simulation.logged[0], :5]
    person = simulation.state.person
    mine = np.isin(person["centre"][rows[:, 2]], list(centres))
    return sorted((int(t), int(k), int(person["key"][p]), int(u), int(r)) for t, k, p, u, r in rows[mine])


def test_changes_that_together_leave_the_bounds_are_refused(small_region: Region) -> None:
    twice = [Change("beds", "multiply", 2.5, START, START)] * 2
    with pytest.raises(ControlError, match="beds"):
        run(small_region, date(2023, 5, 1), twice)
