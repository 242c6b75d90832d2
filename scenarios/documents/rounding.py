"""Figures written no more exactly than they are known.

The half width of the 95 % interval keeps two digits, and the figure as many places as it (JCGM 100:2008, 7.2.6); no
more than are worth showing of its measure, unless a bound that is not zero would read as zero.
"""

from __future__ import annotations

import math

from scenarios.exhibits.wording import interval
from scenarios.text.swedish import number

KEPT_DIGITS = 2
"""Digits of the half width that are kept."""


def places_of(low: float | None, high: float | None, most: int) -> int:
    """Return the decimals that an interval leaves worth showing, at most `most`; below zero are tens, hundreds."""
    half = 0.0 if low is None or high is None else (high - low) / 2
    if low is None or high is None or not math.isfinite(half) or half <= 0:
        return most
    exact = KEPT_DIGITS - 1 - math.floor(math.log10(half))
    shown = min(most, exact)
    while low * high > 0 and shown < exact and not round(min(abs(low), abs(high)), shown):
        shown += 1
    return shown


def rounded_sv(value: float | None, places: int, sign: bool = False) -> str:
    """Return a value in Swedish with so many decimals; with tens, hundreds where they are below zero."""
    known = None if value is None else float(round(value, places))
    return number(known, max(places, 0), sign)


def with_interval(value: float | None, low: float | None, high: float | None, most: int, sign: bool = False) -> str:
    """Return a value followed by its interval in brackets where it has one, all rounded after the interval."""
    places = places_of(low, high, most)
    text = rounded_sv(value, places, sign)
    if low is None or high is None:
        return text
    return f"{text} ({interval(float(round(low, places)), float(round(high, places)), max(places, 0))})"
