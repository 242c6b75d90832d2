"""The templates of Word and PowerPoint documents, `scenarios/documents/templates/mall.docx` and `mall.pptx`.

`python -m scenarios.documents.writers.office_templates` makes them anew. They may be edited in Word and PowerPoint like
any others, for instance by a communications department, as long as styles and layouts keep their names
(`scenarios.documents.writers.word_styles`, `scenarios.documents.writers.slides`).
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt, RGBColor
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml as slide_xml
from pptx.oxml.ns import qn as pptx_name
from pptx.util import Inches

from scenarios.documents.writers.slides import FIRST_LAYOUT, LAYOUT, SLIDE_TEMPLATE
from scenarios.documents.writers.word_styles import (
    FOOT_STYLE,
    LANGUAGE,
    LEAD_STYLE,
    NOTE_STYLE,
    TABLE_HEAD_STYLE,
    TABLE_STYLE,
    TABLE_TEXT_STYLE,
    WORD_TEMPLATE,
    field,
)
from scenarios.report.archive import unzipped, zipped

_FOLDER = Path(__file__).parents[1] / "templates"
_FONT = "Calibri"
_INK, _FAINT, _ACCENT = RGBColor(0x1F, 0x2A, 0x33), RGBColor(0x55, 0x62, 0x6C), RGBColor(0x0B, 0x5A, 0x90)
_MADE = date(2026, 1, 1)
_SLIDE_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_LEVEL = (
    '<a:lvl1pPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" marL="0" indent="0" algn="l">'
    "<a:buNone/>"
    '<a:defRPr sz="{size}" b="{bold}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
)
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TABLE = f"""
<w:style {_NS} w:type="table" w:customStyle="1" w:styleId="TabellNaraVard">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="C9D1D7"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D1D7"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>
    <w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr>
    <w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="55626C"/></w:tcBorders>
    <w:shd w:val="clear" w:color="auto" w:fill="EEF2F5"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>"""


def word_template() -> bytes:
    """Return the template of Word documents: page, styles, footer with page numbers, language."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.1)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    styles: Any = document.styles
    _look(styles["Normal"], 10.5, _INK, after=6)
    _look(styles["Title"], 28, _ACCENT, bold=True, after=6)
    _look(styles["Subtitle"], 14, _INK, after=12)
    _look(styles["Heading 1"], 16, _ACCENT, bold=True, before=18, after=6)
    _look(styles["Heading 2"], 12, _INK, bold=True, before=12, after=4)
    _look(styles["Caption"], 10, _INK, bold=True, before=8, after=3)
    _look(styles["List Bullet"], 10.5, _INK, after=4)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, size, colour, after in (
        (LEAD_STYLE, 12, _INK, 8), (NOTE_STYLE, 8.5, _FAINT, 2), (FOOT_STYLE, 6.5, _FAINT, 10),
        (TABLE_HEAD_STYLE, 8, _INK, 0), (TABLE_TEXT_STYLE, 8, _INK, 0),
    ):  # fmt: skip
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = styles["Normal"], True
        _look(style, size, colour, bold=name == TABLE_HEAD_STYLE or None, after=after)
    styles.element.append(parse_xml(_TABLE))
    _speak_swedish(document)
    _footer(section)
    stream = io.BytesIO()
    document.save(stream)
    return zipped(unzipped(stream.getvalue()), _MADE)


def _look(
    style: Any, size: float, colour: RGBColor, bold: bool | None = None, before: float = 0.0, after: float = 0.0
) -> None:
    font = style.font
    font.name, font.size, font.color.rgb, font.bold, font.italic = _FONT, Pt(size), colour, bold, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _speak_swedish(document: Any) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), LANGUAGE)
    language.set(qn("w:eastAsia"), LANGUAGE)


def _footer(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run("Nära vård 2030\t\tSida ")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" av ")
    field(paragraph, "NUMPAGES", "1")


def slide_template() -> bytes:
    """Return the template of slides: wide, with a layout for the first and one for all others."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    layouts: Any = show.slide_layouts
    for layout in [each for each in layouts if each.name not in ("Title Slide", "Title Only")]:
        layouts.remove(layout)
    first, others = layouts
    first.name, others.name = FIRST_LAYOUT, LAYOUT
    _hold(first.placeholders[0], (0.8, 2.0, 11.7, 1.6), 40)
    _hold(first.placeholders[1], (0.8, 3.7, 11.7, 1.2), 20)
    _hold(others.placeholders[0], (0.5, 0.3, 12.3, 0.9), 24)
    for layout in (show.slide_master, first, others):
        for shape in [s for s in layout.placeholders if s.placeholder_format.type in _SLIDE_FOOT]:
            shape._element.getparent().remove(shape._element)
    stream = io.BytesIO()
    show.save(stream)
    return zipped(unzipped(stream.getvalue()), _MADE)


def _hold(shape: Any, place: tuple[float, float, float, float], size: float) -> None:
    """Put a placeholder of a layout where it belongs (inches), its text to the left."""
    shape.left, shape.top, shape.width, shape.height = map(Inches, place)
    body = shape.text_frame._txBody
    body.bodyPr.set("anchor", "b" if size > 30 else "t" if size == 20 else "ctr")
    levels = body.find(pptx_name("a:lstStyle"))
    levels.clear()
    colour = "0B5A90" if size != 20 else "1F2A33"
    levels.append(slide_xml(_LEVEL.format(size=round(100 * size), bold=int(size != 20), colour=colour)))


def main() -> None:
    """Write the templates."""
    (_FOLDER / WORD_TEMPLATE).write_bytes(word_template())
    (_FOLDER / SLIDE_TEMPLATE).write_bytes(slide_template())


if __name__ == "__main__":
    main()
