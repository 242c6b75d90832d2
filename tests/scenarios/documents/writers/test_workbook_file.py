import io

import openpyxl
import pytest
from document_examples import HOSTILE

from scenarios.documents.writers.workbook_file import CHART_SHEET, TEXT_SHEET, write_workbook_file
from scenarios.report.archive import unzipped


@pytest.fixture(scope="module")
def content(made, pictures):
    return write_workbook_file(made, pictures)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_sheets_are_read_me_text_charts_and_tables(book):
    assert book.sheetnames == ["Läs mig", TEXT_SHEET, CHART_SHEET, "Datalexikon", "En tabell"]


def test_text_is_never_a_formula(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value) == HOSTILE.replace("\x07", "") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_charts_are_native_beside_their_numbers(book, content):
    sheet = book[CHART_SHEET]
    assert len(sheet._charts) == 2
    assert isinstance(sheet["B3"].value, float)
    drawing = unzipped(content)["xl/drawings/drawing1.xml"].decode()
    assert "Vårddygn per år 2023–2030" in drawing


def test_the_foot_is_on_every_sheet_with_figures(book, made):
    for name in (TEXT_SHEET, CHART_SHEET, "En tabell"):
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row]
        assert any(made.foot in text for text in texts), name
