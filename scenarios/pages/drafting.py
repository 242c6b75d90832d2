"""The draft that a session works on: kept apart from the widgets, which are made anew from it at every run.

Widgets that are not drawn lose their values, so none of them is ever asked what the scenario is. A widget tells what
was done to it in a callback; the callback makes the next draft, or says why there can be none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from scenarios.pages.steered import kept
from scenarios.strategies.draft import Draft, History
from scenarios.text.exits import literal, numbered
from scenarios.text.problems import InputError

TABLE_KEY = "worktable"
Step = Callable[[Draft], Draft]
After = Callable[[], None] | None
"""What a page wants done after each step, in the callback: to ask for a new answer, say."""


@dataclass(slots=True)
class Worktable:
    """What a session works on. It is changed where it lies: a callback that must first reach the session's state may
    be broken off there by the next request, and the move would be lost."""

    history: History
    fault: str = ""
    """Why the last step could not be taken."""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """Two requests that come close upon each other are served by two threads."""


def begin(draft: Draft) -> History:
    """Return the session's history, begun with `draft` when there is none yet."""
    if TABLE_KEY not in st.session_state:
        st.session_state[TABLE_KEY] = Worktable(History(draft))
    return history()


def history() -> History:
    """Return the session's history; raises KeyError before `begin`."""
    table: Worktable = st.session_state[TABLE_KEY]
    return table.history


def take(step: Step, after: After = None) -> None:
    """Take a step from the present draft; what cannot be done is kept as a fault and changes nothing."""
    try:
        go(lambda past: past.then(step(past.now)), after)
    except InputError as error:
        refuse(" ".join(_without_places(error)))


def refuse(fault: str) -> None:
    """Keep in a callback why a step could not be taken."""
    kept(TABLE_KEY).fault = fault


def go(move: Callable[[History], History], after: After = None) -> None:
    """Move in the history (undo, redo, begin from something else)."""
    table: Worktable = kept(TABLE_KEY)
    with table.lock:
        before, table.history = table.history, move(table.history)
        table.fault = ""
        changed = table.history.now != before.now
    if after is not None and changed:
        after()


def show_fault() -> None:
    """Say why the last step could not be taken, if it could not."""
    table: Worktable = st.session_state[TABLE_KEY]
    if table.fault:
        st.error(literal(table.fault))


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
