"""Lasting differences between people: how much care somebody needs beside others of the same age and illness.

A person's general need G is one standard normal: a lasting part, which goes with the frailty that gathers conditions,
and a part that drifts from year to year. Each stream of needs has a part of its own besides. The factor on a stream's
rate is lognormal with mean one, so people differ while the county's level stays; the mean is kept within every age
group and resource band by `norms`. G acts on death too. All of it hangs on the person and the year alone.
Negative binomial numbers of visits are what such differences make of Poisson needs (Greenwood and Yule, J R Stat Soc
1920;83:255).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from simulator.core.dates import A_YEAR
from simulator.core.fields import Array
from simulator.core.kernels import kernel, rule
from simulator.core.randomness import LASTING, Purpose, Word, draw, purpose_key, quantile
from simulator.core.state import LOW_USE, PRESENT
from simulator.people.demand import STREAM_COUNT
from simulator.region.axes import EMERGENCY, STREAMS
from simulator.region.pack import Region

KNOTS = 4097
OWN_PART = 10_000
"""Occurrence of the draw of the first stream's own part, behind those of years."""
_NOBODY = np.zeros(0)
RISKS = 54


def _normal_knots() -> Array:
    """Values of a standard normal at equal steps of probability, float64[KNOTS], with mean 0 and variance 1."""
    steps = np.linspace(0.0, 1.0, KNOTS)
    steps[0], steps[-1] = 0.25 / KNOTS, 1.0 - 0.25 / KNOTS
    values: Array = ndtri(steps)
    between = np.linspace(0.0, 1.0, 32 * KNOTS)
    knots: Array = values / np.interp(between, np.linspace(0.0, 1.0, KNOTS), values).std()
    return knots


_NORMAL = _normal_knots()


def normal(u: Array) -> Array:
    """Standard normal variates of uniform draws, float64[n]."""
    values: Array = np.interp(u, np.linspace(0.0, 1.0, KNOTS), _NORMAL)
    return values


class Differences(NamedTuple):
    """How much people differ: S streams."""

    lasting: float  # share of the variance of G that lasts for life
    illness: float  # correlation of the lasting part with the frailty that gathers conditions
    common: float  # share of a stream's variance that is G
    need: Array  # float64[S], standard deviation of the logarithm of the factor on needs
    death: float  # of the factor on the hazard of death


def spread_of(region: Region) -> Differences:
    """Read how much people differ from the region's parameters."""
    p = region.parameters
    need = np.array([p[f"lasting_need.spread_{stream}"] for stream in STREAMS])
    return Differences(
        p["lasting_need.lasting_share"], p["lasting_need.illness_correlation"], p["lasting_need.common_share"], need,
        p["lasting_need.spread_death"],
    )  # fmt: skip


@rule
def _general_need(key: Word, frailty: Word, person: Word, year: int, lasting: float, illness: float) -> float:
    """A person's G in a year, a standard normal; from one year to the next its parts that drift overlap by half."""
    gathers = quantile(_NORMAL, draw(frailty, person, LASTING))
    own = quantile(_NORMAL, draw(key, person, LASTING))
    before = quantile(_NORMAL, draw(key, person, np.uint64(year)))
    after = quantile(_NORMAL, draw(key, person, np.uint64(year + 1)))
    stays: float = illness * gathers + np.sqrt(1.0 - illness**2) * own
    general: float = np.sqrt(lasting) * stays + np.sqrt(0.5 * (1.0 - lasting)) * (before + after)
    return general


@kernel
def _write_factors(
    seed: int,
    year: int,
    person: Array,
    lasting: float,
    illness: float,
    common: float,
    need: Array,
    known: Array,
    first: int,
    last: int,
    out: Array,
) -> None:
    """Write everybody's factors on the streams from `first` to before `last` to `out` float32[N, S].

    `known` float64[up to N] is G of the first of them, if it is known already; of the others it is worked out.
    """
    key, frailty = purpose_key(seed, Purpose.LASTING_NEED), purpose_key(seed, Purpose.FRAILTY)
    shared, apart = np.sqrt(common), np.sqrt(1.0 - common)
    for i in range(person.size):
        me = person[i]["key"]
        general = known[i] if i < known.size else _general_need(key, frailty, me, year, lasting, illness)
        for s in range(first, last):
            own = quantile(_NORMAL, draw(key, me, np.uint64(OWN_PART + s)))
            out[i, s] = np.exp(need[s] * (shared * general + apart * own) - 0.5 * need[s] ** 2)


@kernel
def _write_general(seed: int, year: int, person: Array, lasting: float, illness: float, out: Array) -> None:
    """Write everybody's G to `out` float64[N]."""
    key, frailty = purpose_key(seed, Purpose.LASTING_NEED), purpose_key(seed, Purpose.FRAILTY)
    for i in range(person.size):
        out[i] = _general_need(key, frailty, person[i]["key"], year, lasting, illness)


def need_factors(
    seed: int, year: int, person: Array, spread: Differences, known: Array = _NOBODY, only: int | None = None
) -> Array:
    """Everybody's factors on needs in a year, float32[N, S]; all ones where nobody differs.

    `known` float64[up to N] is G of the first of them, if it is known (`exact_general_need`). With `only` the factors
    on the other streams than this one are left as ones.
    """
    out = np.ones((person.size, STREAM_COUNT), np.float32)
    if spread.need.any():
        first, last = (0, STREAM_COUNT) if only is None else (only, only + 1)
        arguments = spread.lasting, spread.illness, spread.common, spread.need
        _write_factors(seed, year, person, *arguments, known, first, last, out)
    return out


def death_factors(seed: int, year: int, person: Array, spread: Differences, general: Array | None = None) -> Array:
    """Everybody's factor on the hazard of death in a year, float32[N]; `general` is everybody's G if known already."""
    if spread.death <= 0.0:
        return np.ones(person.size, np.float32)
    need = general_need(seed, year, person, spread) if general is None else general
    factor: Array = np.exp(spread.death * need - np.float32(0.5 * spread.death**2))
    return factor


def exact_general_need(seed: int, year: int, person: Array, spread: Differences) -> Array:
    """Everybody's G in a year, float64[N]: standard normal, so 0 is the middle."""
    out = np.empty(person.size)
    _write_general(seed, year, person, spread.lasting, spread.illness, out)
    return out


def general_need(seed: int, year: int, person: Array, spread: Differences) -> Array:
    """Everybody's G in a year, float32[N], as it is kept."""
    return exact_general_need(seed, year, person, spread).astype(np.float32)


# --- the last year of life -------------------------------------------------------------------------------


def parts_of_year(dies_on: Array, first_day: int, days: int) -> tuple[Array, Array]:
    """Share of a year that people live, and that of it which is of their last twelve months: float64[N] each."""
    end = np.minimum(dies_on.astype(np.int64) - first_day, 1 << 20)
    lived = np.clip(end, 0, days)
    last = lived - np.clip(end - A_YEAR, 0, days)
    return lived / days, last / days


def norms(
    person: Array, factor: Array, low_use: float, parts: tuple[Array, Array], ratio: float, last: Array, rates: Array
) -> Array:
    """Mean factor on needs by stream and risk among those present, float64[S, R]: what rates must be divided by.

    `factor` [N, S], `parts` from `parts_of_year`; in the last twelve months emergencies come `ratio` times as often.
    `last` float64[N] emergencies of the last illness that come whatever the rate, `rates` [R] emergencies a year.
    """
    whole, certain, needs = np.zeros(RISKS), np.zeros(RISKS), np.zeros((factor.shape[1], RISKS))
    _sum_needs(person, factor, low_use, *parts, ratio, last, whole, certain, needs)
    out = np.ones((factor.shape[1], RISKS))
    for s in range(factor.shape[1]):
        left = whole
        if s == EMERGENCY:
            left = whole - np.minimum(np.divide(certain, rates, out=np.zeros(RISKS), where=rates > 0.0), 0.7 * whole)
        out[s] = np.divide(needs[s], left, out=np.ones(RISKS), where=(left > 0.0) & (needs[s] > 0.0))
    return out


@kernel
def _sum_needs(
    person: Array,
    factor: Array,
    low_use: float,
    lived: Array,
    near: Array,
    ratio: float,
    last: Array,
    whole: Array,
    certain: Array,
    needs: Array,
) -> None:
    """Add up by risk [R] who is present, `certain` emergencies, and the weight of `needs` [S, R], as in `norms`."""
    for i in range(person.size):
        me = person[i]
        if not me["status"] & PRESENT:
            continue
        risk, weight = me["risk"], low_use if me["status"] & LOW_USE else 1.0
        whole[risk] += weight * lived[i]
        certain[risk] += last[i]
        for s in range(needs.shape[0]):
            beside = (ratio - 1.0) * near[i] if s == EMERGENCY else 0.0
            needs[s, risk] += weight * float(factor[i, s]) * (lived[i] + beside)
