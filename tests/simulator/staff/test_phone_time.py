"""Time on the telephone: balanced to the calls on the first day, then a share of the nurses who are there."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulator.changes import Change
from simulator.core.record import ANSWERED_SAME_DAY, CALLS
from simulator.core.state import CENTRE
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff.phone_time import open_phones

START, END = date(2023, 1, 1), date(2023, 4, 1)


def test_calls_a_day_follow_nurses_and_the_lever_takes_its_time_from_visits(county: Region) -> None:
    """A quarter of 300 000 minutes a year is 300 a day, at six minutes 50 calls; a fifth more takes a twentieth."""
    region = county.with_parameters({"telephone.call_minutes": 6.0})
    state: Any = SimpleNamespace(centre=np.zeros(3, CENTRE))
    state.centre["phone_share"], state.centre["phone_time"] = 0.25, [1.0, 1.2, 1.0]
    moved = open_phones(state, region, np.array([300_000.0, 300_000.0, 0.0]))
    assert state.centre["phone"] == pytest.approx([50.0, 60.0, 0.0])
    assert moved == pytest.approx([0.0, 0.05, 0.0])
    assert moved[0] == 0.0, "today's course, to the bit"


def test_the_countys_share_emerges_and_more_time_answers_more_and_sees_fewer(county: Region, kernels: None) -> None:  # noqa: ARG001
    """Seed 1, three months, 145 000 calls: chance moves the share by 0.002; a tenth less time would give 0.91."""
    today = Simulation(county, 1)
    more = Simulation(county, 1, [Change("telephone_time", "multiply", 1.2, START, START)])
    for simulation in (today, more):
        simulation.run(END)
    calls = [s.record.calls[:3].sum(axis=(0, 1)) for s in (today, more)]
    shares = [row[ANSWERED_SAME_DAY] / row[CALLS] for row in calls]
    assert 0.93 < shares[0] < 0.98
    assert shares[1] > shares[0] + 0.01
    desks = slice(0, len(county.centres))
    offered = [s.state.pool["service"][desks] for s in (today, more)]
    assert (offered[1] > offered[0]).all(), "a visit at the nurses' desk takes the desk longer"
