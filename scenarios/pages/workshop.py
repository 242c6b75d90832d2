"""The page for planners: levers by area of development, and the paired answer as soon as there is one."""

from __future__ import annotations

import streamlit as st

from scenarios.exhibits import figures, series
from scenarios.exhibits.wording import uncertainty
from scenarios.live.answer import Answer, Shown
from scenarios.live.course import course_of
from scenarios.live.crew import Standing
from scenarios.pages import budget_panel, drafting, frame, levers_panel, session
from scenarios.pages.comparison import indicator_choice
from scenarios.pages.drafting import problems
from scenarios.pages.show import show
from scenarios.pages.workshop_files import opening, sharing
from scenarios.running.engine import load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.strategies.draft import Draft, History
from scenarios.strategies.library import BASELINE
from scenarios.strategies.link import decode, encode
from scenarios.strategies.strategy import Strategy
from scenarios.text.exits import literal
from scenarios.text.problems import InputError

OWN_SCENARIO = "eget"
"""Name of the scenario that is being made, among those that can be shown."""
LINK = "s"
"""Query parameter that holds a shared scenario."""
WORKSHOP_INDICATORS = (
    "assessed_within_3_days", "waiting_days", "continuity_index", "ed_visits", "bed_days", "gp_gap", "staff_shortage",
    "fte_beyond_posts", "cost",
)  # fmt: skip
"""Indicators beside the levers: all of them are in the first answer."""
IN_STRIP = ("assessed_within_3_days", "staff_shortage", "cost")
"""Those that stay on a narrow screen while the levers are moved."""
PATIENCE_SECONDS = 6.0
"""How long a drawing of the page waits for the first answer, so that it is shown the moment it is there."""


@frame.guarded
def page() -> None:
    """Draw the page. The answer is asked for before anything is drawn, for it takes longest."""
    fault = _begin()
    scenarios = _shown()
    answer = None if scenarios is None else session.answer(scenarios)
    frame.head(
        "Scenarioverkstad",
        "Flytta spakar och se vad som händer, jämfört med dagens kurs under samma slump. Första svaret kommer på ett "
        "par sekunder och blir sedan säkrare.",
    )
    if fault:
        st.error(problems(fault))
    _title()
    left, right = st.columns([1, 1.15], gap="large")
    with left:
        levers_panel.levers(load_region(HOME_REGION))
    with right:
        levers_panel.changes(_strategy(BASELINE), _base())
        budget_panel.draw(load_region(HOME_REGION))
        st.html('<span class="nv-stays"></span>')
        slot = st.container()
    if scenarios is not None:
        _answer(slot, scenarios, answer)


def _begin() -> InputError | None:
    """Prepare the draft, from the link when the page was opened by one; return what is wrong with the link."""
    state, text = st.session_state, st.query_params.get(LINK)
    drafting.begin(Draft.of(_strategy(BASELINE)))
    if not text or state.get("opened_link") == text:
        return None
    state.opened_link = text
    try:
        draft = decode(text, load_region(HOME_REGION))
    except InputError as error:
        return error
    drafting.go(lambda _: History(draft))
    return None


def _strategy(name: str) -> Strategy:
    return next(strategy for strategy in session.service().strategies if strategy.name == name)


def _base() -> Strategy | None:
    """Return the strategy that the draft was begun from, if it is at hand."""
    known = {strategy.name: strategy for strategy in session.service().strategies} | st.session_state.get("opened", {})
    base: Strategy | None = known.get(drafting.history().now.base)
    return base


def _shown() -> tuple[Shown, ...] | None:
    """Return today's course and the draft, and offer the draft on other pages; None when it cannot be simulated."""
    today = session.service().library[0]
    draft = drafting.history().now
    try:
        course = course_of(draft.strategy)
    except InputError as error:
        st.error(problems(error))
        return None
    session.set_own(OWN_SCENARIO, draft.strategy, course if draft.changed() else None)
    own = session.offered().get(OWN_SCENARIO)
    return (today,) if own is None else (today, own)


def _title() -> None:
    draft = drafting.history().now
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {literal(draft.strategy.label_sv)}", width="stretch")
        with st.popover("Öppna"):
            opening()
        with st.popover("Spara och dela"):
            sharing(encode, LINK)


# --- the answer


def _answer(slot: st.delta_generator.DeltaGenerator, scenarios: tuple[Shown, ...], answer: Answer | None) -> None:
    """Draw the answer, or wait for it: what was drawn before stays on the screen until it is drawn over."""
    with slot:
        status, place = st.empty(), st.container()
    if answer is None:
        answer = _wait(status, scenarios)
    with status.container():
        frame.state_of_work(answer)
    last: Answer | None = st.session_state.get("last_answer")
    # Before it is drawn: a drawing that the next move breaks off would else give way to one of before it.
    st.session_state.last_answer = drawn = answer or last
    with place:
        if answer is None and last is not None:
            st.caption("Förra svaret, medan det nya räknas:")
        if drawn is not None:
            _draw(drawn)


def _wait(status: st.delta_generator.DeltaGenerator, scenarios: tuple[Shown, ...]) -> Answer | None:
    """Wait for the first answer for a while; each word to the screen is where a new move takes over."""

    def tell(standing: Standing) -> None:
        status.progress(0, text=frame.progress_text(standing.note, standing.ahead, 0))

    return session.service().first_answer(st.session_state.asker, scenarios, PATIENCE_SECONDS, tell)


def _draw(answer: Answer) -> None:
    if answer.preliminary:
        st.badge(f"Preliminär: {answer.replications} av {answer.wanted} replikationer", color="orange")
    st.html(figures.comparison_table(answer, WORKSHOP_INDICATORS, frame.dark(), compact=True))
    if len(answer.shown) > 1:
        st.html(figures.strip(answer, IN_STRIP, frame.dark()))
    name = indicator_choice(answer, "workshop-indicator")
    show(series.lines(answer, name))
    st.caption(uncertainty(answer))
