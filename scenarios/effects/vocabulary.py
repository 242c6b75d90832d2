"""The words in which records of effects are coded, each with the Swedish that is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

MeasuredOutcome = Literal[
    "emergency_visit", "out_of_hours_visit", "admission", "emergency_admission", "readmission", "length_of_stay",
    "bed_days", "death", "gp_visit", "digital_contact", "revisit_interval", "specialist_visit",
    "referral", "fall", "fall_needing_care", "onset_of_disease", "move_to_special_housing", "home_help_hours",
    "informal_care_hours", "place_of_death", "wish_to_die_at_home", "symptoms", "cost",
    "working_time", "continuity_index", "named_gp_said", "named_gp_counted", "self_reported_access",
    "start_of_effect", "admissions_foreseen", "size_of_group",
]  # fmt: skip
MEASURED_OUTCOMES_SV: Mapping[MeasuredOutcome, str] = {
    "emergency_visit": "besök på akutmottagning",
    "out_of_hours_visit": "besök hos jourläkare i primärvården",
    "admission": "inläggning på sjukhus",
    "emergency_admission": "akut inläggning",
    "readmission": "återinläggning",
    "length_of_stay": "vårdtid",
    "bed_days": "vårddygn på sjukhus",
    "death": "död",
    "gp_visit": "läkarbesök i primärvården",
    "digital_contact": "digital kontakt",
    "revisit_interval": "tid till nästa besök",
    "specialist_visit": "besök i specialistvården",
    "referral": "remiss",
    "fall": "fall",
    "fall_needing_care": "fall som kräver vård",
    "onset_of_disease": "insjuknande",
    "move_to_special_housing": "flytt till särskilt boende",
    "home_help_hours": "hemtjänsttimmar",
    "informal_care_hours": "anhörigas timmar",
    "place_of_death": "var människor dör",
    "wish_to_die_at_home": "önskan att dö hemma",
    "symptoms": "besvär",
    "cost": "kostnad",
    "working_time": "arbetstid",
    "continuity_index": "kontinuitetsindex",
    "named_gp_said": "säger sig ha en fast läkare",
    "named_gp_counted": "har en namngiven fast läkare på plats",
    "self_reported_access": "kontakt samma dag",
    "start_of_effect": "när verkan börjar",
    "admissions_foreseen": "kommande inläggningar som en risklista hittar",
    "size_of_group": "gruppens storlek",
}

StudiedPopulation = Literal[
    "everybody_listed", "adults", "working_age", "aged_65", "aged_75", "aged_75_high_risk",
    "regular_visitors", "heart_failure", "copd", "complex_needs", "many_emergency_visits",
    "home_nursing", "home_help", "special_housing", "hospital_patients", "received_by_municipality",
    "emergency_patients", "waiting_patients", "digital_users", "last_year_of_life", "informal_carers",
    "carers_in_dementia", "bereaved", "invited_to_dialogue",
]  # fmt: skip
STUDIED_POPULATIONS_SV: Mapping[StudiedPopulation, str] = {
    "everybody_listed": "alla listade",
    "adults": "vuxna",
    "working_age": "människor i arbetsför ålder",
    "aged_65": "65 år och äldre",
    "aged_75": "75 år och äldre",
    "aged_75_high_risk": "75 år och äldre med hög risk",
    "regular_visitors": "de som söker läkare återkommande",
    "heart_failure": "personer med hjärtsvikt",
    "copd": "personer med KOL",
    "complex_needs": "personer med komplexa behov",
    "many_emergency_visits": "personer med många akutbesök",
    "home_nursing": "patienter i hemsjukvård",
    "home_help": "personer med hemtjänst",
    "special_housing": "boende i särskilt boende",
    "hospital_patients": "patienter på sjukhus",
    "received_by_municipality": "de som kommunen ska ta emot efter sjukhus",
    "emergency_patients": "patienter som sökt akut",
    "waiting_patients": "patienter i kö",
    "digital_users": "de som söker digitalt",
    "last_year_of_life": "människor i livets slut",
    "informal_carers": "anhöriga som vårdar",
    "carers_in_dementia": "anhöriga till personer med demens",
    "bereaved": "äldre som mist sin partner",
    "invited_to_dialogue": "de som kommer till hälsosamtal",
}

EffectUnit = Literal[
    "odds_ratio", "rate_ratio", "risk_ratio", "hazard_ratio", "share", "percent_change", "points", "days", "minutes",
    "contacts_per_contact", "index_points", "count",
]  # fmt: skip
EFFECT_UNITS_SV: Mapping[EffectUnit, str] = {
    "odds_ratio": "oddskvot",
    "rate_ratio": "kvot mellan antal per år",
    "risk_ratio": "riskkvot",
    "hazard_ratio": "hasardkvot",
    "share": "andel",
    "percent_change": "ändring i procent",
    "points": "procentenheter",
    "days": "dygn",
    "minutes": "minuter",
    "contacts_per_contact": "kontakter per kontakt",
    "index_points": "indexenheter",
    "count": "antal",
}

Design = Literal[
    "trial", "review", "natural_experiment", "cohort", "before_after", "register", "cross_section", "judgement"
]
DESIGNS_SV: Mapping[Design, str] = {
    "trial": "lottat försök",
    "review": "översikt av flera studier",
    "natural_experiment": "naturligt experiment",
    "cohort": "uppföljning av grupper",
    "before_after": "före och efter",
    "register": "register eller statistik",
    "cross_section": "tvärsnitt",
    "judgement": "bedömning",
}
"""Designs in the order of how much they say of cause."""

Side = Literal["for", "against", "neither"]
SIDES_SV: Mapping[Side, str] = {"for": "För", "against": "Emot", "neither": "Varken eller"}

HowRead = Literal["text", "abstract", "summary", "memory"]
HOW_READ_SV: Mapping[HowRead, str] = {
    "text": "läst: texten eller tabellen",
    "abstract": "läst: sammandraget",
    "summary": "läst hos andra",
    "memory": "ur minnet",
}

StudyGrade = Literal["A", "B"]
STUDY_GRADES: tuple[StudyGrade, ...] = ("A", "B")
"""A: read by us; B: from the literature, to be verified. What is assumed is no study."""

SHORT_UNITS_SV = "OR oddskvot, RR riskkvot, IRR kvot mellan antal, HR hasardkvot, SMR död mot väntat; 1 är lika."
"""What short units say that stand as the studies print them."""
