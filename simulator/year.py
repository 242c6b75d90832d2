"""The population's year: what is settled on 1 January and counted on 31 December."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from simulator.care import municipal
from simulator.care.offer import PLAN_GIVEN, REVIEW_GIVEN, offers_of
from simulator.core.dates import EPOCH, WEEKDAYS, day_number, days_in_year
from simulator.core.fields import Array
from simulator.core.randomness import LASTING, Purpose, draws
from simulator.core.state import (
    BY_PERSON,
    COMPLEX,
    HOME_NURSING,
    NO_CHAIR,
    NOT_SOON,
    PRESENT,
    ROW_EVENT,
    State,
    grown,
)
from simulator.core.tables import Tables
from simulator.needs import draw_needs
from simulator.norms import DEATH_NORM
from simulator.people import (
    continuity,
    demography,
    finding,
    habits,
    households,
    lasting_need,
    morbidity,
    psychiatric_need,
)
from simulator.people.population import (
    People,
    change_gps,
    choose_centre,
    choose_education,
    empty_people,
    name_gps,
    named_share,
)
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
    death_factor: Array,
    new_cases: Array,
    enrolled: Array,
) -> None:
    """Settle a year: health, settings, named GPs, who comes and goes, and every need of care.

    `controls` holds the control values of the year's twelve months, `onset_factor` and `death_factor` float64[M, AGES]
    what earlier prevention leaves of the onset of disease and of the hazard of death by municipality and age. Those
    who fall ill are counted in `new_cases` int32[M, c], those whom home nursing enrols in `enrolled` int32[M, 3].
    """
    seed, first_day, p = state.seed[0], day_number(date(year, 1, 1)), region.parameters
    memory, full = p["continuity.memory_days"], p["continuity.full_share"]
    continuity.forget(state.person, state.relation, state.chair, first_day, memory, full)
    spared = change_habits(state, tables, region, year, controls)
    morbidity.fall_ill(
        seed, year, state.person, state.background, *onset_of_year(tables, year), onset_factor, spared, new_cases
    )
    classify(state, tables, region, year, 0, controls[0])
    morbidity.next_year_of_use(state.relation)
    granted = np.empty(state.person.size, np.int64)
    n = morbidity.change_settings(
        seed, year, state.person, state.background, tables.home_entry, p["home_nursing.exit_share"],
        tables.housing_entry, housing_sought(state, region),
        households.housing_factor(state, region, controls[0]["carer_support"]), p["home_care.special_housing_ratio"],
        granted, offers_of(region, controls[0])[[PLAN_GIVEN, REVIEW_GIVEN]], enrolled,
    )  # fmt: skip
    general = lasting_need.general_need(seed, year, state.person, lasting_need.spread_of(region))
    changing = changes_of_gp(state, region, year, general)
    change_gps(seed, year, state.person, state.relation, changing, state.centre, state.chair)
    name_gps(
        seed, year, state.person, 0, state.person.size, state.centre, state.chair, named_share(region),
        p["home_nursing.permanent_gp_share"], p["primary_care.renamed_share"],
    )  # fmt: skip
    count_groups(state)
    expected = _draw_coming(state, tables, region, year, granted[:n], controls[0], death_factor, general)
    _list_home_nursing(state, region, year)
    draw_needs(state, tables, region, year, controls, expected)
    psychiatric_need.open_year(state, tables, region, year, general)
    state.background["lost"] = 0


def change_habits(
    state: State, tables: Tables, region: Region, year: int, controls: Sequence[Mapping[str, Array]]
) -> habits.Spared:
    """Let support make some stop smoking, and return what it and weight programmes spare of this year's onset."""
    p, groups = region.parameters, morbidity.GROUP_OF_AGE
    supported, programme = (
        np.mean([month[name] for month in controls], axis=0) for name in ("quit_smoking", "weight_programme")
    )
    if supported.any():
        stops = supported * p["risk.quit_support_extra"]
        habits.stop_smoking(state.seed[0], year, state.person, state.background, stops, groups)
    return habits.Spared(tables.smoking_ratio, p["risk.quit_lag"], programme, tables.programme_ratio, groups)


def changes_of_gp(state: State, region: Region, year: int, general: Array | None = None) -> Array:
    """Chance that each person leaves the GP by choice this year, float32[N]: who needs more changes more often.

    `general` float32[N] is everybody's general need of the year, if it is known already.
    """
    share, slope = (region.parameters[f"continuity.change_{name}"] for name in ("share", "need"))
    spread = lasting_need.spread_of(region)
    need = lasting_need.general_need(state.seed[0], year, state.person, spread) if general is None else general
    chance: Array = share * np.exp(slope * need - 0.5 * slope**2)
    return chance


def housing_sought(state: State, region: Region) -> Array:
    """Factor float64[M] on who is granted special housing: more are where home help gives less than it did."""
    p, towns = region.parameters, state.municipality
    more = p["unmet.consequences"] * p["unmet.help_housing_entry"]
    factor: Array = (1.0 + more * towns["help_gap"]) / (1.0 + more * towns["help_gap_at_start"])
    return factor


def open_year_before(
    state: State, tables: Tables, region: Region, year: int, controls: Sequence[Mapping[str, Array]]
) -> None:
    """Settle the year before the first, in which nobody comes, goes, ages or falls ill: its needs alone."""
    _list_home_nursing(state, region, year)
    state.dies_on = np.full(state.person.size, NOT_SOON, np.int32)
    draw_needs(state, tables, region, year, controls, np.zeros(state.person.size, np.uint8))
    general = lasting_need.general_need(state.seed[0], year, state.person, lasting_need.spread_of(region))
    psychiatric_need.open_year(state, tables, region, year, general)


def classify(
    state: State, tables: Tables, region: Region, year: int, first: int, controls: Mapping[str, Array] | None = None
) -> None:
    """Bring RUB, segment, setting and age group of people from `first` on up to date.

    `controls` of the year's first month say how the list of people with complex needs is made; without them it is the
    region's own.
    """
    p, people = region.parameters, state.person.size
    share = p["segment.no_contact_share_of_healthy"]
    score = np.empty(people - first)
    need = p["onset.need_share"]
    morbidity.scores(state.seed[0], year, state.person, state.background, first, tables.score, share, need, score)
    if not state.threshold.any():  # the start population sets the bands once and for all
        group = morbidity.GROUP_OF_AGE[np.maximum(state.background["age"], 0)]
        state.threshold = morbidity.part_into_bands(score, group, region.rub_share)
    few = choose_few(state, tables, region, year, first, controls)
    morbidity.classify(
        state.person, state.background, first, people, score, state.threshold, morbidity.GROUP_OF_AGE, few
    )


def renew_list(state: State, tables: Tables, region: Region, year: int) -> None:
    """Put those on the list of people with complex needs whom diagnoses and use put there now, and take others off."""
    few, ill = choose_few(state, tables, region, year) != 0, state.background["conditions"] != 0
    status = state.person["status"] & (255 - COMPLEX)
    state.person["status"] = np.where(few, status | COMPLEX, status)
    chronic, complex_needs = morbidity.CHRONICALLY_ILL, morbidity.COMPLEX_NEEDS
    state.background["segment"][ill] = np.where(few, complex_needs, chronic)[ill]
    count_groups(state)


def choose_few(
    state: State,
    tables: Tables,
    region: Region,
    year: int,
    first: int = 0,
    controls: Mapping[str, Array] | None = None,
) -> Array:
    """Mark those from `first` on who are put on the list of people with complex needs, uint8[N].

    Until the use of two simulated years stands behind it the list has as many as the region's of December 2022, for the
    same population; from then on who has the score that was needed last. `controls` may fill its places otherwise.
    """
    p, when = region.parameters, finding.Year(state, tables, region, year)
    score = finding.own_score(when, first)
    if year <= LISTED_UNTIL and first == 0:
        present = score[(state.person["status"] & PRESENT) != 0]
        share = p["segment.complex"] / sum(p[f"segment.{name}"] for name in ("no_contact", "few_contacts", "chronic"))
        number = min(round(share * present.size), present.size - 1)
        state.few_score[0] = (
            np.partition(present, present.size - number)[present.size - number] if number > 0 else np.inf
        )
    few: Array = (score >= state.few_score[0]) & np.isfinite(score)
    if first == 0 and controls is not None and finding.moved(controls):
        few = finding.listed(score, few, when, controls, state.relation["used"])
    return few.astype(np.uint8)


LISTED_UNTIL = EPOCH.year + 2
"""The last year whose list of people with complex needs has as many as that of December 2022."""


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
    """Onset of a year by class of risk, cumulated over conditions, and the share that trends add to it.

    The onset is float64[4, 2, ages, bands, c], the share float64[2, ages, c]; the onset of the pack is that of the year
    before the first.
    """
    factor = (1.0 + tables.onset_trend) ** (year - EPOCH.year + 1)
    onset: Array = np.cumsum(tables.onset * factor[:, :, None, :], axis=-1)
    return np.ascontiguousarray(onset), 1.0 - 1.0 / np.maximum(factor, 1.0)


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


def _draw_coming(
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
