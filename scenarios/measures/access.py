"""Indicators of access: waits in the tail, needs that are not met, ways in, and the staff that is stretched."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.indicator import indicator, total, yearly


def _quantile(dataset: xr.Dataset, name: str, quantile: str) -> xr.DataArray:
    return dataset[name].sel(quantile=quantile, drop=True)


@indicator("gp_wait_p90", "Väntan på läkarbesök, nio av tio inom", "days", "dagar", 0, "down", "gp_wait")
def _gp_wait(dataset: xr.Dataset) -> xr.DataArray:
    return _quantile(dataset, "gp_wait", "p90")


@indicator(
    "specialist_wait_p90", "Väntan på första besök på specialistmottagning, nio av tio inom", "days", "dagar", 0,
    "down", "specialist_wait",
)  # fmt: skip
def _specialist_wait(dataset: xr.Dataset) -> xr.DataArray:
    return _quantile(dataset, "specialist_wait", "p90")


@indicator("ed_time_median", "Tid på akutmottagning, median", "minutes", "minuter", 0, "down", "ed_time")
def _ed_median(dataset: xr.Dataset) -> xr.DataArray:
    return _quantile(dataset, "ed_time", "median")


@indicator("ed_time_p90", "Tid på akutmottagning, nio av tio inom", "minutes", "minuter", 0, "down", "ed_time")
def _ed_p90(dataset: xr.Dataset) -> xr.DataArray:
    return _quantile(dataset, "ed_time", "p90")


@indicator(
    "boarding_per_admission", "Väntan på vårdplats per inläggning från akuten", "hours", "timmar", 1, "down",
    "boarding_hours", "admissions", "planned_admissions",
)  # fmt: skip
def _boarding(dataset: xr.Dataset) -> xr.DataArray:
    """Hours in the emergency department after the decision, over admissions that were not planned."""
    admitted = yearly(total(dataset["admissions"])) - yearly(total(dataset["planned_admissions"]))
    return yearly(total(dataset["boarding_hours"])) / admitted.where(admitted > 0)


@indicator(
    "contacts_per_person", "Vårdkontakter per invånare", "contacts per person", "kontakter", 2, "neither",
    "contacts", "population",
)  # fmt: skip
def _contacts(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["contacts"])) / total(dataset["population"])


@indicator("gave_up", "Behov som gavs upp eller avvisades", "needs", "behov", 0, "down")
def _gave_up(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["gave_up"]))


@indicator("diverted", "Läkarbehov som gick till akuten i stället", "needs", "behov", 0, "down")
def _diverted(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["diverted"]))


@indicator("ambulance_share", "Akutbesök med ambulans", "%", "procent", 1, "neither", "ambulance_visits", "ed_visits")
def _ambulance(dataset: xr.Dataset) -> xr.DataArray:
    visits = yearly(total(dataset["ed_visits"]))
    return 100 * yearly(total(dataset["ambulance_visits"])) / visits.where(visits > 0)


@indicator("advice_calls", "Samtal till 1177 (uppskattat)", "calls", "samtal", 0, "neither")
def _calls(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["advice_calls"]))


@indicator(
    "agency_share", "Hyrpersonalens andel av bemanningen", "%", "procent", 1, "down", "fte_agency", "fte_available"
)
def _agency(dataset: xr.Dataset) -> xr.DataArray:
    """FTE of agency staff in those who are at work, all professions."""
    agency, employed = (dataset[name].sum("profession", min_count=1) for name in ("fte_agency", "fte_available"))
    return 100 * agency / (agency + employed)


@indicator("overtime_share", "Arbete utöver ordinarie patienttid", "%", "procent", 2, "down", "staff_minutes")
def _overtime(dataset: xr.Dataset) -> xr.DataArray:
    """Minutes of overtime over the minutes that staff has for patients, all professions and units."""
    minutes = dataset["staff_minutes"].sum(["unit", "profession"], min_count=1)
    available = minutes.sel(account="available", drop=True)
    return 100 * minutes.sel(account="overtime", drop=True) / available.where(available > 0)
