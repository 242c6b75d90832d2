"""GPs who leave: their people are followed for two years against those of other GPs, as the Norwegian study did.

On a New Year's Day some permanent GPs, drawn at random, leave. Another takes over the list at once, as there, or the
post is vacant until somebody is recruited. People are those whose named GP leaves, and as a control those whose named
GP does not; both may meet what else happens. Beside what such a study sees stands the truth that only a simulator has:
the same people in the same future, had the GP stayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from calibration.experiments.followed import FOLLOWED_SV, follow_year
from scenarios.strategies.defaults import HOME_REGION
from simulator.core.dates import EPOCH, month_number
from simulator.core.fields import Array
from simulator.core.state import NO_CHAIR, PRESENT
from simulator.region.pack import Region, load_region
from simulator.simulation import Simulation
from simulator.staff.workforce import replace_gps

YEAR_BEFORE = EPOCH.year + 1
"""The year before the exits; the two after it are followed."""
LEAVING_SHARE = 0.2
"""Share of permanent GPs who leave, so many that each replication has thousands of people."""


class Exits(NamedTuple):
    """Ratios float64[outcomes, years after] of one replication, by FOLLOWED_SV."""

    study: Array  # what a study of registers sees: change of those who lost their GP over that of the others
    truth: Array  # those who lost their GP over the same people had the GP stayed
    people: int  # who lost their GP


def exits(region: Region, seed: int, taken_over: bool) -> Exits:
    """Let GPs leave in one future and follow their people; `taken_over` says whether others take over at once."""
    simulation = Simulation(region, seed)
    simulation.run(date(YEAR_BEFORE, 1, 1))
    before = follow_year(simulation, YEAR_BEFORE)
    state = simulation.state
    named = np.where(state.person["status"] & PRESENT, state.person["chair"], NO_CHAIR).astype(np.int64)
    centre = state.person["centre"].astype(np.int64)
    leaving = _who_leaves(state.chair, seed)
    held = (state.chair["gp"] != 0) & (state.chair["agency"] == 0)
    known = np.flatnonzero(named != NO_CHAIR)
    known = known[held[centre[known], named[known]]]
    exposed = known[leaving[centre[known], named[known]]]
    others = known[~leaving[centre[known], named[known]]]
    simulation.make_room(0)
    checkpoint = simulation.checkpoint()
    stayed = _years_after(Simulation.resume(region, checkpoint))
    without = Simulation.resume(region, checkpoint)
    replace_gps(without.state.chair, leaving, month_number(date(YEAR_BEFORE + 1, 1, 1)), taken_over)
    left = _years_after(without)
    weights = _standardised(simulation, exposed, others)
    study, truth = (np.empty((len(FOLLOWED_SV), len(left))) for _ in range(2))
    for o, name in enumerate(FOLLOWED_SV):
        for y, (after, had_stayed) in enumerate(zip(left, stayed, strict=True)):
            change = after[name][exposed].sum() / np.average(after[name][others], weights=weights) / exposed.size
            if name != "death":
                change /= before[name][exposed].sum() / np.average(before[name][others], weights=weights) / exposed.size
            study[o, y] = change
            truth[o, y] = after[name][exposed].sum() / max(had_stayed[name][exposed].sum(), 1)
    return Exits(study, truth, exposed.size)


def exits_of(changed: Mapping[str, float], taken_over: bool, seed: int) -> Array:
    """What a study sees and the truth in the home region with changed parameters, float64[2, outcomes, years]."""
    found = exits(load_region(HOME_REGION).with_parameters(dict(changed)), seed, taken_over)
    return np.stack([found.study, found.truth])


def _who_leaves(chair: Array, seed: int) -> Array:
    """Draw LEAVING_SHARE of the permanent GPs, at least one, bool[H, C]."""
    permanent = np.argwhere((chair["gp"] != 0) & (chair["agency"] == 0))
    number = max(round(LEAVING_SHARE * len(permanent)), 1)
    leaving = np.zeros(chair.shape, bool)
    leaving[tuple(permanent[np.random.default_rng(seed).permutation(len(permanent))[:number]].T)] = True
    return leaving


def _years_after(simulation: Simulation) -> list[dict[str, Array]]:
    return [follow_year(simulation, year) for year in (YEAR_BEFORE + 1, YEAR_BEFORE + 2)]


def _standardised(simulation: Simulation, exposed: Array, others: Array) -> Array:
    """Weights of the others that give them the exposed group's mix of sex and risk (age group x RUB), float64[n]."""
    kind = simulation.state.person["risk"].astype(np.int64) * 2 + simulation.state.background["sex"]
    size = int(kind.max()) + 1
    wanted, there = np.bincount(kind[exposed], minlength=size), np.bincount(kind[others], minlength=size)
    weight: Array = (wanted / np.maximum(there, 1))[kind[others]].astype(float)
    return weight
