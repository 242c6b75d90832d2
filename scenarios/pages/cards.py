"""A table as HTML that becomes a list of cards on a narrow screen, and stays a table for a screen reader.

Cells are text, which is escaped, or Markup put together with `Markup("...{}...").format(...)`, which escapes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup, escape

from scenarios.pages.exhibit import Column, Exhibit
from scenarios.report.cells import value_of
from scenarios.swedish import MISSING, number

_CARDS = """@container (max-width: ATpx) {
  OF :is(table, caption, tbody, tr, th, td) { display: block; width: auto !important; }
  OF thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  OF tr { padding: 0.6rem 0; border-bottom: 2px solid color-mix(in srgb, currentColor 25%, transparent); }
  OF th, OF td { border: 0; padding: 0.2rem 0; }
  OF .nv-right { text-align: left; }
  OF .nv-key { display: inline; font-weight: 600; margin-right: 0.4rem; }
  OF td.nv-empty { display: none; }
}
"""

_STYLE = """
<style>
.nv-cards { container-type: inline-size; font-size: 0.95rem; line-height: 1.4; }
.nv-cards table { width: 100%; border-collapse: collapse; margin: 0; font-variant-numeric: tabular-nums; }
.nv-cards caption { text-align: left; padding: 0 0 0.5rem; opacity: 0.85; }
.nv-cards th, .nv-cards td { text-align: left; vertical-align: top; padding: 0.55rem 0.9rem 0.55rem 0; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); font-weight: 400;
  overflow-wrap: anywhere; }
.nv-cards thead th { font-weight: 600; border-bottom-width: 2px; vertical-align: bottom; }
.nv-cards .nv-right { text-align: right; }
.nv-cards .nv-name { display: block; font-weight: 600; overflow-wrap: break-word; }
.nv-cards .nv-small { display: block; font-size: 0.85rem; opacity: 0.85; }
.nv-cards .nv-value { font-weight: 600; }
.nv-cards .nv-key { display: none; }
.nv-cards .nv-mark { display: inline-block; min-width: 1.5em; padding: 0 0.35em; border: 1.5px solid currentColor;
  border-radius: 4px; text-align: center; font-weight: 600; white-space: nowrap; }
.nv-cards .nv-mark-dashed { border-style: dashed; }
.nv-cards .nv-mark-dotted { border-style: dotted; }
.nv-cards a { color: inherit; text-decoration: underline; }
"""

WIDE, SLIM = 760, 480
"""Width of its place, in pixels, below which a table becomes cards: of many columns, of few."""


def _style() -> Markup:
    cards = (_CARDS.replace("AT", str(at)).replace("OF", f".nv-below-{at}") for at in (WIDE, SLIM))
    return Markup(f"{_STYLE}{''.join(cards)}</style>")


STYLE = _style()

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
            '{}<div class="nv-cards nv-below-{}"><table role="table"><caption>{}</caption><thead role="rowgroup">'
            '<tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table></div>'
        ).format(STYLE, below, caption, head, body)
    )


def exhibit_table(exhibit: Exhibit, below: int = WIDE) -> str:
    """Return the table of an exhibit, numbers as Swedes write them."""
    heads = [Head(f"{c.title} ({c.unit})" if c.unit else c.title, c.align) for c in exhibit.columns]
    rows = [[_shown(row.get(column.field), column) for column in exhibit.columns] for row in exhibit.rows]
    return table(exhibit.unit[:1].upper() + exhibit.unit[1:], heads, rows, below)


def _shown(value: Any, column: Column) -> str:
    value = value_of(value)
    if value is None:
        return MISSING
    if isinstance(value, int | float) and column.decimals is not None:
        return number(value, column.decimals, sign=column.sign)
    return str(value)


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
