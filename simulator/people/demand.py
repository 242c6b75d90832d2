"""Needs of care: the points in time at which each person's health needs arise.

A person's needs of all streams form one Poisson process. Its candidate points lie in a plane of time
x height and are keyed to the person; a point counts while its height lies below the person's rate.
Raising or lowering a rate therefore adds or removes single needs and leaves all others where they
were, which is what pairs two scenarios (thinning: Lewis and Shedler 1979).

Going up in height, the points of a person follow each other at exponential distances whose mean is
one over the length of the year. Drawing stops at the person's rate, so nothing is drawn in vain. A
point's stream is drawn by the streams' shares of the rate, its day by the stream's season. A strategy
that lowers needs thins these points; one that raises them adds points of a layer of their own, so
the needs of today's course stand in every scenario. Continuity thins when the need arises, since it
depends on who was met until then.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import at, cold, integer, kernel, rule
from simulator.core.randomness import Purpose, Word, exponential, mix, purpose_key, scrambled_unit
from simulator.core.state import LOW_USE, PRESENT
from simulator.core.words import SLOT_BITS, age_group_of

STREAM_COUNT = 5
TODAYS_LAYER, ADDED_LAYER = range(2)
"""Layers of points: those of today's course, and those that a strategy adds."""

STREAM_BITS = 3
HEIGHT_BITS = 22
HEIGHT_ONE = 1 << HEIGHT_BITS
SECOND_SHIFT = SLOT_BITS + STREAM_BITS + HEIGHT_BITS
"""A point packs second of the day, person, stream and height relative to the rate."""

BUCKETS = 128
"""Buckets a day in the counting sort, alike in expected numbers; what is left is sorted by insertion."""
CLOCK = 97
"""Knots of the day's arrival profile."""
CALENDAR_BITS = 10
CALENDAR = 1 << CALENDAR_BITS
"""Equal steps of probability of the year, each with the day in which it begins."""
_PLACE_BITS = 32 - CALENDAR_BITS
_END_OF_DAY = 1.0 - 2.0**-30
_BUCKET_BITS = 7
"""A second finds its bucket by steps of so many bits."""


class Needs(NamedTuple):
    """What one year's needs are drawn from: L layers, S streams, A age groups, R = A * 6 risks, 4 segments.

    Municipalities whose factors are alike share a group, G of them: one unless a strategy is limited to some.
    """

    group: Array  # int64[M], group of each municipality
    total: Array  # float64[L, G, 4, R], expected needs of a person in the year, by segment and risk
    share: Array  # float64[L, G, 4, R, S - 1], share of the streams up to each
    keep: Array  # float64[L, G, 12, S, A, 4], share of the points that stand
    thinned: Array  # uint8[L], whether any point does not
    calendar: Array  # float64[S, days + 1], share of the year's needs that arise before each day
    begins_in: Array  # int32[S, CALENDAR], day in which each step of probability begins
    pace: Array  # float64[S, days], days over share of needs within each day
    month_of_day: Array  # int64[days]
    clock: Array  # int32[S, CLOCK], second of the day at equal steps of probability
    bucket: Array  # int32[675], bucket of a second >> _BUCKET_BITS


@kernel
def draw_needs(
    seed: int,
    year: int,
    person: Array,
    segment: Array,
    members: Array,
    member_start: Array,
    needs: Needs,
    low_use: float,
    scratch: Array,
    bucket: Array,
    count: Array,
    out: Array,
    start: Array,
) -> int:
    """Draw and sort one year's needs of everybody.

    `members` int64[n] lists people by centre, cut by `member_start` int64[H + 1]. `scratch` int64[x] and
    `bucket` int32[x] hold one centre's points while they are sorted, `count` int32[days * BUCKETS + 1]
    their numbers. Writes packed points to `out` and the first point of each centre and day to `start`
    int64[H, days + 1]; returns the number of points, or -1 when an array is full.
    """
    key = purpose_key(seed, Purpose.NEED)
    days = needs.month_of_day.size
    total = integer(0)
    for h in range(member_start.size - 1):
        count[:] = 0
        n = integer(0)
        for m in range(member_start[h], member_start[h + 1]):
            n = _needs_of_one(key, year, person, segment, members[m], needs, low_use, scratch, bucket, count, n)
            if n < 0:
                return -1
        if total + n > out.size:
            return -1
        _sort_centre(scratch, bucket, count, n, out, total, start, h, days)
        total += n
    return total


@rule
def _stream_of(share: Array, word: Word) -> int:
    """Which stream a point is of; `share` float64[S - 1] are the running shares of the streams."""
    u = scrambled_unit(word)
    s = integer(0)
    for k in range(STREAM_COUNT - 1):
        s += integer(u >= share[k])
    return s


@rule
def _place_in_year(calendar: Array, begins_in: Array, pace: Array, word: Word) -> tuple[int, float]:
    """Day of the year in which a point falls, and the part of that day that is past, from the low half of its word."""
    low = integer(word & np.uint64(0xFFFFFFFF))
    share = low * 2.0**-32
    day = integer(begins_in[at(low >> _PLACE_BITS)])
    while calendar[at(day + 1)] <= share:
        day += 1
    turn: float = (share - calendar[at(day)]) * pace[at(day)]
    return day, min(turn, _END_OF_DAY)


@rule
def _second_of_day(clock: Array, turn: float) -> int:
    """The second of the day at `turn`, the part of the stream's day that is past (0 to 1)."""
    knots = turn * (CLOCK - 1)
    step = min(int(knots), CLOCK - 2)
    sooner, after = clock[at(step)], clock[at(step + 1)]
    second: int = sooner + int((knots - step) * (after - sooner))
    return second


@rule
def _needs_of_one(
    key: Word,
    year: int,
    person: Array,
    segment: Array,
    slot: int,
    needs: Needs,
    low_use: float,
    scratch: Array,
    bucket: Array,
    count: Array,
    n: int,
) -> int:
    """Append the points of one person that stand to the scratch arrays; return the new length or -1."""
    me = person[slot]
    risk = me["risk"]
    seg, group = segment[slot]["segment"], needs.group[segment[slot]["municipality"]]
    for layer in range(needs.total.shape[0]):
        rate = needs.total[layer, group, seg, risk]
        if rate <= 0.0:
            continue
        if me["status"] & LOW_USE:
            rate *= low_use
        to_one = HEIGHT_ONE / rate
        share = needs.share[layer, group, seg, risk]
        own = mix(key, np.uint64(year * 2 + layer)) ^ me["key"]
        j = 0
        word = mix(own, np.uint64(0))
        height = exponential(word)
        while height < rate:
            if n >= scratch.size:
                return -1
            s = _stream_of(share, word)
            day, turn = _place_in_year(needs.calendar[s], needs.begins_in[s], needs.pace[s], word)
            mark = height * to_one
            stands = True
            if needs.thinned[layer]:
                keep = needs.keep[layer, group, needs.month_of_day[day], s, age_group_of(risk), seg]
                stands = mark < keep * HEIGHT_ONE
                mark /= max(keep, 1e-9)
            if stands:
                second = _second_of_day(needs.clock[s], turn)
                content = (s << HEIGHT_BITS) | min(int(mark), HEIGHT_ONE - 1)
                scratch[at(n)] = (((second << SLOT_BITS) | slot) << (STREAM_BITS + HEIGHT_BITS)) | content
                b = day * BUCKETS + needs.bucket[at(second >> _BUCKET_BITS)]
                bucket[at(n)] = b
                count[at(b + 1)] += 1
                n += 1
            j += 1
            word = mix(own, np.uint64(j))
            height += exponential(word)
    return n


@rule
def _sort_centre(
    scratch: Array, bucket: Array, count: Array, n: int, out: Array, base: int, start: Array, h: int, days: int
) -> None:
    """Counting sort by bucket, then insertion sort within a day."""
    for b in range(1, count.size):
        count[b] += count[b - 1]
    for d in range(days + 1):
        start[h, d] = base + count[d * BUCKETS]
    for i in range(n):
        b = at(bucket[i])
        out[at(base + count[b])] = scratch[i]
        count[b] += 1
    for d in range(days):
        for i in range(start[h, d] + 1, start[h, d + 1]):
            value = out[i]
            j = i - 1
            while j >= start[h, d] and out[j] > value:
                out[j + 1] = out[j]
                j -= 1
            out[j + 1] = value


@cold
def expected_points(
    person: Array, segment: Array, members: Array, member_start: Array, needs: Needs, low_use: float
) -> tuple[int, int]:
    """Return upper estimates of a year's points, of all and of the largest centre, for the arrays' sizes."""
    everywhere, largest = 0.0, 0.0
    for h in range(member_start.size - 1):
        here = 0.0
        for m in range(member_start[h], member_start[h + 1]):
            me = person[members[m]]
            factor = low_use if me["status"] & LOW_USE else 1.0
            back = segment[members[m]]
            for layer in range(needs.total.shape[0]):
                here += factor * needs.total[layer, needs.group[back["municipality"]], back["segment"], me["risk"]]
        everywhere += here
        largest = max(largest, here)
    return _with_room(everywhere), _with_room(largest)


@cold
def _with_room(expected: float) -> int:
    return int(expected + 8.0 * np.sqrt(expected) + 64.0)


@cold
def members_by_centre(person: Array, expected: Array, centres: int) -> tuple[Array, Array]:
    """List those present or expected this year (uint8[N]) by centre: (members, start), int64."""
    start = np.zeros(centres + 1, np.int64)
    for i in range(person.size):
        if (person[i]["status"] & PRESENT) or expected[i]:
            start[person[i]["centre"] + 1] += 1
    for h in range(centres):
        start[h + 1] += start[h]
    members = np.empty(start[centres], np.int64)
    place = start[:-1].copy()
    for i in range(person.size):
        if (person[i]["status"] & PRESENT) or expected[i]:
            h = person[i]["centre"]
            members[place[h]] = i
            place[h] += 1
    return members, start


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
    running = np.cumsum(weight[:layers], axis=3)
    total = running[:, :, :, -1]
    return Needs(
        group=group,
        total=np.ascontiguousarray(total),
        share=np.ascontiguousarray(np.moveaxis(_share(running[:, :, :, :-1], total[:, :, :, None]), 3, 4)),
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
    edges = np.arange(0, 86_400, 1 << _BUCKET_BITS)
    quantiles = np.linspace(0.0, 1.0, clock.shape[1])
    passed = np.array([np.interp(edges, row, quantiles) for row in clock])
    full: Array = np.minimum(np.average(passed, axis=0, weights=weight) * BUCKETS, BUCKETS - 1)
    return full.astype(np.int32)
