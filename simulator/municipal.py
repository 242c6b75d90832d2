"""Municipal home nursing: the morning's list of home visits in each municipality."""

from __future__ import annotations

import numpy as np

from simulator.kernels import kernel
from simulator.primary_care import DAY
from simulator.randomness import Purpose, draw
from simulator.state import HOME_NURSING, IN_HOSPITAL, PRESENT
from simulator.waiting_line import join
from simulator.world import LINE_HOME

STARTS = 7 * 3600
ENDS = 22 * 3600
P_HOME_VISIT = int(Purpose.HOME_VISIT)


@kernel
def list_home_visits(w, day):  # type: ignore[no-untyped-def]
    """Ask for today's home visits; the list begins with another patient each day, so that none is always last."""
    rule = w.rules[0]
    tick = day * DAY + STARTS
    for m in range(w.home_start.size - 1):
        first, n = w.home_start[m], w.home_start[m + 1] - w.home_start[m]
        place = first + day % max(n, 1)
        for _ in range(n):
            slot = w.home_list[place]
            place += 1
            if place == first + n:
                place = first
            me = w.person[slot]
            if not me["status"] & PRESENT or me["status"] & IN_HOSPITAL or not me["status"] & HOME_NURSING:
                continue
            rub = me["risk"] % 6
            visits = rule["home_visits_per_day"] * (rule["home_visits_rub_factor"] if rub >= 4 else 1.0)
            if draw(w.keys[P_HOME_VISIT], me["key"], np.uint64(day)) < visits:
                join(w, w.lines[LINE_HOME] + m, tick, slot)
