"""Continuity of care: the relationship with the GPs actually seen, and what it does.

A relationship begins with the first visit to a permanent GP and lasts while that GP is seen within
the memory span. Its *dose* grows with the logarithm of its years (the scale on which Sandvik et al.,
BJGP 2022;72:e84, report odds ratios) and with the share of visits that go to that GP: a named GP who
is not seen adds nothing. Locums never form a relationship.
"""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import formula, kernel, rule
from simulator.core.record import COUNTED, SUM_OF_COC, SUM_OF_UPC
from simulator.core.state import CHRONIC, HOME_NURSING, PRESENT, SAW_OWN_GP, SPECIAL_HOUSING
from simulator.core.words import centre_of, chair_of

DOSES = 16
SEEN = 8
MOST_VISITS = 255
"""GP visits of a year that are told apart."""
SHARE_STEP = 0.25
"""Weight of the latest visit in the moving share: a memory of some four visits."""
LONGEST_YEARS = 17.0
"""Relationships longer than this act no more strongly ('over 15 years' in the source)."""
_LENGTH = np.clip(np.arange(int(LONGEST_YEARS * 365.25) + 2) / 365.25, 1.0, LONGEST_YEARS)
_LOG_LENGTH = np.log(_LENGTH) / np.log(LONGEST_YEARS)
"""Logarithm of a relationship's length by days, as a share of the longest: looked up at every visit."""
EFFECT_KINDS = 3  # emergency need, admission, death


@rule
def dose_level(days: int, share: float, full_share: float) -> int:
    """Dose 0..DOSES-1 of a relationship of so many days in which `share` of visits met the GP."""
    length = _LOG_LENGTH[max(min(days, _LOG_LENGTH.size - 1), 0)]
    return int(min(share / full_share, 1.0) * length * (DOSES - 1) + 0.5)


@rule
def remember(
    person: Array,
    relation: Array,
    seen: Array,
    slot: int,
    gp: int,
    agency: int,
    own: int,
    day: int,
    memory: float,
    full_share: float,
    regular: float,
) -> None:
    """Write one GP visit into the person's memory and bring the dose up to date.

    Whether a GP who knows the person was seen last is noted of those who come `regular` times in two years: of others
    it is not known to change anything.
    """
    bond = relation[slot]
    me = person[slot]
    seen[slot, bond["visits"] % SEEN] = gp
    bond["visits"] = min(bond["visits"] + 1, MOST_VISITS)
    known = bond["gp"] == gp and not agency
    if bond["gp"] == gp:
        bond["last"] = day
        bond["share"] += np.float32(SHARE_STEP) * (np.float32(1.0) - bond["share"])
    else:
        bond["share"] -= np.float32(SHARE_STEP) * bond["share"]
        lapsed = bond["gp"] == 0 or day - bond["last"] > memory
        if not agency and (lapsed or own or bond["share"] < 0.2):
            bond["gp"] = gp
            bond["since"] = day
            bond["last"] = day
            bond["share"] = np.float32(SHARE_STEP)
    if known and bond["visits"] + bond["visits_before"] >= regular:
        me["status"] |= SAW_OWN_GP
    else:
        me["status"] &= 255 - SAW_OWN_GP
    me["dose"] = dose_level(bond["last"] - bond["since"], bond["share"], full_share)


@formula
def bice_boxerman(seen: Array, visits: int) -> float:
    """Continuity of care index of one person, 0..1, over the latest SEEN visits.

    (sum n_j^2 - n) / (n (n - 1)), which is the share of pairs of visits that met the same GP.
    Source: Bice and Boxerman, Med Care 1977;15:347.
    """
    n = min(visits, SEEN)
    same = 0
    for i in range(n):
        for j in range(i):
            same += seen[i] == seen[j]
    return 2.0 * same / (n * (n - 1))


@formula
def usual_provider(seen: Array, visits: int) -> float:
    """Usual provider of care index of one person, 0..1: the share of visits to whom was seen most.

    Over the latest SEEN visits. Source: Breslau and Reeb, J Med Educ 1975;50:965.
    """
    n = min(visits, SEEN)
    most = 0
    for i in range(n):
        same = 0
        for j in range(n):
            same += seen[i] == seen[j]
        most = max(most, same)
    return most / n


@kernel
def close_year(person: Array, background: Array, relation: Array, seen: Array, least_visits: int, index: Array) -> None:
    """Sum the year's indices of the chronically ill, special housing and home nursing; start anew.

    `index` float64[M, 3, 3]: group, then sum of Bice-Boxerman, sum of usual provider, people.
    """
    for i in range(person.size):
        visits, status = relation[i]["visits"], person[i]["status"]
        if visits >= least_visits and status & PRESENT and status & (CHRONIC | SPECIAL_HOUSING | HOME_NURSING):
            m = background[i]["municipality"]
            coc, upc = bice_boxerman(seen[i], visits), usual_provider(seen[i], visits)
            for group in range(3):
                if status & (CHRONIC if group == 0 else SPECIAL_HOUSING if group == 1 else HOME_NURSING):
                    index[m, group, SUM_OF_COC] += coc
                    index[m, group, SUM_OF_UPC] += upc
                    index[m, group, COUNTED] += 1.0
        relation[i]["visits_before"] = visits
        relation[i]["visits"] = 0


def begin_year(relation: Array) -> None:
    """Begin a new year of visits to GPs."""
    relation["visits_before"], relation["visits"] = relation["visits"], 0


@rule
def has_left(chair: Array, gp: int) -> bool:
    """Whether a GP no longer sits where the number says."""
    left: bool = chair[centre_of(gp), chair_of(gp)]["gp"] != gp
    return left


@kernel
def forget(person: Array, relation: Array, chair: Array, day: int, memory: float, full_share: float) -> None:
    """Let relationships lapse that have not been used within the memory span (days), or whose GP has left."""
    for i in range(person.size):
        bond = relation[i]
        if bond["gp"] != 0 and (has_left(chair, bond["gp"]) or day - bond["last"] > memory):
            bond["gp"] = 0
            bond["share"] = 0.0
            person[i]["dose"] = 0
        elif bond["gp"] != 0:
            person[i]["dose"] = dose_level(day - bond["since"], bond["share"], full_share)


def effects(odds_ratios: Array, causal_share: Array) -> Array:
    """Rate multipliers float64[EFFECT_KINDS, DOSES] from odds ratios [EFFECT_KINDS, 2].

    The columns hold the published ratios at 2-3 and over 15 years against one year; between them the
    logarithm is interpolated over the logarithm of years. Only `causal_share` [EFFECT_KINDS] of an association
    that was observed, not tried, is taken for an effect.
    """
    dose = np.linspace(0.0, 1.0, DOSES)
    knots = np.log([1.0, 2.5, LONGEST_YEARS]) / np.log(LONGEST_YEARS)
    rows = [np.interp(dose, knots, np.log([1.0, *row])) for row in odds_ratios]
    factors: Array = np.exp(causal_share[:, None] * np.array(rows))
    return factors
