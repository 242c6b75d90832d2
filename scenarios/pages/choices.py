"""Choices that pages share: a view, a scenario, a year. What was chosen lasts while it is offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from scenarios.exhibits.charts import FIRST_SHOWN
from scenarios.live.answer import Answer
from scenarios.text.exits import literal

_T = TypeVar("_T")


def one_of(label: str, options: Sequence[_T], key: str, say: Callable[[_T], str] = str, first: int = 0) -> _T:
    """Draw a list to choose from and return what is chosen; `first` is the place of what is chosen unless told."""
    _forget(key, options)
    chosen = st.selectbox(
        label, options, index=min(first, len(options) - 1), format_func=say, key=key, filter_mode=None,
        placeholder="Välj", persist_state="session",
    )  # fmt: skip
    return options[first] if chosen is None else chosen


def view(label: str, options: Sequence[_T], key: str, say: Callable[[_T], str] = str, hidden: bool = True) -> _T:
    """Draw buttons side by side of which one is pressed, and return which."""
    _forget(key, options)
    chosen = st.segmented_control(
        label, options, default=options[0], required=True, format_func=lambda option: literal(say(option)), key=key,
        wrap=True, label_visibility="collapsed" if hidden else "visible", persist_state="session",
    )  # fmt: skip
    return options[0] if chosen is None else chosen


def scenario(answer: Answer, key: str, label: str = "Scenario") -> str:
    """Draw the choice of one of the scenarios on the screen, the first beside today's course unless told."""
    names = list(answer.labels)
    first = next((i for i, name in enumerate(names) if name != answer.baseline), 0)
    return one_of(label, names, key, lambda name: answer.labels[name], first)


def year(answer: Answer, key: str) -> int:
    """Draw the choice of a year that is shown, the last unless told."""
    years = [year for year in reversed(answer.years) if year >= FIRST_SHOWN]
    return one_of("År", years, key, str)


def _forget(key: str, options: Sequence[object]) -> None:
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
