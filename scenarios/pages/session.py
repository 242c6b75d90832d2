"""What one visit to the app remembers: who asks, which scenarios are on the screen, the scenario being made.

Values of widgets vanish when a widget is not drawn, so everything that lasts lies under names of its own.
"""

from __future__ import annotations

import atexit
from uuid import uuid4

import streamlit as st

from scenarios.exhibits.exhibit import Exhibit
from scenarios.live.answer import Answer, Shown
from scenarios.live.course import Course
from scenarios.live.service import Service
from scenarios.strategies.defaults import FULL_REPLICATIONS
from scenarios.strategies.library import BASELINE
from scenarios.strategies.strategy import Strategy

FIRST_CHOICE = (BASELINE, "malbild-2030", "kontinuitet")
MOST_SCENARIOS = 20
"""Scenarios on the screen at a time, the library and some of one's own."""
TOLD_APART = 6
"""More lines than this in a chart are hard to tell apart, and the page says so."""


@st.cache_resource(max_entries=1, show_spinner=False)
def service() -> Service:
    """Return the service that all sessions share."""
    made = Service()
    made.start()
    atexit.register(made.crew.close)
    return made


def begin() -> None:
    """Prepare the session's memory; harmless when it is there."""
    state = st.session_state
    if "asker" not in state:
        state.asker = uuid4().hex
        state.chosen = FIRST_CHOICE
        state.own, state.own_strategies = {}, {}
        state.on_screen = None
        state.exhibits = {}


def offered() -> dict[str, Shown]:
    """Return every scenario that can be chosen, by name: the library's, then those of this session."""
    mine: dict[str, Shown] = st.session_state.own
    return {each.name: each for each in service().library} | mine


def chosen() -> tuple[Shown, ...]:
    """Return the scenarios on the screen, today's course first."""
    known = offered()
    names = [BASELINE, *(name for name in st.session_state.chosen if name != BASELINE)]
    return tuple(known[name] for name in names if name in known)


def choose(names: tuple[str, ...]) -> None:
    """Put scenarios on the screen; today's course is always among them."""
    rest = [name for name in names if name in offered() and name != BASELINE]
    st.session_state.chosen = (BASELINE, *rest[: MOST_SCENARIOS - 1])


def on_screen() -> Answer | None:
    """Return the answer that was drawn last, on any page."""
    drawn: Answer | None = st.session_state.on_screen
    return drawn


def begin_page(title: str) -> None:
    """Take note of the page that is drawn, for its exhibits."""
    st.session_state.page = title
    st.session_state.exhibits[title] = {}


def take_note(exhibit: Exhibit) -> None:
    """Keep an exhibit that is drawn, for the report."""
    st.session_state.exhibits.setdefault(st.session_state.get("page", ""), {})[exhibit.key] = exhibit


def exhibits() -> dict[str, list[Exhibit]]:
    """Return what was drawn on each page that was visited, as it was drawn last."""
    return {title: list(drawn.values()) for title, drawn in st.session_state.exhibits.items() if drawn}


def set_own(name: str, strategy: Strategy, course: Course | None) -> None:
    """Offer a scenario of this session under a name, or take it away when it has no course of its own."""
    state = st.session_state
    state.own_strategies[name] = strategy
    if course is None:
        state.own.pop(name, None)
    else:
        state.own[name] = Shown(name, strategy.label_sv, course)


def strategies() -> dict[str, Strategy]:
    """Return the strategies of all that can be shown, by the name under which it is."""
    mine: dict[str, Strategy] = st.session_state.own_strategies
    return {strategy.name: strategy for strategy in service().strategies} | mine


def answer(scenarios: tuple[Shown, ...], draws: bool = False) -> Answer | None:
    """Return the answer for scenarios and have made what is missing of it; None while there is nothing.

    With `draws` what is missing of the futures under drawn assumptions is made as well.
    """
    answered = service().answer(scenarios)
    complete = answered is not None and not answered.preliminary and answered.details is not None
    if complete and draws:
        drawn = service().drawn(scenarios)
        complete = drawn is not None and not drawn.preliminary
    _want(() if complete else scenarios, draws)
    return answered


def _want(wanted: tuple[Shown, ...], draws: bool) -> None:
    """Tell the service what this session waits for when that has changed, or when it has been forgotten meanwhile."""
    state, asker = st.session_state, st.session_state.asker
    changed = (state.get("wanted", ()), state.get("draws", False)) != (wanted, draws)
    if wanted and (changed or not service().standing(asker).total):
        service().want(asker, wanted, FULL_REPLICATIONS, draws)
    elif changed:
        service().leave(asker)
    if changed:
        # Last, and what was wanted last of all: a newer request may break the script off at each of them, and who has
        # not come this far asks the service again.
        state.passed = 0
        state.draws = draws
        state.wanted = wanted
