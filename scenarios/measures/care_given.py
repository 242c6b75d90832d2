"""Figures of the care that is given: contacts, hospital care, how soon, and by whom."""

from __future__ import annotations

import xarray as xr

from scenarios.measures import assumed
from scenarios.measures.figure import (
    BY_CENTRE,
    BY_HOSPITAL_SHOWN,
    BY_MONTH,
    BY_MONTH_SHOWN,
    BY_MUNICIPALITY,
    OF_REGION,
    Changes,
    by,
    count,
    figure,
    rate,
)
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import INDEX, PERCENT

A_MONTH = by(BY_MONTH, unit_sv="i månaden")

count(
    "gp_contacts", "Läkarbesök på hälsocentral", "contacts", "besök", "neither", reads="gp_visits",
    over=(OF_REGION, by(BY_CENTRE, name="gp_visits", label_sv="Läkarbesök")),
)  # fmt: skip
count("gp_home_visits", "Läkarbesök i hemmet", "visits", "besök", "neither")
count("contacts", "Vårdkontakter, alla", "contacts", "kontakter", "neither")
count("ed_visits", "Akutbesök", "visits", "besök", "down", over=(OF_REGION, A_MONTH, rate(0)))
count("admissions", "Inläggningar", "admissions", "vårdtillfällen", "down", over=(OF_REGION, A_MONTH, rate(1)))
count("bed_days", "Vårddygn", "days", "dygn", "down", over=(OF_REGION, A_MONTH, rate(0)))


_OCCUPANCY: Changes = {"name": "occupancy", "label_sv": "Beläggning", "unit_sv": "procent av öppna vårdplatser"}


@figure(
    "occupied_beds_share", "Belagda vårdplatser", "%", "procent", 1, "down", "occupied_beds", "available_beds",
    limits=PERCENT, over=(OF_REGION, by(BY_MONTH_SHOWN, **_OCCUPANCY), by(BY_HOSPITAL_SHOWN, **_OCCUPANCY)),
)  # fmt: skip
def _occupied_beds_share(g: Grouped) -> xr.Variable:
    """A month weighs by its days."""
    days = 1 if "month" in g.names else g.days_of_months
    occupied, available = (g.sum(g[name] * days) for name in ("occupied_beds", "available_beds"))
    return ratio(occupied, available)


@figure(
    "assessed_within_3_days", "Medicinsk bedömning inom tre dagar", "%", "procent", 1, "up",
    "assessed_within_3_days", "needs_assessed", limits=PERCENT,
    over=(
        OF_REGION, BY_CENTRE, by(BY_MONTH, name="assessed"),
        by(
            BY_MUNICIPALITY, reads=("assessed_by_municipality",), note_sv=assumed.GP_SV,
            centre="assessed_within_3_days",
        ),
    ),
)  # fmt: skip
def _assessed(g: Grouped) -> xr.Variable:
    """Of the needs at health centres; by municipality of those of its inhabitants, wherever they are listed."""
    if "municipality" in g.names:
        return 100 * g["assessed_by_municipality"]
    return 100 * g.mean("assessed_within_3_days", "needs_assessed")


count("needs_assessed", "Bedömda behov på hälsocentral", "needs", "behov i månaden", "neither", over=(BY_MONTH,))


@figure(
    "phone_same_day", "Samtal besvarade samma dag", "%", "procent", 1, "up", "calls_same_day", "calls", limits=PERCENT,
    over=(OF_REGION, BY_CENTRE, by(BY_MONTH, name="phone")),
)  # fmt: skip
def _phone_same_day(g: Grouped) -> xr.Variable:
    """Of the calls to health centres; those of days on which they are closed wait for the next that is open."""
    return g.share("calls_same_day", "calls")


count(
    "calls",
    "Samtal till hälsocentral",
    "calls",
    "samtal",
    "neither",
    over=(OF_REGION, by(BY_MONTH, name="phone_calls")),
)


@figure(
    "waiting_days", "Väntan på läkarbesök, medel", "days", "dagar", 1, "down", "waiting_days", "gp_visits",
    over=(
        OF_REGION, BY_CENTRE, by(BY_MONTH, label_sv="Väntan på läkarbesök på hälsocentral, medel"),
        by(BY_MUNICIPALITY, note_sv=assumed.GP_SV, centre="waiting_days"),
    ),
)  # fmt: skip
def _waiting_days(g: Grouped) -> xr.Variable:
    """Every visit counts alike; by municipality those at its own health centres."""
    return g.mean(g["waiting_days"].isel(statistic=0), "gp_visits")  # statistic: mean, 90th percentile


@figure(
    "continuity_index", "Kontinuitetsindex, kroniskt sjuka", "index", "index 0–1", 3, "up",
    "continuity_index", "chronically_ill", limits=INDEX,
    over=(OF_REGION, by(BY_MUNICIPALITY, reads=("continuity_index",), note_sv=assumed.GP_SV)),
)  # fmt: skip
def _continuity_index(g: Grouped) -> xr.Variable:
    return g.mean_of_places("continuity_index", "chronically_ill")
