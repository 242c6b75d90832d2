"""What a strategy's levers cost a year, and what its budget leaves of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from scenarios.exhibits import marks
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.marks import Series
from scenarios.exhibits.wording import interval
from scenarios.levers.registry import LEVERS
from scenarios.live.answer import Shown
from scenarios.live.parts import changes_of
from scenarios.strategies.budget import Bill, Item, within
from scenarios.strategies.scenario import Scenario
from scenarios.strategies.strategy import Strategy
from scenarios.text.swedish import number
from simulator.region.pack import Region

MSEK_A_YEAR = "miljoner kronor om året"
BILLS_NOTE = (
    "Vad insatserna kostar vid full effekt, en i taget, med styckpriserna i 2022 års nivå; strecket är styckprisernas "
    "spann. Tjänster räknas som tillsatta och vårdplatser som använda. Två insatser som begär samma tjänst räknar den "
    "två gånger, och det som sparar räknas som noll. Priserna är antaganden (grad C) utom där annat anges."
)


def bill_of(scenario: Shown, strategy: Strategy | None, region: Region) -> Bill:
    """Return what a scenario's levers cost: as its strategy was written, else as its course has it.

    Raises ScenarioError when the strategy does not fit the region.
    """
    if strategy is None:
        return within(changes_of(scenario.course, None, region), None, region)[1]
    return Scenario(region=region.code, strategy=strategy).bill(region)


def labels_of(bill: Bill) -> list[str]:
    """Return the Swedish labels of levers without a price."""
    return [LEVERS[name].label_sv for name in bill.unpriced if name in LEVERS]


def text(bill: Bill) -> str:
    """Return what a strategy costs and what its budget leaves, with labels of levers in place of names."""
    if not bill.items and not bill.unpriced:
        return "Inga insatser: dagens kurs."
    bill_sv = replace(bill, late=(), unpriced=()).text_sv()
    low, high = (sum(max(getattr(item, bound), 0.0) for item in bill.items) for bound in ("low", "high"))
    if bill.items:
        bill_sv += f" Med styckprisernas spann {interval(low, high, 0)}."
    if bill.late:
        late = "; ".join(LEVERS[name].label_sv for name in bill.late)
        bill_sv += f" Prissatt vid full effekt, som nås först efter horisonten: {late}."
    unpriced = labels_of(bill)
    return bill_sv + (f" Utan pris, räknas som 0 och skalas inte: {'; '.join(unpriced)}." if unpriced else "")


def exhibit(label: str, name: str, bill: Bill) -> Exhibit:
    """Return what each lever costs with the range of its unit costs, the dearest first."""
    item_rows = [_row(item, label, name) for item in sorted(bill.items, key=lambda item: -item.value)]
    main = "; ".join(f"{row['lever']} {number(row['value'], 1)}" for row in item_rows[:6])
    return Exhibit(
        key="insatser-pris",
        title=f"Vad insatserna kostar om året: {label}",
        unit=MSEK_A_YEAR,
        alt=f"Vad insatserna i {label} kostar om året vid full effekt, miljoner kronor. {main}.",
        columns=(
            Column("lever", "Insats", None, "", "Spakens namn."),
            Column("value", "Kostnad", 1, MSEK_A_YEAR, "Vid full effekt, beräknat på styckpriset."),
            Column("low", "Lägst", 1, MSEK_A_YEAR, "Med styckprisets undre gräns."),
            Column("high", "Högst", 1, MSEK_A_YEAR, "Med styckprisets övre gräns."),
            Column("what", "Så räknat", None, "", "Mängd, styckpris och styckprisets grad."),
        ),
        rows=item_rows,
        draw=partial(_draw, label, name, _by_lever(item_rows)) if item_rows else None,
        note=BILLS_NOTE,
        scenarios=(name,),
    )


def _row(item: Item, label: str, name: str) -> dict[str, Any]:
    return {
        "row": item.label_sv, "lever": item.label_sv, "what": item.what_sv, "value": item.value, "low": item.low,
        "high": item.high, "scenario": label, "name": name,
    }  # fmt: skip


def _draw(label: str, name: str, item_rows: Sequence[dict[str, Any]], dark: bool) -> Spec:
    drawn = [
        {
            **row, "row": marks.wrapped(row["lever"]),
            "value_text": f"{number(row['value'], 1)} {MSEK_A_YEAR}",
            "interval_text": interval(row["low"], row["high"], 1),
        }
        for row in item_rows
    ]  # fmt: skip
    tips = marks.tips(("lever", "Insats"), ("what", "Så räknat"), ("value_text", "Kostnad"), ("interval_text", "Spann"))
    return marks.bars(drawn, Series({name: label}, dark), tips, MSEK_A_YEAR, 1)


def _by_lever(item_rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what each lever costs in all, the dearest first, with all that it buys in words."""
    levers: dict[str, dict[str, Any]] = {}
    for row in item_rows:
        sums = levers.setdefault(row["lever"], row | {"value": 0.0, "low": 0.0, "high": 0.0, "what": ""})
        sums |= {bound: sums[bound] + row[bound] for bound in ("value", "low", "high")}
        sums["what"] = f"{sums['what']}; {row['what']}".lstrip("; ")
    return sorted(levers.values(), key=lambda row: -row["value"])
