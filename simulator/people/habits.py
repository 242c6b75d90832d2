"""Habits that make ill: who smokes every day and who has obesity, and what that does to the onset of disease.

Today's onset holds smoking and obesity already. So the habits do not add to it: they part it between people, and the
mean over those of an age and sex who may fall ill stays what it was. Of the ratios between those with a habit and
those without, the part that the habit itself causes is used alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.core.dates import EPOCH
from simulator.core.fields import Array
from simulator.core.kernels import integer, kernel, rule
from simulator.core.randomness import LASTING, Purpose, Word, draw, purpose_key
from simulator.core.state import OBESE, PRESENT, SMOKER, STOPPED_BIT
from simulator.region.axes import AGES
from simulator.region.pack import Region

HABITS_FROM = 18
"""Age from which people have habits of their own."""
TAKES_PART = np.uint64(1)
"""Occurrence of the lasting draw of who takes part in a weight programme; that of obesity is LASTING."""
LAST_AGE = AGES - 1
"""It stands for itself and all above."""
STOPS_COUNTED_FROM = EPOCH.year - 1
"""What a year of stopping is counted from, so that the first year is 1."""
RISK_CLASSES = 4
HABITS = ("smoking", "obesity")
"""As the register of parameters names them, in the order of the bits of a class of risk."""


class Spared(NamedTuple):
    """What support to change habits spares of the onset in a year.

    `smoking_ratio` and `programme_ratio` float64[c] are ratios of onset, `half_life` the years after which half of
    what smoking adds is gone, `programme` float64[M, A, 4] the share of those with obesity who take part.
    """

    smoking_ratio: Array
    half_life: float
    programme: Array
    programme_ratio: Array
    group_of_age: Array


def shares_of(region: Region) -> Array:
    """Share of adults who smoke every day and who have obesity, float64[2]."""
    return np.array([region.parameters[f"risk.{habit}_prevalence"] for habit in HABITS])


def class_weights(shares: Array) -> Array:
    """Share of adults in each class of risk: neither, smokes, has obesity, both; float64[4]."""
    smoking, obesity = shares
    return np.outer([1.0 - obesity, obesity], [1.0 - smoking, smoking]).ravel()


def causal_ratios(region: Region) -> Array:
    """Onset with a habit over that without, as far as the habit is the cause, float64[2, c]; 1 where none is known."""
    p = region.parameters
    out = np.ones((len(HABITS), len(region.conditions)))
    for h, habit in enumerate(HABITS):
        ratio = np.array([p.get(f"risk.{habit}_ratio_{condition.code}", 1.0) for condition in region.conditions])
        out[h] += p[f"risk.{habit}_causal_share"] * (ratio - 1.0)
    return out


def part_by_class(split: Array, onset: Array, survival: Array, ratios: Array, weights: Array) -> tuple[Array, Array]:
    """Part prevalence and onset between classes of risk: two arrays float64[4, c, 2, ages, bands].

    `split`, `onset` and `survival` [c, 2, ages, bands] are those of everybody, `ratios` [2, c] the causal ratios of
    the habits and `weights` [4] the classes' shares of adults. At every age, sex and band the mean prevalence is that
    of everybody, and so is the mean onset among those without the condition. Children have no habits.
    """
    ratio = np.stack([np.ones_like(ratios[0]), *ratios, ratios.prod(axis=0)])[:, :, None, None]
    weight = weights[:, None, None, None]
    prevalence, by_class = (np.repeat(each[None], RISK_CLASSES, axis=0) for each in (split, onset))
    for age in range(HABITS_FROM, split.shape[2]):
        ill = prevalence[:, :, :, age]
        without = weight * (1.0 - ill)
        mean = (without * ratio).sum(axis=0) / without.sum(axis=0)
        by_class[:, :, :, age] *= ratio / mean
        if age + 1 < split.shape[2]:
            carried = ill * survival[:, :, age]
            carried /= carried + 1.0 - ill
            grown = carried + (1.0 - carried) * by_class[:, :, :, age]
            prevalence[:, :, :, age + 1] = _with_mean(grown, weight, split[:, :, age + 1])
    untouched = (ratios == 1.0).all(axis=0)
    prevalence[:, untouched] = split[untouched]
    return prevalence, by_class


def _with_mean(share: Array, weight: Array, wanted: Array) -> Array:
    """Bring shares [4, ...] of weighted classes to a mean, in proportion to those ill or, to go up, to the others."""
    mean = (weight * share).sum(axis=0)
    down = share * np.minimum(wanted / np.maximum(mean, 1e-300), 1.0)
    up = 1.0 - (1.0 - share) * np.minimum((1.0 - wanted) / (1.0 - mean), 1.0)
    brought: Array = np.where(mean >= wanted, down, up)
    return brought


@rule
def _has(key: Word, person_key: Word, share: float) -> bool:
    """Whether a person has a habit that so many adults have: one lasting draw, so a higher share takes none away."""
    return share > 0.0 and draw(key, person_key, LASTING) < share


@kernel
def take_habits(seed: int, person: Array, background: Array, first: int, last: int, shares: Array, oldest: int) -> None:
    """Draw the habits of adults among people [first, last), up to the age `oldest`."""
    smoking, weight = purpose_key(seed, Purpose.SMOKING), purpose_key(seed, Purpose.WEIGHT)
    for i in range(first, last):
        if HABITS_FROM <= background[i]["age"] <= oldest:
            smokes = SMOKER * _has(smoking, person[i]["key"], shares[0])
            background[i]["habits"] = smokes | OBESE * _has(weight, person[i]["key"], shares[1])


@kernel
def stop_smoking(seed: int, year: int, person: Array, background: Array, stops: Array, group_of_age: Array) -> None:
    """Let this year's support make smokers stop for good: a share `stops` float64[M, A, 4] of them."""
    key = purpose_key(seed, Purpose.SMOKING)
    for i in range(person.size):
        back = background[i]
        if person[i]["status"] & PRESENT and smokes(back["habits"]):
            share = stops[back["municipality"], group_of_age[back["age"]], back["segment"]]
            if share > 0.0 and draw(key, person[i]["key"], np.uint64(year)) < share:
                back["habits"] |= (year - STOPS_COUNTED_FROM) << STOPPED_BIT


@rule
def smokes(habits: int) -> bool:
    """Whether somebody with such habits smokes every day now."""
    return (integer(habits) & SMOKER) != 0 and integer(habits) >> STOPPED_BIT == 0


@rule
def left_of_onset(person_key: Word, back: Array, c: int, year: int, spared: Spared, weight: Word) -> float:
    """What support leaves of a person's onset of condition `c`; `weight` is the key of draws about weight."""
    left, stopped = 1.0, integer(back["habits"]) >> STOPPED_BIT
    if stopped:
        since, ratio = float(year - STOPS_COUNTED_FROM - stopped), spared.smoking_ratio[c]
        left = (1.0 + 0.5 ** (since / spared.half_life) * (ratio - 1.0)) / ratio
    if back["habits"] & OBESE:
        age = max(integer(back["age"]), 0)
        share = spared.programme[back["municipality"], spared.group_of_age[age], back["segment"]]
        if share > 0.0 and draw(weight, person_key, TAKES_PART) < share:
            left *= spared.programme_ratio[c]
    return left
