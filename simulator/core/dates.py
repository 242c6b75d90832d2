"""Time: seconds and days since 1 January 2023, months, and the days on which care is open.

Numbers below zero are of 2022, the year in which a simulation settles before it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import numpy as np
import numpy.typing as npt

EPOCH = date(2023, 1, 1)
DAY = 86_400
WEEK = 7 * DAY
OPENS, CLOSES = 8 * 3600, 17 * 3600
"""Seconds of a day and a week, and of the day at which health centres open and close."""
WEEKDAYS = 7
A_YEAR = 365
"""Days of the last year of life."""
QUARTER_HOUR = 900
LAST_DATE = date(2041, 1, 1)
FIRST_DAY = -365
"""Number of 1 January 2022, before which nothing is simulated."""


def day_number(when: date) -> int:
    """Days from the epoch to `when`."""
    return (when - EPOCH).days


def date_of(day: int) -> date:
    """Return the calendar date of a day number."""
    return EPOCH + timedelta(days=day)


def month_number(when: date) -> int:
    """Whole months from January 2023 to the month of `when`."""
    return (when.year - EPOCH.year) * 12 + when.month - 1


def month_start(month: int) -> date:
    """First date of a month number."""
    return date(EPOCH.year + month // 12, month % 12 + 1, 1)


def months(start: date, until: date) -> Iterator[date]:
    """First dates of the months that begin in [start, until)."""
    current = start if start.day == 1 else month_start(month_number(start) + 1)
    while current < until:
        yield current
        current = month_start(month_number(current) + 1)


def days_in_year(year: int) -> int:
    """Return 365, or 366 in a leap year."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def open_days(last: date = LAST_DATE) -> npt.NDArray[np.uint8]:
    """Days on which health centres and clinics are open: uint8[days + 365], 1 = open.

    Behind them stand the days of 2022, so that a day before the epoch, a negative number, finds its own.
    Closed on Saturdays, Sundays, Swedish public holidays and the eves that count as holidays in
    practice. Source: the package `holidays`, country SE, categories public and de facto.
    """
    closed = holidays.country_holidays(
        "SE", years=range(EPOCH.year - 1, last.year + 1), include_sundays=False, categories=("public", "de_facto")
    )
    dates = (EPOCH + timedelta(days=n) for n in (*range(day_number(last)), *range(FIRST_DAY, 0)))
    return np.array([d.weekday() < 5 and d not in closed for d in dates], np.uint8)
