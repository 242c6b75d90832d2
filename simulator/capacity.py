"""Capacity: what this month's staff and controls let every desk, department and ward do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from simulator import staff_flows, waiting_line, workforce
from simulator.record import Record
from simulator.region import Region
from simulator.state import Array, State
from simulator.tables import Tables
from simulator.workforce import GIVEN_UP, LEFT, OPEN_DAYS, Establishment, service_seconds

PHASE_OUT_MONTHS = 9
"""Months from January 2023 over which agency nurses at hospitals were reduced."""
SUMMER_MONTHS = (7,)
"""Months in which the summer number of beds is open; the closures centre on July."""


def pass_month(
    state: State,
    region: Region,
    tables: Tables,
    staff: Establishment,
    month: int,
    controls: Mapping[str, Array],
    record: Record,
) -> None:
    """Let a month of the workforce pass, set all capacities for it and record who is there.

    `record` holds the months past: last month's load moves leaving and sick leave.
    """
    staff_flows.feel_load(state, record, region, month)
    excess = staff_flows.excess_load(state, month)
    record.sick[month] = staff_flows.sick_leave(excess, region, controls)
    hours = staff_flows.hours_factor(record.sick[month], region)
    record.staff_flow[month] = _pass_people(state, region, staff, month, excess, hours, controls)
    posts = funded_posts(region, staff, state, controls)
    record.posts[month], record.staff[month] = posts, state.staff
    record.agency[month] = agency_fte(region, staff, state, posts, month, controls)
    set_desks(state, region, tables, (state.staff + record.agency[month]) * hours)
    set_hospitals(state, region, date(2023 + month // 12, month % 12 + 1, 1), controls)
    record.beds[month] = state.hospital["beds"]


def _pass_people(
    state: State,
    region: Region,
    staff: Establishment,
    month: int,
    excess: Array,
    hours: Array,
    controls: Mapping[str, Array],
) -> Array:
    """Let everybody's month pass: chairs, training, other staff; returns the flows float64[U, P, 4]."""
    p, h, of = region.parameters, len(region.centres), region.professions.index
    gp, resident = of("gp"), of("resident")
    before = workforce.chair_fte(state.chair)[0]
    seats = state.training.sum(axis=1) * p["work.resident_patient_share"]
    workforce.set_centres(state.centre, state.chair, region, staff, controls, hours[:h, gp], seats)
    workforce.seat_residents(state.centre, state.chair, month // 12)
    posts = funded_posts(region, staff, state, controls)
    flow = staff_flows.pass_staff_month(state, region, staff, posts, month, excess, controls)
    flow[:h, resident] = staff_flows.train_month(state, region, staff, posts)
    finished = float(flow[:h, resident, LEFT].sum())
    state.centre["recruitment"] = staff_flows.recruitment_chance(state, region, staff, finished, controls)
    state.centre["turnover"] *= staff_flows.leaving_factor(excess, region)[:h, gp]
    state.chair["first_free"] = 0  # a chair that was vacant may be filled
    of_gps = np.zeros((h, flow.shape[-1]))
    of_gps[:, GIVEN_UP] = before - workforce.chair_fte(state.chair)[0]
    workforce.staff_chairs(
        state.seed[0], month, state.centre, state.chair, p["work.retirement_rate"] / 12.0, workforce.PENSION_AGE,
        p["work.locum_renewal"], of_gps,
    )  # fmt: skip
    flow[:h, gp] = of_gps
    staff_flows.tell_staff(state, region)
    return flow


def funded_posts(region: Region, staff: Establishment, state: State, controls: Mapping[str, Array]) -> Array:
    """Funded posts float64[U, P] under the controls, with staff that follows moved work."""
    h, k = len(region.centres), len(region.hospitals)
    of = region.professions.index
    posts = staff.posts.copy()
    posts[:h, [of("nurse"), of("district_nurse"), of("rehab")]] *= controls["nurse_posts"][:, None]
    posts[:h, of("resident")] *= controls["resident_posts"]
    posts[:h, of("coordinator")] += controls["team_coordinators"] * region.centre_listed / 10_000.0
    posts[h : h + k, of("hospital_physician")] *= controls["specialist_capacity"]
    posts[h + k :, of("municipal_nurse")] *= controls["home_nursing_posts"]
    posts += workforce.following_posts(region, staff, controls)
    posts[:h, of("gp")] = state.centre["posts"]
    np.maximum(posts, 0.0, out=posts)
    return posts


def agency_fte(
    region: Region, staff: Establishment, state: State, posts: Array, month: int, controls: Mapping[str, Array]
) -> Array:
    """FTE of agency staff float64[U, P]: locums in chairs, elsewhere a share of what is vacant.

    Agency nurses at the hospitals were reduced during 2023 and stay at that level.
    """
    p, h, k = region.parameters, len(region.centres), len(region.hospitals)
    of = region.professions.index
    share = staff.agency.copy()
    kept = p["hospital.agency_nurses_october_2023"] / p["hospital.agency_nurses_start"]
    share[h : h + k, of("hospital_nurse")] *= 1.0 - (1.0 - kept) * min(month / PHASE_OUT_MONTHS, 1.0)
    share[h : h + k] *= controls["hospital_agency_cover"][:, None]
    agency: Array = np.maximum(posts - state.staff, 0.0) * np.minimum(share, 1.0)
    agency[:h, of("gp")] = workforce.chair_fte(state.chair)[1]
    return agency


def set_desks(state: State, region: Region, tables: Tables, working: Array) -> None:
    """Turn the working time of `working` FTE float64[U, P] into the seconds that a contact takes each desk."""
    p, h, k = region.parameters, len(region.centres), len(region.hospitals)
    of = region.professions.index
    minutes = p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"]
    digital_time = p["digital.share_of_nurse_time"] * state.centre["digital"] / p["digital.share_of_gp_needs"]
    nurse, rehab = working[:h, of("nurse")] + working[:h, of("district_nurse")], working[:h, of("rehab")]
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
    pool["service"][pool["kind"] == waiting_line.PLANNED_ADMISSION] = np.ceil(calls)


def set_hospitals(state: State, region: Region, month: date, controls: Mapping[str, Array]) -> None:
    """Open the month's beds and treatment places."""
    beds = region.beds_summer if month.month in SUMMER_MONTHS else region.beds
    state.hospital["beds"] = np.rint(beds * controls["beds"])
    state.hospital["places"] = np.rint(region.ed_places * controls["ed_places"])
    reserve = region.parameters["hospital.reserve_share"]
    state.hospital["reserve"] = np.ceil(state.hospital["beds"] * reserve)
