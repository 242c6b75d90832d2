"""What is counted once a month beside contacts: places, people followed or monitored, and what the complex have.

These are the quantities behind money and shortage that no event carries: they hold for the month's first day and
change nothing that happens.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.care import municipal
from simulator.care.causes import AGED_65
from simulator.care.coordination import LEVERS_OF_CONTACT, shares
from simulator.care.municipal import (
    CARED_FOR,
    CARED_HOURS,
    COMPLEX_HELP_HOURS,
    HEAVILY,
    HELP_HOURS,
    RECIPIENTS,
    WITH_DEMENTIA,
)
from simulator.care.offer import segment_of
from simulator.core.fields import Array
from simulator.core.kernels import kernel
from simulator.core.record import (
    CARE_HOURS,
    CARERS,
    COMPLEX_HELP,
    COMPLEX_HOUSED,
    CONTACTS_ADDED,
    FOLLOWED,
    HELP_GIVEN,
    IN_PROGRAMME,
    JUDGED,
    LINK_USERS,
    MONITORED,
    PLANS_ADDED,
    REABLED,
    RECEPTIONS,
    RECEPTIONS_ADDED,
    SHORT_PLACES,
    SMOKERS_SUPPORTED,
    STRAINED,
    SUPPORTED,
    TRAINED,
    WANTED,
)
from simulator.core.state import CHRONIC, OBESE, PRESENT, SPECIAL_HOUSING, State
from simulator.core.words import age_group_of
from simulator.people.habits import smokes
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.region.axes import MONITORED_CONDITIONS
from simulator.region.pack import Region

PROGRAMME_LEVERS = (
    "telemonitoring", "fall_prevention", "social_prescribing", "permanent_contact", "individual_plan", "quit_smoking",
    "weight_programme",
)  # fmt: skip
"""Controls whose people are counted."""
ALL, HOUSED, ILL, SMOKE, HEAVY = range(5)
"""Columns of what `count_people` counts."""


def count_month(
    state: State, region: Region, controls: Mapping[str, Array], helped: Array, town: Array, out: Array
) -> None:
    """Write the month's quantities to `out` float64[M, len(PROGRAMMES)].

    `helped` is what `municipal.count_helped` has counted, `town` the month's row of `Record.town`.
    """
    towns, centre = state.municipality, state.centre
    out[:, SHORT_PLACES], out[:, RECEPTIONS] = towns["short_places"], towns["receptions"]
    for column, share in ((WANTED, np.minimum(controls["team_share"], 1.0)), (FOLLOWED, centre["team"])):
        out[:, column] = np.bincount(region.centre_municipality, share * centre["complex"], minlength=len(towns))
    judged = controls["finding_by_judgement"] * centre["complex"]
    out[:, JUDGED] = np.bincount(region.centre_municipality, judged, minlength=len(towns))
    out[:, COMPLEX_HOUSED] = helped[:, municipal.COMPLEX_RESIDENTS]
    hours, none = helped[:, HELP_HOURS], np.zeros(len(towns))
    share = np.divide(helped[:, COMPLEX_HELP_HOURS], hours, out=none, where=hours > 0.0)
    out[:, COMPLEX_HELP] = share * town[:, HELP_GIVEN]
    for column, counted in ((CARERS, CARED_FOR), (STRAINED, HEAVILY), (CARE_HOURS, CARED_HOURS)):
        out[:, column] = helped[:, counted]
    out[:, SUPPORTED] = helped[:, WITH_DEMENTIA] * controls["carer_support"]
    out[:, REABLED] = helped[:, RECIPIENTS] * controls["reablement"]
    more = np.maximum(controls["receptions"] - 1.0, 0.0)
    out[:, RECEPTIONS_ADDED] = towns["receptions"] * more / (1.0 + more)
    if any(
        (controls[name] != 0.0).any() for name in PROGRAMME_LEVERS
    ):  # counted only when somebody is offered something
        _count_offered(state, region, controls, out)


def _count_offered(state: State, region: Region, controls: Mapping[str, Array], out: Array) -> None:
    """Count people monitored, in training, with other support, and with a contact or plan beyond today's."""
    codes = [condition.code for condition in region.conditions]
    ill = sum(1 << codes.index(code) for code in MONITORED_CONDITIONS if code in codes)
    people = np.zeros((len(region.municipalities) * AGE_GROUP_COUNT, 4, 5), np.int64)
    count_people(state.person, state.background, ill, people)
    by_place = people.reshape(len(out), AGE_GROUP_COUNT, 4, 5)
    everybody, at_home = by_place[..., ALL], by_place[..., ALL] - by_place[..., HOUSED]
    out[:, MONITORED] = (by_place[..., ILL] * controls["telemonitoring"]).sum(axis=(1, 2))
    out[:, TRAINED] = (at_home * controls["fall_prevention"])[:, age_group_of(AGED_65) :].sum(axis=(1, 2))
    linked = (everybody * controls["social_prescribing"])[..., :3].sum(axis=(1, 2))
    out[:, LINK_USERS] = linked * region.parameters["prevention.link_worker_use"]
    out[:, SMOKERS_SUPPORTED] = (by_place[..., SMOKE] * controls["quit_smoking"]).sum(axis=(1, 2))
    out[:, IN_PROGRAMME] = (by_place[..., HEAVY] * controls["weight_programme"]).sum(axis=(1, 2))
    none = {name: np.zeros_like(controls[name]) for name in LEVERS_OF_CONTACT}
    added = np.maximum(shares(region, controls) - shares(region, none), 0.0)
    for column, share in zip((CONTACTS_ADDED, PLANS_ADDED), added, strict=True):
        out[:, column] = (everybody * share).sum(axis=(1, 2))


@kernel
def count_people(person: Array, background: Array, ill: int, out: Array) -> None:
    """Count those present into `out` int64[M * A, 4, 5] by cell and segment.

    All, residents of special housing, those with a condition of the set `ill`, daily smokers, those with obesity.
    """
    for i in range(person.size):
        me = person[i]
        if me["status"] & PRESENT:
            cell, segment = me["cell"], segment_of(me["status"])
            out[cell, segment, ALL] += 1
            out[cell, segment, HOUSED] += (me["status"] & SPECIAL_HOUSING) != 0
            out[cell, segment, SMOKE] += smokes(background[i]["habits"])
            out[cell, segment, HEAVY] += (background[i]["habits"] & OBESE) != 0
            if me["status"] & CHRONIC:
                out[cell, segment, ILL] += (background[i]["conditions"] & ill) != 0
