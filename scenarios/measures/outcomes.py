"""Figures of what comes of care: outcomes, discharge, municipal care, coordination, the complex group."""

from __future__ import annotations

import xarray as xr

from scenarios.measures import assumed
from scenarios.measures.figure import (
    BY_MONTH,
    BY_MUNICIPALITY,
    OF_REGION,
    THOUSAND,
    Direction,
    by,
    count,
    figure,
    rate,
)
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import PERCENT

_CASES: tuple[str, str, Direction] = ("admissions", "vårdtillfällen", "down")

count(
    "avoidable_admissions",
    "Påverkbar slutenvård",
    *_CASES,
    over=(OF_REGION, rate(1, "vårdtillfällen per 1 000 invånare")),
)
count("readmissions", "Återinläggningar inom 30 dagar", *_CASES)
count("fall_admissions", "Inläggningar efter fall", *_CASES)
count("hip_fractures", "Höftfrakturer", *_CASES)
count("deaths", "Döda", "deaths", "personer", "down")

# --- discharge

count(
    "discharge_ready_days", "Dygn på sjukhus som utskrivningsklar", "days", "dygn", "down",
    over=(
        OF_REGION, by(BY_MONTH, unit_sv="dygn i månaden"),
        rate(1, "dygn per 1 000 invånare", note_sv=assumed.RECEPTION_SV),
    ),
)  # fmt: skip


@figure(
    "discharged_same_day", "Utskrivna samma dag som de är utskrivningsklara", "%", "procent", 1, "up",
    "discharges_same_day", "discharges_to_municipality", limits=PERCENT,
    over=(OF_REGION, by(BY_MUNICIPALITY, note_sv=assumed.RECEPTION_SV)),
)  # fmt: skip
def _same_day(g: Grouped) -> xr.Variable:
    return g.share("discharges_same_day", "discharges_to_municipality")


# --- waits for planned care


@figure(
    "specialist_within_90_days", "Första besök på specialistmottagning inom 90 dagar", "%", "procent", 1, "up",
    "specialist_visits_within_90_days", "specialist_visits_first", limits=PERCENT,
)  # fmt: skip
def _specialist(g: Grouped) -> xr.Variable:
    return g.share("specialist_visits_within_90_days", "specialist_visits_first")


@figure(
    "planned_within_90_days", "Planerad inläggning inom 90 dagar", "%", "procent", 1, "up",
    "planned_within_90_days", "planned_admitted", limits=PERCENT,
)  # fmt: skip
def _planned(g: Grouped) -> xr.Variable:
    return g.share("planned_within_90_days", "planned_admitted")


@figure(
    "specialist_expected_wait", "Väntan som en ny remiss kan räkna med", "days", "dagar", 0, "down",
    "expected_specialist_wait", "specialist_visits_first",
)  # fmt: skip
def _specialist_expected(g: Grouped) -> xr.Variable:
    """The line over what is met a day, mean of hospitals and months by who was met."""
    return g.mean("expected_specialist_wait", "specialist_visits_first")


@figure(
    "planned_expected_wait", "Väntan som ett nytt behov av planerad inläggning kan räkna med", "days", "dagar", 0,
    "down", "expected_planned_wait", "planned_admitted",
)  # fmt: skip
def _planned_expected(g: Grouped) -> xr.Variable:
    """Days of the catchment's need that stand in line, mean of hospitals and months by who was met."""
    return g.mean("expected_planned_wait", "planned_admitted")


# --- the municipality's care


def _first_of_month(g: Grouped, name: str) -> xr.Variable:
    """Yearly mean of a count taken on the first of each month."""
    return g.sum(name) / 12


@figure("housing_queue", "Väntande på särskilt boende", "persons", "personer", 0, "down")
def _housing(g: Grouped) -> xr.Variable:
    return _first_of_month(g, "housing_queue")


@figure("carers", "Vårdar en partner som har hemsjukvård", "persons", "personer", 0, "neither")
def _carers(g: Grouped) -> xr.Variable:
    return _first_of_month(g, "carers")


@figure("strained_carers", "Vårdar en partner med stora behov", "persons", "personer", 0, "down")
def _strained(g: Grouped) -> xr.Variable:
    return _first_of_month(g, "strained_carers")


@figure("care_hours_a_week", "Timmar i veckan som partner vårdar", "hours", "timmar", 0, "neither")
def _care_hours(g: Grouped) -> xr.Variable:
    return _first_of_month(g, "care_hours_a_week")


count("carer_away", "Utan sin anhöriga, som är på sjukhus", "persons", "personer", "down")
count("carer_away_without_place", "Utan sin anhöriga och utan korttidsplats", "persons", "personer", "down")
count("housing_queue", "Väntande på särskilt boende", "persons", "personer", "down", over=(BY_MONTH,))


@figure(
    "housing_queue", "Väntande på särskilt boende", "per 1 000 inhabitants aged 80 and over",
    "per 1 000 invånare 80 år och äldre", 1, "down", "housing_queue", "population", over=(BY_MUNICIPALITY,),
    note_sv=assumed.HOUSING_SV,
)  # fmt: skip
def _housing_of_thousand(g: Grouped) -> xr.Variable:
    return ratio(_housing(g), g.old, THOUSAND)


@figure("home_help_recipients", "Personer med hemtjänst", "persons", "personer", 0, "neither")
def _home_help(g: Grouped) -> xr.Variable:
    return _first_of_month(g, "home_help_recipients")


@figure(
    "home_help_given", "Utförd hemtjänst, andel av behovet", "%", "procent", 1, "up",
    "home_help_minutes_given", "home_help_minutes_needed", over=(BY_MUNICIPALITY,), limits=PERCENT,
    note_sv=assumed.STAFF_SV,
)  # fmt: skip
def _home_help_given(g: Grouped) -> xr.Variable:
    return g.share("home_help_minutes_given", "home_help_minutes_needed")


count("home_help_minutes_needed", "Behov av hemtjänst", "minutes", "minuter i månaden", "neither", over=(BY_MONTH,))
count("home_help_minutes_given", "Utförd hemtjänst", "minutes", "minuter i månaden", "neither", over=(BY_MONTH,))
count("home_care_days", "Dygn med sjukhusvård hemma", "days", "dygn", "neither")
count("boarding_hours", "Väntan på vårdplats på akuten", "hours", "timmar", "down")


# --- coordination


@figure(
    "persons_with_gp", "Invånare med fast läkare på plats", "%", "procent", 1, "up", "persons_with_gp", "population",
    limits=PERCENT, over=(OF_REGION, by(BY_MUNICIPALITY, note_sv=assumed.GP_SV)),
)  # fmt: skip
def _with_gp(g: Grouped) -> xr.Variable:
    return g.share("persons_with_gp", "population")


@figure(
    "persons_with_known_gp", "Invånare som träffat sin fasta läkare", "%", "procent", 1, "up",
    "persons_with_known_gp", "population", limits=PERCENT, over=(OF_REGION, by(BY_MUNICIPALITY, note_sv=assumed.GP_SV)),
)  # fmt: skip
def _with_known_gp(g: Grouped) -> xr.Variable:
    return g.share("persons_with_known_gp", "population")


@figure(
    "persons_with_contact", "Invånare med fast vårdkontakt", "%", "procent", 1, "up",
    "persons_with_contact", "population", limits=PERCENT,
)  # fmt: skip
def _with_contact(g: Grouped) -> xr.Variable:
    return g.share("persons_with_contact", "population")


@figure(
    "persons_with_plan", "Invånare med individuell plan", "%", "procent", 2, "up", "persons_with_plan", "population",
    limits=PERCENT,
)  # fmt: skip
def _with_plan(g: Grouped) -> xr.Variable:
    return g.share("persons_with_plan", "population")


# --- people with complex needs


def _used(g: Grouped, contact: str) -> xr.Variable:
    return g.sum(g.at("complex_use", complex_contact=contact))


@figure("complex_bed_days", "Vårddygn, personer med komplexa behov", "days", "dygn", 0, "down", "complex_use")
def _complex_bed_days(g: Grouped) -> xr.Variable:
    return _used(g, "bed_days")


@figure("complex_admissions", "Inläggningar, personer med komplexa behov", *_CASES[:2], 0, "down", "complex_use")
def _complex_admissions(g: Grouped) -> xr.Variable:
    return _used(g, "admissions")


@figure(
    "complex_bed_day_share", "Andel av vårddygnen, personer med komplexa behov", "%", "procent", 1, "neither",
    "complex_use", "bed_days", limits=PERCENT,
)  # fmt: skip
def _complex_share(g: Grouped) -> xr.Variable:
    return ratio(_used(g, "bed_days"), g.sum("bed_days"))


@figure(
    "complex_cost_share", "Andel av kostnaden, personer med komplexa behov", "%", "procent", 1, "neither",
    "complex_cost", "total_cost", limits=PERCENT,
)  # fmt: skip
def _complex_cost_share(g: Grouped) -> xr.Variable:
    return g.share("complex_cost", "total_cost")
