"""The one order of units: those that have posts, and those of which requests are accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.core.fields import Array
from simulator.core.state import SPECIALTIES

ACCOUNTS_FOR = (
    "nurse", "digital", "referral", "return_visit", "home_nursing", "planned_admission", "gp", "emergency", "ward",
)  # fmt: skip
"""Kinds of unit of account, in their order; the first six are kinds of desk or line (`state.POOL.kind`)."""
(
    LINE_NURSE, LINE_DIGITAL, LINE_REFERRAL, LINE_RETURN, LINE_HOME, LINE_PLANNED, UNIT_GP, UNIT_ED, UNIT_WARD,
) = range(len(ACCOUNTS_FOR))  # fmt: skip
"""Index into `World.lines`, the first unit of account of each kind."""
DESK_KINDS = 6


@dataclass(frozen=True)
class Units:
    """Codes of a region's health centres, hospitals and municipalities.

    Units with posts are the centres, then the hospitals, then the municipalities.
    """

    centres: Sequence[str]
    hospitals: Sequence[str]
    municipalities: Sequence[str]

    @property
    def at_centres(self) -> slice:
        """Health centres among the units with posts."""
        return slice(0, len(self.centres))

    @property
    def at_hospitals(self) -> slice:
        """Hospitals among the units with posts."""
        return slice(len(self.centres), len(self.centres) + len(self.hospitals))

    @property
    def at_municipalities(self) -> slice:
        """Municipalities among the units with posts."""
        return slice(len(self.centres) + len(self.hospitals), len(self))

    @property
    def in_first_line(self) -> slice:
        """First line of each health centre among the lines of mental health (`State.mental_line`)."""
        return slice(0, len(self.centres))

    @property
    def in_psychiatry(self) -> slice:
        """Psychiatry's clinics among the lines of mental health, one a hospital."""
        return slice(len(self.centres), len(self.centres) + len(self.hospitals))

    def __len__(self) -> int:
        """Count units with posts."""
        return len(self.centres) + len(self.hospitals) + len(self.municipalities)

    @cached_property
    def names(self) -> list[str]:
        """Codes of the units with posts, unlike each other."""
        return [*self.centres, *(f"hospital-{code}" for code in self.hospitals), *self.municipalities]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Units of account of each kind."""
        h, k, m = len(self.centres), len(self.hospitals), len(self.municipalities)
        return h, h, SPECIALTIES * k, k, m, k, h, k, k

    @property
    def accounts(self) -> int:
        """Count units of account."""
        return sum(self.sizes)

    @cached_property
    def first(self) -> Array:
        """First unit of account of each kind, int64[kinds]."""
        return np.cumsum([0, *self.sizes[:-1]]).astype(np.int64)

    @cached_property
    def desk_kinds(self) -> Array:
        """Kind of each desk and line, int64[pools]."""
        return np.repeat(np.arange(DESK_KINDS), self.sizes[:DESK_KINDS])

    @cached_property
    def account_of(self) -> list[tuple[str, int]]:
        """Kind and number within the kind of each unit of account."""
        return [(kind, n) for kind, size in zip(ACCOUNTS_FOR, self.sizes, strict=True) for n in range(size)]
