import io

import pikepdf
import pytest

from scenarios.documents.writers.pdf import write_pdf


@pytest.fixture(scope="module")
def file(made, pictures):
    with pikepdf.open(io.BytesIO(write_pdf(made, pictures))) as opened:
        yield opened


def tags(element):
    """Yield every element of the structure tree."""
    if isinstance(element, pikepdf.Array):
        for each in element:
            yield from tags(each)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield element
        if "/K" in element:
            yield from tags(element.K)


def test_it_says_that_it_keeps_the_standard(file):
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Ett provdokument"
    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) == "sv-SE"
    assert file.Root.ViewerPreferences.DisplayDocTitle


def test_figures_have_alternative_texts_and_tables_heads(file, made):
    found = list(tags(file.Root.StructTreeRoot.K))
    kinds = {str(element.S) for element in found}
    assert {"/H1", "/H2", "/P", "/L", "/Table", "/TH", "/Figure"} <= kinds
    alts = [str(element.Alt) for element in found if str(element.S) == "/Figure"]
    assert alts == [picture.exhibit.alt for picture in made.pictures()]


def test_every_page_says_in_which_order_it_is_read(file):
    assert len(file.pages) >= 3
    assert {str(page.get("/Tabs")) for page in file.pages} == {"/S"}


def test_its_time_is_that_of_the_results(file):
    assert str(file.docinfo["/CreationDate"]).startswith("D:20261130204501")
