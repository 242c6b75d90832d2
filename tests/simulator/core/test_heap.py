"""The heap in two arrays against Python's own."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from simulator.core import heap

SIZE = 32


@njit
def push(times, contents, size, time, content):
    heap.push(times, contents, size, time, content)


@njit
def remove(times, contents, size, i):
    heap.remove(times, contents, size, i)


def empty() -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(SIZE, np.int64), np.zeros(SIZE, np.int64)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.tuples(st.integers(0, 9), st.integers(0, 5)), st.integers(0, SIZE)), max_size=60))
def test_it_is_a_heap_whatever_is_put_in_and_taken_out(moves: list[tuple[int, int] | int]) -> None:
    """Numbers take out an entry, wherever it lies; pairs put one in; ties go to the smaller content."""
    times, contents = empty()
    mine: list[tuple[int, int]] = []
    size = 0
    for move in moves:
        if isinstance(move, tuple) and size < SIZE:
            push(times, contents, size, *move)
            mine.append(move)
            size += 1
        elif isinstance(move, int) and size:
            out = move % size
            mine.remove((int(times[out]), int(contents[out])))
            remove(times, contents, size, out)
            size -= 1
        held = list(zip(times[:size].tolist(), contents[:size].tolist(), strict=True))
        assert sorted(held) == sorted(mine)
        assert all(held[(i - 1) // 2] <= held[i] for i in range(1, size))


def test_entries_come_out_in_order() -> None:
    rng = np.random.default_rng(3)
    times, contents = empty()
    entries = [(int(a), int(b)) for a, b in rng.integers(0, 6, (SIZE, 2))]
    for size, entry in enumerate(entries):
        push(times, contents, size, *entry)
    out = []
    for size in range(SIZE, 0, -1):
        out.append((int(times[0]), int(contents[0])))
        remove(times, contents, size, 0)
    assert out == [heapq.heappop(entries) for _ in range(SIZE) if heapq.heapify(entries) is None]


def test_a_full_heap_refuses() -> None:
    times, contents = empty()
    with pytest.raises(IndexError, match="heap full"):
        push(times, contents, SIZE, 1, 1)
