"""What a kernel sees: the state's arrays, this month's tallies and the rules, under one name.

A named tuple costs a kernel nothing, and a rule then reads `w.person[slot]` instead of taking forty
arguments. The tuple is rebuilt each month; it owns nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.core.kernels import constant, formula, rule
from simulator.core.state import CASE_BITS, CASE_MASK, SLOT_BITS, SLOT_MASK, Array

RULES = np.dtype(
    [
        (name, np.float64)
        for name in (
            "referral_share",
            "sent_to_ed_share",
            "same_day_share",
            "within_3_days_share",
            "planned_target_days",
            "self_care_share",
            "promotion_share_children",
            "promotion_share_adults",
            "digital_to_visit_share",
            "digital_old_age_factor",
            "divert_same_day_share",
            "divert_closed_share",
            "divert_wait_days",
            "divert_wait_share",
            "local_care_share",
            "memory_days",
            "full_share",
            "readmission_share",
            "shift_to_gp_share",
            "home_nursing_reception_share",
            "return_to_gp_share",
            "housing_patience_days",
            "home_care_share",
            "home_care_readmission",
            "team_effect",
            "team_visits",
            "monitoring_contacts",
            "heart_failure_effect",
            "lung_effect",
            "falls_spared",
            "returns_spared",
            "coordinated_seconds",
            "coordinated_readmission",
            "ambulance_urgent",
            "ambulance_standard",
            "ambulance_low",
            "ambulance_aged",
        )
    ]
)
"""Numbers that rules read: parameters of the region's register (`tables.RULE_SOURCES`) and this month's controls."""

(
    GP_VISIT,
    DESK_CONTACT,
    ED_ARRIVAL,
    TREATMENT_START,
    TREATMENT_END,
    ADMITTED,
    DISCHARGED,
    GAVE_UP,
    SENT_TO_ED,
    BOARDING,
    READY,
    HOME_CARE,
    MOBILE_VISIT,
    MOVED_IN,
    SHORT_TERM,
    HOUSING_GRANTED,
    DIED,
    MOVED_AWAY,
) = (constant(kind) for kind in range(1, 19))
"""Kinds of logged events."""


class World(NamedTuple):
    """Arrays by name; shapes as in `State` and `Record`, the record's without their month."""

    rules: Array
    offer: Array  # float64[OFFERS, M * A, 4], share offered to people by cell and segment (`simulator.care.offer`)
    keys: Array  # uint64[purposes], purpose keys under this seed
    opening: Array  # uint8[days], health centres and clinics open
    lines: Array  # int64[8], first pool of each kind, then first unit of GPs, EDs and wards
    accept: Array  # int64[S, DOSES, 2], height below which a need stands, by dose and own GP seen last
    admission: Array  # float64[3, A * 6, DOSES], chance of admission from the emergency department, by acuity
    acuity: Array  # float64[A, 2], share of emergencies that are urgent, and urgent or standard
    cause: Array  # float64[A, 16, 4], share of causes up to each, by age and set of conditions that can be one
    cause_set: Array  # uint8[2 ** c], that set for every set of conditions
    ward: Array  # float64[2, A, 2], share of admissions up to each ward, acute and planned
    clinic: Array  # float64[A, 2], share of referrals up to each specialty
    hip: Array  # float64[A], share of admissions after falls with a hip fracture
    new_need: Array  # float64[A], chance that somebody without municipal care needs it after a stay
    short_stay: Array  # float64[1], mean days in a short-term place
    stay: Array  # float64[2, A * 6], mean length of stay, days: emergency, planned
    stay_quantile: Array  # float64[Q], length of stay over its mean at equal steps of probability
    treatment: Array  # float64[A], mean seconds of treatment
    treatment_quantile: Array  # float64[Q]
    person: Array
    background: Array
    relation: Array
    seen: Array
    centre: Array
    chair: Array
    book: Array
    booked: Array
    pool: Array
    waiting: Array
    hospital: Array
    ed_due: Array
    ed_due_count: Array
    ed_queue: Array
    ed_line: Array
    ed_end: Array
    ed_patient: Array
    boarding: Array
    stay_end: Array
    stay_patient: Array
    ward_beds: Array
    ward_occupied: Array
    home_place: Array
    municipality: Array
    short_place: Array
    housing_queue: Array
    home_start: Array
    home_list: Array
    point: Array
    point_start: Array
    coming: Array
    coming_next: Array
    demand: Array
    contacts: Array
    complex_use: Array
    ed_visits: Array
    admissions: Array
    bed_days: Array
    cases: Array
    acuity_wait: Array
    ward_days: Array
    guarantee: Array
    reception: Array
    ready_seconds: Array
    home_care: Array
    mobile_visits: Array
    team_visits: Array
    monitoring: Array
    effort: Array
    deaths: Array
    deaths_education: Array
    flows: Array
    wait: Array
    assessed: Array
    ledger: Array
    desk: Array
    occupied: Array
    boarded: Array
    ed_stay: Array
    gave_up: Array
    diverted: Array
    ambulance: Array
    clinic_weeks: Array
    log: Array  # int64[L, 6]: second, kind, person, unit, second of request, particulars; L = 0 keeps no log
    logged: Array  # int64[1], events that were to be logged, also those for which there was no room
    followed: Array  # uint8[F], people whose events are logged, nobody beyond them; F = 0 logs everybody's


DAY = 86_400
WEEK = 7 * DAY
OPENS, CLOSES = 8 * 3600, 17 * 3600
"""Seconds of a day, and of the day at which health centres open and close."""
PROMOTION_CELL, SELF_CARE_CELL, DIGITAL_CELL, HOME_CELL, VISIT_CELL = 3, 4, 5, 6, 7
MONITORING_CELL, TEAM_CELL, LOCAL_CELL, HOSPITAL_HOME_CELL, SPECIALIST_CELL = 9, 10, 11, 14, 15
"""Cells of the structure matrix (level x 4 + mode)."""
LINE_NURSE, LINE_DIGITAL, LINE_REFERRAL, LINE_RETURN, LINE_HOME, UNIT_GP, UNIT_ED, UNIT_WARD = range(8)
"""Index into `World.lines`."""


@rule
def is_logged(w, slot):
    """Whether a log is kept of a person's events."""
    if w.log.shape[0] == 0:
        return False
    return w.followed.size == 0 or (slot < w.followed.size and w.followed[slot] != 0)


@rule
def note_with(w, tick, kind, slot, unit, requested, particulars):
    """Append an event to the log, if one is kept of the person; `particulars` as `simulator.lives.diary` reads them."""
    if is_logged(w, slot):
        i = w.logged[0]
        w.logged[0] = i + 1
        if i < w.log.shape[0]:
            w.log[i, 0] = tick
            w.log[i, 1] = kind
            w.log[i, 2] = slot
            w.log[i, 3] = unit
            w.log[i, 4] = requested
            w.log[i, 5] = particulars


@rule
def note(w, tick, kind, slot, unit, requested):
    """Append an event without particulars to the log, if one is kept of the person."""
    note_with(w, tick, kind, slot, unit, requested, 0)


@rule
def pack(tick, slot):
    """Pack a second of the clock and a person into one word."""
    return (np.int64(tick) << SLOT_BITS) | np.int64(slot)


@formula
def case_of(tick):
    """Mark of the need that arose at a second of the clock, 0..CASE_MASK."""
    return (tick ^ (tick >> CASE_BITS)) & CASE_MASK


@rule
def unpack(word):
    """Second (or day) and person of a word."""
    return word >> SLOT_BITS, word & SLOT_MASK


@rule
def pack_case(tick, slot, case):
    """Pack a second of the clock, a person and the case's mark into one word."""
    return (pack(tick, slot) << CASE_BITS) | case


@rule
def unpack_case(word):
    """Second, person and mark of a case."""
    return word >> (SLOT_BITS + CASE_BITS), (word >> CASE_BITS) & SLOT_MASK, word & CASE_MASK


@rule
def quantile(table, u):
    """Interpolate a distribution given by its values at equal steps of probability."""
    place = u * (table.size - 1)
    low = int(place)
    return table[low] + (place - low) * (table[low + 1] - table[low])


@rule
def whole_of_day(rate, day):
    """Whole ones of a fractional daily rate that fall on a day."""
    return int(np.floor((day + 1) * rate) - np.floor(day * rate))
