"""The calendar: day and month numbers, leap years, Swedish holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.dates import (
    EPOCH,
    LAST_DATE,
    date_of,
    day_number,
    days_in_year,
    month_number,
    month_start,
    months,
    open_days,
)

OPEN = open_days()


@given(st.dates(EPOCH, LAST_DATE))
def test_numbers_and_dates_are_each_others_inverse(when: date) -> None:
    assert date_of(day_number(when)) == when
    assert month_start(month_number(when)) == when.replace(day=1)


def test_years_have_their_days() -> None:
    assert [days_in_year(year) for year in (2023, 2024, 2028, 2100)] == [365, 366, 366, 365]
    assert day_number(LAST_DATE) == sum(days_in_year(year) for year in range(2023, 2041))


def test_months_begin_within_the_span() -> None:
    assert list(months(date(2026, 11, 5), date(2027, 2, 1))) == [date(2026, 12, 1), date(2027, 1, 1)]
    assert list(months(date(2027, 1, 1), date(2027, 1, 1))) == []


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (date(2023, 1, 2), True),
        (date(2023, 1, 6), False),  # Epiphany
        (date(2024, 3, 29), False),  # Good Friday
        (date(2025, 6, 6), False),  # National Day
        (date(2024, 6, 21), False),  # Midsummer Eve, a holiday in practice
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2030, 5, 30), False),  # Ascension Day
        (date(2030, 10, 30), True),
    ],
)
def test_care_is_closed_on_holidays(when: date, is_open: bool) -> None:
    assert bool(OPEN[day_number(when)]) == is_open


def test_care_is_closed_on_weekends_and_open_some_250_days() -> None:
    for year in range(2023, 2041):
        days = [date(year, 1, 1) + timedelta(n) for n in range(days_in_year(year))]
        assert not any(OPEN[day_number(d)] for d in days if d.weekday() >= 5)
        assert 245 <= sum(int(OPEN[day_number(d)]) for d in days) <= 255
