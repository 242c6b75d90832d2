"""Whom levers reach today: people, needs and stays by municipality, age group and segment, from the region's pack.

Prices are reckoned from these expectations without a simulation. They hold for the population of the first day;
what comes of it later is in the simulation, and so is what a strategy ends up paying.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from simulator.core.fields import Array
from simulator.core.state import OBESE, SMOKER
from simulator.region.axes import (
    AGE_GROUP_START,
    AGE_GROUPS,
    ELECTIVE,
    EMERGENCY,
    GP,
    MONITORED_CONDITIONS,
    NURSE,
)
from simulator.region.pack import Region

FROM_65, FROM_70 = 3, 4
"""First age groups of people aged 65 and 70 and over."""


def by_group(people: Array) -> Array:
    """Sum people [M, ..., ages] into age groups [M, AGE_GROUPS], over what lies between."""
    of_age = people.reshape(len(people), -1, people.shape[-1]).sum(axis=1)
    group = np.searchsorted(AGE_GROUP_START, np.arange(people.shape[-1]), side="right") - 1
    summed: Array = of_age @ np.eye(len(AGE_GROUPS))[group]
    return summed


@lru_cache(maxsize=4)
def people_of(region: Region) -> Array:
    """Inhabitants by need, float64[M, A, 4].

    The chronically ill follow from the prevalence of single conditions and how they cluster; the complex are the
    published number and share aged 70 and over, those without contact the share of the healthy.
    """
    people: Array = _people_by_class(region).sum(axis=0)
    return people


def smokers(region: Region) -> Array:
    """Adults who smoke every day by need, float64[M, A, 4]."""
    return _with_habit(region, SMOKER)


def with_obesity(region: Region) -> Array:
    """Adults with obesity by need, float64[M, A, 4]."""
    return _with_habit(region, OBESE)


def _with_habit(region: Region, habit: int) -> Array:
    by_class = _people_by_class(region)
    people: Array = by_class[(np.arange(len(by_class)) & habit) != 0].sum(axis=0)
    return people


@lru_cache(maxsize=4)
def _people_by_class(region: Region) -> Array:
    """Inhabitants by class of risk and need, float64[4, M, A, 4]."""
    from simulator.people import habits  # noqa: PLC0415  (numba is slow to import)
    from simulator.tables import tables_of  # noqa: PLC0415

    p, ages = region.parameters, region.population.shape[2]
    weight = np.zeros((habits.RISK_CLASSES, ages))
    weight[0, : habits.HABITS_FROM] = 1.0
    weight[:, habits.HABITS_FROM :] = habits.class_weights(habits.shares_of(region))[:, None]
    chronic_share = 1.0 - np.prod(1.0 - tables_of(region).prevalence, axis=1).mean(axis=-1)  # [4, 2, AGES_AND_NEXT]
    in_class = [region.population * each for each in weight]
    everybody = np.stack([by_group(people) for people in in_class])
    with_share = zip(in_class, chronic_share[:, :, :ages], strict=True)
    ill = np.stack([by_group(people * share) for people, share in with_share])
    out = np.zeros((*everybody.shape, 4))
    healthy, aged = everybody - ill, p["segment.complex_share_70_plus"]
    out[..., 0] = p["segment.no_contact_share_of_healthy"] * healthy
    out[..., 1] = healthy - out[..., 0]
    for groups, share in ((slice(FROM_70), 1.0 - aged), (slice(FROM_70, None), aged)):
        out[:, :, groups, 3] = ill[:, :, groups] * share * p["segment.complex"] / ill[:, :, groups].sum()
    out[..., 2] = ill - out[..., 3]
    return out


@lru_cache(maxsize=4)
def with_monitored_condition(region: Region) -> Array:
    """People with heart failure or COPD, float64[M, A, 4]; those with both are counted twice."""
    from simulator.people.morbidity import prevalence_by_age  # noqa: PLC0415

    prevalence = prevalence_by_age(region)[:, :, : region.population.shape[2]]
    which = [n for n, condition in enumerate(region.conditions) if condition.code in MONITORED_CONDITIONS]
    ill = by_group(region.population * prevalence[which].sum(axis=0))
    people = people_of(region)
    part = people[..., 2:] / np.maximum(people[..., 2:].sum(axis=-1, keepdims=True), 1e-9)
    out = np.zeros_like(people)
    out[..., 2:] = ill[..., None] * part
    return out


def _share_of_ages(region: Region, share: Array) -> Array:
    """Mean over RUB of a share by age group and RUB, float64[A]."""
    mean: Array = (region.rub_share * share).sum(axis=1)
    return mean


def at_home(region: Region) -> Array:
    """Share who do not live in special housing, float64[A]."""
    return 1.0 - _share_of_ages(region, region.special_housing_share)


def home_nursing(region: Region) -> Array:
    """Share with home nursing, float64[A]."""
    return _share_of_ages(region, region.home_nursing_share)


@lru_cache(maxsize=4)
def enrolments(region: Region) -> Array:
    """Enrolments in home nursing a year, float64[M, A]; as those granted special housing have it while they wait.

    Resource bands change from year to year while home nursing stays: those without it are taken to be midway between
    as its share in each band tells and alike in all bands of an age.
    """
    from simulator.tables import tables_of  # noqa: PLC0415  (numba is slow to import)

    tables, ages = tables_of(region), region.population.shape[2]
    group = np.searchsorted(AGE_GROUP_START, np.arange(ages), side="right") - 1
    band, enter = region.rub_share[group], (tables.home_entry + tables.housing_entry)[:ages]
    without = 1.0 - (tables.home_share + tables.housing_share)[:ages]
    alike = (band * without).sum(axis=1, keepdims=True)
    return by_group(region.population * (band * enter * (without + alike) / 2.0).sum(axis=1))


def primary_care_needs(region: Region) -> Array:
    """Needs of GP and nurse a year of one inhabitant, float64[A]."""
    return sum(
        (_share_of_ages(region, region.need_rates[stream]) for stream in (GP, NURSE)),
        np.zeros(len(AGE_GROUPS)),
    )


@lru_cache(maxsize=4)
def referrals(region: Region) -> Array:
    """Referrals a year after visits to GPs, by health centre float64[H]: what is met digitally or by advice aside."""
    p = region.parameters
    a_person = _share_of_ages(region, region.need_rates[GP])
    visits = float((by_group(region.population) * a_person).sum())
    visits *= 1.0 - p["digital.share_of_gp_needs"] - p["primary_care.self_care_share"]
    listed: Array = region.centre_listed / region.centre_listed.sum()
    return listed * visits * p["primary_care.referral_share"]


def visits_of_the_frail(region: Region) -> float:
    """Visits to GPs a year of those with home nursing or in special housing; what is met otherwise aside."""
    p, share = region.parameters, region.home_nursing_share + region.special_housing_share
    each = (region.rub_share * share * region.need_rates[GP]).sum(axis=1)
    return float((by_group(region.population) * each).sum()) * (1.0 - p["primary_care.self_care_share"])


def stays(region: Region) -> Array:
    """Hospital stays a year of one inhabitant, float64[A]: needs that are admitted, those who return included."""
    return _share_of_ages(region, _stays(region))


def _stays(region: Region) -> Array:
    """Stays a year of one inhabitant by age group and RUB, float64[A, 6]."""
    p = region.parameters
    by_rub = np.array([p[f"emergency.admission_rub_factor_{rub}"] for rub in range(6)])
    admitted = np.minimum(np.outer(region.acute_care[0], by_rub), 0.95)
    first = region.need_rates[EMERGENCY] * admitted + region.need_rates[ELECTIVE]
    again: Array = first / (1.0 - p["hospital.readmission_30_days"] * admitted)
    return again


def municipal_discharges(region: Region) -> Array:
    """Stays a year of one inhabitant after which the municipality must prepare, float64[A].

    Nobody prepares for those who die in hospital, more of whom have home nursing than others of their age.
    """
    p, nursed, housed = region.parameters, region.home_nursing_share, region.special_housing_share
    new = (1.0 - nursed - housed) * region.hospital_mix["municipal"][:, :1]
    ends, ratio = _last_stays(region), p["mortality.home_nursing_ratio"]
    among_nursed = ends * ratio / (1.0 + nursed * (ratio - 1.0))
    stays_each = _stays(region)
    left = np.maximum(stays_each - among_nursed, 0.0), np.maximum(stays_each - ends, 0.0)
    return _share_of_ages(region, left[0] * nursed * p["discharge.home_nursing_share"] + left[1] * new)


def _last_stays(region: Region) -> Array:
    """Stays a year of one inhabitant that end in death, float64[A, 1]."""
    people, p = region.population, region.parameters
    dying = by_group(people * -np.expm1(-region.mortality)).sum(axis=0) / np.maximum(by_group(people).sum(axis=0), 1.0)
    last: Array = dying[:, None] * p["last_year.hospital_share_home_nursing"]
    return last
