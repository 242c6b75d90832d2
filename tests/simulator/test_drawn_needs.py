"""What a year's needs are drawn from, and by how many."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.needs import CORES
from simulator.region.pack import Region
from simulator.simulation import Simulation


@pytest.mark.parametrize("cores", [2, 3, 60])
def test_the_number_of_cores_changes_no_bit(sixteenth: Region, cores: int) -> None:
    """More than there are centres, too."""
    alone = Simulation(sixteenth, 1)
    alone.run(date(2023, 2, 1))
    before = CORES.set(cores)
    try:
        together = Simulation(sixteenth, 1)
        together.run(date(2023, 2, 1))
    finally:
        CORES.reset(before)
    for name in ("point", "point_start", "person", "relation", "book"):
        assert np.array_equal(getattr(alone.state, name), getattr(together.state, name))
    assert np.array_equal(alone.record.contacts, together.record.contacts)
