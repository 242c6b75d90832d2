import pytest
from document_examples import material
from small_results import small_results

from scenarios.documents.content import KeyFigures, Paragraph, Picture, PrintedTable
from scenarios.documents.results_read import material_of
from scenarios.documents.sheets import centre_sheets, municipality_sheets
from scenarios.running.results import read_results
from scenarios.text.problems import InputError


@pytest.fixture(scope="module")
def small():
    return material_of(read_results(small_results()))


def test_every_municipality_has_a_page(small):
    document = municipality_sheets(small)
    assert [section.title for section in document.sections] == list(small.region.municipality_names)
    assert all(section.own_page for section in document.sections)
    assert not document.front


def test_every_centre_has_what_the_dialogue_is_about_beside_the_region(small):
    for section in centre_sheets(small).sections:
        figures, table, picture, note = section.blocks
        assert isinstance(figures, KeyFigures)
        assert figures.items[0].label == "Listade vid start"
        assert isinstance(table, PrintedTable)
        rows = {row[0].partition(" (")[0] for row in table.rows}
        assert {"Personer med komplexa behov", "Medicinsk bedömning inom tre dagar", "Läkarbehov"} <= rows
        assert any(row[0].endswith("kommunen") and row[0].startswith("Kontinuitetsindex") for row in table.rows)
        assert table.heads[3] == "Länet 2028"
        assert isinstance(picture, Picture)
        assert isinstance(note, Paragraph)
        assert "ingen verklig enhet" in note.text


def test_an_unsure_difference_has_its_interval_and_no_value(small):
    cells = [row[4] for section in municipality_sheets(small).sections for row in section.blocks[1].rows]
    unsure = [cell for cell in cells if cell.startswith("ej säker")]
    assert unsure
    assert all(cell.startswith("ej säker\n(") and cell.endswith(")") for cell in unsure)


def test_results_without_measures_by_place_are_refused():
    with pytest.raises(InputError, match="kommun och hälsocentral"):
        municipality_sheets(material())
