"""Needs of care: the points in time at which each person's health needs arise.

For every person and stream the needs form a Poisson process. Its candidate points live in a plane of
time x height and are keyed to the person; a point counts while its height lies below the person's
rate of the moment. Raising or lowering a rate therefore adds or removes single needs and leaves all
others where they were, which is what pairs two scenarios (thinning: Lewis and Shedler 1979).

Going up in height, the points of a person follow each other at exponential distances whose mean is
one over the length of the year. Drawing stops at the person's rate, so nothing is drawn in vain.
Season and strategy thin at drawing; continuity thins when the need arises, since it depends on who
was met until then.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from simulator.kernels import kernel, rule
from simulator.randomness import Purpose, exponential, lower_half, mix, purpose_key
from simulator.state import LOW_USE, PRESENT, SLOT_BITS, Array

GP, NURSE, EMERGENCY, SPECIALIST, ELECTIVE = range(5)
"""Streams of need, in the order of `region.need_rates`."""
STREAMS = 5

STREAM_BITS = 3
HEIGHT_BITS = 22
HEIGHT_ONE = 1 << HEIGHT_BITS
SECOND_SHIFT = SLOT_BITS + STREAM_BITS + HEIGHT_BITS
"""A point packs second of the day, person, stream and height relative to the rate."""

BUCKETS = 16
"""Buckets a day in the counting sort; what is left is sorted by insertion."""
CLOCK = 97
"""Knots of the day's arrival profile."""


@kernel
def draw_needs(
    seed,
    year,
    days,
    month_of_day,
    person,
    segment,
    members,
    member_start,
    rates,
    cap,
    accept,
    profile,
    low_use,
    scratch,
    bucket,
    count,
    out,
    start,
):
    """Draw and sort one year's needs of everybody.

    `members` int64[n] lists people by centre, cut by `member_start` int64[H + 1]. `rates` [S, A * 6]
    per person-year; `accept` [12, S, A, 4] multiplies it by month, age group and segment, `cap`
    [S, A, 4] is its highest value of the year. `profile` int32[S, CLOCK] gives the second of the day
    at equal steps of probability. `scratch` int64[x] and `bucket` int32[x] hold one centre's points
    while they are sorted, `count` int32[days * BUCKETS + 1] their numbers. Writes packed points to
    `out` and the first point of each centre and day to `start` int64[H, days + 1]; returns the number
    of points, or -1 when an array is full.
    """
    key = purpose_key(seed, Purpose.NEED)
    centres = member_start.size - 1
    total = 0
    for h in range(centres):
        count[:] = 0
        n = 0
        for m in range(member_start[h], member_start[h + 1]):
            slot = members[m]
            n = _needs_of_one(
                key, year, days, month_of_day, person, segment, slot, rates, cap, accept, profile, low_use,
                scratch, bucket, count, n,
            )  # fmt: skip
            if n < 0:
                return -1
        if total + n > out.size:
            return -1
        _sort_centre(scratch, bucket, count, n, out, total, start, h, days)
        total += n
    return total


@rule
def _needs_of_one(
    key, year, days, month_of_day, person, segment, slot, rates, cap, accept, profile, low_use,
    scratch, bucket, count, n,
):  # fmt: skip
    """Append the accepted points of one person to the scratch arrays; return the new length or -1."""
    me = person[slot]
    age_group = me["risk"] // 6
    seg = segment[slot]["segment"]
    a_step = 365.25 / days
    person_year = mix(key, np.uint64(year))
    for s in range(rates.shape[0]):
        rate = rates[s, me["risk"]]
        if me["status"] & LOW_USE:
            rate *= low_use
        highest = rate * cap[s, age_group, seg]
        j = 0
        word = mix(person_year ^ me["key"], np.uint64(s))
        height = exponential(word) * a_step
        while height < highest:
            place = lower_half(word) * days
            day = int(place)
            now = rate * accept[month_of_day[day], s, age_group, seg]
            if height < now:
                knot = (place - day) * (CLOCK - 1)
                low = int(knot)
                second = profile[s, low] + int((knot - low) * (profile[s, low + 1] - profile[s, low]))
                if n >= scratch.size:
                    return -1
                content = (s << HEIGHT_BITS) | min(int(height / now * HEIGHT_ONE), HEIGHT_ONE - 1)
                scratch[n] = (((second << SLOT_BITS) | slot) << (STREAM_BITS + HEIGHT_BITS)) | content
                b = day * BUCKETS + second * BUCKETS // 86400
                bucket[n] = b
                count[b + 1] += 1
                n += 1
            j += 1
            word = mix(person_year ^ me["key"], np.uint64((j << 4) + s))
            height += exponential(word) * a_step
    return n


@rule
def _sort_centre(scratch, bucket, count, n, out, base, start, h, days):
    """Counting sort by bucket, then insertion sort within a day."""
    for b in range(1, count.size):
        count[b] += count[b - 1]
    for d in range(days + 1):
        start[h, d] = base + count[d * BUCKETS]
    for i in range(n):
        b = bucket[i]
        out[base + count[b]] = scratch[i]
        count[b] += 1
    for d in range(days):
        for i in range(start[h, d] + 1, start[h, d + 1]):
            value = out[i]
            j = i - 1
            while j >= start[h, d] and out[j] > value:
                out[j + 1] = out[j]
                j -= 1
            out[j + 1] = value


@njit(cache=True)
def expected_points(person, segment, members, rates, cap, low_use):
    """Return an upper estimate of a year's points, for the size of the array that holds them."""
    total = 0.0
    for m in range(members.size):
        me = person[members[m]]
        factor = low_use if me["status"] & LOW_USE else 1.0
        for s in range(rates.shape[0]):
            total += factor * rates[s, me["risk"]] * cap[s, me["risk"] // 6, segment[members[m]]["segment"]]
    return int(total * 1.01 + 8.0 * np.sqrt(total) + 1024.0)


@njit(cache=True)
def members_by_centre(person, expected, centres):
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
