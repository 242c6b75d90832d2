"""A budget as a lever: what a strategy costs a year, and what is left of it when the money does not suffice.

A lever's cost is that of its full effect where it reaches: the control's value at each unit, as the simulator will
have it, priced by the lever's `prices`. Levers are priced one by one, so two that ask for the same post count it
twice. What saves money counts as nothing: it pays for no other lever, and is not scaled.

When the sum is over the budget, the departures from neutral of all levers that cost are multiplied by one common
factor, the largest with which they fit. A lever whose first steps cost nothing (a limit of listed people that no
health centre exceeds) is scaled from the last value that is free: before that it does nothing. Levers without a
price act in full and are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scipy.optimize import brentq

from scenarios.levers.lever import Lever
from scenarios.text.swedish import number
from simulator import controls
from simulator.changes import Change
from simulator.region.pack import Region

MILLION = 1e6
Parts = tuple[tuple[Lever, Change], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What one lever setting costs a year at its full effect, millions of SEK with the range of the unit costs."""

    lever: str
    label_sv: str
    value: float
    low: float
    high: float
    what_sv: str


@dataclass(frozen=True, slots=True)
class Bill:
    """What a strategy costs as it was written, its budget (None for none), and the share of it that fits.

    `late` names the levers that are priced at a full effect which they reach only after the horizon.
    """

    items: tuple[Item, ...]
    unpriced: tuple[str, ...]
    budget: float | None
    share: float
    late: tuple[str, ...] = ()

    @property
    def cost(self) -> float:
        """Millions of SEK a year at full effect; savings are not counted."""
        return sum(max(item.value, 0.0) for item in self.items)

    @property
    def scaled(self) -> bool:
        """Tell whether the budget did not suffice."""
        return self.share < 1.0

    def text_sv(self) -> str:
        """Return what a reader of any result must know."""
        cost = f"Strategin kostar {number(self.cost, _places(self.cost))} miljoner kronor om året"
        if self.budget is None:
            bill_sv = f"{cost}; den har ingen budget."
        elif self.scaled:
            bill_sv = (
                f"{cost} mot en budget på {number(self.budget)}; insatserna är nedskalade till "
                f"{number(100 * self.share, 0)} %."
            )
        else:
            bill_sv = f"{cost} och ryms i budgeten på {number(self.budget)}."
        if self.late:
            bill_sv += f" Prissatt vid full effekt, som nås först efter horisonten: {', '.join(self.late)}."
        if self.unpriced:
            bill_sv += f" Utan pris, räknas som 0 och skalas inte: {', '.join(self.unpriced)}."
        return bill_sv

    def attributes(self) -> dict[str, object]:
        """Return what results keep of it, for JSON; money in millions of SEK a year, `scaled_to` in percent."""
        return {
            "cost_msek": self.cost,
            "cost_low_msek": sum(max(item.low, 0.0) for item in self.items),
            "cost_high_msek": sum(max(item.high, 0.0) for item in self.items),
            "budget_msek": self.budget,
            "scaled_to": 100 * self.share,
            "unpriced": list(self.unpriced),
            "text_sv": self.text_sv(),
        }


def _places(amount: float) -> int:
    return 0 if amount >= 10 else 1


def within(parts: Parts, budget: float | None, region: Region) -> tuple[Parts, Bill]:
    """Return what levers may change within a budget (millions of SEK a year), and the bill of what was asked.

    With no budget, or one that suffices, the parts come back as they were. A lever that is scaled to nothing is
    left out, so that a budget of 0 gives today's course where every lever has a price.
    """
    items = tuple(item for lever, change in parts for item in _items(lever, change, region))
    unpriced = tuple(dict.fromkeys(lever.name for lever, _ in parts if not lever.prices))
    bill = Bill(items, unpriced, budget, 1.0)
    if budget is None or bill.cost <= budget:
        return parts, bill
    dear = [(lever, change, _free(lever, change, region)) for lever, change in parts]
    share = _share([part for part in dear if part[2] < 1.0], budget, region)
    kept = [(lever, _scaled(lever, change, share, free)) for lever, change, free in dear]
    return tuple((lever, change) for lever, change in kept if change.value != lever.neutral), replace(bill, share=share)


def _free(lever: Lever, change: Change, region: Region) -> float:
    """Return the share of a change's departure from neutral up to which it costs nothing; 1 when it never costs."""

    def costs(share: float) -> bool:
        return _cost(lever, _moved(lever, change, share), region) > 0.0

    if not costs(1.0):
        return 1.0
    low, high = 0.0, 1.0
    while not costs(1e-6) and high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (low, middle) if costs(middle) else (middle, high)
    return low


def _share(parts: Sequence[tuple[Lever, Change, float]], budget: float, region: Region) -> float:
    """Return the largest factor on the departures with which the parts cost no more than the budget."""

    def over(share: float) -> float:
        return sum(_cost(lever, _scaled(lever, change, share, free), region) for lever, change, free in parts) - budget

    if budget <= 0.0:
        return 0.0
    proportional = budget / (over(1.0) + budget)
    if abs(over(proportional)) <= 1e-9 * budget:
        return proportional
    return max(0.0, float(brentq(over, 0.0, 1.0, xtol=1e-10)) - 1e-9)  # on the side that fits


def _scaled(lever: Lever, change: Change, share: float, free: float) -> Change:
    """Return a change at a share of what it costs for, all of it when it costs nothing, none of it at 0."""
    if free >= 1.0:
        return change
    return _moved(lever, change, free + share * (1.0 - free) if share > 0.0 else 0.0)


def _moved(lever: Lever, change: Change, share: float) -> Change:
    return replace(change, value=lever.neutral + share * (change.value - lever.neutral))


def _cost(lever: Lever, change: Change, region: Region) -> float:
    return sum(item.value for item in _items(lever, change, region))


def _items(lever: Lever, change: Change, region: Region) -> list[Item]:
    """Return the cost of one change by each of the lever's prices."""
    if not lever.prices:
        return []
    values = controls.value_in(change.control, change.full_effect, [change], region)
    items = []
    for price in lever.prices:
        quantity, cost = price.quantity(region, values), region.costs[price.cost]
        low, high = sorted((quantity * cost.low, quantity * cost.high))
        what = f"{number(quantity, 1)} {price.unit_sv} à {number(cost.value, 0)} kronor (grad {cost.grade})"
        items.append(
            Item(lever.name, lever.label_sv, quantity * cost.value / MILLION, low / MILLION, high / MILLION, what)
        )
    return items
