"""Packed words: what shares one integer, and how it is put in and taken out.

word            second of the clock (or day number) and person
case word       second, person and the mark of the need that the case began with
risk            age group and resource band
GP's number     chair of the county and how many have sat there
post            health centre and chair
booking         second of request, person, and the visit's priority
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.core.kernels import formula, integer, rule
from simulator.core.state import CHAIRS

Words = npt.NDArray[np.int64]

SLOT_BITS = 21
SLOT_MASK = (1 << SLOT_BITS) - 1
"""People are packed beside a second of the clock in one 64-bit word, so at most 2 097 151 in a run."""
CASE_BITS = 10
CASE_MASK = (1 << CASE_BITS) - 1
"""A hospital case carries the mark of the need that it began with, the occurrence of all its draws: so a
longer queue on the way changes when somebody is treated, but not how ill that person is."""
RUB_COUNT = 6
GENERATIONS = 1 << 12
"""GPs that can follow each other in a chair."""
PRIORITIES = 4
"""Priorities of a visit."""
POSTS = 64
"""Chairs of a centre, as far as numbers of posts go."""


@rule
def pack(tick: int, slot: int) -> int:
    """Pack a second of the clock and a person into one word."""
    return (integer(tick) << SLOT_BITS) | integer(slot)


def pack_all(ticks: Words, slots: Words) -> Words:
    """Pack seconds of the clock and people into words, int64[n]."""
    return (ticks << SLOT_BITS) | slots


@formula
def case_of(tick: int) -> int:
    """Mark of the need that arose at a second of the clock, 0..CASE_MASK."""
    return (tick ^ (tick >> CASE_BITS)) & CASE_MASK


@rule
def unpack(word: int) -> tuple[int, int]:
    """Second (or day) and person of a word."""
    return word >> SLOT_BITS, word & SLOT_MASK


@rule
def pack_case(tick: int, slot: int, case: int) -> int:
    """Pack a second of the clock, a person and the case's mark into one word."""
    return (pack(tick, slot) << CASE_BITS) | case


@rule
def unpack_case(word: int) -> tuple[int, int, int]:
    """Second, person and mark of a case."""
    return word >> (SLOT_BITS + CASE_BITS), (word >> CASE_BITS) & SLOT_MASK, word & CASE_MASK


@formula
def next_case(case: int) -> int:
    """Mark of the emergency that a case brings as its return."""
    return (5 * case + 1) & CASE_MASK


@rule
def pack_booking(tick: int, slot: int, priority: int) -> int:
    """Pack second of request, person and the visit's priority, 0..3, into one word."""
    return pack(tick, slot) * PRIORITIES + priority


@rule
def unpack_booking(word: int) -> tuple[int, int, int]:
    """Second of request, person and the visit's priority."""
    return word >> (2 + SLOT_BITS), (word >> 2) & SLOT_MASK, word & (PRIORITIES - 1)


@formula
def age_group_of(risk: int) -> int:
    """Age group of a risk."""
    return risk // RUB_COUNT


@formula
def rub_of(risk: int) -> int:
    """Resource band of a risk."""
    return risk % RUB_COUNT


@formula
def risk_of(age_group: int, rub: int) -> int:
    """Risk of an age group and a resource band."""
    return age_group * RUB_COUNT + rub


def risks_from(age_group: int) -> int:
    """First risk of people of an age group or older."""
    return age_group * RUB_COUNT


@formula
def gp_of(h: int, c: int, generation: int) -> int:
    """Number of the GP who is the `generation`-th in chair `c` of centre `h`; 0 is nobody."""
    return (h * CHAIRS + c + 1) * GENERATIONS + generation


def residents_of(centres: Words, chairs: Words, year: int) -> Words:
    """Numbers of the residents who sit in chairs in a year, behind those that GPs can have there."""
    return (centres * CHAIRS + chairs + 1) * GENERATIONS + GENERATIONS // 2 + year


@rule
def centre_of(gp: int) -> int:
    """Centre of a GP's number."""
    return integer(gp // GENERATIONS - 1) // CHAIRS


@rule
def chair_of(gp: int) -> int:
    """Chair within the centre of a GP's number."""
    return integer(gp // GENERATIONS - 1) % CHAIRS


@formula
def post_of(h: int, c: int) -> int:
    """Number of the post of chair `c` at centre `h`."""
    return h * POSTS + c


def unpack_post(post: int) -> tuple[int, int]:
    """Centre and chair of a post."""
    return divmod(post, POSTS)
