"""Enrolment in home nursing: who gets an individual plan and a medication review then, beyond today's course.

Today's plans and reviews are shares of those who have home nursing (`simulator.care.coordination`). What a strategy
adds is given as somebody is enrolled and holds as long as home nursing does. It is counted and takes staff time; no
study shows that it changes needs or stays, so it changes nothing else.
"""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import constant, rule
from simulator.core.randomness import LASTING, Purpose, Word, part, word_of
from simulator.core.record import ENROLLED, PLAN_ADDED, REVIEW_ADDED

P_ENROLMENT = int(Purpose.ENROLMENT)
GIVEN_PLAN, GIVEN_REVIEW = constant(1), constant(2)
"""Bits of `BACKGROUND.given`."""
PLAN_THEN, REVIEW_THEN = range(2)
"""Parts of the random word of an enrolment."""


@rule
def given_at_enrolment(key: Word, person_key: Word, plan: float, review: float, counted: Array) -> int:
    """Enrol somebody in home nursing and return what is given then, bits of `BACKGROUND.given`.

    `plan` and `review` are the shares given either beyond today's course, `counted` int32[enrolment] the tallies of
    the municipality.
    """
    counted[ENROLLED] += 1
    given = 0
    if plan > 0.0 or review > 0.0:
        word = word_of(key, person_key, np.uint64(LASTING))
        if part(word, PLAN_THEN) < plan:
            given |= GIVEN_PLAN
            counted[PLAN_ADDED] += 1
        if part(word, REVIEW_THEN) < review:
            given |= GIVEN_REVIEW
            counted[REVIEW_ADDED] += 1
    return given
