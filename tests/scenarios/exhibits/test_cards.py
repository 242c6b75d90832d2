import pytest
from markupsafe import Markup
from parsed_html import HOSTILE, Parsed, names

from scenarios.exhibits import cards


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_wherever_it_stands(text):
    heads = [cards.Head(text), cards.Head(text, "right", 40)]
    rows = [(cards.named(text, text), cards.valued(text, text) + cards.mark(text, text) + cards.foreign(text))]
    parsed = Parsed(cards.table(text, heads, rows))
    assert "script" not in names(parsed)
    assert "img" not in names(parsed)
    assert names(parsed).count("tr") == 2
    assert parsed.text.count(text) == 11


def test_a_table_keeps_its_roles_when_it_is_cards():
    parsed = Parsed(cards.table("Om", [cards.Head("A"), cards.Head("B")], [("x", "y")]))
    roles = [attributes.get("role") for _, attributes in parsed.tags if "role" in attributes]
    assert roles == ["table", "rowgroup", "row", "columnheader", "columnheader", "rowgroup", "row", "rowheader", "cell"]
    assert ("span", {"class": "nv-key"}) in parsed.tags


def test_addresses_are_links_that_open_apart():
    parsed = Parsed(cards.foreign("see https://exempel.se/a?b=1&c=2 (2019)."))
    (link,) = [attributes for tag, attributes in parsed.tags if tag == "a"]
    assert link == {"href": "https://exempel.se/a?b=1&c=2", "target": "_blank", "rel": "noopener noreferrer"}
    assert parsed.text == "see https://exempel.se/a?b=1&c=2 (2019)."
    assert parsed.tags[0] == ("span", {"lang": "en"})


@pytest.mark.parametrize("text", ["javascript:alert(1)", "https://x.se/\"onclick='a", "data:text/html,x"])
def test_what_is_no_plain_address_is_no_link(text):
    links = [attributes for tag, attributes in Parsed(cards.foreign(text)).tags if tag == "a"]
    assert all(set(link) == {"href", "target", "rel"} and link["href"] == "https://x.se/" for link in links)


def test_a_mark_is_read_out_once():
    assert 'aria-hidden="true"' in cards.mark("✓", "inom")
    assert "aria-hidden" not in cards.mark("A")
    assert cards.foreign("") == Markup()


def test_grades_differ_without_colour():
    assert len({cards.grade(letter).replace(letter, "") for letter in "ABC"}) == 3
