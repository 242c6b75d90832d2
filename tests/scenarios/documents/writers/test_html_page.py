from document_examples import HOSTILE
from lxml import html

from scenarios.documents.writers.html_page import write_html


def page(made, pictures):
    content = write_html(made, pictures)
    return content.decode(), html.fromstring(content)


def test_it_is_one_semantic_page_in_swedish(made, pictures):
    _, tree = page(made, pictures)
    assert tree.get("lang") == "sv-SE"
    assert tree.findtext(".//title") == made.title
    assert [h.text for h in tree.iter("h1", "h2", "h3")] == [
        "Ett provdokument", "Första avsnittet", "Andra avsnittet", "En underrubrik", "Bilagan",
    ]  # fmt: skip
    assert len(tree.findall(".//main")) == len(tree.findall(".//nav")) == 1


def test_nothing_is_fetched_from_elsewhere(made, pictures):
    text, tree = page(made, pictures)
    links = {value for element in tree.iter() for name, value in element.items() if name in ("src", "href")}
    assert all(link.startswith(("#", "data:")) for link in links)
    assert "url(" not in text
    assert tree.findall(".//script") == []


def test_pictures_have_alternative_texts(made, pictures):
    _, tree = page(made, pictures)
    assert [image.get("alt") for image in tree.iter("img")] == [picture.exhibit.alt for picture in made.pictures()]


def test_tables_have_heads_and_captions(made, pictures):
    _, tree = page(made, pictures)
    (table,) = tree.iter("table")
    assert table.findtext("caption") == "En tabell"
    assert [cell.get("scope") for cell in table.iter("th")] == ["col", "col", "row", "row"]


def test_texts_stand_as_they_are(made, pictures):
    text, tree = page(made, pictures)
    assert "<script>" not in text
    assert any(HOSTILE.replace("\x07", "") in (item.text or "") for item in tree.iter("li"))


def test_the_foot_stands_below_every_figure_and_table(made, pictures):
    _, tree = page(made, pictures)
    assert [foot.text for foot in tree.find_class("foot")] == [made.foot] * 3
