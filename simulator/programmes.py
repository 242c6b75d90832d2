"""What is counted once a month beside contacts: places, people followed or monitored, and what the complex have.

These are the quantities behind money and shortage that no event carries: they hold for the month's first day and
change nothing that happens.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator import municipal
from simulator.municipal import COMPLEX_HOURS, HOURS, ILL
from simulator.record import HELP_GIVEN
from simulator.region import Region
from simulator.state import Array, State

COLUMNS = (
    "short_term_places", "receptions_per_day", "team_wanted", "team_followed", "monitored", "complex_housed",
    "complex_help_minutes",
)  # fmt: skip
SHORT_PLACES, RECEPTIONS, WANTED, FOLLOWED, MONITORED, COMPLEX_HOUSED, COMPLEX_HELP = range(len(COLUMNS))
"""Columns of `Record.programmes`."""


def count_month(
    state: State, region: Region, controls: Mapping[str, Array], helped: Array, town: Array, out: Array
) -> None:
    """Write the month's quantities to `out` float64[M, len(COLUMNS)].

    `helped` is what `municipal.count_helped` has counted, `town` the month's row of `Record.town`.
    """
    towns, centre = state.municipality, state.centre
    out[:, SHORT_PLACES], out[:, RECEPTIONS] = towns["short_places"], towns["receptions"]
    for column, share in ((WANTED, np.minimum(controls["team_share"], 1.0)), (FOLLOWED, centre["team"])):
        out[:, column] = np.bincount(region.centre_municipality, share * centre["complex"], minlength=len(towns))
    out[:, MONITORED] = helped[:, ILL] * controls["telemonitoring"][0]
    out[:, COMPLEX_HOUSED] = helped[:, municipal.COMPLEX_HOUSED]
    hours, none = helped[:, HOURS], np.zeros(len(towns))
    share = np.divide(helped[:, COMPLEX_HOURS], hours, out=none, where=hours > 0.0)
    out[:, COMPLEX_HELP] = share * town[:, HELP_GIVEN]
