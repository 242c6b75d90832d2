"""How use gathers in few people, by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.census import concentration, of_listed
from simulator.core.record import ADMITTED_OF_ALL, EXPLAINED, STAY_IN_TOP_5, TOP_1, TOP_5, TOP_10
from simulator.core.state import COMPLEX, IN_HOSPITAL, PERSON, PRESENT, RELATION, WAS_IN_HOSPITAL

YEAR_2024 = 365
"""Its first day; the days of discharge are counted from 1 January 2022, a year before the first."""


def hundred(used: np.ndarray, before: np.ndarray | None = None) -> SimpleNamespace:
    """A hundred people, and one who is gone and used more than all of them."""
    person, relation = np.zeros(101, PERSON), np.zeros(101, RELATION)
    person["status"][:100] = PRESENT
    relation["used"][:100], relation["used"][100] = used, 60_000
    if before is not None:
        relation["used_before"][:100] = before
    return SimpleNamespace(person=person, relation=relation)


def test_shares_are_those_of_the_heaviest_users() -> None:
    """One used 500, four 100 each, five 10 each, ninety 1 each: 1 040 in all, in any order."""
    used = np.array([500] + [100] * 4 + [10] * 5 + [1] * 90)
    out = concentration(hundred(used[np.random.default_rng(1).permutation(100)]), YEAR_2024)
    assert out[[TOP_1, TOP_5, TOP_10]] == pytest.approx([500 / 1_040, 900 / 1_040, 950 / 1_040])


def test_who_stays_among_the_heaviest_and_what_last_year_explains() -> None:
    """Of the five heaviest of last year two are so again; alike in both years, all of it is explained."""
    used = np.where(np.arange(100) < 5, 50, 1)
    before = np.where((np.arange(100) >= 3) & (np.arange(100) < 8), 50, 1)
    assert concentration(hundred(used, before), YEAR_2024)[STAY_IN_TOP_5] == pytest.approx(2 / 5)
    out = concentration(hundred(used, 2 * used), YEAR_2024)
    assert out[[STAY_IN_TOP_5, EXPLAINED]] == pytest.approx([1.0, 1.0])
    r = np.corrcoef(used, before)[0, 1]
    assert concentration(hundred(used, before), YEAR_2024)[EXPLAINED] == pytest.approx(r**2)


def test_admitted_are_those_inside_and_those_who_went_home_this_year() -> None:
    state = hundred(np.ones(100, int))
    bed = state.relation["bed"]
    bed[:3] = WAS_IN_HOSPITAL | (YEAR_2024 + 365)  # 1 January 2024
    bed[3:7] = WAS_IN_HOSPITAL | (YEAR_2024 + 365 - 1)  # the day before
    state.person["status"][10:12] |= IN_HOSPITAL
    bed[10:12] = 2
    bed[100] = WAS_IN_HOSPITAL | (YEAR_2024 + 400)  # gone
    assert concentration(state, YEAR_2024)[ADMITTED_OF_ALL] == pytest.approx(5 / 100)


def test_where_nobody_used_anything_there_is_nothing_to_tell() -> None:
    state = hundred(np.zeros(100, int))
    state.relation["used"] = 0
    assert not concentration(state, YEAR_2024).any()


def test_the_list_is_held_against_those_who_used_most() -> None:
    """Four people on a list of two: one of them is among the two who used most; both used less than the year before."""
    state = SimpleNamespace(person=np.zeros(5, PERSON), relation=np.zeros(5, RELATION))
    state.person["status"] = [PRESENT | COMPLEX, PRESENT | COMPLEX, PRESENT, PRESENT, COMPLEX]
    state.relation["used"], state.relation["used_before"] = [9, 1, 8, 2, 50], [20, 10, 0, 0, 70]
    people, before, used, heaviest = of_listed(state)
    assert (people, before, used, heaviest) == (2, 30, 10, 1)
