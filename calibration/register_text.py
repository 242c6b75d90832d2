"""The text of registers: one value as a cell, rows as a Markdown table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from scenarios.text.swedish import number


def cell(value: Any) -> str:
    """A value as the text of one cell: Swedish decimals, nothing where nothing is known, no stray pipes."""
    if isinstance(value, float):
        return "" if math.isnan(value) else _figure(value)
    return str(value).replace("|", "\\|").replace("\n", " ")


def _figure(value: float) -> str:
    """Up to five significant digits with decimal comma; whole thousands apart."""
    if value == round(value) and abs(value) < 1e15:
        return number(value)
    return f"{value:.5g}".replace(".", ",").replace("-", "−")


def table_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(cell(value) for value in row)} |" for row in rows]
    return "\n".join(lines) + "\n"
