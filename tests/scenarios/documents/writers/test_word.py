import io
from dataclasses import replace

import docx
import pytest
from document_examples import HOSTILE, MADE
from docx.oxml.ns import qn

from scenarios.documents.writers.word import opened, write_word
from scenarios.documents.writers.word_styles import FOOT_STYLE, WORD_STYLES
from scenarios.text.problems import InputError


@pytest.fixture(scope="module")
def content(made, pictures):
    return write_word(made, pictures)


@pytest.fixture(scope="module")
def file(content):
    return docx.Document(io.BytesIO(content))


def test_headings_stand_in_order_by_styles_of_the_template(file):
    heads = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert heads == [
        ("Title", "Ett provdokument"), ("Heading 1", "Första avsnittet"), ("Heading 1", "Andra avsnittet"),
        ("Heading 2", "En underrubrik"), ("Heading 1", "Bilagan"),
    ]  # fmt: skip
    assert {paragraph.style.name for paragraph in file.paragraphs} <= set(WORD_STYLES)


def test_language_properties_and_page_numbers(file, made):
    language = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "sv-SE"
    about = file.core_properties
    assert (about.title, about.language, about.author) == (made.title, "sv-SE", "Nära vård 2030")
    assert about.created == about.modified == MADE
    assert " PAGE " in file.sections[0].footer._element.xml


def test_pictures_have_alternative_texts(file, made):
    alts = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert alts == [picture.exhibit.alt for picture in made.pictures()]


def test_tables_repeat_their_head_and_are_named(file):
    table = next(t for t in file.tables if t.cell(0, 0).text == "Mått")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "En tabell"
    assert table.cell(2, 0).text == HOSTILE.replace("\x07", "")


def test_the_foot_stands_below_every_figure_and_table(file, made):
    feet = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == FOOT_STYLE]
    assert feet == [made.foot] * 4  # the title page too


def test_a_page_of_its_own_begins_one(made, pictures):
    sections = tuple(replace(section, own_page=True) for section in made.sections)
    alone = write_word(replace(made, sections=sections, front=False), pictures)
    heads = [p for p in docx.Document(io.BytesIO(alone)).paragraphs if p.style.name == "Heading 1"]
    assert [bool(p.paragraph_format.page_break_before) for p in heads] == [False, True, True]


def test_another_template_is_taken_and_what_is_written_in_it_is_not(made, pictures, content):
    again = write_word(made, pictures, on=content)
    assert len(docx.Document(io.BytesIO(again)).paragraphs) == len(docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize("content", [b"no zip", b""])
def test_a_template_that_is_none_is_refused(content):
    with pytest.raises(InputError, match="går inte att läsa"):
        opened(content)


def test_a_template_without_the_styles_is_refused_with_their_names():
    stream = io.BytesIO()
    docx.Document().save(stream)
    with pytest.raises(InputError, match=r"saknar formatmallar: Ingress.*Tabell Nära vård"):
        opened(stream.getvalue())
