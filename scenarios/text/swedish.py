"""Swedish number format for everything that people read."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

from babel.numbers import format_decimal, format_scientific

MISSING = "–"
EXPONENT_FROM = 1e15
"""Where a float no longer holds each whole number, and a row of digits would say more than is known."""
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip


@lru_cache(maxsize=16)
def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _written(value: float, decimals: int | None) -> str:
    if EXPONENT_FROM <= abs(value) < math.inf:
        return format_scientific(value, locale="sv_SE")
    pattern = "#,##0.######" if decimals is None else _pattern(decimals)
    return format_decimal(value, format=pattern, locale="sv_SE")


def number(value: float | None, decimals: int | None = None, sign: bool = False) -> str:
    """Return a number as Swedes write it (1 234,5), with `decimals` places or as many as it needs.

    None and NaN give a dash; `sign` puts a plus before what is above zero after rounding. From
    `EXPONENT_FROM` on a number is written with an exponent (1,5×10^29).
    """
    if value is None or math.isnan(value):
        return MISSING
    text = _written(value, decimals).replace("-", "−")
    if not any(digit in text for digit in "123456789∞"):
        return text.lstrip("−")
    return f"+{text}" if sign and value > 0 else text


def span(low: float | None, high: float | None, decimals: int, between: str) -> str:
    """Return an interval with its bounds parted by `between`, or by "till" where one has a minus; a dash for none."""
    if low is None:
        return number(None)
    between = " till " if low < 0 else between  # a dash beside a minus reads as two
    return f"{number(low, decimals)}{between}{number(high, decimals)}"


def dated(day: date) -> str:
    """Return a date as it stands in a sentence: den 4 mars 2027."""
    return f"den {day.day} {MONTHS[day.month - 1]} {day.year}"
