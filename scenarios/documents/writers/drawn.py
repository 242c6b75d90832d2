"""The charts of a document as pictures, drawn once for all its forms."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.documents.content import Paper
from scenarios.report.picture import DrawnExhibit, draw

Pictures = Mapping[str, DrawnExhibit]
"""Pictures by the key of their exhibit."""


def pictures_of(document: Paper, png: bool = True) -> Pictures:
    """Return every chart of a document as SVG, and PNG if asked for, without words around it; raises PictureError."""
    exhibits = {picture.exhibit.key: picture.exhibit for picture in document.pictures()}
    drawn = draw(list(exhibits.values()), document.origin, png, bare=True)
    return {key: picture for key, picture in zip(exhibits, drawn, strict=True) if picture is not None}
