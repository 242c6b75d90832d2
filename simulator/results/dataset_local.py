"""Labelled variables of who needs what and where: need by sex and place, home nursing, waits, unmet need, ways in."""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import (
    ALL_ASSESSED,
    ANSWERED_SAME_DAY,
    ASKED_FIRST,
    ASSESSED_SOON,
    AT_RISK,
    CALLS,
    CARE_LEVELS,
    CARE_MODES,
    DIGITAL_CELL,
    FIRST_VISITS,
    IN_SPECIAL_HOUSING,
    NOT_CALLED_BACK,
    NURSED,
    PLANNED_STAYS,
    PROMOTION_CELL,
    SELF_CARE_CELL,
    SMOKING,
    SPARED,
    VISIT_CELL,
    WITH_HOME_NURSING,
    WITH_OBESITY,
)
from simulator.region.axes import AGE_GROUP_START, AGE_GROUPS
from simulator.results.activities import yearly
from simulator.results.dataset_care import PLACE_DIMS, Variable, attributes, by_place
from simulator.results.recorded import Recorded

QUANTILES = {"median": 0.5, "p90": 0.9}
CELL_DIMS = ("care_level", "care_mode")
FIRST_CALLS = [PROMOTION_CELL, SELF_CARE_CELL, DIGITAL_CELL, VISIT_CELL]
"""Cells of needs that may begin with a call to 1177."""
QUARTER, HALF_WEEK = 15.0, 3.5


def quantile_of(histogram: Array, share: float) -> Array:
    """First bin up to which at least `share` of a histogram [..., bins] lies, float64[...]; nan when it is empty."""
    below: Array = np.cumsum(histogram, axis=-1)
    of_all = below[..., -1:]
    place: Array = np.where(of_all[..., 0] > 0, (below < share * of_all).sum(axis=-1), np.nan)
    return place


def _quantiles(histogram: Array, step: float, middle: float) -> Array:
    """Median and 90th percentile [..., 2] of a histogram whose bins are `step` wide; `middle` is that of the first."""
    return np.stack([quantile_of(histogram, q) * step + middle for q in QUANTILES.values()], axis=-1)


def needs_of_people(recorded: Recorded, years: int) -> dict[str, Variable]:
    """31 December of each year: need by municipality, sex and age, more than one illness, complex needs, settings."""
    record, n, by_sex = recorded.record, years + 1, ("year", "municipality", "sex", "age_group")
    return {
        "resource_band": (
            (*by_sex, "rub"), record.rub[:n],
            attributes("persons", "people by RUB, level of care need", "Personer efter vårdbehov (RUB)"),
        ),
        "multimorbid": (
            ("year", *PLACE_DIMS), record.multimorbid[:n],
            attributes("persons", "people with two chronic conditions or more", "Personer med minst två sjukdomar"),
        ),
        "complex_by_sex": (
            by_sex, record.few[:n],
            attributes("persons", "people with complex needs by sex and age", "Personer med komplexa behov efter kön"),
        ),
        "complex_by_centre": (
            ("year", "health_centre"), record.few_by_centre[:n],
            attributes("persons", "people with complex needs by health centre",
                   "Personer med komplexa behov per hälsocentral"),
        ),
        "home_nursing_patients": (
            by_sex, record.setting[:n, ..., WITH_HOME_NURSING],
            attributes("persons", "people with home nursing", "Personer med hemsjukvård"),
        ),
        "special_housing_residents": (
            by_sex, record.setting[:n, ..., IN_SPECIAL_HOUSING],
            attributes("persons", "residents of special housing", "Boende i särskilt boende"),
        ),
        "home_help_users": (
            ("year", *PLACE_DIMS), record.helped[:n],
            attributes("persons", "people with home help on 31 December", "Personer med hemtjänst 31 december"),
        ),
    }  # fmt: skip


def habits_of_people(recorded: Recorded, years: int) -> dict[str, Variable]:
    """31 December of each year: adults by habits that make ill, and those of them with few or no contacts."""
    counted = recorded.record.habits[: years + 1]
    named = {
        "daily_smokers": (SMOKING, "adults who smoke every day", "Vuxna som röker dagligen"),
        "with_obesity": (WITH_OBESITY, "adults with obesity", "Vuxna med fetma"),
        "at_great_risk": (
            AT_RISK, "adults with few or no contacts with care who smoke every day or have obesity",
            "Invånare som löper stor risk för ohälsa",
        ),
    }  # fmt: skip
    return {
        name: (("year", *PLACE_DIMS), counted[..., column], attributes("persons", text, label))
        for name, (column, text, label) in named.items()
    }


def fallen_ill(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Whole years: people who fell ill, by municipality and condition."""
    cases = recorded.record.new_cases[:years, :, : len(recorded.region.conditions)]
    label = "Nyinsjuknade efter sjukdom"
    return {
        "new_cases": (
            ("year", "municipality", "condition"), cases.astype(np.float32),
            attributes("persons", "people who fell ill in the year, by condition", label),
        )
    }  # fmt: skip


def home_nursing(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Home-nursing patients on 31 December as the region follows them up: by municipality and RUB."""
    counted = recorded.record.nursed[: years + 1]
    named = {
        "patients": ("home_nursing_by_band", "home-nursing patients", "Patienter i hemsjukvården"),
        "with_gp": ("home_nursing_gp_by_band", "of them with a permanent GP who is there",
                    "Hemsjukvård, fast läkare på plats"),
        "with_contact": ("home_nursing_contact_by_band", "of them with a permanent care contact",
                         "Hemsjukvård, fast vårdkontakt"),
        "with_plan": ("home_nursing_plan_by_band", "of them with an individual plan",
                      "Hemsjukvård, samordnad individuell plan (SIP)"),
        "aged_75": ("home_nursing_75_by_band", "home-nursing patients aged 75 and over",
                    "Patienter i hemsjukvården 75 år och äldre"),
        "reviewed": ("medication_reviews_by_band", "of those aged 75 and over with a medication review",
                     "Hemsjukvård 75 år och äldre, läkemedelsgenomgång"),
    }  # fmt: skip
    return {
        name: (("year", "municipality", "rub_group"), counted[..., column], attributes("persons", text, label))
        for column, (name, text, label) in enumerate(named[key] for key in NURSED)
    }


def ways_in(recorded: Recorded, months: int) -> dict[str, Variable]:
    """Needs that were not met where they belong, and how people come: by ambulance, by way of 1177."""
    record, dims = recorded.record, ("month", "municipality", "age_group")
    unmet = by_place(recorded, record.gave_up, months).sum(axis=2, dtype=np.int32)
    needs = by_place(recorded, record.demand, months)[..., FIRST_CALLS].sum(axis=(2, 3))
    calls = needs * recorded.region.parameters["advice.first_call_share"]
    return {
        "gave_up": (
            ("month", "municipality", *CELL_DIMS), unmet.reshape(*unmet.shape[:2], len(CARE_LEVELS), len(CARE_MODES)),
            attributes("needs", "needs given up while waiting or turned away, by cell of the structure matrix",
                   "Behov som gavs upp eller avvisades"),
        ),
        "diverted": (
            dims, by_place(recorded, record.diverted, months),
            attributes("needs", "needs of a GP that went to an emergency department instead",
                   "Läkarbehov som gick till akuten i stället"),
        ),
        **{
            name: (("month", "health_centre"), record.calls[:months, :, column], attributes("calls", text, label))
            for name, column, text, label in (
                ("calls", CALLS, "calls to health centres", "Samtal till hälsocentral"),
                ("calls_same_day", ANSWERED_SAME_DAY, "of them answered on the day", "Samtal besvarade samma dag"),
                ("calls_again", NOT_CALLED_BACK, "of them not promised a call back", "Samtal som fick ringas om"),
            )
        },
        "consultations": (
            ("month", "health_centre"), record.consulted[:months, :, ASKED_FIRST],
            attributes("referrals", "referrals about which a clinic's physician was asked first",
                   "Frågor till specialist före remiss"),
        ),
        "referrals_spared": (
            ("month", "health_centre"), record.consulted[:months, :, SPARED],
            attributes("referrals", "of them those that needed no visit to the clinic",
                   "Remisser som inte behövdes efter fråga till specialist"),
        ),
        "ambulance_visits": (
            dims, by_place(recorded, record.ambulance, months),
            attributes("visits", "emergency visits that came by ambulance", "Akutbesök med ambulans"),
        ),
        "advice_calls": (
            ("month", "municipality"), calls.astype(np.float32),
            attributes("calls", "calls to 1177 reckoned as a share of primary-care needs",
                   "Samtal till 1177 (uppskattat)"),
        ),
    }  # fmt: skip


def local_waits(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Whole years: waits by municipality or hospital and in the county; the year before the first is not here."""
    record, region = recorded.record, recorded.region
    at = np.eye(len(region.municipalities))[region.centre_municipality]  # centre, municipality
    wait, assessed = (np.einsum("yhd,hm->ymd", yearly(table, years), at) for table in (record.wait, record.assessed))
    clinic, stay = yearly(record.clinic_weeks, years), yearly(record.ed_stay, years)
    with np.errstate(invalid="ignore", divide="ignore"):
        soon = assessed[..., ASSESSED_SOON] / assessed[..., ALL_ASSESSED]
    waits = (
        ("gp_wait", "municipality", "days", _both(wait, 1.0, 0.0), "days waited for a GP visit",
         "Väntan på läkarbesök"),
        ("specialist_wait", "hospital", "days", _both(clinic[:, :, FIRST_VISITS], 7.0, HALF_WEEK),
         "days waited for a first visit after referral", "Väntan på första besök på specialistmottagning"),
        ("planned_wait", "hospital", "days", _both(clinic[:, :, PLANNED_STAYS], 7.0, HALF_WEEK),
         "days waited for a planned admission", "Väntan på planerad inläggning"),
        ("ed_time", "hospital", "minutes", _both(stay, QUARTER, QUARTER / 2), "minutes in the emergency department",
         "Tid på akutmottagning"),
    )  # fmt: skip
    out: dict[str, Variable] = {
        "assessed_by_municipality": (
            ("year", "municipality"), soon,
            attributes("1", "share of needs assessed within three days", "Medicinsk bedömning inom tre dagar, kommun"),
        )
    }  # fmt: skip
    for name, place, units, (local, county), text, label in waits:
        out[f"{name}_local"] = (("year", place, "quantile"), local, attributes(units, f"{text}, locally", label))
        out[name] = (("year", "quantile"), county, attributes(units, f"{text}, county", f"{label}, länet"))
    return out | _gave_up_by_age(recorded, years)


def _both(histogram: Array, step: float, middle: float) -> tuple[Array, Array]:
    """Quantiles by place [Y, places, 2] and of all places together [Y, 2]."""
    return _quantiles(histogram, step, middle), _quantiles(histogram.sum(axis=1), step, middle)


def _gave_up_by_age(recorded: Recorded, years: int) -> dict[str, Variable]:
    places = by_place(recorded, recorded.record.gave_up, 12 * years)
    unmet = yearly(places, years).sum(axis=1).astype(np.float32)
    shape = (years, len(AGE_GROUPS), len(CARE_LEVELS), len(CARE_MODES))
    text = attributes("needs", "needs given up or turned away by age and cell of the structure matrix",
                      "Behov som gavs upp eller avvisades efter ålder")  # fmt: skip
    return {"gave_up_by_age": (("year", "age_group", *CELL_DIMS), unmet.reshape(shape), text)}


def by_education(recorded: Recorded, years: int) -> dict[str, Variable]:
    """People on 31 December of the year before, and their deaths, by education: for rates. Whole years."""
    record, dims = recorded.record, ("year", "education", "sex", "age_group")
    people, deaths = (
        np.add.reduceat(table, AGE_GROUP_START, axis=-1).astype(np.float32)
        for table in (record.education[:years], yearly(record.deaths_education, years))
    )
    return {
        "population_by_education": (
            dims, people,
            attributes("persons", "population on 31 December of the year before, by education",
                   "Folkmängd 31 december året före, efter utbildning"),
        ),
        "deaths_by_education": (
            dims, deaths, attributes("deaths", "their deaths in the year, by education", "Döda efter utbildning"),
        ),
    }  # fmt: skip
