"""A table as HTML that becomes a list of cards on a narrow screen (app.css), and stays a table for a screen reader.

Cells are text, which is escaped, or Markup put together with `Markup("...{}...").format(...)`, which escapes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

WIDE, SLIM = 760, 480
"""Width of its place, in pixels, below which a table becomes cards: of many columns, of few."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'()]*[^\s<>\"'().,;]")


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its Swedish heading, alignment, and width as a share of the table (0 leaves it open)."""

    title: str
    align: Literal["left", "right"] = "left"
    share: int = 0


def table(caption: str, heads: Sequence[Head], rows: Iterable[Sequence[str]], below: int = WIDE) -> str:
    """Return a table that becomes cards where its place is narrower than `below`, WIDE or SLIM pixels.

    The first cell of each row is its heading. Roles are spelled out, for laid out as cards they would be lost.
    """
    head = Markup("").join(_head(head) for head in heads)
    body = Markup("").join(_row(heads, row) for row in rows)
    return str(
        Markup(
            '<div class="nv-ledger nv-below-{}"><table role="table"><caption>{}</caption><thead role="rowgroup">'
            '<tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table></div>'
        ).format(below, caption, head, body)
    )


def _head(head: Head) -> Markup:
    width = Markup(' style="width:{}%"').format(head.share) if head.share else ""
    return Markup('<th scope="col" role="columnheader" class="nv-{}"{}>{}</th>').format(head.align, width, head.title)


def _row(heads: Sequence[Head], row: Sequence[str]) -> Markup:
    first, *rest = row
    cells = Markup("").join(_cell(head, text) for head, text in zip(heads[1:], rest, strict=True))
    return Markup('<tr role="row"><th scope="row" role="rowheader">{}</th>{}</tr>').format(first, cells)


def _cell(head: Head, text: str) -> Markup:
    empty = "" if text else " nv-empty"
    return Markup('<td role="cell" class="nv-{}{}"><span class="nv-key">{}</span>{}</td>').format(
        head.align, empty, head.title, text
    )


def named(name: str, *small: str) -> Markup:
    """Return a name with lines in small below it; empty ones are left out."""
    return Markup('<span class="nv-name">{}</span>{}').format(name, lines(*small))


def lines(*texts: str) -> Markup:
    """Return texts in small, each on a line of its own; empty ones are left out."""
    return Markup("").join(Markup('<span class="nv-small">{}</span>').format(text) for text in texts if text)


def valued(value: str, *small: str) -> Markup:
    """Return a value with lines in small below it."""
    return Markup('<span class="nv-value">{}</span>{}').format(value, lines(*small))


def foreign(text: str) -> Markup:
    """Return text in the language of its source, marked as English, its web addresses as links."""
    if not text:
        return Markup()
    parts, end = [], 0
    for match in _ADDRESS.finditer(text):
        parts += [escape(text[end : match.start()]), _link(match[0])]
        end = match.end()
    return Markup('<span lang="en">{}</span>').format(Markup("").join([*parts, escape(text[end:])]))


def _link(address: str) -> Markup:
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, address)


def mark(sign: str, text: str = "", edge: Literal["solid", "dashed", "dotted"] = "solid") -> Markup:
    """Return a mark that is told by its sign and edge, never by colour, with what it says.

    Without a text the sign is what is read out.
    """
    kind = "" if edge == "solid" else f" nv-mark-{edge}"
    hidden = Markup(' aria-hidden="true"') if text else ""
    return Markup('<span class="nv-mark{}"{}>{}</span> {}').format(kind, hidden, sign, text)


def grade(letter: str) -> Markup:
    """Return the grade of a source: whole edge for A, broken for B, dots for C."""
    return mark(letter, "", "solid" if letter == "A" else "dashed" if letter == "B" else "dotted")
