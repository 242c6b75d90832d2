"""Years with the same GP across people, regressed on what they use the year after, as the study of registers did.

Logistic regression of at least one emergency visit, at least one emergency admission and death within a year on the
years that somebody has had the named GP, adjusted for age, sex, resource band and number of conditions: what a register
sees. That who has changed GP by choice needs more than others alike it does not see. The published odds ratios are of
Sandvik et al., BJGP 2022;72:e84, adjusted in like manner.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from calibration.experiments.followed import follow_year, need_of
from scenarios.strategies.defaults import HOME_REGION
from simulator.core.dates import EPOCH
from simulator.core.fields import Array
from simulator.core.randomness import Purpose, draws
from simulator.core.state import NO_CHAIR, PRESENT
from simulator.region.pack import Region, load_region
from simulator.simulation import Simulation
from simulator.year import changes_of_gp

FOLLOWED_YEAR = EPOCH.year + 2
SPANS = (2.0, 4.0, 6.0, 11.0, 16.0)
"""Completed years from which a span begins; others are held to the first, of less than two."""
SPANS_SV = ("2–3 år", "4–5 år", "6–10 år", "11–15 år", "över 15 år")
ASSOCIATED = ("emergency", "admission", "death")
PUBLISHED = {
    "emergency": ((0.87, 0.86, 0.88), (0.70, 0.69, 0.71)),
    "admission": ((0.88, 0.86, 0.90), (0.72, 0.70, 0.73)),
    "death": ((0.92, 0.86, 0.98), (0.75, 0.70, 0.80)),
}
"""Sandvik's adjusted odds ratios at 2-3 and over 15 years with their intervals; emergency is out of hours there."""
_STEPS = 25


class Years(NamedTuple):
    """Odds ratios of one replication against less than two years with the GP."""

    odds: Array  # float64[ASSOCIATED, SPANS], as a register sees them
    seen_through: Array  # the same, adjusted for general need too
    people: int


def years(region: Region, seed: int) -> Years:
    """Run today's course until `FOLLOWED_YEAR` and follow everybody who has a named GP through it."""
    simulation = Simulation(region, seed)
    had = _years_with_gp(simulation)
    state = simulation.state
    simulation.make_room(0)
    here = np.flatnonzero(((state.person["status"] & PRESENT) != 0) & (had > 0.0))
    span = np.searchsorted(SPANS, had[here], side="right")
    risk, sex = state.person["risk"][here].astype(np.int64), state.background["sex"][here].astype(float)
    ill, need = (
        np.bitwise_count(state.background["conditions"][here]).astype(float),
        need_of(simulation, FOLLOWED_YEAR)[here],
    )
    spans, kinds = (span[:, None] == np.arange(1, len(SPANS) + 1)).astype(float), np.unique(risk)
    age = state.background["age"][here] / 10.0
    told = np.column_stack(
        [np.ones(here.size), spans, sex, ill, age, age**2, (risk[:, None] == kinds[1:]).astype(float)]
    )
    used = follow_year(simulation, FOLLOWED_YEAR)
    odds, through = np.empty((2, len(ASSOCIATED), len(SPANS)))
    for o, name in enumerate(ASSOCIATED):
        happened = used[name][here] > 0
        odds[o] = np.exp(logistic(told, happened)[1 : len(SPANS) + 1])
        through[o] = np.exp(logistic(np.column_stack([told, need, need**2]), happened)[1 : len(SPANS) + 1])
    return Years(odds, through, here.size)


def years_of(changed: Mapping[str, float], seed: int) -> Array:
    """Odds ratios as a register sees them and adjusted for need in the home region, float64[2, outcomes, spans]."""
    found = years(load_region(HOME_REGION).with_parameters(dict(changed)), seed)
    return np.stack([found.odds, found.seen_through])


def _years_with_gp(simulation: Simulation) -> Array:
    """Run until `FOLLOWED_YEAR`; years that each person has had the named GP by then, float64[N], 0 for who has none.

    Before the first day: as long as the GP has been there, and as long as the last change by choice is past. After it:
    since the New Year before which the chair or who sits in it was another.
    """
    state, region = simulation.state, simulation.region
    key = np.ascontiguousarray(state.person["key"])
    leaving = np.maximum(changes_of_gp(state, region, EPOCH.year - 1), 1e-9)
    stayed = -np.log1p(-draws(state.seed[0], Purpose.GP_HISTORY, key, np.uint64(6))) / leaving
    before, gp, began = _named(simulation)
    lived = np.maximum(state.background["age"], 0.0) + 0.5
    had = np.where(gp != 0, np.minimum(np.minimum(stayed, -began / 12.0), lived), 0.0)
    for year in range(EPOCH.year, FOLLOWED_YEAR + 1):
        simulation.run(date(year, 1, 2))  # the year is settled on its first day
        state, known = simulation.state, had.size
        key = np.ascontiguousarray(state.person["key"])
        changed = draws(state.seed[0], Purpose.CHANGE_OF_GP, key, np.uint64(2 * year)) < changes_of_gp(
            state, region, year
        )
        chair, now, _ = _named(simulation)
        same = (chair[:known] == before) & (now[:known] == gp) & ~changed[:known]
        longer = np.full(now.size, 0.5)
        longer[:known] = np.where(same, had + (year > EPOCH.year), 0.5)
        before, gp, had = chair, now, np.where(now != 0, longer, 0.0)
    return had


def _named(simulation: Simulation) -> tuple[Array, Array, Array]:
    """Chair of everybody's named GP, the GP's number, 0 if there is none, and the month in which the GP came."""
    person, seats = simulation.state.person, simulation.state.chair
    chair = person["chair"].astype(np.int64)
    post = seats[person["centre"], np.minimum(chair, seats.shape[1] - 1)]
    there = (chair != NO_CHAIR) & (post["gp"] != 0) & (post["agency"] == 0)
    return chair, np.where(there, post["gp"], 0), post["began"].astype(float)


def logistic(told: Array, happened: Array) -> Array:
    """Coefficients of a logistic regression, float64[columns], by iteratively reweighted least squares.

    `told` float64[n, columns] with a column of ones, `happened` bool[n]; a trifle of ridge keeps rare kinds finite.
    """
    beta, ridge = np.zeros(told.shape[1]), 1e-6 * np.eye(told.shape[1])
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(told @ beta, -30.0, 30.0)))
        weight = chance * (1.0 - chance)
        step = np.linalg.solve(told.T @ (told * weight[:, None]) + ridge, told.T @ (happened - chance) - ridge @ beta)
        beta = beta + np.clip(step, -4.0, 4.0)
        if np.abs(step).max() < 1e-8:
            break
    return beta
