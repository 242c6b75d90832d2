"""Money: what staff, contacts, bed-days and places cost, by level of care, by cell of the structure matrix and payer.

Staff is paid whether it is idle or not, so moving work without moving staff saves only what varies with the contact.
Prices are those of 2022. Health dialogues cost the nurses' time that they take, team visits that of the coordinators,
both paid as staff; what else levers bring is paid by the minute (`simulator.staff.effort`).
"""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import (
    CARE_LEVELS,
    CARE_MODES,
    CELLS,
    COMPLEX_BED_DAYS,
    COMPLEX_ED,
    COMPLEX_HELP,
    COMPLEX_HOUSED,
    HELP_GIVEN,
    HOME,
    LOCAL,
    MONITORED,
    ON_SITE,
    PRIMARY,
    RESIDENTS,
    SPECIALISED,
    Record,
    cell_of,
)
from simulator.region.pack import Region
from simulator.results.activities import (
    ACTIVITIES,
    ACTIVITY_INDEX,
    ACTIVITY_NAMES,
    by_cell,
    staff_minutes,
    volumes,
    yearly,
)
from simulator.staff import minutes
from simulator.staff.effort import effort_cost

PAID_BY_REGION, PAID_BY_MUNICIPALITY = range(2)
LEVEL_OF_PROFESSION = {
    "gp": PRIMARY, "resident": PRIMARY, "nurse": PRIMARY, "district_nurse": PRIMARY, "rehab": PRIMARY,
    "coordinator": PRIMARY, "psychosocial": PRIMARY, "municipal_nurse": PRIMARY, "home_help": PRIMARY,
    "hospital_physician": SPECIALISED, "hospital_nurse": SPECIALISED, "assistant_nurse": SPECIALISED,
    "psychiatrist": SPECIALISED, "psychiatric_staff": SPECIALISED,
}  # fmt: skip
VARIABLE_PRICE = {
    "promotion_visit": "nurse_visit", "gp_visit": "gp_visit", "gp_home_visit": "gp_visit",
    "nurse_visit": "nurse_visit",
    "digital_contact": "digital_contact", "local_visit": "specialist_visit", "clinic_visit": "specialist_visit",
    "psychosocial_visit": "psychosocial_visit", "psychiatric_visit": "psychiatric_visit",
    "psychiatric_ed_visit": "psychiatric_ed_visit", "psychiatric_bed_day": "psychiatric_bed_day",
    "home_hospital_day": "specialist_visit", "ed_visit": "ed_visit", "bed_day": "bed_day",
}  # fmt: skip
"""Activities of which a share of the unit cost varies with the contact: drugs, material, tests, premises, support."""
PHYSICIANS_AT_HOSPITAL = ("hospital_physician", "psychiatrist")
FULL_PRICE = {"bought_stay": "bought_planned_stay", "extra_surgery": "extra_surgery_stay"}
"""Activities that cost their whole price to the region: care bought elsewhere, and what late surgery costs beyond."""
PLACE_PRICE = {"special_housing_year": "special_housing_year", "short_term_place_year": "short_term_place_year"}
"""Activities that cost their whole price, staff included, to the municipality."""


def cost(record: Record, region: Region, years: int) -> Array:
    """SEK by year, care level and payer, float64[years, 4, 2]; staff at the level of its profession, idle or not."""
    out = _levels(by_cell(contact_cost(record, region, years), 1))
    staff, payer = staff_cost(record, region, years), payers(region)
    for p, name in enumerate(region.professions):
        out[:, LEVEL_OF_PROFESSION[name], payer[p]] += staff[:, p]
    return out


def cost_by_cell(record: Record, region: Region, years: int) -> Array:
    """SEK by year, cell and payer, float64[years, CELLS, 2], of care that was given; see `idle_cost` for the rest."""
    return by_cell(contact_cost(record, region, years) + _of_staff(record, region, years, spread_idle=False), 1)


def idle_cost(record: Record, region: Region, years: int) -> Array:
    """SEK by year and payer for staff time that no care took, float64[years, 2]; with all cells it makes `cost`."""
    paid, out = staff_cost(record, region, years), np.zeros((years, 2))
    given = _of_staff(record, region, years, spread_idle=False).sum(axis=1)
    for p, payer in enumerate(payers(region)):
        out[:, payer] += paid[:, p]
    rest: Array = out - given
    return rest


def complex_cost(record: Record, region: Region, years: int) -> Array:
    """SEK by year and payer for care of people with complex needs, float64[years, 2], idle time shared by use."""
    full = contact_cost(record, region, years) + _of_staff(record, region, years, spread_idle=True)
    used: Array = (complex_share(record, years)[..., None] * full).sum(axis=1)
    return used


# --- staff


def payers(region: Region) -> list[int]:
    """Who pays each profession."""
    paid_by = [region.costs[f"{name}_year"].payer for name in region.professions]
    return [PAID_BY_MUNICIPALITY if payer == "municipality" else PAID_BY_REGION for payer in paid_by]


def staff_cost(record: Record, region: Region, years: int) -> Array:
    """Employers' cost of staff, overtime included, and the price of agency staff, SEK float64[years, P]."""
    own = yearly(record.employed, years).sum(axis=1) / 12.0
    price = np.array([region.costs[f"{name}_year"].value for name in region.professions])
    paid: Array = own * price + agency_cost(record, region, years) + overtime_cost(record, region, years)
    growth = 1.0 + region.parameters["cost.real_wage_growth"]
    paid *= growth ** np.arange(1, years + 1)[:, None]
    return paid


def agency_cost(record: Record, region: Region, years: int) -> Array:
    """Price of agency staff, part of what staff costs, SEK float64[years, P]."""
    agency = yearly(record.agency, years).sum(axis=1) / 12.0
    paid: Array = agency * np.array([agency_price(region, name) for name in region.professions])
    return paid


def care_value(record: Record, region: Region, years: int) -> Array:
    """What care given is worth at its whole unit price, SEK float64[years]: not what is paid, and never added to it.

    Contacts and bed-days at their list prices, staff and premises included. Less of it in a strategy is capacity set
    free for other use; what the budget feels of that is in `cost`.
    """
    amount = volumes(record, years)
    priced = {**VARIABLE_PRICE, **PLACE_PRICE, **FULL_PRICE}
    price = np.array([region.costs[name].value for name in priced.values()])
    worth: Array = amount[:, [ACTIVITY_INDEX[name] for name in priced]] @ price
    return worth


def overtime_cost(record: Record, region: Region, years: int) -> Array:
    """Pay of work beyond the ordinary time of those who do it, part of what staff costs, SEK float64[years, P]."""
    p = region.parameters
    account = minutes.accounts(record, region, slice(0, 12 * years))
    extra = yearly(account[..., minutes.ACCOUNTS.index("overtime")], years).sum(axis=1)
    price = np.array([region.costs[f"{name}_year"].value for name in region.professions])
    a_minute = price / (p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"])
    paid: Array = extra * a_minute * p["work.overtime_pay"]
    return paid


def agency_price(region: Region, profession: str) -> float:
    """Return the price of a year of agency staff, SEK per FTE: as read where there is a row, else at a premium."""
    own, nurse = region.costs[f"{profession}_year"].value, region.costs["agency_nurse_year"].value
    if profession == "gp":
        return region.costs["agency_gp_year"].value
    if profession in PHYSICIANS_AT_HOSPITAL:
        return own * region.parameters["hospital.physician_agency_premium"]
    return own * nurse / region.costs["nurse_year"].value


def _of_staff(record: Record, region: Region, years: int, spread_idle: bool) -> Array:
    """SEK of staff by activity in proportion to its minutes, float64[years, N, 2]; idle time apart, or spread."""
    given, paid = staff_minutes(record, region, years), staff_cost(record, region, years)
    whole = given.sum(axis=1)
    if not spread_idle:
        account = minutes.accounts(record, region, slice(0, 12 * years))
        idle = yearly(account[..., minutes.ACCOUNTS.index("idle")], years).sum(axis=1)
        delivered = yearly(account[..., minutes.ACCOUNTS.index("delivered")], years).sum(axis=1)
        whole = np.maximum(whole, delivered + idle)  # what is beside the account is taken from its idle time
    a_minute = np.divide(paid, whole, out=np.zeros_like(paid), where=whole > 0.0)
    out = np.zeros((years, len(ACTIVITIES), 2))
    for p, payer in enumerate(payers(region)):
        out[:, :, payer] += given[:, :, p] * a_minute[:, None, p]
    return out


# --- contacts and places


def contact_cost(record: Record, region: Region, years: int) -> Array:
    """SEK by activity and payer beside the staff of the units, float64[years, N, 2].

    What varies with contacts and bed-days, municipal places, the equipment of monitoring at home by the month, and
    the minutes that levers bring at the pay of those who give them. Municipalities pay places and their own staff.
    """
    amount, out = volumes(record, years), np.zeros((years, len(ACTIVITIES), 2))
    share = region.parameters["cost.variable_share"]
    for activity, price in VARIABLE_PRICE.items():
        out[:, ACTIVITY_INDEX[activity], PAID_BY_REGION] = (
            amount[:, ACTIVITY_INDEX[activity]] * region.costs[price].value * share
        )
    for activity, price in FULL_PRICE.items():
        out[:, ACTIVITY_INDEX[activity], PAID_BY_REGION] = (
            amount[:, ACTIVITY_INDEX[activity]] * region.costs[price].value
        )
    for activity, price in PLACE_PRICE.items():
        out[:, ACTIVITY_INDEX[activity], PAID_BY_MUNICIPALITY] = (
            amount[:, ACTIVITY_INDEX[activity]] * region.costs[price].value
        )
    out += effort_cost(region, amount, ACTIVITY_NAMES)
    months = yearly(record.programmes[..., MONITORED], years).sum(axis=1)
    out[:, ACTIVITY_INDEX["monitoring_contact"], PAID_BY_REGION] += months * region.costs["telemonitoring_month"].value
    return out


def bought_cost(record: Record, region: Region, years: int) -> Array:
    """SEK a year for care bought elsewhere and evening surgery, part of `cost`, float64[years]."""
    amount = volumes(record, years)
    price = np.array([region.costs[name].value for name in FULL_PRICE.values()])
    paid: Array = amount[:, [ACTIVITY_INDEX[name] for name in FULL_PRICE]] @ price
    return paid


def _levels(cells: Array) -> Array:
    """Sum cells [years, CELLS, 2] to levels."""
    levels: Array = cells.reshape(*cells.shape[:1], len(CARE_LEVELS), len(CARE_MODES), *cells.shape[2:]).sum(axis=2)
    return levels


# --- people with complex needs


SHARED_AS = {
    "bought_stay": "bed_day", "extra_surgery": "bed_day", "medication_review": "bed_day",
    "discharge_planning": "bed_day", "end_of_life_talk": "bed_day", "palliative_place_day": "bed_day",
    "enrolment_plan": "home_visit", "enrolment_review": "home_visit",
    "reablement_year": "home_help_hour", "added_reception": "home_help_hour", "carer_support_year": "home_help_hour",
}  # fmt: skip
"""Activities that nobody counts by need, and one of which people with complex needs have as large a part."""
SHARED_WHOLLY = {
    "team_visit": 1.0, "plan_year": 1.0, "judged_year": 1.0, "link_worker_year": 0.0, "short_term_place_year": 0.0,
}  # fmt: skip
"""Activities of which people with complex needs have all, or none."""


def complex_share(record: Record, years: int) -> Array:
    """Share of each activity that people with complex needs use, float64[years, N].

    Visits to GPs and nurses share one cell and its share; those whom a team follows are all complex. Short-term places
    are not recorded by need and count as others'; what strategies bring is shared as SHARED_AS and SHARED_WHOLLY say.
    """
    use, all_contacts = yearly(record.complex_use, years).astype(float), yearly(record.contacts, years).sum(axis=1)
    cells = _ratio(use[:, :CELLS], all_contacts)
    out = np.stack([cells[:, activity.cell] for activity in ACTIVITIES], axis=1)
    ed, clinic = yearly(record.ed_visits, years).sum(axis=1), cell_of(SPECIALISED, ON_SITE)
    programmes, town = yearly(record.programmes, years).sum(axis=1), yearly(record.town, years).sum(axis=1)
    out[:, ACTIVITY_INDEX["clinic_visit"]] = _ratio(use[:, clinic] - use[:, COMPLEX_ED], all_contacts[:, clinic] - ed)
    out[:, ACTIVITY_INDEX["ed_visit"]] = _ratio(use[:, COMPLEX_ED], ed)
    out[:, ACTIVITY_INDEX["bed_day"]] = _ratio(use[:, COMPLEX_BED_DAYS], yearly(record.bed_days, years).sum(axis=1))
    out[:, ACTIVITY_INDEX["home_help_hour"]] = _ratio(programmes[:, COMPLEX_HELP], town[:, HELP_GIVEN])
    out[:, ACTIVITY_INDEX["special_housing_year"]] = _ratio(programmes[:, COMPLEX_HOUSED], town[:, RESIDENTS])
    at_home, teams = cell_of(LOCAL, HOME), yearly(record.team_visits, years).sum(axis=1)
    out[:, ACTIVITY_INDEX["mobile_visit"]] = _ratio(use[:, at_home] - teams, all_contacts[:, at_home] - teams)
    for name, like in SHARED_AS.items():
        out[:, ACTIVITY_INDEX[name]] = out[:, ACTIVITY_INDEX[like]]
    for name, share in SHARED_WHOLLY.items():
        out[:, ACTIVITY_INDEX[name]] = share
    shares: Array = np.clip(out, 0.0, 1.0)
    return shares


def _ratio(part: Array, whole: Array) -> Array:
    ratio: Array = np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
    return ratio
