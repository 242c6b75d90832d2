"""How a region answers a growing line for planned admission: bought care, evening surgery, beds kept open in July.

Without an answer the line is whatever is left over, and tips within two years once beds are short; no region lets it.
With it the line stays near what is felt as long, and costs money instead. The control `region_reacts` switches it off.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import FIRST_VISITS, PLANNED_STAYS
from simulator.core.state import PLANNED_ADMISSION, REFERRAL, SPECIALTIES, State
from simulator.region.pack import Region
from simulator.staff.clinics import DAYS_A_YEAR, by_specialty, expected_wait
from simulator.staff.workforce import OPEN_DAYS


def days_in_line(state: State, planned_admissions: Array) -> Array:
    """Days of its catchment's need [K] of a year that stand in each hospital's line, those who cannot wait aside."""
    line = state.ring[state.pool["kind"] == PLANNED_ADMISSION][:, 1:]
    queue = (line["tail"] - line["head"]).sum(axis=1)
    days: Array = queue / np.maximum(planned_admissions / DAYS_A_YEAR, 1e-9)
    return days


def answer(state: State, region: Region, planned_admissions: Array, controls: Mapping[str, Array], out: Array) -> Array:
    """Order care elsewhere and open surgery for a month; returns days in line beyond those that are felt, float64[K].

    `planned_admissions` float64[K] a year that can wait. What somebody who joins a line now can expect to wait is
    written to `out` float64[K, 2].
    """
    p, reacts = region.parameters, controls["region_reacts"]
    days = days_in_line(state, planned_admissions)
    beyond = np.maximum(days - p["hospital.felt_queue_days"], 0.0) * reacts
    months = round(p["hospital.bought_months"])
    wanted = beyond * planned_admissions / DAYS_A_YEAR / months
    due = state.ordered[:, 0].copy()
    state.ordered[:, :-1] = state.ordered[:, 1:]
    state.ordered[:, -1] = np.minimum(wanted, p["hospital.bought_share"] * planned_admissions / 12.0)
    state.hospital["bought"] = np.rint(due)
    usual = np.ceil(planned_admissions * p["hospital.planned_admissions_factor"] / OPEN_DAYS)
    extra = p["hospital.extra_surgery_share"] * np.minimum(beyond / p["hospital.extra_surgery_days"], 1.0)
    state.hospital["usual"] = usual
    state.pool["service"][state.pool["kind"] == PLANNED_ADMISSION] = usual + np.rint(usual * extra)
    out[:, FIRST_VISITS] = expected_wait(state, REFERRAL).reshape(-1, SPECIALTIES) @ by_specialty(region)
    out[:, PLANNED_STAYS] = days
    return beyond


def beds_in_july(region: Region, beyond: Array) -> Array:
    """Beds open in July, float64[K]: of those that are closed then, some stay open where the line is long."""
    kept = region.parameters["hospital.july_beds_kept"] * (beyond > 0.0)
    beds: Array = region.beds_summer + kept * (region.beds - region.beds_summer)
    return beds
