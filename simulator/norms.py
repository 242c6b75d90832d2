"""What keeps rates at their sources' mean: relationships at the start, unmet need, people who differ, the last year.

Sources tell what a county needs, whatever the causes. A mechanism that brings a part of it by itself - an emergency of
unmet need, the emergencies of those who die - must therefore take as much from the rates as it brings in today's
course. What strategies change of it from there shows.
"""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import DEATH_AFTER_BOARDING, GP_WAITING, URGENT_GIVEN_UP, URGENT_HOUSING
from simulator.core.state import HOME_NURSING, PRESENT, SAW_OWN_GP, SPECIAL_HOUSING, State
from simulator.core.tables import Tables
from simulator.people import demand, lasting_need, morbidity
from simulator.people.continuity import DOSES
from simulator.people.demand import HEIGHT_ONE
from simulator.people.demography import through_the_year
from simulator.region.axes import AGES, EMERGENCY, GP
from simulator.region.pack import Region

ADMISSION_NORM, DEATH_NORM, STAY_NORM, REFERRAL_NORM = (demand.STREAM_COUNT + n for n in range(4))
"""Places in `State.normaliser` behind the streams.

Divisor of admissions, factors on deaths and on ordinary stays, divisor of referrals.
"""
NORMS = REFERRAL_NORM + 1
MOST_ROOM = 0.5
"""Share of a rate that is taken for unmet need at most."""


def set_norms(state: State, tables: Tables, unmet: Array | None = None) -> None:
    """Tie rates to their sources: their mean over the start population, relationships included, is kept.

    `unmet` float64[consequences] is what unmet need brings in a year: sources count that too, so rates are lower by it.
    """
    person = state.person
    if not person.size:
        return
    own = (person["status"] & SAW_OWN_GP) != 0
    alike = (person["risk"].astype(np.int64) * DOSES + person["dose"]) * 2 + own
    people = np.bincount(alike, minlength=tables.rates.shape[1] * DOSES * 2).reshape(-1, DOSES, 2)
    weight = np.einsum("sr,rdo->sdo", tables.rates, people)  # by stream, dose and own GP seen last
    for stream in (GP, EMERGENCY):
        state.normaliser[stream] = np.average(tables.accept[stream] / HEIGHT_ONE, weights=weight[stream])
    if unmet is not None:
        _leave_room_for_unmet(state, tables, weight, unmet)
    state.normaliser[ADMISSION_NORM] = np.average(tables.admission_effect, weights=weight[EMERGENCY].sum(axis=1))
    state.normaliser[REFERRAL_NORM] = np.average(tables.referral_effect, weights=weight[GP].sum(axis=1))


def _leave_room_for_unmet(state: State, tables: Tables, weight: Array, unmet: Array) -> None:
    """Lower the rates of emergencies, deaths and needs of GPs by what unmet need brings of each in a year.

    Needs that come back to GPs where all books are full make no more visits, so they take nothing from the rates.
    """
    urgent = unmet[URGENT_GIVEN_UP : URGENT_HOUSING + 1].sum()
    state.normaliser[EMERGENCY] /= 1.0 - min(urgent / max(weight[EMERGENCY].sum(), 1.0), MOST_ROOM)
    asked = unmet[GP_WAITING] / max(weight[GP].sum(), 1.0)
    state.normaliser[GP] /= 1.0 - min(asked, MOST_ROOM)
    here = (state.person["status"] & PRESENT) != 0
    sex, age = state.background["sex"][here], np.clip(state.background["age"][here], 0, AGES - 1)
    dying = -np.expm1(-through_the_year(tables.mortality))[sex, age].sum()
    state.normaliser[DEATH_NORM] = 1.0 - min(unmet[DEATH_AFTER_BOARDING] / max(dying, 1.0), MOST_ROOM)


def set_need_norm(state: State, tables: Tables, region: Region, factor: Array, first_day: int, days: int) -> None:
    """Tie a year's rates to their source: people who differ, and those whose last year it is, need as much together.

    `factor` float32[N, S] on the streams.
    """
    p, last = region.parameters, last_illness(state, region, first_day, days)
    state.need_norm = lasting_need.norms(
        state.person, factor, p["segment.low_use_factor"], lasting_need.parts_of_year(state.dies_on, first_day, days),
        p["last_year.emergency_ratio"], last, tables.rates[EMERGENCY],
    )  # fmt: skip
    if first_day == 0:
        leave_room_for_last_illness(state, tables, region, float(last.sum()))


def leave_room_for_last_illness(state: State, tables: Tables, region: Region, last: float) -> None:
    """Lower chance of admission and length of other stays, so that with `last` illnesses a year both are as stated."""
    p, risk = region.parameters, state.person["risk"][(state.person["status"] & PRESENT) != 0]
    mix = np.repeat(region.hospital_mix["acuity"], tables.rates.shape[1] // morbidity.AGE_GROUP_COUNT, axis=0).T
    by_risk = (tables.admission_by_risk * mix).sum(axis=0)
    emergencies = tables.rates[EMERGENCY][risk]
    visits, stays = emergencies.sum(), (emergencies * by_risk[risk]).sum()
    days = (emergencies * by_risk[risk] * tables.stay[0, risk]).sum()
    if stays <= 2.0 * last:
        return
    state.normaliser[ADMISSION_NORM] *= (stays / visits) / ((stays - last) / (visits - last))
    other = (days - last * p["last_year.illness_days"]) / (stays - last)
    state.normaliser[STAY_NORM] = max(other / (days / stays), 0.5)


def need_drift(region: Region) -> Array:
    """Yearly fall of the mean factor on needs in today's course, float64[S]: those who need most die first."""
    drift = np.full(demand.STREAM_COUNT, region.parameters["lasting_need.norm_drift"])
    drift[EMERGENCY] = region.parameters["lasting_need.norm_drift_emergency"]
    return drift


def last_illness(state: State, region: Region, first_day: int, days: int) -> Array:
    """Chance that a year brings the last illness in hospital, by where people are cared for, float64[N]."""
    p, status = region.parameters, state.person["status"]
    share = np.where(
        status & HOME_NURSING, p["last_year.hospital_share_home_nursing"], p["last_year.hospital_share_home"]
    )
    share = np.where(status & SPECIAL_HOUSING, p["last_year.hospital_share_special_housing"], share)
    chance: Array = share * (state.dies_on < first_day + days)
    return chance
