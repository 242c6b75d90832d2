"""What each person used in a year of a run, from the log of every event."""

from __future__ import annotations

from datetime import date

import numpy as np

from simulator.core.fields import Array
from simulator.core.log import (
    ADMITTED,
    DESK_CONTACT,
    DIED,
    ED_ARRIVAL,
    GP_VISIT,
    KIND,
    PARTICULARS,
    PERSON_SLOT,
    UNIT,
    unpack_admission,
)
from simulator.core.state import REFERRAL, RETURN_VISIT
from simulator.people.lasting_need import general_need, spread_of
from simulator.simulation import Simulation

EVENTS_OF_A_YEAR = 5_000_000
"""Events that the log of a year has room for; the whole county has some three million."""
FOLLOWED_SV = {
    "gp": "Läkarbesök på hälsocentral",
    "emergency": "Akutbesök",
    "admission": "Akuta inläggningar",
    "planned": "Planerade kontakter på sjukhus",
    "death": "Döda",
}
"""What is followed, in the order of the tables; planned is first and return visits to clinics and planned stays."""


def follow_year(simulation: Simulation, year: int) -> dict[str, Array]:
    """Simulate a year and return what each person used and who died in it, int64[N] by FOLLOWED_SV.

    N counts those there at the end; the simulation stands on the year's first day, or on the second.
    """
    simulation.make_room(EVENTS_OF_A_YEAR)
    simulation.run(date(year + 1, 1, 1))
    log, people = simulation.log[: simulation.logged[0]], simulation.state.person.size
    if simulation.logged[0] > len(simulation.log):
        raise MemoryError(f"{simulation.logged[0]} events in {year}, room for {len(simulation.log)}")
    kind, slot, line = log[:, KIND], log[:, PERSON_SLOT], log[:, UNIT]
    admitted = kind == ADMITTED
    planned_stay = np.zeros(len(log), bool)
    planned_stay[admitted] = unpack_admission(log[admitted, PARTICULARS])[2] != 0
    pools = simulation.state.pool["kind"]
    desk = kind == DESK_CONTACT
    at_clinic = np.zeros(len(log), bool)
    at_clinic[desk] = np.isin(pools[line[desk]], (REFERRAL, RETURN_VISIT))
    chosen = {
        "gp": kind == GP_VISIT, "emergency": kind == ED_ARRIVAL, "admission": admitted & ~planned_stay,
        "planned": at_clinic | planned_stay, "death": kind == DIED,
    }  # fmt: skip
    return {name: np.bincount(slot[rows], minlength=people) for name, rows in chosen.items()}


def need_of(simulation: Simulation, year: int) -> Array:
    """Everybody's general need in a year, float32[N]: what no register sees."""
    return general_need(simulation.state.seed[0], year, simulation.state.person, spread_of(simulation.region))
