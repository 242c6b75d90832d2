"""How clinics divide and extend their time: by hand, and at the edges."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.core.state import NOT_STAFFED, REFERRAL, RETURN_VISIT
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff import clinics
from simulator.staff.workforce import OPEN_DAYS

NINE_HOURS = 9 * 3600


@pytest.fixture
def state(empty_region: Region):
    """Clinics of one hospital that meet ten a day each, and nobody in line."""
    state = Simulation(empty_region, 1).state
    clinic = np.isin(state.pool["kind"], (REFERRAL, RETURN_VISIT))
    state.pool["service"][clinic] = NINE_HOURS // 10
    state.ring["head"], state.ring["tail"] = 0, 0
    return state


def put(state, kind, people):
    """Let so many stand in each line of a kind, in its first two classes."""
    lines = np.flatnonzero(state.pool["kind"] == kind)
    state.ring["tail"][lines, 0] = people // 2
    state.ring["tail"][lines, 1] = people - people // 2


def test_the_expected_wait_is_the_line_over_what_is_met_a_day(state) -> None:
    put(state, REFERRAL, 300)
    np.testing.assert_allclose(clinics.expected_wait(state, REFERRAL), 30 * 365.25 / OPEN_DAYS)
    state.pool["service"][state.pool["kind"] == REFERRAL] = NOT_STAFFED
    assert (clinics.expected_wait(state, REFERRAL) == clinics.LONGEST_FELT).all()


def test_time_follows_the_wait_and_stays_where_all_wait_as_usual(state, small_region) -> None:
    p, before = small_region.parameters, state.clinic_share.copy()
    usual = {REFERRAL: p["specialist.new_wait_days"], RETURN_VISIT: p["specialist.return_wait_days"]}
    for kind, days in usual.items():
        put(state, kind, round(days * 10 * OPEN_DAYS / 365.25))
    clinics.move_time(state, small_region)
    np.testing.assert_allclose(state.clinic_share, before, rtol=0.02)
    np.testing.assert_allclose(state.clinic_time, 1.0, atol=0.005)
    put(state, REFERRAL, round(2 * usual[REFERRAL] * 10 * OPEN_DAYS / 365.25))
    clinics.move_time(state, small_region)
    np.testing.assert_allclose(state.clinic_share / before, np.exp(p["specialist.share_response"]), rtol=0.03)
    assert (state.clinic_time > 1.0).all()


def test_time_settles_where_the_waits_ask_for_it_and_goes_no_further(state, small_region) -> None:
    """Lines half as long as usual for ever keep a fifth less time, not less and less: 0.5 x -0.5 in the exponent."""
    p = small_region.parameters
    for kind, name in ((REFERRAL, "new"), (RETURN_VISIT, "return")):
        put(state, kind, round(p[f"specialist.{name}_wait_days"] / 2.0 * 10 * OPEN_DAYS / 365.25))
    for _ in range(60):
        clinics.move_time(state, small_region)
    np.testing.assert_allclose(state.clinic_time, np.exp(-0.5 * p["specialist.time_response"]), rtol=0.01)


@pytest.mark.parametrize(("waiting", "bound"), [(30_000, "highest"), (0, "lowest")])
def test_neither_share_nor_time_leaves_its_bounds(state, small_region, waiting, bound) -> None:
    p = small_region.parameters
    put(state, REFERRAL, waiting)
    put(state, RETURN_VISIT, 0 if waiting else 500)
    for _ in range(200):
        clinics.move_time(state, small_region)
    assert state.clinic_share.sum(axis=1) == pytest.approx(p[f"specialist.share_{bound}"])
    put(state, RETURN_VISIT, waiting)
    for _ in range(200):
        clinics.move_time(state, small_region)
    assert state.clinic_time == pytest.approx(p[f"specialist.time_{bound}"])


def test_no_response_leaves_clinics_as_on_the_first_day(state, small_region) -> None:
    still = small_region.with_parameters(
        {**small_region.parameters, "specialist.share_response": 0.0, "specialist.time_response": 0.0}
    )
    put(state, REFERRAL, 900)
    before = state.clinic_share.copy()
    clinics.move_time(state, still)
    np.testing.assert_array_equal(state.clinic_share, before)
    np.testing.assert_array_equal(state.clinic_time, 1.0)
