"""A document as one HTML file: semantic, with nothing fetched from elsewhere, ready to print."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from scenarios.documents.content import (
    Block,
    Bullets,
    KeyFigures,
    Paper,
    Paragraph,
    Picture,
    PrintedTable,
    Section,
    Subheading,
)
from scenarios.documents.writers.drawn import Pictures
from scenarios.exhibits import html_table
from scenarios.exhibits.html_table import joined
from scenarios.text.exits import seen

STYLE_SHEET = "document.css"
_PAGE = Markup("""<!DOCTYPE html>
<html lang="sv-SE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="Nära vård 2030">
<meta name="description" content="{subtitle}">
<meta name="dcterms.created" content="{created}">
<title>{title}</title>
<style>
{styles}</style>
</head>
<body>
<a class="skip" href="#innehall">Till innehållet</a>
<header><h1>{title}</h1><p class="subtitle">{subtitle}</p>{about}</header>
<nav aria-label="Innehåll"><ol>{contents}</ol></nav>
<main id="innehall">
{sections}
</main>
<footer><p>{foot}</p></footer>
</body>
</html>
""")


def write_html(document: Paper, pictures: Pictures) -> bytes:
    """Return the page in UTF-8; the same document and pictures give the same bytes."""
    page = _PAGE.format(
        title=seen(document.title), subtitle=seen(document.subtitle), created=document.created.isoformat(),
        about=joined(Markup("<p>{}</p>").format(seen(line)) for line in document.about),
        styles=Markup(template(STYLE_SHEET).decode()),
        contents=joined(Markup('<li><a href="#{}">{}</a></li>').format(s.key, s.title) for s in document.sections),
        sections=Markup("\n").join(_section(section, pictures, document.foot) for section in document.sections),
        foot=seen(document.foot),
    )  # fmt: skip
    return str(page).encode()


def template(name: str) -> bytes:
    """Return a template that comes with the project."""
    return (files("scenarios.documents") / "templates" / name).read_bytes()


def _section(section: Section, pictures: Pictures, foot: str) -> Markup:
    blocks = Markup("\n").join(_block(block, pictures, foot) for block in section.blocks)
    kind = ' class="own-page"' if section.own_page else ""
    return Markup('<section id="{}" aria-labelledby="h-{}"{}>\n<h2 id="h-{}">{}</h2>\n{}\n</section>').format(
        section.key, section.key, Markup(kind), section.key, seen(section.title), blocks
    )


def _block(block: Block, pictures: Pictures, foot: str) -> Markup:
    write: Callable[[Any, Pictures, str], Markup] = _WRITERS[type(block)]
    return write(block, pictures, foot)


def _paragraph(block: Paragraph, _pictures: Pictures, _foot: str) -> Markup:
    return Markup('<p class="{}">{}</p>').format(block.look, seen(block.text))


def _bullets(block: Bullets, _pictures: Pictures, _foot: str) -> Markup:
    return Markup("<ul>{}</ul>").format(joined(Markup("<li>{}</li>").format(seen(item)) for item in block.items))


def _subheading(block: Subheading, _pictures: Pictures, _foot: str) -> Markup:
    return Markup("<h3>{}</h3>").format(seen(block.text))


def _key_figures(block: KeyFigures, _pictures: Pictures, _foot: str) -> Markup:
    parts = (
        Markup("<div><dt>{}</dt><dd><b>{}</b><span>{}</span></dd></div>").format(
            *map(seen, (f.label, f.value, f.about))
        )
        for f in block.items
    )
    return Markup('<dl class="key-figures">{}</dl>').format(joined(parts))


def _table(block: PrintedTable, _pictures: Pictures, foot: str) -> Markup:
    heads = (
        html_table.column_head(seen(head), _kind(block, at), round(100 * block.shares[at]))
        for at, head in enumerate(block.heads)
    )
    rows = (html_table.row((html_table.row_head(_lines(row[0])), *_cells(block, row))) for row in block.rows)
    table = html_table.table(heads, rows, seen(block.title))
    frame = Markup('<div class="table" id="t-{}" role="region" aria-label="{}" tabindex="0">{}</div>{}')
    return frame.format(block.key, seen(block.title), table, _below(block.note, foot))


def _cells(block: PrintedTable, row: tuple[str, ...]) -> list[Markup]:
    return [html_table.cell(_lines(text), _kind(block, at)) for at, text in enumerate(row[1:], 1)]


def _kind(block: PrintedTable, at: int) -> str:
    return "number" if at in block.right else ""


def _lines(text: str) -> Markup:
    """Return a cell's lines, those after the first small."""
    first, *rest = seen(text).split("\n")
    return escape(first) + joined(Markup("<br><small>{}</small>").format(line) for line in rest)


def _below(note: str, foot: str) -> Markup:
    told = Markup('<p class="note">{}</p>').format(seen(note)) if note else Markup()
    return told + Markup('<p class="foot">{}</p>').format(seen(foot))


def _picture(block: Picture, pictures: Pictures, foot: str) -> Markup:
    exhibit = block.exhibit
    source = base64.b64encode(pictures[exhibit.key].svg.encode()).decode()
    image = Markup('<img alt="{}" src="data:image/svg+xml;base64,{}" style="width:{}%">').format(
        seen(exhibit.alt), source, round(100 * block.share)
    )
    caption = Markup("<figcaption><strong>{}</strong> <span>{}</span></figcaption>").format(
        seen(block.message), seen(exhibit.title if exhibit.title not in block.message else "")
    )
    return Markup("<figure>{}{}{}</figure>").format(caption, image, _below(exhibit.note, foot))


_WRITERS: Mapping[type, Callable[[Any, Pictures, str], Markup]] = {
    Paragraph: _paragraph, Bullets: _bullets, Subheading: _subheading, KeyFigures: _key_figures, PrintedTable: _table,
    Picture: _picture,
}  # fmt: skip
