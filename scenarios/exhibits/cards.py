"""A table as HTML that becomes a list of cards on a narrow screen (app.css), and stays a table for a screen reader.

Cells are text, which is escaped, or Markup put together with `Markup("...{}...").format(...)`, which escapes too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from scenarios.exhibits import html_table
from scenarios.text.exits import ADDRESS

WIDE, SLIM = 760, 480
"""Width of its place, in pixels, below which a table becomes cards: of many columns, of few."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its Swedish heading, alignment, and width as a share of the table (0 leaves it open)."""

    title: str
    align: Literal["left", "right"] = "left"
    share: int = 0


def table(caption: str, heads: Sequence[Head], rows: Iterable[Sequence[str]], below: int = WIDE) -> str:
    """Return a table that becomes cards where its place is narrower than `below`, WIDE or SLIM pixels.

    The first cell of each row is its heading.
    """
    titles = (html_table.column_head(head.title, f"nv-{head.align}", head.share) for head in heads)
    whole = html_table.table(titles, (_row(heads, row) for row in rows), caption)
    return f'<div class="nv-ledger nv-below-{below}">{whole}</div>'


def _row(heads: Sequence[Head], row: Sequence[str]) -> Markup:
    first, *rest = row
    cells = (_cell(head, text) for head, text in zip(heads[1:], rest, strict=True))
    return html_table.row((html_table.row_head(first), *cells))


def _cell(head: Head, text: str) -> Markup:
    kind = f"nv-{head.align}" if text else f"nv-{head.align} nv-empty"
    return html_table.cell(html_table.key(head.title) + text, kind)


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
    for match in ADDRESS.finditer(text):
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
