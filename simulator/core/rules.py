"""Numbers that rules read: parameters of the region's register, and what is worked out from several."""

from __future__ import annotations

import numpy as np

WORKED_OUT = ""
PARAMETER_OF = {
    "referral_new": WORKED_OUT,
    "referral_planned": WORKED_OUT,
    "referral_unseen_share": "primary_care.referral_unseen_share",
    "sent_to_ed_share": "primary_care.sent_to_ed_share",
    "same_day_share": "primary_care.same_day_share",
    "within_3_days_share": "primary_care.within_3_days_share",
    "nurse_soon_share": "primary_care.nurse_soon_share",
    "planned_target_days": "primary_care.planned_target_days",
    "self_care_share": "primary_care.self_care_share",
    "promotion_share_children": "primary_care.promotion_share_children",
    "promotion_share_adults": "primary_care.promotion_share_adults",
    "digital_to_visit_share": "digital.revisit_share",
    "digital_old_age_factor": "digital.old_age_factor",
    "divert_same_day_share": "primary_care.divert_same_day_share",
    "divert_closed_share": "primary_care.divert_closed_share",
    "divert_wait_days": "primary_care.divert_wait_days",
    "divert_wait_share": "primary_care.divert_wait_share",
    "local_care_share": "structure.local_care_share",
    "memory_days": "continuity.memory_days",
    "full_share": "continuity.full_share",
    "readmission_share": "hospital.readmission_30_days",
    "shift_to_gp_share": "structure.shift_to_gp_share",
    "home_nursing_reception_share": "discharge.home_nursing_share",
    "return_to_gp_share": "specialist.return_to_gp_share",
    "housing_patience_days": "special_housing.own_gp_patience_days",
    "home_care_share": "home_care.eligible_share",
    "home_care_readmission": "home_care.readmission_ratio",
    "team_effect": "team.care_days_effect",
    "team_visits": "team.visits_per_month",
    "monitoring_contacts": "telemonitoring.contacts_per_month",
    "heart_failure_effect": "telemonitoring.heart_failure_ratio",
    "lung_effect": "telemonitoring.lung_ratio",
    "falls_spared": WORKED_OUT,
    "returns_spared": WORKED_OUT,
    "coordinated_seconds": WORKED_OUT,
    "coordinated_readmission": WORKED_OUT,
    "ambulance_urgent": "emergency.ambulance_share_urgent",
    "ambulance_standard": "emergency.ambulance_share_standard",
    "ambulance_low": "emergency.ambulance_share_low",
    "ambulance_aged": "emergency.ambulance_aged_ratio",
}
"""Which parameter each rule reads; `simulator.tables` works out the others."""
RULES = np.dtype([(name, np.float64) for name in PARAMETER_OF])
