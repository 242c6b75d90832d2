"""Who dies, moves and is born in the year that begins: rates, draws, and those who are new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from simulator.core.dates import day_number, days_in_year
from simulator.core.fields import Array
from simulator.core.randomness import LASTING, Purpose, draws
from simulator.core.state import (
    BY_PERSON,
    COMPLEX,
    NO_CHAIR,
    NOT_SOON,
    PRESENT,
    ROW_EVENT,
    State,
    grown,
)
from simulator.core.tables import Tables
from simulator.groups import classify
from simulator.norms import DEATH_NORM
from simulator.people import (
    demography,
    habits,
    households,
    lasting_need,
    morbidity,
)
from simulator.people.population import (
    People,
    choose_centre,
    choose_education,
    empty_people,
)
from simulator.region.axes import SEXES
from simulator.region.pack import Region

LAST_NORMED = 2027
"""The last year whose norm of deaths is worked out from those present: strategies begin on its first day."""


def set_hazard(state: State, tables: Tables, region: Region, year: int, general: Array) -> None:
    """Set the year's hazard of death of a person without excess risk; `general` float32[N] is that of general need.

    Until strategies begin the people present die in the numbers that the rates and their trend say. After that the
    norm changes from year to year as it does in today's course, whatever the course, so that what a strategy does to
    illness and continuity shows.
    """
    if year <= LAST_NORMED:
        rate = demography.through_the_year(tables.mortality) * mortality_trend(region, year)
        count = np.zeros((2, rate.shape[1], demography.EXCESS_BANDS))
        total = np.zeros_like(count)
        demography.count_excess(
            state.person, state.background, *excess_arguments(tables, region), general, count, total
        )
        state.hazard = rate * demography.norm_of(count, total, rate) * state.normaliser[DEATH_NORM]
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


def spared_by_care(state: State, region: Region, controls: Mapping[str, Array], death_factor: Array) -> Array:
    """What earlier dialogues, monitoring at home and närvårdsteam leave of the hazard of death, float32[N]."""
    p, person, back = region.parameters, state.person, state.background
    out: Array = death_factor[back["municipality"], np.maximum(back["age"], 0)].astype(np.float32)
    codes = [condition.code for condition in region.conditions]
    monitored, keys = controls["telemonitoring"], np.ascontiguousarray(person["key"])
    if monitored.any() and "heart_failure" in codes:
        ill = (state.background["conditions"] >> codes.index("heart_failure")) & 1
        share = monitored.reshape(-1, monitored.shape[-1])[person["cell"], state.background["segment"]]
        followed = draws(state.seed[0], Purpose.MONITORING, keys, LASTING) < share
        out[(ill != 0) & followed] *= p["telemonitoring.heart_failure_death_ratio"]
    if state.centre["team"].any():
        followed = draws(state.seed[0], Purpose.TEAM, keys, LASTING) < state.centre["team"][person["centre"]]
        out[((person["status"] & COMPLEX) != 0) & followed] *= p["team.death_ratio"]
    return out


def draw_coming(
    state: State,
    tables: Tables,
    region: Region,
    year: int,
    granted: Array,
    controls: Mapping[str, Array],
    death_factor: Array,
    general: Array,
) -> Array:
    """Draw the year's deaths, moves and births and when housing is granted; uint8[N], 1 = will arrive this year.

    `general` float32[N] is the general need of those who are here before anybody arrives.
    """
    seed, days, first_day = state.seed[0], days_in_year(year), day_number(date(year, 1, 1))
    factor, before = migration_factor(region, tables, year), state.person.size
    rows, keys = demography.draw_arrivals(seed, year, first_day, days, region.in_migration * factor[:, None, None])
    coming = [demography.date_grants(seed, year, first_day, days, state.person, granted)]
    coming.append(_add_arrivals(state, tables, region, year, rows, keys))
    there_from = np.where(state.person["status"] & PRESENT, first_day, demography.NOT_HERE)
    there_from[before:] = rows[:, demography.ARRIVAL_DAY]
    events = np.empty((state.person.size, 4), np.int64)
    spread = lasting_need.spread_of(region)
    arrive = lasting_need.general_need(seed, year, state.person[before:], spread)
    general = lasting_need.death_factors(seed, year, state.person, spread, np.concatenate([general, arrive]))
    general *= households.death_factor(state, region, controls)
    set_hazard(state, tables, region, year, general)
    dies_on = np.full(state.person.size, NOT_SOON, np.int32)
    n = demography.draw_departures(
        seed, year, first_day, days, state.person, state.background, state.hazard, controls["mortality"],
        tables.out_rate / factor[:, None, None], *excess_arguments(tables, region), general,
        spared_by_care(state, region, controls, death_factor), there_from, events, dies_on,
    )  # fmt: skip
    coming.append(events[:n])
    deaths = events[:n][events[:n, ROW_EVENT] == demography.DIES]
    last_days = region.parameters["last_year.illness_days"]
    coming.append(demography.date_last_illness(seed, first_day, state.person, deaths, last_days, tables.stay_quantile))
    coming.append(_foresee(state, tables, region, first_day, days, dies_on))
    mothers, born_on = np.empty(state.person.size, np.int64), np.empty(state.person.size, np.int64)
    births = demography.draw_births(
        seed, year, first_day, days, state.person, state.background, tables.fertility, there_from, mothers, born_on
    )
    coming.append(_add_newborns(state, tables, region, year, mothers[:births], born_on[:births]))
    state.dies_on = np.full(state.person.size, NOT_SOON, np.int32)
    state.dies_on[: dies_on.size] = dies_on
    state.coming = demography.in_order(np.concatenate(coming))
    state.coming_next[0] = 0
    expected = np.zeros(state.person.size, np.uint8)
    expected[before:] = 1
    return expected


def _foresee(state: State, tables: Tables, region: Region, first_day: int, days: int, dies_on: Array) -> Array:
    """Date when those who die soon may ask for palliative care at home; who lives on after all has not asked yet."""
    state.background["palliative"][dies_on >= first_day + days] = 0
    return demography.date_palliative_care(
        state.seed[0], first_day, days, state.person, dies_on, region.parameters["dying.palliative_days"],
        tables.stay_quantile,
    )  # fmt: skip


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
    habits.take_habits(
        state.seed[0], people.person, people.background, 0, len(rows), habits.shares_of(region), habits.LAST_AGE
    )
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
