"""Households: older people who live together, who cares for whom, and what the loss of a partner does.

Adults live in couples, of whom one comes to care for the other. Who needs help at home needs less of it from the
municipality and is granted special housing less often while a partner lives there. Both are balanced on the first day:
sources tell what is granted and given to all, with a partner or without. Those who reach the age or move in find a
partner as others have; who has lost one stays alone, as nearly all do. Children who care are not told.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from simulator.core.fields import Array
from simulator.core.kernels import integer, kernel, rule
from simulator.core.randomness import Purpose, draws
from simulator.core.state import HOME_NURSING, PRESENT, SPECIAL_HOUSING, State
from simulator.core.tables import Tables
from simulator.core.words import rub_of
from simulator.region.axes import SEXES
from simulator.region.pack import Region

NOBODY_THERE = -1
AGE_GAP, GAP_SPREAD = 2.5, 3.0
"""Years by which men are older than the women they live with: mean and standard deviation (assumption, grade C)."""
YOUNGEST, AGED_FROM = 30, 65
SHARE_AGES = {"30_59": YOUNGEST, "60_69": 60, "70_79": 70, "80_89": 80, "90_plus": 90}
"""First ages of the shares with a partner, as the register of parameters names them."""
WHETHER, HOW_OLD = range(2)
"""Occurrences of draws: whether one lives with somebody, and how much older or younger that one is."""
HEAVY_RUB = 4


@rule
def lives_with(person: Array, background: Array, slot: int) -> int:
    """Slot of the partner if both live together at home, else NOBODY_THERE."""
    other = integer(background[slot]["partner"]) - 1
    if other < 0 or person[slot]["status"] & SPECIAL_HOUSING:
        return NOBODY_THERE
    status = person[other]["status"]
    return other if status & PRESENT and not status & SPECIAL_HOUSING else NOBODY_THERE


@rule
def needs_much(person: Array, background: Array, slot: int) -> bool:
    """Whether somebody with home nursing needs so much that whoever lives there carries a heavy load."""
    return background[slot]["granted"] != 0 or rub_of(person[slot]["risk"]) >= HEAVY_RUB


# --- couples ---------------------------------------------------------------------------------------------


def link(state: State, region: Region) -> None:
    """Let adults at home who have had no partner yet live together in pairs, as many as the shares by age and sex say.

    On the first day these are all; on each 1 January who has reached the age, moved in or waited. In each municipality
    the women and men who are to have a partner are put beside each other by age, from the oldest on. The youngest of
    those who are more, whose partner is younger still, stay without until there is somebody.
    """
    back, seed = state.background, state.seed[0]
    at_home = (state.person["status"] & (PRESENT | SPECIAL_HOUSING)) == PRESENT
    free = np.flatnonzero(at_home & (back["partner"] == 0) & (back["age"] >= YOUNGEST))
    keys, age, sex = state.person["key"][free], back["age"][free].astype(np.int64), back["sex"][free]
    paired = draws(seed, Purpose.HOUSEHOLD, keys, WHETHER) < partner_share(region)[sex, age]
    free, keys, age, sex = free[paired], keys[paired], age[paired], sex[paired]
    u = np.clip(draws(seed, Purpose.HOUSEHOLD, keys, HOW_OLD), 1e-9, 1.0 - 1e-9)
    # Both sides err by half the variance, so that pairs differ by all of it.
    place = age + u - AGE_GAP * (sex == 0) + GAP_SPREAD / np.sqrt(2.0) * ndtri(u)
    order = np.argsort(-place, kind="stable")
    town, sex = back["municipality"][free[order]], sex[order]
    for m in range(len(region.municipalities)):
        men, women = (free[order[(town == m) & (sex == s)]] for s in range(len(SEXES)))
        together = min(men.size, women.size)
        back["partner"][men[:together]], back["partner"][women[:together]] = women[:together] + 1, men[:together] + 1


def partner_share(region: Region) -> Array:
    """Share who live with a partner at home by sex and age, float64[2, ages]; 0 below YOUNGEST."""
    p, ages = region.parameters, np.arange(128)
    out = np.zeros((len(SEXES), ages.size))
    for s, sex in enumerate(SEXES):
        for name, first in SHARE_AGES.items():
            out[s, ages >= max(first, YOUNGEST)] = p[f"household.partner_share_{name}_{sex}"]
    return out


@kernel
def _mark_together(person: Array, background: Array, out: Array) -> None:
    for i in range(person.size):
        out[i] = background[i]["partner"] != 0 and lives_with(person, background, i) >= 0


def together(state: State) -> Array:
    """Mark those who live with a partner, bool[N]."""
    out = np.zeros(state.person.size, np.bool_)
    _mark_together(state.person, state.background, out)
    return out


# --- special housing and home help -----------------------------------------------------------------------


def balance(state: State, tables: Tables, region: Region) -> tuple[float, float]:
    """Return what keeps special housing and home help at their sources: divisor of the one, share of those alone.

    The first is the mean over the first day's people of the factor on being granted special housing, the second the
    share of home nursing's patients without a partner who have home help.
    """
    p, status, back = region.parameters, state.person["status"], state.background
    pairs = together(state)
    chance = tables.housing_entry[np.maximum(back["age"], 0), back["rub"]] * ((status & SPECIAL_HOUSING) == 0)
    aged = back["age"] >= AGED_FROM
    factor = np.where(aged & ~pairs, p["carers.alone_housing_ratio"], 1.0)
    mean = float((chance * factor).sum() / chance.sum()) if chance.any() else 1.0
    nursed = ((status & HOME_NURSING) != 0) & (back["granted"] == 0)
    without = 1.0 - float(pairs[nursed].mean()) if nursed.any() else 1.0
    share = p["home_help.share_of_home_nursing"]
    return mean, min(share / (without + (1.0 - without) * p["carers.partner_home_help_ratio"]), 1.0)


HOUSING_MEAN, HELP_SHARE = range(2)
"""Places in `State.balance`."""


def housing_factor(state: State, region: Region, supported: Array) -> Array:
    """Factor float32[N] on being granted special housing: who is alone, who lost a partner last year, who has a carer.

    `supported` float64[M] is the share of carers of people with dementia who are supported beyond today.
    """
    p, back = region.parameters, state.background
    pairs, aged = together(state), back["age"] >= AGED_FROM
    factor = np.ones(back.size, np.float32)
    factor[aged & ~pairs] = p["carers.alone_housing_ratio"]
    factor[aged & (back["lost"] != 0)] = p["carers.loss_housing_ratio"]
    if supported.any():
        cared = pairs & with_dementia(state, region) & ((state.person["status"] & HOME_NURSING) != 0)
        share = as_supported(state, supported)[cared] * (1.0 - p["carers.support_housing_ratio"])
        factor[cared] *= (1.0 - share).astype(np.float32)
    factor /= np.float32(state.balance[HOUSING_MEAN])
    return factor


def as_supported(state: State, supported: Array) -> Array:
    """Share of support where people live, float64[N]."""
    share: Array = supported[state.background["municipality"]]
    return share


def dementia_bit(region: Region) -> int:
    """Bit of dementia in a set of conditions; 0 where the region does not tell it apart."""
    codes = [condition.code for condition in region.conditions]
    return 1 << codes.index(DEMENTIA) if DEMENTIA in codes else 0


def with_dementia(state: State, region: Region) -> Array:
    """Mark those with dementia, bool[N]."""
    marked: Array = (state.background["conditions"] & dementia_bit(region)) != 0
    return marked


DEMENTIA = "dementia"


# --- what load and loss do to health ---------------------------------------------------------------------


def death_factor(state: State, region: Region, controls: Mapping[str, Array]) -> Array:
    """Factor float32[N] on the hazard of death in a year: of who is alone, lost a partner last year, or cares much.

    That those alone die oftener is part selection: it keeps couples as common among the oldest as they are, and the
    number of deaths stays. In special housing all are alone.
    """
    p, back = region.parameters, state.background
    factor = np.ones(back.size, np.float32)
    aged = back["age"] >= AGED_FROM
    alone = aged & ~together(state)
    for s, sex in enumerate(SEXES):
        factor[alone & (back["sex"] == s)] = p[f"household.alone_death_ratio_{sex}"]
    lost = aged & (back["lost"] != 0)
    factor[lost] = np.maximum(factor[lost], p["carers.loss_death_ratio"])  # beside those who have a partner, as theirs
    strained = np.zeros(back.size, np.bool_)
    _mark_strained(state.person, back, strained)
    relieved = as_supported(state, controls["carer_support"])[strained] * (1.0 - p["carers.support_strain_ratio"])
    factor[strained] *= (1.0 + (p["carers.strain_death_ratio"] - 1.0) * (1.0 - relieved)).astype(np.float32)
    return factor


@kernel
def _mark_strained(person: Array, background: Array, out: Array) -> None:
    """Mark those whose partner has home nursing and needs much."""
    for i in range(person.size):
        if background[i]["partner"] == 0:
            continue
        other = lives_with(person, background, i)
        if other >= 0 and person[i]["status"] & PRESENT and person[other]["status"] & HOME_NURSING:
            out[i] = needs_much(person, background, other)


def after_loss(state: State, region: Region) -> tuple[Array, float]:
    """Return who lost a partner the year before, int64[n] slots, and the factor on their emergencies."""
    lost = np.flatnonzero((state.background["lost"] != 0) & (state.background["age"] >= AGED_FROM))
    return lost, region.parameters["carers.loss_emergency_ratio"]
