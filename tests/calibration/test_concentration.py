"""Shares of care used by a group and by the heaviest users."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calibration.concentration import shares, use_of_care
from simulator.region.pack import Region
from simulator.simulation import Simulation


def test_the_heaviest_users_use_at_least_as_much_as_any_group_of_their_size() -> None:
    used = {"cost": np.array([1.0, 7.0, 2.0, 0.0])}
    assert shares(used, np.array([True, False, True, False])) == {"cost": (0.3, 0.9)}


@pytest.mark.usefixtures("kernels")
def test_what_people_used_sums_to_what_was_recorded(small_region: Region) -> None:
    simulation = Simulation(small_region, 3, log=400_000)
    simulation.run(date(2023, 4, 1))
    used = use_of_care(simulation.log[: simulation.logged[0]], simulation.state.person.size, small_region)
    record = simulation.record
    assert used["gp_visit"].sum() == record.wait.sum()
    assert used["ed_visit"].sum() == record.ed_visits.sum()
    assert used["desk"].sum() + used["gp_visit"].sum() + used["ed_visit"].sum() == pytest.approx(
        record.contacts.sum() - record.contacts[..., 4].sum()
    ), "every contact but self-care advice, which is not logged"
    assert used["cost"].min() >= 0.0
