"""What the levers of a draft cost a year, and the budget that they must fit in."""

from __future__ import annotations

import streamlit as st

from scenarios.levers.registry import LEVERS
from scenarios.pages.drafting import history, refuse, take
from scenarios.pages.steered import kept, key_for, moved
from scenarios.strategies.budget import Bill
from scenarios.strategies.defaults import HOME_REGION
from scenarios.strategies.scenario import Scenario
from scenarios.text.exits import literal
from scenarios.text.problems import InputError
from scenarios.text.swedish import number
from simulator.region.pack import Region

KEY = "draft-budget"
_SPACES = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, ",": "."})


def draw(region: Region) -> None:
    """Draw the bill of the present draft and the field for its budget; nothing for today's course."""
    draft = history().now
    if not draft.changed():
        return
    try:
        bill = Scenario(region=HOME_REGION, strategy=draft.strategy).bill(region)
    except InputError:
        return
    st.caption(literal(told(bill)))
    budget = draft.strategy.budget_msek_per_year
    key = key_for(KEY, "" if budget is None else number(budget))
    st.text_input(
        "Budget för insatserna, miljoner kronor om året (tomt: ingen)", key=key, max_chars=20, on_change=_settle,
        args=(key,),
    )  # fmt: skip


def told(bill: Bill) -> str:
    """Return the bill in words, levers by their Swedish names."""
    text = bill.text_sv()
    for name in sorted({*bill.unpriced, *bill.late}, key=len, reverse=True):
        text = text.replace(name, LEVERS[name].label_sv)
    return text


def _settle(key: str) -> None:
    """Give the draft the budget that was written; what is no number is told and changes nothing."""
    if not moved(key):
        return
    text = str(kept(key)).strip()
    try:
        budget = amount(text)
    except ValueError:
        refuse(f"Budgeten \u201d{text}\u201d är inget tal. Skriv till exempel 25 eller 12,5.")
        return
    take(lambda draft: draft.with_budget(budget))


def amount(text: str) -> float | None:
    """Return a number as Swedes write it, None for nothing; raises ValueError for anything else."""
    if not text:
        return None
    value = float(text.translate(_SPACES))
    if not abs(value) < 1e9:
        raise ValueError(text)
    return value
