"""The one table in HTML, its roles spelled out: laid out as cards on a narrow screen (app.css) it would lose them.

What stands in it is text, which is escaped, or Markup, which is not.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def table(
    heads: Iterable[Markup], rows: Iterable[Markup], caption: str = "", kind: str = "", label: str = ""
) -> Markup:
    """Return a table of rows below a row of headings; `label` is read out where there is no caption to read."""
    return Markup(
        f'<table role="table"{_class(kind)}{_attribute("aria-label", label)}>'
        f"{Markup(f'<caption>{escape(caption)}</caption>') if caption else ''}"
        f'<thead role="rowgroup">{row(heads)}</thead><tbody role="rowgroup">{joined(rows)}</tbody></table>'
    )


def row(cells: Iterable[Markup], kind: str = "") -> Markup:
    """Return a row of headings and cells."""
    return Markup(f'<tr role="row"{_class(kind)}>{joined(cells)}</tr>')


def column_head(content: str, kind: str = "", share: int = 0) -> Markup:
    """Return the heading of a column, `share` per cent of the table wide (0 leaves it open)."""
    width = f"width:{share}%" if share else ""
    return Markup(
        f'<th scope="col" role="columnheader"{_class(kind)}{_attribute("style", width)}>{escape(content)}</th>'
    )


def row_head(content: str) -> Markup:
    """Return the heading of a row."""
    return Markup(f'<th scope="row" role="rowheader">{escape(content)}</th>')


def cell(content: str, kind: str = "", columns: int = 1) -> Markup:
    """Return a cell over so many columns."""
    over = str(columns) if columns > 1 else ""
    return Markup(f'<td role="cell"{_attribute("colspan", over)}{_class(kind)}>{escape(content)}</td>')


def key(content: str, block: bool = False) -> Markup:
    """Return what a cell is called where it stands alone on a card; with `block` on a line of its own."""
    return Markup(f'<span class="nv-key{" nv-block" if block else ""}">{escape(content)}</span>')


def swatch(colour: str) -> Markup:
    """Return a spot of colour beside a name, for the eye alone."""
    return Markup(f'<span class="nv-swatch" style="background:{escape(colour)}" aria-hidden="true"></span>')


def joined(parts: Iterable[str]) -> Markup:
    """Return parts after one another."""
    return Markup("").join(parts)


def _class(kind: str) -> str:
    return _attribute("class", kind)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""
