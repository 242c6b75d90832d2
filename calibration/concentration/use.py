"""What each person used in a year, from the log of every event, and who lived in the region when it began.

Cost is what the region's unit costs make of visits, contacts, emergency visits, bed-days and home nursing; drugs,
psychiatry and administration are in neither the model nor the sum. The whole cost has special housing and home help
besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from simulator.care import municipal
from simulator.core.dates import DAY, day_number
from simulator.core.fields import Array
from simulator.core.log import ADMITTED, DESK_CONTACT, DISCHARGED, GP_VISIT, TREATMENT_START
from simulator.core.randomness import LASTING, Purpose, draws
from simulator.core.record import DIGITAL_CELL, HOME_CELL, LOCAL_CELL, PROMOTION_CELL, SPECIALIST_CELL, VISIT_CELL
from simulator.core.state import COMPLEX, HOME_NURSING, IN_HOSPITAL, PRESENT, SPECIAL_HOUSING, State
from simulator.people.households import together
from simulator.region.pack import Region
from simulator.simulation import Simulation

ROOM = 5_000_000
"""Events that the log of a year has room for; the whole county has about three million."""
WEEKS_A_YEAR = 365.25 / 7.0
_TIMES_A_PERSON = np.int64(1) << 36
"""More than the seconds of any log, so that person and second make one number."""


class LoggedYear(NamedTuple):
    """Who lives in a region when a year has begun, and what each used in it: N people."""

    present: Array  # bool[N]
    listed: Array  # bool[N], on the list of people with complex needs
    age: Array  # int64[N], on the last day of the year before
    risk: Array  # int64[N], age group x RUB
    use: Mapping[str, Array]  # float64[N] by kind, 0 for those who were not present


def log_year(simulation: Simulation, year: int) -> LoggedYear:
    """Simulate a year from its first day on, log every event and sum what each person used."""
    simulation.make_room(ROOM)
    simulation.run(date(year, 1, 2))  # the year is settled on its first day
    person = simulation.state.person
    present = (person["status"] & PRESENT) != 0
    listed = present & ((person["status"] & COMPLEX) != 0)
    age, risk = simulation.state.background["age"].astype(np.int64), person["risk"].astype(np.int64)
    municipal = np.zeros(person.size)
    for month in range(2, 14):
        municipal += municipal_cost(simulation.state, simulation.region) / 12.0
        simulation.run(date(year + month // 13, (month - 1) % 12 + 1, 1))
    log, days = simulation.log[: simulation.logged[0]], (day_number(date(y, 1, 1)) for y in (year, year + 1))
    use = use_of_care(log, person.size, simulation.region, *days)
    use["whole"] = use["cost"] + municipal
    return LoggedYear(present, listed, age, risk, {name: values * present for name, values in use.items()})


def use_of_care(log: Array, people: int, region: Region, start: int, end: int) -> dict[str, Array]:
    """What each person used of each kind in a log of the days [start, end), float64[people] by kind.

    Bed-days are those that lie within the days; `primary` is the cost of visits and contacts at health centres and
    `cost` that of all kinds, both in SEK. Municipal home help and special housing are not in the log.
    """
    kind, slot, particulars = log[:, 1], log[:, 2], log[:, 5]
    unit = {name: cost.value for name, cost in region.costs.items()}
    desk = kind == DESK_CONTACT
    used = {
        "gp_visit": _counted(slot[kind == GP_VISIT], people),
        "desk": _counted(slot[desk], people),
        "ed_visit": _counted(slot[kind == TREATMENT_START], people),
        "admission": _counted(slot[kind == ADMITTED], people),
        "bed_day": bed_days(log, people, start * DAY, end * DAY),
    }
    cells, prices = particulars[desk], _prices(region)
    near = np.isin(cells, (PROMOTION_CELL, VISIT_CELL, DIGITAL_CELL))
    paid = np.bincount(slot[desk], prices[cells], people)
    primary = used["gp_visit"] * unit["gp_visit"] + np.bincount(slot[desk], prices[cells] * near, people)
    cost = sum((used[name] * unit[name] for name in ("gp_visit", "ed_visit", "bed_day")), start=paid)
    return used | {"primary": primary, "cost": cost}


def _prices(region: Region) -> Array:
    """Unit cost of a contact at a desk by the cell of the structure matrix that it is counted in, SEK."""
    unit = {name: cost.value for name, cost in region.costs.items()}
    price = np.zeros(int(SPECIALIST_CELL) + 1)
    price[[PROMOTION_CELL, VISIT_CELL]] = unit["nurse_visit"]
    price[[LOCAL_CELL, SPECIALIST_CELL]] = unit["specialist_visit"]
    price[DIGITAL_CELL] = unit["digital_contact"]
    price[HOME_CELL] = unit["home_nursing_hour"] * region.parameters["home_nursing.visit_minutes"] / 60.0
    return price


def _counted(slots: Array, people: int) -> Array:
    return np.bincount(slots, minlength=people).astype(float)


def bed_days(log: Array, people: int, start: int, end: int) -> Array:
    """Days that each person lay in hospital within the seconds [start, end) of a log, float64[people].

    Who has not left is in hospital until the end; a stay that began before the log and outlasts it is not known.
    """
    second, kind, slot, began = log[:, 0], log[:, 1], log[:, 2], log[:, 4]
    left, came = kind == DISCHARGED, kind == ADMITTED
    known = slot[left] * _TIMES_A_PERSON + began[left]
    stays_on = ~np.isin(slot[came] * _TIMES_A_PERSON + second[came], known)
    first = np.concatenate([began[left], second[came][stays_on]])
    last = np.concatenate([second[left], np.full(int(stays_on.sum()), end)])
    who = np.concatenate([slot[left], slot[came][stays_on]])
    inside = np.maximum(np.minimum(last, end) - np.maximum(first, start), 0)
    return np.bincount(who, inside / DAY, people)


def municipal_cost(state: State, region: Region) -> Array:
    """What special housing and the home help that is needed cost a year as things stand, SEK, float64[N].

    Who has home help and how much is told as in `municipal.count_helped`.
    """
    p, unit, status = region.parameters, region.costs, state.person["status"]
    rub, granted = state.background["rub"], state.background["granted"] != 0
    frail = (p["home_nursing.patients_rub_4"] + p["home_nursing.patients_rub_5"]) / p["home_nursing.patients"]
    hours = p["home_help.hours_per_week"] / (1.0 + frail * (p["home_help.rub_factor"] - 1.0))
    key = np.ascontiguousarray(state.person["key"])
    share = municipal.help_shares(state, region)[together(state).astype(int)]
    helped = draws(state.seed[0], Purpose.HOME_HELP, key, LASTING) < share
    need = helped * hours * np.where(rub >= 4, p["home_help.rub_factor"], 1.0)
    need = np.where(granted, p["home_help.waiting_hours_per_week"], need)
    present, housed = (status & PRESENT) != 0, (status & SPECIAL_HOUSING) != 0
    at_home = present & ~housed & ((status & HOME_NURSING) != 0) & ((status & IN_HOSPITAL) == 0)
    home_help = at_home * need * WEEKS_A_YEAR * unit["home_nursing_hour"].value
    cost: Array = present * housed * unit["special_housing_year"].value + home_help
    return cost
