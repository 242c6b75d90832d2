"""Keyed draws: uniform, independent along every part of the key, never the same stream twice."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy.stats import chi2, kstest

from simulator.core.randomness import (
    Purpose,
    draw,
    draws,
    exponential,
    keys,
    mix,
    part,
    purpose_key,
    scrambled_unit,
    word_of,
)
from simulator.reference.state import plain_draw, plain_part

N = 200_000
ALPHA = 1e-4


@njit
def many_draws(purpose, person, occurrences):
    out = np.empty(occurrences.size)
    for i in range(occurrences.size):
        out[i] = draw(purpose, person, occurrences[i])
    return out


@njit
def many_words(first, n):
    out = np.empty(n, np.uint64)
    for i in range(n):
        out[i] = mix(np.uint64(first), np.uint64(i))
    return out


@njit
def variates(words):
    out = np.empty((words.size, 3))
    for i in range(words.size):
        lower = np.int64(words[i] & np.uint64(0xFFFFFFFF)) * 2.0**-32
        out[i, 0], out[i, 1], out[i, 2] = exponential(words[i]), lower, scrambled_unit(words[i])
    return out


@njit
def streams(seeds, purposes):
    out = np.empty((seeds, purposes), np.uint64)
    for s in range(seeds):
        for p in range(purposes):
            out[s, p] = purpose_key(np.uint64(s), np.uint64(p))
    return out


def along(axis: str) -> np.ndarray:
    """Draws that differ in one part of the key only, by one each time."""
    n = np.arange(N, dtype=np.uint64)
    if axis == "occurrence":
        return many_draws(np.uint64(purpose_key(1, Purpose.NEED)), np.uint64(77), n)
    if axis == "person":
        return draws(1, Purpose.NEED, n, np.uint64(5))
    return draws(1, Purpose.NEED, keys(1, Purpose.IDENTITY, 0, N), np.uint64(5))


@pytest.mark.parametrize("axis", ["occurrence", "person", "hashed person"])
def test_draws_are_uniform(axis: str) -> None:
    u = along(axis)
    assert u.min() >= 0.0
    assert u.max() < 1.0
    assert kstest(u, "uniform").pvalue > ALPHA


@pytest.mark.parametrize("axis", ["occurrence", "person", "hashed person"])
@pytest.mark.parametrize("lag", [1, 2, 64])
def test_neighbouring_draws_are_independent(axis: str, lag: int) -> None:
    """Pairs fall evenly into 20 x 20 squares; a correlation of 0.01 would be found."""
    u = along(axis)
    squares = np.histogram2d(u[:-lag], u[lag:], bins=20, range=[[0, 1], [0, 1]])[0]
    expected = squares.sum() / 400
    assert chi2.sf(((squares - expected) ** 2 / expected).sum(), 399) > ALPHA
    assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < 4 / np.sqrt(N)


def test_purposes_and_seeds_are_independent() -> None:
    person = np.arange(N, dtype=np.uint64)
    columns = [draws(s, p, person, np.uint64(0)) for s in (1, 2) for p in (Purpose.DEATH, Purpose.BIRTH)]
    correlation = np.corrcoef(columns) - np.eye(4)
    assert np.abs(correlation).max() < 4.5 / np.sqrt(N)


def test_ten_thousand_seeds_share_no_stream(record_property) -> None:
    found = streams(10_000, max(Purpose) + 1)
    record_property("streams", found.size)
    assert np.unique(found).size == found.size
    first = draws(0, 1, np.zeros(1, np.uint64), np.uint64(0))
    assert first != draws(1, 0, np.zeros(1, np.uint64), np.uint64(0))


def test_each_bit_is_fair() -> None:
    words = many_words(3, N)
    ones = [int(((words >> np.uint64(bit)) & np.uint64(1)).sum()) for bit in range(64)]
    assert np.abs(np.array(ones) - N / 2).max() < 4.5 * np.sqrt(N / 4)
    assert np.unique(words).size == N


def test_a_bit_of_the_key_turns_half_of_the_bits() -> None:
    base = many_words(3, 1)[0]
    flips = [bin(int(base ^ many_words(3 ^ (1 << bit), 1)[0])).count("1") for bit in range(62)]
    assert min(flips) > 12
    assert max(flips) < 52
    assert abs(np.mean(flips) - 32) < 3


def test_exponential_lower_half_and_scrambled_unit_come_from_one_word_independently() -> None:
    """Evenly spread alone, in pairs (ranks in 20 x 20 squares) and uncorrelated, which 4 standard errors bound."""
    e, lower, scrambled = variates(many_words(9, N)).T
    assert kstest(e, "expon").pvalue > ALPHA
    assert e.min() > 0
    columns = np.column_stack([np.exp(-e), lower, scrambled])
    for column in columns.T:
        assert kstest(column, "uniform").pvalue > ALPHA
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert abs(np.corrcoef(columns[:, a], columns[:, b])[0, 1]) < 4 / np.sqrt(N)
        counts = np.bincount((columns[:, a] * 20).astype(int) * 20 + (columns[:, b] * 20).astype(int), minlength=400)
        assert chi2.sf(((counts - N / 400) ** 2 / (N / 400)).sum(), 399) > ALPHA


@njit
def parts(words):
    out = np.empty((words.size, 3))
    for i in range(words.size):
        for n in range(3):
            out[i, n] = part(words[i], n)
    return out


def test_the_parts_of_a_word_are_independent_and_those_of_plain_integers() -> None:
    words = many_words(11, N)
    found = parts(words)
    for column in found.T:
        assert kstest(column, "uniform").pvalue > ALPHA
    assert np.abs(np.corrcoef(found.T) - np.eye(3)).max() < 4 / np.sqrt(N)
    rng = np.random.default_rng(1)
    for purpose, person, occurrence in rng.integers(0, 1 << 63, (50, 3), dtype=np.uint64):
        word = np.array([word_of(purpose, person, occurrence)], np.uint64)
        for n in range(3):
            assert parts(word)[0, n] == plain_part(int(purpose), int(person), int(occurrence), n)


def test_the_exponentials_table_errs_little_and_never_jumps() -> None:
    bits = np.arange(0, 1 << 32, 65_537, dtype=np.uint64)
    e = variates(bits << np.uint64(32))[:, 0]
    exact = -np.log((bits + 0.5) * 2.0**-32)
    assert np.abs(e - exact).max() < 4e-6
    assert (np.diff(e) < 0).all()


def test_python_integers_give_the_same_draw() -> None:
    rng = np.random.default_rng(1)
    for purpose, person, occurrence in rng.integers(0, 1 << 63, (200, 3), dtype=np.uint64):
        ours = many_draws(purpose, person, np.array([occurrence]))[0]
        assert ours == plain_draw(int(purpose), int(person), int(occurrence))


def test_purposes_are_never_renumbered() -> None:
    assert Purpose.NEED == 1
    assert Purpose.USE == 29
    assert Purpose.NEED_COURSE == 32
    assert not {2, 3, 28, 31} & set(Purpose), "numbers of purposes given up"
