"""The page of money: cost by level and payer, what levers cost, what an outcome costs, and what is not counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from scenarios.exhibits.money import bills, costs, plane, prices, worth
from scenarios.exhibits.series import lines
from scenarios.exhibits.wording import interval, uncertainty
from scenarios.live.answer import Answer
from scenarios.pages import basis, choices, frame, session
from scenarios.pages.show import show
from scenarios.running.engine import load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.exits import bullets, literal
from scenarios.text.swedish import number


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head(
        "Ekonomi",
        "Vad vården kostar och vem som betalar, vad insatserna kostar och vad man får för pengarna. "
        "Alla belopp i 2022 års priser.",
    )
    answer = frame.scenarios()
    if answer is None:
        return
    _views(answer)
    basis.show(answer)


@st.fragment
@frame.guarded
def _views(answer: Answer) -> None:
    """Draw one view: what is not shown is not worked out."""
    name = choices.view("Visa", list(ECONOMY_VIEWS), "economy-view")
    ECONOMY_VIEWS[name](answer)
    st.info(f"{uncertainty(answer)} {STILL_OUTSIDE}")


STILL_OUTSIDE = "Styckpriserna är till största delen antaganden (grad C): deras spann ligger utanför intervallen."


def _cost(answer: Answer) -> None:
    if answer.details is None:
        show(lines(answer, "cost"))
        return
    left, _ = st.columns([1.4, 1])
    with left:
        shares: list[costs.Part | None] = [*costs.parts(answer), None]
        part = choices.one_of("Del av kostnaden", shares, "economy-part", _part_label)
    show(costs.over_time(answer, part))
    left, _ = st.columns([0.7, 1.7])
    with left:
        year = choices.year(answer, "economy-year")
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        show(costs.levels(answer, year))
    with right:
        show(costs.level_differences(answer, year))


def _part_label(part: costs.Part | None) -> str:
    return "Andel för personer med komplexa behov" if part is None else part.label


def _bills(answer: Answer) -> None:
    left, _ = st.columns([1.6, 1])
    with left:
        name = choices.scenario(answer, "economy-scenario")
    scenario = next(each for each in answer.shown if each.name == name)
    bill = bills.bill_of(scenario, session.strategies().get(name), load_region(HOME_REGION))
    st.markdown(literal(bills.text(bill)))
    st.markdown(literal(_simulated(answer, name)))
    if bill.items:
        show(bills.exhibit(answer.labels[name], name, bill))


def _simulated(answer: Answer, name: str) -> str:
    """Say what the simulation has the scenario cost, beside the bill."""
    record = answer.record("cost", name, answer.last_year)
    if record.difference is None:
        return ""
    spread = interval(record.difference_low, record.difference_high, 0)
    more = "mer" if record.difference > 0 else "mindre"
    return (
        f"I simuleringen kostar all vård {number(abs(record.difference), 0)} miljoner kronor {more} {answer.last_year} "
        f"än i {answer.labels[answer.baseline]} (skillnad med 95 %-intervall: {spread}). Där är tjänster vakanta, "
        "platser står tomma och vård som undviks sparar pengar."
    )


def _worth(answer: Answer) -> None:
    left, _ = st.columns([1, 1.4])
    with left:
        period, years = _period(answer)
    show(worth.table(answer, years, period))


def _plane(answer: Answer) -> None:
    scope = choices.view("Vilka", _SCOPES, "economy-scope", hidden=False)
    answer = answer if scope == _SCOPES[0] else _library() or answer
    left, right = st.columns([1.4, 1])
    with left:
        outcome = choices.one_of("Utfall", worth.outcomes(answer), "economy-outcome", lambda outcome: outcome.label_sv)
    with right:
        period, years = _period(answer)
    show(plane.plane(answer, outcome, years, period))


_SCOPES = ("Valda scenarier", "Hela biblioteket")


def _library() -> Answer | None:
    """Return the answer for all strategies of the library, from what has been simulated of them."""
    return session.service().answer(session.service().library)


def _period(answer: Answer) -> tuple[str, tuple[int, ...]]:
    periods = worth.periods(answer)
    period = choices.one_of("Period", list(periods), "economy-period")
    return period, periods[period]


def _basis(_: Answer) -> None:
    region = load_region(HOME_REGION)
    st.markdown(prices.COUNTED_SV)
    st.markdown(bullets(prices.not_counted(region)))
    show(prices.table(region))


ECONOMY_VIEWS: Mapping[str, Callable[[Answer], None]] = {
    "Kostnad": _cost,
    "Vad insatserna kostar": _bills,
    "Kostnad per utfall": _worth,
    "Kostnad mot utfall": _plane,
    "Vad som räknas": _basis,
}
"""What the page can show, by the words on its button."""
