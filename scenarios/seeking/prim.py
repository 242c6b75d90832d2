"""Scenario discovery: under which assumptions a mix does not hold, as a box of at most a few of them, or nothing.

The patient rule induction method (Friedman and Fisher, Statistics and Computing 1999; Bryant and Lempert, Technological
Forecasting and Social Change 2010): from all futures a thin slice at one end of one assumption is peeled off again and
again, the one that leaves most failures among what is left. Of the boxes on the way the one is taken that balances
coverage (the part of all failures that is in it) and density (the part of its futures that fail) best, by their
harmonic mean.

With many assumptions and few futures some box always looks good. So the same is done with failures dealt out by chance,
and a box that does not beat 95 % of those carries nothing: none is returned. The libraries that have the method are
under another licence than the project or bring a whole workbench along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.statistics.arrays import Array

PEELED = 0.08
"""Share of a box's futures in a slice, at least one of them."""
LEAST_FUTURES = 5
"""Futures that a box must hold, failures that there must be, and futures that must not fail."""
MOST_SIDES = 2
DEALT = 199
"""Times that failures are dealt out by chance."""
CARRIES = 0.05
LEAST_DENSITY = 0.5


@dataclass(frozen=True, slots=True)
class BoxSide:
    """A bound on one assumption, `above` it or below, halfway between the futures inside and outside."""

    name: str
    above: bool
    bound: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where futures fail: conditions that hold together, coverage and density (shares), and futures in the box."""

    conditions: tuple[BoxSide, ...]
    coverage: float
    density: float
    futures: int


@dataclass(frozen=True, slots=True)
class _Peeled:
    """A box on the way: futures inside, bool [future], assumptions peeled so far, bool [assumption], and its worth."""

    inside: Array
    columns: Array
    worth: float


def discover(values: Array, fails: Array, names: Sequence[str], seed: int = 0) -> Box | None:
    """Return the box of futures that fail, None where none carries.

    `values` are the assumptions, float64 [future, assumption], `fails` bool [future], `names` those of the columns.
    """
    count = int(fails.sum())
    if min(count, len(fails) - count) < LEAST_FUTURES or not values.size:
        return None
    found = _best(values, fails)
    dealer = np.random.default_rng(seed)
    dealt = [_best(values, dealer.permutation(fails)).worth for _ in range(DEALT)]
    chance = (1 + sum(worth >= found.worth - 1e-12 for worth in dealt)) / (1 + DEALT)
    density = float(fails[found.inside].mean())
    if chance > CARRIES or density < LEAST_DENSITY or found.inside.all():
        return None
    chosen = np.flatnonzero(found.columns)
    conditions = tuple(_conditions(values[:, chosen], found.inside, [names[at] for at in chosen.tolist()]))
    return Box(conditions, float(fails[found.inside].sum() / count), density, int(found.inside.sum()))


def _best(values: Array, fails: Array) -> _Peeled:
    """Return the best box on the way of peeling, futures inside as bool [future]."""
    inside, peeled = np.ones(len(fails), bool), np.zeros(values.shape[1], bool)
    best = _Peeled(inside, peeled.copy(), _worth(inside, fails))
    while (following := _peel(values, fails, inside, peeled)) is not None:
        inside, column = following
        peeled[column] = True
        worth = _worth(inside, fails)
        if worth > best.worth + 1e-12:
            best = _Peeled(inside, peeled.copy(), worth)
    return best


def _peel(values: Array, fails: Array, inside: Array, peeled: Array) -> tuple[Array, int] | None:
    """Return what is left after the best slice, and of which assumption it was; None at the end."""
    here, failing = values[inside], fails[inside]
    slice_size = max(1, int(PEELED * len(here)))
    ordered = np.sort(here, axis=0)
    kept = np.stack([here > ordered[slice_size - 1], here < ordered[len(here) - slice_size]])
    if peeled.sum() >= MOST_SIDES:
        kept &= peeled
    left = kept.sum(axis=1)
    density = np.where(left >= LEAST_FUTURES, (kept & failing[:, None]).sum(axis=1) / np.maximum(left, 1), -1.0)
    side, column = np.unravel_index(int(np.argmax(density + 1e-9 * left)), density.shape)
    if density[side, column] < 0 or failing.all():
        return None
    following = inside.copy()
    following[inside] = kept[side, :, column]
    return following, int(column)


def _worth(inside: Array, fails: Array) -> float:
    hits = float(fails[inside].sum())
    return 2.0 * hits / float(inside.sum() + fails.sum())


def _conditions(values: Array, inside: Array, names: Sequence[str]) -> list[BoxSide]:
    """Return the bounds of a box: of each assumption those that leave futures out that all other bounds let in."""
    low, high = values[inside].min(axis=0), values[inside].max(axis=0)
    below, above = values < low, values > high
    bounds: list[BoxSide] = []
    left_out = ~inside
    while left_out.any():  # the fewest bounds that leave out all that is outside, the widest of them first
        counts = np.stack([(below & left_out[:, None]).sum(axis=0), (above & left_out[:, None]).sum(axis=0)])
        side, column = map(int, np.unravel_index(int(np.argmax(counts)), counts.shape))
        if counts[side, column] == 0:
            break
        outside = values[(above if side else below)[:, column], column]
        edge = (high[column] + outside.min()) / 2 if side else (low[column] + outside.max()) / 2
        bounds.append(BoxSide(names[column], side == 0, float(edge)))
        left_out &= ~(above if side else below)[:, column]
    return bounds
