"""A lever on the page: slider, value, today, three marks to start from, and a drawer that is drawn when it is open."""

from __future__ import annotations

import streamlit as st

from scenarios.exhibits.lever_words import CHANGED, button_sv, level_at, now_sv, today_sv
from scenarios.levers.amount import mark_sv, steps
from scenarios.levers.lever import LEVELS, Lever, Today
from scenarios.levers.registry import LEVERS
from scenarios.levers.today import today_of
from scenarios.pages.drafting import After, history, small, take
from scenarios.pages.lever_drawer import drawer
from scenarios.pages.steered import kept, key_for, moved
from scenarios.strategies.differences import where_sv
from scenarios.strategies.draft import Draft
from scenarios.text.exits import literal
from simulator.region.pack import Region


def card(lever: Lever, region: Region, after: After = None) -> None:
    """Draw a lever, once for each reach for which the draft sets it."""
    today, draft = today_of(lever, region), history().now
    with st.container(border=True, gap="xsmall", key=f"lever-card-{lever.name}"):
        for which in range(max(1, len(draft.settings(lever.name)))):
            _slider(lever, draft, which, after)
            _value(lever, draft, which, today)
            _marks(lever, draft, which, after)
        small(today_sv(today))
        drawer(lever, region, after)


def slider_name(lever: str, which: int = 0) -> str:
    """Return the name of a lever's slider."""
    return f"lever-{lever}-{which}"


def marks_name(lever: str, which: int = 0) -> str:
    """Return the name of a lever's marks."""
    return f"marks-{lever}-{which}"


def _slider(lever: Lever, draft: Draft, which: int, after: After) -> None:
    value = draft.value(lever.name, which)
    stops = steps(lever, value)
    key = key_for(slider_name(lever.name, which), min(stops, key=lambda stop: abs(stop - value)))
    settings = draft.settings(lever.name)
    changed = f" · {CHANGED}" if value != lever.neutral else ""
    st.markdown(f"**{literal(lever.label_sv)}**{literal(changed)}")
    if len(settings) > 1:
        small(f"Gäller {where_sv(settings[which].reach)}")
    st.select_slider(
        lever.label_sv,
        stops,
        label_visibility="collapsed",
        format_func=lambda stop: literal(mark_sv(lever, stop)),
        key=key,
        on_change=_moved,
        args=(lever.name, which, key, after),
    )


def _moved(name: str, which: int, key: str, after: After) -> None:
    if moved(key):
        take(lambda draft: draft.with_value(name, kept(key), which), after)


def _value(lever: Lever, draft: Draft, which: int, today: Today) -> None:
    st.markdown(literal(now_sv(lever, draft, which, today)))


def _marks(lever: Lever, draft: Draft, which: int, after: After) -> None:
    key = key_for(marks_name(lever.name, which), level_at(lever, draft.value(lever.name, which)))
    mark_texts = {mark.level: button_sv(mark) for mark in lever.marks}
    st.pills(
        f"Lägen att utgå från: {lever.label_sv}",
        LEVELS,
        format_func=lambda level: literal(mark_texts[level]),
        key=key,
        label_visibility="collapsed",
        on_change=_marked,
        args=(lever.name, which, key, after),
        wrap=True,
    )


def _marked(name: str, which: int, key: str, after: After) -> None:
    """Set the lever to the mark that was pressed; one that is pressed again goes back to today."""
    if not moved(key):
        return
    values = {mark.level: float(mark.value) for mark in LEVERS[name].marks}
    value = values.get(kept(key), float(LEVERS[name].neutral))
    take(lambda draft: draft.with_value(name, value, which), after)
