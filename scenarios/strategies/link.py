"""A draft as the text of a link, and back: what a link says is checked as strictly as a file.

The whole strategy stands in the link, so that it still means the same when the library has changed; only texts that are
those of the strategy of the library from which it was made are left out.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from scenarios.places.places import Places
from scenarios.strategies.draft import Draft
from scenarios.strategies.library import BASELINE, library
from scenarios.strategies.scenario import check_strategy, read_strategy
from scenarios.strategies.strategy import Strategy
from scenarios.strategies.upload import told
from scenarios.text.outside import composed
from scenarios.text.problems import Problem, ScenarioError
from scenarios.text.strict_yaml import MAX_DEPTH, MAX_NODES, Document

LONGEST_LINK = 6000
"""Characters of a link's text: what mail programs and proxies let through, with the address before it."""
MOST_UNPACKED = 64 * 1024
"""Bytes that a link may hold when it is unpacked."""
LINK_PLACE = "länken"
_TEXTS = ("label_sv", "question_sv", "description_sv", "rationale")
_DATES = ("start", "full_effect")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_BASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class LinkError(ScenarioError):
    """A link holds no scenario that can be used, or a scenario does not fit in a link."""

    heading = "Länken går inte att använda"


def encode(draft: Draft) -> str:
    """Return a draft as text of A-Z, a-z, 0-9, - and _; raises LinkError when it is longer than a link may be."""
    content = draft.strategy.model_dump(mode="json", exclude_defaults=True)
    base = _of_library(draft.base)
    for field in _TEXTS:
        if base is not None and content[field] == getattr(base, field):
            del content[field]
    packed = json.dumps({"base": draft.base} | content, ensure_ascii=False, separators=(",", ":")).encode()
    text = base64.urlsafe_b64encode(_deflated(packed)).decode().rstrip("=")
    if len(text) > LONGEST_LINK or len(packed) > MOST_UNPACKED:
        message = "scenariot är för stort för en länk; korta texterna, eller ladda ner filen i stället."
        raise LinkError([Problem(LINK_PLACE, message)])
    return text


def decode(text: str, region: Places | None = None) -> Draft:
    """Return the draft that a link holds, names of places checked too when a region is given.

    Raises LinkError with what is wrong: no link of ours, cut off, too large, or a strategy that a file may not hold.
    """
    content = _content(text)
    base = content.pop("base", BASELINE)
    if not isinstance(base, str) or len(base) > 64 or not _BASE.fullmatch(base):
        raise LinkError([Problem(f"{LINK_PLACE}:base", "namnet har fel form.")])
    if (origin := _of_library(base)) is not None:
        content = {field: getattr(origin, field) for field in _TEXTS} | content
    try:
        return Draft(check_strategy(Document(LINK_PLACE, _with_dates(content)), region), base).unshadowed()
    except ScenarioError as error:
        raise LinkError(told(error.problems)) from None


def _of_library(name: str) -> Strategy | None:
    place = library().get(name)
    return None if place is None else read_strategy(place)


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _content(text: str) -> dict[str, Any]:
    """Unpack a link's text to a mapping of bounded size and depth; raises LinkError."""
    if len(text) > LONGEST_LINK:
        raise LinkError([Problem(LINK_PLACE, "den är för lång.", allowed=f"högst {LONGEST_LINK} tecken")])
    if not _BASE64URL.fullmatch(text):
        raise LinkError([Problem(LINK_PLACE, "den innehåller tecken som inte hör dit, eller är tom.")])
    content = _parsed(_inflated(text))
    if not isinstance(content, dict):
        raise LinkError([_DAMAGED])
    if sum(1 for _ in _nodes(content)) > MAX_NODES:
        raise LinkError([Problem(LINK_PLACE, "den innehåller för många värden.")])
    return content


_DAMAGED = Problem(LINK_PLACE, "den är skadad eller avklippt; kopiera den hel.")


def _inflated(text: str) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        content = unpacker.decompress(packed, MOST_UNPACKED + 1)
    except (binascii.Error, zlib.error):
        raise LinkError([_DAMAGED]) from None
    if len(content) > MOST_UNPACKED:
        raise LinkError([Problem(LINK_PLACE, "den packas upp till mer än ett scenario kan vara.")])
    if not unpacker.eof or unpacker.unused_data:
        raise LinkError([_DAMAGED])
    return content


def _parsed(content: bytes) -> object:
    try:
        return json.loads(composed(content.decode()), object_pairs_hook=_once)
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise LinkError([_DAMAGED]) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a key that stands twice (ValueError)."""
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a key stands twice")
    return content


def _nodes(content: object, depth: int = 0) -> Iterator[object]:
    """Yield every key and value; one deeper than a file may be counts as more than there may be."""
    if depth > MAX_DEPTH:
        yield from range(MAX_NODES + 1)
        return
    yield content
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from _nodes(value, depth + 1)
    elif isinstance(content, list):
        for value in content:
            yield from _nodes(value, depth + 1)


def _with_dates(content: dict[str, Any]) -> dict[str, Any]:
    """Turn the dates of lever settings from text to dates; what is none is left for the check to find."""
    levers = content.get("levers", ())
    if not isinstance(levers, list):
        return content | {"levers": levers}
    return content | {"levers": [_dated(setting) if isinstance(setting, dict) else setting for setting in levers]}


def _dated(setting: dict[str, Any]) -> dict[str, Any]:
    return setting | {key: _date(setting[key]) for key in _DATES if key in setting}


def _date(text: object) -> object:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == len("2027-01-01") else text
    except ValueError:
        return text
