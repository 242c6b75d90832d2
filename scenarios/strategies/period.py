"""When strategies act; light to import, for the command line's help names years.

The first day of the history, and the last of the simulator's calendar, are for `simulator.core.dates`.
"""

from __future__ import annotations

from datetime import date

FIRST_START = date(2027, 1, 1)
"""Strategies act from here on; what is before is history and the same for every scenario."""

LAST_DAY = date(2040, 12, 31)
"""Last date on which a strategy can begin to act, and the last that is ever simulated."""

THIS_YEAR = FIRST_START.year - 1
"""The year that counts as today: the last of the history."""


def year_end(year: int) -> date:
    """Return the last date of a year, which a horizon always is."""
    return date(year, 12, 31)
