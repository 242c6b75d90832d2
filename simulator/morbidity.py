"""Morbidity: chronic conditions by age and sex, multimorbidity, RUB, need segment and care setting.

Prevalence by age comes from the region pack; the onset hazard is what keeps that curve in place
when the ill die more often (the relation used by DISMOD: Barendregt et al., Popul Health Metr
2003;1:4). Conditions cluster in people through a lasting frailty, so multimorbidity emerges. The
number of chronically ill in a later year is a result: it is never told to the model.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from simulator.kernels import kernel, rule
from simulator.randomness import Purpose, draw, purpose_key
from simulator.region import AGE_GROUP_START, Region
from simulator.state import CHRONIC, COMPLEX, HOME_NURSING, LOW_USE, PRESENT, SPECIAL_HOUSING, Array

AGES = 102
FRAILTY_BANDS = 8
NO_CONTACT, FEW_CONTACTS, CHRONICALLY_ILL, COMPLEX_NEEDS = range(4)
SEGMENTS = ("no_contact", "few_contacts", "chronic", "complex")
AGE_GROUPS = len(AGE_GROUP_START)
GROUP_OF_AGE = np.searchsorted(AGE_GROUP_START, np.arange(AGES), side="right").astype(np.int64) - 1


def prevalence_by_age(region: Region) -> Array:
    """Share with each condition by sex and age, float64[conditions, 2, AGES].

    A floor and a logistic rise over age, scaled so that the county's population of the first year
    shows the stated prevalence of all ages.
    """
    ages = np.arange(AGES)
    people = region.population.sum(axis=0)
    people = np.concatenate([people, np.zeros((2, AGES - people.shape[1]), people.dtype)], axis=1)
    out = np.empty((len(region.conditions), 2, AGES))
    for c, condition in enumerate(region.conditions):
        rise = 1.0 / (1.0 + np.exp(-(ages - condition.age_half) / condition.age_slope))
        shape = condition.age_floor + (1.0 - condition.age_floor) * rise
        for sex, share in enumerate((condition.prevalence_men, condition.prevalence_women)):
            out[c, sex] = np.minimum(shape * share * people[sex].sum() / (people[sex] * shape).sum(), 0.9)
    return out


def frailty_bands() -> Array:
    """Mean of a standard normal within each of FRAILTY_BANDS equal bands, float64[FRAILTY_BANDS]."""
    edges = ndtri(np.linspace(0.0, 1.0, FRAILTY_BANDS + 1))
    density = np.exp(-(edges**2) / 2.0) / np.sqrt(2.0 * np.pi)
    density[[0, -1]] = 0.0
    return (density[:-1] - density[1:]) * FRAILTY_BANDS


def prevalence_by_frailty(prevalence: Array, clustering: float) -> Array:
    """Split prevalence [c, 2, AGES] over frailty bands: float64[c, 2, AGES, FRAILTY_BANDS]."""
    z = frailty_bands()
    spread = np.sqrt(1.0 - clustering**2)
    split = ndtr((ndtri(prevalence)[..., None] + clustering * z) / spread)
    split *= (prevalence / split.mean(axis=-1))[..., None]
    return np.minimum(split, 0.98)


def onset_by_frailty(split: Array, mortality: Array, ratios: Array) -> Array:
    """Yearly onset among those without the condition, same shape as `split`; the last age is 0.

    `mortality` [2, AGES] deaths per person-year, `ratios` [c] mortality with over without.
    """
    without = mortality[None, :, :, None] / (1.0 + split * (ratios[:, None, None, None] - 1.0))
    survival_ratio = np.exp(-without * (ratios[:, None, None, None] - 1.0))
    ill = split * survival_ratio
    carried = ill / (ill + 1.0 - split)
    onset = np.zeros_like(split)
    onset[:, :, :-1] = (split[:, :, 1:] - carried[:, :, :-1]) / (1.0 - carried[:, :, :-1])
    return np.maximum(onset, 0.0)


@rule
def frailty_band(key, person_key):  # type: ignore[no-untyped-def]
    """Band of a person's lasting frailty, 0 = most robust."""
    return int(draw(key, person_key, np.uint64(0)) * FRAILTY_BANDS)


@kernel
def draw_conditions(seed, person, background, first, last, split):  # type: ignore[no-untyped-def]
    """Give people [first, last) the conditions of their age, sex and frailty."""
    frailty = purpose_key(seed, Purpose.FRAILTY)
    key = purpose_key(seed, Purpose.CONDITION)
    for i in range(first, last):
        z = frailty_band(frailty, person[i]["key"])
        age = max(background[i]["age"], 0)
        bits = 0
        for c in range(split.shape[0]):
            if draw(key, person[i]["key"], np.uint64(c)) < split[c, background[i]["sex"], age, z]:
                bits |= 1 << c
        background[i]["conditions"] = bits


@kernel
def fall_ill(seed, year, person, background, onset):  # type: ignore[no-untyped-def]
    """Let this year's onsets happen among those present."""
    frailty = purpose_key(seed, Purpose.FRAILTY)
    key = purpose_key(seed, Purpose.ONSET)
    for i in range(person.size):
        if not person[i]["status"] & PRESENT:
            continue
        z = frailty_band(frailty, person[i]["key"])
        age = max(background[i]["age"], 0)
        bits = np.int64(background[i]["conditions"])
        for c in range(onset.shape[0]):
            hazard = onset[c, background[i]["sex"], age, z]
            if hazard > 0.0 and not (bits >> c) & 1:
                if draw(key, person[i]["key"], np.uint64(year * 16 + c)) < hazard:
                    bits |= 1 << c
        background[i]["conditions"] = bits


@kernel
def scores(seed, year, person, background, first, weights, no_contact_share, out):  # type: ignore[no-untyped-def]
    """Write morbidity scores into `out`, from person `first` on: conditions, a lasting and a passing part.

    Low users are marked.
    """
    lasting = purpose_key(seed, Purpose.MORBIDITY)
    use = purpose_key(seed, Purpose.USE)
    for i in range(first, first + out.size):
        bits = np.int64(background[i]["conditions"])
        score = 0.0
        for c in range(weights.size):
            if (bits >> c) & 1:
                score += weights[c]
        me = person[i]
        score += 1.2 * draw(lasting, me["key"], np.uint64(0)) + 0.8 * draw(lasting, me["key"], np.uint64(year))
        if bits == 0 and draw(use, me["key"], np.uint64(0)) < no_contact_share:
            me["status"] |= LOW_USE
            score -= 2.0
        else:
            me["status"] &= 255 - LOW_USE
        out[i - first] = score


@kernel
def classify(
    seed, person, background, first, last, score, threshold, group_of_age, weights, intercept, old, male, home, housing
):  # type: ignore[no-untyped-def]
    """Set RUB, segment, setting, risk and age group from conditions, score and age.

    `threshold` [A, 5] parts the RUB bands; complexity is a logistic in `weights` [c], age 70+ (`old`)
    and sex (`male`); `home` [A, 6] and `housing` [A, 6] are the shares with home nursing and in
    special housing. Each person keeps one lasting draw for each, so states change only as risk does.
    """
    complexity = purpose_key(seed, Purpose.COMPLEXITY)
    setting = purpose_key(seed, Purpose.SETTING)
    for i in range(first, last):
        me, back = person[i], background[i]
        age = max(back["age"], 0)
        a = group_of_age[age]
        rub = 0
        while rub < 5 and score[i - first] >= threshold[a, rub]:
            rub += 1
        logit = intercept + old * (age >= 70) + male * (back["sex"] == 0)
        for c in range(weights.size):
            if (back["conditions"] >> c) & 1:
                logit += weights[c]
        status = np.int64(me["status"]) & (255 - CHRONIC - COMPLEX - HOME_NURSING - SPECIAL_HOUSING)
        segment = NO_CONTACT if status & LOW_USE else FEW_CONTACTS
        if back["conditions"] != 0:
            status |= CHRONIC
            segment = CHRONICALLY_ILL
            if draw(complexity, me["key"], np.uint64(0)) < 1.0 / (1.0 + np.exp(-logit)):
                status |= COMPLEX
                segment = COMPLEX_NEEDS
        if draw(setting, me["key"], np.uint64(0)) < housing[a, rub]:
            status |= SPECIAL_HOUSING
        elif draw(setting, me["key"], np.uint64(1)) < home[a, rub]:
            status |= HOME_NURSING
        back["rub"], back["segment"] = rub, segment
        me["status"] = status
        me["risk"] = a * 6 + rub
        me["cell"] = back["municipality"] * AGE_GROUPS + a


def part_into_bands(score: Array, age_group: Array, shares: Array) -> Array:
    """Thresholds float64[A, 5] that give each age group the RUB shares [A, 6]."""
    out = np.full((AGE_GROUPS, 5), np.inf)
    for a in range(AGE_GROUPS):
        here = score[age_group == a]
        if here.size:
            out[a] = np.quantile(here, np.minimum(np.cumsum(shares[a])[:5], 1.0))
    return out
