"""The workbook as another library reads it."""

import io
import time
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from report_examples import COLUMNS, ROWS, made

from scenarios.exhibits.exhibit import Column
from scenarios.report.origin import Origin, today
from scenarios.report.workbook import ASSUMPTIONS, DICTIONARY, README, number_format, sheet_names, write_workbook


def read(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def body(sheet, header="År"):
    rows = list(sheet.iter_rows(values_only=True, max_col=4))
    start = next(i for i, row in enumerate(rows) if row[0] == header)
    return rows[start:]


def test_the_sheets_come_in_order_each_with_what_belongs_to_it(exhibits, origin):
    book = read(write_workbook(exhibits, origin))
    assert book.sheetnames == [README, DICTIONARY, ASSUMPTIONS, "Akutbesök", "Bara en tabell"]
    front = [row[1] for row in book[README].iter_rows(values_only=True) if row[1]]
    assert origin.command in front
    assert book[README]["A1"].value == "Nära vård 2030"


def test_numbers_are_numbers_with_all_their_decimals(exhibits, origin):
    sheet = read(write_workbook(exhibits, origin))["Akutbesök"]
    rows = body(sheet)
    assert rows[0] == ("År", "Scenario", "Värde (besök)", "Skillnad")
    assert rows[1] == (2030, "Nuläge", 1234.5678, None)
    assert rows[2] == (2030, "Kontinuitet", 1200, -34.5678)


def test_without_scenarios_there_is_no_sheet_of_assumptions(exhibits):
    assert read(write_workbook(exhibits[:1], Origin((), today()))).sheetnames == [README, DICTIONARY, "Akutbesök"]


def test_the_header_is_frozen_and_columns_fit(exhibits, origin):
    sheet = read(write_workbook(exhibits, origin))["Akutbesök"]
    header = next(cell.row for (cell, *_) in sheet.iter_rows() if cell.value == "År")
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.auto_filter.ref == f"A{header}:D{header + 2}"
    assert sheet.column_dimensions["B"].width >= len("Kontinuitet")


def test_the_properties_say_what_it_is(exhibits, origin):
    about = read(write_workbook(exhibits, origin)).properties
    assert about.title == "Nära vård 2030"
    assert about.created.replace(tzinfo=None) == datetime(2026, 11, 22)
    assert "frö 7" in about.description


def test_the_same_input_gives_the_same_bytes(exhibits, origin, monkeypatch):
    first = write_workbook(exhibits, origin)
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert write_workbook(exhibits, origin) == first
    assert write_workbook(exhibits, replace(origin, seed="8")) != first


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("http://x","y")'])
def test_text_is_never_a_formula_or_a_link(text, origin):
    rows = [{**ROWS[0], "scenario": text}]
    sheet = read(write_workbook([made(rows=rows, title=text, note=text)], origin)).worksheets[3]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    found = [cell for cell in cells if cell.value == text]
    assert len(found) == 3
    assert all(cell.quotePrefix is (text[0] in "=+-@\t") for cell in found)
    assert all(cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("text", ["http://exempel.se/x", "mailto:x@exempel.se", "internal:Sheet1!A1"])
def test_an_address_is_text(text, origin):
    sheet = read(write_workbook([made(rows=[{**ROWS[0], "scenario": text}])], origin))["Akutbesök"]
    assert body(sheet)[1][1] == text
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_control_characters_and_long_text_leave_a_file_that_can_be_read(origin):
    rows = [{**ROWS[0], "scenario": "a\x00\x0b\ud800b"}, {**ROWS[0], "scenario": "x" * 40_000}]
    read_back = body(read(write_workbook([made(rows=rows)], origin))["Akutbesök"])
    assert read_back[1][1] == "ab"
    assert len(read_back[2][1]) == 32_767


def test_odd_values_are_dates_words_or_nothing(origin):
    values = [date(2030, 1, 2), True, float("nan"), float("inf")]
    rows = [{**ROWS[0], "scenario": value, "value": float("nan")} for value in values]
    read_back = body(read(write_workbook([made(rows=rows)], origin))["Akutbesök"])
    assert [row[1] for row in read_back[1:]] == [datetime(2030, 1, 2), "ja", None, None]
    assert {row[2] for row in read_back[1:]} == {None}


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (("Akutbesök", "akutbesök", "AKUTBESÖK"), ["Akutbesök", "akutbesök (2)", "AKUTBESÖK (3)"]),
        (("Läs mig", "History", "'", "[]:*?/\\"), ["Läs mig (2)", "History (2)", "Tabell", "Tabell (2)"]),
        (("x" * 40, "x" * 50), ["x" * 31, "x" * 27 + " (2)"]),
        (("a\x00b\nc", "😀 glad"), ["ab c", "glad"]),
    ],
)
def test_names_of_sheets_are_what_excel_allows(titles, names, exhibits, origin):
    exhibits = [replace(exhibits[0], title=title) for title in titles]
    assert list(sheet_names(exhibits)) == names
    assert read(write_workbook(exhibits, origin)).sheetnames[3:] == names


def test_without_rows_there_is_a_header(origin):
    assert body(read(write_workbook([made(rows=())], origin))["Akutbesök"]) == [
        ("År", "Scenario", "Värde (besök)", "Skillnad")
    ]


@pytest.mark.parametrize(
    ("column", "code"),
    [
        (Column("a", "A"), "General"),
        (Column("a", "A", 0), "#,##0;−#,##0;#,##0"),
        (Column("a", "A", 2, sign=True), "+#,##0.00;−#,##0.00;#,##0.00"),
    ],
)
def test_numbers_are_shown_as_their_column_says(column, code):
    assert number_format(column) == code


def test_every_column_is_in_the_dictionary(exhibits, origin):
    rows = list(read(write_workbook(exhibits, origin))[DICTIONARY].iter_rows(values_only=True))
    assert sum(row[0] == "Akutbesök" for row in rows) == len(COLUMNS) + 1
    assert any(row[0] == ASSUMPTIONS for row in rows)
