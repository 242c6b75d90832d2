import pytest
from read_markdown import as_read

from scenarios.text.exits import bullets, linked, literal, numbered

HOSTILE = [
    "[Logga in igen](http://evil.example/login)", "![p](http://127.0.0.1:8765/p.png)", "**fet** *kursiv* ~~struken~~",
    "`kod`",
    "<b>x</b> &amp; <script>", ":material/lock: :heart: :red[x] $x$", "a -> b <- c -- d >= e", "1. punkt", "# rubrik",
    "www.evil.example", "a@evil.example", "HTTPS://EVIL.EXAMPLE", "- punkt", "> citat", "| a | b |",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_read_as_it_stands(text):
    assert as_read(literal(text)) == text


@pytest.mark.parametrize("address", ["http://evil.example", "www.evil.example", "a@evil.example", ":material/lock:"])
def test_nothing_that_is_looked_for_in_the_text_is_left_in_one_piece(address):
    assert address not in literal(address).replace("\\", "")


def test_lists_have_an_item_a_text():
    assert bullets(["a\nb", "c*"]) == "- a b\n- c\\*"
    assert numbered(["a", "1. b"]) == "1. a\n2. 1\\. b"


def test_addresses_of_our_own_are_links():
    text = "Se *x* https://a.se/b_c. Och y."
    assert linked(text) == r"Se \*x\* [https\://a\.se/b\_c](https://a.se/b_c)\. Och y\."
    assert as_read(linked(text)) == text
    assert linked("inget") == "inget"
