"""How hospital clinics use their physicians' time: for new referrals, by specialty, and for return visits.

A clinic whose new patients wait longer than those who come back moves time to them, and the other way; where all wait
long, physicians leave other work for the clinic, and go back as the lines shorten. So no fixed share of the time
decides who waits: what is in all lines together does. The whole time answers the length of the lines, not for ever as
long as they differ from what is usual: more to do gives somewhat longer waits and somewhat more time; nothing tips.
"""

from __future__ import annotations

import numpy as np

from simulator.core.dates import DAY
from simulator.core.fields import Array
from simulator.core.state import NOT_STAFFED, REFERRAL, RETURN_VISIT, SPECIALTIES, State
from simulator.region.axes import WARDS
from simulator.region.pack import Region
from simulator.staff.workforce import OPEN_DAYS

LONGEST_FELT = 365.0
DAYS_A_YEAR = 365.25


def first_clinic_share(region: Region) -> Array:
    """Share of clinics' time that new referrals of each specialty have on the first day, float64[K, SPECIALTIES]."""
    p = region.parameters
    share = p["specialist.referral_capacity_share"] * by_specialty(region)
    return np.tile(share, (len(region.hospitals), 1))


def by_specialty(region: Region) -> Array:
    """How the time for new referrals is divided on the first day, float64[SPECIALTIES], sum 1."""
    time = np.array([region.parameters[f"specialist.capacity_{ward}"] for ward in WARDS])
    whole: Array = time / time.sum()
    return whole


def expected_wait(state: State, kind: int) -> Array:
    """Days that somebody who joins a line of a kind now can expect to wait: queue over what is met a day, float64[n].

    A desk at which nobody works is felt as LONGEST_FELT.
    """
    lines = state.pool["kind"] == kind
    desk = state.pool[lines]
    queue = (state.ring[lines]["tail"] - state.ring[lines]["head"]).sum(axis=1)
    staffed = desk["service"] != NOT_STAFFED
    a_day = (desk["closes"] - desk["opens"]) / np.where(staffed, np.maximum(desk["service"], 1), DAY)
    days = queue / (a_day * OPEN_DAYS / DAYS_A_YEAR)
    wait: Array = np.minimum(np.where(staffed, days, LONGEST_FELT), LONGEST_FELT)
    return wait


def move_time(state: State, region: Region) -> None:
    """Move a month's part of clinics' time to where people wait longer than clinics are used to.

    Between new referrals and return visits the sum of the time is kept; all of it follows all waits together.
    """
    p, part = region.parameters, by_specialty(region)
    new = expected_wait(state, REFERRAL).reshape(-1, SPECIALTIES) / p["specialist.new_wait_days"]
    again = expected_wait(state, RETURN_VISIT) / p["specialist.return_wait_days"]
    moved = state.clinic_share * np.exp(p["specialist.share_response"] * (new - again[:, None]))
    state.clinic_share = np.clip(moved, p["specialist.share_lowest"] * part, p["specialist.share_highest"] * part)
    felt = (new @ part + again) / 2.0 - 1.0
    asked = np.exp(p["specialist.time_response"] * felt)
    time = state.clinic_time + p["specialist.time_pace"] * (asked - state.clinic_time)
    state.clinic_time = np.clip(time, p["specialist.time_lowest"], p["specialist.time_highest"])
