"""Sweeps: the points of a grid or a Latin hypercube over levers, each a strategy of its own.

A Latin hypercube parts every lever's range in as many parts as there are points and has one point in each (McKay,
Beckman and Conover, Technometrics 1979; `scipy.stats.qmc.LatinHypercube`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from scipy.stats import qmc

from scenarios.levers.amount import amount_sv
from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.strategies.draft import NO_DESCRIPTION, NO_QUESTION, tidy
from scenarios.strategies.strategy import LeverSetting, Strategy
from scenarios.studies.study import Sweep, SweptLever, limits_of

RATIONALE = "Ett av flera värden som prövas i en studie; inget underlag säger att just detta går att nå."
LONGEST_LABEL = 160
GRID_DECIMALS = 9
"""Of a value on a lever's grid: enough for every step, and no trace of binary fractions."""


def strategies_of(sweep: Sweep, base: Strategy | None) -> list[Strategy]:
    """Return the strategies of a sweep, in the order of its points; those of a grid vary the last lever fastest."""
    numbered = zip(_numbers(sweep), points_of(sweep), strict=True)
    return [_strategy(sweep, base, number, point) for number, point in numbered]


def names_of(sweep: Sweep) -> list[str]:
    """Return the names of the strategies of a sweep, in the order of its points."""
    return [f"{sweep.name}-{number}" for number in _numbers(sweep)]


def _numbers(sweep: Sweep) -> list[str]:
    count = len(points_of(sweep))
    return [f"{n:0{len(str(count))}d}" for n in range(1, count + 1)]


def points_of(sweep: Sweep) -> list[tuple[float, ...]]:
    """Return the points of a sweep, each a value a lever."""
    if sweep.design == "grid":
        return list(itertools.product(*(swept.values or () for swept in sweep.levers)))
    low, high = zip(*map(limits_of, sweep.levers), strict=True)
    drawn = qmc.LatinHypercube(d=len(sweep.levers), rng=sweep.seed).random(sweep.points or 0)
    levers = [LEVERS[swept.lever] for swept in sweep.levers]
    scaled = qmc.scale(drawn, low, high).tolist()
    return [tuple(_on_grid(lever, value) for lever, value in zip(levers, row, strict=True)) for row in scaled]


def _on_grid(lever: Lever, value: float) -> float:
    """Return the value nearest to one at which a slider of the lever can stand."""
    steps = round((value - lever.low) / lever.step)
    return min(round(lever.low + steps * lever.step, GRID_DECIMALS), lever.high)


def _strategy(sweep: Sweep, base: Strategy | None, number: str, point: Sequence[float]) -> Strategy:
    swept = {each.lever for each in sweep.levers}
    kept = () if base is None else tuple(setting for setting in base.levers if setting.lever not in swept)
    return Strategy(
        name=f"{sweep.name}-{number}",
        label_sv=_label(sweep, number, point),
        question_sv=NO_QUESTION if base is None else base.question_sv,
        description_sv=NO_DESCRIPTION if base is None else base.description_sv,
        rationale=RATIONALE,
        levers=(*kept, *map(_setting, sweep.levers, point)),
        budget_msek_per_year=_budget(sweep, base),
    )


def _budget(sweep: Sweep, base: Strategy | None) -> float | None:
    of_base = None if base is None else base.budget_msek_per_year
    return of_base if sweep.budget_msek_per_year is None else sweep.budget_msek_per_year


def _setting(swept: SweptLever, value: float) -> LeverSetting:
    return LeverSetting(
        lever=swept.lever, value=value, start=swept.start, full_effect=swept.full_effect, reach=swept.reach
    )


def _label(sweep: Sweep, number: str, point: Sequence[float]) -> str:
    """Return what a point is called: the values of its levers, or its number where they are too many to read."""
    levers = [LEVERS[swept.lever] for swept in sweep.levers]
    values = ", ".join(
        f"{lever.label_sv} {amount_sv(lever, value)}" for lever, value in zip(levers, point, strict=True)
    )
    label = tidy(f"{sweep.label_sv}: {values}")
    return label if len(label) <= LONGEST_LABEL else f"{sweep.label_sv}, punkt {number}"
