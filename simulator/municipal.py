"""Municipal home nursing: each patient's week of home visits, and the morning's list."""

from __future__ import annotations

import numpy as np

from simulator.kernels import kernel, prefetch
from simulator.randomness import Purpose, draw, purpose_key
from simulator.state import HOME_NURSING, IN_HOSPITAL, PRESENT
from simulator.waiting_line import LOOK_AHEAD, join
from simulator.world import DAY, LINE_HOME

STARTS = 7 * 3600
WEEK = 7


@kernel
def plan_home_visits(seed, year, person, patients, place, per_day, factor, out, start):
    """Lay down each patient's weekdays with a visit for the year.

    `patients` int64[n] in order of municipality, `place` their municipality. Writes the patients of
    each weekday and municipality to `out` and their first places to `start` int64[WEEK, M + 1].
    """
    key = purpose_key(seed, Purpose.HOME_VISIT)
    n = 0
    for weekday in range(WEEK):
        m = 0
        start[weekday, 0] = n
        for i in range(patients.size):
            while m < place[i]:
                m += 1
                start[weekday, m] = n
            me = person[patients[i]]
            visits = per_day * factor if me["risk"] % 6 >= 4 else per_day
            if draw(key, me["key"], np.uint64(year * WEEK + weekday)) < visits:
                out[n] = patients[i]
                n += 1
        while m < start.shape[1] - 1:
            m += 1
            start[weekday, m] = n


@kernel
def list_home_visits(w, day):
    """Ask for today's home visits, beginning with another patient each day so that none is always last."""
    tick = day * DAY + STARTS
    weekday = day % WEEK
    last = w.home_start[weekday, w.home_start.shape[1] - 1]
    for m in range(w.home_start.shape[1] - 1):
        first, end = w.home_start[weekday, m], w.home_start[weekday, m + 1]
        place = first + day % max(end - first, 1)
        for _ in range(end - first):
            slot = w.home_list[place]
            prefetch(w.person, w.home_list[min(place + LOOK_AHEAD, last - 1)])
            place += 1
            if place == end:
                place = first
            status = w.person[slot]["status"]
            if status & PRESENT and status & HOME_NURSING and not status & IN_HOSPITAL:
                join(w, w.lines[LINE_HOME] + m, tick, slot)
