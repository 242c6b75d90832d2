"""The work that levers bring with them and for which no unit has posts: whose minutes, how many, at whose pay.

It is paid by the minute with patients, the rest of the working time included, and keeps nobody from other care: a
planner reads it as staff that must be hired beyond the posts of the units. It meets the same vacancy as other work of
the profession: so much less of it is done, and paid for. Neutral levers bring none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulator.core.fields import Array
from simulator.region.pack import Region
from simulator.staff.workforce import establishment


class Effort(NamedTuple):
    """Minutes of one profession that one of an activity takes: the parameter that has them, the row of its pay."""

    activity: str
    profession: str
    minutes: str
    cost: str


EFFORTS = (
    Effort("mobile_visit", "nurse", "mobile.minutes", "nurse_year"),
    Effort("monitoring_contact", "nurse", "consultation.digital_minutes", "nurse_year"),
    Effort("advice_call", "nurse", "primary_care.advice_minutes", "nurse_year"),
    Effort("medication_review", "hospital_nurse", "medication.review_minutes", "hospital_nurse_year"),
    Effort("discharge_planning", "hospital_nurse", "discharge.hospital_planning_minutes", "hospital_nurse_year"),
    Effort("discharge_planning", "municipal_nurse", "discharge.municipal_planning_minutes", "municipal_nurse_year"),
    Effort("added_reception", "home_help", "discharge.reception_minutes", "home_help_year"),
    Effort("reablement_year", "rehab", "home_help.reablement_minutes", "municipal_rehab_year"),
    Effort("carer_support_year", "home_help", "carers.support_minutes", "home_help_year"),
    Effort("fall_training_year", "rehab", "prevention.fall_training_minutes", "rehab_year"),
    Effort("link_worker_year", "rehab", "prevention.link_worker_minutes", "link_worker_year"),
    Effort("quit_support", "nurse", "risk.quit_support_minutes", "nurse_year"),
    Effort("weight_programme_year", "nurse", "risk.weight_programme_minutes", "nurse_year"),
    Effort("care_contact_year", "district_nurse", "coordination.contact_minutes", "district_nurse_year"),
    Effort("judged_year", "gp", "complexity.judgement_minutes", "gp_year"),
    Effort("plan_year", "coordinator", "coordination.plan_minutes", "coordinator_year"),
    Effort("plan_year", "municipal_nurse", "coordination.plan_municipal_minutes", "municipal_nurse_year"),
    Effort("end_of_life_talk", "gp", "dying.conversation_physician_minutes", "gp_year"),
    Effort("end_of_life_talk", "municipal_nurse", "dying.conversation_nurse_minutes", "municipal_nurse_year"),
    Effort("palliative_place_day", "hospital_nurse", "dying.palliative_nurse_minutes", "hospital_nurse_year"),
    Effort(
        "palliative_place_day", "hospital_physician", "dying.palliative_physician_minutes", "hospital_physician_year"
    ),
    Effort("physician_consultation", "gp", "primary_care.consultation_gp_minutes", "gp_year"),
    Effort(
        "physician_consultation",
        "hospital_physician",
        "primary_care.consultation_specialist_minutes",
        "hospital_physician_year",
    ),
    Effort("enrolment_plan", "municipal_nurse", "home_nursing.enrolment_plan_minutes", "municipal_nurse_year"),
    Effort("enrolment_plan", "gp", "home_nursing.enrolment_plan_gp_minutes", "gp_year"),
    Effort("enrolment_review", "municipal_nurse", "home_nursing.enrolment_review_minutes", "municipal_nurse_year"),
    Effort("enrolment_review", "gp", "home_nursing.enrolment_review_gp_minutes", "gp_year"),
)
"""Every kind of such work."""


STAFFED_BY = {
    "mobile_visits": "nurse", "telemonitoring": "nurse", "self_care": "nurse", "medication_review": "hospital_nurse",
    "coordinated_discharge": "hospital_nurse", "receptions": "home_help", "reablement": "rehab",
    "fall_prevention": "rehab", "social_prescribing": "rehab", "permanent_contact": "district_nurse",
    "individual_plan": "district_nurse", "finding_by_judgement": "gp", "carer_support": "home_help",
    "end_of_life_talks": "gp", "palliative_home_places": "hospital_nurse", "quit_smoking": "nurse",
    "weight_programme": "nurse", "plan_at_enrolment": "municipal_nurse",
    "review_at_enrolment": "municipal_nurse", "physician_consultation": "hospital_physician",
}  # fmt: skip
"""Controls that bring such work, and the profession whose vacancies they meet."""


def as_staffed(values: Mapping[str, Array], today: Mapping[str, float], region: Region) -> dict[str, Array]:
    """Return control values where what they bring beyond `today` is done as far as it is staffed.

    Effect and cost alike: new work meets the vacancy that its profession has today, since nobody hires for it more
    easily than for anything else.
    """
    staff, out = establishment(region), dict(values)
    for name, profession in STAFFED_BY.items():
        p = region.professions.index(profession)
        posts = staff.posts[:, p].sum()
        filled = 1.0 - float((staff.posts * staff.vacancy)[:, p].sum() / posts) if posts > 0.0 else 1.0
        beyond = np.maximum(values[name] - today[name], 0.0)
        out[name] = values[name] - (1.0 - filled) * beyond
    return out


def minutes_per_post(region: Region) -> float:
    """Minutes with patients that a full-time equivalent gives in a year."""
    p = region.parameters
    return float(p["work.net_hours_per_fte"] * p["work.share_patient_time"] * 60.0)


def minute_price(region: Region, cost: str) -> float:
    """SEK for a minute with patients at the yearly cost of a post, the rest of the working time included."""
    return region.costs[cost].value / minutes_per_post(region)


def effort_minutes(region: Region, amounts: Array, activities: tuple[str, ...]) -> Array:
    """Minutes float64[years, len(activities), P] that `amounts` float64[years, len(activities)] take."""
    out = np.zeros((*amounts.shape, len(region.professions)))
    for effort in EFFORTS:
        i, p = activities.index(effort.activity), region.professions.index(effort.profession)
        out[:, i, p] += amounts[:, i] * region.parameters[effort.minutes]
    return out


def effort_cost(region: Region, amounts: Array, activities: tuple[str, ...]) -> Array:
    """SEK float64[years, len(activities), 2] of the same by payer: region, municipality."""
    out = np.zeros((*amounts.shape, 2))
    for effort in EFFORTS:
        i, payer = activities.index(effort.activity), int(region.costs[effort.cost].payer == "municipality")
        out[:, i, payer] += amounts[:, i] * region.parameters[effort.minutes] * minute_price(region, effort.cost)
    return out
