"""Ages, pensions, notice, residents, and load that makes people leave and fall ill."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from simulator.changes import Change
from simulator.controls import values_in
from simulator.core.dates import EPOCH
from simulator.core.record import FLOWS, GIVEN_UP, HIRED, LEFT, RETIRED
from simulator.region.axes import WORK_AGES
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff import staff_flows, workforce
from simulator.staff.capacity import agency_fte

START = date(2023, 1, 1)
AGES = np.array(WORK_AGES)


def with_parameters(region: Region, **values: float) -> Region:
    changed = {name.replace("__", "."): value for name, value in values.items()}
    return replace(region, parameters=dict(region.parameters) | changed)


def run(region: Region, until: date, *changes: Change) -> Simulation:
    simulation = Simulation(region, 3, changes)
    simulation.run(until)
    return simulation


def of(region: Region, table: np.ndarray, profession: str) -> np.ndarray:
    return table[..., region.professions.index(profession)]


def test_the_ages_at_the_start_bring_1700_of_8000_to_pension_age_by_2031(county: Region) -> None:
    p, share = county.parameters, county.staff_ages[0]
    pension = p["work.pension_age"]
    reach = share[(pension > AGES) & (pension <= AGES + 9)].sum()
    assert reach * p["work.region_employees"] == pytest.approx(p["work.retirements_to_2031"], rel=0.02)


def test_half_have_retired_at_pension_age_and_later_pension_moves_the_whole_course(county: Region) -> None:
    chance = staff_flows.retirement_chance(county, np.array([0.0, 2.0]))
    at_work = np.cumprod((1.0 - chance) ** 12, axis=1)
    middle = AGES.tolist().index(int(county.parameters["work.pension_age"]))
    # People of a completed age are half a year older on average, and go on for a year at its chances.
    assert at_work[0, middle - 2] > 0.5 > at_work[0, middle - 1]
    assert np.allclose(chance[1, 2:-1], chance[0, :-3])
    assert (chance >= 0).all()
    assert (chance <= 1).all()
    assert (chance[:, -1] == 1).all()


def test_every_full_time_equivalent_is_accounted_for() -> None:
    rng = np.random.default_rng(1)
    staff = rng.random((5, 3, AGES.size))
    posts = rng.uniform(0, 2, (5, 3)) * staff.sum(axis=-1)
    before = staff.sum(axis=-1)
    hired_age = np.full(AGES.size, 1.0 / AGES.size)
    filling, retiring, flow = np.full((5, 3), 0.3), rng.random((5, AGES.size)), np.zeros((5, 3, len(FLOWS)))
    leaving = rng.random((5, 3)), rng.random(AGES.size) * 2.0
    staff_flows.flow_month(staff, posts, *leaving, retiring, filling, hired_age, 6.0, flow)
    out = flow[..., LEFT] + flow[..., RETIRED] + flow[..., GIVEN_UP]
    assert np.allclose(staff.sum(axis=-1), before - out + flow[..., HIRED])
    assert (staff >= 0).all()
    assert (flow >= 0).all()


def test_a_cut_in_posts_takes_effect_within_the_notice_time() -> None:
    staff = np.full((1, 1, AGES.size), 100.0 / AGES.size)
    none, no_age, flow = np.zeros((1, 1)), np.zeros((1, AGES.size)), np.zeros((1, 1, len(FLOWS)))
    left = []
    for _ in range(12):
        staff_flows.flow_month(staff, none + 60.0, none, no_age[0], no_age, none, no_age[0], 6.0, flow)
        left.append(staff.sum() - 60.0)
    assert left[0] == pytest.approx(40.0 * 5 / 6)
    assert left[-1] == pytest.approx(40.0 * (5 / 6) ** 12), "an eighth of the surplus is left after a year"


def test_a_year_of_age_passes() -> None:
    staff = np.arange(1.0, 5.0).reshape(1, 1, 4)
    staff_flows.grow_older(staff)
    assert staff.ravel().tolist() == [0.0, 1.0, 2.0, 7.0]


def test_who_finishes_training_leaves_it_after_its_months() -> None:
    training = np.zeros((1, 6))
    finished = [staff_flows.train(training, np.array([4.0]), np.array([1.0]), 6.0)[0, LEFT] for _ in range(13)]
    assert finished == [0.0] * 6 + [4.0] + [0.0] * 5 + [4.0]


def test_load_makes_people_leave_and_fall_ill_within_bounds(county: Region) -> None:
    values = values_in(EPOCH, (), county)
    excess = np.zeros((len(values["sick_leave_change"]), len(county.professions)))
    assert (staff_flows.leaving_factor(excess, county) == 1.0).all()
    assert np.allclose(staff_flows.sick_leave(excess, county, values), county.parameters["work.sick_leave_share"])
    elasticity = county.parameters["work.load_turnover_elasticity"]
    assert np.allclose(staff_flows.leaving_factor(excess + 0.1, county), np.exp(0.1 * elasticity))
    for far in (-9.0, 9.0):
        bound = county.parameters["work.load_turnover_bound"] ** np.sign(far)
        assert np.allclose(staff_flows.leaving_factor(excess + far, county), bound)
        sick = staff_flows.sick_leave(excess + far, county, values)
        assert np.allclose(sick, county.parameters["work.sick_leave_share"] * bound)
    for change, share in ((-100.0, 0.0), (100.0, 1.0)):
        values["sick_leave_change"] = values["sick_leave_change"] * 0 + change
        assert (staff_flows.sick_leave(excess, county, values) == share).all()


def test_a_percentage_point_of_sick_leave_is_83_of_8300(county: Region) -> None:
    """Hours worked are those paid for, less sick leave: 1 % of the time of 8 300 is the time of 83."""
    values = values_in(EPOCH, (), county)
    excess = np.zeros((len(values["sick_leave_change"]), len(county.professions)))
    hours = []
    for points in (0.0, 1.0):
        values["sick_leave_change"] = values["sick_leave_change"] * 0 + points
        sick = staff_flows.sick_leave(excess, county, values)
        hours.append(8300 * staff_flows.hours_factor(sick, county)[0, 0] * county.parameters["work.net_hours_per_fte"])
    without_sick_leave = county.parameters["work.net_hours_per_fte"] / (1 - county.parameters["work.sick_leave_share"])
    assert (hours[0] - hours[1]) / without_sick_leave == pytest.approx(83.0)


def test_more_need_makes_gps_and_others_leave(small_region: Region) -> None:
    """The loop closes: work asked for in 2024 that was not there in 2023 raises turnover and sick leave."""
    region = with_parameters(small_region, work__load_turnover_elasticity=3.0)
    asked = [Change(f"need_{kind}", "multiply", 1.5, date(2024, 1, 1), date(2024, 1, 1)) for kind in ("gp", "nurse")]
    calm, pressed = run(region, date(2026, 1, 1)), run(region, date(2026, 1, 1), *asked)
    for profession in ("gp", "nurse", "rehab"):
        assert of(region, pressed.state.load, profession).sum() > 1.1 * of(region, calm.state.load, profession).sum()
        assert of(region, pressed.record.sick[35], profession).max() > 0.062
    assert pressed.state.centre["turnover"].mean() > 1.1 * calm.state.centre["turnover"].mean()
    assert of(region, pressed.state.staff, "nurse").sum() < of(region, calm.state.staff, "nurse").sum()
    assert np.array_equal(pressed.record.sick[:12], calm.record.sick[:12]), "nothing before more is asked for"
    assert np.array_equal(pressed.state.load_reference, calm.state.load_reference)


def test_without_elasticity_load_changes_nothing(small_region: Region) -> None:
    region = with_parameters(small_region, work__load_turnover_elasticity=0.0, work__load_sick_leave_slope=0.0)
    simulation = run(region, date(2025, 1, 1), Change("need_gp", "multiply", 1.5, START, START))
    assert np.allclose(simulation.record.sick[:24], region.parameters["work.sick_leave_share"])
    turnover = region.parameters["work.gp_turnover"] / 12
    assert np.allclose(simulation.state.centre["turnover"], turnover)


NEUTRAL = {
    "staff_turnover": 1.0, "staff_recruitment": 1.0, "resident_posts": 1.0, "hospital_agency_cover": 1.0,
    "retirement_age": 0.0, "sick_leave_change": 0.0, "team_coordinators": 0.0,
}  # fmt: skip


def test_neutral_levers_change_no_bit(small_region: Region) -> None:
    changes = [Change(n, "add" if value == 0 else "multiply", value, START, START) for n, value in NEUTRAL.items()]
    today, same = run(small_region, date(2024, 4, 1)), run(small_region, date(2024, 4, 1), *changes)
    for part in ("state", "record"):
        for field in fields(getattr(today, part)):
            one, two = (getattr(getattr(s, part), field.name) for s in (today, same))
            assert one.tobytes() == two.tobytes(), field.name


def test_load_is_carried_by_checkpoints(small_region: Region) -> None:
    whole = run(small_region, date(2024, 8, 1))
    first = run(small_region, date(2024, 3, 15))
    rest = Simulation.resume(small_region, first.checkpoint())
    rest.run(date(2024, 8, 1))
    assert whole.state.load.any()
    for name in ("staff_age", "training", "load", "load_reference", "chair"):
        assert getattr(whole.state, name).tobytes() == getattr(rest.state, name).tobytes(), name
    assert whole.record.sick.tobytes() == rest.record.sick.tobytes()


def test_staff_levers_reach_the_units_of_a_municipality(county: Region) -> None:
    """Its centres, its own care, and the hospital of its catchment."""
    change = Change("sick_leave_change", "add", 1.0, START, START, municipalities=(9,))
    h, k = len(county.centres), len(county.hospitals)
    reached = np.flatnonzero(values_in(START, (change,), county)["sick_leave_change"])
    centres = np.flatnonzero(county.centre_municipality == 9)
    assert reached.tolist() == [*centres, h + county.catchment[9], h + k + 9]


def test_agency_nurses_fall_from_95_to_55(county: Region) -> None:
    staff = workforce.establishment(county)
    simulation = Simulation(county, 1)
    simulation.run(date(2023, 1, 2))
    values = values_in(EPOCH, (), county)
    nurses = [
        of(county, agency_fte(county, staff, simulation.state, staff.posts, month, values), "hospital_nurse").sum()
        for month in (0, 9, 20)
    ]
    assert nurses == pytest.approx([95, 55, 55], rel=0.02)


def test_residents_who_stay_are_specialists_years_later(sixteenth: Region) -> None:
    """Three times the posts: no more specialists until training is over, then faster recruitment."""
    region = with_parameters(sixteenth, work__resident_years=2.0)
    more = Change("resident_posts", "multiply", 3.0, START, START)
    today, tripled = run(region, date(2026, 7, 1)), run(region, date(2026, 7, 1), more)
    hired = [of(region, s.record.staff_flow[..., HIRED].sum(axis=1), "gp") for s in (today, tripled)]
    assert np.array_equal(hired[0][:2], hired[1][:2])
    finished = [hires[24:36].sum() for hires in hired]  # in the year in which training of two years is over
    assert finished[1] > 1.2 * finished[0] > 0.0
    assert of(region, tripled.state.staff, "resident").sum() > 2 * of(region, today.state.staff, "resident").sum()


def test_staff_by_unit_is_the_sum_over_ages_and_flows_explain_every_change(history) -> None:
    simulation = history.simulation
    state, record = simulation.state, simulation.record
    assert np.allclose(state.staff_age.sum(axis=-1), state.staff)
    flow = record.staff_flow[:24]
    change = flow[..., HIRED] - flow[..., LEFT] - flow[..., RETIRED] - flow[..., GIVEN_UP]
    assert np.allclose(np.diff(record.employed[:24], axis=0), change[1:])
    assert flow[..., RETIRED].sum() > 0
