"""A table of a region pack as text, every cell as it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def pack_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as the simulator reads it: comma, line feed, nothing in front of a number below zero.

    What goes out to people as CSV is another thing (`scenarios.text.records`): there a minus may begin a formula.
    """
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return stream.getvalue()
