"""Staff by age: leaving, pension, recruiting, notice; residents in training; load, sick leave and what follows.

Staff is counted in full-time equivalents by unit, profession and age. The load of a unit's profession is
the work asked for over its working time. Load above that of the year before the first makes more people leave and
fall ill, which raises the load of those who stay: the loop load -> leaving -> locums -> less continuity ->
more load.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import integer, kernel
from simulator.core.record import FLOWS, GIVEN_UP, HIRED, LEFT, RETIRED, Record
from simulator.core.state import State
from simulator.region.axes import WORK_AGES
from simulator.region.pack import Region
from simulator.staff import labour, minutes, workforce
from simulator.staff.workforce import Establishment, filling_rate

AT_START, OF_HIRED, LEAVING = range(3)
"""Rows of `Region.staff_ages`."""
HIGHEST_LOAD = 3.0
FIRST_RESIDENT_AGE = 28
"""Age at which training begins (assumption: after studies, licence and a first post)."""
MOST_FROM_TRAINING = 0.9


def first_staff(region: Region, staff: Establishment) -> dict[str, Array]:
    """State arrays of the first day: staff at today's vacancy and ages, residents in all stages of training."""
    employed = staff.posts * (1.0 - staff.vacancy)
    resident = region.professions.index("resident")
    months = max(round(region.parameters["work.resident_years"] * 12.0), 1)
    training = np.repeat(employed[region.units.at_centres, resident, None] / months, months, axis=1)
    return {
        "staff": employed,
        "staff_age": employed[:, :, None] * region.staff_ages[AT_START],
        "training": training,
        "load": np.zeros_like(employed),
        "load_reference": np.zeros_like(employed),
    }


# --- load


def feel_load(state: State, record: Record, region: Region, month: int) -> None:
    """Take the load of the month past into the memory."""
    if month == 0:
        return
    now = _load_of(state, record, region, slice(month - 1, month))
    state.load += (now - state.load) / region.parameters["work.load_memory_months"]


def learn_load(state: State, record: Record, region: Region, months: int) -> None:
    """Take the mean load of the last `months` of a record for what people are used to."""
    state.load = _load_of(state, record, region, slice(len(record.ledger) - months, len(record.ledger)))
    state.load_reference = state.load.copy()


def _load_of(state: State, record: Record, region: Region, months: slice) -> Array:
    """Work asked for over working time in some months, float64[U, P]; where nobody works what was felt before."""
    asked, working = (of(record, region, months).sum(axis=0) for of in (minutes.demanded, minutes.working))
    now: Array = np.divide(asked, working, out=state.load.copy(), where=working > 0.0)
    return np.minimum(now, HIGHEST_LOAD)


def excess_load(state: State) -> Array:
    """Load above that of the year before the first, float64[U, P]; none where nothing is known of that year."""
    excess: Array = np.where(state.load_reference > 0.0, state.load - state.load_reference, 0.0)
    return excess


def leaving_factor(excess: Array, region: Region) -> Array:
    """How much more often people leave under so much more load: exponential, within bounds."""
    p = region.parameters
    most = p["work.load_turnover_bound"]
    factor: Array = np.clip(np.exp(p["work.load_turnover_elasticity"] * excess), 1.0 / most, most)
    return factor


def sick_leave(excess: Array, region: Region, controls: Mapping[str, Array]) -> Array:
    """Share of working time lost to sickness float64[U, P]: usual, more under load, and what a strategy changes."""
    p = region.parameters
    most = p["work.load_turnover_bound"]
    factor = np.clip(1.0 + p["work.load_sick_leave_slope"] * excess, 1.0 / most, most)
    share: Array = p["work.sick_leave_share"] * factor + controls["sick_leave_change"][:, None] / 100.0
    return np.clip(share, 0.0, 1.0)


def hours_factor(sick: Array, region: Region) -> Array:
    """Working time against that at usual sick leave, for which `work.net_hours_per_fte` holds."""
    factor: Array = (1.0 - sick) / (1.0 - region.parameters["work.sick_leave_share"])
    return factor


# --- leaving, pension, recruiting


@lru_cache(maxsize=4)
def _turnover_by_age(region: Region) -> Array:
    """Monthly chance of leaving for other reasons than age float64[W]; its mean over the start is the parameter."""
    factor = region.staff_ages[LEAVING]
    mean = (region.staff_ages[AT_START] * factor).sum()
    chance: Array = region.parameters["work.staff_turnover"] / 12.0 * factor / mean
    return chance


@lru_cache(maxsize=4)
def _hired_age(region: Region) -> Array:
    """Shares of those hired by age float64[W], writable as a kernel wants it."""
    ages: Array = region.staff_ages[OF_HIRED].copy()
    return ages


def retirement_chance(region: Region, later: Array) -> Array:
    """Monthly chance of retiring float64[U, W] by age, `later` float64[U] years beyond today's ages.

    Ages of retirement follow a logistic; people of a completed age are half a year older on average.
    """
    p = region.parameters
    if len(later) > 1 and later.min() == later.max():  # the same everywhere, as in most scenarios
        return np.repeat(retirement_chance(region, later[:1]), len(later), axis=0)
    age = np.array(WORK_AGES) + 0.5 - later[:, None] - p["work.pension_age"]
    at_work = 1.0 / (1.0 + np.exp(np.stack([age, age + 1.0]) / p["work.pension_age_spread"]))
    chance: Array = 1.0 - (at_work[1] / at_work[0]) ** (1.0 / 12.0)
    chance[:, -1] = 1.0
    return chance


@kernel
def flow_month(
    staff_age: Array,
    posts: Array,
    by_unit: Array,
    by_age: Array,
    retiring: Array,
    filling: Array,
    hired_age: Array,
    notice: float,
    flow: Array,
) -> None:
    """Let one month pass in place for staff_age [U, P, W]; adds the flows in FTE to `flow` [U, P, 4].

    The monthly chance of leaving is by_unit [U, P] x by_age [W], of retiring `retiring` [U, W]; staff beyond
    the posts [U, P] goes at the rate 1 / notice; vacant posts are filled at the chance `filling` [U, P] by
    people of the ages `hired_age` [W].
    """
    for u in range(staff_age.shape[0]):
        for p in range(staff_age.shape[1]):
            employed = 0.0
            for a in range(staff_age.shape[2]):
                left = staff_age[u, p, a] * min(by_unit[u, p] * by_age[a], 1.0)
                retired = (staff_age[u, p, a] - left) * retiring[u, a]
                staff_age[u, p, a] -= left + retired
                employed += staff_age[u, p, a]
                flow[u, p, LEFT] += left
                flow[u, p, RETIRED] += retired
            given_up = max(employed - posts[u, p], 0.0) / notice
            hired = max(posts[u, p] - employed, 0.0) * filling[u, p]
            keep = 1.0 - given_up / employed if employed > 0.0 else 1.0
            for a in range(staff_age.shape[2]):
                staff_age[u, p, a] = staff_age[u, p, a] * keep + hired * hired_age[a]
            flow[u, p, GIVEN_UP] += given_up
            flow[u, p, HIRED] += hired


def grow_older(staff_age: Array) -> None:
    """Let a year of age pass in place; the oldest stay in the last band until they retire."""
    oldest = staff_age[..., -1].copy()
    staff_age[..., 1:] = staff_age[..., :-1].copy()
    staff_age[..., 0] = 0.0
    staff_age[..., -1] += oldest


def pass_staff_month(
    state: State,
    region: Region,
    staff: Establishment,
    posts: Array,
    month: int,
    excess: Array,
    controls: Mapping[str, Array],
    working_age: float = 1.0,
) -> Array:
    """Let a month pass for everybody but GPs and residents; returns the flows float64[U, P, 4].

    `working_age` is how many people of working age there are against the first day.
    """
    p = region.parameters
    if month % 12 == 0 and month > 0:
        grow_older(state.staff_age)
    by_unit = leaving_factor(excess, region) * controls["staff_turnover"][:, None]
    usual = (p["work.staff_turnover"] + p["work.retirement_rate"]) / 12.0
    filling = np.minimum(filling_rate(staff.vacancy, usual) * controls["staff_recruitment"][:, None], 1.0)
    wanted = np.maximum(posts - state.staff * (1.0 - usual), 0.0) * filling
    kept = staff.posts * (1.0 - staff.vacancy) * usual
    filling *= labour.share_of_wanted(region, wanted, kept, working_age, controls)
    flow = np.zeros((*posts.shape, len(FLOWS)))
    flow_month(
        state.staff_age, posts, by_unit, _turnover_by_age(region),
        retirement_chance(region, controls["retirement_age"]), filling, _hired_age(region),
        max(p["work.notice_months"], 1.0), flow,
    )  # fmt: skip
    return flow


# --- residents


def train(training: Array, posts: Array, filling: Array, notice: float) -> Array:
    """Let a month of training pass in place for residents [H, months]; returns the flows float64[H, 4].

    Whoever has finished leaves; vacant posts [H] are filled at the monthly chance `filling` [H].
    """
    flow = np.zeros((len(training), len(FLOWS)))
    flow[:, LEFT] = training[:, -1]
    training[:, 1:] = training[:, :-1].copy()
    training[:, 0] = 0.0
    employed = training.sum(axis=1)
    flow[:, GIVEN_UP] = np.maximum(employed - posts, 0.0) / max(notice, 1.0)
    flow[:, HIRED] = np.maximum(posts - employed, 0.0) * filling
    training *= 1.0 - np.divide(flow[:, GIVEN_UP], employed, out=np.zeros_like(employed), where=employed > 0.0)[:, None]
    training[:, 0] += flow[:, HIRED]
    return flow


def train_month(state: State, region: Region, staff: Establishment, posts: Array) -> Array:
    """Let a month of training pass at every centre; returns the flows float64[H, 4]."""
    resident = region.professions.index("resident")
    months = state.training.shape[1]
    filling = filling_rate(staff.vacancy[region.units.at_centres, resident], 1.0 / months)
    return train(
        state.training, posts[region.units.at_centres, resident], filling, region.parameters["work.notice_months"]
    )


def recruitment_chance(
    state: State,
    region: Region,
    staff: Establishment,
    finished: float,
    controls: Mapping[str, Array],
    working_age: float = 1.0,
) -> Array:
    """Monthly chance float64[H] that a vacant GP post is filled, from outside or by one of those who `finished`.

    Those who finish and stay in the county take vacant posts, in proportion to how fast posts of a centre are
    filled today. What residents contribute today is taken from the recruitment from outside.
    """
    p, of = region.parameters, region.professions.index
    months = state.training.shape[1]
    posts, vacancy = staff.posts[region.units.at_centres, of("gp")], staff.vacancy[region.units.at_centres, of("gp")]
    leaving = (p["work.gp_turnover"] + p["work.retirement_rate"]) / 12.0
    filling = filling_rate(vacancy, leaving)
    residents = staff.posts[region.units.at_centres, of("resident")] * (
        1.0 - staff.vacancy[region.units.at_centres, of("resident")]
    )
    recruits = (posts * (1.0 - vacancy) * leaving).sum()
    stay = p["work.resident_stay_share"]
    trained = min(residents.sum() / months * stay / recruits, MOST_FROM_TRAINING) if recruits > 0.0 else 0.0
    outside = np.where(filling < 1.0, filling * (1.0 - trained), filling) * controls["gp_recruitment"]
    vacant = np.maximum(state.centre["posts"] - workforce.chair_fte(state.chair)[0], 0.0)
    asked, effort = (outside * vacant).sum(), float(controls["gp_recruitment"].mean())
    if asked > 0.0:  # from outside comes who is there to come, however many posts stand vacant
        outside *= min(recruits * (1.0 - trained) * float(labour.room(region, working_age, effort)) / asked, 1.0)
    wanted = (filling * vacant).sum()
    inside = filling * finished * stay / wanted if wanted > 0.0 else np.zeros(len(state.centre))
    chance: Array = np.minimum(outside + inside, 1.0)
    return chance


@kernel
def count_staff(
    staff_age: Array,
    staff: Array,
    chair: Array,
    training: Array,
    gp: int,
    resident: int,
    first_age: int,
    first_resident_age: int,
) -> None:
    """Write the ages of GPs and residents from chairs and training, and everybody's sum over ages to `staff`."""
    oldest = staff_age.shape[2] - 1
    for h in range(chair.shape[0]):
        for a in range(staff_age.shape[2]):
            staff_age[h, gp, a] = 0.0
            staff_age[h, resident, a] = 0.0
        for c in range(chair.shape[1]):
            post = chair[h, c]
            if post["gp"] != 0 and post["agency"] == 0:
                staff_age[h, gp, min(max(integer(post["age"]) - first_age, 0), oldest)] += post["fte"]
        for m in range(training.shape[1]):
            staff_age[h, resident, min(first_resident_age - first_age + m // 12, oldest)] += training[h, m]
    for u in range(staff.shape[0]):
        for p in range(staff.shape[1]):
            total = 0.0
            for a in range(staff_age.shape[2]):
                total += staff_age[u, p, a]
            staff[u, p] = total


def tell_staff(state: State, region: Region) -> None:
    """Bring staff [U, P], and the ages of GPs and residents, up to date with chairs and training."""
    of = region.professions.index
    count_staff(
        state.staff_age, state.staff, state.chair, state.training, of("gp"), of("resident"), WORK_AGES[0],
        FIRST_RESIDENT_AGE,
    )  # fmt: skip
