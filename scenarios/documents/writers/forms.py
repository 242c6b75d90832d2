"""The forms that a document can have. To add one, write its function and register it here; the command lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scenarios.documents.content import Paper
from scenarios.documents.writers.drawn import Pictures, pictures_of
from scenarios.documents.writers.html_page import write_html
from scenarios.documents.writers.pdf import write_pdf
from scenarios.documents.writers.slides import write_slides
from scenarios.documents.writers.word import write_word
from scenarios.documents.writers.workbook_file import write_workbook_file

_OFFICE = "application/vnd.openxmlformats-officedocument.{}"


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """A form of file: the ending of its name, what it is called, and the function that writes it.

    `mime` is its type, and `pixels` tells whether it needs charts as PNG, not as SVG alone.
    """

    suffix: str
    label_sv: str
    mime: str
    write: Callable[[Paper, Pictures], bytes]
    pixels: bool = True


DOCUMENT_FORMS: dict[str, DocumentForm] = {
    form.suffix: form
    for form in (
        DocumentForm("docx", "Word", _OFFICE.format("wordprocessingml.document"), write_word),
        DocumentForm("pdf", "PDF", "application/pdf", write_pdf),
        DocumentForm("pptx", "PowerPoint", _OFFICE.format("presentationml.presentation"), write_slides),
        DocumentForm("xlsx", "Excel", _OFFICE.format("spreadsheetml.sheet"), write_workbook_file, pixels=False),
        DocumentForm("html", "webbsida", "text/html", write_html, pixels=False),
    )
}
"""Every form by its ending."""


def written(document: Paper, form: str) -> bytes:
    """Return a document in a form, its charts drawn for it; raises PictureError, and KeyError for a form not known."""
    chosen = DOCUMENT_FORMS[form]
    return chosen.write(document, pictures_of(document, chosen.pixels))


def file_name(document: Paper, suffix: str) -> str:
    """Return the name of a document's file."""
    return f"{document.name}.{suffix}"
