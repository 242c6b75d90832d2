"""The smallest region for tests: what stands where, who is there, and some years of its life."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.core.dates import month_start
from simulator.core.state import PRESENT, SPECIAL_HOUSING, State
from simulator.people.demography import DIES, LEAVES
from simulator.simulation import Simulation
from simulator.start import standing

MONTHS = 60
"""As long as it takes 6 000 people to live 30 000 years, in which what is rare happens too."""
LAST_YEAR = 2022 + MONTHS // 12


def residents(state: State, bit: int = PRESENT) -> np.ndarray:
    """People present with a bit of status by municipality, int64[M]."""
    here = (state.person["status"] & (PRESENT | bit)) == PRESENT | bit
    return np.bincount(state.background["municipality"][here], minlength=state.home_start.shape[1] - 1)


@dataclass
class History:
    """Today's course of a small region from 1 January 2023, stopped at each month to be counted."""

    simulation: Simulation
    standing: list[np.ndarray] = field(default_factory=list)
    residents: list[np.ndarray] = field(default_factory=list)
    gone: dict[int, int] = field(default_factory=dict)  # person -> day of death or departure
    housed: list[np.ndarray] = field(default_factory=list)  # residents of special housing by status, int64[M]
    places: list[np.ndarray] = field(default_factory=list)  # residents as the municipality counts them

    @property
    def events(self) -> np.ndarray:
        """The log: rows (second, kind, person, unit, second of request)."""
        return self.log[:, :5]

    @property
    def log(self) -> np.ndarray:
        """The log whole: a row's sixth column holds particulars."""
        return self.simulation.log[: self.simulation.logged[0]]

    def count(self) -> None:
        state = self.simulation.state
        self.standing.append(standing(state, self.simulation.region.units.first))
        self.residents.append(residents(state))
        self.housed.append(residents(state, SPECIAL_HOUSING))
        self.places.append(state.municipality["residents"].copy())
        done = state.coming[: state.coming_next[0]]
        for day, _event, slot, _mother in done[np.isin(done[:, 1], (DIES, LEAVES))]:
            self.gone.setdefault(int(slot), int(day))


def lived(simulation: Simulation) -> History:
    """Some years of a simulation, counted at the beginning of each month."""
    history = History(simulation)
    history.count()
    for month in range(1, MONTHS + 1):
        simulation.run(month_start(month))
        history.count()
    return history
