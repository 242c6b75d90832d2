"""The measures by municipality. Rates are per inhabitant, of the mean population of the year."""

from __future__ import annotations

import numpy as np

from scenarios.measures.place_measure import PERCENT, THOUSAND, Array, Tables, measure, share

PER_THOUSAND = "per 1 000 invånare"
GP_NOTE_SV = (
    "Hur läkarbristen vid start fördelar sig mellan kommunerna är ett antagande (grad C), till hälften efter en enkät "
    "från 2017."
)
RECEPTION_NOTE_SV = (
    "Hur många som varje kommun kan ta emot från sjukhus om dagen är ett antagande (grad C), i proportion till "
    "invånarna som är 80 år och äldre."
)
HOUSING_NOTE_SV = "Antalet platser i särskilt boende i varje kommun är ett antagande (grad C)."
STAFF_NOTE_SV = "Tjänsternas fördelning mellan kommunerna är ett antagande (grad C), efter invånarnas ålder."
_PEOPLE = ("population",)
_STAFF = ("fte_required_by_unit", "fte_available_by_unit", "unit")


# --- who lives there


@measure(
    "municipality", "share_80_plus", "Invånare 80 år och äldre, andel", "procent", 1, "neither", *_PEOPLE,
    limits=PERCENT,
)  # fmt: skip
def _share_80_plus(tables: Tables) -> Array:
    ends = tables.yearly("population").sum(axis=4)
    return share(ends[..., 80:].sum(axis=-1), ends.sum(axis=-1))


@measure("municipality", "population_80_plus", "Invånare 80 år och äldre", "personer", 0, "neither", *_PEOPLE)
def _population_80_plus(tables: Tables) -> Array:
    total: Array = tables.yearly("population")[..., 80:].sum(axis=(4, 5))
    return total


@measure(
    "municipality", "complex_needs", "Invånare med komplexa behov", PER_THOUSAND, 1, "neither",
    "complex_needs", *_PEOPLE, centre="complex",
)  # fmt: skip
def _complex(tables: Tables) -> Array:
    return share(tables.yearly("complex_needs").sum(axis=-1), tables.yearly("population").sum(axis=(4, 5)), THOUSAND)


# --- access and continuity


@measure(
    "municipality", "assessed_within_3_days", "Medicinsk bedömning inom tre dagar", "procent", 1, "up",
    "assessed_by_municipality", note_sv=GP_NOTE_SV, centre="assessed_within_3_days", limits=PERCENT,
)  # fmt: skip
def _assessed(tables: Tables) -> Array:
    return 100 * tables.yearly("assessed_by_municipality")


@measure(
    "municipality", "waiting_days", "Väntan på läkarbesök, medel", "dagar", 1, "down",
    "waiting_days", "gp_visits", note_sv=GP_NOTE_SV, centre="waiting_days",
)  # fmt: skip
def _waiting(tables: Tables) -> Array:
    """Every visit at the municipality's own health centres counts alike."""
    days, visits = tables.monthly("waiting_days")[..., 0], tables.monthly("gp_visits")
    waited = (np.nan_to_num(days) * visits).sum(axis=3) @ tables.centre_at
    return share(waited, visits.sum(axis=3) @ tables.centre_at, 1.0)


@measure(
    "municipality", "continuity_index", "Kontinuitetsindex, kroniskt sjuka", "index 0–1", 3, "up",
    "continuity_index", note_sv=GP_NOTE_SV, limits=(0.0, 1.0),
)  # fmt: skip
def _continuity(tables: Tables) -> Array:
    return tables.yearly("continuity_index")


@measure(
    "municipality", "persons_with_gp", "Invånare med fast läkare på plats", "procent", 1, "up",
    "persons_with_gp", *_PEOPLE, note_sv=GP_NOTE_SV, limits=PERCENT,
)  # fmt: skip
def _with_gp(tables: Tables) -> Array:
    return share(tables.yearly("persons_with_gp"), tables.yearly("population").sum(axis=(4, 5)))


@measure("municipality", "gave_up", "Behov som gavs upp eller avvisades", PER_THOUSAND, 1, "down", "gave_up", *_PEOPLE)
def _gave_up(tables: Tables) -> Array:
    return _rate(tables, "gave_up")


# --- hospital care


@measure("municipality", "ed_visits", "Akutbesök", PER_THOUSAND, 0, "down", "ed_visits", *_PEOPLE)
def _ed_visits(tables: Tables) -> Array:
    return _rate(tables, "ed_visits")


@measure("municipality", "admissions", "Inläggningar", PER_THOUSAND, 1, "down", "admissions", *_PEOPLE)
def _admissions(tables: Tables) -> Array:
    return _rate(tables, "admissions")


@measure("municipality", "bed_days", "Vårddygn", PER_THOUSAND, 0, "down", "bed_days", *_PEOPLE)
def _bed_days(tables: Tables) -> Array:
    return _rate(tables, "bed_days")


@measure(
    "municipality", "avoidable_admissions", "Påverkbar slutenvård", f"vårdtillfällen {PER_THOUSAND}", 1, "down",
    "avoidable_admissions", *_PEOPLE,
)  # fmt: skip
def _avoidable(tables: Tables) -> Array:
    return _rate(tables, "avoidable_admissions")


# --- the municipality's care


@measure(
    "municipality", "discharge_ready_days", "Dygn på sjukhus som utskrivningsklar", f"dygn {PER_THOUSAND}", 1, "down",
    "discharge_ready_days", *_PEOPLE, note_sv=RECEPTION_NOTE_SV,
)  # fmt: skip
def _ready(tables: Tables) -> Array:
    return _rate(tables, "discharge_ready_days")


@measure(
    "municipality", "discharged_same_day", "Utskrivna samma dag som de är utskrivningsklara", "procent", 1, "up",
    "discharges_same_day", "discharges_to_municipality", note_sv=RECEPTION_NOTE_SV, limits=PERCENT,
)  # fmt: skip
def _same_day(tables: Tables) -> Array:
    return share(tables.summed("discharges_same_day"), tables.summed("discharges_to_municipality"))


@measure(
    "municipality", "housing_queue", "Väntande på särskilt boende", "per 1 000 invånare 80 år och äldre", 1, "down",
    "housing_queue", *_PEOPLE, note_sv=HOUSING_NOTE_SV,
)  # fmt: skip
def _housing(tables: Tables) -> Array:
    """Mean of those who wait on the first of each month."""
    return share(tables.summed("housing_queue") / 12, tables.old, THOUSAND)


@measure(
    "municipality", "home_help_given", "Utförd hemtjänst, andel av behovet", "procent", 1, "up",
    "home_help_minutes_given", "home_help_minutes_needed", note_sv=STAFF_NOTE_SV, limits=PERCENT,
)  # fmt: skip
def _home_help(tables: Tables) -> Array:
    return share(tables.summed("home_help_minutes_given"), tables.summed("home_help_minutes_needed"))


# --- staff


@measure(
    "municipality", "staff_shortage_share", "Personalbrist, andel av behovet", "procent", 1, "down",
    *_STAFF, note_sv=STAFF_NOTE_SV, centre="gp_gap", limits=PERCENT,
)  # fmt: skip
def _shortage_share(tables: Tables) -> Array:
    return share(_shortage(tables), _at_place(tables, tables.units("fte_required_by_unit").sum(axis=-1)))


@measure(
    "municipality", "staff_shortage", "Personalbrist på hälsocentraler och i kommunens vård", "heltider", 1, "down",
    *_STAFF, note_sv=STAFF_NOTE_SV, centre="gp_gap",
)  # fmt: skip
def _shortage(tables: Tables) -> Array:
    """What is lacking by unit and profession, as in the indicator: a surplus of one does not help another."""
    lacking = tables.units("fte_required_by_unit") - tables.units("fte_available_by_unit")
    return _at_place(tables, lacking.clip(min=0.0).sum(axis=-1))


def _at_place(tables: Tables, by_unit: Array) -> Array:
    """Sum the municipality's health centres and its own care, [S, R, Y, H + M] to [S, R, Y, M]."""
    centres = len(tables.centre_at)
    total: Array = by_unit[..., :centres] @ tables.centre_at + by_unit[..., centres:]
    return total


def _rate(tables: Tables, name: str) -> Array:
    return share(tables.summed(name), tables.inhabitants, THOUSAND)
