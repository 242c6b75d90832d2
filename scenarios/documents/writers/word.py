"""A document as Word, on a template whose styles somebody else may own."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from scenarios.documents.content import (
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
from scenarios.documents.writers.word_styles import (
    FOOT_STYLE,
    LANGUAGE,
    LEAD_STYLE,
    NOTE_STYLE,
    TABLE_HEAD_STYLE,
    TABLE_STYLE,
    TABLE_TEXT_STYLE,
    WORD_STYLES,
    WORD_TEMPLATE,
    field,
)
from scenarios.report.about import REPORT_TITLE
from scenarios.report.archive import unzipped, zipped
from scenarios.text.exits import seen
from scenarios.text.problems import InputError, Problem, one_of

_LOOKS = {"lead": LEAD_STYLE, "note": NOTE_STYLE, "body": "Normal"}


def write_word(document: Paper, pictures: Pictures, on: bytes | None = None) -> bytes:
    """Return the Word file; the same document, pictures and template give the same bytes.

    `on` is another template than the project's. Raises InputError when it is none, or lacks styles.
    """
    file = opened(template(WORD_TEMPLATE) if on is None else on)
    _properties(file, document)
    pen = _Pen(file, pictures, seen(document.foot))
    if document.front:
        pen.front(document)
    for section in document.sections:
        pen.section(section)
    stream = io.BytesIO()
    file.save(stream)
    return zipped(unzipped(stream.getvalue()), document.created.date())


def opened(content: bytes) -> WordFile:
    """Return a template without what is written in it; raises InputError when it is none or lacks styles."""
    place = "--template"
    try:
        file = docx.Document(io.BytesIO(content))
    except Exception:  # whatever is wrong with a file from outside
        raise InputError([Problem(place, "filen går inte att läsa som Word-mall.", allowed="en .docx")]) from None
    missing = [name for name in WORD_STYLES if name not in {style.name for style in file.styles}]
    if missing:
        raise InputError(
            [Problem(place, f"mallen saknar formatmallar: {one_of(missing)}.", allowed=one_of(WORD_STYLES))]
        )
    for element in list(file.element.body):
        if element.tag != qn("w:sectPr"):
            file.element.body.remove(element)
    return file


def _properties(file: WordFile, document: Paper) -> None:
    about, made = file.core_properties, document.created.replace(tzinfo=None)
    about.title, about.subject = seen(document.title)[:255], seen(document.subtitle)[:255]
    about.author = about.last_modified_by = REPORT_TITLE
    about.comments, about.keywords, about.language = seen(document.foot)[:255], document.origin.code_version, LANGUAGE
    about.created = about.modified = made
    about.revision = 1


class _Pen:
    """Writes blocks to the end of a file."""

    def __init__(self, file: WordFile, pictures: Pictures, foot: str) -> None:
        self.file, self.pictures, self.foot = file, pictures, foot
        page = file.sections[0]
        sides = (page.page_width, page.left_margin, page.right_margin)
        width, left, right = (int(side) if side is not None else 0 for side in sides)
        self.width = Emu(width - left - right)
        self._begun = self._after_own_page = False

    def front(self, document: Paper) -> None:
        """Write title and contents; the contents are a field, which Word gives page numbers when it is updated."""
        self._text(document.title, "Title").paragraph_format.space_before = Emu(self.width // 3)
        self._text(document.subtitle, "Subtitle")
        for line in document.about:
            self._text(line, "Normal")
        self._text("Innehåll", LEAD_STYLE)
        contents = self.file.add_paragraph()
        field(contents, 'TOC \\o "1-1" \\h \\z', "\n".join(seen(section.title) for section in document.sections))
        self._text(self.foot, FOOT_STYLE)
        self._begun = True

    def section(self, section: Section) -> None:
        """Write a section; on a page of its own where it asks for it."""
        heading = self._text(section.title, "Heading 1")
        heading.paragraph_format.page_break_before = self._begun and (section.own_page or self._after_own_page)
        self._begun, self._after_own_page = True, section.own_page
        for block in section.blocks:
            _WRITERS[type(block)](self, block)

    def _text(self, text: str, style: str) -> Any:
        return self.file.add_paragraph(seen(text), style=style)

    def paragraph(self, block: Paragraph) -> None:
        """Write a paragraph."""
        self._text(block.text, _LOOKS[block.look])

    def bullets(self, block: Bullets) -> None:
        """Write a list."""
        for item in block.items:
            self._text(item, "List Bullet")

    def subheading(self, block: Subheading) -> None:
        """Write a heading of level 2."""
        self._text(block.text, "Heading 2")

    def key_figures(self, block: KeyFigures) -> None:
        """Write key figures as a row of cells."""
        heads, values = (tuple(f.label for f in block.items), tuple(f"{f.value}\n{f.about}" for f in block.items))
        self._grid(heads, (values,), (1 / len(heads),) * len(heads), frozenset(), "Nyckeltal")

    def table(self, block: PrintedTable) -> None:
        """Write a table below its title, its header repeated on every page."""
        self._text(block.title, "Caption")
        self._grid(block.heads, block.rows, block.shares, block.right, block.title)
        self._below(block.note)

    def _grid(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], right: frozenset[int],
        title: str,
    ) -> None:  # fmt: skip
        table = self.file.add_table(rows=0, cols=len(heads), style=TABLE_STYLE)
        table.autofit = False
        _describe(table, title)
        widths = [Emu(int(self.width * share / sum(shares))) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        self._row(table, heads, widths, right, TABLE_HEAD_STYLE, header=True)
        for row in rows:
            self._row(table, row, widths, right, TABLE_TEXT_STYLE)

    @staticmethod
    def _row(
        table: Any, cells: Sequence[str], widths: Sequence[Emu], right: frozenset[int], style: str, header: bool = False
    ) -> None:
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(["w:tblHeader"] if header else [])):
            properties.append(OxmlElement(name))
        for at, (cell, text, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.style = style
            paragraph.add_run(seen(text))
            if at in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _below(self, note: str) -> None:
        if note:
            self._text(note, NOTE_STYLE)
        self._text(self.foot, FOOT_STYLE)

    def picture(self, block: Picture) -> None:
        """Write a chart below what it shows, with its alternative text."""
        exhibit = block.exhibit
        self._text(block.message, "Caption")
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        png = io.BytesIO(self.pictures[exhibit.key].png)
        shape = paragraph.add_run().add_picture(png, width=Emu(int(self.width * block.share)))
        about = shape._inline.docPr
        about.set("descr", seen(exhibit.alt))
        about.set("title", seen(exhibit.title))
        about.set("name", exhibit.key)
        self._below(exhibit.note)


def _describe(table: Any, title: str) -> None:
    """Give a table its name for screen readers; only its first row and column are headings."""
    properties = table._tbl.tblPr
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), seen(title))
    properties.append(caption)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
            look.set(qn(f"w:{name}"), value)


_WRITERS: Mapping[type, Callable[[_Pen, Any], None]] = {
    Paragraph: _Pen.paragraph, Bullets: _Pen.bullets, Subheading: _Pen.subheading, KeyFigures: _Pen.key_figures,
    PrintedTable: _Pen.table, Picture: _Pen.picture,
}  # fmt: skip
