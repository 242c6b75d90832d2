"""Morbidity: chronic conditions by age and sex, multimorbidity, RUB, need segment and care setting.

Prevalence by age comes from the region pack; the onset hazard is what keeps that curve in place
when the ill die more often (the relation used by DISMOD: Barendregt et al., Popul Health Metr
2003;1:4). Conditions cluster in people through a lasting frailty, so multimorbidity emerges. The
number of chronically ill in a later year is a result: it is never told to the model.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from simulator.core.fields import Array
from simulator.core.kernels import integer, kernel, rule
from simulator.core.randomness import Purpose, Word, draw, purpose_key
from simulator.core.record import USE_OF_ALL, USE_OF_CHOSEN, USE_OF_LISTED
from simulator.core.state import CHRONIC, COMPLEX, HOME_NURSING, LOW_USE, PRESENT, RISK_CLASS, SPECIAL_HOUSING
from simulator.core.words import risk_of
from simulator.people.enrolment import PLAN_THEN, REVIEW_THEN, given_at_enrolment
from simulator.people.habits import Spared, left_of_onset
from simulator.region.axes import AGE_GROUP_START
from simulator.region.pack import Region

AGES_AND_NEXT = 102
FRAILTY_BANDS = 8
EPISODE = 3
"""Years for which the judgement of somebody's complexity lasts."""
NO_CONTACT, FEW_CONTACTS, CHRONICALLY_ILL, COMPLEX_NEEDS = range(4)
AGE_GROUP_COUNT = len(AGE_GROUP_START)
GROUP_OF_AGE = np.searchsorted(AGE_GROUP_START, np.arange(AGES_AND_NEXT), side="right").astype(np.int64) - 1


def prevalence_by_age(region: Region) -> Array:
    """Share with each condition by sex and age, float64[conditions, 2, AGES_AND_NEXT].

    A floor and a logistic rise over age, scaled so that the county's population of the first year
    shows the stated prevalence of all ages.
    """
    ages = np.arange(AGES_AND_NEXT)
    people = region.population.sum(axis=0)
    people = np.concatenate([people, np.zeros((2, AGES_AND_NEXT - people.shape[1]), people.dtype)], axis=1)
    out = np.empty((len(region.conditions), 2, AGES_AND_NEXT))
    for c, condition in enumerate(region.conditions):
        rise = 1.0 / (1.0 + np.exp(-(ages - condition.age_half) / condition.age_slope))
        shape = condition.age_floor + (1.0 - condition.age_floor) * rise
        for sex, share in enumerate((condition.prevalence_men, condition.prevalence_women)):
            expected = (people[sex] * shape).sum()
            scale = share * people[sex].sum() / expected if expected > 0.0 else share
            out[c, sex] = np.minimum(shape * scale, 0.9)
    return out


def frailty_bands() -> Array:
    """Mean of a standard normal within each of FRAILTY_BANDS equal bands, float64[FRAILTY_BANDS]."""
    edges = ndtri(np.linspace(0.0, 1.0, FRAILTY_BANDS + 1))
    density = np.exp(-(edges**2) / 2.0) / np.sqrt(2.0 * np.pi)
    density[[0, -1]] = 0.0
    means: Array = (density[:-1] - density[1:]) * FRAILTY_BANDS
    return means


def prevalence_by_frailty(prevalence: Array, clustering: float) -> Array:
    """Split prevalence [c, 2, AGES_AND_NEXT] over frailty bands: float64[c, 2, AGES_AND_NEXT, FRAILTY_BANDS]."""
    z = frailty_bands()
    spread = np.sqrt(1.0 - clustering**2)
    split: Array = ndtr((ndtri(prevalence)[..., None] + clustering * z) / spread)
    split *= (prevalence / split.mean(axis=-1))[..., None]
    np.minimum(split, 0.98, out=split)
    return split


def survival_ratio(split: Array, mortality: Array, ratios: Array) -> Array:
    """Chance of surviving a year with each condition over that without, same shape as `split`.

    `mortality` [2, AGES_AND_NEXT] deaths per person-year, `ratios` [c] mortality with over without.
    """
    without = mortality[None, :, :, None] / (1.0 + split * (ratios[:, None, None, None] - 1.0))
    ratio: Array = np.exp(-without * (ratios[:, None, None, None] - 1.0))
    return ratio


def onset_by_frailty(split: Array, survival: Array) -> Array:
    """Yearly onset among those without the condition, same shape as `split`; the last age is 0.

    `survival` is the `survival_ratio`.
    """
    ill = split * survival
    carried = ill / (ill + 1.0 - split)
    onset = np.zeros_like(split)
    onset[:, :, :-1] = (split[:, :, 1:] - carried[:, :, :-1]) / (1.0 - carried[:, :, :-1])
    return np.maximum(onset, 0.0)


@rule
def frailty_band(key: Word, person_key: Word) -> int:
    """Band of a person's lasting frailty, 0 = most robust."""
    return int(draw(key, person_key, np.uint64(0)) * FRAILTY_BANDS)


@kernel
def draw_conditions(seed: int, person: Array, background: Array, first: int, last: int, split: Array) -> None:
    """Give people [first, last) the conditions of their age, sex, frailty and class of risk."""
    frailty = purpose_key(seed, Purpose.FRAILTY)
    key = purpose_key(seed, Purpose.CONDITION)
    for i in range(first, last):
        z = frailty_band(frailty, person[i]["key"])
        age, risk = max(background[i]["age"], 0), background[i]["habits"] & RISK_CLASS
        bits = 0
        for c in range(split.shape[1]):
            if draw(key, person[i]["key"], np.uint64(c)) < split[risk, c, background[i]["sex"], age, z]:
                bits |= 1 << c
        background[i]["conditions"] = bits


@kernel
def fall_ill(
    seed: int,
    year: int,
    person: Array,
    background: Array,
    onset: Array,
    added: Array,
    left: Array,
    spared: Spared,
    new_cases: Array,
) -> None:
    """Let this year's onsets happen among those present, at most one a person.

    `onset` [4, 2, AGES_AND_NEXT, bands, c] holds the onsets of each class of risk cumulated over conditions, so one
    draw tells whether and which; an onset of what somebody has already is none. `added` [2, AGES_AND_NEXT, c] is the
    share of them that a trend adds, `left` [M, AGES_AND_NEXT] what prevention leaves. `spared` is what support to
    change habits does. Those who fell ill are counted in `new_cases` [M, c].
    """
    frailty = purpose_key(seed, Purpose.FRAILTY)
    key = purpose_key(seed, Purpose.ONSET)
    weight, spares = purpose_key(seed, Purpose.WEIGHT), purpose_key(seed, Purpose.SPARED)
    for i in range(person.size):
        if not person[i]["status"] & PRESENT:
            continue
        me, back = person[i], background[i]
        z = frailty_band(frailty, me["key"])
        by_condition = onset[back["habits"] & RISK_CLASS, back["sex"], max(back["age"], 0), z]
        u = draw(key, me["key"], np.uint64(year))
        factor = left[back["municipality"], max(back["age"], 0)]
        if u < by_condition[-1] * factor:
            c, before = 0, 0.0
            while u >= by_condition[c] * factor:
                before = by_condition[c] * factor
                c += 1
            after = by_condition[c] * factor
            if (back["conditions"] >> c) & 1:
                continue
            stays = left_of_onset(me["key"], back, c, year, spared, weight)
            if stays < 1.0 and draw(spares, me["key"], np.uint64(year)) >= stays:
                continue
            if u >= after - added[back["sex"], max(back["age"], 0), c] * (after - before):
                back["coded"] |= 1 << c
            back["conditions"] |= 1 << c
            new_cases[back["municipality"], c] += 1


@kernel
def scores(
    seed: int,
    year: int,
    person: Array,
    background: Array,
    first: int,
    score_of: Array,
    no_contact_share: float,
    need_share: float,
    out: Array,
) -> None:
    """Write morbidity scores into `out`, from person `first` on: conditions, a lasting and a passing part.

    `score_of` float64[2 ** c] holds the score of every set of conditions; of those that were only coded `need_share`
    enters. Low users are marked.
    """
    lasting = purpose_key(seed, Purpose.MORBIDITY)
    use = purpose_key(seed, Purpose.USE)
    for i in range(first, first + out.size):
        me = person[i]
        bits = background[i]["conditions"]
        ill = score_of[bits & ~background[i]["coded"]]
        score = ill + need_share * (score_of[bits] - ill) + 1.2 * draw(lasting, me["key"], np.uint64(0))
        score += 0.8 * draw(lasting, me["key"], np.uint64(year))
        if bits == 0 and draw(use, me["key"], np.uint64(0)) < no_contact_share:
            me["status"] |= LOW_USE
            score -= 2.0
        else:
            me["status"] &= 255 - LOW_USE
        out[i - first] = score


@kernel
def score_few(
    seed: int,
    year: int,
    person: Array,
    background: Array,
    relation: Array,
    first: int,
    logit: Array,
    need_share: float,
    use_weight: float,
    judgement: float,
    out: Array,
) -> None:
    """Score the chronically ill from `first` on for the list of people with complex needs: `out` float64[N].

    The list is made as the region makes it, of diagnoses and the use of the last 24 months. `logit` float64[2, 2,
    2 ** c] is the part of diagnoses by sex, age 70+ and set of conditions; of those that were only coded `need_share`
    counts. `use_weight` is put on the logarithm of the use, `judgement` is the scale of what cannot be read from
    either, a logistic draw that lasts EPISODE years.
    """
    complexity = purpose_key(seed, Purpose.COMPLEXITY)
    for i in range(first, person.size):
        back, bond, key = background[i], relation[i], person[i]["key"]
        if back["conditions"] == 0:
            continue
        parts = logit[back["sex"], int(back["age"] >= 70)]
        score = parts[back["conditions"] & ~back["coded"]]
        score += need_share * (parts[back["conditions"]] - score)
        score += use_weight * np.log1p(float(bond["used"]) + float(bond["used_before"]))
        episode = np.uint64(year + integer(key % np.uint64(EPISODE))) // np.uint64(EPISODE)
        u = draw(complexity, key, episode)
        out[i] = score + judgement * np.log((1.0 - u) / max(u, 1e-12))


@kernel
def sum_use(person: Array, relation: Array, few: Array, out: Array) -> None:
    """Sum this year's use of those present: of all, of those marked `few` uint8[N], of those on the list now."""
    out[:] = 0.0
    for i in range(person.size):
        status = person[i]["status"]
        if status & PRESENT:
            used = float(relation[i]["used"])
            out[USE_OF_ALL] += used
            out[USE_OF_CHOSEN] += used * (few[i] != 0)
            out[USE_OF_LISTED] += used * ((status & COMPLEX) != 0)


@kernel
def next_year_of_use(relation: Array) -> None:
    """Put away a year's use and begin another."""
    for i in range(relation.size):
        relation[i]["used_before"] = relation[i]["used"]
        relation[i]["used"] = 0


@kernel
def classify(
    person: Array,
    background: Array,
    first: int,
    last: int,
    score: Array,
    threshold: Array,
    group_of_age: Array,
    few: Array,
) -> None:
    """Set RUB, segment, risk and age group from conditions, score and age.

    `threshold` [A, 5] parts the RUB bands; `few` uint8[N] marks those on the list of people with complex needs.
    """
    for i in range(first, last):
        me, back = person[i], background[i]
        age = max(back["age"], 0)
        a = group_of_age[age]
        rub = 0
        for band in range(5):
            rub += int(score[i - first] >= threshold[a, band])
        status = integer(me["status"]) & (255 - CHRONIC - COMPLEX)
        segment = NO_CONTACT if status & LOW_USE else FEW_CONTACTS
        if back["conditions"] != 0:
            status |= CHRONIC
            segment = CHRONICALLY_ILL
            if few[i]:
                status |= COMPLEX
                segment = COMPLEX_NEEDS
        back["rub"], back["segment"] = rub, segment
        me["status"] = status
        me["risk"] = risk_of(a, rub)
        me["cell"] = back["municipality"] * AGE_GROUP_COUNT + a


@kernel
def settle(seed: int, person: Array, background: Array, first: int, last: int, home: Array, housing: Array) -> None:
    """Give people [first, last) the care setting of their age and RUB: shares `home`, `housing` [AGES_AND_NEXT, 6]."""
    key = purpose_key(seed, Purpose.SETTING)
    for i in range(first, last):
        me = person[i]
        age, rub = max(background[i]["age"], 0), background[i]["rub"]
        if draw(key, me["key"], np.uint64(0)) < housing[age, rub]:
            me["status"] |= SPECIAL_HOUSING
        elif draw(key, me["key"], np.uint64(1)) < home[age, rub]:
            me["status"] |= HOME_NURSING


@kernel
def change_settings(
    seed: int,
    year: int,
    person: Array,
    background: Array,
    home_entry: Array,
    home_exit: float,
    housing_entry: Array,
    sought: Array,
    household: Array,
    after_home_care: float,
    granted: Array,
    added: Array,
    enrolled: Array,
) -> int:
    """Let people enter or leave home nursing; list who will be granted special housing this year.

    Yearly chances `home_entry` and `housing_entry` [AGES_AND_NEXT, 6], the latter times `sought` [M], `household` [N]
    and, of those who had hospital care at home last year, `after_home_care`. `added` float64[2, M * A, 4] is the share
    of those enrolled who are given a plan and a review beyond today's course by cell and segment, `enrolled` int32[M,
    enrolment] counts them. Writes slots to `granted`; returns their number.
    """
    key, given_key = purpose_key(seed, Purpose.SETTING), purpose_key(seed, Purpose.ENROLMENT)
    n = 0
    for i in range(person.size):
        me = person[i]
        status = integer(me["status"])
        if not status & PRESENT or status & SPECIAL_HOUSING or background[i]["granted"]:
            continue
        age, rub = max(background[i]["age"], 0), background[i]["rub"]
        chance = housing_entry[age, rub] * sought[background[i]["municipality"]] * household[i]
        if background[i]["cared_at_home"]:
            chance *= after_home_care
        if draw(key, me["key"], np.uint64(4 * year)) < chance:
            granted[n] = i
            n += 1
        elif status & HOME_NURSING:
            if draw(key, me["key"], np.uint64(4 * year + 1)) < home_exit:
                status &= 255 - HOME_NURSING
        elif draw(key, me["key"], np.uint64(4 * year + 2)) < home_entry[age, rub]:
            status |= HOME_NURSING
            cell, segment = me["cell"], background[i]["segment"]
            background[i]["given"] = given_at_enrolment(
                given_key, me["key"], added[PLAN_THEN, cell, segment], added[REVIEW_THEN, cell, segment],
                enrolled[background[i]["municipality"]],
            )  # fmt: skip
        me["status"] = status
    return n


def share_by_age(by_group: Array) -> Array:
    """Spread shares [A, 6] of age groups over single ages, float64[AGES_AND_NEXT, 6], without steps."""
    middles = np.array([np.flatnonzero(a == GROUP_OF_AGE).mean() for a in range(AGE_GROUP_COUNT)])
    middles[-1] = 93.0
    ages = np.arange(AGES_AND_NEXT)
    return np.stack([np.interp(ages, middles, column) for column in by_group.T], axis=1)


def entry_by_age(share: Array, mortality: Array, ratio: float, leaving: float) -> Array:
    """Yearly chance of entering a setting that keeps its shares [AGES_AND_NEXT, 6] in place.

    `mortality` [2, AGES_AND_NEXT]; those inside die `ratio` times as often and `leaving` of them leave.
    """
    deaths = mortality.mean(axis=0)[:, None]
    without = deaths / (1.0 + share * (ratio - 1.0))
    inside = share * (1.0 - leaving) * np.exp(-without * (ratio - 1.0))
    carried = inside / (1.0 - share + share * np.exp(-without * (ratio - 1.0)))
    entry = np.zeros_like(share)
    entry[:-1] = (share[1:] - carried[:-1]) / (1.0 - carried[:-1])
    entry[-1] = entry[-2]
    return np.maximum(entry, 0.0)


def sums_over_sets(values: Array) -> Array:
    """Sum of `values` [c] over every set of conditions, float64[2 ** c], indexed by the bits of the set."""
    sums = np.zeros(1 << len(values))
    for c, value in enumerate(values):
        sums[1 << c : 2 << c] = sums[: 1 << c] + value
    return sums


def part_into_bands(score: Array, age_group: Array, shares: Array) -> Array:
    """Thresholds float64[A, 5] that give each age group the RUB shares [A, 6]."""
    out = np.full((AGE_GROUP_COUNT, 5), np.inf)
    for a in range(AGE_GROUP_COUNT):
        here = score[age_group == a]
        if here.size:
            out[a] = np.quantile(here, np.minimum(np.cumsum(shares[a])[:5], 1.0))
    return out
