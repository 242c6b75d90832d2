"""The region's figures in the form that kernels read: what stays the same throughout a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.core.fields import Array, array


@dataclass(frozen=True)
class Tables:
    """All figures that do not change, worked out by `simulator.tables`. A set of conditions is a word of bits."""

    revisit: float  # factor on GP needs after a visit to the own GP
    referral_effect: Array = array(np.float64, "dose", "factor of a relationship on referrals", "1")
    prevalence: Array = array(
        np.float64, "risk_class condition sex age frailty_band", "share of people with each condition", "1"
    )
    onset: Array = array(np.float64, "risk_class sex age frailty_band condition", "chance of onset", "a year")
    smoking_ratio: Array = array(np.float64, "condition", "onset that smoking causes, times that without it", "1")
    programme_ratio: Array = array(np.float64, "condition", "onset in a weight programme, times that without it", "1")
    onset_trend: Array = array(np.float64, "sex age condition", "change of onset from year to year", "1")
    score: Array = array(np.float64, "condition_set", "morbidity score")
    complex_logit: Array = array(
        np.float64, "sex aged_70 condition_set", "part of diagnoses in the score of complex needs", "log odds"
    )
    excess: Array = array(np.float64, "condition_set", "mortality over that of nobody's conditions", "1")
    home_share: Array = array(np.float64, "age rub", "start population with home nursing", "1")
    housing_share: Array = array(np.float64, "age rub", "start population in special housing", "1")
    home_entry: Array = array(np.float64, "age rub", "chance of needing home nursing", "a year")
    housing_entry: Array = array(np.float64, "age rub", "chance of being granted special housing", "a year")
    mortality: Array = array(np.float64, "sex age_and_next", "official rate of death", "a year")
    out_rate: Array = array(np.float64, "municipality sex age_and_next", "rate of moving away", "a year")
    norm_drift: Array = array(np.float64, "age", "rise of the norm of deaths in today's course", "a year")
    migration_shift: Array = array(
        np.float64,
        "municipality",
        "logarithm of in-migration at its longer mean over that stated, and of out-migration the other way",
    )
    fertility: Array = array(np.float64, "age_and_next", "births of women", "a year")
    rates: Array = array(np.float64, "stream age_group*rub", "needs", "a year", seen=True)
    closed_weight: Array = array(
        np.float64, "stream", "needs of a day on which centres and clinics are closed, over those of an open one", "1"
    )
    clock: Array = array(np.int32, "stream clock_step", "second of the day at equal steps of probability", "seconds")
    effect: Array = array(
        np.float64, "outcome dose", "factor of a relationship on emergencies, admissions, deaths", "1"
    )
    admission_effect: Array = array(np.float64, "dose", "factor on admissions per emergency visit", "1")
    admission_by_risk: Array = array(np.float64, "acuity age_group*rub", "chance of admission before continuity", "1")
    accept: Array = array(np.int64, "stream dose own_gp_last", "height below which a need stands", seen=True)
    acuity: Array = array(
        np.float64,
        "hospital age_group acuity_but_last",
        "share of emergencies that are urgent, and urgent or standard",
        "1",
        seen=True,
    )
    cause: Array = array(
        np.float64, "age_group cause_set cause_but_other", "share of causes up to each", "1", seen=True
    )
    cause_set: Array = array(np.uint8, "condition_set", "which conditions that can be a cause a set holds", seen=True)
    ward: Array = array(
        np.float64, "kind_of_stay age_group ward_but_last", "share of admissions up to each ward", "1", seen=True
    )
    clinic: Array = array(
        np.float64, "age_group specialty_but_last", "share of referrals up to each specialty", "1", seen=True
    )
    priority: Array = array(
        np.float64,
        "line_to_hospital age_group priority_but_last",
        "share of referrals and of planned admissions up to each class of priority",
        "1",
        seen=True,
    )
    hip: Array = array(np.float64, "age_group", "share of admissions after falls with a hip fracture", "1", seen=True)
    new_need: Array = array(
        np.float64, "age_group", "chance that a stay leaves a need of municipal care", "1", seen=True
    )
    short_stay: Array = array(np.float64, "one", "mean stay in a short-term place", "days", seen=True)
    stay: Array = array(np.float64, "kind_of_stay age_group*rub", "mean length of stay", "days", seen=True)
    stay_quantile: Array = array(
        np.float64, "quantile", "length of stay over its mean at equal steps of probability", "1", seen=True
    )
    treatment: Array = array(np.float64, "hospital age_group", "mean time of treatment", "seconds", seen=True)
    treatment_quantile: Array = array(
        np.float64, "quantile", "time of treatment over its mean at equal steps of probability", "1", seen=True
    )
    opening: Array = array(np.uint8, "day", "whether health centres and clinics are open", seen=True)
    planned_admissions: Array = array(np.float64, "hospital", "need of planned admission that can wait", "a year")
