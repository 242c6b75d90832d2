"""A year's needs before they are drawn: expected numbers by person and stream, and how they lie in year and day."""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.people.demand import BUCKET_BITS, BUCKETS, CALENDAR, CLOCK, Needs


def needs_of_year(
    rates: Array, season: Array, factors: Array, clock: Array, month_of_day: Array, of_day: Array
) -> Needs:
    """Prepare a year: `rates` [S, R] per person-year, `season` [S, 12], `clock` and `month_of_day` as in `Needs`.

    `factors` [12, S, M, A, 4] multiplies rates by month, stream, municipality, age group and segment; 1 is today's
    course. `of_day` [S, days] is how many needs a day brings against others of its month; it moves needs between days
    and leaves the year's number as it is.
    """
    expected = rates * ((season @ np.bincount(month_of_day, minlength=12)) / 365.25)[:, None]
    calendar = year_profile(season[:, month_of_day] * of_day)
    group, factors = _alike(factors)
    above = np.maximum(factors - 1.0, 0.0)
    most = above.max(axis=1)
    kept = np.stack([np.minimum(factors, 1.0), _share(above, most[:, None])])
    weight = np.array([[_weight(expected, factor) for factor in layer] for layer in (np.ones_like(most), most)])
    layers = 2 if most.any() else 1
    return Needs(
        group=group,
        rate=np.ascontiguousarray(np.moveaxis(weight[:layers], 3, 4)),
        keep=kept[:layers].copy(),
        thinned=np.array([(keep < 1.0).any() for keep in kept[:layers]], np.uint8),
        calendar=calendar,
        begins_in=_first_days(calendar),
        pace=1.0 / np.maximum(np.diff(calendar, axis=1), 1e-300),
        month_of_day=month_of_day,
        clock=clock,
        bucket=_buckets(clock, expected.sum(axis=1)),
    )


def _alike(factors: Array) -> tuple[Array, Array]:
    """Group of each municipality int64[M] by its factors, and those of each group float64[G, 12, S, A, 4]."""
    by_place = np.moveaxis(factors, 2, 0)
    first: dict[bytes, int] = {}
    group = np.array([first.setdefault(rows.tobytes(), len(first)) for rows in by_place], np.int64)
    rows = by_place[[int(np.argmax(group == number)) for number in range(len(first))]]
    return group, np.ascontiguousarray(rows)


def _share(part: Array, whole: Array) -> Array:
    """Part over whole, 0 where the whole is nothing."""
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0.0)


def _weight(expected: Array, factor: Array) -> Array:
    """Expected needs [S, R] times a factor [S, A, 4], float64[4, S, R]."""
    by_risk: Array = np.moveaxis(np.repeat(factor, expected.shape[1] // factor.shape[1], axis=1), 2, 0)
    return expected * by_risk


def year_profile(weight: Array) -> Array:
    """Turn weights of days [S, days] into the share of the year before each day, float64[S, days + 1]."""
    running = np.concatenate([np.zeros((len(weight), 1)), weight.cumsum(axis=1)], axis=1)
    share: Array = running / running[:, -1:]
    return share


def _first_days(calendar: Array) -> Array:
    """Day in which each of CALENDAR equal steps of probability begins, int32[S, CALENDAR]."""
    steps = np.arange(CALENDAR) / CALENDAR
    return np.array([np.searchsorted(row, steps, side="right") - 1 for row in calendar], np.int32)


def arrival_profile(hourly: Array) -> Array:
    """Turn hourly weights [S, 24] into seconds of the day at equal steps of probability, int32[S, CLOCK]."""
    steps = np.linspace(0.0, 1.0, CLOCK)
    hours = np.arange(25) * 3600.0
    profile = np.empty((len(hourly), CLOCK), np.int32)
    for row, weights in zip(profile, hourly, strict=True):
        positive = np.flatnonzero(weights)
        strictly = weights + 1e-9 * weights.sum()  # interpolation needs increasing knots
        cumulative = np.concatenate([[0.0], np.cumsum(strictly) / strictly.sum()])
        row[:] = np.interp(steps, cumulative, hours)
        row[0], row[-1] = hours[positive[0]], min(hours[positive[-1] + 1], 86_399)
    return profile


def _buckets(clock: Array, weight: Array) -> Array:
    """Bucket of each step of the day, int32, such that all are about equally full."""
    edges = np.arange(0, 86_400, 1 << BUCKET_BITS)
    quantiles = np.linspace(0.0, 1.0, clock.shape[1])
    passed = np.array([np.interp(edges, row, quantiles) for row in clock])
    full: Array = np.minimum(np.average(passed, axis=0, weights=weight) * BUCKETS, BUCKETS - 1)
    return full.astype(np.int32)
