"""Signs that a terminal's encoding does not hold, written with those that it has: − as – or -, → as ->, ö as o."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator

_ALIKE = {
    "−": "–-", "–": "-", "—": "–-", "‑": "-", "‐": "-",
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ",
    "▲": "^", "▼": "v", "►": ">", "↑": "^", "↓": "v", "✓": "x", "✕": "x", "×": "x", "·": "*", "•": "·*", "≈": "~",
    "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'",
    "«": '"', "»": '"',
}  # fmt: skip
"""One sign for one, the best first: columns stay where they are."""
_LONGER = {
    "→": "->", "←": "<-", "↔": "<->", "…": "...", "≤": "<=", "≥": ">=", "±": "+/-", "æ": "ae", "Æ": "AE", "œ": "oe",
    "Œ": "OE", "ß": "ss", "€": "EUR", "‰": " promille", "½": "1/2",
}  # fmt: skip
_BOXES = range(0x2500, 0x2580)
_UNKNOWN = "?"


def handler_for(encoding: str) -> str:
    """Register how text is written to a stream of an encoding and return the name to give as its `errors`."""

    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return _written(error.object[error.start : error.end], encoding), error.end

    name = f"naravard-{encoding}"
    codecs.register_error(name, handle)
    return name


def transliterated(text: str, encoding: str) -> str:
    """Return text of which an encoding holds every sign."""
    return "".join(sign if holds(sign, encoding) else _written(sign, encoding) for sign in text)


def holds(text: str, encoding: str) -> bool:
    """Tell whether an encoding has every sign of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _written(signs: str, encoding: str) -> str:
    return "".join(next(way for way in _ways(sign) if holds(way, encoding)) for sign in signs)


def _ways(sign: str) -> Iterator[str]:
    """Yield ways to write a sign, the best first; the last is in every encoding."""
    yield from _ALIKE.get(sign, "")
    if sign in _LONGER:
        yield _LONGER[sign]
    if ord(sign) in _BOXES:
        yield "+"
    yield "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part)) or ""
    yield _UNKNOWN
