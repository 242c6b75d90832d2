"""Groups of need: resource bands, segments, and who is on the list of people with complex needs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.core.dates import EPOCH
from simulator.core.fields import Array
from simulator.core.state import (
    COMPLEX,
    PRESENT,
    State,
)
from simulator.core.tables import Tables
from simulator.people import (
    finding,
    morbidity,
)
from simulator.region.pack import Region

AGED = 80


def classify(
    state: State, tables: Tables, region: Region, year: int, first: int, controls: Mapping[str, Array] | None = None
) -> None:
    """Bring RUB, segment, setting and age group of people from `first` on up to date.

    `controls` of the year's first month say how the list of people with complex needs is made; without them it is the
    region's own.
    """
    p, people = region.parameters, state.person.size
    share = p["segment.no_contact_share_of_healthy"]
    score = np.empty(people - first)
    need = p["onset.need_share"]
    morbidity.scores(state.seed[0], year, state.person, state.background, first, tables.score, share, need, score)
    if not state.threshold.any():  # the start population sets the bands once and for all
        group = morbidity.GROUP_OF_AGE[np.maximum(state.background["age"], 0)]
        state.threshold = morbidity.part_into_bands(score, group, region.rub_share)
    few = choose_few(state, tables, region, year, first, controls)
    morbidity.classify(
        state.person, state.background, first, people, score, state.threshold, morbidity.GROUP_OF_AGE, few
    )


def renew_list(state: State, tables: Tables, region: Region, year: int) -> None:
    """Put those on the list of people with complex needs whom diagnoses and use put there now, and take others off."""
    few, ill = choose_few(state, tables, region, year) != 0, state.background["conditions"] != 0
    status = state.person["status"] & (255 - COMPLEX)
    state.person["status"] = np.where(few, status | COMPLEX, status)
    chronic, complex_needs = morbidity.CHRONICALLY_ILL, morbidity.COMPLEX_NEEDS
    state.background["segment"][ill] = np.where(few, complex_needs, chronic)[ill]
    count_groups(state)


def choose_few(
    state: State,
    tables: Tables,
    region: Region,
    year: int,
    first: int = 0,
    controls: Mapping[str, Array] | None = None,
) -> Array:
    """Mark those from `first` on who are put on the list of people with complex needs, uint8[N].

    Until the use of two simulated years stands behind it the list has as many as the region's of December 2022, for the
    same population; from then on who has the score that was needed last. `controls` may fill its places otherwise.
    """
    p, when = region.parameters, finding.NewYear(state, tables, region, year)
    score = finding.own_score(when, first)
    if year <= LISTED_UNTIL and first == 0:
        present = score[(state.person["status"] & PRESENT) != 0]
        share = p["segment.complex"] / sum(p[f"segment.{name}"] for name in ("no_contact", "few_contacts", "chronic"))
        number = min(round(share * present.size), present.size - 1)
        state.few_score[0] = (
            np.partition(present, present.size - number)[present.size - number] if number > 0 else np.inf
        )
    few: Array = (score >= state.few_score[0]) & np.isfinite(score)
    if first == 0 and controls is not None and finding.moved(controls):
        few = finding.listed(score, few, when, controls, state.relation["used"])
    return few.astype(np.uint8)


LISTED_UNTIL = EPOCH.year + 2
"""The last year whose list of people with complex needs has as many as that of December 2022."""


def count_groups(state: State) -> None:
    """Count those aged 80 and over by municipality and those with complex needs by centre.

    Municipal posts and places follow the first, närvårdsteam the second.
    """
    few = (state.person["status"] & (PRESENT | COMPLEX)) == (PRESENT | COMPLEX)
    state.centre["complex"] = np.bincount(state.person["centre"][few], minlength=len(state.centre))
    old = ((state.person["status"] & PRESENT) != 0) & (state.background["age"] >= AGED)
    towns = state.municipality
    towns["aged"] = np.bincount(state.background["municipality"][old], minlength=len(towns))
    if not towns["aged_at_start"].any():
        towns["aged_at_start"] = towns["aged"]
