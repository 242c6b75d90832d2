"""Labelled variables of hospitals, municipalities and coordination: what came of care, and who is coordinated."""

from __future__ import annotations

import numpy as np

from simulator.core.dates import DAY
from simulator.core.fields import Array
from simulator.core.record import (
    AFTER_FALL,
    ALL_CALLED,
    AVOIDABLE,
    CARE_HOURS,
    CARER_AWAY,
    CARERS,
    COORDINATED,
    ENROLLED,
    FIRST_VISITS,
    HELP_GIVEN,
    HELP_NEEDED,
    HELPED,
    HIP_FRACTURE,
    HOME_CASES,
    HOME_DAYS,
    IN_TIME,
    NO_PLACE_FOUND,
    PLACES,
    PLAN_ADDED,
    PLANNED_STAYS,
    READMITTED,
    RECEIVED,
    RECEIVED_ON_THE_DAY,
    RESIDENTS,
    REVIEW_ADDED,
    SECONDS_WAITED,
    STRAINED,
    TO_SHORT_TERM,
    VISITS,
    WAITING,
    WAS_PLANNED,
)
from simulator.region.axes import AGE_GROUPS
from simulator.results.recorded import Recorded

Variable = tuple[tuple[str, ...], Array, dict[str, str]]
PLACE_DIMS = ("municipality", "age_group")
COMPLEX_BEHIND = ("ed_visits", "admissions", "bed_days")
"""What people with complex needs use, behind the cells of the structure matrix."""
FROM_AGE = 30


def attributes(units: str, long_name: str, label_sv: str) -> dict[str, str]:
    """Attributes of a variable."""
    return {"units": units, "long_name": long_name, "label_sv": label_sv}


def by_place(recorded: Recorded, table: Array, months: int) -> Array:
    """Split the place x age axis of a tally, [months, M, A, ...]."""
    m = len(recorded.region.municipalities)
    return table[:months].reshape(months, m, len(AGE_GROUPS), *table.shape[2:])


def outcomes(recorded: Recorded, months: int) -> dict[str, Variable]:
    """Admissions by what they were for, acuity, wards, guarantees, use by people with complex needs."""
    return _kinds_of_admission(recorded, months) | _at_hospitals(recorded, months) | _lines(recorded, months)


def _kinds_of_admission(recorded: Recorded, months: int) -> dict[str, Variable]:
    cases = by_place(recorded, recorded.record.cases, months)
    kinds = (
        ("readmissions", READMITTED, "emergency admissions within 30 days of a discharge",
         "Återinläggningar inom 30 dagar"),
        ("avoidable_admissions", AVOIDABLE, "admissions for heart failure, COPD, asthma or diabetes",
         "Påverkbar slutenvård vid kronisk sjukdom"),
        ("fall_admissions", AFTER_FALL, "admissions after falls", "Inläggningar efter fall"),
        ("hip_fractures", HIP_FRACTURE, "admissions with a hip fracture", "Höftfrakturer"),
        ("planned_admissions", WAS_PLANNED, "planned admissions", "Planerade inläggningar"),
    )  # fmt: skip
    return {
        name: (("month", *PLACE_DIMS), cases[..., column], attributes("admissions", text, label))
        for name, column, text, label in kinds
    }


def _at_hospitals(recorded: Recorded, months: int) -> dict[str, Variable]:
    """Acuity at emergency departments, wards, and admissions that another hospital or another time took."""
    record, hospital = recorded.record, ("month", "hospital")
    waits = record.acuity_wait[:months].astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = waits[..., SECONDS_WAITED] / waits[..., VISITS] / 60.0
    out: dict[str, Variable] = {
        "ed_acuity": (
            (*hospital, "acuity"), record.acuity_wait[:months, ..., VISITS],
            attributes("visits", "emergency visits by acuity", "Akutbesök efter prioritet"),
        ),
        "ed_wait": (
            (*hospital, "acuity"), mean,
            attributes("minutes", "mean wait for a treatment place", "Väntan på behandlingsplats på akuten"),
        ),
        "ward_days": (
            (*hospital, "ward"), record.ward_days[:months, :, :-1],
            attributes("bed-days", "bed-days by ward", "Vårddygn efter avdelning"),
        ),
        "outlying_admissions": (
            hospital, record.ward_days[:months, :, -1],
            attributes("admissions", "admissions to another ward than one's own",
                       "Inläggningar på annan avdelning än den egna"),
        ),
        "complex_use": (
            ("month", "complex_contact"), record.complex_use[:months],
            attributes("contacts", "use of care by people with complex needs", "Vård till personer med komplexa behov"),
        ),
    }  # fmt: skip
    otherwise = (
        ("planned_bought", record.bought, "planned admissions bought elsewhere", "Planerad vård som köptes"),
        ("acute_elsewhere", record.sent_away, "acute admissions to hospitals elsewhere", "Inlagda akut på annat håll"),
        ("extra_surgery", record.extra_surgery, "planned admissions by evening and Saturday surgery",
         "Planerade inläggningar med operation på kväll eller lördag"),
    )  # fmt: skip
    return out | {
        name: (hospital, table[:months], attributes("admissions", text, label))
        for name, table, text, label in otherwise
    }


def _lines(recorded: Recorded, months: int) -> dict[str, Variable]:
    """What lines to clinics and planned admission may expect to wait, and who of them was called in time."""
    record, hospital, out = recorded.record, ("month", "hospital"), dict[str, Variable]()
    expected = (
        (FIRST_VISITS, "expected_specialist_wait", "expected wait of who is referred now",
         "Väntan som en ny remiss kan räkna med"),
        (PLANNED_STAYS, "expected_planned_wait", "expected wait of who needs planned admission now",
         "Väntan som ett nytt behov av planerad inläggning kan räkna med"),
    )  # fmt: skip
    for column, name, text, label in expected:
        out[name] = (hospital, record.expected_wait[:months, :, column], attributes("days", text, label))
    guarantee = record.guarantee[:months]
    for name, visits, kind, label in (
        ("specialist_visits_within_90_days", "specialist_visits_first", 0, "Första besök på specialistmottagning"),
        ("planned_within_90_days", "planned_admitted", 1, "Planerade inläggningar från väntelistan"),
    ):
        soon = attributes("visits", "within 90 days", label + " inom 90 dagar")
        out[name] = (hospital, guarantee[:, :, kind, IN_TIME], soon)
        out[visits] = (hospital, guarantee[:, :, kind, ALL_CALLED], attributes("visits", "in all", label))
    return out


def municipal_care(recorded: Recorded, months: int) -> dict[str, Variable]:
    """Whom municipalities receive, who waits for special housing, home help, and care at home."""
    record, dims = recorded.record, ("month", "municipality")
    programmes = record.programmes[:months]
    enrolled = record.enrolled[:months]
    received, town, home = record.reception[:months], record.town[:months], record.home_care[:months]
    rows = (
        ("discharges_to_municipality", received[..., RECEIVED], "discharges",
         "discharges that the municipality prepared for", "Utskrivna till kommunens vård"),
        ("discharges_same_day", received[..., RECEIVED_ON_THE_DAY], "discharges", "of them on the day they were ready",
         "Utskrivna samma dag som de var utskrivningsklara"),
        ("short_term_admissions", received[..., TO_SHORT_TERM], "admissions", "discharges to a short-term place",
         "Utskrivna till korttidsplats"),
        ("discharge_ready_days", record.ready_seconds[:months] / DAY, "days",
         "days in hospital after being ready for discharge", "Dygn på sjukhus som utskrivningsklar"),
        ("housing_places", town[..., PLACES], "places", "places in special housing", "Platser i särskilt boende"),
        ("housing_residents", town[..., RESIDENTS], "persons", "residents on the first day",
         "Boende i särskilt boende"),
        ("housing_queue", town[..., WAITING], "persons", "people waiting for special housing on the first day",
         "Väntande på särskilt boende"),
        ("home_help_recipients", town[..., HELPED], "persons", "people with home help", "Personer med hemtjänst"),
        ("home_help_minutes_needed", town[..., HELP_NEEDED], "minutes", "home help needed", "Behov av hemtjänst"),
        ("home_help_minutes_given", town[..., HELP_GIVEN], "minutes", "home help given", "Utförd hemtjänst"),
        ("home_care_cases", home[..., HOME_CASES], "cases", "hospital care at home",
         "Vårdtillfällen med sjukhusvård hemma"),
        ("home_care_days", home[..., HOME_DAYS], "days", "days of hospital care at home", "Dygn med sjukhusvård hemma"),
        ("carers", programmes[..., CARERS], "persons", "people who care for a partner with home nursing",
         "Vårdar en partner som har hemsjukvård"),
        ("strained_carers", programmes[..., STRAINED], "persons", "of them those whose partner needs much",
         "Vårdar en partner med stora behov"),
        ("care_hours_a_week", programmes[..., CARE_HOURS], "hours", "hours a week that they give",
         "Timmar i veckan som partner vårdar"),
        ("carer_away", record.carer_away[:months, :, CARER_AWAY], "persons",
         "people who could not be without a carer who was taken to hospital", "Utan sin anhöriga, som är på sjukhus"),
        ("carer_away_without_place", record.carer_away[:months, :, NO_PLACE_FOUND], "persons",
         "of them those without a short-term place", "Utan sin anhöriga och utan korttidsplats"),
        ("home_nursing_enrolled", enrolled[..., ENROLLED], "persons", "enrolments in home nursing",
         "Nya i hemsjukvården"),
        ("home_nursing_enrolled_plan", enrolled[..., PLAN_ADDED], "persons",
         "of them given an individual plan beyond today's course", "Nya i hemsjukvården som fick plan utöver dagens"),
        ("home_nursing_enrolled_review", enrolled[..., REVIEW_ADDED], "persons",
         "of them given a medication review beyond today's course",
         "Nya i hemsjukvården som fick läkemedelsgenomgång utöver dagens"),
        ("mobile_visits", record.mobile_visits[:months], "visits", "visits of mobile teams", "Besök av mobila team"),
    )  # fmt: skip
    return {name: (dims, values, attributes(unit, text, label)) for name, values, unit, text, label in rows}


def coordinated(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Permanent GP, permanent care contact and individual plan on 31 December."""
    counted = recorded.record.coordination[: years + 1]
    texts = {
        "with_gp": ("people with a permanent GP who is there", "Personer med fast läkare på plats"),
        "with_known_gp": ("of them people who know that GP", "Personer som träffat sin fasta läkare"),
        "with_contact": ("people with a permanent care contact", "Personer med fast vårdkontakt"),
        "with_plan": ("people with an individual plan", "Personer med individuell plan"),
        "complex": ("people with complex needs", "Personer med komplexa behov"),
        "complex_with_plan": ("people with complex needs and a plan", "Personer med komplexa behov och plan"),
        "home_nursing_with_gp": ("home-nursing patients with a permanent GP", "Hemsjukvård, fast läkare på plats"),
        "special_housing_with_gp": ("residents with a permanent GP", "Särskilt boende, fast läkare på plats"),
        "home_help_65_plus": ("people aged 65 and over with home help", "Personer 65 år och äldre med hemtjänst"),
    }
    return {
        f"persons_{name}" if name.startswith("with") else name: (
            ("year", "municipality"), counted[:, :, column], attributes("persons", *texts[name]),
        )
        for column, name in enumerate(COORDINATED)
    }  # fmt: skip


def life_expectancy(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Life expectancy at birth by sex, and what remains of it at 30 by sex and education, from each year's own deaths.

    A period life table by age on the last 31 December: those present then, deaths during the year.
    """
    record = recorded.record
    deaths = record.deaths_education[: 12 * years].reshape(years, 12, 3, 2, 101).sum(axis=1)
    people = record.education[:years]
    return {
        "life_expectancy": (
            ("year", "sex"), _years_left(deaths.sum(axis=1), people.sum(axis=1), 0),
            attributes("years", "life expectancy at birth", "Medellivslängd"),
        ),
        "life_expectancy_30": (
            ("year", "education", "sex"), _years_left(deaths, people, FROM_AGE),
            attributes("years", "remaining life expectancy at 30", "Återstående medellivslängd vid 30 år"),
        ),
    }  # fmt: skip


def _years_left(deaths: Array, people: Array, age: int) -> Array:
    """Years left at an age by deaths and people [years, ..., 101], with a missing row before the first year."""
    chance = np.clip(deaths / np.maximum(people, 1), 0.0, 1.0)
    chance[..., -1] = np.where(people[..., -1] > 0, chance[..., -1], 1.0)
    alive = np.cumprod(1.0 - chance[..., age:-1], axis=-1)
    last = alive[..., -1] / np.maximum(chance[..., -1], 0.2)  # years lived at 100 and over
    values = 0.5 + 0.5 + alive.sum(axis=-1) + last
    return np.concatenate([np.full((1, *values.shape[1:]), np.nan), values])
