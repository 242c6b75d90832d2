"""Indicators of what comes of care: outcomes, discharge, municipal care, coordination, the complex group."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.indicator import indicator, total, yearly


def _share(dataset: xr.Dataset, part: str, whole: str) -> xr.DataArray:
    """Yearly share in per cent of one monthly count in another."""
    all_of_them = yearly(total(dataset[whole]))
    return 100 * yearly(total(dataset[part])) / all_of_them.where(all_of_them > 0)


def _first_of_year(values: xr.DataArray) -> xr.DataArray:
    """Yearly mean of a count taken on the first of each month."""
    return yearly(total(values)) / 12


@indicator("avoidable_admissions", "Påverkbar slutenvård", "admissions", "vårdtillfällen", 0, "down")
def _avoidable(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["avoidable_admissions"]))


@indicator("readmissions", "Återinläggningar inom 30 dagar", "admissions", "vårdtillfällen", 0, "down")
def _readmissions(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["readmissions"]))


@indicator("fall_admissions", "Inläggningar efter fall", "admissions", "vårdtillfällen", 0, "down")
def _falls(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["fall_admissions"]))


@indicator("hip_fractures", "Höftfrakturer", "admissions", "vårdtillfällen", 0, "down")
def _hips(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["hip_fractures"]))


@indicator("deaths", "Döda", "deaths", "personer", 0, "down")
def _deaths(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["deaths"]))


@indicator("discharge_ready_days", "Dygn på sjukhus som utskrivningsklar", "days", "dygn", 0, "down")
def _ready(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["discharge_ready_days"]))


@indicator(
    "discharged_same_day", "Utskrivna samma dag som de är utskrivningsklara", "%", "procent", 1, "up",
    "discharges_same_day", "discharges_to_municipality",
)  # fmt: skip
def _same_day(dataset: xr.Dataset) -> xr.DataArray:
    return _share(dataset, "discharges_same_day", "discharges_to_municipality")


@indicator(
    "specialist_within_90_days", "Första besök på specialistmottagning inom 90 dagar", "%", "procent", 1, "up",
    "specialist_visits_within_90_days", "specialist_visits_first",
)  # fmt: skip
def _specialist(dataset: xr.Dataset) -> xr.DataArray:
    return _share(dataset, "specialist_visits_within_90_days", "specialist_visits_first")


@indicator(
    "planned_within_90_days", "Planerad inläggning inom 90 dagar", "%", "procent", 1, "up",
    "planned_within_90_days", "planned_admitted",
)  # fmt: skip
def _planned(dataset: xr.Dataset) -> xr.DataArray:
    return _share(dataset, "planned_within_90_days", "planned_admitted")


@indicator("housing_queue", "Väntande på särskilt boende", "persons", "personer", 0, "down")
def _housing(dataset: xr.Dataset) -> xr.DataArray:
    return _first_of_year(dataset["housing_queue"])


@indicator("home_help_recipients", "Personer med hemtjänst", "persons", "personer", 0, "neither")
def _home_help(dataset: xr.Dataset) -> xr.DataArray:
    return _first_of_year(dataset["home_help_recipients"])


@indicator("home_care_days", "Dygn med sjukhusvård hemma", "days", "dygn", 0, "neither")
def _home_care(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["home_care_days"]))


@indicator("boarding_hours", "Väntan på vårdplats på akuten", "hours", "timmar", 0, "down")
def _boarding(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["boarding_hours"]))


@indicator(
    "persons_with_gp", "Invånare med fast läkare på plats", "%", "procent", 1, "up", "persons_with_gp", "population"
)
def _with_gp(dataset: xr.Dataset) -> xr.DataArray:
    return 100 * total(dataset["persons_with_gp"]) / total(dataset["population"])


@indicator(
    "persons_with_contact", "Invånare med fast vårdkontakt", "%", "procent", 1, "up",
    "persons_with_contact", "population",
)  # fmt: skip
def _with_contact(dataset: xr.Dataset) -> xr.DataArray:
    return 100 * total(dataset["persons_with_contact"]) / total(dataset["population"])


@indicator(
    "persons_with_plan", "Invånare med individuell plan", "%", "procent", 2, "up", "persons_with_plan", "population"
)
def _with_plan(dataset: xr.Dataset) -> xr.DataArray:
    return 100 * total(dataset["persons_with_plan"]) / total(dataset["population"])


@indicator("complex_bed_days", "Vårddygn, personer med komplexa behov", "days", "dygn", 0, "down", "complex_use")
def _complex_bed_days(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["complex_use"].sel(complex_contact="bed_days", drop=True)))


@indicator(
    "complex_admissions", "Inläggningar, personer med komplexa behov", "admissions", "vårdtillfällen", 0, "down",
    "complex_use",
)  # fmt: skip
def _complex_admissions(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["complex_use"].sel(complex_contact="admissions", drop=True)))


@indicator(
    "complex_bed_day_share", "Andel av vårddygnen, personer med komplexa behov", "%", "procent", 1, "neither",
    "complex_use", "bed_days",
)  # fmt: skip
def _complex_share(dataset: xr.Dataset) -> xr.DataArray:
    return 100 * _complex_bed_days(dataset) / yearly(total(dataset["bed_days"]))


@indicator(
    "complex_cost_share", "Andel av kostnaden, personer med komplexa behov", "%", "procent", 1, "neither",
    "complex_cost", "total_cost",
)  # fmt: skip
def _complex_cost_share(dataset: xr.Dataset) -> xr.DataArray:
    used, whole = (dataset[name].sum("payer", min_count=1) for name in ("complex_cost", "total_cost"))
    return 100 * used / whole
