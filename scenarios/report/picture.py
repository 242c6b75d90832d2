"""Exhibits as pictures, in the light theme, with their words in them: SVG, and PNG of twice the size."""

from __future__ import annotations

import base64
import json
import math
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.exhibits.exhibit import Exhibit
from scenarios.report import drawing
from scenarios.report.about import source_line
from scenarios.report.origin import Origin
from scenarios.text.exits import seen

LONGEST_SECONDS = 120
"""Time after which drawing is given up; a chart takes a third of a second, starting a second."""

_ONE_AT_A_TIME = threading.Lock()


class PictureError(RuntimeError):
    """Pictures could not be drawn; the message is for the log."""


@dataclass(frozen=True, slots=True)
class DrawnExhibit:
    """An exhibit drawn: SVG text and, if asked for, the bytes of a PNG."""

    svg: str
    png: bytes


def draw(
    exhibits: Sequence[Exhibit], origin: Origin, png: bool = True, bare: bool = False
) -> list[DrawnExhibit | None]:
    """Return a picture of each exhibit, None for one that is a table alone.

    A bare picture has its unit and no other words: they stand around it in a document. Pictures are drawn together in
    one process of its own, and one such process at a time. Raises PictureError.
    """
    charts = [(_plain(exhibit.draw(False)), _words(exhibit, origin, bare)) for exhibit in exhibits if exhibit.draw]
    pictures = iter(_drawn(charts, png) if charts else [])
    return [next(pictures) if exhibit.draw else None for exhibit in exhibits]


def svg(exhibit: Exhibit, origin: Origin) -> bytes:
    """Return an exhibit as SVG; raises ValueError when it has no chart, PictureError when it cannot be drawn."""
    return _one(exhibit, origin, png=False).svg.encode()


def png(exhibit: Exhibit, origin: Origin) -> bytes:
    """Return an exhibit as PNG; raises ValueError when it has no chart, PictureError when it cannot be drawn."""
    return _one(exhibit, origin, png=True).png


def _one(exhibit: Exhibit, origin: Origin, png: bool) -> DrawnExhibit:
    (picture,) = draw([exhibit], origin, png)
    if picture is None:
        raise ValueError(f"{exhibit.key} has no chart")
    return picture


def _words(exhibit: Exhibit, origin: Origin, bare: bool = False) -> dict[str, str]:
    unit = exhibit.unit[:1].upper() + exhibit.unit[1:]
    if bare:
        return {name: seen(text) for name, text in (("unit", unit), ("alt", exhibit.alt))}
    words = {"title": exhibit.title, "unit": unit, "note": exhibit.note, "alt": exhibit.alt}
    return {name: seen(text) for name, text in {**words, "source": source_line(origin)}.items()}


def _drawn(charts: Sequence[tuple[Any, Mapping[str, str]]], png: bool) -> list[DrawnExhibit]:
    order = json.dumps({"png": png, "charts": charts}, ensure_ascii=False, allow_nan=False)
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(
                [sys.executable, "-P", str(Path(drawing.__file__))],
                input=order.encode(), capture_output=True, timeout=LONGEST_SECONDS, check=True,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            raise PictureError(error.stderr.decode(errors="replace")[-2000:]) from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PictureError(str(error)) from error
    return [DrawnExhibit(picture["svg"], base64.b64decode(picture["png"])) for picture in json.loads(done.stdout)]


def _plain(value: Any) -> Any:
    """Return a specification as JSON and SVG know it: tables as rows, dates as text, nothing for not a number."""
    if isinstance(value, pd.DataFrame):
        return _plain(value.to_dict("records"))
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str | date):
        return _text(value)
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return seen(value)
    return None if value is pd.NaT else str(value.isoformat())
