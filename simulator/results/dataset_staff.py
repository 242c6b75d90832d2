"""Labelled variables of staff: required, employed, hired and lost, by profession and unit, and what they cost."""

from __future__ import annotations

import numpy as np

from simulator.results.dataset_care import (
    Variable,
    attributes,
)
from simulator.results.economy import agency_cost, overtime_cost
from simulator.results.recorded import Recorded
from simulator.results.requirement import fte_required_by_unit
from simulator.staff.minutes import accounts


def staff_of_years(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Staff by profession, whole years: required, employed, agency, posts, gap; the price of agency and overtime."""
    record, region = recorded.record, recorded.region
    available, agency, posts = (
        table[: 12 * years].reshape(years, 12, *table.shape[1:]).mean(axis=1).sum(axis=1)
        for table in (record.employed, record.agency, record.posts)
    )
    required = fte_required_by_unit(record, region, years).sum(axis=1)
    return {
        "fte_required": (
            ("year", "profession"), required, attributes("FTE", "FTE that demand requires", "Behov av årsarbetare"),
        ),
        "fte_available": (
            ("year", "profession"), available,
            attributes("FTE", "FTE employed, agency staff apart", "Tillgängliga årsarbetare"),
        ),
        "fte_agency": (("year", "profession"), agency, attributes("FTE", "FTE of agency staff", "Hyrpersonal")),
        "fte_posts": (("year", "profession"), posts, attributes("FTE", "funded posts", "Budgeterade tjänster")),
        "staffing_gap": (
            ("year", "profession"), required - available,
            attributes("FTE", "FTE required less FTE employed", "Bemanningsgap"),
        ),
        "agency_cost": (
            ("year", "profession"), agency_cost(record, region, years),
            attributes("SEK", "price of agency staff, prices of 2022", "Kostnad för hyrpersonal"),
        ),
        "overtime_cost": (
            ("year", "profession"), overtime_cost(record, region, years),
            attributes("SEK", "pay of work beyond ordinary time, prices of 2022", "Kostnad för övertid"),
        ),
    }  # fmt: skip


def staff_by_unit(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Staff by unit, its minutes, its sick leave and who came and went."""
    record, region = recorded.record, recorded.region
    by_year = (years, 12)
    available = record.employed[: 12 * years].reshape(*by_year, *record.employed.shape[1:]).mean(axis=1)
    flow = record.staff_flow[: 12 * years].reshape(*by_year, *record.staff_flow.shape[1:]).sum(axis=(1, 2))
    account = accounts(record, region, slice(0, 12 * years))
    account = account.reshape(*by_year, *account.shape[1:]).sum(axis=1)
    required = fte_required_by_unit(record, region, years)
    at_work = record.employed[: 12 * years].reshape(*by_year, *record.employed.shape[1:])
    sick = (record.sick[: 12 * years].reshape(at_work.shape) * at_work).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        sick_share = sick / at_work.sum(axis=(1, 2))
    dims = ("year", "unit", "profession")
    return {
        "fte_required_by_unit": (
            dims, required, attributes("FTE", "FTE that demand requires by unit", "Behov per enhet"),
        ),
        "fte_available_by_unit": (
            dims, available, attributes("FTE", "FTE employed by unit, agency staff apart", "Årsarbetare per enhet"),
        ),
        "staffing_gap_by_unit": (
            dims, required - available,
            attributes("FTE", "FTE required less FTE employed by unit", "Bemanningsgap per enhet"),
        ),
        "staff_minutes": (
            (*dims, "account"), account,
            attributes("minutes", "account of staff minutes, agency staff included", "Personalminuter"),
        ),
        "staff_flow": (
            ("year", "profession", "staff_movement"), flow,
            attributes("FTE", "FTE that left, retired, were given up with their posts and were hired",
                   "Avgångar, pensioner, indragna och nyanställda"),
        ),
        "sick_leave": (
            ("year", "profession"), sick_share,
            attributes("1", "share of working time lost to sickness", "Sjukfrånvaro"),
        ),
    }  # fmt: skip
