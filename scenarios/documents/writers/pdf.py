"""A document as tagged PDF (PDF/UA-1), set by Typst from the template that comes with the project.

Typst refuses to write a file that breaks the standard: a picture without alternative text, a heading out of order. It
brings its own fonts, so that the same document looks alike on every machine.
"""

from __future__ import annotations

import json
from typing import Any, Literal

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
from scenarios.documents.writers.html_page import template
from scenarios.text.exits import seen

PDF_TEMPLATE = "document.typ"
PDF_STANDARD: Literal["ua-1"] = "ua-1"


def write_pdf(document: Paper, pictures: Pictures) -> bytes:
    """Return the PDF; the same document and pictures give the same bytes.

    Raises RuntimeError when the template does not give a file that keeps the standard.
    """
    import typst  # noqa: PLC0415 - a fifth of a second, and forty megabytes

    content = json.dumps(_content(document), ensure_ascii=False).encode()
    # Files that are given from memory must be text: pictures are lists of their bytes.
    images = json.dumps({key: list(picture.png) for key, picture in pictures.items()}).encode()
    files: Any = {"main.typ": template(PDF_TEMPLATE), "document.json": content, "pictures.json": images}
    written = typst.compile(
        files, format="pdf", pdf_standards=PDF_STANDARD, ignore_system_fonts=True, timestamp=document.created
    )
    if not isinstance(written, bytes):
        raise RuntimeError("typst gave no single file")
    return written


def _content(document: Paper) -> dict[str, Any]:
    made = document.created
    return {
        "title": seen(document.title), "subtitle": seen(document.subtitle),
        "about": [seen(line) for line in document.about], "foot": seen(document.foot), "front": document.front,
        "keywords": [f"{scenario.name} {scenario.hash}".strip() for scenario in document.origin.scenarios],
        "created": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "sections": [_section(section) for section in document.sections],
    }  # fmt: skip


def _section(section: Section) -> dict[str, Any]:
    blocks = [_block(block) for block in section.blocks]
    return {"title": seen(section.title), "own-page": section.own_page, "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": seen(block.text), "look": block.look}
        case Bullets():
            return {"kind": "bullets", "items": [seen(item) for item in block.items]}
        case Subheading():
            return {"kind": "subheading", "text": seen(block.text)}
        case KeyFigures():
            items = [{"label": f.label, "value": f.value, "about": f.about} for f in block.items]
            return {"kind": "key-figures", "items": items}
        case PrintedTable():
            return _table(block)
        case Picture():
            exhibit = block.exhibit
            return {
                "kind": "picture", "message": seen(block.message), "key": exhibit.key,
                "alt": seen(exhibit.alt), "note": seen(exhibit.note), "share": block.share,
            }  # fmt: skip


def _table(block: PrintedTable) -> dict[str, Any]:
    return {
        "kind": "table", "title": seen(block.title), "heads": [seen(head) for head in block.heads],
        "rows": [[seen(cell) for cell in row] for row in block.rows], "shares": list(block.shares),
        "right": sorted(block.right), "note": seen(block.note),
    }  # fmt: skip
