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

from simulator.core.dates import A_YEAR
from simulator.core.fields import Array
from simulator.core.kernels import at, cold, integer, kernel, rule
from simulator.core.randomness import Purpose, Word, exponential, mix, purpose_key, scrambled_unit
from simulator.core.state import LOW_USE, PRESENT
from simulator.core.words import SLOT_BITS, age_group_of
from simulator.region.axes import EMERGENCY

STREAM_COUNT = 5
TODAYS_LAYER, ADDED_LAYER = range(2)
"""Layers of points: those of today's course, and those that a strategy adds."""
LAST_YEAR_LAYER = 1 << 20
"""Occurrence of the emergencies that the last year of life adds, beside those of the layers of years."""

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
BUCKET_BITS = 7
"""A second finds its bucket by steps of so many bits."""


class Needs(NamedTuple):
    """What one year's needs are drawn from: L layers, S streams, A age groups, R = A * 6 risks, 4 segments.

    Municipalities whose factors are alike share a group, G of them: one unless a strategy is limited to some.
    """

    group: Array  # int64[M], group of each municipality
    rate: Array  # float64[L, G, 4, R, S], expected needs of a person in the year, by segment, risk and stream
    keep: Array  # float64[L, G, 12, S, A, 4], share of the points that stand
    thinned: Array  # uint8[L], whether any point does not
    calendar: Array  # float64[S, days + 1], share of the year's needs that arise before each day
    begins_in: Array  # int32[S, CALENDAR], day in which each step of probability begins
    pace: Array  # float64[S, days], days over share of needs within each day
    month_of_day: Array  # int64[days]
    clock: Array  # int32[S, CLOCK], second of the day at equal steps of probability
    bucket: Array  # int32[675], bucket of a second >> BUCKET_BITS


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
    factor: Array,
    dies_after: Array,
    last_year: float,
    scratch: Array,
    bucket: Array,
    count: Array,
    up_to: Array,
    out: Array,
    start: Array,
) -> int:
    """Draw and sort one year's needs of everybody.

    `members` int64[n] lists people by centre, cut by `member_start` int64[H + 1]. `factor` float32[N, S] is each
    person's on the streams, `dies_after` int32[N] the days from the first of the year to death: in the 365 days before
    it emergencies come `last_year` times as often. `scratch` int64[x] and `bucket` int32[x] hold one centre's points
    while they are sorted, `count` int32[days * BUCKETS + 1] their numbers, `up_to` float64[S] a person's rates. Writes
    packed points to `out` and the first point of each centre and day to `start` int64[H, days + 1]; returns the number
    of points, or -1 when an array is full.
    """
    key = purpose_key(seed, Purpose.NEED)
    days = needs.month_of_day.size
    total = integer(0)
    for h in range(member_start.size - 1):
        count[:] = 0
        n = integer(0)
        for m in range(member_start[h], member_start[h + 1]):
            slot = members[m]
            n = _needs_of_one(
                key, year, person, segment, slot, needs, low_use, factor, scratch, bucket, count, up_to, n
            )
            if n >= 0 and last_year > 1.0 and dies_after[slot] < days + A_YEAR:
                n = _needs_of_last_year(
                    key, year, person, segment, slot, needs, low_use, factor, dies_after[slot], last_year, scratch,
                    bucket, count, n,
                )  # fmt: skip
            if n < 0:
                return -1
        if total + n > out.size:
            return -1
        _sort_centre(scratch, bucket, count, n, out, total, start, h, days)
        total += n
    return total


@rule
def _stream_of(up_to: Array, word: Word) -> int:
    """Which stream a point is of; `up_to` float64[S] are the running sums of the streams' rates."""
    u = scrambled_unit(word) * up_to[STREAM_COUNT - 1]
    s = integer(0)
    for k in range(STREAM_COUNT - 1):
        s += integer(u >= up_to[k])
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
def _put(
    needs: Needs,
    slot: int,
    s: int,
    day: int,
    turn: float,
    mark: float,
    scratch: Array,
    bucket: Array,
    count: Array,
    n: int,
) -> None:
    """Write a point of stream `s` as the `n`-th of its centre; `mark` is its height over the rate, of HEIGHT_ONE."""
    second = _second_of_day(needs.clock[s], turn)
    content = (s << HEIGHT_BITS) | min(int(mark), HEIGHT_ONE - 1)
    scratch[at(n)] = (((second << SLOT_BITS) | slot) << (STREAM_BITS + HEIGHT_BITS)) | content
    b = day * BUCKETS + needs.bucket[at(second >> BUCKET_BITS)]
    bucket[at(n)] = b
    count[at(b + 1)] += 1


@rule
def _needs_of_one(
    key: Word,
    year: int,
    person: Array,
    segment: Array,
    slot: int,
    needs: Needs,
    low_use: float,
    factor: Array,
    scratch: Array,
    bucket: Array,
    count: Array,
    up_to: Array,
    n: int,
) -> int:
    """Append the points of one person that stand to the scratch arrays; return the new length or -1."""
    me = person[slot]
    risk = me["risk"]
    seg, group = segment[slot]["segment"], needs.group[segment[slot]["municipality"]]
    low = low_use if me["status"] & LOW_USE else 1.0
    for layer in range(needs.rate.shape[0]):
        rate = 0.0
        for s in range(STREAM_COUNT):
            rate += low * needs.rate[layer, group, seg, risk, s] * factor[slot, s]
            up_to[s] = rate
        if rate <= 0.0:
            continue
        to_one = HEIGHT_ONE / rate
        own = mix(key, np.uint64(year * 2 + layer)) ^ me["key"]
        j = 0
        word = mix(own, np.uint64(0))
        height = exponential(word)
        while height < rate:
            if n >= scratch.size:
                return -1
            s = _stream_of(up_to, word)
            day, turn = _place_in_year(needs.calendar[s], needs.begins_in[s], needs.pace[s], word)
            mark = height * to_one
            stands = True
            if needs.thinned[layer]:
                keep = needs.keep[layer, group, needs.month_of_day[day], s, age_group_of(risk), seg]
                stands = mark < keep * HEIGHT_ONE
                mark /= max(keep, 1e-9)
            if stands:
                _put(needs, slot, s, day, turn, mark, scratch, bucket, count, n)
                n += 1
            j += 1
            word = mix(own, np.uint64(j))
            height += exponential(word)
    return n


@rule
def _needs_of_last_year(
    key: Word,
    year: int,
    person: Array,
    segment: Array,
    slot: int,
    needs: Needs,
    low_use: float,
    factor: Array,
    dies_after: int,
    ratio: float,
    scratch: Array,
    bucket: Array,
    count: Array,
    n: int,
) -> int:
    """Append the emergencies that the last twelve months of a life add; return the new length or -1.

    They are a layer of their own, so a person's other needs are the same whether or not death is near.
    """
    me, s = person[slot], integer(EMERGENCY)
    seg, group = segment[slot]["segment"], needs.group[segment[slot]["municipality"]]
    rate = (ratio - 1.0) * needs.rate[TODAYS_LAYER, group, seg, me["risk"], s] * factor[slot, s]
    if me["status"] & LOW_USE:
        rate *= low_use
    own = mix(key, np.uint64(LAST_YEAR_LAYER + year)) ^ me["key"]
    j = 0
    word = mix(own, np.uint64(0))
    height = exponential(word)
    while height < rate:
        if n >= scratch.size:
            return -1
        day, turn = _place_in_year(needs.calendar[s], needs.begins_in[s], needs.pace[s], word)
        mark = height * (HEIGHT_ONE / rate)
        keep = 1.0
        if needs.thinned[TODAYS_LAYER]:
            keep = needs.keep[TODAYS_LAYER, group, needs.month_of_day[day], s, age_group_of(me["risk"]), seg]
        if dies_after - A_YEAR <= day < dies_after and mark < keep * HEIGHT_ONE:
            _put(needs, slot, s, day, turn, mark / max(keep, 1e-9), scratch, bucket, count, n)
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
    person: Array,
    segment: Array,
    members: Array,
    member_start: Array,
    needs: Needs,
    low_use: float,
    factor: Array,
    dies_after: Array,
    last_year: float,
) -> tuple[int, int]:
    """Return upper estimates of a year's points, of all and of the largest centre, for the arrays' sizes."""
    everywhere, largest, days = 0.0, 0.0, needs.month_of_day.size
    for h in range(member_start.size - 1):
        here = 0.0
        for m in range(member_start[h], member_start[h + 1]):
            slot = members[m]
            me, back = person[slot], segment[slot]
            low = low_use if me["status"] & LOW_USE else 1.0
            group = needs.group[back["municipality"]]
            for s in range(STREAM_COUNT):
                for layer in range(needs.rate.shape[0]):
                    here += low * factor[slot, s] * needs.rate[layer, group, back["segment"], me["risk"], s]
            if last_year > 1.0 and dies_after[slot] < days + A_YEAR:
                rate = needs.rate[TODAYS_LAYER, group, back["segment"], me["risk"], EMERGENCY]
                here += (last_year - 1.0) * low * factor[slot, EMERGENCY] * rate
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
