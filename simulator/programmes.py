"""What is counted once a month beside contacts: places, people followed or monitored, and what the complex have.

These are the quantities behind money and shortage that no event carries: they hold for the month's first day and
change nothing that happens.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.kernels import kernel
from simulator.randomness import Purpose, draw, purpose_key
from simulator.record import HELP_GIVEN
from simulator.region import Region
from simulator.region_axes import MONITORED_CONDITIONS
from simulator.state import COMPLEX, HOME_NURSING, IN_HOSPITAL, PRESENT, SPECIAL_HOUSING, Array, State

COLUMNS = (
    "short_term_places", "receptions_per_day", "team_wanted", "team_followed", "monitored", "complex_housed",
    "complex_help_minutes",
)  # fmt: skip
SHORT_PLACES, RECEPTIONS, WANTED, FOLLOWED, MONITORED, COMPLEX_HOUSED, COMPLEX_HELP = range(len(COLUMNS))
"""Columns of `Record.programmes`."""
ILL, HOUSED, HELPED_COMPLEX, HELPED_ALL = range(4)
LASTING = np.uint64(0)


def count_month(
    state: State, region: Region, controls: Mapping[str, Array], town: Array, out: Array
) -> None:
    """Write the month's quantities to `out` float64[M, len(COLUMNS)]; `town` is the month's row of `Record.town`."""
    towns, centre = state.municipality, state.centre
    out[:, SHORT_PLACES], out[:, RECEPTIONS] = towns["short_places"], towns["receptions"]
    for column, share in ((WANTED, np.minimum(controls["team_share"], 1.0)), (FOLLOWED, centre["team"])):
        out[:, column] = np.bincount(region.centre_municipality, share * centre["complex"], minlength=len(towns))
    people = _count_people(state, region)
    out[:, MONITORED] = people[:, ILL] * controls["telemonitoring"][0]
    out[:, COMPLEX_HOUSED] = people[:, HOUSED]
    share = np.divide(
        people[:, HELPED_COMPLEX], people[:, HELPED_ALL], out=np.zeros(len(towns)), where=people[:, HELPED_ALL] > 0.0
    )
    out[:, COMPLEX_HELP] = share * town[:, HELP_GIVEN]


def _count_people(state: State, region: Region) -> Array:
    """Count people as `count_groups` does, float64[M, 4]; hours of home help as `capacity` has them."""
    p, out = region.parameters, np.zeros((len(region.municipalities), 4))
    codes = [condition.code for condition in region.conditions]
    ill = sum(1 << codes.index(code) for code in MONITORED_CONDITIONS if code in codes)
    frail = (p["home_nursing.patients_rub_4"] + p["home_nursing.patients_rub_5"]) / p["home_nursing.patients"]
    hours = p["home_help.hours_per_week"] / (1.0 + frail * (p["home_help.rub_factor"] - 1.0))
    count_groups(
        state.seed[0], state.person, state.background, ill, p["home_help.share_of_home_nursing"], hours,
        p["home_help.rub_factor"], p["home_help.waiting_hours_per_week"], out,
    )  # fmt: skip
    return out


@kernel
def count_groups(seed, person, background, ill, share, hours, factor, waiting, out):
    """Count by municipality: people with a condition of the set `ill`, complex residents of special housing, and
    hours of home help of the complex and of all, by the rules of `municipal.sum_home_help`; `out` float64[M, 4].
    """
    key = purpose_key(seed, Purpose.HOME_HELP)
    for i in range(person.size):
        me = person[i]
        status = me["status"]
        if not status & PRESENT:
            continue
        back = background[i]
        m = back["municipality"]
        out[m, ILL] += (back["conditions"] & ill) != 0
        if status & SPECIAL_HOUSING:
            out[m, HOUSED] += (status & COMPLEX) != 0
        elif status & HOME_NURSING and not status & IN_HOSPITAL:
            need = 0.0
            if back["granted"]:
                need = waiting
            elif draw(key, me["key"], LASTING) < share:
                need = hours * factor if back["rub"] >= 4 else hours
            out[m, HELPED_ALL] += need
            if status & COMPLEX:
                out[m, HELPED_COMPLEX] += need
