"""The pages of the app, in the order in which a reader meets them."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from scenarios.exhibits import figures, series
from scenarios.exhibits.exhibit import Exhibit
from scenarios.pages import (
    assumptions,
    basis,
    board,
    capacity,
    comparison,
    economy,
    follow,
    municipalities,
    overview,
    report,
    session,
    workshop,
)


def pages() -> list[StreamlitPage]:
    """Return every page; without headings, for Streamlit puts those inside the list, where screen readers stumble."""
    return [
        st.Page(overview.page, title="Översikt", url_path="oversikt", default=True),
        st.Page(workshop.page, title="Scenarioverkstad", url_path="verkstad"),
        st.Page(comparison.page, title="Jämför", url_path="jamfor"),
        st.Page(municipalities.page, title="Karta", url_path="karta"),
        st.Page(capacity.page, title="Bemanning och kapacitet", url_path="bemanning"),
        st.Page(economy.page, title="Ekonomi", url_path="ekonomi"),
        st.Page(board.page, title="Uppföljning", url_path="uppfoljning"),
        st.Page(follow.page, title="Följ Clara", url_path="folj-clara"),
        st.Page(_assumptions, title="Antaganden", url_path="antaganden"),
        st.Page(_report, title="Rapport", url_path="rapport"),
    ]


def _assumptions() -> None:
    assumptions.page()


def _report() -> None:
    report.page(shelf, basis.origin, basis.paper)


def shelf() -> dict[str, list[Exhibit]]:
    """Return what a report can hold: every measure of the answer on the screen, and what was drawn on other pages."""
    answer = session.on_screen() or session.answer(session.chosen())
    if answer is None:
        return {}
    st.session_state.on_screen = answer
    names = [indicator.name for indicator in answer.indicators]
    main = [name for name in figures.HEADLINES if name in names]
    return {
        "Huvudmått": [series.lines(answer, name) for name in main],
        **session.exhibits(),
        "Övriga mått": [series.lines(answer, name) for name in names if name not in main],
    }
