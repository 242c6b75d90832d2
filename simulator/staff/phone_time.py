"""Time on the telephone: which part of the nurses' time each centre gives it, and how many calls that is a day.

On the first day it is in proportion to the calls that the centre's people can be expected to make, as clinics' time is
to their lines. From then on it follows the nurses who are there, and not the calls.
"""

from __future__ import annotations

import numpy as np

from simulator.care.routing import AGED_70
from simulator.core.fields import Array
from simulator.core.state import PRESENT, State
from simulator.core.tables import Tables
from simulator.region.axes import GP, NURSE
from simulator.region.pack import Region
from simulator.staff.workforce import OPEN_DAYS, Establishment

MOST_TIME = 0.6
"""Share of the nurses' time that a centre gives the telephone at most on the first day."""


def expected_calls(state: State, tables: Tables, region: Region) -> Array:
    """Calls a year that each centre's people can be expected to make, float64[H]."""
    p, person = region.parameters, state.person[(state.person["status"] & PRESENT) != 0]
    new = p["primary_care.same_day_share"] + p["primary_care.within_3_days_share"]
    by_risk = new * tables.rates[GP] + p["primary_care.nurse_soon_share"] * tables.rates[NURSE]
    digital = np.where(person["risk"] >= AGED_70, p["digital.old_age_factor"], 1.0) * p["digital.share_of_gp_needs"]
    each = by_risk[person["risk"]] * (1.0 - digital - p["primary_care.self_care_share"])
    calls: Array = np.bincount(person["centre"], each, minlength=len(state.centre))
    return calls


def first_phone_share(state: State, tables: Tables, region: Region, staff: Establishment) -> Array:
    """Share of the nurses' time that is on the telephone on the first day, float64[H]."""
    p, of = region.parameters, [region.professions.index(name) for name in ("nurse", "district_nurse")]
    working = (staff.posts * (1.0 - staff.vacancy * (1.0 - staff.agency)))[region.units.at_centres][:, of].sum(axis=1)
    minutes = expected_calls(state, tables, region) * p["telephone.call_minutes"] * p["telephone.time_over_calls"]
    time = working * p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"]
    share = np.divide(minutes, time, out=np.zeros_like(minutes), where=time > 0.0)
    first: Array = np.minimum(share, MOST_TIME)
    return first


def open_phones(state: State, region: Region, nurse_minutes: Array) -> Array:
    """Set how many calls a day the phones can take; return the share of nurses' time that moved there, float64[H].

    `nurse_minutes` float64[H] are the nurses' minutes with patients a year. The share counts what is beyond the first
    day's, which their contacts have in their length; less time on the phone gives some back.
    """
    centre = state.centre
    a_day = nurse_minutes / OPEN_DAYS / region.parameters["telephone.call_minutes"]
    centre["phone"] = a_day * centre["phone_share"] * centre["phone_time"]
    moved: Array = centre["phone_share"] * (centre["phone_time"] - 1.0)
    return moved
