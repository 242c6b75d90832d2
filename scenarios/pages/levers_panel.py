"""The levers of a draft by area of development, and the list of those that were moved with the way back.

Call `drafting.begin` first. One area is drawn at a time, so that a step of a slider stays quick; both parts may stand
in a fragment. `after` is called in the callback, when a step has changed the draft.
"""

from __future__ import annotations

import streamlit as st

from scenarios.exhibits.lever_words import CHANGED, MANY_CHANGED
from scenarios.levers.lever import Area
from scenarios.levers.registry import AREAS, levers_in
from scenarios.pages.drafting import After, go, history, show_fault, small, take
from scenarios.pages.lever_card import card
from scenarios.strategies.differences import Difference
from scenarios.strategies.draft import Draft, History
from scenarios.strategies.strategy import Strategy
from scenarios.text.exits import literal
from simulator.region.pack import Region

AREA_KEY = "lever-area"
_BY_NAME = {area.name: area for area in AREAS}


def levers(region: Region, after: After = None) -> None:
    """Draw the choice of area and the levers of the chosen one."""
    area = _chosen()
    show_fault()
    st.markdown(literal(area.about_sv))
    small(f"{area.aim_sv}.")
    for lever in levers_in(area):
        card(lever, region, after)


def _chosen() -> Area:
    moved = _moved_in()
    name = st.pills(
        "Område",
        list(_BY_NAME),
        default=AREAS[0].name,
        required=True,
        format_func=lambda name: literal(_BY_NAME[name].label_sv) + _counted(moved[name]),
        key=AREA_KEY,
        persist_state="session",
        wrap=True,
    )
    return _BY_NAME.get(name or "", AREAS[0])


def _counted(moved: int) -> str:
    return f" ({moved} {CHANGED if moved == 1 else MANY_CHANGED})" if moved else ""


def _moved_in() -> dict[str, int]:
    """Return how many levers are moved in each area."""
    moved = {difference.lever for difference in history().now.changed()}
    return {area.name: sum(lever.name in moved for lever in levers_in(area)) for area in AREAS}


def changes(baseline: Strategy, base: Strategy | None = None, after: After = None) -> None:
    """Draw undo, redo, reset to today's course or to what the draft was made from, and every lever that was moved.

    Without `base`, or where it is today's course, there is one reset.
    """
    origin = None if base is None or base.name == baseline.name else base
    _steps(baseline, origin, after)
    draft = history().now
    moved = draft.changed()
    against = {(d.lever, d.which): d for d in draft.changed(origin)} if origin else {}
    if not moved:
        small("Ingen spak är ändrad: detta är dagens utveckling.")
    for difference in moved:
        _row(difference, bool(origin) and (difference.lever, difference.which) in against, after)
    for difference in against.values():
        if difference.which is None:
            st.markdown(_told(difference))
    if origin and against:
        small(f"* Inte som i {origin.label_sv}.")


def _row(difference: Difference, differs: bool, after: After) -> None:
    text, button = st.columns([5, 1], vertical_alignment="center", gap="small", wrap=False)
    text.markdown(_told(difference) + (" \\*" if differs else ""))
    button.button(
        "Ta bort",
        key=f"remove-{difference.lever}-{difference.which}",
        type="tertiary",
        on_click=_removed,
        args=(difference, after),
    )


def _told(difference: Difference) -> str:
    label, _, rest = difference.text_sv().partition(": ")
    return f"**{literal(label)}:** {literal(rest)}"


def _removed(difference: Difference, after: After) -> None:
    take(lambda draft: draft.without(difference.lever, difference.which), after)


def _steps(baseline: Strategy, origin: Strategy | None, after: After) -> None:
    now = history()
    with st.container(horizontal=True, gap="small"):
        st.button("Ångra", key="undo", disabled=not now.past, on_click=go, args=(History.undone, after))
        st.button("Gör om", key="redo", disabled=not now.future, on_click=go, args=(History.redone, after))
        for key, target in (("reset-today", baseline), ("reset-base", origin)):
            if target is not None:
                st.button(
                    f"Återställ till {literal(target.label_sv)}",
                    key=key,
                    disabled=now.now == Draft.of(target),
                    on_click=_reset,
                    args=(target, after),
                )


def _reset(target: Strategy, after: After) -> None:
    go(lambda past: past.reset(target), after)
