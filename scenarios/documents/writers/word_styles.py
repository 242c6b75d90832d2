"""The names by which a Word template and the writer of Word documents know each other."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

WORD_TEMPLATE = "mall.docx"
LANGUAGE = "sv-SE"
LEAD_STYLE = "Ingress"
NOTE_STYLE = "Anmärkning"
FOOT_STYLE = "Källrad"
TABLE_HEAD_STYLE = "Tabellhuvud"
TABLE_TEXT_STYLE = "Tabelltext"
TABLE_STYLE = "Tabell Nära vård"
WORD_STYLES = (
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Caption", LEAD_STYLE, NOTE_STYLE,
    FOOT_STYLE, TABLE_HEAD_STYLE, TABLE_TEXT_STYLE, TABLE_STYLE,
)  # fmt: skip
"""Every style that a template has to have; those in English are Word's own, which Word shows in Swedish."""


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field to a paragraph, with what it shows until Word works it out."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "shown":
            run.text = text
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)
