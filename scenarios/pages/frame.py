"""What all pages share: the language of the document and the few things that Streamlit cannot be told."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

# Streamlit writes lang="en" whatever the page says, and labels its own tool buttons (full screen, run
# indicator) in English without a Swedish form: they are hidden. Each chart has a table and a download.
ICON = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" '
    'fill="#0b6aa8"/><path d="M13 6h6v7h7v6h-7v7h-6v-7H6v-6h7z" fill="#fff"/></svg>'
)
"""The page's icon, a white cross on blue; a named one would be fetched from a server abroad."""

_STYLE = """
<style>
[data-testid="stElementToolbar"], [data-testid="stStatusWidget"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: 1500px; padding-top: 2.5rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-left: 1rem; padding-right: 1rem; }
}
[data-testid="stMarkdownContainer"] { overflow-wrap: anywhere; }
</style>
"""
_LANGUAGE = '<script>document.documentElement.lang = "sv";</script>'


def prepare() -> None:
    """Set the document's language and hide what is in English."""
    st.html(_STYLE)
    with st.container(key="document-language", height=1, border=False):
        st.html(_LANGUAGE, unsafe_allow_javascript=True)
