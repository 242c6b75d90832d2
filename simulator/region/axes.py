"""The axes along which a region's tables run: names and order, Swedish labels where people read them."""

from __future__ import annotations

SEXES = ("men", "women")
AGES = 101  # 0..100, the last being 100 and over
AGE_GROUPS = ("0-17", "18-39", "40-64", "65-69", "70-74", "75-79", "80-84", "85-89", "90+")
AGE_GROUP_START = (0, 18, 40, 65, 70, 75, 80, 85, 90)
RUB_BANDS = (0, 1, 2, 3, 4, 5)
RUB_GROUPS = ("0-3", "4", "5")
"""Resource bands as home nursing is followed up."""
EDUCATIONS = ("compulsory", "upper_secondary", "post_secondary")
EDUCATION_LABELS = {
    "compulsory": "Förgymnasial",
    "upper_secondary": "Gymnasial",
    "post_secondary": "Eftergymnasial",
}
STREAMS = ("gp", "nurse", "emergency", "specialist", "elective")
GP, NURSE, EMERGENCY, SPECIALIST, ELECTIVE = range(len(STREAMS))
SEGMENTS = ("no_contact", "few_contacts", "chronic", "complex")
WARDS = ("medicine", "surgery", "other")
WARD_LABELS = {"medicine": "Medicin", "surgery": "Kirurgi och ortopedi", "other": "Övriga (barn, kvinnor, IVA)"}
ACUITIES = ("urgent", "standard", "low")
ACUITY_LABELS = {"urgent": "Röd och orange", "standard": "Gul", "low": "Grön"}
HOSPITAL_MIX = {
    "acuity": ACUITIES,
    "ward_acute": WARDS,
    "ward_planned": WARDS,
    "clinic": WARDS,
    "cause": ("fall",),
    "fall": ("hip_fracture",),
    "municipal": ("new_need",),
}
"""Parts of each mix of hospital care; those of several parts are shares of a whole."""
PROFESSION_LABELS = {
    "gp": "Läkare på hälsocentral",
    "resident": "ST-läkare på hälsocentral",
    "nurse": "Sjuksköterska på hälsocentral",
    "district_nurse": "Distriktssköterska på hälsocentral",
    "rehab": "Rehab och psykosocial resurs på hälsocentral",
    "coordinator": "Samordnare i närvårdsteam",
    "psychosocial": "Psykolog eller kurator i första linjen",
    "hospital_physician": "Sjukhusläkare",
    "hospital_nurse": "Sjuksköterska på sjukhus",
    "assistant_nurse": "Undersköterska på sjukhus",
    "psychiatrist": "Läkare i psykiatri",
    "psychiatric_staff": "Vårdpersonal i psykiatri",
    "municipal_nurse": "Sjuksköterska i kommunen",
    "home_help": "Undersköterska i hemtjänst",
}
PROFESSIONS_OF = {
    "centre": ("gp", "resident", "nurse", "district_nurse", "rehab", "coordinator", "psychosocial"),
    "hospital": ("hospital_physician", "hospital_nurse", "assistant_nurse", "psychiatrist", "psychiatric_staff"),
    "municipality": ("municipal_nurse", "home_help"),
}
WARD_PROFESSIONS = ("hospital_physician", "hospital_nurse", "assistant_nurse")
"""Without them no bed and no treatment place outside psychiatry is open."""
PSYCHIATRY_PROFESSIONS = ("psychiatrist", "psychiatric_staff")
FOOTPRINTS = {
    "gp_visit": ("gp", "resident"),
    "nurse_visit": ("nurse", "district_nurse"),
    "rehab_visit": ("rehab",),
    "digital_contact": ("nurse", "district_nurse"),
    "specialist_visit": WARD_PROFESSIONS,
    "ed_visit": WARD_PROFESSIONS,
    "bed_day": WARD_PROFESSIONS,
    "home_visit": ("municipal_nurse",),
    "home_help_hour": ("home_help",),
    "team_visit": ("coordinator",),
    "psychosocial_visit": ("psychosocial",),
    "psychiatric_visit": PSYCHIATRY_PROFESSIONS,
    "psychiatric_ed_visit": PSYCHIATRY_PROFESSIONS,
    "psychiatric_bed_day": PSYCHIATRY_PROFESSIONS,
}
"""Contacts that take staff minutes, and the professions whose minutes a pack must state; it may state more."""
CONTACTS = tuple(FOOTPRINTS)
WORK_AGES = range(20, 75)
"""Completed years at which somebody may be employed."""
MONITORED_CONDITIONS = ("heart_failure", "copd")
"""Conditions of those who may monitor at home."""
DIALOGUE_AGES = (40, 50, 60, 70)
DIALOGUE_MINUTES = 60.0
"""Ages at which people are invited to a health dialogue, and the nurse's time that one takes."""
