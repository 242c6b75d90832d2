"""A document as Excel: what it says, every table as numbers, and charts that Excel draws itself."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from scenarios.documents.content import Block, Bullets, NativeChart, Paper, Paragraph, Picture, PrintedTable, Subheading
from scenarios.documents.writers.drawn import Pictures
from scenarios.documents.writers.slide_charts import (
    axis_ends,
    chart_rows,
    colours_of,
    error_length,
    series_of,
    with_intervals,
)
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.palette import LIGHT
from scenarios.report.about import dictionary
from scenarios.report.workbook import (
    BOOK_OPTIONS,
    DICTIONARY,
    HEAD_LOOK,
    Pen,
    book_properties,
    number_format,
    sheet_names,
)
from scenarios.text.cells import plain

_SIDES = (("high", "Uppåt till övre gräns", "plus_values"), ("low", "Nedåt till undre gräns", "minus_values"))
TEXT_SHEET, CHART_SHEET = "Texten", "Diagram"
_ROWS_OF_CHART, _CHART_SIZE = 24, {"x_scale": 1.7, "y_scale": 1.55}
"""Rows that a chart takes on its sheet, and its size against Excel's own of 480 by 288 pixels."""
_TEXT_WIDTH, _FOOT_COLUMNS = 88, 6
"""Characters on a line of the text, and the last column that the line below a chart takes."""


def write_workbook_file(document: Paper, _pictures: Pictures) -> bytes:
    """Return the workbook; the same document gives the same bytes.

    Numbers are unrounded and shown with the decimals of their column; text is never taken for a formula.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, dict(BOOK_OPTIONS)) as book:
        book.set_properties(book_properties(document.origin) | {"title": plain(document.title)})
        tables = sheet_names(_exhibits(document))
        sheets = {DICTIONARY: dictionary(tables), **tables}
        pen = Pen(book)
        pen.front(document.origin, sheets)
        _text_sheet(pen, document)
        _charts(pen, document)
        for name, exhibit in sheets.items():
            pen.table(name, exhibit)
    return stream.getvalue()


def _exhibits(document: Paper) -> Iterator[Exhibit]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, PrintedTable):
                exhibit = block.data or _of_texts(block)
                yield replace(exhibit, note=f"{exhibit.note or block.note} {document.foot}".strip())


def _of_texts(block: PrintedTable) -> Exhibit:
    columns = [Column(str(at), head or "Rad") for at, head in enumerate(block.heads)]
    rows = [{str(at): cell.replace("\n", "; ") for at, cell in enumerate(row)} for row in block.rows]
    return Exhibit(block.key, block.title, block.title, columns, rows, note=block.note)


# --- what is said


def _text_sheet(pen: Pen, document: Paper) -> None:
    """Write the sentences of every section on a sheet of their own."""
    sheet = pen.book.add_worksheet(TEXT_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _TEXT_WIDTH)
    pen.text(sheet, 0, 0, document.title, bold=True, font_size=16)
    pen.text(sheet, 1, 0, document.subtitle, text_wrap=True)
    row = 3
    for section in document.sections:
        lines = [line for block in section.blocks for line in _said(block)]
        if not lines:
            continue
        pen.text(sheet, row, 0, section.title, **HEAD_LOOK)
        for at, line in enumerate(lines, row + 1):
            pen.text(sheet, at, 0, line, text_wrap=True, valign="top")
            sheet.set_row(at, 15 * (1 + len(line) // _TEXT_WIDTH))
        row += len(lines) + 2
    pen.text(sheet, row, 0, document.foot, text_wrap=True, italic=True)
    sheet.set_row(row, 15 * (1 + len(document.foot) // _TEXT_WIDTH))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _said(block: Block) -> Sequence[str]:
    if isinstance(block, Bullets):
        return block.items
    return [block.text] if isinstance(block, Paragraph | Subheading) else []


# --- charts


def _charts(pen: Pen, document: Paper) -> None:
    """Write every chart that Excel can draw on one sheet, each beside the numbers that it shows."""
    drawn = [(picture, picture.native) for picture in document.pictures() if picture.native is not None]
    if not drawn:
        return
    sheet = pen.book.add_worksheet(CHART_SHEET)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 20, 16)
    colours, row = colours_of(document.origin), 0
    breaks = []
    for picture, native in drawn:
        breaks.append(row)
        row = _chart(pen, sheet, picture, native, row, colours)
        look: dict[str, Any] = {"italic": True, "font_size": 8, "text_wrap": True, "valign": "top"}
        sheet.merge_range(row - 2, 0, row - 2, _FOOT_COLUMNS, "", pen.form(**look))
        pen.text(sheet, row - 2, 0, f"{native.note} {document.foot}".strip(), **look)
        sheet.set_row(row - 2, 36)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks(breaks[2::2])
    sheet.print_area(0, 0, row, _FOOT_COLUMNS)


def _chart(pen: Pen, sheet: Any, picture: Picture, native: NativeChart, top: int, colours: Mapping[str, str]) -> int:
    """Write numbers and chart from row `top` on, and return the row at which the next may begin."""
    rows = chart_rows(picture.exhibit, native)
    categories, series = series_of(rows, native)
    pen.text(sheet, top, 0, picture.message, bold=True, font_size=12)
    pen.text(sheet, top + 1, 0, native.unit, **HEAD_LOOK)
    form = pen.form(num_format=number_format(Column("", "", native.decimals)))
    for at, category in enumerate(categories, top + 2):
        pen.text(sheet, at, 0, str(category))
    chart = pen.book.add_chart({"type": native.kind, **({"subtype": "clustered"} if native.kind == "bar" else {})})
    last = top + 1 + len(categories)
    for place, (name, by_category) in enumerate(series.items(), 1):
        pen.text(sheet, top + 1, place, name, **HEAD_LOOK, align="right")
        for at, category in enumerate(categories, top + 2):
            if category in by_category:
                sheet.write_number(at, place, float(by_category[category][native.value]), form)
        look = _look((top, last, place), native, colours.get(name, LIGHT.rule.lstrip("#")))
        if native.low:
            drawn = with_intervals(categories, by_category, native)
            look |= _intervals(pen, sheet, native, (top, 2 * place + len(series)), drawn)
        chart.add_series(look)
    _axes(chart, native, axis_ends(rows, native))
    about = {"object_position": 2, "description": plain(picture.exhibit.alt), **_CHART_SIZE}
    sheet.insert_chart(last + 2, 0, chart, about)
    return last + 2 + _ROWS_OF_CHART + 3


def _look(place: tuple[int, int, int], native: NativeChart, colour: str) -> dict[str, Any]:
    top, last, column = place
    ranges = {
        "name": [CHART_SHEET, top + 1, column],
        "categories": [CHART_SHEET, top + 2, 0, last, 0],
        "values": [CHART_SHEET, top + 2, column, last, column],
    }
    ink = {"color": f"#{colour}"}
    if native.kind == "bar":
        return ranges | {"fill": ink}
    return ranges | {"line": ink | {"width": 2.25}, "marker": {"type": "circle", "size": 5, "fill": ink, "border": ink}}


def _intervals(
    pen: Pen, sheet: Any, native: NativeChart, place: tuple[int, int], rows: Sequence[Mapping[str, Any] | None]
) -> dict[str, Any]:
    """Write how far each interval reaches in two columns, and return the error bars that show it."""
    top, column = place
    bars: dict[str, Any] = {"type": "custom", "line": {"color": LIGHT.faint}}
    for at, (side, title, key) in enumerate(_SIDES):
        pen.text(sheet, top + 1, column + at, title, **HEAD_LOOK, align="right")
        for line, row in enumerate(rows, top + 2):
            length = error_length(row, native, native.high if side == "high" else native.low)
            sheet.write_number(
                line, column + at, length, pen.form(num_format=number_format(Column("", "", native.decimals + 1)))
            )
        cells = xl_range_abs(top + 2, column + at, top + 1 + len(rows), column + at)
        bars[key] = f"='{CHART_SHEET}'!{cells}"
    return {"y_error_bars" if native.kind == "line" else "x_error_bars": bars}


def _axes(chart: Any, native: NativeChart, ends: tuple[float, float]) -> None:
    """Give a chart its axes; a chart of bars has its categories from above."""
    grid = {"visible": True, "line": {"color": LIGHT.grid}}
    unit: dict[str, Any] = {"name": plain(native.unit), "name_font": {"bold": False}, "major_gridlines": grid}
    unit |= {"min": ends[0], "max": ends[1], "num_format": number_format(Column("", "", native.decimals))}
    names: dict[str, Any] = {"label_position": "low"}
    if native.kind == "line":
        chart.set_x_axis(names)
        chart.set_y_axis(unit)
    else:
        chart.set_y_axis(names | {"reverse": True})
        chart.set_x_axis(unit | {"label_position": "high"})
    chart.set_legend({"position": "top"})
    chart.set_title({"none": True})
