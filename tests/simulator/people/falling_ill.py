"""People alike but for what a test is about, and a year in which they may fall ill."""

from __future__ import annotations

import numpy as np

from simulator.core.state import BACKGROUND, PERSON, PRESENT
from simulator.people import habits, morbidity
from simulator.people.morbidity import AGES_AND_NEXT, FRAILTY_BANDS

YEAR = 2034


def people(n: int = 20_000, age: int = 75) -> tuple[np.ndarray, np.ndarray]:
    """Return people of one age in one place, without illness or habits."""
    person, background = np.zeros(n, PERSON), np.zeros(n, BACKGROUND)
    person["key"] = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"], background["age"] = PRESENT, age
    return person, background


def by_class(*chances: float) -> np.ndarray:
    """Return onset of one condition in the four classes of risk, the same at all ages."""
    return np.ones((4, 2, AGES_AND_NEXT, FRAILTY_BANDS, 1)) * np.array(chances).reshape(4, 1, 1, 1, 1)


def spared(conditions: int = 1, smoking: float = 1.0, programme: float = 0.0, ratio: float = 1.0) -> habits.Spared:
    """Return what support spares in one place: by default nothing. The ratios are those of the first condition."""
    ratios = np.ones((2, conditions))
    ratios[:, 0] = smoking, ratio
    return habits.Spared(ratios[0], 5.0, np.full((2, 9, 4), programme), ratios[1], morbidity.GROUP_OF_AGE)


def fall_ill(
    person: np.ndarray,
    background: np.ndarray,
    onset: np.ndarray,
    added: np.ndarray | float = 0.0,
    left: np.ndarray | None = None,
    support: habits.Spared | None = None,
) -> np.ndarray:
    """Let a year's onsets happen and return the new cases by municipality and condition, int32[2, c]."""
    n = onset.shape[-1]
    shares = np.broadcast_to(added, (2, AGES_AND_NEXT, n)).copy()
    left = np.ones((2, AGES_AND_NEXT)) if left is None else left
    new = np.zeros((2, n), np.int32)
    morbidity.fall_ill(np.uint64(1), YEAR, person, background, onset, shares, left, support or spared(n), new)
    return new
