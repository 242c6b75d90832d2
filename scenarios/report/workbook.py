"""A report as an Excel workbook: read me, data dictionary, assumptions, then a sheet for each exhibit."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.report.about import REPORT_TITLE, assumptions, dictionary, front, heading, source_line
from scenarios.report.origin import Origin
from scenarios.text.cells import Value, plain, value_of
from scenarios.text.exits import looks_like_formula

README, DICTIONARY, ASSUMPTIONS = "Läs mig", "Datalexikon", "Antaganden"
LONGEST_SHEET_NAME = 31
WIDEST, NARROWEST = 60, 9
_NOTE_WIDTH, _STANDARD_WIDTH = 80, 8.4
"""Characters that a note is given at least, and that a column without a width of its own holds."""
_LOOKED_AT = 400
"""Rows from which a column's width is taken."""
_RESERVED = ("history", "historik", README.casefold(), DICTIONARY.casefold(), ASSUMPTIONS.casefold())
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\U00010000-\U0010ffff]")
BOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
"""How workbooks are written: text stays text, whatever it looks like."""
_INK = "#1f2a33"
HEAD_LOOK = {
    "bold": True,
    "bottom": 1,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": "#e3e8ec",
    "font_color": _INK,
}


def write_workbook(exhibits: Sequence[Exhibit], origin: Origin) -> bytes:
    """Return the workbook; the same exhibits and origin give the same bytes.

    Text is always written as text, never as a formula or a link. Numbers are unrounded, shown with the decimals of
    their column; a Swedish Excel writes them with a decimal comma.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, BOOK_OPTIONS) as book:
        book.set_properties(book_properties(origin))
        sheets = sheet_names(exhibits)
        if origin.scenarios:
            sheets = {ASSUMPTIONS: assumptions(origin), **sheets}
        sheets = {DICTIONARY: dictionary(sheets), **sheets}
        pen = Pen(book)
        pen.front(origin, sheets)
        for name, exhibit in sheets.items():
            pen.table(name, exhibit)
    return stream.getvalue()


def book_properties(origin: Origin) -> dict[str, Any]:
    """Return the properties of a workbook of some results."""
    labels = ", ".join(origin.labels)
    return {
        "title": REPORT_TITLE,
        "subject": plain(f"Scenarier: {labels}")[:250] if labels else "",
        "author": REPORT_TITLE,
        "comments": plain(source_line(origin)),
        "keywords": plain(origin.code_version),
        "created": datetime.combine(origin.taken, time()),
    }


def sheet_names(exhibits: Iterable[Exhibit]) -> dict[str, Exhibit]:
    """Return exhibits by the name of their sheet: what Excel allows, each one once, whatever the case."""
    by_name: dict[str, Exhibit] = {}
    taken = set(_RESERVED)
    for exhibit in exhibits:
        name = _name(exhibit.title, taken)
        taken.add(name.casefold())
        by_name[name] = exhibit
    return by_name


def _name(title: str, taken: set[str]) -> str:
    whole = " ".join(_NOT_IN_NAMES.sub(" ", plain(title)).split()).strip("'") or "Tabell"
    name, count = whole[:LONGEST_SHEET_NAME].strip(" '"), 2
    while name.casefold() in taken:
        end = f" ({count})"
        name, count = whole[: LONGEST_SHEET_NAME - len(end)].rstrip(" '") + end, count + 1
    return name


class Pen:
    """Writes the sheets of one workbook; holds its formats, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Write to `book`, in the order in which sheets are asked for."""
        self.book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def form(self, **properties: Any) -> Any:
        """Return a format of the workbook."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def front(self, origin: Origin, sheets: Mapping[str, Exhibit]) -> None:
        """Write the first sheet: how the figures came to be, and what the workbook holds, with links."""
        sheet = self.book.add_worksheet(README)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, REPORT_TITLE, self.form(bold=True, font_size=16, font_color=_INK))
        row = 2
        for name, text in front(origin):
            self.text(sheet, row, 0, name, bold=True, text_wrap=True, valign="top")
            self.text(sheet, row, 1, text, text_wrap=True, valign="top")
            sheet.set_row(row, 15 * _lines(text, 100))
            row += 1
        self._contents(sheet, row + 1, sheets)

    def _contents(self, sheet: Any, row: int, sheets: Mapping[str, Exhibit]) -> None:
        sheet.write_string(row, 0, "Blad", self.form(**HEAD_LOOK))
        sheet.write_string(row, 1, "Innehåll", self.form(**HEAD_LOOK))
        link = self.form(font_color="#0b5a90", underline=1, valign="top")
        for place, (name, exhibit) in enumerate(sheets.items(), row + 1):
            target = name.replace("'", "''")
            sheet.write_url(place, 0, f"internal:'{target}'!A1", link, plain(name))
            self.text(sheet, place, 1, _content(exhibit), text_wrap=True, valign="top")

    def table(self, name: str, exhibit: Exhibit) -> None:
        """Write an exhibit on a sheet of its own: title, unit and note, then header and rows."""
        sheet = self.book.add_worksheet(name)
        body = [[value_of(row.get(column.field)) for column in exhibit.columns] for row in exhibit.rows]
        widths = [_width(column, [row[i] for row in body[:_LOOKED_AT]]) for i, column in enumerate(exhibit.columns)]
        for i, width in enumerate(widths):
            sheet.set_column(i, i, width)
        top = self._heading(sheet, exhibit, sum(widths))
        for i, column in enumerate(exhibit.columns):
            self.text(sheet, top, i, heading(column), **HEAD_LOOK, align=column.align)
        sheet.set_row(top, 15 * max(_lines(heading(c), w) for c, w in zip(exhibit.columns, widths, strict=True)))
        for place, row in enumerate(body, top + 1):
            for i, (value, column) in enumerate(zip(row, exhibit.columns, strict=True)):
                self._cell(sheet, place, i, value, column)
        sheet.freeze_panes(top + 1, 0)
        if body:
            sheet.autofilter(top, 0, top + len(body), len(exhibit.columns) - 1)
        _print_setup(sheet, top)

    def _heading(self, sheet: Any, exhibit: Exhibit, width: float) -> int:
        """Write title, unit and note and return the row of the table's header."""
        self.text(sheet, 0, 0, exhibit.title, bold=True, font_size=14, font_color=_INK)
        row = 1
        if exhibit.unit:
            self.text(sheet, row, 0, exhibit.unit[:1].upper() + exhibit.unit[1:])
            row += 1
        if exhibit.note:
            look: dict[str, Any] = {"text_wrap": True, "valign": "top", "italic": True}
            more = max(0, math.ceil((_NOTE_WIDTH - width) / _STANDARD_WIDTH))
            last = len(exhibit.columns) - 1 + more
            if last:
                sheet.merge_range(row, 0, row, last, "", self.form(**look))
            self.text(sheet, row, 0, exhibit.note, **look)
            sheet.set_row(row, 15 * _lines(exhibit.note, width + more * _STANDARD_WIDTH))
            row += 1
        return row + 1

    def _cell(self, sheet: Any, row: int, place: int, value: Value, column: Column) -> None:
        if value is None:
            return
        if isinstance(value, str):
            self.text(sheet, row, place, value, valign="top", text_wrap=len(value) > WIDEST)
        elif isinstance(value, date):
            code = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
            plain_time = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(row, place, plain_time, self.form(num_format=code, valign="top", align="left"))
        else:
            form = self.form(num_format=number_format(column), valign="top")
            sheet.write_number(row, place, value, form)

    def text(self, sheet: Any, row: int, place: int, text: str, **look: Any) -> None:
        """Write text as text; what could be taken for a formula gets Excel's own mark that it is none."""
        text = plain(text)
        if looks_like_formula(text):
            look["quote_prefix"] = True
        sheet.write_string(row, place, text, self.form(**look))


def _content(exhibit: Exhibit) -> str:
    return exhibit.title + (f" ({exhibit.unit})" if exhibit.unit else "")


def number_format(column: Column) -> str:
    """Return the number format of a column, with the minus sign that Swedes write."""
    if column.decimals is None:
        return "General"
    digits = "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
    plus = "+" if column.sign else ""
    return f"{plus}{digits};−{digits};{digits}"


def _width(column: Column, values: Sequence[Value]) -> float:
    """Return the width of a column in characters, of what it holds and half of its heading, which may wrap."""
    longest = max((_length(value, column) for value in values), default=0)
    words = max((len(word) for word in heading(column).split()), default=0)
    return min(max(longest + 2, words + 4, math.ceil(len(heading(column)) / 2) + 3, NARROWEST), WIDEST)


def _length(value: Value, column: Column) -> int:
    if value is None:
        return 0
    if isinstance(value, int | float):
        text = f"{value}" if column.decimals is None else f"{value:,.{column.decimals}f}"
        return len(text) + column.sign
    return max(map(len, str(value).split("\n")))


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in so many characters, at most what Excel allows for a row."""
    return min(sum(max(1, math.ceil(len(line) / max(width, 1))) for line in text.split("\n")), 27)


def _print_setup(sheet: Any, top: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&L&A&RSida &P av &N")
