"""How use gathers in few people, and whether they are the same next year: plain functions of what each person used."""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array


def heaviest(use: Array, number: int) -> Array:
    """Mark as many people as `number` who used the most, bool[N]; among equals the first."""
    chosen = np.zeros(use.size, bool)
    chosen[np.argsort(-use, kind="stable")[:number]] = True
    return chosen


def share_of(use: Array, group: Array) -> float:
    """Share of all use that a group bool[N] has; nan where nobody used anything."""
    total = float(use.sum())
    return float(use[group].sum()) / total if total else np.nan


def top_share(use: Array, share: float) -> float:
    """Share of all use by such a share of people as used the most, at least one of them."""
    return share_of(use, heaviest(use, max(round(share * use.size), 1)))


def frequent(visits: Array, least: int) -> tuple[float, float]:
    """Share of those who came at all that came `least` times or more, and their share of the visits."""
    often = visits >= least
    came = int((visits > 0).sum())
    return float(often.sum()) / came if came else np.nan, share_of(visits, often)


def negative_binomial_k(counts: Array) -> float:
    """Moment estimate of k: the smaller, the more people differ; infinite where they do not beyond chance."""
    mean, variance = float(counts.mean()), float(counts.var())
    return mean**2 / (variance - mean) if variance > mean else np.inf


def beyond_poisson(counts: Array, group: Array) -> float:
    """Moment estimate of the dispersion alpha beyond Poisson within groups int[N]: variance = mean + alpha mean ** 2.

    0 = people of a group differ by chance alone.
    """
    size = np.bincount(group)
    mean = np.divide(np.bincount(group, counts), size, out=np.zeros(size.size), where=size > 0)
    beyond = (counts - mean[group]) ** 2 - mean[group]
    squares = float((size * mean**2).sum())
    return float(beyond.sum()) / squares if squares else np.nan


def staying(use: Array, after: Array, share: float) -> float:
    """Share of those who used the most that are among the heaviest users of the next year too."""
    number = max(round(share * use.size), 1)
    return float((heaviest(use, number) & heaviest(after, number)).sum()) / number


def explained(use: Array, after: Array) -> float:
    """Share of the variance of the next year's use that a straight line through this year's explains: R2 of levels."""
    return float(np.corrcoef(use, after)[0, 1] ** 2)
