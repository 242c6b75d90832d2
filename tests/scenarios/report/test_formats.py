import io
import zipfile

import pytest

from scenarios.report import picture
from scenarios.report.formats import FORMATS, exhibit_csv
from scenarios.report.picture import DrawnExhibit


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """Pictures as they come without drawing them."""

    def quickly(charts, png):
        return [DrawnExhibit(f"<svg>{words['title']}</svg>", b"png" if png else b"") for _, words in charts]

    monkeypatch.setattr(picture, "_drawn", quickly)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_form_holds_what_it_says_and_is_the_same_each_time(form, exhibits, origin):
    content = form.write(exhibits, origin)
    assert form.write(exhibits, origin) == content
    if form.suffix.endswith(".zip"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        assert archive.namelist() == form.files(exhibits)
        assert archive.testzip() is None
        assert {about.date_time for about in archive.infolist()} == {(2026, 11, 22, 0, 0, 0)}
    assert form.file_name.isascii()
    assert form.label_sv
    assert form.description_sv.endswith(".")


def test_everything_is_in_the_one_that_has_it_all(exhibits):
    assert FORMATS["all"].files(exhibits) == [
        "las-mig.txt", "nara-vard-2030.xlsx", "tabeller/akutbesok.csv", "tabeller/tabell.csv",
        "bilder/akutbesok.png", "bilder/akutbesok.svg",
    ]  # fmt: skip


def test_what_is_read_beside_tables_tells_how_they_were_made(exhibits, origin):
    archive = zipfile.ZipFile(io.BytesIO(FORMATS["csv"].write(exhibits, origin)))
    text = archive.read("las-mig.txt").decode("utf-8-sig")
    assert origin.command in text
    assert "\r\n" in text
    assert archive.read("akutbesok.csv") == exhibit_csv(exhibits[0])


def test_a_table_alone_gives_csv_with_its_units(exhibits):
    first, second, *_ = exhibit_csv(exhibits[1]).decode("utf-8-sig").splitlines()
    assert first == "År;Scenario;Värde (besök);Skillnad"
    assert second == "2030;Nuläge;1234,5678;"
