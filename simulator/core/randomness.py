"""Stateless random numbers: a draw is a hash of (seed, purpose, person, occurrence).

No generator is carried around and nothing depends on the order in which draws are made, so two
futures that share a seed give every person the same fate wherever the strategy does not touch it.

The mixer is the SplitMix64 finaliser (Steele, Lea and Flood, OOPSLA 2014), applied once for the
key and once for the occurrence. `tests/simulator/core/test_randomness.py` checks uniformity, the
independence of neighbouring keys and the absence of collisions.
"""

from __future__ import annotations

from enum import IntEnum, unique
from typing import Any

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import cold, formula, rule

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_TO_UNIT = 2.0**-53
_S32, _PART = np.uint64(32), np.uint64((1 << 21) - 1)
_EXPONENT, _STEP = 52, 44
"""Bits of a float64 below its exponent, and below the eight that choose a row of the table."""
_MINUS_LOG = -np.log1p(np.arange(257) / 256.0)
_LN_2 = float(np.log(2.0))


Word = Any
"""A 64-bit word: what compiled code makes of the integers that it is given."""
LASTING = np.uint64(0)
"""Occurrence of a draw that holds for a person's whole life."""


@unique
class Purpose(IntEnum):
    """What a draw is for. Values are part of the results' identity: never renumber, reuse or close a gap."""

    NEED = 1
    OUTCOME = 4
    DIVERSION = 5
    TREATMENT_TIME = 6
    ADMISSION = 7
    LENGTH_OF_STAY = 8
    READMISSION = 9
    HOME_VISIT = 10
    DEATH = 11
    EMIGRATION = 12
    BIRTH = 13
    IMMIGRATION = 14
    ONSET = 15
    MORBIDITY = 16
    COMPLEXITY = 17
    SETTING = 18
    EDUCATION = 19
    CENTRE = 20
    NAMED_GP = 21
    GP_HISTORY = 22
    WORKFORCE = 23
    IDENTITY = 24
    CONDITION = 25
    FRAILTY = 26
    SELF_CARE = 27
    USE = 29
    COUNTY_HOSPITAL = 30
    NEED_COURSE = 32
    CAUSE = 33
    ACUITY = 34
    WARD = 35
    DISCHARGE = 36
    SHORT_TERM = 37
    HOME_CARE = 38
    TEAM = 39
    MONITORING = 40
    HOUSING = 41
    HOME_HELP = 42
    COORDINATION = 43
    SPECIALTY = 44
    START_LINE = 45
    MEDICATION_REVIEW = 46
    AMBULANCE = 47
    PRIORITY = 48
    CALL = 49
    UNMET = 50
    UNMET_OF_MONTH = 51
    BOARDING = 52
    LAST_ILLNESS = 53
    LASTING_NEED = 54
    MOBILE_VISIT = 55
    CHANGE_OF_GP = 56
    WAITING = 57
    WISH = 58
    FORESEEN = 59
    END_OF_LIFE_TALK = 60
    SMOKING = 61
    WEIGHT = 62
    SPARED = 63
    ENROLMENT = 64
    CONSULTATION = 65
    GP_HOME_VISIT = 66
    PSYCHIATRY = 67
    FIRST_LINE = 68
    PSYCHIATRIC_STAY = 69
    JUDGEMENT = 70
    HOUSEHOLD = 71
    CARER = 72


@formula
def _finalise(z: Word) -> Word:
    z = (z ^ (z >> _S30)) * _MIX_1
    z = (z ^ (z >> _S27)) * _MIX_2
    return z ^ (z >> _S31)


@formula
def mix(stream: Word, occurrence: Word) -> Word:
    """Hash two 64-bit words into one (uint64)."""
    return _finalise(_finalise(np.uint64(stream) + _GOLDEN) ^ (np.uint64(occurrence) * _GOLDEN))


@formula
def purpose_key(seed: Word, purpose: Word) -> Word:
    """Return the 64-bit key of all draws made for one purpose under one seed."""
    return mix(np.uint64(seed), np.uint64(purpose))


@formula
def uniform(word: Word) -> float:
    """Turn 64 random bits into a number in [0, 1)."""
    return float(word >> _S11) * _TO_UNIT


@formula
def exponential(word: Word) -> float:
    """Turn the upper 32 bits of a random word into an exponential variate with mean 1.

    Minus the logarithm, by the number's own exponent and a table of its mantissa; interpolation errs by
    less than 2e-6. The library's logarithm took half the time of drawing a year's needs.
    """
    bits = np.float64(np.float64(word >> _S32) + 0.5).view(np.int64)
    row = (bits >> _STEP) & 255
    part = (bits & ((1 << _STEP) - 1)) * 2.0**-_STEP
    powers = 1023 + 32 - (bits >> _EXPONENT)
    minus_log: float = powers * _LN_2 + _MINUS_LOG[row] + part * (_MINUS_LOG[row + 1] - _MINUS_LOG[row])
    return minus_log


@formula
def scrambled_unit(word: Word) -> float:
    """Turn a random word whose halves are used otherwise into one more number in [0, 1)."""
    return uniform(word * _MIX_2)


@formula
def word_of(purpose: Word, person: Word, occurrence: Word) -> Word:
    """Random word of one occurrence in the life of one person, for several `part`s."""
    return mix(np.uint64(purpose) ^ np.uint64(person), occurrence)


@formula
def part(word: Word, n: int) -> float:
    """Part 0, 1 or 2 of a random word as a number in [0, 1) with 21 bits."""
    return float((word >> np.uint64(21 * n)) & _PART) * 2.0**-21


@formula
def draw(purpose: Word, person: Word, occurrence: Word) -> float:
    """Uniform draw in [0, 1) for one occurrence in the life of one person.

    `purpose` is a `purpose_key`, `person` the person's permanent 64-bit key, `occurrence` whatever
    tells this draw from the person's others of the same purpose (a year, a second, a counter).
    """
    return uniform(mix(np.uint64(purpose) ^ np.uint64(person), occurrence))


@cold
def draws(seed: Word, purpose: Word, persons: Array, occurrence: Word) -> Array:
    """Uniform draws for many persons at once: uint64[n] keys -> float64[n]."""
    key = purpose_key(seed, purpose)
    out = np.empty(persons.size)
    for i in range(persons.size):
        out[i] = draw(key, persons[i], occurrence)
    return out


@cold
def keys(seed: Word, purpose: Word, first: Word, count: int) -> Array:
    """Permanent keys uint64[count] of consecutive occurrences from `first` on."""
    stream = purpose_key(seed, purpose)
    out = np.empty(count, np.uint64)
    for i in range(count):
        out[i] = mix(stream, np.uint64(first + i))
    return out


@rule
def quantile(table: Array, u: float) -> float:
    """Interpolate a distribution given by its values at equal steps of probability."""
    place = u * (table.size - 1)
    low = int(place)
    between: float = table[low] + (place - low) * (table[low + 1] - table[low])
    return between


@rule
def whole_of_day(rate: float, day: int) -> int:
    """Whole ones of a fractional daily rate that fall on a day."""
    return int(np.floor((day + 1) * rate) - np.floor(day * rate))
