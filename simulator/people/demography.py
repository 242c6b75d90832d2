"""Demography: ageing, deaths, births and moves, drawn on 1 January and dated to a day of the year.

A person aged x on 31 December faces the mean of the rates at x and x + 1. The death rate is that of age and
sex times the person's excess risk times a norm, such that those present in today's course die in the numbers
that the rates say. What strategies and chance do to illness and continuity moves deaths from there.
"""

from __future__ import annotations

import numpy as np

from simulator.core.dates import A_YEAR
from simulator.core.fields import Array
from simulator.core.kernels import cold, integer, kernel, rule
from simulator.core.randomness import Purpose, draw, mix, purpose_key, quantile
from simulator.core.state import HOME_NURSING, PRESENT, ROW_DAY, ROW_EVENT, ROW_MOTHER, ROW_PERSON, SPECIAL_HOUSING
from simulator.core.words import age_group_of

DIES, LEAVES, ARRIVES, IS_BORN, GRANTED, FALLS_ILL_LAST, ASKS_FOR_PALLIATIVE = range(7)
"""Events of the population; the order is that within a day."""
TO_MUNICIPALITY, SEX, AGE, ARRIVAL_DAY = range(4)
"""Columns of in-migrants, as `draw_arrivals` draws them."""
NOT_HERE = 1 << 40
"""A day that does not come."""


def through_the_year(rate: Array) -> Array:
    """Rates [..., 102] by age as those who are of an age on 31 December meet them in the year after, [..., 101]."""
    mean: Array = 0.5 * (rate[..., :-1] + rate[..., 1:])
    return mean


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
    general: Array,
) -> float:
    """Hazard of death relative to a person without conditions in ordinary housing and of mean general need."""
    back = background[i]
    out: float = illness[back["conditions"]] * education[back["sex"], back["education"]] * continuity[person[i]["dose"]]
    out *= general[i]
    if person[i]["status"] & SPECIAL_HOUSING or back["granted"]:
        out *= housing
    elif person[i]["status"] & HOME_NURSING:
        out *= home
    return out


EXCESS_BANDS, BANDS_PER_DOUBLING, LEAST_EXCESS = 96, 8, -2.0
"""Bands of excess, so many to each doubling, from a logarithm to the base of two on."""
NORM_AGES = 5
"""Ages over which the norm is taken together: single ages of a small region hold few people."""
DECADE = 10
NORM_ROUNDS = 12


@kernel
def count_excess(
    person: Array,
    background: Array,
    education: Array,
    illness: Array,
    home: float,
    housing: float,
    continuity: Array,
    general: Array,
    count: Array,
    total: Array,
) -> None:
    """Count the people present by sex, age and band of excess, and sum it: `count`, `total` float64[2, 101, bands]."""
    for i in range(person.size):
        if person[i]["status"] & PRESENT:
            sex, age = background[i]["sex"], min(max(background[i]["age"], 0), 100)
            risk = excess(person, background, i, education, illness, home, housing, continuity, general)
            band = int((np.log2(risk) - LEAST_EXCESS) * BANDS_PER_DOUBLING)
            band = min(max(band, 0), EXCESS_BANDS - 1)
            count[sex, age, band] += 1.0
            total[sex, age, band] += risk


def norm_of(count: Array, total: Array, rate: Array) -> Array:
    """Norm float64[2, 101] at which the people counted by `count_excess` die in the numbers that `rate` [2, 101] says.

    With excess e and norm c the sum of 1 - exp(-c rate e) is that of 1 - exp(-rate): people die by their own chance and
    not by the mean one, which bends down. It holds over five ages at each age, then exactly in each decade of life.
    """
    mean = np.divide(total, count, out=np.ones_like(total), where=count > 0.0)
    hazard, dying = rate[:, :, None] * mean, count.sum(axis=2) * -np.expm1(-rate)
    norm = _solved(_beside(count), _beside(hazard), _beside(dying[:, :, None]).sum(axis=2))
    of_decade = _solved(
        _by_decade(count), _by_decade(norm[:, :, None] * hazard), _by_decade(dying[:, :, None]).sum(axis=2)
    )
    normed: Array = norm * np.repeat(of_decade, DECADE, axis=1)[:, : norm.shape[1]]
    return normed


def _solved(people: Array, hazard: Array, dying: Array) -> Array:
    """Factor [2, n] on the hazards [2, n, m] of so many people at which `dying` [2, n] die; 1 where nobody is."""
    factor = np.ones_like(dying)
    for _ in range(NORM_ROUNDS):
        left = people * np.exp(-factor[:, :, None] * hazard)
        slope = (left * hazard).sum(axis=2)
        beyond = (people - left).sum(axis=2) - dying
        step = np.divide(beyond, slope, out=np.zeros_like(factor), where=slope > 0.0)
        factor = np.maximum(factor - step, factor / 4.0)
    return factor


def _beside(by_age: Array) -> Array:
    """Put beside each age what belongs to it and the two on either side: [2, 101, n] to [2, 101, 5 x n]."""
    edge = NORM_AGES // 2
    padded = np.pad(by_age, ((0, 0), (edge, edge), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, NORM_AGES, axis=1)
    together: Array = windows.reshape(*by_age.shape[:2], -1)
    return together


def _by_decade(by_age: Array) -> Array:
    """Put together what belongs to ten ages: [2, 101, n] to [2, 11, 10 x n]."""
    sexes, ages, n = by_age.shape
    padded = np.pad(by_age, ((0, 0), (0, -ages % DECADE), (0, 0)))
    return padded.reshape(sexes, -1, DECADE * n)


@rule
def _write(rows: Array, n: int, day: int, event: int, slot: int) -> None:
    """Write what happens to a person on a day as row `n`."""
    rows[n, ROW_DAY], rows[n, ROW_EVENT], rows[n, ROW_PERSON], rows[n, ROW_MOTHER] = day, event, slot, -1


@rule
def _moves_with(background: Array, there_from: Array, i: int) -> int:
    """Who of a couple the draws of moving away are made for; both are asked alike, so they mostly leave together."""
    other = integer(background[i]["partner"]) - 1
    return min(i, other) if other >= 0 and there_from[other] != NOT_HERE else i


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
    general: Array,
    spared: Array,
    there_from: Array,
    events: Array,
    dies_on: Array,
) -> int:
    """Draw who dies or leaves this year and when: rows (day, event, person, -1); returns their number.

    `mortality` [2, 101] hazard of the year without excess, `factor` [M, A, 4] on it by municipality, age group and
    segment, `out_rate` [M, 2, 102], `general` float32[N] on it by general need, `spared` float32[N] what care leaves
    of it, `there_from` int64[N] the day from which people are there. Who moves in may die
    from then on, and does not leave again in the same year. `dies_on` int32[N] is set to the day of death of those who
    die this year, and to that of the year after if it came now, of those who would die then.
    """
    death = purpose_key(seed, Purpose.DEATH)
    leave = purpose_key(seed, Purpose.EMIGRATION)
    n = 0
    for i in range(person.size):
        if there_from[i] == NOT_HERE:
            continue
        back, key = background[i], person[i]["key"]
        age, sex = min(max(back["age"], 0), 100), back["sex"]
        hazard = mortality[sex, age]
        hazard *= excess(person, background, i, education, illness, home, housing, continuity, general) * spared[i]
        hazard *= factor[back["municipality"], age_group_of(person[i]["risk"]), back["segment"]]
        rate = 0.5 * (out_rate[back["municipality"], sex, age] + out_rate[back["municipality"], sex, age + 1])
        later = draw(death, key, np.uint64(2 * year + 2))
        if later < hazard and later < 1.0 - np.exp(-hazard):
            dies_on[i] = first_day + days + int(draw(death, key, np.uint64(2 * year + 3)) * A_YEAR)
        moves_as = person[_moves_with(background, there_from, i)]["key"]
        fate, move = draw(death, key, np.uint64(2 * year)), draw(leave, moves_as, np.uint64(2 * year))
        if fate >= hazard and move >= rate:  # a chance is below its hazard: most need no more reckoning
            continue
        settled = there_from[i] <= first_day
        dies, goes = fate < 1.0 - np.exp(-hazard), settled and move < 1.0 - np.exp(-rate)
        death_on = first_day + int(draw(death, key, np.uint64(2 * year + 1)) * days)
        goes_on = first_day + int(draw(leave, moves_as, np.uint64(2 * year + 1)) * days)
        dies = dies and (settled or death_on > there_from[i])
        if dies and not (goes and goes_on < death_on):
            _write(events, n, death_on, DIES, i)
            dies_on[i] = death_on
            n += 1
        elif goes:
            _write(events, n, goes_on, LEAVES, i)
            n += 1
    return n


@cold
def date_last_illness(seed: int, first_day: int, person: Array, deaths: Array, days: float, quantiles: Array) -> Array:
    """Date the last illness of those who die, rows int64[n, 4] of `draw_departures`: as many rows of its beginning.

    It lasts `days` on average, as `quantiles` are spread, from some hour of its first day on; what began last year
    begins on the first.
    """
    key = purpose_key(seed, Purpose.LAST_ILLNESS)
    rows = np.empty((deaths.shape[0], 4), np.int64)
    for i in range(deaths.shape[0]):
        slot = deaths[i, ROW_PERSON]
        length = 1 + int(days * quantile(quantiles, draw(key, person[slot]["key"], np.uint64(2))))
        _write(rows, i, max(deaths[i, ROW_DAY] - length, first_day), FALLS_ILL_LAST, slot)
    return rows


@cold
def date_palliative_care(
    seed: int, first_day: int, days: int, person: Array, dies_on: Array, mean: float, quantiles: Array
) -> Array:
    """Date when people may ask for palliative care at home before their death, `dies_on` int32[N]: rows int64[n, 4].

    It is `mean` days before on average, as `quantiles` are spread, a year at most. What should have begun last year
    begins on the first, for who asked then does not ask again; what begins next year is dated next year.
    """
    key = purpose_key(seed, Purpose.FORESEEN)
    rows, n = np.empty((dies_on.size, 4), np.int64), 0
    for i in range(dies_on.size):
        if dies_on[i] < first_day + days + A_YEAR:
            length = 1 + int(min(mean * quantile(quantiles, draw(key, person[i]["key"], np.uint64(1))), A_YEAR - 1.0))
            if dies_on[i] - length < first_day + days:
                _write(rows, n, max(dies_on[i] - length, first_day), ASKS_FOR_PALLIATIVE, i)
                n += 1
    return rows[:n].copy()


@kernel
def draw_births(
    seed: int,
    year: int,
    first_day: int,
    days: int,
    person: Array,
    background: Array,
    fertility: Array,
    there_from: Array,
    mothers: Array,
    born_on: Array,
) -> int:
    """Draw this year's births: writes mother and day; returns their number. `fertility` [102] per woman-year.

    A woman gives birth here from the day `there_from` int64[N] on, which for who moves in is that of her arrival.
    """
    key = purpose_key(seed, Purpose.BIRTH)
    n = 0
    for i in range(person.size):
        if background[i]["sex"] != 1 or there_from[i] == NOT_HERE:
            continue
        age = background[i]["age"]
        if 14 <= age <= 50:
            rate = 0.5 * (fertility[age] + fertility[age + 1])
            if draw(key, person[i]["key"], np.uint64(2 * year)) < rate:
                day = first_day + int(draw(key, person[i]["key"], np.uint64(2 * year + 1)) * days)
                if day >= there_from[i]:
                    mothers[n], born_on[n] = i, day
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
