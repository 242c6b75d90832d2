import unicodedata

import pytest

from scenarios.text.outside import composed, folded, is_line, is_text, looks


def test_letters_come_composed():
    assert composed(unicodedata.normalize("NFD", "Mönsterås")) == "Mönsterås"
    assert folded(unicodedata.normalize("NFD", " MÖNSTERÅS ")) == folded("Mönsterås")


def test_what_looks_the_same_is_the_same():
    assert looks("Nuläge") == looks(" nula\u0308ge\u00a0") != looks("Nulage")


@pytest.mark.parametrize("text", ["", "  ", "\n", "a\x1b[2J", "a\u202eb", "a\u2028b", "a\tb", "a\u200bb", "a\ud800"])
def test_what_cannot_be_shown_as_it_stands_is_no_text(text):
    assert not is_text(text)
    assert not is_line(text)


def test_a_line_is_one():
    assert is_text("Rad 1\nRad 2")
    assert not is_line("Rad 1\nRad 2")
    assert is_line("Åldrande, 80+ (tätort)")
