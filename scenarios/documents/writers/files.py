"""Documents on the disk: every document in every form that was asked for, with the manifest that tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scenarios.documents.content import Paper
from scenarios.documents.papers import DocumentOrder
from scenarios.documents.writers.drawn import pictures_of
from scenarios.documents.writers.forms import DOCUMENT_FORMS, file_name
from scenarios.documents.writers.manifest import DOCUMENTS_KIND, DOCUMENTS_MANIFEST, manifest_of
from scenarios.documents.writers.word import write_word
from scenarios.running.folder import check_folder, read_manifest, write_files
from scenarios.text.problems import Problem


def unusable(folder: Path) -> list[Problem]:
    """Return what is wrong with a folder as a place for documents."""
    return check_folder(folder, DOCUMENTS_MANIFEST, DOCUMENTS_KIND)


def write_documents(
    documents: Sequence[Paper],
    forms: Sequence[str],
    folder: Path,
    asked: DocumentOrder,
    template: bytes | None = None,
) -> list[str]:
    """Write documents of the same results in every form, and what they were made of; return the names of the files.

    `asked` is kept in the manifest. `template` is a Word template of one's own. Raises PictureError, and WriteError
    with nothing half-written.
    """
    files = in_forms(documents, forms, template)
    manifest = manifest_of(documents[0], files, read_manifest(folder, DOCUMENTS_MANIFEST, DOCUMENTS_KIND), asked)
    write_files({DOCUMENTS_MANIFEST: manifest, **files}, folder)
    return list(files)


def in_forms(documents: Sequence[Paper], forms: Sequence[str], template: bytes | None = None) -> dict[str, bytes]:
    """Return every document in every form by the name of its file."""
    files: dict[str, bytes] = {}
    for document in documents:
        pictures = pictures_of(document, any(DOCUMENT_FORMS[form].pixels for form in forms))
        for form in forms:
            own = form == "docx" and template is not None
            written = (
                write_word(document, pictures, template) if own else DOCUMENT_FORMS[form].write(document, pictures)
            )
            files[file_name(document, form)] = written
    return files
