"""What is offered to whom: the levers on people, by municipality, age group and segment of need.

A strategy may limit them to some municipalities, ages or segments, so rules look up the share offered to the person
instead of one number for the county. Where a person belongs hangs on the 16 bytes that a contact reads anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import at, constant, formula, integer, rule
from simulator.core.state import CHRONIC, COMPLEX, LOW_USE
from simulator.core.world import World
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.region.axes import AGE_GROUP_START, AGE_GROUPS, STREAMS
from simulator.region.pack import Region

OFFERS = {
    "advice": "self_care",
    "moved": "specialist_to_primary",
    "exercise": "fall_prevention",
    "monitored": "telemonitoring",
    "reviewed": "medication_review",
    "coordinated": "coordinated_discharge",
    "talked": "end_of_life_talks",
    "plan_at_enrolment": "plan_at_enrolment",
    "review_at_enrolment": "review_at_enrolment",
}
"""What is offered, and the control that says how much of it."""
ADVICE, MOVED, EXERCISE, MONITORING, REVIEW, COORDINATION, TALK, PLAN_GIVEN, REVIEW_GIVEN = (
    constant(n) for n in range(len(OFFERS))
)
"""First index of `World.offer`."""
ADVISED, REVIEWS, PLANNED_DISCHARGES, TALKS = (constant(n) for n in range(4))
"""Columns of `Record.effort`: what was given beyond today's course, which somebody must have had the time for."""


def offers_of(region: Region, controls: Mapping[str, Array]) -> Array:
    """Shares offered under a month's control values, float64[OFFERS, M * A, 4] by the person's cell and segment."""
    out = np.stack([controls[name] for name in OFFERS.values()])
    out[ADVICE] = np.clip(region.parameters["primary_care.self_care_share"] + out[ADVICE], 0.0, 1.0)
    return np.ascontiguousarray(out.reshape(len(OFFERS), -1, out.shape[-1]))


@lru_cache(maxsize=4)
def specialist_needs(region: Region) -> Array:
    """Outpatient needs a year of today's population, float64[M, A]."""
    people = np.zeros((len(region.municipalities), len(AGE_GROUPS)))
    group = np.searchsorted(AGE_GROUP_START, np.arange(region.population.shape[2]), side="right") - 1
    np.add.at(people.T, group, region.population.sum(axis=1).T)
    needs: Array = people * (region.rub_share * region.need_rates[STREAMS.index("specialist")]).sum(axis=1)
    return needs


def moved_share(region: Region, controls: Mapping[str, Array]) -> Array:
    """Share of each municipality's outpatient needs that is met at health centres, float64[M]."""
    needs, share = specialist_needs(region), controls["specialist_to_primary"].mean(axis=2)
    moved: Array = ((needs * share).sum(axis=1) / np.maximum(needs.sum(axis=1), 1e-9)).round(12)
    return moved


@formula
def segment_of(status: int) -> int:
    """Segment of need of somebody's status, as `BACKGROUND.segment` has it from the person's first New Year on."""
    # Without branches: nobody could guess the next person's.
    many, ill = integer((status & COMPLEX) != 0), integer((status & CHRONIC) != 0)
    low = integer((status & LOW_USE) != 0)
    return 3 * many + (1 - many) * (2 * ill + (1 - ill) * (1 - low))


@rule
def offered(w: World, kind: int, slot: int) -> float:
    """Share of something that is offered to people like this one."""
    me = w.person[slot]
    share: float = w.offer[at(kind), me["cell"], at(segment_of(me["status"]))]
    return share


@rule
def count_effort(w: World, slot: int, kind: int, amount: float) -> None:
    """Count what was given to a person, by municipality."""
    w.effort[w.person[slot]["cell"] // AGE_GROUP_COUNT, kind] += amount
