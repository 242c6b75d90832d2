"""Money: what staff, contacts, bed-days and housing cost, by level of care and payer.

Staff is paid whether it is idle or not, so moving work without moving staff saves only what varies
with the contact. Prices are those of 2022.
"""

from __future__ import annotations

import numpy as np

from simulator.record import CARE_LEVELS, LOCAL, PRIMARY, PROMOTION, SPECIALISED, Record
from simulator.region import Region
from simulator.state import Array

REGION, MUNICIPALITY = range(2)
LEVEL_OF_PROFESSION = {
    "gp": PRIMARY, "resident": PRIMARY, "nurse": PRIMARY, "district_nurse": PRIMARY, "rehab": PRIMARY,
    "coordinator": PRIMARY, "municipal_nurse": PRIMARY, "home_help": PRIMARY,
    "hospital_physician": SPECIALISED, "hospital_nurse": SPECIALISED, "assistant_nurse": SPECIALISED,
}  # fmt: skip


def cost(record: Record, region: Region, years: int) -> Array:
    """SEK by year, care level and payer, float64[years, 4, 2]."""
    out = np.zeros((years, len(CARE_LEVELS), 2))
    _add_staff(out, record, region, years)
    _add_contacts(out, record, region, years)
    _add_housing(out, record, region, years)
    return out


def _yearly(table: Array, years: int) -> Array:
    """Sum months into years along the first axis."""
    sums: Array = table[: 12 * years].reshape(years, 12, *table.shape[1:]).sum(axis=1)
    return sums


def _add_staff(out: Array, record: Record, region: Region, years: int) -> None:
    """Employers' cost of staff, and the price of agency staff."""
    own, agency = _yearly(record.staff, years) / 12.0, _yearly(record.agency, years) / 12.0
    for p, name in enumerate(region.professions):
        price = region.costs[f"{name}_year"].value
        locum = agency_price(region, name)
        payer = MUNICIPALITY if region.costs[f"{name}_year"].payer == "municipality" else REGION
        fte = own[..., p].sum(axis=1) * price + agency[..., p].sum(axis=1) * locum
        out[:, LEVEL_OF_PROFESSION[name], payer] += fte


def agency_price(region: Region, profession: str) -> float:
    """Return the price of a year of agency staff, SEK per FTE: as read where there is a row, else at a premium."""
    own, nurse = region.costs[f"{profession}_year"].value, region.costs["agency_nurse_year"].value
    if profession == "gp":
        return region.costs["agency_gp_year"].value
    if profession == "hospital_physician":
        return own * region.parameters["hospital.physician_agency_premium"]
    return own * nurse / region.costs["nurse_year"].value


def _add_contacts(out: Array, record: Record, region: Region, years: int) -> None:
    """What varies with contacts and bed-days: drugs, material, tests, premises and support services."""
    share = region.parameters["cost.variable_share"]
    price = {name: region.costs[name].value * share for name in ("gp_visit", "nurse_visit", "digital_contact",
             "specialist_visit", "ed_visit", "bed_day")}  # fmt: skip
    contacts = _yearly(record.contacts, years).sum(axis=1).reshape(years, len(CARE_LEVELS), -1)
    gp = _yearly(record.wait, years).sum(axis=(1, 2))
    nurse = contacts[:, PRIMARY, 3] - gp
    out[:, PROMOTION, REGION] += contacts[:, PROMOTION].sum(axis=1) * price["nurse_visit"]
    out[:, PRIMARY, REGION] += gp * price["gp_visit"] + nurse * price["nurse_visit"]
    out[:, PRIMARY, REGION] += contacts[:, PRIMARY, 1] * price["digital_contact"]
    out[:, LOCAL, REGION] += contacts[:, LOCAL].sum(axis=1) * price["specialist_visit"]
    ed = _yearly(record.ed_visits, years).sum(axis=1)
    clinic = contacts[:, SPECIALISED].sum(axis=1) - ed
    out[:, SPECIALISED, REGION] += clinic * price["specialist_visit"] + ed * price["ed_visit"]
    out[:, SPECIALISED, REGION] += _yearly(record.bed_days, years).sum(axis=1) * price["bed_day"]


def _add_housing(out: Array, record: Record, region: Region, years: int) -> None:
    """Special housing by residents at the end of the year; home help is in the cost of its staff."""
    residents = record.setting[1 : years + 1, :, 1].sum(axis=1)
    out[:, PRIMARY, MUNICIPALITY] += residents * region.costs["special_housing_year"].value
