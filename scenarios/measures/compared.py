"""Figures of the whole region that no table shows: what observed figures and the follow-up board are compared with."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import UNLISTED, count, figure
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import INDEX, PERCENT

_ONLY = (UNLISTED,)

# --- people

count("births", "Födda", "births", "födda", "neither", over=_ONLY)
count("need_segment", "Invånare efter vårdbehov", "persons", "personer", "neither", over=_ONLY)
count("with_condition", "Invånare med sjukdomen", "persons", "personer", "neither", over=_ONLY)
count("resource_band", "Invånare efter vårdbehov (RUB)", "persons", "personer", "neither", over=_ONLY)


@figure(
    "complex_needs_70_plus", "Andel 70 år och äldre bland komplexa", "%", "procent", 1, "neither", "complex_needs",
    over=_ONLY, limits=PERCENT,
)  # fmt: skip
def _complex_70_plus(g: Grouped) -> xr.Variable:
    return ratio(g.sum(g.aged("complex_needs", 70)), g.sum("complex_needs"))


# --- use of care


@figure(
    "ed_visits_per_day", "Akutbesök per dag", "visits a day", "besök per dag", 0, "neither", "ed_acuity", over=_ONLY
)
def _ed_visits_per_day(g: Grouped) -> xr.Variable:
    return g.sum("ed_acuity") / g.by_year(g.days_of_months)


@figure(
    "emergency_admission_share", "Andel akutbesök som leder till inläggning", "%", "procent", 1, "neither",
    "admissions", "planned_admissions", "ed_visits", over=_ONLY, limits=PERCENT,
)  # fmt: skip
def _emergency_admission_share(g: Grouped) -> xr.Variable:
    return ratio(g.sum("admissions") - g.sum("planned_admissions"), g.sum("ed_visits"))


@figure(
    "ed_stay_median", "Mediantid på akutmottagning", "minutes", "minuter", 0, "down",
    "ed_stay_median", "available_beds", over=_ONLY,
)  # fmt: skip
def _ed_stay_median(g: Grouped) -> xr.Variable:
    """Mean over months and hospitals, weighted by beds."""
    return g.mean("ed_stay_median", "available_beds")


@figure("length_of_stay", "Medelvårdtid", "days", "dagar", 1, "neither", "bed_days", "admissions", over=_ONLY)
def _length_of_stay(g: Grouped) -> xr.Variable:
    return g.share("bed_days", "admissions", 1.0)


@figure(
    "physician_visits", "Läkarbesök, all vård", "visits", "besök", 0, "neither", "gp_visits", "contacts", over=_ONLY
)
def _physician_visits(g: Grouped) -> xr.Variable:
    """Visits to GPs, clinics and emergency departments; clinics count other professions too."""
    levels = (g.at("contacts", care_level=level, care_mode="on_site") for level in ("narsjukvard", "specialised"))
    return sum((g.sum(level) for level in levels), g.sum("gp_visits"))


@figure(
    "discharge_ready_days_each", "Dagar som utskrivningsklar, medel", "days", "dagar", 1, "down",
    "discharge_ready_days", "discharges_to_municipality", over=_ONLY,
)  # fmt: skip
def _ready_days_each(g: Grouped) -> xr.Variable:
    """Of those discharged to the municipality."""
    return g.share("discharge_ready_days", "discharges_to_municipality", 1.0)


@figure(
    "upc", "Medelkontinuitet (UPC), kroniskt sjuka", "index", "index 0–1", 2, "up", "upc", "chronically_ill",
    over=_ONLY, limits=INDEX,
)  # fmt: skip
def _upc(g: Grouped) -> xr.Variable:
    """Usual provider continuity, municipalities weighted by their chronically ill."""
    return g.mean_of_places("upc", "chronically_ill")


@figure(
    "continuity_housing", "Kontinuitetsindex på särskilt boende", "%", "procent", 1, "up",
    "continuity_index_housing", "special_housing_residents", over=_ONLY, limits=PERCENT,
)  # fmt: skip
def _continuity_housing(g: Grouped) -> xr.Variable:
    return 100 * g.mean_of_places("continuity_index_housing", "special_housing_residents")


# --- the municipality's care

count("home_nursing_by_band", "Patienter i hemsjukvården", "persons", "personer", "neither", over=_ONLY)
count("home_nursing_patients", "Patienter i hemsjukvården", "persons", "personer", "neither", over=_ONLY)


@figure(
    "home_help_at_year_end", "Personer med hemtjänst vid årets slut", "persons", "personer", 0, "neither",
    "home_help_recipients", over=_ONLY,
)  # fmt: skip
def _home_help_at_year_end(g: Grouped) -> xr.Variable:
    return g.sum(g.in_december("home_help_recipients"))


@figure(
    "municipal_care_65_plus", "Andel 65 år och äldre med hemsjukvård eller särskilt boende", "%", "procent", 1,
    "neither", "home_nursing_patients", "special_housing_residents", "population", over=_ONLY, limits=PERCENT,
)  # fmt: skip
def _municipal_care_65_plus(g: Grouped) -> xr.Variable:
    return ratio(g.sum("home_nursing_patients") + g.sum("special_housing_residents"), g.people(65))


@figure(
    "social_service_65_plus", "Andel 65 år och äldre med hemtjänst eller särskilt boende", "%", "procent", 1,
    "neither", "home_help_recipients", "special_housing_residents", "population", over=_ONLY, limits=PERCENT,
)  # fmt: skip
def _social_service_65_plus(g: Grouped) -> xr.Variable:
    return ratio(_home_help_at_year_end(g) + g.sum("special_housing_residents"), g.people(65))


@figure(
    "social_service_80_plus", "Andel 80 år och äldre med hemtjänst eller särskilt boende", "%", "procent", 1,
    "neither", "home_help_users:age_group", "special_housing_residents:age_group", "population", over=_ONLY,
    limits=PERCENT,
)  # fmt: skip
def _social_service_80_plus(g: Grouped) -> xr.Variable:
    helped, housed = (g.sum(g.aged(name, 80)) for name in ("home_help_users", "special_housing_residents"))
    return ratio(helped + housed, g.people(80))


# --- staff and money


@figure(
    "primary_care_cost_share", "Primärvårdens andel av kostnaden", "%", "procent", 1, "neither", "cost", over=_ONLY,
    limits=PERCENT,
)  # fmt: skip
def _primary_care_cost_share(g: Grouped) -> xr.Variable:
    return ratio(g.sum(g.at("cost", care_level="primary_care")), g.sum("cost"))


count("fte_agency", "Hyrpersonal", "FTE", "heltider", "down", over=_ONLY)


def _gps(g: Grouped, name: str) -> xr.Variable:
    return g.sum(g.at(name, profession="gp"))


@figure("gps", "Anställda läkare i primärvården", "FTE", "heltider", 1, "neither", "fte_available", over=_ONLY)
def _gps_employed(g: Grouped) -> xr.Variable:
    return _gps(g, "fte_available")


@figure(
    "inhabitants_per_gp", "Invånare per läkare i primärvården", "persons", "personer per heltid", 0, "down",
    "fte_available", "population", over=_ONLY,
)  # fmt: skip
def _inhabitants_per_gp(g: Grouped) -> xr.Variable:
    return g.people() / _gps(g, "fte_available")


@figure(
    "inhabitants_per_gp_with_agency", "Invånare per läkare i primärvården, hyrläkare medräknade", "persons",
    "personer per heltid", 0, "down", "fte_available", "fte_agency", "population", over=_ONLY,
)  # fmt: skip
def _inhabitants_per_gp_with_agency(g: Grouped) -> xr.Variable:
    return g.people() / (_gps(g, "fte_available") + _gps(g, "fte_agency"))


@figure(
    "gp_vacancy", "Vakanta läkartjänster i primärvården", "%", "procent", 1, "down", "fte_available", "fte_posts",
    over=_ONLY, limits=PERCENT,
)  # fmt: skip
def _gp_vacancy(g: Grouped) -> xr.Variable:
    """Per cent of the posts that nobody employed holds."""
    return 100 * (1 - _gps(g, "fte_available") / _gps(g, "fte_posts"))
