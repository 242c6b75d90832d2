"""Plain tables with a Table Schema (`datapackage.json`): read, checked cell by cell, all problems kept.

The description language is the Data Package standard's Table Schema, as far as the region packs need it:
types string, integer and number; constraints required, pattern, enum, minimum, maximum; primary keys. Foreign
keys span tables and are checked by `foreign_key_problems`.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.core.sources import text_of
from simulator.region import texts

DESCRIPTION = "datapackage.json"
HEADER_LINES = 1
_FILE_NAME = re.compile(r"[a-z0-9_]+\.csv")
# Bounded, so that no text can make a number too long to convert.
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?")
_INTEGER = re.compile(r"-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class TableProblem:
    """One thing wrong in a table: where (line 1 is the header, 0 the whole file), what, what is allowed, in Swedish.

    What is unlikely has a likely `cause`, the key of its `row` and the `rule` by which a region's exception names it.
    """

    file: str
    line: int
    column: str
    value: str
    allowed: str
    nearest: str = ""
    cause: str = ""
    row: str = ""
    rule: str = ""

    @property
    def place(self) -> str:
        """File, line, column and row in words."""
        return texts.place(self.file, self.line, self.column, self.row)

    def __str__(self) -> str:
        """One line for people."""
        return texts.sentence(self.place, self.value, self.allowed, self.nearest, self.cause)


@dataclass(frozen=True, slots=True)
class Table:
    """One checked table: columns by name, in file order.

    String columns hold str, integer columns int, number columns float; a missing number is nan.
    """

    file: str
    columns: Mapping[str, list[Any]]

    def __getitem__(self, column: str) -> list[Any]:
        """The cells of a column."""
        return self.columns[column]

    def __len__(self) -> int:
        """Number of rows."""
        return len(next(iter(self.columns.values()), []))

    def rows(self) -> Iterable[dict[str, Any]]:
        """The table row by row."""
        names = list(self.columns)
        for cells in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, cells, strict=True))


def line_of(row: int) -> int:
    """The line in the file of data row `row` (from 0)."""
    return row + 1 + HEADER_LINES


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or "" when none is close."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def read_text(path: Path, problems: list[TableProblem]) -> str | None:
    """The file as composed UTF-8 text (NFC); None with a problem noted when it is missing, unreadable or not UTF-8."""
    try:
        return unicodedata.normalize("NFC", path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        problems.append(TableProblem(path.name, 0, "", f"byte {error.start}", texts.UTF8))
    except OSError as error:
        problems.append(TableProblem(path.name, 0, "", error.strerror or str(error), texts.READABLE))
    return None


def read_description(folder: Path, problems: list[TableProblem]) -> dict[str, Any]:
    """The folder's datapackage.json; an empty dict with the problem noted when it is no use."""
    text = read_text(folder / DESCRIPTION, problems)
    if text is None:
        return {}
    try:
        description = json.loads(text)
    except (ValueError, RecursionError) as error:
        problems.append(TableProblem(DESCRIPTION, 0, "", texts.json_fault(error), texts.JSON))
        return {}
    complaints = _description_problems(description)
    problems.extend(complaints)
    return {} if complaints else dict(description)


def _description_problems(description: Any) -> list[TableProblem]:
    """What keeps a description from describing tables."""
    try:
        resources = description["resources"]
        complaints = [text for resource in resources for text in _resource_complaints(resource, resources)]
    except (KeyError, TypeError, AttributeError, re.error) as error:
        complaints = [f"{type(error).__name__} {error}"]
    return [TableProblem(DESCRIPTION, 0, "resources", text, texts.DESCRIBED) for text in complaints]


def _resource_complaints(resource: Mapping[str, Any], resources: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    name, schema = resource["name"], resource["schema"]
    if sum(other["name"] == name for other in resources) > 1:
        yield texts.twice(name)
    if not _FILE_NAME.fullmatch(resource["path"]):
        yield f"{name}: path {resource['path']}"
    fields = {field["name"] for field in schema["fields"]}
    yield from (f"{name}: field {f['name']}" for f in schema["fields"] if not _is_field(f))
    yield from (f"{name}: primaryKey {key}" for key in schema["primaryKey"] if key not in fields)
    for link in schema.get("foreignKeys", []):
        other, key = link["reference"]["resource"], link["reference"]["fields"]
        targets = [r for r in resources if r["name"] == other and key in {f["name"] for f in r["schema"]["fields"]}]
        if link["fields"] not in fields or not targets:
            yield f"{name}: foreign key {link['fields']}"


def _is_field(field: Mapping[str, Any]) -> bool:
    """Whether a field's type and constraints are those that are understood here."""
    rules = field.get("constraints", {})
    re.compile(rules.get("pattern", ""))
    return (
        field["type"] in ("string", "integer", "number")
        and set(rules) <= {"required", "pattern", "enum", "minimum", "maximum"}
        and all(isinstance(rules.get(key, 0), int | float) for key in ("minimum", "maximum"))
        and isinstance(rules.get("enum", []), list)
    )


def read_tables(folder: Path, description: Mapping[str, Any], problems: list[TableProblem]) -> dict[str, Table]:
    """Every table of the description that could be read, by resource name; problems are appended."""
    tables = {}
    for resource in description.get("resources", []):
        table = read_table(folder / resource["path"], resource["schema"], problems)
        if table is not None:
            tables[resource["name"]] = table
    return tables


def read_table(path: Path, schema: Mapping[str, Any], problems: list[TableProblem]) -> Table | None:
    """One CSV file (UTF-8, comma, dot decimal) checked against its Table Schema; None when it is no table."""
    text = read_text(path, problems)
    return None if text is None else table_of(path.name, text, schema, problems)


def table_of(file: str, text: str, schema: Mapping[str, Any], problems: list[TableProblem]) -> Table | None:
    """A CSV text checked against its Table Schema.

    Returns None when its header or shape is wrong; cells that break a rule are noted as problems and the column is
    returned with a stand-in so that later checks can go on.
    """
    rows = _rows(file, text, problems)
    fields = schema["fields"]
    if rows is None or not _header_fits(file, rows[0], [f["name"] for f in fields], problems):
        return None
    body = rows[1:]
    if not body:
        problems.append(TableProblem(file, 0, "", texts.NO_ROWS, texts.ONE_ROW))
        return None
    if not _shape_fits(file, body, len(fields), problems):
        return None
    cells = list(zip(*body, strict=True))
    columns = {f["name"]: _column(file, f, cells[i], problems) for i, f in enumerate(fields)}
    table = Table(file, columns)
    _check_unique(table, schema["primaryKey"], problems)
    return table


def _rows(file: str, text: str, problems: list[TableProblem]) -> list[list[str]] | None:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        problems.append(TableProblem(file, 0, "", "", texts.COMMAS))
        return None
    if not rows:
        problems.append(TableProblem(file, 0, "", texts.EMPTY_FILE, texts.HEADER_AND_ROW))
        return None
    return rows


def _header_fits(file: str, header: list[str], names: list[str], problems: list[TableProblem]) -> bool:
    for name in names:
        if name not in header:
            problems.append(TableProblem(file, 1, name, texts.NO_COLUMN, ", ".join(names), nearest(name, header)))
    for name in header:
        if name not in names:
            problems.append(TableProblem(file, 1, name, name, ", ".join(names), nearest(name, names)))
    if sorted(header) == sorted(names) and header != names:
        problems.append(TableProblem(file, 1, "", ",".join(header), texts.columns_in_order(names)))
    if len(set(header)) != len(header):
        problems.append(TableProblem(file, 1, "", ",".join(header), texts.EVERY_COLUMN_ONCE))
    return header == names


def _shape_fits(file: str, body: Sequence[list[str]], width: int, problems: list[TableProblem]) -> bool:
    fits = True
    for index, row in enumerate(body):
        if len(row) != width:
            fits = False
            problems.append(TableProblem(file, line_of(index), "", texts.cells(len(row)), texts.cells_wanted(width)))
    return fits


def _column(file: str, field: Mapping[str, Any], cells: Sequence[str], problems: list[TableProblem]) -> list[Any]:
    """The cells converted; every distinct bad value is reported at its first line."""
    # Values repeat (codes, sexes, ages), so each distinct text is judged once.
    judged: dict[str, Any] = {}
    column = []
    for index, text in enumerate(cells):
        if text not in judged:
            value, complaint, hint = _judge(text, field)
            judged[text] = value
            if complaint:
                problems.append(TableProblem(file, line_of(index), field["name"], text, complaint, hint))
        column.append(judged[text])
    return column


def _judge(text: str, field: Mapping[str, Any]) -> tuple[Any, str, str]:
    """One cell: its value, what is allowed instead (empty when fine) and the nearest valid text."""
    kind = field["type"]
    rules = field.get("constraints", {})
    stand_in: Any = {"string": text, "integer": 0, "number": math.nan}[kind]
    if text == "":
        return stand_in, (texts.A_VALUE if rules.get("required") else ""), ""
    if text != text.strip():
        return stand_in, texts.NO_BLANKS, text.strip()
    if not text.isprintable():
        return stand_in, texts.PRINTABLE, ""
    if kind == "string":
        return text, *_judge_text(text, rules)
    shape = _INTEGER if kind == "integer" else _NUMBER
    if not shape.fullmatch(text):
        hint = text.replace(",", ".") if shape.fullmatch(text.replace(",", ".")) else ""
        return stand_in, texts.POINT_NUMBER if kind == "number" else texts.WHOLE_NUMBER, hint
    value = int(text) if kind == "integer" else float(text)
    return value, _judge_number(value, rules), ""


def _judge_text(text: str, rules: Mapping[str, Any]) -> tuple[str, str]:
    allowed = rules.get("enum")
    if allowed is not None and text not in allowed:
        return texts.one_of(allowed), nearest(text, allowed)
    pattern = rules.get("pattern")
    if pattern is not None and not re.fullmatch(pattern, text):
        return texts.of_form(pattern), ""
    return "", ""


def _judge_number(value: float, rules: Mapping[str, Any]) -> str:
    low, high = rules.get("minimum", -math.inf), rules.get("maximum", math.inf)
    return "" if low <= value <= high else texts.between(low, high)


def _check_unique(table: Table, names: Sequence[str], problems: list[TableProblem]) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for index, cells in enumerate(zip(*(table[name] for name in names), strict=True)):
        if cells in first:
            allowed = texts.once(names, line_of(first[cells]))
            problems.append(TableProblem(table.file, line_of(index), names[0], " ".join(map(str, cells)), allowed))
        first.setdefault(cells, index)


def foreign_key_problems(description: Mapping[str, Any], tables: Mapping[str, Table]) -> list[TableProblem]:
    """Values that refer to a row that the other table does not have."""
    problems = []
    for resource in description.get("resources", []):
        table = tables.get(resource["name"])
        for link in resource["schema"].get("foreignKeys", []):
            other = tables.get(link["reference"]["resource"])
            if table is not None and other is not None:
                problems += _dangling(table, link["fields"], other, link["reference"]["fields"])
    return problems


def _dangling(table: Table, column: str, other: Table, key: str) -> list[TableProblem]:
    known = dict.fromkeys(other[key])
    problems = []
    for value in dict.fromkeys(table[column]):
        if value not in known:
            allowed = texts.key_of(key, other.file)
            line = line_of(table[column].index(value))
            hint = nearest(str(value), known)
            problems.append(TableProblem(table.file, line, column, str(value), allowed, hint))
    return problems


def digest(folder: Path, description: Mapping[str, Any]) -> str:
    """SHA-256 over the names and texts of the description and every file that it lists."""
    total = hashlib.sha256()
    for name in (DESCRIPTION, *sorted(r["path"] for r in description["resources"])):
        content = text_of(folder / name)
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
