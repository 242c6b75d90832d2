"""A year's needs of psychiatry: who is a patient this year, and on which days of it.

A share of children and of adults are patients in a year, as read of the country. Who they are is a draw weighed by a
diagnosed depression and by general need (`lasting_need`); the year before decides in part, so many stay patients for
years. The weights are normed to the people of the first year; later years follow who lives here and how many have a
depression. A patient has one visit, and more in proportion to a severity that lasts for life (exponential), so that few
have many; visits to psychiatry's emergency reception follow the same severity. Who is born or moves in has no needs
before next New Year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from simulator.core.dates import day_number, days_in_year
from simulator.core.fields import Array
from simulator.core.kernels import cold, formula, integer, rule
from simulator.core.randomness import Purpose, Word, draw, exponential, part, purpose_key, word_of
from simulator.core.state import PRESENT, State
from simulator.core.tables import Tables
from simulator.core.words import SLOT_BITS, SLOT_MASK
from simulator.region.axes import GP
from simulator.region.pack import Region

ADULT_AGE = 18
PSYCHIATRIC_VISIT, PSYCHIATRIC_EMERGENCY = range(2)
"""Kinds of need."""
PATIENT_CHILDREN, PATIENT_ADULTS = range(2)
"""Classes, in whose order shares and norms stand."""
PATIENT_CLASSES = ("children", "adults")
HIGHEST_CHANCE = 0.9
HIGHEST_NEED = 3.0
"""Standard deviations of general need beyond which the chance rises no further."""
MOST_OF_A_KIND = 1000
"""Needs of one kind that a person can have in a year."""
LASTS, SEVERITY = np.uint64(0), np.uint64(1)
"""Occurrences of the draws that hold for life; those of a year begin at year x DRAWS_A_YEAR."""
DRAWS_A_YEAR, EMERGENCIES = 4096, 2048


def depression_bit(region: Region) -> int:
    """Bit of depression in `BACKGROUND.conditions`, 0 where the pack does not know it."""
    codes = [condition.code for condition in region.conditions]
    return 1 << codes.index("depression") if "depression" in codes else 0


@formula
def day_and_kind(when: int) -> tuple[int, int]:
    """Day number and kind of a need as it stands in `State.psychiatry_need` before the person."""
    return when >> 1, when & 1


def open_year(state: State, tables: Tables, region: Region, year: int, general: Array) -> None:
    """Draw the year's needs of psychiatry; in the first year learn what weighs how much too.

    `general` float32[N] is the general need of this year, of all who are present at least.
    """
    if not state.psychiatry_norm.any():
        _learn_norms(state, tables, region, general)
    p = region.parameters
    share = np.array([p[f"psychiatry.patients_share_{name}"] for name in PATIENT_CLASSES])
    norm = np.where(state.psychiatry_norm[:2] > 0.0, state.psychiatry_norm[:2], 1.0)
    base = np.outer(share / norm, [1.0, p["psychiatry.depression_ratio"]])
    visits, emergencies = state.psychiatry_norm[2:]
    drawn = draw_needs(
        state.seed[0], year, day_number(date(year, 1, 1)), days_in_year(year), state.person, state.background, base,
        depression_bit(region), general, p["psychiatry.need_slope"], p["psychiatry.lasting_share"], visits,
        emergencies,
    )  # fmt: skip
    drawn.sort()
    state.psychiatry_need, state.psychiatry_next = drawn, np.zeros(1, np.int64)


def _learn_norms(state: State, tables: Tables, region: Region, general: Array) -> None:
    """Set the mean weights, a patient's mean needs, and the chances that a GP need is about mental health."""
    p, person = region.parameters, state.person
    here = (person["status"] & PRESENT) != 0
    depressed = (state.background["conditions"] & depression_bit(region)) != 0
    state.mental_chance = mental_chances(p, tables.rates[GP][person["risk"]] * here, depressed)
    adult, need = state.background["age"] >= ADULT_AGE, np.zeros(person.size)
    need[: general.size] = general[: person.size]
    state.psychiatry_norm = norms(p, here, adult, depressed, need)


def mental_chances(p: Mapping[str, float], gp_needs: Array, depressed: Array) -> Array:
    """Chance that a GP need is about mental health, without and with depression, float64[2].

    Over everybody's expected needs `gp_needs` [N] the mean is the share of the register.
    """
    share, ratio = (p[f"mental.{name}"] for name in ("share_of_gp_visits", "depression_ratio"))
    of_depressed = float(gp_needs[depressed].sum() / max(gp_needs.sum(), 1e-9))
    base = share / (1.0 + of_depressed * (ratio - 1.0))
    chances: Array = np.minimum(np.array([base, base * ratio]), 1.0)
    return chances


def norms(p: Mapping[str, float], here: Array, adult: Array, depressed: Array, general: Array) -> Array:
    """Mean weight of children and adults, and a patient's visits beyond the first and emergency visits, float64[4].

    `here`, `adult`, `depressed` bool[N], `general` float64[N] standard normal.
    """
    weight = np.exp(p["psychiatry.need_slope"] * np.minimum(general, HIGHEST_NEED))
    weight *= np.where(depressed, p["psychiatry.depression_ratio"], 1.0)
    out, patients = np.zeros(4), 0.0
    for column, members in ((PATIENT_CHILDREN, here & ~adult), (PATIENT_ADULTS, here & adult)):
        if members.any():
            out[column] = weight[members].mean()
            share = p[f"psychiatry.patients_share_{PATIENT_CLASSES[column]}"]
            patients += np.minimum(share * weight[members] / out[column], HIGHEST_CHANCE).sum()
    people = here.sum() / max(patients, 1e-9)
    out[2] = max(p["psychiatry.visits_per_inhabitant"] * people - 1.0, 0.0)
    out[3] = p["psychiatry.emergency_visits_per_1000"] / 1000.0 * people
    return out


@rule
def _days_of(key: Word, person: Word, first: int, rate: float, days: int, out: Array, at: int, word: int) -> int:
    """Write the needs of one kind at exponential distances over the year to `out` from `at` on; return where they end.

    `first` is the occurrence of the first draw, `word` what stands beside the day.
    """
    when, n = 0.0, 0
    while rate > 0.0 and n < MOST_OF_A_KIND:
        when += exponential(word_of(key, person, np.uint64(first + n))) / rate
        if when >= 1.0:
            break
        out[at + n] = word + (np.int64(when * days) << (SLOT_BITS + 1))
        n += 1
    return at + n


@rule
def _needs_of(
    key: Word, person: Word, year: int, days: int, visits: float, emergencies: float, out: Array, at: int, word: int
) -> int:
    """Write a patient's needs of the year, at least one visit, from `at` on; return where they end."""
    severity, first = exponential(word_of(key, person, SEVERITY)), year * DRAWS_A_YEAR + 1
    out[at] = word + (np.int64(draw(key, person, np.uint64(first)) * days) << (SLOT_BITS + 1))
    at = _days_of(key, person, first + 1, visits * severity, days, out, at + 1, word)
    return _days_of(key, person, first + EMERGENCIES, emergencies * severity, days, out, at, word + (1 << SLOT_BITS))


@rule
def _chance_of(back: Any, base: Array, depression: int) -> float:
    """Chance of somebody being a patient at a general need of 0."""
    chance: float = base[int(back["age"] >= ADULT_AGE), int((back["conditions"] & depression) != 0)]
    return chance


@cold
def draw_needs(
    seed: int, year: int, first_day: int, days: int, person: Array, background: Array, base: Array, depression: int,
    general: Array, slope: float, stays: float, visits: float, emergencies: float,
) -> Array:  # fmt: skip
    """Needs int64[n] of the year, unsorted: day of the clock and kind, and slot, in one word each.

    `base` float64[2, 2] is the chance of being a patient at a general need of 0, by class and depression, `general`
    float32[N] what each one needs; `stays` is how often a draw of the person's life decides instead of one of the year;
    `visits` beyond the first and `emergencies` a patient and year at mean severity.
    """
    key, of_year = purpose_key(seed, Purpose.PSYCHIATRY), np.uint64(year * DRAWS_A_YEAR)
    out, at, most = np.empty(person.size // 2 + 2 * MOST_OF_A_KIND + 1, np.int64), 0, np.exp(slope * HIGHEST_NEED)
    for slot in range(person.size):
        if not person[slot]["status"] & PRESENT:
            continue
        me = person[slot]["key"]
        word = word_of(key, me, of_year)
        of_life, of_now = draw(key, me, LASTS), part(word, 1)
        u = of_life if part(word, 0) < stays else of_now
        chance = _chance_of(background[slot], base, depression)
        if u >= chance * most:
            continue
        if u < min(chance * np.exp(slope * min(general[slot], HIGHEST_NEED)), HIGHEST_CHANCE):
            if at + 2 * MOST_OF_A_KIND >= out.size:
                longer = np.empty(2 * out.size, np.int64)
                longer[:at] = out[:at]
                out = longer
            stands = (integer(first_day) << (SLOT_BITS + 1)) + slot
            at = _needs_of(key, me, year, days, visits, emergencies, out, at, stands)
    return out[:at]


def patients_of_year(state: State) -> Array:
    """Children and adults with a need in the year whose needs stand in the state, int64[2]."""
    patient = np.zeros(state.background.size, bool)
    patient[state.psychiatry_need & SLOT_MASK] = True
    adult = state.background["age"][patient] >= ADULT_AGE
    return np.array([(~adult).sum(), adult.sum()])
