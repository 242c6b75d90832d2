"""Capacity: what this month's staff and controls let every desk, department and ward do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from simulator import municipal, workforce
from simulator.record import HELP_NEEDED, HELPED, PLACES, RESIDENTS, WAITING
from simulator.region import Region
from simulator.state import PLANNED_ADMISSION, Array, State
from simulator.tables import Tables
from simulator.workforce import OPEN_DAYS, Establishment, service_seconds

WEEKS_A_MONTH = 365.25 / 7.0 / 12.0
SUMMER_MONTHS = (7,)
"""Months in which the summer number of beds is open; the closures centre on July."""


def pass_month(
    state: State,
    region: Region,
    tables: Tables,
    staff: Establishment,
    month: int,
    controls: Mapping[str, Array],
    renewed: bool = True,
) -> None:
    """Let a month of the workforce pass and set all capacities for it; `renewed` when controls have changed."""
    p = region.parameters
    if renewed:
        workforce.set_centres(state.centre, state.chair, region, staff, controls)
    state.chair["first_free"] = 0  # a chair that was vacant may be filled
    workforce.staff_chairs(
        state.seed[0], month, state.centre, state.chair, p["work.retirement_rate"] / 12.0, workforce.PENSION_AGE,
        p["work.locum_renewal"],
    )  # fmt: skip
    leaving = (p["work.gp_turnover"] + p["work.retirement_rate"]) / 12.0
    posts = funded_posts(region, staff, state, controls)
    workforce.flow_month(state.staff, posts, workforce.filling_rate(staff.vacancy, leaving), leaving)
    gp = region.professions.index("gp")
    state.staff[: len(region.centres), gp] = workforce.chair_fte(state.chair)[0]
    set_desks(state, region, tables, staff, posts)
    set_hospitals(state, region, date(2023 + month // 12, month % 12 + 1, 1), controls)
    set_municipalities(state.municipality, region, controls)


def funded_posts(region: Region, staff: Establishment, state: State, controls: Mapping[str, Array]) -> Array:
    """Funded posts float64[U, P] under the controls, with staff that follows moved work."""
    h, k = len(region.centres), len(region.hospitals)
    of = region.professions.index
    posts = staff.posts.copy()
    posts[:h, [of("nurse"), of("rehab")]] *= controls["nurse_posts"][:, None]
    posts[h : h + k, of("hospital_physician")] *= controls["specialist_capacity"]
    posts[h + k :, of("municipal_nurse")] *= controls["home_nursing_posts"]
    posts += workforce.following_posts(region, staff, controls)
    posts[:h, of("gp")] = state.centre["posts"]
    np.maximum(posts, 0.0, out=posts)
    return posts


def agency_fte(region: Region, staff: Establishment, state: State, posts: Array) -> Array:
    """FTE of agency staff float64[U, P]: locums in chairs, elsewhere a share of what is vacant."""
    agency: Array = np.maximum(posts - state.staff, 0.0) * staff.agency
    agency[: len(region.centres), region.professions.index("gp")] = workforce.chair_fte(state.chair)[1]
    return agency


def set_desks(state: State, region: Region, tables: Tables, staff: Establishment, posts: Array) -> None:
    """Turn working time into the seconds that a contact takes each desk."""
    p, h, k = region.parameters, len(region.centres), len(region.hospitals)
    of = region.professions.index
    minutes = p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"]
    working = state.staff + agency_fte(region, staff, state, posts)
    digital_time = p["digital.share_of_nurse_time"] * state.centre["digital"] / p["digital.share_of_gp_needs"]
    nurse, rehab = working[:h, of("nurse")], working[:h, of("rehab")]
    digital_time = np.minimum(digital_time, 0.6)
    at_desk = nurse * (1.0 - digital_time) / p["consultation.nurse_minutes"] + rehab / p["consultation.rehab_minutes"]
    clinic = working[h : h + k, of("hospital_physician")] * p["specialist.share_of_physician_time"]
    clinic = clinic / p["consultation.specialist_minutes"]
    new = p["specialist.referral_capacity_share"]
    home = working[h + k :, of("municipal_nurse")] / p["home_nursing.visit_minutes"]
    per_day = np.concatenate(
        [
            at_desk * minutes / OPEN_DAYS,
            nurse * digital_time * minutes / p["consultation.digital_minutes"] / OPEN_DAYS,
            clinic * new * minutes / OPEN_DAYS,
            clinic * (1.0 - new) * minutes / OPEN_DAYS,
            home * minutes / 365.0,
        ]
    )
    pool = state.pool
    staffed = pool[: per_day.size]
    staffed["service"] = service_seconds(per_day, staffed["closes"] - staffed["opens"])
    calls = tables.planned_admissions * p["hospital.planned_admissions_factor"] / OPEN_DAYS
    pool["service"][pool["kind"] == PLANNED_ADMISSION] = np.ceil(calls)


def set_hospitals(state: State, region: Region, month: date, controls: Mapping[str, Array]) -> None:
    """Open the month's beds and treatment places."""
    beds = region.beds_summer if month.month in SUMMER_MONTHS else region.beds
    state.hospital["beds"] = np.rint(beds * controls["beds"])
    state.ward_beds = _wards(region.ward_beds, state.hospital["beds"])
    state.hospital["home_beds"] = np.rint(controls["home_beds"])
    state.hospital["places"] = np.rint(region.ed_places * controls["ed_places"])
    reserve = region.parameters["hospital.reserve_share"]
    state.hospital["reserve"] = np.ceil(state.hospital["beds"] * reserve)


def need_growth(region: Region, municipality: Array) -> Array:
    """What municipal posts and places follow by themselves of the growth of the aged, factor float64[M]."""
    follows = region.parameters["discharge.municipal_need_follows"]
    growth = municipality["aged"] / np.maximum(municipality["aged_at_start"], 1)
    factor: Array = 1.0 + follows * (np.maximum(growth, 1.0) - 1.0)
    return factor


def set_municipalities(municipality: Array, region: Region, controls: Mapping[str, Array]) -> None:
    """Open the month's places, receptions from hospital and visits of mobile teams."""
    growth = need_growth(region, municipality)
    municipality["receptions"] = region.receptions * growth * controls["receptions"]
    municipality["short_places"] = np.rint(region.short_term_places * growth * controls["short_term_places"])
    municipality["housing_places"] = np.rint(region.housing_places * growth * controls["housing_places"])
    municipality["mobile"] = municipality["aged"] / 1000.0 * controls["mobile_visits"]


def home_help(region: Region, state: State, controls: Mapping[str, Array]) -> Array:
    """People with home help and the minutes that they need in a month, float64[M, 2]."""
    p, out = region.parameters, np.zeros((len(region.municipalities), 2))
    municipal.sum_home_help(
        state.seed[0], state.person, state.background, p["home_help.share_of_home_nursing"],
        p["home_help.hours_per_week"], p["home_help.rub_factor"], p["home_help.waiting_hours_per_week"], out,
    )  # fmt: skip
    out[:, 1] *= 60.0 * WEEKS_A_MONTH * (1.0 + controls["reablement"] * p["home_help.reablement_effect"])
    return out


def count_towns(region: Region, state: State, controls: Mapping[str, Array], out: Array) -> None:
    """Write the first day's places, residents and waiting, and the month's home help, to `out` float64[M, 6]."""
    out[:, PLACES], out[:, RESIDENTS] = state.municipality["housing_places"], state.municipality["residents"]
    out[:, WAITING] = municipal.waiting_for_housing(state.municipality, state.housing_queue, state.person)
    out[:, HELPED : HELP_NEEDED + 1] = home_help(region, state, controls)


def _wards(normal: Array, beds: Array) -> Array:
    """Share the open beds int[K] over wards as the normal ones [K, G] are, the remainder to the largest."""
    exact = normal * (beds / np.maximum(normal.sum(axis=1), 1))[:, None]
    wards: Array = np.floor(exact + 1e-9).astype(np.int32)
    wards[np.arange(len(wards)), normal.argmax(axis=1)] += beds - wards.sum(axis=1)
    return wards
