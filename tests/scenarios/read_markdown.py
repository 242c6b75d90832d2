"""Markdown as a reader sees it, as far as the pages write it."""

import re


def as_read(text):
    """Return Markdown without its links, and the backslashes and word joiners that keep signs what they are."""
    text = re.sub(r"(?<!\\)\[(http[^\]]*)\]\(http[^)]*\)", r"\1", text)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace("\u2060", "")
