"""Every control, pulled hard, moves what it should move in the direction that it should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from simulator.changes import Change, Operation
from simulator.controls import CONTROLS
from simulator.demand import HEIGHT_BITS, STREAM_BITS
from simulator.record import DIVERTED, SERVED, WAIT_DAYS
from simulator.region import Region
from simulator.simulation import Simulation
from simulator.state import DIGITAL, HOME_VISITS, NO_CHAIR, NURSE, PLANNED_ADMISSION, PRESENT, REFERRAL, RETURN_VISIT
from simulator.workforce import RETIRED
from simulator.world import UNIT_ED, UNIT_GP

START, END = date(2023, 1, 1), date(2025, 1, 1)
Measure = Callable[[Simulation], float]


def gp_visits(s: Simulation) -> float:
    lines = s._lines()
    return float(s.record.ledger[:, lines[UNIT_GP] : lines[UNIT_ED], SERVED].sum())


def diverted(s: Simulation) -> float:
    return float(s.record.ledger[:, :, DIVERTED].sum())


def gp_wait(s: Simulation) -> float:
    tally = s.record.wait.sum(axis=(0, 1))
    return float((tally * np.arange(WAIT_DAYS)).sum() / tally.sum())


def same_day_visits(s: Simulation) -> float:
    tally = s.record.wait.sum(axis=(0, 1))
    return float(tally[0] / tally.sum())


def served_at(*kinds: int) -> Measure:
    return lambda s: float(
        s.record.ledger[:, : len(s.state.pool)][:, np.isin(s.state.pool["kind"], kinds), SERVED].sum()
    )


def boarding(s: Simulation) -> float:
    return float(s.record.boarded.sum())


def ed_time(s: Simulation) -> float:
    return float((s.record.ed_stay.sum(axis=(0, 1)) * np.arange(96)).sum())


def continuity(s: Simulation) -> float:
    total = s.record.continuity.sum(axis=(0, 1))
    return float(total[0] / total[1])


def named(s: Simulation) -> float:
    here = (s.state.person["status"] & PRESENT) != 0
    return float((s.state.person["chair"][here] != NO_CHAIR).mean())


def gps(s: Simulation) -> float:
    return float(s.record.staff[:24, : len(s.region.centres), s.region.professions.index("gp")].sum())


def locums(s: Simulation) -> float:
    return float(s.record.agency[:24, : len(s.region.centres), s.region.professions.index("gp")].sum())


def nurse_posts(s: Simulation) -> float:
    return float(s.record.posts[23, : len(s.region.centres), s.region.professions.index("nurse")].sum())


def of_profession(table: str, *professions: str) -> Measure:
    """Mean of a table of staff over the second year."""

    def measure(s: Simulation) -> float:
        columns = [s.region.professions.index(name) for name in professions]
        return float(getattr(s.record, table)[12:24][..., columns].sum())

    return measure


def pensions(s: Simulation) -> float:
    return float(s.record.staff_flow[..., RETIRED].sum())


NURSES = ("hospital_nurse", "municipal_nurse", "district_nurse", "home_help")


def emergency_visits(s: Simulation) -> float:
    return float(s.record.ed_visits.sum())


def admissions(s: Simulation) -> float:
    return float(s.record.admissions.sum())


CASES: list[tuple[str, Operation, float, Measure, int]] = [
    ("gp_posts", "multiply", 1.5, gp_wait, -1),
    ("gp_posts", "multiply", 0.5, gp_visits, -1),
    ("nurse_posts", "multiply", 0.0, served_at(NURSE), -1),
    ("listed_per_gp", "set", 600.0, gps, +1),
    ("gp_recruitment", "multiply", 8.0, gps, +1),
    ("gp_turnover", "multiply", 5.0, gps, -1),
    ("gp_turnover", "multiply", 5.0, continuity, -1),
    ("agency_cover", "multiply", 0.0, locums, -1),
    ("own_gp_patience_days", "add", 30.0, continuity, +1),
    ("own_gp_booking", "add", -1.0, continuity, -1),
    ("named_gp_share", "add", 1.0, named, +1),
    ("digital_share", "add", 0.3, served_at(DIGITAL), +1),
    ("digital_share", "add", 0.3, served_at(NURSE), -1),
    ("acute_share", "add", 0.3, same_day_visits, +1),
    ("team_coordinators", "add", 5.0, of_profession("staff", "coordinator"), +1),
    ("resident_posts", "multiply", 3.0, of_profession("staff", "resident"), +1),
    ("hospital_agency_cover", "multiply", 0.0, of_profession("agency", "hospital_nurse"), -1),
    ("staff_turnover", "multiply", 2.5, of_profession("staff", *NURSES), -1),
    ("staff_recruitment", "multiply", 4.0, of_profession("staff", *NURSES), +1),
    ("sick_leave_change", "add", 30.0, served_at(NURSE), -1),
    ("sick_leave_change", "add", 10.0, gp_wait, +1),
    ("retirement_age", "add", 3.0, pensions, -1),
    ("beds", "multiply", 0.6, boarding, +1),
    ("specialist_capacity", "multiply", 0.3, served_at(REFERRAL, RETURN_VISIT), -1),
    ("ed_places", "multiply", 3.0, ed_time, -1),
    ("home_nursing_posts", "multiply", 0.2, served_at(HOME_VISITS), -1),
    ("specialist_to_primary", "set", 0.5, served_at(RETURN_VISIT), -1),
    ("specialist_to_primary", "set", 0.5, gp_wait, +1),
    ("need_gp", "multiply", 1.5, gp_wait, +1),
    ("need_gp", "multiply", 0.5, diverted, -1),
    ("need_nurse", "multiply", 0.5, served_at(NURSE), -1),
    ("need_emergency", "multiply", 1.5, emergency_visits, +1),
    ("need_emergency", "multiply", 0.5, admissions, -1),
    ("need_specialist", "multiply", 0.3, served_at(RETURN_VISIT), -1),
    ("need_elective", "multiply", 0.3, served_at(PLANNED_ADMISSION), -1),
]


@pytest.fixture(scope="module")
def today(small_region: Region) -> Simulation:
    simulation = Simulation(small_region, 5)
    simulation.run(END)
    return simulation


@pytest.fixture(scope="module")
def whole_county(county: Region) -> Simulation:
    simulation = Simulation(county, 5)
    simulation.run(date(2024, 1, 1))
    return simulation


@pytest.mark.parametrize(("name", "operation", "value", "measure", "sign"), CASES)
def test_a_strong_pull_has_the_expected_sign(request, name, operation, value, measure, sign) -> None:
    """Continuity needs centres with several GPs, which the small region has not."""
    today = request.getfixturevalue("whole_county" if measure is continuity else "today")
    pulled = Simulation(today.region, 5, [Change(name, operation, value, START, START)])
    pulled.run(today.today)
    assert sign * (measure(pulled) - measure(today)) > 0.01 * abs(measure(today))


@pytest.mark.parametrize(("name", "value"), [("ed_places", 0.0), ("beds", 0.0), ("ed_places", 0.3)])
def test_the_worst_allowed_value_is_survived(small_region: Region, name: str, value: float) -> None:
    simulation = Simulation(small_region, 5, [Change(name, "multiply", value, START, START)])
    simulation.run(date(2026, 1, 1))
    assert simulation.today == date(2026, 1, 1)


def test_resources_follow_the_work_when_told_to(small_region: Region) -> None:
    moved = Change("specialist_to_primary", "set", 0.5, START, START)
    follow = Change("resources_follow", "set", 1.0, START, START)
    without, with_staff = (Simulation(small_region, 5, changes) for changes in ([moved], [moved, follow]))
    for simulation in (without, with_staff):
        simulation.run(END)
    assert nurse_posts(with_staff) > nurse_posts(without)
    assert gp_wait(with_staff) < gp_wait(without)


def test_every_control_has_a_case() -> None:
    assert {case[0] for case in CASES} | {"resources_follow"} == set(CONTROLS)


def test_needs_reach_only_the_ages_they_name(small_region: Region) -> None:
    halved = Change("need_emergency", "multiply", 0.0, START, START, age_groups=(7, 8))
    simulation = Simulation(small_region, 5, [halved])
    simulation.run(date(2023, 1, 2))
    state = simulation.state
    emergency = ((state.point >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1)) == 2
    slots = (state.point[emergency] >> (STREAM_BITS + HEIGHT_BITS)) & ((1 << 21) - 1)
    ages = state.person["risk"][slots] // 6
    assert not np.isin(ages, (7, 8)).any()
    assert np.isin(ages, (5, 6)).any()
