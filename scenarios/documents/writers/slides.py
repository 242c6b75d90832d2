"""A document as PowerPoint: what is said in short, native charts and tables, and the longer texts as notes."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt

from scenarios.documents.content import (
    Block,
    Bullets,
    KeyFigures,
    Paper,
    Paragraph,
    Picture,
    PrintedTable,
    Section,
)
from scenarios.documents.writers.drawn import Pictures
from scenarios.documents.writers.html_page import template
from scenarios.documents.writers.slide_charts import add_chart
from scenarios.exhibits.palette import LIGHT
from scenarios.report.about import REPORT_TITLE
from scenarios.report.archive import unzipped, zipped
from scenarios.text.exits import seen

SLIDE_TEMPLATE = "mall.pptx"
FIRST_LAYOUT, LAYOUT = "Första bilden", "Rubrik och innehåll"
_LEFT, _TOP, _WIDTH, _HEIGHT = 0.5, 1.3, 12.3, 5.3
"""Where content lies on a slide, in inches."""
_BULLET_SIZE, _TABLE_SIZE, _FOOT_SIZE = 18, 11, 8
_TABLE_LINE, _TABLE_PADDING, _TABLE_CHARACTER = 0.185, 0.1, 0.085
"""Height of a line and of a row's rim, and width of a character, of tables in inches."""
_BULLET_CHARACTERS, _BULLET_LINES = 105, 15
"""Characters on a line of a list, and lines on a slide."""
MORE_ROWS_SV = "Fler rader finns i Word, PDF och Excel."
_MOST_PAGES = 2
"""Slides that a table takes at most; the rest is for reading."""
_STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")


def write_slides(document: Paper, pictures: Pictures) -> bytes:
    """Return the PowerPoint file; the same document and pictures give the same bytes."""
    show = Presentation(io.BytesIO(template(SLIDE_TEMPLATE)))
    _properties(show, document)
    pen = _Pen(show, document, pictures)
    pen.first()
    for section in document.sections:
        if section.on_slides:
            pen.section(section)
    stream = io.BytesIO()
    show.save(stream)
    day, moment = document.created.date(), document.created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    parts = unzipped(stream.getvalue())
    return zipped({name: _stamped(name, content, day, moment) for name, content in parts.items()}, day)


def _stamped(name: str, content: bytes, day: Any, moment: bytes) -> bytes:
    """Return the workbook behind a chart with the document's time in place of the clock's; other parts as they are."""
    if not name.endswith(".xlsx"):
        return content
    parts = unzipped(content)
    core = "docProps/core.xml"
    parts[core] = _STAMPS.sub(rb"\g<1>" + moment + rb"\g<3>", parts[core])
    return zipped(parts, day)


def _properties(show: Any, document: Paper) -> None:
    about, made = show.core_properties, document.created.replace(tzinfo=None)
    about.title, about.subject = seen(document.title)[:255], seen(document.subtitle)[:255]
    about.author = about.last_modified_by = REPORT_TITLE
    about.comments, about.keywords, about.language = seen(document.foot)[:255], document.origin.code_version, "sv-SE"
    about.created = about.modified = made
    about.revision = 1


class _Pen:
    """Adds slides to the end of a show."""

    def __init__(self, show: Any, document: Paper, pictures: Pictures) -> None:
        self.show, self.document, self.pictures = show, document, pictures
        self.layouts = {layout.name: layout for layout in show.slide_layouts}

    def first(self) -> None:
        """Add the first slide."""
        slide = self.show.slides.add_slide(self.layouts[FIRST_LAYOUT])
        _say(slide.shapes.title.text_frame, [self.document.title])
        _say(slide.placeholders[1].text_frame, [self.document.subtitle, *self.document.about])
        self._foot(slide, "")

    def section(self, section: Section) -> None:
        """Add the slides of a section; paragraphs of its text are notes of its first one."""
        before = len(self.show.slides)
        for items in _lists(section):
            self._bullets(section.title, items)
        for block in section.blocks:
            if isinstance(block, PrintedTable) and block.on_slides:
                self._table(block)
            elif isinstance(block, Picture):
                self._picture(block)
        notes = [block.text for block in section.blocks if isinstance(block, Paragraph) and block.look == "body"]
        if notes and len(self.show.slides) > before:
            self.show.slides[before].notes_slide.notes_text_frame.text = seen("\n".join(notes))

    def _slide(self, title: str, note: str = "") -> Any:
        slide = self.show.slides.add_slide(self.layouts[LAYOUT])
        _say(slide.shapes.title.text_frame, [title], 24 if len(title) <= 95 else 20)
        self._foot(slide, note)
        return slide

    def _foot(self, slide: Any, note: str) -> None:
        """Write note and source at the bottom, and the number of the slide."""
        box = slide.shapes.add_textbox(Inches(_LEFT), Inches(6.68), Inches(11.6), Inches(0.7))
        box.name, box.text_frame.word_wrap = "Källa", True
        _say(box.text_frame, [*([note] if note else []), self.document.foot], _FOOT_SIZE, LIGHT.faint)
        number = slide.shapes.add_textbox(Inches(12.2), Inches(6.95), Inches(0.7), Inches(0.35))
        number.name = "Sidnummer"
        paragraph = number.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        paragraph._p.append(parse_xml(_NUMBER.format(at=len(self.show.slides))))

    def _bullets(self, title: str, items: Sequence[str]) -> None:
        slide = self._slide(title)
        box = slide.shapes.add_textbox(Inches(_LEFT), Inches(_TOP), Inches(_WIDTH), Inches(_HEIGHT))
        box.name, box.text_frame.word_wrap = "Text", True
        _say(box.text_frame, items, _BULLET_SIZE, bulleted=len(items) > 1)

    def _table(self, block: PrintedTable) -> None:
        every = list(_pages(block))
        pages = every if block.whole else every[:_MOST_PAGES]
        for at, rows in enumerate(pages, 1):
            title = block.title if len(pages) == 1 else f"{block.title} ({at} av {len(pages)})"
            cut = MORE_ROWS_SV if len(every) > at == len(pages) else ""
            slide = self._slide(title, f"{block.note} {cut}".strip())
            count, columns = len(rows) + 1, len(block.heads)
            height = sum(_row_height(block, row) for row in (block.heads, *rows))
            place = (Inches(_LEFT), Inches(_TOP), Inches(_WIDTH), Inches(height))
            frame = slide.shapes.add_table(count, columns, *place)
            _describe(frame, title, f"Tabell: {title}. {count - 1} rader.")
            _fill(frame.table, block, rows)

    def _picture(self, block: Picture) -> None:
        native = None if block.map else block.native
        slide = self._slide(block.message, native.note if native else block.exhibit.note)
        place = (Inches(_LEFT), Inches(_TOP), Inches(_WIDTH), Inches(_HEIGHT))
        if native is not None:
            shape = add_chart(slide, block, native, self.document.origin, place)
        else:
            png = io.BytesIO(self.pictures[block.exhibit.key].png)
            shape = slide.shapes.add_picture(png, place[0], place[1], height=place[3])
            shape.left = Emu(int((self.show.slide_width - shape.width) / 2))
        _describe(shape, block.exhibit.title, block.exhibit.alt)


_MAIN = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_BULLET = f'<a:buChar {_MAIN} char="•"/>'
_NUMBER = (
    f'<a:fld {_MAIN} id="{{{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}}}" type="slidenum">'
    '<a:rPr lang="sv-SE" sz="1000"/><a:t>{at}</a:t></a:fld>'
)


def _say(frame: Any, texts: Sequence[str], size: float | None = None, colour: str = "", bulleted: bool = False) -> None:
    """Write paragraphs in Swedish into a frame."""
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = seen(text)
        run.font.language_id = MSO_LANGUAGE_ID.SWEDISH
        if size:
            run.font.size = Pt(size)
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
        if bulleted:
            paragraph.space_after = Pt(8)
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", "285750")
            properties.set("indent", "-285750")
            properties.append(parse_xml(_BULLET))


def _describe(shape: Any, title: str, alt: str) -> None:
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("name", seen(title)[:200])
    about.set("descr", seen(alt))


def _lists(section: Section) -> Iterator[list[str]]:
    """Yield what a section says in short, as many sentences at a time as fit on a slide."""
    items = [text for block in section.blocks for text in _short(block)]
    others = any(isinstance(block, PrintedTable | Picture) for block in section.blocks)
    if not items and not others:
        items = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    page: list[str] = []
    for item in items:
        if page and sum(map(_list_lines, [*page, item])) > _BULLET_LINES:
            yield page
            page = []
        page.append(item)
    if page:
        yield page


def _short(block: Block) -> Sequence[str]:
    if isinstance(block, Bullets):
        return block.items
    if isinstance(block, KeyFigures):
        return [f"{figure.label}: {figure.value}. {figure.about}" for figure in block.items]
    return [block.text] if isinstance(block, Paragraph) and block.look == "lead" else []


def _list_lines(text: str) -> float:
    return math.ceil(len(text) / _BULLET_CHARACTERS) + 0.4


def _pages(block: PrintedTable) -> Iterator[list[tuple[str, ...]]]:
    """Yield the rows of a table, as many at a time as fit on a slide."""
    page: list[tuple[str, ...]] = []
    used = _row_height(block, block.heads)
    for row in block.rows:
        height = _row_height(block, row)
        if page and used + height > _HEIGHT:
            yield page
            page, used = [], _row_height(block, block.heads)
        page.append(row)
        used += height
    yield page


def _row_height(block: PrintedTable, row: Sequence[str]) -> float:
    """Return about how high a row becomes, in inches."""
    whole = sum(block.shares)
    widths = (_WIDTH * share / whole - 0.2 for share in block.shares)
    lines = (
        sum(max(1, math.ceil(len(line) * _TABLE_CHARACTER / width)) for line in cell.split("\n"))
        for cell, width in zip(row, widths, strict=True)
    )
    return max(lines) * _TABLE_LINE + _TABLE_PADDING


def _fill(table: Any, block: PrintedTable, rows: Sequence[tuple[str, ...]]) -> None:
    whole = sum(block.shares)
    table.first_row, table.first_col, table.horz_banding = True, True, False
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = Emu(int(Inches(_WIDTH) * share / whole))
    for at, row in enumerate((block.heads, *rows)):
        table.rows[at].height = Inches(_row_height(block, row))
        for place, text in enumerate(row):
            cell = table.cell(at, place)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string("EEF2F5" if at == 0 else "FFFFFF")
            _say(cell.text_frame, text.split("\n"), _TABLE_SIZE, LIGHT.text)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.RIGHT if place in block.right else PP_ALIGN.LEFT
                paragraph.runs[0].font.bold = at == 0 or place == 0
