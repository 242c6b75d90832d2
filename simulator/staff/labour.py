"""The labour market: how many can be hired, whoever wants them.

Employers fill vacant posts at rates of their own, but out of the same people: those whom schools, other regions and
people who come back bring. That number follows the people of working age, not the number of vacant posts, so more
posts than hands do not bring more hands. Professions that employers of several kinds compete for share one pool.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import Record
from simulator.region.pack import Region

POOLS = (
    ("nurse", "district_nurse", "hospital_nurse", "municipal_nurse", "coordinator"), ("assistant_nurse", "home_help"),
    ("hospital_physician",), ("rehab",), ("gp",),
    ("psychosocial", "psychiatric_staff"), ("psychiatrist",),
)  # fmt: skip
"""Professions that are hired from the same people; residents are in training and come from nowhere else."""
WORKING_AGES = slice(20, 65)


def people_of_working_age(record: Record, month: int) -> float:
    """People of 20-64 years on the last 31 December over those of the first day."""
    people = record.population[[0, month // 12], ..., WORKING_AGES].sum(axis=(1, 2, 3))
    return float(people[1] / people[0]) if people[0] else 1.0


def room(region: Region, working_age: float, effort: Array | float = 1.0) -> Array | float:
    """How many can be hired in a month over what kept today's vacancy, where `effort` is put into recruiting.

    Of what an effort adds one part comes from outside; the other only moves people between employers. Who makes less
    effort than today reaches so many fewer, however many posts stand vacant.
    """
    p = region.parameters
    outside = np.minimum(effort, 1.0) + p["work.pool_open"] * (np.maximum(effort, 1.0) - 1.0)
    people: float = working_age ** p["work.pool_follows_ages"]
    return p["work.pool_slack"] * people * outside


def share_of_wanted(
    region: Region, wanted: Array, usual: Array, working_age: float, controls: Mapping[str, Array]
) -> Array:
    """Share float64[P] of the hires wanted [U, P] in a month that the pools allow; `usual` [U, P] kept the vacancy."""
    share = np.ones(len(region.professions))
    for pool in POOLS:
        columns = [region.professions.index(name) for name in pool if name in region.professions]
        asked, kept = wanted[:, columns], usual[:, columns]
        if not asked.sum() > 0.0:
            continue
        effort = float((kept.sum(axis=1) * controls["staff_recruitment"]).sum() / max(kept.sum(), 1e-9))
        share[columns] = min(kept.sum() * float(room(region, working_age, effort)) / asked.sum(), 1.0)
    return share
