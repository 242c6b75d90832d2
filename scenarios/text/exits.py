"""What text becomes where it goes out, so that it is read there as it stands: in Markdown, in cells of spreadsheets.

HTML is escaped by markupsafe, and what goes to a terminal by `scenarios.text.terminal`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

ADDRESS = re.compile(r"(https?://[^\s<>\"'()]*[^\s<>\"'().,;])")
"""An address in a text of our own."""
_MARKS = frozenset("\\`*_{}[]<>#+-.!|~$:()&=")
_JOINER = "\u2060"  # WORD JOINER: not seen, no white space, and no part of an address
# Streamlit looks for these in what Markdown has made of the text, when backslashes are gone: addresses, which become
# links, :material/names:, which become pictures, and arrows and dashes in ASCII, which become signs.
_LOOKED_FOR = re.compile(r"(?<=[-<>=~!:/])(?=[-<>=~!/])|(?<=:)(?=[a-z])|(?<=www)(?=\.)|(?<=\S)(?=@)", re.IGNORECASE)
_ENDINGS = ("\r\n", "\r", "\u2028", "\u2029")
_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
_FORMULA = tuple("=+-@＝＋－＠")


def literal(text: str) -> str:
    """Return a text that Markdown shows as it stands, whatever is in it."""
    return _escaped(_LOOKED_FOR.sub(_JOINER, text))


def linked(text: str) -> str:
    """Return a text of our own as it stands, its addresses as links; never for what came from outside."""
    plain, *rest = ADDRESS.split(text)
    links = (f"[{_escaped(url)}]({url}){literal(after)}" for url, after in zip(rest[::2], rest[1::2], strict=True))
    return literal(plain) + "".join(links)


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in _MARKS else c for c in text)


def bullets(texts: Iterable[str], say: Callable[[str], str] = literal) -> str:
    """Return texts as a list in Markdown, each as `say` says it."""
    return "\n".join(f"- {say(_one_line(text))}" for text in texts)


def numbered(texts: Iterable[str]) -> str:
    """Return texts as a numbered list in Markdown, each as it stands."""
    return "\n".join(f"{number}. {literal(_one_line(text))}" for number, text in enumerate(texts, 1))


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def seen(text: str) -> str:
    """Return text without control characters, unpaired halves and turns of direction; lines and tabs are kept."""
    for ending in _ENDINGS:
        text = text.replace(ending, "\n")
    return "".join(c for c in text if c in "\n\t" or not (unicodedata.category(c) in ("Cc", "Cs") or c in _UNSEEN))


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet that reads the text could take it for a formula."""
    return text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\n", "\r"))


def harmless(text: str) -> str:
    """Return text with an apostrophe in front when a spreadsheet would take it for a formula."""
    return f"'{text}" if looks_like_formula(text) else text
