"""The Streamlit app: configuration of the page and navigation, nothing else.

Start it with `naravard app`. Nothing runs on import, for worker processes import the main script anew.
"""

from __future__ import annotations


def main() -> None:
    """Configure and show the app."""
    import streamlit as st  # noqa: PLC0415

    from scenarios.pages import frame, navigation  # noqa: PLC0415

    st.set_page_config(page_title="Nära vård 2030", page_icon=frame.ICON, layout="wide")
    frame.prepare()
    st.navigation(navigation.pages(), position="sidebar", expanded=True).run()


if __name__ == "__main__":
    main()
