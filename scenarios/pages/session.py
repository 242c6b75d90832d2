"""What one visit to the app remembers: who asks, which scenarios are on the screen, the scenario being made.

Values of widgets vanish when a widget is not drawn, so everything that lasts lies under names of its own.
"""

from __future__ import annotations

import atexit
from uuid import uuid4

import streamlit as st

from scenarios.library import BASELINE
from scenarios.live.answer import Answer, Shown
from scenarios.live.service import REPLICATIONS, Service

FIRST_CHOICE = (BASELINE, "malbild-2030", "kontinuitet")
MOST_SHOWN = 6
"""Scenarios on the screen at a time: more lines in a chart cannot be told apart."""


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
        state.own = {}
        state.seen = 0


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
    st.session_state.chosen = (BASELINE, *rest[: MOST_SHOWN - 1])


def set_own(shown: Shown | None, name: str = "eget") -> None:
    """Offer a scenario of this session under a name, or take it away."""
    if shown is None:
        st.session_state.own.pop(name, None)
    else:
        st.session_state.own[name] = shown


def answer(shown: tuple[Shown, ...]) -> Answer | None:
    """Return the answer for scenarios and have made what is missing of it; None while there is nothing."""
    found = service().answer(shown)
    complete = found is not None and not found.preliminary and found.details is not None
    wanted = () if complete else shown
    if st.session_state.get("wanted", ()) != wanted:
        st.session_state.wanted = wanted
        if wanted:
            service().want(st.session_state.asker, shown, REPLICATIONS)
        else:
            service().leave(st.session_state.asker)
    return found
