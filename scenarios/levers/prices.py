"""Prices: how levers count what they cost a year, from unit costs of the region's pack (costs.csv).

The unit costs carry the range, source and grade. Posts are priced as if filled, beds as if used every day: what a
budget has to hold, not what the simulation ends up paying.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scenarios.levers.lever import Price
from simulator.core.fields import Array
from simulator.region.pack import Region
from simulator.region.rows import StaffPost
from simulator.staff.effort import EFFORTS, Effort, minutes_per_post

DAYS = 365.25
Quantity = Callable[[Region, Array], float]
"""How many a year the values of a lever's control bring beyond today's."""

NO_COST = "Ingen egen kostnad i modellen; följdkostnader syns i resultatet."
NO_STAFF = "Inga egna tjänster."
GP_COST = "En läkartjänst kostar omkring 1,5 miljoner kronor om året (1,35-1,7; antagande, 2022)."
BEYOND = "Räknas utöver enheternas tjänster: tiden tränger inte undan annan vård, men måste bemannas."
"""Of work that is paid by the minute and takes no posts of any unit (`simulator.staff.effort`)."""


def posts(profession: str) -> Quantity:
    """FTE that a factor on today's posts adds."""

    def quantity(region: Region, factor: Array) -> float:
        return float(((factor - 1.0) * at_units(region, profession, lambda post: post.posts_fte)).sum())

    return quantity


def places(kind: str) -> Quantity:
    """Municipal places that a factor on today's adds."""

    def quantity(region: Region, factor: Array) -> float:
        return float(((factor - 1.0) * getattr(region, kind)).sum())

    return quantity


def work(activity: str, amount: Quantity, of_sv: Mapping[str, str]) -> tuple[Price, ...]:
    """Prices of work that a lever brings: `amount` a year of an activity, in the minutes and pay of each profession.

    `of_sv` says for each row of the pack's costs what there is so many of.
    """

    def price(effort: Effort) -> Price:
        def quantity(region: Region, values: Array) -> float:
            return fte(region, amount(region, values) * region.parameters[effort.minutes])

        return Price(effort.cost, of_sv[effort.cost], quantity, activity)

    return tuple(price(effort) for effort in EFFORTS if effort.activity == activity)


def fte(region: Region, minutes: float) -> float:
    """FTE that give so many minutes with patients a year."""
    return minutes / minutes_per_post(region)


def at_units(region: Region, profession: str, of: Callable[[StaffPost], float]) -> Array:
    """Return a figure of each unit that has the profession, in the order of the region (float64[U])."""
    by_unit = {post.unit: post for post in region.staff if post.profession == profession}
    return np.array([of(by_unit[unit]) for unit in _units(region, next(iter(by_unit.values())))])


def _units(region: Region, post: StaffPost) -> tuple[str, ...]:
    kinds = {"centre": region.centres, "hospital": region.hospitals, "municipality": region.municipalities}
    return kinds[post.unit_kind]
