"""The region's figures in the form that kernels read: what stays the same throughout a run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from simulator.core.dates import DAY, open_days
from simulator.core.fields import Array
from simulator.core.randomness import Purpose, purpose_key
from simulator.core.rules import PARAMETER_OF, RULES, WORKED_OUT
from simulator.core.state import CLASSES
from simulator.core.tables import Tables
from simulator.core.units import DESK_KINDS, LINE_NURSE, LINE_PLANNED, LINE_REFERRAL
from simulator.people import habits
from simulator.people.continuity import DOSES, effects
from simulator.people.demand import HEIGHT_ONE, STREAM_COUNT
from simulator.people.morbidity import (
    AGE_GROUP_COUNT,
    GROUP_OF_AGE,
    entry_by_age,
    onset_by_frailty,
    prevalence_by_age,
    prevalence_by_frailty,
    share_by_age,
    sums_over_sets,
    survival_ratio,
)
from simulator.people.need_rates import arrival_profile
from simulator.people.psychiatric_need import depression_bit
from simulator.region.axes import ACUITIES, AGE_GROUPS, AGES, ELECTIVE, EMERGENCY, GP, STREAMS
from simulator.region.pack import Region

QUANTILE_STEPS = 4097


def lognormal_quantiles(variation: float, count: int = QUANTILE_STEPS) -> Array:
    """Values float64[count] of a lognormal with mean 1 and coefficient of variation `variation`.

    At equal steps of probability; the last stands for the tail, so that the interpolated mean is 1.
    """
    steps = np.linspace(0.0, 1.0, count)
    steps[0], steps[-1] = 0.25 / count, 1.0 - 0.25 / count
    sigma = np.sqrt(np.log1p(variation**2))
    values: Array = np.exp(sigma * ndtri(steps) - sigma**2 / 2.0)
    mean = float(np.trapezoid(values, dx=1.0 / (count - 1)))
    return values / mean


def _extended(by_age: Array) -> Array:
    """Repeat the last age, so that x + 1 exists for everybody."""
    return np.concatenate([by_age, by_age[..., -1:]], axis=-1)


@lru_cache(maxsize=4)
def tables_of(region: Region) -> Tables:
    """Work out a region's tables (about a tenth of a second; kept for the next run)."""
    p = region.parameters
    ratios = np.array([condition.mortality_ratio for condition in region.conditions])
    mortality = _extended(region.mortality)
    split = prevalence_by_frailty(prevalence_by_age(region), p["morbidity.clustering"])
    survival = survival_ratio(split, mortality, p["mortality.overlap"] * ratios ** p["mortality.damping"])
    causal_ratio, shares = habits.causal_ratios(region), habits.shares_of(region)
    prevalence, onset = habits.part_by_class(
        split, onset_by_frailty(split, survival), survival, causal_ratio, habits.class_weights(shares)
    )
    causal = np.array([p[f"continuity.causal_share_{name}"] for name in OUTCOMES])
    effect = effects(_odds_ratios(region), causal)
    revisit = 1.0 / (1.0 + p["continuity.revisit_interval_gain"])
    rub_factor = np.array([p[f"emergency.admission_rub_factor_{rub}"] for rub in range(6)])
    admission_share, stay_factor, treatment_factor = region.acute_care
    stay = np.repeat(stay_factor, 6)
    minutes = p["emergency.treatment_minutes_mean"]
    home, housing = share_by_age(region.home_nursing_share), share_by_age(region.special_housing_share)
    return Tables(
        prevalence=prevalence,
        onset=np.ascontiguousarray(np.moveaxis(onset, 1, -1)),
        smoking_ratio=causal_ratio[0].copy(),
        programme_ratio=_programme_ratio(region),
        onset_trend=_onset_trend(region),
        home_share=home,
        housing_share=housing,
        home_entry=entry_by_age(home, mortality, _among_all(p, "home_nursing"), p["home_nursing.exit_share"]),
        housing_entry=entry_by_age(housing, mortality, _among_all(p, "special_housing"), 0.0),
        score=sums_over_sets(1.0 + np.log(ratios)),
        complex_logit=_complex_logit(region),
        excess=np.exp(p["mortality.damping"] * sums_over_sets(np.log(ratios))),
        mortality=mortality,
        out_rate=_extended(region.out_migration),
        norm_drift=_norm_drift(region),
        migration_shift=_migration_shift(region),
        fertility=_extended(region.fertility),
        rates=np.ascontiguousarray(region.need_rates.reshape(STREAM_COUNT, AGE_GROUP_COUNT * 6)),
        closed_weight=np.array([p[f"calendar.closed_day_{stream}"] for stream in STREAMS]),
        clock=arrival_profile(region.arrival_hours),
        effect=effect,
        # The published effect on admissions contains that on the visits which lead to them.
        admission_effect=effect[1] / effect[0],
        revisit=revisit,
        referral_effect=1.0 - p["continuity.referral_reduction"] * np.linspace(0.0, 1.0, DOSES),
        accept=_acceptance(effect[0], revisit),
        admission_by_risk=_admission(region, np.outer(admission_share, rub_factor)),
        acuity=_up_to(_acuities(region)),
        cause=_causes(region),
        cause_set=_cause_sets(region),
        ward=np.array([_up_to(region.hospital_mix[f"ward_{kind}"]) for kind in ("acute", "planned")]),
        clinic=_up_to(region.hospital_mix["clinic"]),
        priority=priorities(region),
        hip=_only_part(region.hospital_mix["fall"]),
        new_need=_only_part(region.hospital_mix["municipal"]),
        short_stay=np.array([p["discharge.short_term_days"]]),
        stay=np.array([stay * p["hospital.length_of_stay_days"], stay * p["hospital.length_of_stay_elective_days"]]),
        stay_quantile=lognormal_quantiles(p["hospital.length_of_stay_cv"]),
        treatment=region.treatment_time_factor[:, None] * treatment_factor * minutes * 60.0,
        treatment_quantile=lognormal_quantiles(p["emergency.treatment_minutes_sd"] / minutes),
        opening=open_days(),
        planned_admissions=_planned_admissions(region),
    )


def _programme_ratio(region: Region) -> Array:
    """Onset of those with obesity in a weight programme, over that without it: float64[c], less of diabetes alone."""
    diabetes = np.array([condition.code == "diabetes" for condition in region.conditions])
    return np.where(diabetes, region.parameters["risk.weight_programme_diabetes_ratio"], 1.0)


YOUNG = 40
"""Age below which depression has a trend of its own."""


def _onset_trend(region: Region) -> Array:
    """Change of onset from year to year, float64[2, ages, c]; 0 where the pack says nothing of a condition."""
    p, codes = region.parameters, [condition.code for condition in region.conditions]
    trend = np.zeros((2, AGES + 1, len(codes)))
    for c, code in enumerate(codes):
        trend[:, :, c] = p.get(f"onset.trend_{code}", 0.0)
        trend[:, :YOUNG, c] = p.get(f"onset.trend_{code}_under_{YOUNG}", trend[0, -1, c])
    return trend


NORM_DECADES = (60, 70, 80, 90)
"""First ages of the decades whose norm of deaths drifts."""
YEAR_END_2024 = 2025.0


def _norm_drift(region: Region) -> Array:
    """Yearly rise of the norm of deaths by age, float64[AGES], nothing below the middle of the fifties."""
    middles = [55, *(age + 5 for age in NORM_DECADES)]
    rises = [0.0, *(region.parameters[f"mortality.norm_drift_{age}"] for age in NORM_DECADES)]
    return np.interp(np.arange(AGES), middles, rises)


def _migration_shift(region: Region) -> Array:
    """By how much each municipality's migration at its longer mean differs from that stated, float64[M].

    Growth from the earlier population to the table of 2024, less growth since 2022 and the difference in natural
    change, over gross migration: so much must the logarithm of in-migration rise, and that of out-migration fall. 0
    where no earlier population is known.
    """
    now, start = region.population_2024.sum(axis=(1, 2)), region.population.sum(axis=(1, 2))
    gross = region.in_migration.sum(axis=(1, 2)) + (region.out_migration * region.population).sum(axis=(1, 2))
    known = (region.earlier_population > 0.0) & (now > 0) & (start > 0) & (gross > 0.0)
    years = YEAR_END_2024 - region.earlier_year[known]
    longer = np.log(now[known] / region.earlier_population[known]) / years
    recent = np.log(now[known] / start[known]) / 2.0
    shift = np.zeros(known.size)
    shift[known] = (longer - recent - region.parameters["migration.natural_gap"]) * start[known] / gross[known]
    return shift


def _up_to(shares: Array) -> Array:
    """Running sums of shares [..., parts] without the last, which is one."""
    return np.ascontiguousarray(np.cumsum(shares, axis=-1)[..., :-1])


def _only_part(shares: Array) -> Array:
    """The share [A] of a mix [A, 1] that has one part."""
    (part,) = shares.T
    share: Array = part.copy()
    return share


def priorities(region: Region) -> Array:
    """Share of referrals and of planned admissions up to each class of priority but the last, float64[2, A, 2].

    Referrals are urgent, soon or neither; of planned admissions some cannot wait (births, direct admissions), others
    should come soon.
    """
    p = region.parameters
    referral = np.cumsum([p["specialist.urgent_share"], p["specialist.soon_share"]])
    direct = np.array([p[f"hospital.direct_share_{_ages_of(group)}"] for group in AGE_GROUPS])
    planned = np.stack([direct, direct + (1.0 - direct) * p["hospital.planned_soon_share"]], axis=1)
    return np.stack([np.broadcast_to(referral, planned.shape), planned])


def _ages_of(age_group: str) -> str:
    """Name of the ages among which an age group's planned admissions are told apart."""
    named = {"0-17": "0_17", "18-39": "18_39"}
    return named.get(age_group, "80_plus" if age_group >= "80" else "40_79")


def targets_of(region: Region) -> Array:
    """Days within which each class of a line should be seen, by kind of line: float64[kinds of line, CLASSES].

    0 where a line has no such class.
    """
    p, targets = region.parameters, np.zeros((DESK_KINDS, CLASSES))
    targets[:, 0] = 1.0
    targets[LINE_NURSE, :2] = GUARANTEE_ASSESSED, p["primary_care.planned_target_days"]
    targets[LINE_REFERRAL] = p["specialist.urgent_target_days"], p["specialist.soon_target_days"], GUARANTEE_VISIT
    targets[LINE_PLANNED] = 1.0, p["hospital.planned_soon_target_days"], GUARANTEE_VISIT
    return targets


GUARANTEE_ASSESSED, GUARANTEE_VISIT = 3.0, 90.0
"""Days of the care guarantee: to an assessment in primary care, to a first visit and to treatment at the hospital."""


def _admission(region: Region, by_risk: Array) -> Array:
    """Chance of admission [3, A * 6] by acuity, whose mean over acuities is `by_risk` [A, 6]."""
    p, share = region.parameters, region.hospital_mix["acuity"]
    ratio = np.array([p[f"emergency.acuity_admission_{acuity}"] for acuity in ACUITIES])
    relative = ratio / (share @ ratio)[:, None]
    chance: Array = np.minimum(relative.T[:, :, None] * by_risk[None], 0.95)
    return chance.reshape(len(ACUITIES), -1)


def _acuities(region: Region) -> Array:
    """Share of emergencies of each acuity [K, A, 3] among people of each hospital's catchment.

    More or fewer urgent ones than in the county, at most all; standard and low share what is left as they do there.
    """
    urgent, others = np.split(region.hospital_mix["acuity"], [1], axis=1)
    here = np.minimum(region.urgent_factor[:, None, None] * urgent, 0.95)
    return np.concatenate([here, (1.0 - here) * (others / np.maximum(1.0 - urgent, 1e-9))], axis=2)


CAUSE_CONDITIONS = ("heart_failure", "copd", "asthma", "diabetes")
"""Conditions that can be the cause of an emergency, in the order of the bits of a set of them."""


def _cause_sets(region: Region) -> Array:
    """Which of CAUSE_CONDITIONS each set of all conditions holds, uint8[2 ** c]."""
    codes = [condition.code for condition in region.conditions]
    known = [1 << CAUSE_CONDITIONS.index(code) if code in CAUSE_CONDITIONS else 0 for code in codes]
    return sums_over_sets(np.array(known, float)).astype(np.uint8)


def _causes(region: Region) -> Array:
    """Share of emergencies up to each cause, float64[A, 16, 4], by age and set of CAUSE_CONDITIONS.

    Causes add up; what is left is something else.
    """
    p = region.parameters
    own = np.array([p[f"cause.{name}_share"] for name in ("heart_failure", "lung", "asthma", "diabetes")])
    held = (np.arange(16)[:, None] >> np.arange(4)) & 1
    heart_failure, copd, asthma, diabetes = (held * own).T
    by_cause = np.stack([heart_failure, copd + asthma, diabetes], axis=1)
    fall = region.hospital_mix["cause"][:, None, :] * np.ones((1, 16, 1))
    return np.cumsum(np.concatenate([np.broadcast_to(by_cause, (len(fall), 16, 3)), fall], axis=2), axis=2)


def _complex_logit(region: Region) -> Array:
    """Part of diagnoses in the score of complex needs, by sex, age 70+ and set of conditions: float64[2, 2, 2 ** c]."""
    p = region.parameters
    logit = sums_over_sets(np.array([condition.complexity_weight for condition in region.conditions]))
    male = np.array([p["complexity.men"], 0.0])[:, None, None]
    old = np.array([0.0, p["complexity.aged_70_plus"]])[None, :, None]
    score: Array = logit + male + old
    return score


def _among_all(p: Mapping[str, float], setting: str) -> float:
    """Mortality in a care setting against everybody else of the same age, other illness included."""
    overlap: float = p["mortality.overlap"] ** p["mortality.damping"]
    return p[f"mortality.{setting}_ratio"] * overlap


OUTCOMES = ("emergency", "admission", "death")
"""What a relationship does something about, as the register of parameters names it."""


def _odds_ratios(region: Region) -> Array:
    """Published odds ratios [3, 2] of emergency care, admission and death at 2-3 and over 15 years."""
    spans = ("2_3_years", "over_15_years")
    return np.array([[region.parameters[f"continuity.{n}_odds_ratio_{s}"] for s in spans] for n in OUTCOMES])


def _acceptance(emergency: Array, revisit: float) -> Array:
    """Height, of HEIGHT_ONE, below which a need stands: int64[S, DOSES, 2] by dose and own GP seen last."""
    share = np.ones((STREAM_COUNT, DOSES, 2))
    share[EMERGENCY] = emergency[:, None]
    share[GP, :, 1] = revisit
    return np.rint(share * HEIGHT_ONE).astype(np.int64)


def _planned_admissions(region: Region) -> Array:
    """Planned admissions a year that can wait, as each hospital's catchment of the first day needs, float64[K]."""
    group = GROUP_OF_AGE[: region.population.shape[2]]
    people = np.zeros((len(region.municipalities), AGE_GROUP_COUNT))
    np.add.at(people.T, group, region.population.sum(axis=1).T)
    a_person = (region.rub_share * region.need_rates[ELECTIVE]).sum(axis=1) * (1.0 - priorities(region)[1, :, 0])
    wanted: Array = np.bincount(region.catchment, people @ a_person, minlength=len(region.hospitals))
    passed_on = wanted * region.to_county_share
    wanted -= passed_on
    wanted[0] += passed_on.sum()
    return wanted


UNMET_RULES = {
    "unmet_back": "gp_back_share", "unmet_urgent": "gp_urgent_share", "unmet_back_desk": "desk_back_share",
    "unmet_home_visit": "home_visit_urgent_share", "unmet_waiting": "waiting_more",
    "unmet_waiting_gp": "waiting_gp_more", "unmet_help": "help_more",
    "unmet_help_falls": "help_more_falls", "unmet_housing": "housing_more", "boarding_longer": "boarding_days",
    "boarding_death": "boarding_death_share",
}  # fmt: skip
"""Rules of `simulator.care.unmet` by the parameter `unmet.*`; the switch `unmet.consequences` multiplies each."""


def rules_of(region: Region) -> Array:
    """Rules with the region's parameters, RULES[1]."""
    p, rules = region.parameters, np.zeros(1, RULES)
    for rule, parameter in PARAMETER_OF.items():
        if parameter != WORKED_OUT:
            rules[rule] = p[parameter]
    ratio, new = p["primary_care.referral_planned_ratio"], p["primary_care.same_day_share"]
    new += p["primary_care.within_3_days_share"]
    rules["referral_new"] = p["primary_care.referral_share"] / (new + ratio * (1.0 - new))
    rules["referral_planned"] = ratio * rules["referral_new"]
    for rule, parameter in UNMET_RULES.items():
        rules[rule] = p["unmet.consequences"] * p[f"unmet.{parameter}"]
    for rule, contact in (("use_of_ed_visit", "ed_visit"), ("use_of_bed_day", "bed_day")):
        rules[rule] = round(region.costs[contact].value / region.costs["gp_visit"].value)
    rules["boarding_seconds"] = p["unmet.boarding_hours"] * 3600
    rules["boarding_longer"] *= DAY
    rules["falls_spared"] = 1.0 - p["prevention.fall_ratio"]
    rules["returns_spared"] = 1.0 - p["medication.readmission_ratio"]
    rules["coordinated_seconds"] = p["discharge.headroom"] * p["discharge.coordinated_days"] * DAY
    rules["depression"] = depression_bit(region)
    emergencies = p["psychiatry.emergency_visits_per_1000"]
    rules["psychiatry_admitted"] = min(p["psychiatry.admissions_per_1000"] / max(emergencies, 1e-9), 1.0)
    rules["coordinated_readmission"] = _diluted(p["discharge.coordinated_readmission"], p["discharge.headroom"])
    rules["palliative_today"] = _palliative_today(p)
    return rules


def _palliative_today(p: Mapping[str, float]) -> float:
    """Share of those who would ask for palliative care at home who have it today, of the share of all who die."""
    would_ask = p["dying.living_at_home_share"] * p["dying.foreseeable_share"] * p["dying.wish_home_share"]
    return min(p["dying.palliative_home_coverage"] / max(would_ask, 1e-9), 1.0)


def _diluted(ratio: float, share: float) -> float:
    """Risk ratio of a group of which a share has the effect."""
    return 1.0 - share * (1.0 - ratio)


def purpose_keys(seed: int) -> Array:
    """Keys of all purposes under one seed, uint64[purposes + 1], indexed by `Purpose`."""
    return np.array([purpose_key(seed, purpose) for purpose in range(max(Purpose) + 1)], np.uint64)
