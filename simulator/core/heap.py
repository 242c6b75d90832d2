"""A binary min-heap of (time, content) in two arrays, for use inside kernels."""

from __future__ import annotations

from simulator.core.fields import Array
from simulator.core.kernels import rule


@rule
def push(times: Array, contents: Array, size: int, time: int, content: int) -> None:
    """Insert; the caller counts `size` up. Raises IndexError when the heap is full."""
    if size >= times.size:
        raise IndexError("heap full")
    i = size
    while i > 0:
        parent = (i - 1) >> 1
        if times[parent] < time or (times[parent] == time and contents[parent] <= content):
            break
        times[i] = times[parent]
        contents[i] = contents[parent]
        i = parent
    times[i] = time
    contents[i] = content


@rule
def remove(times: Array, contents: Array, size: int, i: int) -> None:
    """Take out entry `i` (0 = the earliest); the caller counts `size` down."""
    last = size - 1
    time = times[last]
    content = contents[last]
    while i > 0:  # the last entry may belong above the hole
        parent = (i - 1) >> 1
        if times[parent] < time or (times[parent] == time and contents[parent] <= content):
            break
        times[i] = times[parent]
        contents[i] = contents[parent]
        i = parent
    while True:
        child = 2 * i + 1
        if child >= last:
            break
        right = child + 1
        if right < last and (
            times[right] < times[child] or (times[right] == times[child] and contents[right] < contents[child])
        ):
            child = right
        if time < times[child] or (time == times[child] and content <= contents[child]):
            break
        times[i] = times[child]
        contents[i] = contents[child]
        i = child
    times[i] = time
    contents[i] = content
