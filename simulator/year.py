"""The population's year: what is settled on 1 January and counted on 31 December."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from simulator.care import municipal
from simulator.care.offer import PLAN_GIVEN, REVIEW_GIVEN, offers_of
from simulator.coming_year import draw_coming
from simulator.core.dates import EPOCH, WEEKDAYS, day_number
from simulator.core.fields import Array
from simulator.core.state import (
    HOME_NURSING,
    NOT_SOON,
    State,
)
from simulator.core.tables import Tables
from simulator.groups import classify, count_groups
from simulator.needs import draw_needs
from simulator.people import (
    continuity,
    habits,
    households,
    lasting_need,
    morbidity,
    psychiatric_need,
)
from simulator.people.population import (
    change_gps,
    name_gps,
    named_share,
)
from simulator.region.pack import Region


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
    households.link(state, region)
    granted = np.empty(state.person.size, np.int64)
    n = morbidity.change_settings(
        seed, year, state.person, state.background, tables.home_entry, p["home_nursing.exit_share"],
        tables.housing_entry, housing_sought(state, region),
        households.housing_factor(state, region, controls[0]["carer_support"]), p["home_care.special_housing_ratio"],
        granted, offers_of(region, controls[0])[[PLAN_GIVEN, REVIEW_GIVEN]], enrolled,
    )  # fmt: skip
    exact = lasting_need.exact_general_need(seed, year, state.person, lasting_need.spread_of(region))
    general = exact.astype(np.float32)
    changing = changes_of_gp(state, region, year, general)
    change_gps(seed, year, state.person, state.relation, changing, state.centre, state.chair)
    name_gps(
        seed, year, state.person, 0, state.person.size, state.centre, state.chair, named_share(region),
        p["home_nursing.permanent_gp_share"], p["primary_care.renamed_share"],
    )  # fmt: skip
    count_groups(state)
    expected = draw_coming(state, tables, region, year, granted[:n], controls[0], death_factor, general)
    _list_home_nursing(state, region, year)
    draw_needs(state, tables, region, year, controls, expected, exact)
    psychiatric_need.open_year(state, tables, region, year, general)
    state.background["lost"] = state.background["cared_at_home"] = 0


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
    general = lasting_need.exact_general_need(state.seed[0], year, state.person, lasting_need.spread_of(region))
    draw_needs(state, tables, region, year, controls, np.zeros(state.person.size, np.uint8), general)
    psychiatric_need.open_year(state, tables, region, year, general.astype(np.float32))


def onset_of_year(tables: Tables, year: int) -> tuple[Array, Array]:
    """Onset of a year by class of risk, cumulated over conditions, and the share that trends add to it.

    The onset is float64[4, 2, ages, bands, c], the share float64[2, ages, c]; the onset of the pack is that of the year
    before the first.
    """
    factor = (1.0 + tables.onset_trend) ** (year - EPOCH.year + 1)
    onset: Array = np.cumsum(tables.onset * factor[:, :, None, :], axis=-1)
    return np.ascontiguousarray(onset), 1.0 - 1.0 / np.maximum(factor, 1.0)


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
