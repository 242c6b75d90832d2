"""Zip archives whose bytes depend on nothing but what is in them and the day that they are given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """Return files by name, in their order, as a zip in which each was made at midnight of a day (from 1980 on)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, content)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name, in their order; raises zipfile.BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
