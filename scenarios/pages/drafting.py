"""The draft that a session works on: kept apart from the widgets, which are made anew from it at every run.

Widgets that are not drawn lose their values, so none of them is ever asked what the scenario is. A widget tells what
was done to it in a callback; the callback makes the next draft, or says why there can be none.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scenarios.strategies.draft import Draft, History
from scenarios.text.exits import literal, numbered
from scenarios.text.problems import InputError

HISTORY_KEY, FAULT_KEY = "draft-history", "draft-fault"
"""Keys in the session's state: the history of drafts, and why the last step could not be taken."""
Step = Callable[[Draft], Draft]
After = Callable[[], None] | None
"""What a page wants done after each step, in the callback: to ask for a new answer, say."""


def begin(draft: Draft) -> History:
    """Return the session's history, begun with `draft` when there is none yet."""
    if HISTORY_KEY not in st.session_state:
        st.session_state[HISTORY_KEY] = History(draft)
    return history()


def history() -> History:
    """Return the session's history; raises KeyError before `begin`."""
    kept: History = st.session_state[HISTORY_KEY]
    return kept


def take(step: Step, after: After = None) -> None:
    """Take a step from the present draft; what cannot be done is kept as a fault and changes nothing."""
    try:
        go(lambda past: past.then(step(past.now)), after)
    except InputError as error:
        st.session_state[FAULT_KEY] = " ".join(_without_places(error))


def go(move: Callable[[History], History], after: After = None) -> None:
    """Move in the history (undo, redo, begin from something else)."""
    before = history()
    st.session_state[HISTORY_KEY] = move(before)
    st.session_state.pop(FAULT_KEY, None)
    if after is not None and history().now != before.now:
        after()


def show_fault() -> None:
    """Say why the last step could not be taken, if it could not."""
    if fault := st.session_state.get(FAULT_KEY):
        st.error(literal(fault))


def _without_places(error: InputError) -> list[str]:
    """Return the problems without the places of a file that nobody has seen."""
    return [
        f"{problem.message[:1].upper()}{problem.message[1:]}"
        + (f" Tillåtet: {problem.allowed}." if problem.allowed else "")
        for problem in error.problems
    ]


def problems(error: InputError) -> str:
    """Return all that is wrong as Markdown: a heading and a list, each problem as it stands."""
    return f"{literal(error.heading)}:\n\n{numbered(problem.text() for problem in error.problems)}"


def small(text: str) -> None:
    """Write a text small and as it stands; a caption of Streamlit's is too faint to read (4.1:1)."""
    st.markdown(f":small[{literal(text)}]")
