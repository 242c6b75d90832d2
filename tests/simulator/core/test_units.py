"""The order of units: posts, accounts and lines add up and do not overlap."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.core.units import ACCOUNTS_FOR, DESK_KINDS, Units

UNITS = Units(("a", "b", "c"), ("x", "y"), ("x", "z"))


def test_units_with_posts_are_centres_hospitals_municipalities() -> None:
    assert UNITS.names == ["a", "b", "c", "hospital-x", "hospital-y", "x", "z"]
    assert len(UNITS) == 7
    parts = (UNITS.at_centres, UNITS.at_hospitals, UNITS.at_municipalities)
    assert [UNITS.names[part] for part in parts] == [["a", "b", "c"], ["hospital-x", "hospital-y"], ["x", "z"]]


def test_every_unit_of_account_has_one_place() -> None:
    assert UNITS.accounts == len(UNITS.account_of) == sum(UNITS.sizes)
    for kind, first, size in zip(ACCOUNTS_FOR, UNITS.first, UNITS.sizes, strict=True):
        assert UNITS.account_of[first : first + size] == [(kind, n) for n in range(size)]


def test_desks_are_the_first_kinds_of_account() -> None:
    kinds = [ACCOUNTS_FOR.index(kind) for kind, _ in UNITS.account_of]
    assert UNITS.desk_kinds.tolist() == [kind for kind in kinds if kind < DESK_KINDS]
    assert np.all(np.diff(UNITS.desk_kinds) >= 0)


@pytest.mark.parametrize("unit", range(3))
def test_three_lines_of_specialties_a_hospital(unit: int) -> None:
    assert UNITS.account_of[UNITS.first[ACCOUNTS_FOR.index("referral")] + unit] == ("referral", unit)
