"""Case finding: who is put on the list of people with complex needs, and how a list may be made otherwise.

The region's own list mixes diagnoses, the care of the last 24 months and what cannot be read from either. A strategy
may fill a part of the places of each health centre by another ranking: by diagnoses alone as a classification does, by
last year's care alone, or by what GPs judge. The number of places stays, so what differs is whom a närvårdsteam meets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulator.core.fields import Array
from simulator.core.randomness import Purpose, draws
from simulator.core.state import PRESENT, State
from simulator.core.tables import Tables
from simulator.people import lasting_need, morbidity
from simulator.region.pack import Region

RANKINGS = ("finding_by_diagnoses", "finding_by_use", "finding_by_judgement")
"""Controls that say which share of the places another ranking fills; what they leave is the region's own list."""
BLUR = 1
"""Occurrence of the part of a GP's judgement that has nothing to do with need."""


class NewYear(NamedTuple):
    """A year whose list is made, with what the scores of it need."""

    state: State
    tables: Tables
    region: Region
    number: int


def own_score(year: NewYear, first: int) -> Array:
    """What the region's own list ranks by, from person `first` on, float64[N]; minus infinity for the healthy."""
    p = year.region.parameters
    return _few_score(year, first, p["complexity.use_weight"], p["complexity.judgement"])


def _few_score(year: NewYear, first: int, use_weight: float, judgement: float) -> Array:
    state, score = year.state, np.full(year.state.person.size, -np.inf)
    morbidity.score_few(
        state.seed[0], year.number, state.person, state.background, state.relation, first, year.tables.complex_logit,
        year.region.parameters["onset.need_share"], use_weight, judgement, score,
    )  # fmt: skip
    return score


def scores(year: NewYear, used: Array) -> dict[str, Array]:
    """What other lists rank by, float64[N] by RANKINGS; minus infinity for who has no chronic illness.

    `used` [N] is each person's care of the year before, in whatever unit. A GP's judgement is the score of diagnoses
    and a normal variate that has the correlation `complexity.seen_by_gps` with the need of the coming year.
    """
    keys = np.ascontiguousarray(year.state.person["key"])
    even = draws(year.state.seed[0], Purpose.JUDGEMENT, keys, 0)
    by_diagnoses = _few_score(year, 0, 0.0, 0.0)
    ill = np.isfinite(by_diagnoses)
    use = np.where(ill, used + 1e-6 * even, -np.inf)
    judged = by_diagnoses + _seen_by_gps(year, keys)
    return dict(zip(RANKINGS, (by_diagnoses + 1e-6 * even, use, judged), strict=True))


def _seen_by_gps(year: NewYear, keys: Array) -> Array:
    """What GPs see of need beside diagnoses, a standard normal float64[N]."""
    seed, seen = year.state.seed[0], year.region.parameters["complexity.seen_by_gps"]
    need = lasting_need.general_need(seed, year.number, year.state.person, lasting_need.spread_of(year.region))
    blur = lasting_need.normal(draws(seed, Purpose.JUDGEMENT, keys, BLUR))
    judged: Array = seen * need + np.sqrt(1.0 - seen**2) * blur
    return judged


def moved(shares: Mapping[str, Array]) -> bool:
    """Tell whether any place is filled otherwise than by the region's own list."""
    return any(shares[name].any() for name in RANKINGS)


def listed(own: Array, few: Array, year: NewYear, shares: Mapping[str, Array], used: Array) -> Array:
    """Fill the places of the region's own list, bool[N] `few` with score `own`, by the rankings that `shares` name.

    `shares` float64[H] by RANKINGS; more than all together is parted in proportion. Each ranking in turn takes its
    share of a centre's places among who is not on the list yet, the region's own last.
    """
    status, centre = year.state.person["status"], year.state.person["centre"].astype(np.int64)
    places = np.bincount(centre[few], minlength=year.state.centre.size)
    wanted = np.stack([shares[name] for name in RANKINGS])
    wanted = wanted / np.maximum(wanted.sum(axis=0), 1.0)
    here, out = (status & PRESENT) != 0, np.zeros(few.size, bool)
    taken = np.zeros_like(places)
    for n, score in enumerate(scores(year, used).values()):
        number = np.rint(wanted[: n + 1].sum(axis=0) * places).astype(np.int64) - taken
        _take(out, score, here, centre, number)
        taken += number
    _take(out, own, here, centre, places - taken)
    return out


def _take(out: Array, score: Array, here: Array, centre: Array, number: Array) -> None:
    """Mark in `out` those with the highest `score` who are `here` and not marked: `number` int64[H] of each centre."""
    free = np.flatnonzero(here & ~out & np.isfinite(score))
    free = free[np.lexsort((-score[free], centre[free]))]
    first = np.searchsorted(centre[free], np.arange(number.size))
    rank = np.arange(free.size) - first[centre[free]]
    out[free[rank < number[centre[free]]]] = True
