"""Records as they go out to programs, as JSON and as CSV; every CSV for people is written by `csv_text`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from scenarios.text.exits import harmless

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Cell = Callable[[Any], Any]
"""What stands in a cell for a value."""


def to_json(records: Iterable[DataclassInstance]) -> str:
    """Return records (dataclasses) as a JSON list; what is not known is null."""
    return json_text([asdict(record) for record in records])


def json_text(content: object) -> str:
    """Return content as JSON that people can read too; raises ValueError where a number is none."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)


def to_csv(
    records: Iterable[DataclassInstance], kind: type[DataclassInstance], cells: Mapping[str, Cell] | None = None
) -> str:
    """Return records of a kind as CSV for programs: decimal points, and nothing where a figure is not known.

    `cells` is as for `table_of`.
    """
    return csv_text(*table_of(records, kind, cells))


def table_of(
    records: Iterable[DataclassInstance], kind: type[DataclassInstance], cells: Mapping[str, Cell] | None = None
) -> tuple[list[str], Iterable[list[Any]]]:
    """Return names of the fields of a kind of records, and the records as rows.

    `cells` says by name of the field how values are written that are not text or numbers.
    """
    names, written = [field.name for field in fields(kind)], cells or {}
    return names, ([written.get(name, _as_it_is)(getattr(record, name)) for name in names] for record in records)


def csv_text(
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    cell: Cell | None = None,
    delimiter: str = ",",
    ending: str = "\n",
) -> str:
    """Return a table as CSV, each value and heading passed through `cell`.

    Whatever leaves as CSV passes here, and no text in it is a formula: any file may be opened in a spreadsheet.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ending)
    for row in (header, *rows):
        writer.writerow([(cell or _as_it_is)(value) for value in row])
    return stream.getvalue()


def _as_it_is(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
