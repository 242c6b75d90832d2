"""The emergency department of the kernels against Erlang C and Pollaczek-Khinchine.

Power: every interval must be narrower than the stated share of the theoretical mean wait on either side
(0.15 up to a load of 0.9, 0.3 at 0.95), so a kernel that errs by twice that much fails for certain.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import t as student
from small_system import world_of

from simulator.care.hospital import work_hospitals
from simulator.core.log import TREATMENT_START
from simulator.core.state import RING_DAYS
from simulator.core.words import CASE_BITS, SLOT_BITS
from simulator.tables import lognormal_quantiles

DAY = 86_400
BATCHES, WARM_UP = 30, 1
PEOPLE = 1024


def exponential_quantiles(count: int = 65_537) -> np.ndarray:
    """Values of an exponential with mean 1 at equal steps of probability; the last carries the tail."""
    values = -np.log1p(-np.arange(count) / count)
    values[:-1] = -np.log1p(-np.arange(count - 1) / (count - 1))
    values[-1] = values[-2] + 2.0
    return values / np.trapezoid(values, dx=1.0 / (count - 1))


def second_moment(table: np.ndarray) -> float:
    """Mean square of the distribution that a table of quantiles stands for, interpolation included."""
    a, b = table[:-1], table[1:]
    return float(np.mean((a * a + a * b + b * b) / 3.0))


def mean_waits(places: int, load: float, seconds: float, table: np.ndarray, batch: int, seed: int) -> np.ndarray:
    """Mean seconds of waiting for treatment in each batch of days, about `batch` arrivals each."""
    rng = np.random.default_rng(seed)
    a_day = places * load / seconds * DAY
    days = math.ceil(batch / a_day)
    world = world_of(people=PEOPLE, seed=seed, days=1, log=8 * batch, places=64, queue=1 << 12)
    world = world._replace(opening=np.ones((BATCHES + WARM_UP) * days + 1, np.uint8), treatment_quantile=table)
    world.treatment[:] = seconds + 0.5  # the kernel cuts to whole seconds
    world.hospital["places"] = places
    means = []
    for first in range(0, (BATCHES + WARM_UP) * days, days):
        world.logged[0] = 0
        for day in range(first, first + days):
            ticks = day * DAY + np.sort(rng.integers(0, DAY, rng.poisson(a_day)))
            world.ed_due[0, day % RING_DAYS, : ticks.size] = (
                (ticks << SLOT_BITS) | rng.integers(0, PEOPLE, ticks.size)
            ) << CASE_BITS | rng.integers(0, 1 << CASE_BITS, ticks.size)
            world.ed_due_count[0, day % RING_DAYS] = ticks.size
            work_hospitals(world, day)
        events = world.log[: world.logged[0]]
        started = events[events[:, 1] == TREATMENT_START]
        means.append(float((started[:, 0] - started[:, 4]).mean()))
    return np.array(means[WARM_UP:])


def interval(means: np.ndarray) -> tuple[float, float]:
    """Mean of the batches and half the width of its 99.9 % interval."""
    half = student.ppf(0.9995, len(means) - 1) * means.std(ddof=1) / math.sqrt(len(means))
    return float(means.mean()), float(half)


def erlang_c_wait(places: int, load: float, seconds: float) -> float:
    """Mean wait in the queue M/M/c (Erlang 1917)."""
    offered = places * load
    terms = [offered**n / math.factorial(n) for n in range(places)]
    last = offered**places / math.factorial(places) / (1.0 - load)
    return last / (sum(terms) + last) * seconds / (places * (1.0 - load))


@pytest.mark.parametrize("places", [1, 5, 20])
@pytest.mark.parametrize("load", [0.5, 0.8, 0.9, 0.95])
def test_erlang_c(places: int, load: float, record_property) -> None:
    seconds = {1: 900.0, 5: 3600.0, 20: 7200.0}[places]
    batch = 120_000 if places == 20 else 40_000
    seeds = (places, 120, 220, 320) if load * places == 10.0 else (places,)  # hardly anybody waits: more runs
    waits = [mean_waits(places, load, seconds, exponential_quantiles(), batch, seed=seed) for seed in seeds]
    mean, half = interval(np.concatenate(waits))
    theory = erlang_c_wait(places, load, seconds)
    assert half < (0.3 if load > 0.9 else 0.15) * theory, "the run is too short to tell"
    tell(mean, half, theory, record_property)
    assert abs(mean - theory) <= half


def tell(mean: float, half: float, theory: float, record_property) -> None:
    """How far from theory in halves of the interval, and how wide half the interval is in per cent of theory."""
    record_property("away", round(abs(mean - theory) / half, 2))
    record_property("width", round(100 * half / theory, 1))


@pytest.mark.parametrize("variation", [0.0, 1.0, 2.0])
def test_pollaczek_khinchine(variation: float, record_property) -> None:
    table = lognormal_quantiles(variation) if variation else np.ones(4097)
    seconds, load = 900.0, 0.8
    mean, half = interval(mean_waits(1, load, seconds, table, 20_000, seed=11))
    theory = load / (1.0 - load) * seconds * second_moment(table) / 2.0
    assert half < 0.15 * theory, "the run is too short to tell"
    tell(mean, half, theory, record_property)
    assert abs(mean - theory) <= half
