"""What is packed comes out again, at the edges of each part."""

from __future__ import annotations

import numba
import pytest

from simulator.core import log, words
from simulator.core.state import CHAIRS
from simulator.core.words import CASE_MASK, GENERATIONS, SLOT_MASK


@numba.njit
def _there_and_back(tick, slot, case, planned):
    once = words.unpack(words.pack(tick, slot))
    case_word = words.unpack_case(words.pack_case(tick, slot, case))
    booking = words.unpack_booking(words.pack_booking(tick, slot, planned))
    return once, case_word, booking


@pytest.mark.parametrize("tick", [0, 86_399, 18 * 366 * 86_400])
@pytest.mark.parametrize("slot", [0, 1, SLOT_MASK])
@pytest.mark.parametrize("case", [0, CASE_MASK])
def test_words_of_the_engine(tick: int, slot: int, case: int) -> None:
    assert _there_and_back(tick, slot, case, 1) == ((tick, slot), (tick, slot, case), (tick, slot, 1))


@pytest.mark.parametrize(
    ("pack", "unpack", "largest"),
    [
        (log.pack_gp_visit, log.unpack_gp_visit, (255 * 28 * GENERATIONS, 3, 1)),
        (log.pack_arrival, log.unpack_arrival, (CASE_MASK, 7, 3)),
        (log.pack_admission, log.unpack_admission, (CASE_MASK, 7, 1, 3, 3)),
        (log.pack_home_care, log.unpack_home_care, (CASE_MASK, 63)),
    ],
)
def test_particulars_of_the_log(pack, unpack, largest) -> None:
    for part in range(len(largest)):
        alone = tuple(value if n == part else 0 for n, value in enumerate(largest))
        assert unpack(pack(*alone)) == alone
    assert unpack(pack(*largest)) == largest


def test_risks_and_posts() -> None:
    assert [(words.age_group_of(words.risk_of(8, 5)), words.rub_of(words.risk_of(8, 5)))] == [(8, 5)]
    assert words.risks_from(3) == words.risk_of(3, 0)
    assert words.unpack_post(words.post_of(37, CHAIRS - 1)) == (37, CHAIRS - 1)


def test_gps_have_numbers_of_their_own() -> None:
    numbers = {words.gp_of(h, c, g) for h in (0, 1, 255) for c in range(CHAIRS) for g in (1, 2, GENERATIONS - 1)}
    assert len(numbers) == 3 * CHAIRS * 3
    assert 0 not in numbers
