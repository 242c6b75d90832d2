"""What may stand in a cell: text that no spreadsheet takes for a formula, numbers that are numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from scenarios.text.exits import harmless, seen
from scenarios.text.records import Cell, csv_text, table_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = str | float | int | date | None
"""What a cell holds; None is an empty one."""

LONGEST_CELL = 32_767
"""Characters that Excel allows in a cell."""


def plain(text: str) -> str:
    """Return text without control characters and no longer than a cell may be; lines and tabs are kept."""
    kept = seen(text)
    return kept if len(kept) <= LONGEST_CELL else kept[: LONGEST_CELL - 1] + "…"


def value_of(given: Any) -> Value:
    """Return what a cell holds of whatever a table has: Swedish words for yes and no, nothing for not a number."""
    given = given.item() if hasattr(given, "item") and not isinstance(given, date) else given
    if given is None or (isinstance(given, float) and not math.isfinite(given)) or given != given:  # noqa: PLR0124 - NaT
        return None
    if isinstance(given, bool):
        return "ja" if given else "nej"
    if isinstance(given, int | float | date):
        return given
    return plain(str(given))


def written(value: Value) -> str:
    """Return a value as text of CSV for Swedish Excel: decimal comma, dates as 2030-12-31, no formula."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat(*((" ", "minutes") if isinstance(value, datetime) else ()))
    if isinstance(value, str):
        return harmless(value)
    return str(value) if isinstance(value, int) else f"{value:.10g}".replace(".", ",")


def swedish_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return CSV that a Swedish Excel opens as it is: semicolons, decimal commas, UTF-8 with a mark.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    return csv_text(header, rows, lambda given: written(value_of(given)), ";", "\r\n").encode("utf-8-sig")


def to_sheet(
    records: Iterable[DataclassInstance], kind: type[DataclassInstance], cells: Mapping[str, Cell] | None = None
) -> bytes:
    """Return records of a kind as CSV that a Swedish Excel opens as it is; `cells` is as for `table_of`."""
    return swedish_csv(*table_of(records, kind, cells))
