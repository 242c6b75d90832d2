"""The last day of a year: its continuity and use are counted, everybody grows older, the census is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from simulator.care import coordination, municipal
from simulator.core.dates import EPOCH, FIRST_DAY, day_number
from simulator.core.fields import Array
from simulator.core.kernels import kernel
from simulator.core.record import (
    ADMITTED_OF_ALL,
    AT_RISK,
    CONCENTRATION,
    EXPLAINED,
    HEAVIEST,
    IN_SPECIAL_HOUSING,
    OF_LISTED,
    SMOKING,
    STAY_IN_TOP_5,
    STILL_LISTED,
    TOP_1,
    TOP_5,
    TOP_10,
    USED_BEFORE,
    USED_NOW,
    WITH_HOME_NURSING,
    WITH_OBESITY,
    Record,
)
from simulator.core.state import (
    CHRONIC,
    COMPLEX,
    HOME_NURSING,
    IN_HOSPITAL,
    OBESE,
    PRESENT,
    SPECIAL_HOUSING,
    WAS_IN_HOSPITAL,
    State,
)
from simulator.core.tables import Tables
from simulator.groups import choose_few
from simulator.people import continuity, habits, morbidity
from simulator.people.habits import smokes
from simulator.people.psychiatric_need import patients_of_year
from simulator.region.pack import Region

HEAVY_SHARES = (0.01, 0.05, 0.10)


def close_year(
    state: State, record: Record, tables: Tables, region: Region, index: int, controls: Mapping[str, Array]
) -> None:
    """Count the year's continuity and who used its care, and let everybody grow a year older."""
    few = choose_few(state, tables, region, EPOCH.year + index)
    morbidity.sum_use(state.person, state.relation, few, record.use_of_few[index - 1])
    record.listed[index - 1] = of_listed(state)
    record.concentrated[index - 1] = concentration(state, day_number(date(EPOCH.year + index - 1, 1, 1)))
    least = int(region.parameters["continuity.least_visits"])
    continuity.close_year(
        state.person, state.background, state.relation, state.seen, least, record.continuity[index - 1]
    )
    _grow_older(state.background)
    habits.take_habits(
        state.seed[0],
        state.person,
        state.background,
        0,
        state.person.size,
        habits.shares_of(region),
        habits.HABITS_FROM,
    )
    record.psychiatric_patients[index - 1] = patients_of_year(state)
    state.point = state.point[:0]  # met or gone: nothing that a checkpoint needs to carry
    take_census(state, record, region, index, controls)


def of_listed(state: State) -> Array:
    """What the year's care says of the list that it began with, float64[OF_LISTED], as a year's end finds people.

    Those who used most are as many as the list has; of equals who count among them is left to the order of the people.
    """
    here = (state.person["status"] & PRESENT) != 0
    use, before = (state.relation[name][here].astype(np.float64) for name in ("used", "used_before"))
    on_list = (state.person["status"][here] & COMPLEX) != 0
    out = np.zeros(len(OF_LISTED))
    out[STILL_LISTED], out[USED_BEFORE], out[USED_NOW] = on_list.sum(), before[on_list].sum(), use[on_list].sum()
    if out[STILL_LISTED]:
        heaviest = np.argpartition(-use, int(out[STILL_LISTED]) - 1)[: int(out[STILL_LISTED])]
        out[HEAVIEST] = on_list[heaviest].sum()
    return out


def concentration(state: State, first_day: int) -> Array:
    """How the use of the year that began on a day gathers in those present, float64[CONCENTRATION]."""
    out = np.zeros(len(CONCENTRATION))
    here = (state.person["status"] & PRESENT) != 0
    use, before = (state.relation[name][here].astype(np.float64) for name in ("used", "used_before"))
    if not use.any():
        return out
    rising = np.sort(state.relation["used"][here]).astype(np.float64)  # as whole numbers, which sort sooner
    for place, share in zip((TOP_1, TOP_5, TOP_10), HEAVY_SHARES, strict=True):
        out[place] = rising[use.size - max(round(share * use.size), 1) :].sum() / rising.sum()
    heavy, were = (values >= max(np.quantile(values, 0.95), 1.0) for values in (use, before))
    out[STAY_IN_TOP_5] = (heavy & were).sum() / max(were.sum(), 1)
    if before.std() > 0.0 and use.std() > 0.0:
        out[EXPLAINED] = np.corrcoef(use, before)[0, 1] ** 2
    bed = state.relation["bed"][here].astype(np.int64)
    left = (bed & (WAS_IN_HOSPITAL - 1)) + FIRST_DAY
    inside = (state.person["status"][here] & IN_HOSPITAL) != 0
    out[ADMITTED_OF_ALL] = (inside | ((bed >= WAS_IN_HOSPITAL) & (left >= first_day))).mean()
    return out


@kernel
def _grow_older(background: Array) -> None:
    for i in range(background.size):
        background[i]["age"] = min(background[i]["age"] + 1, 100)


def take_census(state: State, record: Record, region: Region, index: int, controls: Mapping[str, Array]) -> None:
    """Count everybody present on 31 December into the record's row `index` (0 = 2022)."""
    coordination.count_coordination(
        state.seed[0], state.person, state.background, state.relation, state.chair,
        coordination.shares(region, controls), coordination.reviewed(region),
        municipal.help_shares(state, region), morbidity.GROUP_OF_AGE,
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
    _count_habits(state.person, state.background, morbidity.GROUP_OF_AGE, record.habits[index])


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


@kernel
def _count_habits(person: Array, background: Array, group_of_age: Array, out: Array) -> None:
    """Count adults who smoke daily, have obesity, and run a great risk of ill health, into `out` [M, A, 3].

    A great risk runs who has either habit and no chronic condition, so few contacts with care or none.
    """
    for i in range(person.size):
        back = background[i]
        if not person[i]["status"] & PRESENT or not back["habits"]:
            continue
        smoker, obese = smokes(back["habits"]), (back["habits"] & OBESE) != 0
        counted = out[back["municipality"], group_of_age[max(back["age"], 0)]]
        counted[SMOKING] += smoker
        counted[WITH_OBESITY] += obese
        counted[AT_RISK] += (smoker or obese) and back["segment"] <= morbidity.FEW_CONTACTS
