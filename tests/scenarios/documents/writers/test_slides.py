import io
from dataclasses import replace

import pytest
from document_examples import MADE
from pptx import Presentation

from scenarios.documents.content import PrintedTable
from scenarios.documents.writers.slides import MORE_ROWS_SV, write_slides
from scenarios.report.archive import unzipped


@pytest.fixture(scope="module")
def content(made, pictures):
    return write_slides(made, pictures)


@pytest.fixture(scope="module")
def show(content):
    return Presentation(io.BytesIO(content))


def test_every_slide_has_a_title_and_what_is_only_read_is_on_none(show):
    assert [slide.shapes.title.text for slide in show.slides] == [
        "Ett provdokument", "Första avsnittet", "En tabell", "Andra avsnittet", "Vårddygnen faller",
        "Skillnaden är säker",
    ]  # fmt: skip


def test_charts_are_native_with_figures_and_alternative_texts(show, made):
    frames = [shape for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(frames) == 2
    line, bars = (frame.chart for frame in frames)
    assert [series.name for series in line.plots[0].series] == ["Nuläge", "Bättre", "Kris <i>svår</i>"]
    assert len(list(line.plots[0].categories)) == 8
    assert all(value is not None for series in line.plots[0].series for value in series.values)
    assert "<c:errBars>" in bars._chartSpace.xml
    alts = [frame._element.xpath(".//p:cNvPr")[0].get("descr") for frame in frames]
    assert alts == [picture.exhibit.alt for picture in made.pictures()]


def test_texts_are_in_swedish_and_longer_ones_are_notes(show):
    runs = [run for slide in show.slides for shape in slide.shapes if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]  # fmt: skip
    assert {run._r.rPr.get("lang") for run in runs} == {"sv-SE"}
    assert "citat" in show.slides[1].notes_slide.notes_text_frame.text


def test_every_slide_has_its_source_and_number(show, made):
    for at, slide in enumerate(show.slides, 1):
        by_name = {shape.name: shape for shape in slide.shapes}
        assert made.foot in by_name["Källa"].text_frame.text
        assert f"<a:t>{at}</a:t>" in by_name["Sidnummer"]._element.xml


def test_a_long_table_is_cut_and_says_so(made, pictures):
    (section, *_) = made.sections
    (table,) = (block for block in section.blocks if isinstance(block, PrintedTable))
    long = replace(table, rows=tuple((f"Rad {n}", "1") for n in range(100)))
    hidden = replace(table, title="Bara att läsa", on_slides=False)
    tables = replace(section, blocks=(long, hidden))
    show = Presentation(io.BytesIO(write_slides(replace(made, sections=(tables,)), pictures)))
    assert [s.shapes.title.text for s in show.slides][1:] == ["En tabell (1 av 2)", "En tabell (2 av 2)"]
    feet = [{shape.name: shape for shape in slide.shapes}["Källa"].text_frame.text for slide in show.slides]
    assert [MORE_ROWS_SV in foot for foot in feet] == [False, False, True]
    every = replace(section, blocks=(replace(long, whole=True),))
    assert len(Presentation(io.BytesIO(write_slides(replace(made, sections=(every,)), pictures))).slides) > 3


def test_properties_and_every_time_in_it_are_those_of_the_results(show, content):
    about = show.core_properties
    assert (about.title, about.language, about.created) == ("Ett provdokument", "sv-SE", MADE.replace(tzinfo=None))
    books = [part for name, part in unzipped(content).items() if name.endswith(".xlsx")]
    assert len(books) == 2
    for book in books:
        assert unzipped(book)["docProps/core.xml"].count(b"2026-11-30T20:45:01Z") == 2
