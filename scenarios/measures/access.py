"""Figures of access: waits in the tail, needs that are not met, ways in, and the staff that is stretched."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import OF_REGION, count, figure, rate
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import PERCENT


@figure("gp_wait_p90", "Väntan på läkarbesök, nio av tio inom", "days", "dagar", 0, "down", "gp_wait")
def _gp_wait(g: Grouped) -> xr.Variable:
    return g.at("gp_wait", quantile="p90")


@figure(
    "specialist_wait_p90", "Väntan på första besök på specialistmottagning, nio av tio inom", "days", "dagar", 0,
    "down", "specialist_wait",
)  # fmt: skip
def _specialist_wait(g: Grouped) -> xr.Variable:
    return g.at("specialist_wait", quantile="p90")


@figure("ed_time_median", "Tid på akutmottagning, median", "minutes", "minuter", 0, "down", "ed_time")
def _ed_median(g: Grouped) -> xr.Variable:
    return g.at("ed_time", quantile="median")


@figure("ed_time_p90", "Tid på akutmottagning, nio av tio inom", "minutes", "minuter", 0, "down", "ed_time")
def _ed_p90(g: Grouped) -> xr.Variable:
    return g.at("ed_time", quantile="p90")


@figure(
    "boarding_per_admission", "Väntan på vårdplats per inläggning från akuten", "hours", "timmar", 1, "down",
    "boarding_hours", "admissions", "planned_admissions",
)  # fmt: skip
def _boarding(g: Grouped) -> xr.Variable:
    """Hours in the emergency department after the decision, over admissions that were not planned."""
    return ratio(g.sum("boarding_hours"), g.sum("admissions") - g.sum("planned_admissions"), 1.0)


@figure(
    "contacts_per_person", "Vårdkontakter per invånare", "contacts per person", "kontakter", 2, "neither",
    "contacts", "population",
)  # fmt: skip
def _contacts(g: Grouped) -> xr.Variable:
    return g.share("contacts", "population", 1.0)


count("gave_up", "Behov som gavs upp eller avvisades", "needs", "behov", "down", over=(OF_REGION, rate(1)))
count("diverted", "Läkarbehov som gick till akuten i stället", "needs", "behov", "down")

count("consultations", "Frågor till specialist före remiss", "referrals", "frågor", "neither")
count("referrals_spared", "Remisser som inte behövdes efter fråga till specialist", "referrals", "remisser", "neither")


@figure(
    "ambulance_share", "Akutbesök med ambulans", "%", "procent", 1, "neither", "ambulance_visits", "ed_visits",
    limits=PERCENT,
)  # fmt: skip
def _ambulance(g: Grouped) -> xr.Variable:
    return g.share("ambulance_visits", "ed_visits")


count("advice_calls", "Samtal till 1177 (uppskattat)", "calls", "samtal", "neither")


@figure(
    "agency_share", "Hyrpersonalens andel av bemanningen", "%", "procent", 1, "down", "fte_agency", "fte_available",
    limits=PERCENT,
)  # fmt: skip
def _agency(g: Grouped) -> xr.Variable:
    """FTE of agency staff in those who are at work, all professions."""
    agency, employed = g.sum("fte_agency"), g.sum("fte_available")
    return 100 * agency / (agency + employed)


@figure(
    "overtime_share", "Arbete utöver ordinarie patienttid", "%", "procent", 2, "down", "staff_minutes", limits=PERCENT
)
def _overtime(g: Grouped) -> xr.Variable:
    """Minutes of overtime over the minutes that staff has for patients, all professions and units."""
    minutes = g.sum("staff_minutes", but="account")
    return ratio(g.only(minutes, account="overtime"), g.only(minutes, account="available"))
