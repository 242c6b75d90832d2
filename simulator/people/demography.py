"""Demography: ageing, deaths, births and moves, drawn on 1 January and dated to a day of the year.

A person aged x on 31 December faces the mean of the rates at x and x + 1. The death rate is the
official one of age and sex times the person's excess risk, over the mean excess of that age and sex
in the start population; so the start population dies at the official rates, and later years do what
morbidity and continuity make of them.
"""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import cold, kernel, rule
from simulator.core.randomness import Purpose, draw, mix, purpose_key
from simulator.core.state import HOME_NURSING, PRESENT, ROW_DAY, ROW_EVENT, ROW_MOTHER, ROW_PERSON, SPECIAL_HOUSING
from simulator.core.words import age_group_of

DIES, LEAVES, ARRIVES, IS_BORN, GRANTED = range(5)
"""Events of the population; the order is that within a day."""
TO_MUNICIPALITY, SEX, AGE, ARRIVAL_DAY = range(4)
"""Columns of in-migrants, as `draw_arrivals` draws them."""


@rule
def excess(
    person: Array,
    background: Array,
    i: int,
    education: Array,
    illness: Array,
    home: float,
    housing: float,
    continuity: Array,
) -> float:
    """Hazard of death relative to a person without conditions in ordinary housing."""
    back = background[i]
    out: float = illness[back["conditions"]] * education[back["sex"], back["education"]] * continuity[person[i]["dose"]]
    if person[i]["status"] & SPECIAL_HOUSING or back["granted"]:
        out *= housing
    elif person[i]["status"] & HOME_NURSING:
        out *= home
    return out


@cold
def mean_excess(
    person: Array, background: Array, education: Array, illness: Array, home: float, housing: float, continuity: Array
) -> Array:
    """Mean excess by sex and age over the people present, smoothed over five years: float64[2, 102]."""
    total = np.zeros((2, 102))
    count = np.zeros((2, 102))
    for i in range(person.size):
        if person[i]["status"] & PRESENT:
            sex, age = background[i]["sex"], max(background[i]["age"], 0)
            total[sex, age] += excess(person, background, i, education, illness, home, housing, continuity)
            count[sex, age] += 1.0
    out = np.ones((2, 102))
    for sex in range(2):
        for age in range(102):
            low, high = max(age - 2, 0), min(age + 3, 102)
            n = count[sex, low:high].sum()
            if n > 0:
                out[sex, age] = total[sex, low:high].sum() / n
    return out


@rule
def _write(rows: Array, n: int, day: int, event: int, slot: int) -> None:
    """Write what happens to a person on a day as row `n`."""
    rows[n, ROW_DAY], rows[n, ROW_EVENT], rows[n, ROW_PERSON], rows[n, ROW_MOTHER] = day, event, slot, -1


@kernel
def draw_departures(
    seed: int,
    year: int,
    first_day: int,
    days: int,
    person: Array,
    background: Array,
    mortality: Array,
    factor: Array,
    out_rate: Array,
    education: Array,
    illness: Array,
    home: float,
    housing: float,
    continuity: Array,
    events: Array,
) -> int:
    """Draw who dies or leaves this year and when: rows (day, event, person, -1); returns their number.

    `mortality` [2, 102] hazard without excess, `factor` [M, A, 4] on it by municipality, age group and segment,
    `out_rate` [M, 2, 102].
    """
    death = purpose_key(seed, Purpose.DEATH)
    leave = purpose_key(seed, Purpose.EMIGRATION)
    n = 0
    for i in range(person.size):
        if not person[i]["status"] & PRESENT:
            continue
        back, key = background[i], person[i]["key"]
        age, sex = min(max(back["age"], 0), 100), back["sex"]
        hazard = 0.5 * (mortality[sex, age] + mortality[sex, age + 1])
        hazard *= excess(person, background, i, education, illness, home, housing, continuity)
        hazard *= factor[back["municipality"], age_group_of(person[i]["risk"]), back["segment"]]
        rate = 0.5 * (out_rate[back["municipality"], sex, age] + out_rate[back["municipality"], sex, age + 1])
        fate, move = draw(death, key, np.uint64(2 * year)), draw(leave, key, np.uint64(2 * year))
        if fate >= hazard and move >= rate:  # a chance is below its hazard: most need no more reckoning
            continue
        dies, goes = fate < 1.0 - np.exp(-hazard), move < 1.0 - np.exp(-rate)
        dies_on = int(draw(death, key, np.uint64(2 * year + 1)) * days)
        goes_on = int(draw(leave, key, np.uint64(2 * year + 1)) * days)
        if dies and not (goes and goes_on < dies_on):
            _write(events, n, first_day + dies_on, DIES, i)
            n += 1
        elif goes:
            _write(events, n, first_day + goes_on, LEAVES, i)
            n += 1
    return n


@kernel
def draw_births(
    seed: int,
    year: int,
    first_day: int,
    days: int,
    person: Array,
    background: Array,
    fertility: Array,
    mothers: Array,
    born_on: Array,
) -> int:
    """Draw this year's births: writes mother and day; returns their number. `fertility` [102] per woman-year."""
    key = purpose_key(seed, Purpose.BIRTH)
    n = 0
    for i in range(person.size):
        if background[i]["sex"] != 1 or not person[i]["status"] & PRESENT:
            continue
        age = background[i]["age"]
        if 14 <= age <= 50:
            rate = 0.5 * (fertility[age] + fertility[age + 1])
            if draw(key, person[i]["key"], np.uint64(2 * year)) < rate:
                mothers[n] = i
                born_on[n] = first_day + int(draw(key, person[i]["key"], np.uint64(2 * year + 1)) * days)
                n += 1
    return n


@cold
def date_grants(seed: int, year: int, first_day: int, days: int, person: Array, granted: Array) -> Array:
    """Date the decisions on special housing of people `granted` int64[n]: rows (day, event, person, -1)."""
    key = purpose_key(seed, Purpose.HOUSING)
    rows = np.empty((granted.size, 4), np.int64)
    for i in range(granted.size):
        day = first_day + int(draw(key, person[granted[i]]["key"], np.uint64(year)) * days)
        _write(rows, i, day, GRANTED, granted[i])
    return rows


@cold
def newborn_keys(seed: int, year: int, mother_keys: Array) -> Array:
    """Permanent keys of newborns: they hang on the mother and the year alone."""
    key = purpose_key(seed, Purpose.IDENTITY)
    out = np.empty(mother_keys.size, np.uint64)
    for i in range(mother_keys.size):
        out[i] = mix(key ^ mother_keys[i], np.uint64(year))
    return out


@cold
def draw_arrivals(seed: int, year: int, first_day: int, days: int, expected: Array) -> tuple[Array, Array]:
    """In-migrants of a year: rows (municipality, sex, age on 31 December, day) int64[n, 4] and their keys.

    `expected` [M, 2, 101] persons a year. They hang on municipality, sex, age and year alone.
    """
    key = purpose_key(seed, Purpose.IMMIGRATION)
    rows = np.empty((int(expected.sum()) + expected.size, 4), np.int64)
    who = np.empty(rows.shape[0], np.uint64)
    n = 0
    for m in range(expected.shape[0]):
        for sex in range(2):
            for age in range(expected.shape[2]):
                cell = np.uint64(((m * 2 + sex) * 128 + age) * 4096 + year)
                count = int(expected[m, sex, age] + draw(key, cell, np.uint64(0)))
                for j in range(count):
                    who[n] = mix(key ^ cell, np.uint64(2 * j + 1))
                    rows[n, TO_MUNICIPALITY], rows[n, SEX], rows[n, AGE] = m, sex, age
                    rows[n, ARRIVAL_DAY] = first_day + int(draw(key, who[n], np.uint64(1)) * days)
                    n += 1
    return rows[:n], who[:n]


def in_order(events: Array) -> Array:
    """Sort rows (day, event, person, mother) by day, event and person."""
    return events[np.lexsort((events[:, ROW_PERSON], events[:, ROW_EVENT], events[:, ROW_DAY]))]
