"""What many tests share: the Kalmar region, a small region of the same make, and two years of its life."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from simulator.dates import month_start
from simulator.demography import DIES, LEAVES
from simulator.region import Region, load_region
from simulator.scaled_region import scaled
from simulator.simulation import Simulation
from simulator.state import PRESENT, State
from simulator.world import UNIT_ED, UNIT_GP, UNIT_WARD

sys.path.insert(0, str(Path(__file__).parent / "verification"))  # small_system.py serves several folders
MONTHS = 24


def standing(state: State, lines: np.ndarray) -> np.ndarray:
    """Requests that wait at each unit of account, counted where they stand: rings, books, lists, int64[U]."""
    h, k = len(state.centre), len(state.hospital)
    out = np.zeros(len(state.pool) + h + 2 * k, np.int64)
    out[: len(state.pool)] = state.pool["tail"] - state.pool["head"]
    out[lines[UNIT_GP] : lines[UNIT_GP] + h] = state.booked.sum(axis=(1, 2))
    house = state.hospital
    waiting_room = house["queue_tail"] - house["queue_head"]
    out[lines[UNIT_ED] : lines[UNIT_ED] + k] = waiting_room + state.ed_due_count.sum(axis=1)
    out[lines[UNIT_WARD] : lines[UNIT_WARD] + k] = house["boarding_tail"] - house["boarding_head"]
    return out


def residents(state: State) -> np.ndarray:
    """People present by municipality, int64[M]."""
    here = (state.person["status"] & PRESENT) != 0
    return np.bincount(state.background["municipality"][here], minlength=state.home_start.shape[1] - 1)


@dataclass
class History:
    """Today's course of a small region from 1 January 2023, stopped at each month to be counted."""

    simulation: Simulation
    standing: list[np.ndarray] = field(default_factory=list)
    residents: list[np.ndarray] = field(default_factory=list)
    gone: dict[int, int] = field(default_factory=dict)  # person -> day of death or departure

    @property
    def events(self) -> np.ndarray:
        """The log: rows (second, kind, person, unit, second of request)."""
        return self.simulation.log[: self.simulation.logged[0]]

    def count(self) -> None:
        state = self.simulation.state
        self.standing.append(standing(state, self.simulation._lines()))
        self.residents.append(residents(state))
        done = state.coming[: state.coming_next[0]]
        for day, _event, slot, _mother in done[np.isin(done[:, 1], (DIES, LEAVES))]:
            self.gone.setdefault(int(slot), int(day))


@pytest.fixture(scope="session")
def county() -> Region:
    return load_region("kalmar")


@pytest.fixture(scope="session")
def small_region(county: Region) -> Region:
    return scaled(county, 1 / 16)


@pytest.fixture(scope="session")
def history(small_region: Region) -> History:
    """Two years; not to be run further."""
    history = History(Simulation(small_region, 7, log=2_000_000))
    history.count()
    for month in range(1, MONTHS + 1):
        history.simulation.run(month_start(month))
        history.count()
    return history
