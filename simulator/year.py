"""The population's year: what is settled on 1 January and counted on 31 December."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from simulator.care import coordination, municipal
from simulator.core.dates import EPOCH, WEEKDAYS, day_number, days_in_year
from simulator.core.fields import Array
from simulator.core.kernels import kernel
from simulator.core.record import IN_SPECIAL_HOUSING, WITH_HOME_NURSING, Record
from simulator.core.state import (
    BY_PERSON,
    CHRONIC,
    COMPLEX,
    HOME_NURSING,
    NO_CHAIR,
    PRESENT,
    SPECIAL_HOUSING,
    State,
    grown,
)
from simulator.core.tables import Tables
from simulator.needs import draw_needs
from simulator.people import continuity, demography, morbidity
from simulator.people.population import People, choose_centre, choose_education, empty_people, name_gps, named_share
from simulator.region.axes import SEXES
from simulator.region.pack import Region

AGED = 80


def open_year(
    state: State,
    tables: Tables,
    region: Region,
    year: int,
    controls: Sequence[Mapping[str, Array]],
    onset_factor: Array,
) -> None:
    """Settle a year: health, settings, named GPs, who comes and goes, and every need of care.

    `controls` holds the control values of the year's twelve months, `onset_factor` float64[M, AGES] what
    earlier prevention leaves of the onset of disease by municipality and age.
    """
    seed, first_day, p = state.seed[0], day_number(date(year, 1, 1)), region.parameters
    memory, full = p["continuity.memory_days"], p["continuity.full_share"]
    continuity.forget(state.person, state.relation, first_day, memory, full)
    morbidity.fall_ill(seed, year, state.person, state.background, *onset_of_year(tables, year), onset_factor)
    classify(state, tables, region, year, 0)
    granted = np.empty(state.person.size, np.int64)
    n = morbidity.change_settings(
        seed, year, state.person, state.background, tables.home_entry, p["home_nursing.exit_share"],
        tables.housing_entry, granted,
    )  # fmt: skip
    name_gps(
        seed, year, state.person, 0, state.person.size, state.centre, state.chair, named_share(region),
        p["home_nursing.permanent_gp_share"], p["primary_care.renamed_share"],
    )  # fmt: skip
    count_groups(state)
    set_hazard(state, tables, region, year)
    expected = _draw_coming(state, tables, region, year, granted[:n], controls[0]["mortality"])
    _list_home_nursing(state, region, year)
    draw_needs(state, tables, region, year, controls, expected)


def open_year_before(
    state: State, tables: Tables, region: Region, year: int, controls: Sequence[Mapping[str, Array]]
) -> None:
    """Settle the year before the first, in which nobody comes, goes, ages or falls ill: its needs alone."""
    _list_home_nursing(state, region, year)
    draw_needs(state, tables, region, year, controls, np.zeros(state.person.size, np.uint8))


def classify(state: State, tables: Tables, region: Region, year: int, first: int) -> None:
    """Bring RUB, segment, setting and age group of people from `first` on up to date."""
    p, people = region.parameters, state.person.size
    share = p["segment.no_contact_share_of_healthy"]
    score = np.empty(people - first)
    need = p["onset.need_share"]
    morbidity.scores(state.seed[0], year, state.person, state.background, first, tables.score, share, need, score)
    if not state.threshold.any():  # the start population sets the bands once and for all
        group = morbidity.GROUP_OF_AGE[np.maximum(state.background["age"], 0)]
        state.threshold = morbidity.part_into_bands(score, group, region.rub_share)
    morbidity.classify(
        state.seed[0], year, state.person, state.background, first, people, score, state.threshold,
        morbidity.GROUP_OF_AGE, tables.complex_chance, need,
    )  # fmt: skip


def count_groups(state: State) -> None:
    """Count those aged 80 and over by municipality and those with complex needs by centre.

    Municipal posts and places follow the first, närvårdsteam the second.
    """
    few = (state.person["status"] & (PRESENT | COMPLEX)) == (PRESENT | COMPLEX)
    state.centre["complex"] = np.bincount(state.person["centre"][few], minlength=len(state.centre))
    old = ((state.person["status"] & PRESENT) != 0) & (state.background["age"] >= AGED)
    towns = state.municipality
    towns["aged"] = np.bincount(state.background["municipality"][old], minlength=len(towns))
    if not towns["aged_at_start"].any():
        towns["aged_at_start"] = towns["aged"]


def onset_of_year(tables: Tables, year: int) -> tuple[Array, Array]:
    """Onset of a year, cumulated over conditions, float64[2, ages, bands, c], and the share that trends add to it.

    The share is float64[2, ages, c]; the onset of the pack is that of the year before the first.
    """
    factor = (1.0 + tables.onset_trend) ** (year - EPOCH.year + 1)
    onset: Array = np.cumsum(tables.onset * factor[:, :, None, :], axis=-1)
    return np.ascontiguousarray(onset), 1.0 - 1.0 / np.maximum(factor, 1.0)


def through_the_year(rate: Array) -> Array:
    """Rates [..., 102] by age as those who are of an age on 31 December meet them in the year after, [..., 101]."""
    mean: Array = 0.5 * (rate[..., :-1] + rate[..., 1:])
    return mean


LAST_NORMED = 2027
"""The last year whose norm of deaths is worked out from those present: strategies begin on its first day."""


def set_hazard(state: State, tables: Tables, region: Region, year: int) -> None:
    """Set the year's hazard of death of a person without excess risk.

    Until strategies begin the people present die in the numbers that the rates and their trend say. After that the
    norm changes from year to year as it does in today's course, whatever the course, so that what a strategy does to
    illness and continuity shows.
    """
    if year <= LAST_NORMED:
        rate = through_the_year(tables.mortality) * mortality_trend(region, year)
        count = np.zeros((2, rate.shape[1], demography.EXCESS_BANDS))
        total = np.zeros_like(count)
        demography.count_excess(state.person, state.background, *excess_arguments(tables, region), count, total)
        state.hazard = rate * demography.norm_of(count, total, rate)
    else:
        falling = mortality_trend(region, year) / mortality_trend(region, year - 1)
        state.hazard = state.hazard * falling * (1.0 + tables.norm_drift)


def mortality_trend(region: Region, year: int) -> Array:
    """Death rates of a year over those of the pack, which hold in 2023 and 2024, by sex: float64[2, 1]."""
    falling = np.array([[region.parameters[f"mortality.trend_{sex}"]] for sex in SEXES])
    trend: Array = (1.0 - falling) ** max(year - STATED, 0)
    return trend


STATED = 2024
"""The last year for which the rates of death and migration of the pack are stated; then their course begins."""


def migration_factor(region: Region, tables: Tables, year: int) -> Array:
    """Factor float64[M] on in-migration, and divisor of out-migration, on their way back to a longer mean."""
    left = region.parameters["migration.persistence"] ** max(year - STATED, 0)
    factor: Array = np.exp(tables.migration_shift * (1.0 - left))
    return factor


def excess_arguments(tables: Tables, region: Region) -> tuple[Array, Array, float, float, Array]:
    """What `demography.excess` needs beside the person."""
    p = region.parameters
    return (
        region.education_mortality, tables.excess, p["mortality.home_nursing_ratio"],
        p["mortality.special_housing_ratio"], tables.effect[2],
    )  # fmt: skip


def _draw_coming(state: State, tables: Tables, region: Region, year: int, granted: Array, mortality: Array) -> Array:
    """Draw the year's deaths, moves and births and when housing is granted; uint8[N], 1 = will arrive this year."""
    seed, days, first_day = state.seed[0], days_in_year(year), day_number(date(year, 1, 1))
    factor, before = migration_factor(region, tables, year), state.person.size
    rows, keys = demography.draw_arrivals(seed, year, first_day, days, region.in_migration * factor[:, None, None])
    coming = [demography.date_grants(seed, year, first_day, days, state.person, granted)]
    coming.append(_add_arrivals(state, tables, region, year, rows, keys))
    there_from = np.where(state.person["status"] & PRESENT, first_day, demography.NOT_HERE)
    there_from[before:] = rows[:, demography.ARRIVAL_DAY]
    events = np.empty((state.person.size, 4), np.int64)
    n = demography.draw_departures(
        seed, year, first_day, days, state.person, state.background, state.hazard, mortality,
        tables.out_rate / factor[:, None, None], *excess_arguments(tables, region), there_from, events,
    )  # fmt: skip
    coming.append(events[:n])
    mothers, born_on = np.empty(state.person.size, np.int64), np.empty(state.person.size, np.int64)
    births = demography.draw_births(
        seed, year, first_day, days, state.person, state.background, tables.fertility, there_from, mothers, born_on
    )
    coming.append(_add_newborns(state, tables, region, year, mothers[:births], born_on[:births]))
    state.coming = demography.in_order(np.concatenate(coming))
    state.coming_next[0] = 0
    expected = np.zeros(state.person.size, np.uint8)
    expected[before:] = 1
    return expected


def _append(state: State, people: People) -> int:
    """Add people to the state; returns the first new slot."""
    first: int = state.person.size
    for name in BY_PERSON:
        new = getattr(people, name)
        longer = grown(getattr(state, name), first + len(new))
        longer[first:] = new
        setattr(state, name, longer)
    return first


def _add_newborns(state: State, tables: Tables, region: Region, year: int, mothers: Array, born_on: Array) -> Array:
    """Create this year's children; returns their events."""
    people = empty_people(mothers.size)
    person, back = people.person, people.background
    person["key"] = demography.newborn_keys(state.seed[0], year, state.person["key"][mothers])
    for name in ("centre", "hospital", "chair"):
        person[name] = state.person[name][mothers]
    back["municipality"] = state.background["municipality"][mothers]
    back["age"] = -1
    boys = region.parameters["births.share_boys"]
    back["sex"] = (person["key"] >> np.uint64(11)) * 2.0**-53 >= boys
    person["cell"] = back["municipality"].astype(np.uint16) * morbidity.AGE_GROUP_COUNT
    choose_education(int(state.seed[0]), people, 0, region)
    morbidity.draw_conditions(state.seed[0], person, back, 0, mothers.size, tables.prevalence)
    slots = _append(state, people) + np.arange(mothers.size)
    return np.column_stack([born_on, np.full(mothers.size, demography.IS_BORN), slots, mothers])


def _add_arrivals(state: State, tables: Tables, region: Region, year: int, rows: Array, keys: Array) -> Array:
    """Create this year's in-migrants, as healthy or ill as residents of their age; returns their events."""
    people = empty_people(len(rows))
    people.person["key"] = keys
    people.background["municipality"] = rows[:, demography.TO_MUNICIPALITY]
    people.background["sex"] = rows[:, demography.SEX]
    people.background["age"] = rows[:, demography.AGE] - 1  # the age on 31 December is reached when the year closes
    people.person["chair"] = NO_CHAIR
    choose_education(int(state.seed[0]), people, 0, region)
    choose_centre(int(state.seed[0]), people, 0, region)
    morbidity.draw_conditions(state.seed[0], people.person, people.background, 0, len(rows), tables.prevalence)
    first = _append(state, people)
    classify(state, tables, region, year, first)
    last = state.person.size
    morbidity.settle(
        state.seed[0], state.person, state.background, first, last, tables.home_share, tables.housing_share
    )
    return np.column_stack(
        [
            rows[:, demography.ARRIVAL_DAY],
            np.full(len(rows), demography.ARRIVES),
            first + np.arange(len(rows)),
            np.full(len(rows), -1),
        ]
    )


def _list_home_nursing(state: State, region: Region, year: int) -> None:
    """List the year's home visits by weekday and municipality."""
    p, start = region.parameters, np.empty_like(state.home_start)
    who = np.flatnonzero(state.person["status"] & HOME_NURSING)
    who = who[np.argsort(state.background["municipality"][who], kind="stable")]
    visits = np.empty(who.size * WEEKDAYS, np.int64)
    municipal.plan_home_visits(
        state.seed[0], year, state.person, who, state.background["municipality"][who],
        p["home_nursing.visits_per_day"], p["home_nursing.visits_rub_factor"], visits, start,
    )  # fmt: skip
    state.home_start, state.home_list = start, visits[: start[-1, -1]].copy()


def close_year(state: State, record: Record, region: Region, index: int, controls: Mapping[str, Array]) -> None:
    """Count the continuity of the year past and let everybody grow a year older."""
    least = int(region.parameters["continuity.least_visits"])
    continuity.close_year(
        state.person, state.background, state.relation, state.seen, least, record.continuity[index - 1]
    )
    _grow_older(state.background)
    state.point = state.point[:0]  # met or gone: nothing that a checkpoint needs to carry
    take_census(state, record, region, index, controls)


@kernel
def _grow_older(background: Array) -> None:
    for i in range(background.size):
        background[i]["age"] = min(background[i]["age"] + 1, 100)


def take_census(state: State, record: Record, region: Region, index: int, controls: Mapping[str, Array]) -> None:
    """Count everybody present on 31 December into the record's row `index` (0 = 2022)."""
    coordination.count_coordination(
        state.seed[0], state.person, state.background, state.chair, coordination.shares(region, controls),
        coordination.reviewed(region), region.parameters["home_help.share_of_home_nursing"], morbidity.GROUP_OF_AGE,
        record.coordination[index], record.nursed[index], record.helped[index],
    )  # fmt: skip
    _count_people(
        state.person, state.background, morbidity.GROUP_OF_AGE, record.population[index], record.segment[index],
        record.rub[index], record.setting[index], record.condition[index], record.education[index],
    )  # fmt: skip
    _count_ill(
        state.person, state.background, morbidity.GROUP_OF_AGE, record.multimorbid[index], record.few[index],
        record.few_by_centre[index],
    )  # fmt: skip


@kernel
def _count_people(
    person: Array,
    background: Array,
    group_of_age: Array,
    population: Array,
    segment: Array,
    rub: Array,
    setting: Array,
    condition: Array,
    education: Array,
) -> None:
    for i in range(person.size):
        if not person[i]["status"] & PRESENT:
            continue
        back = background[i]
        m, age = back["municipality"], max(back["age"], 0)
        population[m, back["sex"], age] += 1
        education[back["education"], back["sex"], age] += 1
        sex, group = back["sex"], group_of_age[age]
        segment[m, group, back["segment"]] += 1
        rub[m, sex, group, back["rub"]] += 1
        setting[m, sex, group, WITH_HOME_NURSING] += (person[i]["status"] & HOME_NURSING) != 0
        setting[m, sex, group, IN_SPECIAL_HOUSING] += (person[i]["status"] & SPECIAL_HOUSING) != 0
        if person[i]["status"] & CHRONIC:
            for c in range(condition.size):
                condition[c] += (back["conditions"] >> c) & 1


@kernel
def _count_ill(
    person: Array, background: Array, group_of_age: Array, multimorbid: Array, few: Array, few_by_centre: Array
) -> None:
    """Count the chronically ill with two conditions or more, and people with complex needs where they are."""
    for i in range(person.size):
        status = person[i]["status"]
        if not status & PRESENT or not status & CHRONIC:
            continue
        back = background[i]
        m, group, held = back["municipality"], group_of_age[max(back["age"], 0)], back["conditions"]
        multimorbid[m, group] += (held & (held - 1)) != 0
        if status & COMPLEX:
            few[m, back["sex"], group] += 1
            few_by_centre[person[i]["centre"]] += 1
