"""How concentrated the use of care is: what those with complex needs use, and what the heaviest users use in hindsight.

`python -m calibration.concentration` logs every event of 2024 under today's course and prints both shares. The region
writes that 5 400 people take half of the resources but not how they were found. People found by what they have used
are the second group; people found by who they are, as in the model, the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from scenarios.strategies.defaults import HOME_REGION
from simulator.core.dates import DAY
from simulator.core.fields import Array
from simulator.core.log import DESK_CONTACT, DISCHARGED, GP_VISIT, TREATMENT_START
from simulator.core.record import DIGITAL_CELL, HOME_CELL, LOCAL_CELL, PROMOTION_CELL, SPECIALIST_CELL, VISIT_CELL
from simulator.core.state import COMPLEX, PRESENT
from simulator.region.pack import Region, load_region
from simulator.simulation import Simulation

LOGGED_FROM, LOGGED_UNTIL = date(2024, 1, 1), date(2025, 1, 1)
ROOM = 5_000_000
"""Events that the log of a year has room for; the whole county has about three million."""
LABELS = {
    "gp_visit": "GP visits", "desk": "other contacts", "ed_visit": "emergency visits", "bed_day": "bed-days",
    "cost": "unit costs of all these",
}  # fmt: skip


def use_of_care(log: Array, people: int, region: Region) -> dict[str, Array]:
    """What each person used of each kind in the log, float64[people] by LABELS; cost in SEK.

    Bed-days are of stays that ended in the period. Municipal home help and special housing are not in the log.
    """
    tick, kind, slot, _, asked, particulars = log.T
    unit = {name: cost.value for name, cost in region.costs.items()}
    visit = unit["home_nursing_hour"] * region.parameters["home_nursing.visit_minutes"] / 60.0
    price = np.zeros(int(SPECIALIST_CELL) + 1)
    price[[PROMOTION_CELL, VISIT_CELL]] = unit["nurse_visit"]
    price[[LOCAL_CELL, SPECIALIST_CELL]] = unit["specialist_visit"]
    price[DIGITAL_CELL], price[HOME_CELL] = unit["digital_contact"], visit
    desk, left = kind == DESK_CONTACT, kind == DISCHARGED
    used = {
        "gp_visit": _counted(slot[kind == GP_VISIT], people),
        "desk": _counted(slot[desk], people),
        "ed_visit": _counted(slot[kind == TREATMENT_START], people),
        "bed_day": np.bincount(slot[left], (tick - asked)[left] / DAY, people),
    }
    paid = sum(used[name] * unit[name] for name in ("gp_visit", "ed_visit", "bed_day"))
    return used | {"cost": paid + np.bincount(slot[desk], price[particulars[desk]], people)}


def _counted(slots: Array, people: int) -> Array:
    return np.bincount(slots, minlength=people).astype(float)


def shares(used: Mapping[str, Array], complex_needs: Array) -> dict[str, tuple[float, float]]:
    """Share of each kind used by a group bool[people], and by as many of those who used the most."""
    most = int(complex_needs.sum())
    return {
        name: (float(use[complex_needs].sum() / use.sum()), float(np.sort(use)[::-1][:most].sum() / use.sum()))
        for name, use in used.items()
    }


def main() -> None:
    """Print both shares for the county."""
    region = load_region(HOME_REGION)
    simulation = Simulation(region, 1)
    simulation.run(LOGGED_FROM)
    simulation.make_room(ROOM)
    status = simulation.state.person["status"]
    group = (status & (PRESENT | COMPLEX)) == (PRESENT | COMPLEX)
    simulation.run(LOGGED_UNTIL)
    people = simulation.state.person.size
    group = np.concatenate([group, np.zeros(people - group.size, bool)])
    used = use_of_care(simulation.log[: simulation.logged[0]], people, region)
    print(
        f"{LOGGED_FROM.year}: share used by {group.sum()} people with complex needs, and by as many who used the most"
    )
    for name, (by_group, by_most) in shares(used, group).items():
        print(f"{LABELS[name]:>24}: {by_group:6.1%} {by_most:6.1%}")


if __name__ == "__main__":
    main()
