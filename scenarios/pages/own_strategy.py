"""The strategy behind a scenario on the screen: of the library, or the one that this session is making."""

from __future__ import annotations

import streamlit as st

from scenarios.live.answer import Shown
from scenarios.live.course import course_of
from scenarios.pages import session
from scenarios.problems import InputError
from scenarios.strategy import Strategy

DRAFTS = "draft-history"
"""Where a session keeps the drafts of its own scenario (scenarios.pages.drafting)."""


def strategy_of(shown: Shown) -> Strategy | None:
    """Return the strategy that a scenario was made of; None when it is not at hand, as of an older draft."""
    for strategy in session.service().strategies:
        if strategy.name == shown.name:
            return strategy
    history = st.session_state.get(DRAFTS)
    draft: Strategy | None = None if history is None else history.now.strategy
    try:
        same = draft is not None and course_of(draft).key == shown.course.key
    except InputError:
        return None
    return draft if same else None
