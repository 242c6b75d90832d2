"""What commands write for spreadsheets: as the app's CSV does, wherever it goes."""

import csv
import io
import json
import sys

import pytest
from command_line import printed

from scenarios.cli import main
from scenarios.findings.board import BoardFigure
from scenarios.text.cells import swedish_csv
from scenarios.text.records import table_of

BOM = b"\xef\xbb\xbf"


@pytest.fixture
def told(folder, monkeypatch):
    """Return what a command on the results writes to a console with an encoding, as bytes."""

    def command(name, *arguments, encoding="utf-8"):
        console = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", console)
            assert main([name, str(folder), *arguments]) == 0
        return console.buffer.getvalue()

    return command


def test_a_sheet_is_what_the_app_writes(told):
    sheet = told("board", "--format", "kalkylblad")
    figures = [BoardFigure(**row) for row in json.loads(told("board", "--format", "json"))]
    assert sheet == swedish_csv(*table_of(figures, BoardFigure))
    assert sheet.startswith(BOM)
    header, *rows = csv.reader(io.StringIO(sheet.decode("utf-8-sig")), delimiter=";")
    assert (header[0], len(rows)) == ("shift", len(figures))
    value = header.index("value")
    assert any("," in row[value] for row in rows)
    assert not any("." in row[value] for row in rows)


@pytest.mark.parametrize("name", ["compare", "board"])
def test_csv_is_for_programs_and_says_so(told, capsys, name):
    text = told(name, "--format", "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert not text.startswith("\ufeff")
    assert any(float(row["value"]) % 1 for row in rows if row["value"])
    usage = " ".join(printed(capsys, name, "--help").split())
    assert "csv (för program" in usage
    assert "kalkylblad (CSV som svenska Excel öppnar" in usage


@pytest.mark.parametrize("form", ["kalkylblad", "csv", "json", "table"])
def test_a_file_gets_what_the_screen_would(told, tmp_path, form):
    file = tmp_path / "tavla.csv"
    screen = told("board", "--format", form)
    assert told("board", "--format", form, "--out", str(file)) == b""
    assert file.read_bytes() == screen


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_sheet_is_utf_8_whatever_the_console_is(told, encoding):
    sheet = told("board", "--format", "kalkylblad", encoding=encoding)
    assert sheet == told("board", "--format", "kalkylblad")
    assert "följs upp genom enkät" in sheet.decode("utf-8-sig")


def test_text_that_a_spreadsheet_would_take_for_a_formula_is_made_harmless(told):
    sheet = told("compare", "--indicator", "ed_visits", "--format", "kalkylblad").decode("utf-8-sig")
    assert "\n-" not in sheet
    assert not any(cell.startswith(("=", "@", "+")) for row in sheet.splitlines() for cell in row.split(";"))
