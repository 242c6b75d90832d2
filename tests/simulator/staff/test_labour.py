"""The labour market: who shares it, and that no strategy brings hands from nowhere, in any profession."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.changes import Change
from simulator.controls import values_in
from simulator.core.dates import EPOCH
from simulator.core.record import HIRED
from simulator.region.axes import PROFESSION_LABELS
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff import labour

BEGIN, END = date(2023, 2, 1), date(2025, 1, 1)
POSTS = ("gp_posts", "nurse_posts", "specialist_capacity", "home_nursing_posts", "home_help_posts")
UNLIMITED = {"resident", "coordinator"}
"""Residents are trained, not hired; there are no coordinators today, and they are nurses."""


def test_every_profession_that_is_hired_has_one_pool() -> None:
    hired = [name for pool in labour.POOLS for name in pool]
    assert sorted(hired) == sorted(set(PROFESSION_LABELS) - {"resident"})


def test_hires_follow_people_of_working_age_and_an_effort_brings_half_from_outside(small_region: Region) -> None:
    slack = small_region.parameters["work.pool_slack"]
    assert labour.room(small_region, 1.0) == pytest.approx(slack)
    assert labour.room(small_region, 0.9) == pytest.approx(0.9 * slack)
    assert labour.room(small_region, 1.0, 2.0) == pytest.approx(1.5 * slack)
    assert labour.room(small_region, 1.0, 0.2) == pytest.approx(0.2 * slack), "however many posts stand vacant"


def test_a_pool_is_shared_by_what_each_asks_for(small_region: Region) -> None:
    of, controls = small_region.professions.index, values_in(EPOCH, (), small_region)
    usual = np.zeros((len(small_region.units), len(small_region.professions)))
    usual[0, of("nurse")], usual[5, of("municipal_nurse")], usual[4, of("rehab")] = 1.0, 1.0, 1.0
    wanted = usual.copy()
    wanted[5, of("municipal_nurse")] = 9.0
    slack = small_region.parameters["work.pool_slack"]
    share = labour.share_of_wanted(small_region, wanted, usual, 1.0, controls)
    assert share[of("nurse")] == share[of("municipal_nurse")] == pytest.approx(2.0 * slack / 10.0)
    assert share[of("rehab")] == 1.0


@pytest.fixture(scope="module")
def runs(sixteenth: Region) -> dict[str, Simulation]:
    """Today's course, and half as many posts again in all professions from a day on: with and without recruiting."""
    more = tuple(Change(name, "multiply", 1.5, BEGIN, BEGIN) for name in POSTS)
    nobody = tuple(Change(name, "multiply", 0.0, BEGIN, BEGIN) for name in ("gp_recruitment", "staff_recruitment"))
    made = {"today": (), "more": more, "nobody": nobody, "more and nobody": (*more, *nobody)}
    simulations = {name: Simulation(sixteenth, 3, changes) for name, changes in made.items()}
    for simulation in simulations.values():
        simulation.run(END)
    return simulations


def hired(simulation: Simulation) -> np.ndarray:
    return simulation.record.staff_flow[1:24, ..., HIRED].sum(axis=(0, 1))


@pytest.mark.parametrize("profession", sorted(set(PROFESSION_LABELS) - UNLIMITED))
def test_more_posts_bring_no_more_hands_than_there_are(runs, sixteenth: Region, profession: str) -> None:
    """With half as many posts again three to ten times as many would be hired, were hires a share of what is vacant."""
    column = sixteenth.professions.index(profession)
    pool = next(names for names in labour.POOLS if profession in names)
    columns = [sixteenth.professions.index(name) for name in pool]
    before, after = (hired(runs[name])[columns].sum() for name in ("today", "more"))
    assert after < 1.5 * before + 2.0
    employed = [runs[name].record.employed[23, :, column].sum() for name in ("nobody", "more and nobody")]
    assert employed[1] <= employed[0] * 1.02 + 0.5, "without recruiting nobody is added"


def test_nothing_is_given_up_below_nothing(runs) -> None:
    for simulation in runs.values():
        assert (simulation.record.staff_flow[:24] >= -1e-9).all()
