"""What a year's needs are: rates by the calendar and by what strategies do to them, and the draw of every need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from datetime import date
from itertools import pairwise

import numpy as np

from simulator import norms
from simulator.controls import NEEDS
from simulator.core.dates import date_of, day_number, days_in_year
from simulator.core.fields import Array
from simulator.core.state import State, grown
from simulator.core.tables import Tables
from simulator.people import demand, households, lasting_need, morbidity, need_rates
from simulator.region.axes import DIALOGUE_AGES, DIALOGUE_MINUTES, EMERGENCY, GP, NURSE
from simulator.region.pack import Region

CORES: ContextVar[int] = ContextVar("cores", default=1)
"""Cores that a run may use; more than one where it alone is waited for."""
WINTER = (0, 1, 2, 11)
"""Months of a winter surge, 0 = January."""


def need_factors(region: Region, controls: Sequence[Mapping[str, Array]]) -> Array:
    """Factors on needs [12, S, M, A, 4] in each month: levers on needs, and what other levers bring with them.

    Digital care induces demand, link workers may lower that for GPs, health dialogues take nurses' time.
    """
    p, load = region.parameters, _dialogue_load(region)
    factors = np.array([[month[name] for name in NEEDS] for month in controls])
    for month, values in enumerate(controls):
        induced = 1.0 + p["digital.induced_share"] * _digital_rise(region, values["digital_share"])
        factors[month, [GP, NURSE]] *= induced[:, None, None]
        linked = values["social_prescribing"][..., :3]
        factors[month, GP, ..., :3] *= 1.0 + p["prevention.social_need_effect"] * linked
        factors[month, NURSE] += values["health_dialogue"] * load[:, None]
        if month in WINTER:
            factors[month, EMERGENCY] *= values["winter_surge"]
    return factors


def _digital_rise(region: Region, share: Array) -> Array:
    """What the digital share float64[H] has risen at each municipality's centres, by listed people, float64[M].

    Rounded, so that municipalities with the same rise are the same to the bit.
    """
    towns = len(region.municipalities)
    risen, listed = (
        np.bincount(region.centre_municipality, weight, towns)
        for weight in (region.centre_listed * share, region.centre_listed)
    )
    mean = np.divide(risen, listed, out=np.full(towns, risen.sum() / listed.sum()), where=listed > 0.0)
    rise: Array = np.maximum(mean.round(12), 0.0)
    return rise


def _dialogue_load(region: Region) -> Array:
    """Nurse contacts' worth of time that a dialogue with everybody invited takes, over today's needs, float64[A]."""
    people = region.population.sum(axis=(0, 1))
    group = morbidity.GROUP_OF_AGE[: people.size]
    invited = np.bincount(group, people * np.isin(np.arange(people.size), DIALOGUE_AGES), morbidity.AGE_GROUP_COUNT)
    contacts = invited * DIALOGUE_MINUTES / region.parameters["consultation.nurse_minutes"]
    needs = np.bincount(group, people, morbidity.AGE_GROUP_COUNT) * (region.rub_share * region.need_rates[NURSE]).sum(
        axis=1
    )
    load: Array = contacts / np.maximum(needs, 1.0)
    return load


def left_after_dialogues(region: Region, year: int, coverage: Callable[[int], Array], effect: float) -> Array:
    """What health dialogues leave of the onset of disease or the hazard of death in a year, float64[M, AGES].

    By municipality and age; `coverage` gives the share float64[M, A] who had one in a year, of whom the share `effect`
    is spared. The effect comes after `prevention.dialogue_lag` years, where people lived then.
    """
    lag = region.parameters["prevention.dialogue_lag"]
    factor = np.ones((len(region.municipalities), morbidity.AGES_AND_NEXT))
    for age in range(DIALOGUE_AGES[0], morbidity.AGES_AND_NEXT):
        invited = [a for a in DIALOGUE_AGES if a <= age - lag]
        if invited and effect != 0.0:
            group = morbidity.GROUP_OF_AGE[invited[-1]]
            factor[:, age] -= effect * coverage(year - (age - invited[-1]))[:, group]
    return factor


def needs_of_year(
    region: Region,
    tables: Tables,
    normaliser: Array,
    need_norm: Array,
    year: int,
    controls: Sequence[Mapping[str, Array]],
) -> demand.Needs:
    """What a year's needs are drawn from, given the control values of its twelve months.

    `need_norm` [S, R] keeps the rates at their source's mean though people differ (`lasting_need.norms`).
    """
    days = day_number(date(year, 1, 1)) + np.arange(days_in_year(year))
    months = np.array([date_of(int(day)).month - 1 for day in days])
    factors = need_factors(region, controls)
    rates = tables.rates / normaliser[: demand.STREAM_COUNT, None] / need_norm
    opened = tables.opening[days] != 0
    of_day = np.where(opened, 1.0, tables.closed_weight[:, None])
    return need_rates.needs_of_year(rates, region.season, factors, tables.clock, months, of_day)


NORMED_UNTIL = 2027
"""First year whose rates are no longer tied to their source anew: strategies begin then."""


def draw_needs(
    state: State,
    tables: Tables,
    region: Region,
    year: int,
    controls: Sequence[Mapping[str, Array]],
    expected: Array,
    general: Array,
) -> None:
    """Draw the year's points of need, by as many threads as CORES says: which does not change a bit of them.

    `general` float64[up to N] is the general need of those who were here before anybody arrived.
    """
    factor = lasting_need.need_factors(state.seed[0], year, state.person, lasting_need.spread_of(region), general)
    lost, more = households.after_loss(state, region)
    factor[lost, EMERGENCY] *= more
    factor[state.background["cared_at_home"] != 0, EMERGENCY] *= region.parameters["home_care.readmission_ratio"]
    first_day = day_number(date(year, 1, 1))
    if year < NORMED_UNTIL:
        norms.set_need_norm(state, tables, region, factor, first_day, days_in_year(year))
    else:
        state.need_norm = state.need_norm * (1.0 - norms.need_drift(region)[:, None])
    needs = needs_of_year(region, tables, state.normaliser, state.need_norm, year, controls)
    low_use, last_year = region.parameters["segment.low_use_factor"], region.parameters["last_year.emergency_ratio"]
    dies_after, first, total = state.dies_on - np.int32(first_day), 0, 0
    members, start = demand.members_by_centre(state.person, expected, state.centre.size)
    state.point_start = np.empty((state.centre.size, needs.month_of_day.size + 1), np.int64)
    bounds = [int(np.searchsorted(start, start[-1] * n / CORES.get())) for n in range(CORES.get() + 1)]
    bounds[-1] = state.centre.size
    sizes = [
        demand.expected_points(
            state.person, state.background, members, start[a : b + 1], needs, low_use, factor, dies_after, last_year
        )
        for a, b in pairwise(bounds)
    ]
    points = grown(state.point[:0], sum(size for size, _ in sizes))

    def draw(a: int, b: int, largest: int, out: Array) -> int:
        count = np.empty(needs.month_of_day.size * demand.BUCKETS + 1, np.int32)
        n: int = demand.draw_needs(
            state.seed[0], year, state.person, state.background, members, start[a : b + 1], needs, low_use, factor,
            dies_after, last_year, np.empty(largest, np.int64), np.empty(largest, np.int32), count,
            np.empty(demand.STREAM_COUNT), out, state.point_start[a:b],
        )  # fmt: skip
        return n

    with ThreadPoolExecutor(len(sizes)) as threads:
        drawing = []
        for (a, b), (size, largest) in zip(pairwise(bounds), sizes, strict=True):
            drawing.append(threads.submit(draw, a, b, largest, points[first : first + size]))
            first += size
        drawn = [each.result() for each in drawing]
    if min(drawn) < 0:
        raise MemoryError("a year's needs exceed eight standard deviations of their expected number")
    first = 0
    for (a, b), (size, _), n in zip(pairwise(bounds), sizes, drawn, strict=True):
        points[total : total + n] = points[first : first + n]  # behind the part before it, without a gap
        state.point_start[a:b] += total
        total, first = total + n, first + size
    state.point = points[:total]
