"""The three emergency departments differ in case mix, times of treatment and who may come, as they are known to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulator.region.pack import Region
from simulator.simulation import Simulation

KALMAR, VASTERVIK, OSKARSHAMN = range(3)
FOUR_HOURS = 16
"""Quarters of an hour."""
URGENT, LOW = 0, 2


@pytest.fixture(scope="module")
def today(county: Region) -> Simulation:
    """The county until the end of 2025."""
    simulation = Simulation(county, 5)
    simulation.run(date(2026, 1, 1))
    return simulation


def test_as_many_are_done_within_four_hours_as_in_may_2022(today: Simulation) -> None:
    """About 65, 77 and 93 % were; the times of treatment are set so, and waits come out of the model."""
    stays = today.record.ed_stay[:12].sum(axis=0)
    within = 100.0 * stays[:, :FOUR_HOURS].sum(axis=1) / stays.sum(axis=1)
    assert within == pytest.approx([65.0, 77.0, 93.0], abs=5.0)


def test_the_county_hospital_has_the_urgent_and_the_longest_waits(today: Simulation) -> None:
    visits, seconds = np.moveaxis(today.record.acuity_wait[:24].sum(axis=0), 2, 0)
    urgent = visits[:, URGENT] / visits.sum(axis=1)
    assert urgent[KALMAR] > urgent[OSKARSHAMN] + 0.03
    assert seconds[KALMAR].sum() / visits[KALMAR].sum() > seconds[OSKARSHAMN].sum() / visits[OSKARSHAMN].sum()


def test_where_one_must_be_referred_low_acuity_goes_to_primary_care(today: Simulation, county: Region) -> None:
    """From October 2025: a share of the low acuity of the catchment, nobody urgent, no other hospital's."""
    open_to_all = replace(county, walk_in_until=(None, None, None), digest=f"{county.digest}-open")
    other = Simulation(open_to_all, 5)
    other.run(date(2026, 1, 1))
    before, after = slice(0, 33), slice(33, 36)
    visits = [s.record.acuity_wait[..., 0] for s in (other, today)]
    assert np.array_equal(visits[0][before], visits[1][before])
    low = [v[after, OSKARSHAMN, LOW].sum() for v in visits]
    assert 0.3 < 1.0 - low[1] / low[0] < county.parameters["emergency.referred_share"] + 0.1
    urgent = [v[after, OSKARSHAMN, URGENT].sum() for v in visits]
    assert urgent[1] == pytest.approx(urgent[0], rel=0.05)
    nurses = [s.record.ledger[after, : len(county.centres), 0].sum() for s in (other, today)]
    assert nurses[1] > nurses[0]
