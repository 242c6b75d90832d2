"""Free-text search as Swedes type: case, accents and the dots of å, ä and ö make no difference."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST_SEARCH = 80
"""Characters of a search that are read."""

MOST_WORDS = 8


def fold(text: str) -> str:
    """Return text for comparison: small letters without accents, å and ä as a, ö as o."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a search, at most `MOST_WORDS` of its first `LONGEST_SEARCH` characters."""
    return tuple(fold(text[:LONGEST_SEARCH]).split()[:MOST_WORDS])


def haystack(texts: Iterable[str]) -> str:
    """Return texts folded into one to be searched; what stands in two of them is not found as one word."""
    return "\n".join(fold(text) for text in texts)


def found(hay: str, wanted: Iterable[str]) -> bool:
    """Tell whether every wanted word stands in a haystack."""
    return all(word in hay for word in wanted)
