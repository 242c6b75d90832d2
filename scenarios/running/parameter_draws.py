"""Draws of parameters: one whole set of a region's uncertain figures for each number of a draw.

A draw is stateless. The place of a parameter in its distribution is a hash of (base seed, number of the draw,
name of the parameter), so draw 7 is the same whether 10 or 100 are made, on any machine, and a parameter that is
added to the register moves no other.

How the register's `value`, `low` and `high` are read:

| distribution | `value` | `low` and `high` |
|---|---|---|
| fixed, or no range | used as it stands | not used |
| triangular | the mode | the end points |
| uniform | not used | the end points |
| normal | the mean | an interval of 95 %, its width divided by 2 x 1.96 is the standard deviation |
| lognormal | the median | an interval of 95 %, likewise on the logarithms |
| beta | the mean, between 0 and 1 | an interval of 95 %, likewise the standard deviation |

A share stays within -1 and 1 (from 0 on if its range is) and what has no negative range stays above zero: the
distribution is cut there, nothing is moved to the bound. Unit costs have no distribution in the register and are
read as triangular. Parameters are drawn one by one but for what `ORDERED` and `PARTS` say.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from scipy import stats

from simulator.region.pack import COST, Region
from simulator.region.rows import Parameter

Z = 1.959963984540054
"""Standard deviations from the mean to the end of an interval of 95 %."""

ORDERED: tuple[tuple[str, ...], ...] = (
    *(
        (f"continuity.{outcome}_odds_ratio_over_15_years", f"continuity.{outcome}_odds_ratio_2_3_years")
        for outcome in ("emergency", "admission", "death")
    ),
    tuple(f"emergency.admission_rub_factor_{rub}" for rub in range(6)),
)
"""Parameters that rise in this order (a longer relationship never does less): what was drawn is put in order."""

PARTS: tuple[tuple[str, ...], ...] = (
    ("primary_care.same_day_share", "primary_care.within_3_days_share"),
    tuple(f"rub.share_{rub}" for rub in range(6)),
)
"""Shares of one whole: where those drawn sum to more than one, all are divided by the sum."""


def place(base_seed: int, draw: int, name: str) -> float:
    """Return the place of a parameter in its distribution, strictly between 0 and 1."""
    digest = hashlib.sha256(f"naravard parameter {base_seed} {draw} {name}".encode()).digest()
    return ((int.from_bytes(digest[:8], "big") >> 12) + 0.5) / 2.0**52


def uncertain(region: Region) -> Iterator[Parameter]:
    """Yield the parameters and unit costs that are drawn: those with a range and a distribution."""
    for parameter in region.parameter_table:
        if parameter.distribution != "fixed" and parameter.low < parameter.high:  # false where one is missing
            yield parameter
    for name, cost in region.costs.items():
        if cost.low < cost.high:
            yield Parameter(
                COST + name, cost.value, cost.unit, cost.low, cost.high, "triangular",
                cost.source, cost.grade, cost.label_sv, "",
            )  # fmt: skip


def draw_parameters(region: Region, base_seed: int, draw: int) -> dict[str, float]:
    """Return draw number `draw` (from 1): a value for every uncertain parameter, by name.

    Raises ValueError for a distribution that is not known or cannot have the stated value and range.
    """
    values = {p.name: quantile(p, place(base_seed, draw, p.name)) for p in uncertain(region)}
    return _in_parts(_in_order(values))


def quantile(parameter: Parameter, u: float) -> float:
    """Return the value below which a parameter lies with probability `u`, within what its unit allows."""
    frozen, below, within = _allowed(parameter)
    return float(frozen.ppf(below + u * within))


@lru_cache(maxsize=8_192)
def _allowed(parameter: Parameter) -> tuple[Any, float, float]:
    """Return a distribution, the probability below what its unit allows, and that within it: as dear as many draws."""
    frozen = _distribution(parameter)
    lowest, highest = _bounds(parameter)
    below = float(frozen.cdf(lowest))
    return frozen, below, float(frozen.cdf(highest)) - below


def _bounds(parameter: Parameter) -> tuple[float, float]:
    lowest = 0.0 if parameter.low >= 0 else -math.inf
    if parameter.unit.startswith("share"):
        return max(lowest, -1.0), 1.0
    return lowest, math.inf


def _distribution(parameter: Parameter) -> Any:
    """Return a frozen distribution of scipy."""
    value, low, high = parameter.value, parameter.low, parameter.high
    if parameter.distribution == "triangular":
        return stats.triang((value - low) / (high - low), low, high - low)
    if parameter.distribution == "uniform":
        return stats.uniform(low, high - low)
    spread = (high - low) / (2 * Z)
    if parameter.distribution == "normal":
        return stats.norm(value, spread)
    if parameter.distribution == "lognormal" and low > 0:
        return stats.lognorm(math.log(high / low) / (2 * Z), scale=value)
    if parameter.distribution == "beta" and 0 < value < 1 and spread**2 < value * (1 - value):
        size = value * (1 - value) / spread**2 - 1
        return stats.beta(value * size, (1 - value) * size)
    raise ValueError(f"{parameter.name}: {parameter.distribution} cannot have {value} ({low} to {high})")


def _in_order(values: Mapping[str, float]) -> dict[str, float]:
    ordered = dict(values)
    for group in ORDERED:
        names = [name for name in group if name in values]
        ordered |= zip(names, sorted(values[name] for name in names), strict=True)
    return ordered


def _in_parts(values: Mapping[str, float]) -> dict[str, float]:
    parted = dict(values)
    for group in PARTS:
        names = [name for name in group if name in values]
        whole = max(1.0, sum(values[name] for name in names))
        parted |= {name: values[name] / whole for name in names}
    return parted
