"""Capacity: what this month's staff and controls let every desk, department and ward do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from simulator.care import municipal
from simulator.core.dates import day_number, month_start
from simulator.core.fields import Array
from simulator.core.record import (
    GIVEN_UP,
    HELP_GIVEN,
    HELP_NEEDED,
    HELPED,
    HOME_DAYS,
    LEFT,
    PLACES,
    RESIDENTS,
    WAITING,
    Record,
)
from simulator.core.state import NOT_STAFFED, State
from simulator.region.axes import PSYCHIATRY_PROFESSIONS
from simulator.region.pack import Region
from simulator.staff import clinics, labour, mental_health, planned_care, staff_flows, workforce
from simulator.staff.minutes import left_by_home_visits
from simulator.staff.phone_time import open_phones
from simulator.staff.workforce import OPEN_DAYS, Establishment, service_seconds

WEEKS_A_MONTH = 365.25 / 7.0 / 12.0
PHASE_OUT_MONTHS = 9
"""Months from January 2023 over which agency nurses at hospitals were reduced."""
SUMMER_MONTHS = (7,)
"""Months in which the summer number of beds is open; the closures centre on July."""


def pass_month(
    state: State,
    region: Region,
    planned_admissions: Array,
    staff: Establishment,
    month: int,
    controls: Mapping[str, Array],
    record: Record,
) -> Array:
    """Let a month of the workforce pass, set all capacities for it and record who is there.

    `planned_admissions` float64[K] is the need of a year, `record` holds the months past: last month's load moves
    leaving and sick leave. Returns whom home help and special housing have, float64[M, 8] (`municipal.count_helped`).
    """
    staff_flows.feel_load(state, record, region, month)
    excess = staff_flows.excess_load(state)
    record.sick[month] = staff_flows.sick_leave(excess, region, controls)
    hours = staff_flows.hours_factor(record.sick[month], region)
    seated = workforce.chair_fte(state.chair)[0]
    left = left_by_home_visits(record, region, month - 1)
    _open_chairs(state, region, staff, month, hours, controls, left)
    posts = funded_posts(region, staff, state, controls)
    working_age = labour.people_of_working_age(record, month)
    record.staff_flow[month] = _pass_people(state, region, staff, posts, seated, month, excess, controls, working_age)
    return _set_capacities(state, region, planned_admissions, staff, posts, month, hours, controls, record)


def hold_month(
    state: State,
    region: Region,
    planned_admissions: Array,
    staff: Establishment,
    month: int,
    controls: Mapping[str, Array],
    record: Record,
) -> None:
    """Let a month of the year before the first pass, `month` < 0: as many work as on the first day, others leave.

    Lines are answered as in any month: clinics move time, the region buys care.
    """
    record.sick[month] = staff_flows.sick_leave(np.zeros_like(state.load), region, controls)
    hours = staff_flows.hours_factor(record.sick[month], region)
    _open_chairs(state, region, staff, 0, hours, controls)
    workforce.succeed_gps(state.seed[0], month % 12, state.centre, state.chair, workforce.gp_retirement(region))
    state.chair["first_free"] = day_number(month_start(month))
    posts = funded_posts(region, staff, state, controls)
    _set_capacities(state, region, planned_admissions, staff, posts, month, hours, controls, record)


def _set_capacities(
    state: State,
    region: Region,
    planned_admissions: Array,
    staff: Establishment,
    posts: Array,
    month: int,
    hours: Array,
    controls: Mapping[str, Array],
    record: Record,
) -> Array:
    """Turn those employed into what care can do this month.

    The month before the first of a record is its last, in which nothing has been counted.
    Returns whom home help and special housing have, float64[M, 8] (`municipal.count_helped`).
    """
    before = month - 1
    moved = workforce.following_people(region, staff, controls)
    record.posts[month], record.employed[month] = posts + moved, np.maximum(state.staff + moved, 0.0)
    record.agency[month] = agency_fte(region, staff, state, posts, month, controls)
    working = (record.employed[month] + record.agency[month]) * hours
    set_teams(state, region, controls)
    if (state.pool["service"] != NOT_STAFFED).any():
        clinics.move_time(state, region)
    gone = _followed_work(region, staff, controls, posts, working)
    set_desks(state, region, working, gone, record.home_care[before, :, HOME_DAYS])
    mental_health.set_mental_health(state, region, working, controls, record, month)
    staffed = beds_with_nurses(region, working, record.ed_stay[before].sum(axis=-1) * 12.0)
    beyond = planned_care.answer(state, region, planned_admissions, controls, record.expected_wait[month])
    set_hospitals(state, region, month_start(month), controls, beyond, staffed)
    set_municipalities(state.municipality, region, controls)
    record.beds[month] = state.hospital["beds"]
    return help_home(state, region, controls, working, record.town[month])


def _open_chairs(
    state: State,
    region: Region,
    staff: Establishment,
    month: int,
    hours: Array,
    controls: Mapping[str, Array],
    left: Array | float = 1.0,
) -> None:
    """Let centres have this month's chairs, those of residents too; `left` float64[H] of GPs' time is for visits there.

    Home visits take the rest, as much as last month's asked for.
    """
    gps = region.units.at_centres, region.professions.index("gp")
    seats = state.training.sum(axis=1) * region.parameters["work.resident_patient_share"]
    seats += workforce.following_people(region, staff, controls)[gps]
    workforce.set_centres(state.centre, state.chair, region, staff, controls, hours[gps] * left, seats)
    workforce.seat_residents(state.centre, state.chair, month // 12)


def _pass_people(
    state: State,
    region: Region,
    staff: Establishment,
    posts: Array,
    seated: Array,
    month: int,
    excess: Array,
    controls: Mapping[str, Array],
    working_age: float,
) -> Array:
    """Let everybody's month pass: chairs, training, other staff; returns the flows float64[U, P, 4].

    `seated` float64[H] is the FTE of permanent GPs before the month's chairs were opened, `working_age` how many
    people of working age there are against the first day.
    """
    p, h, of = region.parameters, len(region.centres), region.professions.index
    gp, resident = of("gp"), of("resident")
    flow = staff_flows.pass_staff_month(state, region, staff, posts, month, excess, controls, working_age)
    flow[region.units.at_centres, resident] = staff_flows.train_month(state, region, staff, posts)
    finished = float(flow[region.units.at_centres, resident, LEFT].sum())
    state.centre["recruitment"] = staff_flows.recruitment_chance(state, region, staff, finished, controls, working_age)
    state.centre["turnover"] *= staff_flows.leaving_factor(excess, region)[region.units.at_centres, gp]
    state.chair["first_free"] = 0  # a chair that was vacant may be filled
    of_gps = np.zeros((h, flow.shape[-1]))
    of_gps[:, GIVEN_UP] = seated - workforce.chair_fte(state.chair)[0]
    workforce.staff_chairs(
        state.seed[0], month, state.centre, state.chair, workforce.gp_retirement(region), p["work.locum_renewal"],
        of_gps,
    )  # fmt: skip
    flow[region.units.at_centres, gp] = of_gps
    staff_flows.tell_staff(state, region)
    return flow


def funded_posts(region: Region, staff: Establishment, state: State, controls: Mapping[str, Array]) -> Array:
    """Funded posts float64[U, P] under the controls, with staff that follows moved work."""
    of, units = region.professions.index, region.units
    posts = staff.posts.copy()
    posts[units.at_centres, [of("nurse"), of("district_nurse"), of("rehab")]] *= controls["nurse_posts"][:, None]
    posts[units.at_centres, of("resident")] *= controls["resident_posts"]
    posts[units.at_centres, of("coordinator")] += controls["team_coordinators"] * region.centre_listed / 10_000.0
    posts[units.at_centres, of("psychosocial")] += mental_health.first_line_posts(region, controls["first_line_mental"])
    posts[units.at_hospitals, of("hospital_physician")] *= controls["specialist_capacity"]
    posts[units.at_hospitals, [of(name) for name in PSYCHIATRY_PROFESSIONS]] *= controls["psychiatry_staff"][:, None]
    growth = need_growth(region, state.municipality)
    posts[units.at_municipalities, of("municipal_nurse")] *= controls["home_nursing_posts"] * growth
    posts[units.at_municipalities, of("home_help")] *= controls["home_help_posts"] * growth
    posts += workforce.following_posts(region, staff, controls)
    posts[units.at_centres, of("gp")] = state.centre["posts"]
    np.maximum(posts, 0.0, out=posts)
    return posts


def agency_fte(
    region: Region, staff: Establishment, state: State, posts: Array, month: int, controls: Mapping[str, Array]
) -> Array:
    """FTE of agency staff float64[U, P]: locums in chairs, elsewhere a share of what is vacant.

    Agency nurses at the hospitals were reduced during 2023 and stay at that level.
    """
    p, of, units = region.parameters, region.professions.index, region.units
    share = staff.agency.copy()
    kept = p["hospital.agency_nurses_october_2023"] / p["hospital.agency_nurses_start"]
    share[units.at_hospitals, of("hospital_nurse")] *= 1.0 - (1.0 - kept) * min(max(month, 0) / PHASE_OUT_MONTHS, 1.0)
    share[units.at_hospitals] *= controls["hospital_agency_cover"][:, None]
    agency: Array = np.maximum(posts - state.staff, 0.0) * np.minimum(share, 1.0)
    agency[units.at_centres, of("gp")] = workforce.chair_fte(state.chair)[1]
    return agency


def set_teams(state: State, region: Region, controls: Mapping[str, Array]) -> None:
    """Follow as many people with complex needs as a strategy wants and coordinators have time for."""
    p, units = region.parameters, region.units
    coordinators = state.staff[units.at_centres, region.professions.index("coordinator")]
    possible = coordinators * p["team.caseload"] / np.maximum(state.centre["complex"], 1.0)
    state.centre["team"] = np.minimum(np.minimum(controls["team_share"], possible), 1.0)


def _followed_work(
    region: Region, staff: Establishment, controls: Mapping[str, Array], posts: Array, working: Array
) -> Array:
    """Hospital physicians' FTE float64[K] that have followed work to the health centres.

    As posts given up and empty, and as people who moved.
    """
    of, units = region.professions.index, region.units
    physicians = units.at_hospitals, of("hospital_physician")
    given_up = -workforce.following_posts(region, staff, controls)[physicians]
    moved = -workforce.following_people(region, staff, controls)[physicians]
    empty = np.maximum(posts[physicians] + given_up - working[physicians] - moved, 0.0)
    gone: Array = np.minimum(given_up, empty) + moved
    return gone


def set_desks(state: State, region: Region, working: Array, gone: Array, home_care_days: Array) -> None:
    """Turn the working time of `working` FTE float64[U, P] into the seconds that a contact takes each desk.

    `gone` float64[K] physicians followed work to the health centres; return visits lose their time, new referrals none.
    Nurses' time that moved to the telephone is taken from visits. Municipal nurses first do their part of hospital care
    at home, as much as last month's days asked for.
    """
    p, of, units = region.parameters, region.professions.index, region.units
    minutes = p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"]
    digital_time = p["digital.share_of_nurse_time"] * state.centre["digital"] / p["digital.share_of_gp_needs"]
    nurse, rehab = (
        working[units.at_centres, of("nurse")] + working[units.at_centres, of("district_nurse")],
        working[units.at_centres, of("rehab")],
    )
    digital_time = np.minimum(digital_time, 0.6)
    visiting = nurse * (1.0 - digital_time) * (1.0 - open_phones(state, region, nurse * minutes))
    at_desk = visiting / p["consultation.nurse_minutes"] + rehab / p["consultation.rehab_minutes"]
    clinic = (working[units.at_hospitals, of("hospital_physician")] + gone) * p["specialist.share_of_physician_time"]
    clinic = clinic * state.clinic_time
    new = clinic[:, None] * state.clinic_share
    returns = np.maximum(clinic - new.sum(axis=1) - gone, 0.0)
    visits = minutes / p["consultation.specialist_minutes"] / OPEN_DAYS
    taken = home_care_days * 12.0 * p["home_care.municipal_minutes"] / minutes
    nurses = np.maximum(working[units.at_municipalities, of("municipal_nurse")] - taken, 0.0)
    home = nurses / p["home_nursing.visit_minutes"]
    per_day = np.concatenate(
        [
            at_desk * minutes / OPEN_DAYS,
            nurse * digital_time * minutes / p["consultation.digital_minutes"] / OPEN_DAYS,
            new.ravel() * visits,
            returns * visits,
            home * minutes / 365.0,
        ]
    )
    pool = state.pool
    staffed = pool[: per_day.size]
    staffed["service"] = service_seconds(per_day, staffed["closes"] - staffed["opens"])


def beds_with_nurses(region: Region, working: Array, visits: Array) -> Array:
    """Beds float64[K] that nurses and assistant nurses suffice for in a month, with the overtime that can be had.

    Of `working` FTE float64[U, P]; first the emergency department takes what `visits` float64[K] a year take.
    """
    p, k, of = region.parameters, region.units.at_hospitals, region.professions.index
    a_year = p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"] * (1.0 + p["work.overtime_most"])
    a_bed = 365.25 * p["hospital.target_occupancy"]
    beds = []
    for profession in ("hospital_nurse", "assistant_nurse"):
        minutes_of = {each.contact: each.minutes for each in region.footprints if each.profession == profession}
        left = working[k, of(profession)] * a_year - visits * minutes_of["ed_visit"]
        beds.append(np.maximum(left, 0.0) / (a_bed * minutes_of["bed_day"]))
    fewest: Array = np.floor(np.min(beds, axis=0))
    return fewest


def set_hospitals(
    state: State,
    region: Region,
    month: date,
    controls: Mapping[str, Array],
    beyond: Array | float = 0.0,
    staffed: Array | float = np.inf,
) -> None:
    """Open the month's beds and treatment places.

    `beyond` float64[K] days of line keep beds open in summer, `staffed` float64[K] is how many beds nurses suffice for.
    """
    beds = planned_care.beds_in_july(region, np.asarray(beyond)) if month.month in SUMMER_MONTHS else region.beds
    state.hospital["beds"] = np.minimum(np.rint(beds * controls["beds"]), staffed)
    state.ward_beds = _wards(region.ward_beds, state.hospital["beds"])
    state.hospital["home_beds"] = np.rint(controls["home_beds"])
    state.hospital["palliative_places"] = np.rint(controls["palliative_home_places"])
    state.hospital["places"] = np.rint(region.ed_places * controls["ed_places"])
    by_referral = [until is not None and month >= until for until in region.walk_in_until]
    state.hospital["referred"] = np.where(by_referral, region.parameters["emergency.referred_share"], 0.0)
    reserve = region.parameters["hospital.reserve_share"]
    state.hospital["reserve"] = np.ceil(state.hospital["beds"] * reserve)
    state.hospital["boarders"] = np.ceil(state.hospital["beds"] * region.parameters["hospital.boarding_share"])


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


def help_home(state: State, region: Region, controls: Mapping[str, Array], working: Array, out: Array) -> Array:
    """Give the month's home help as far as working time goes, and receive from hospital in proportion.

    Writes places, residents and waiting of the first day, people helped, minutes needed and given to `out`
    float64[M, 6]; returns what `municipal.count_helped` counts.
    """
    p, towns = region.parameters, state.municipality
    out[:, PLACES], out[:, RESIDENTS] = towns["housing_places"], towns["residents"]
    out[:, WAITING] = municipal.waiting_for_housing(towns, state.housing_queue, state.person)
    counted = _count_helped(region, state)
    minutes_an_hour = 60.0 * WEEKS_A_MONTH * (1.0 + controls["reablement"] * p["home_help.reablement_effect"])
    out[:, HELPED] = counted[:, municipal.RECIPIENTS]
    out[:, HELP_NEEDED] = counted[:, municipal.HELP_HOURS] * minutes_an_hour
    minutes = p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"] / 12.0
    available = working[-len(towns) :, region.professions.index("home_help")] * minutes
    out[:, HELP_GIVEN] = np.minimum(out[:, HELP_NEEDED], available)
    needed = out[:, HELP_NEEDED]
    given = np.divide(out[:, HELP_GIVEN], needed, out=np.ones(len(towns)), where=needed > 0.0)
    towns["receptions"] *= given
    towns["help_gap"] = 1.0 - given
    return counted


def _count_helped(region: Region, state: State) -> Array:
    """Count as `municipal.count_helped`."""
    out = np.zeros((len(region.municipalities), municipal.COUNTED_OF_HELP))
    municipal.count_helped(state.seed[0], state.person, state.background, municipal.help_terms(state, region), out)
    return out


def _wards(normal: Array, beds: Array) -> Array:
    """Share the open beds int[K] over wards as the normal ones [K, G] are, the remainder to the largest."""
    exact = normal * (beds / np.maximum(normal.sum(axis=1), 1))[:, None]
    wards: Array = np.floor(exact + 1e-9).astype(np.int32)
    wards[np.arange(len(wards)), normal.argmax(axis=1)] += beds - wards.sum(axis=1)
    return wards
