"""Whether two results are the same, figure for figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr


@dataclass(frozen=True, slots=True)
class Differing:
    """A variable that is not the same in two results.

    `share` of its figures differ, by at most `largest` of the larger one; nan for both where only one of the results
    has the variable, or their shapes or texts differ.
    """

    name: str
    share: float
    largest: float


def agreement(one: xr.Dataset, other: xr.Dataset) -> tuple[int, list[Differing]]:
    """Return how many variables two results have in all, and those that are not the same to the bit.

    What is missing (NaN) in both is the same. Variables are read one at a time.
    """
    names = sorted({str(name) for name in (*one.variables, *other.variables)})
    return len(names), [found for name in names for found in _differing(name, one, other)]


def _differing(name: str, one: xr.Dataset, other: xr.Dataset) -> Iterator[Differing]:
    if name not in one.variables or name not in other.variables:
        yield Differing(name, np.nan, np.nan)
        return
    a, b = (each.variables[name] for each in (one, other))
    if a.dims != b.dims or a.shape != b.shape:
        yield Differing(name, np.nan, np.nan)
        return
    first, second = np.asarray(a.values), np.asarray(b.values)
    if first.dtype.kind not in "iufb" or second.dtype.kind not in "iufb":
        if not np.array_equal(first, second):
            yield Differing(name, np.nan, np.nan)
        return
    first, second = first.astype(np.float64), second.astype(np.float64)
    apart = ~((first == second) | (np.isnan(first) & np.isnan(second)))
    if apart.any():
        size = np.maximum(np.abs(first[apart]), np.abs(second[apart]))
        relative = np.abs(first[apart] - second[apart]) / np.where(size > 0, size, 1.0)
        known = relative[np.isfinite(relative)]
        yield Differing(name, float(apart.mean()), float(known.max()) if known.size else np.nan)
