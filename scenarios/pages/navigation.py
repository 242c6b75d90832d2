"""The pages of the app, in the order in which a reader meets them."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from scenarios.pages import comparison, follow, followup, municipalities, overview, workshop


def pages() -> dict[str, list[StreamlitPage]]:
    """Return every page under its heading."""
    return {
        "Svaret": [
            st.Page(overview.page, title="Översikt", url_path="oversikt", default=True),
            st.Page(comparison.page, title="Jämför", url_path="jamfor"),
            st.Page(municipalities.page, title="Karta", url_path="karta"),
            st.Page(followup.page, title="Uppföljning", url_path="uppfoljning"),
            st.Page(follow.page, title="Följ Clara", url_path="folj-clara"),
        ],
        "Pröva": [
            st.Page(workshop.page, title="Scenarioverkstad", url_path="verkstad"),
        ],
    }
