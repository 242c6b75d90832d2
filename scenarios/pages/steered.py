"""Widgets that show a value of the app's, which more than the widget itself may change: a slider that can be undone.

A browser sends the values of all widgets with every request, and learns only from a drawing that the app has given one
of them another value. Until then it repeats the old one, which Streamlit takes for a move: what was undone came back.
So a widget whose value was changed from elsewhere is drawn under a new key, and what is only repeated under an old key
is told from what a person did there before the drawing reached the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

_MEMORY_KEY = "steered-widgets"
_MARK = "~"
"""Between a widget's name and the number of its key."""


@dataclass(slots=True)
class _Memory:
    """What a session knows of its widgets."""

    numbers: dict[str, int] = field(default_factory=dict)
    """The number of each widget's present key."""
    agreed: dict[str, Any] = field(default_factory=dict)
    """The value by key that the browser holds: it was drawn with it, or told it."""


def key_for(name: str, value: object) -> str:
    """Return the key under which a widget is drawn so that it shows `value`: a new one unless it has that already."""
    memory: _Memory = st.session_state.setdefault(_MEMORY_KEY, _Memory())
    key = _key(name, memory.numbers.get(name, 0))
    if memory.agreed.get(key, value) != value:
        memory.numbers[name] = memory.numbers.get(name, 0) + 1
        key = _key(name, memory.numbers[name])
    memory.agreed.setdefault(key, value)
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def moved(key: str) -> bool:
    """Tell in a callback whether a person gave the widget another value, which `kept` then returns."""
    memory, now = kept(_MEMORY_KEY), kept(key)
    if key in memory.agreed and memory.agreed[key] == now:
        return False
    memory.agreed[key] = now
    return True


def kept(key: str) -> Any:
    """Return what the session keeps, None when there is nothing, without giving way to a newer request.

    Each look at `st.session_state` is a place where Streamlit breaks off a script, and a callback with it, for a newer
    request; its copy is none.
    """
    return st.session_state.to_dict().get(key)


def _key(name: str, number: int) -> str:
    return f"{name}{_MARK}{number}"
