"""The gate for text from outside: what files, links, forms and the command line may say, and in which letters.

Letters come composed (NFC) out of it: an "ä" is one character, as in the region's files, whether it was typed as one
or as an "a" with dots (NFD, as some systems write file names and what is copied from them).
"""

from __future__ import annotations

import unicodedata


def composed(text: str) -> str:
    """Return a text with its letters composed, so that what looks the same is the same."""
    return unicodedata.normalize("NFC", text)


def folded(name: str) -> str:
    """Return a name for look-up: composed, whatever the case, without white space around it."""
    return composed(name).casefold().strip()


def looks(text: str) -> str:
    """Return what a text looks like at a glance: no case, no difference of width, and one space where there are any."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_text(text: str) -> bool:
    """Tell whether a text can be shown as it stands: lines of signs that can be printed, and not blank."""
    return bool(text.strip()) and all(c.isprintable() or c == "\n" for c in text)


def is_line(text: str) -> bool:
    """Tell whether a text is one line that can be shown as it stands."""
    return bool(text.strip()) and text.isprintable()
