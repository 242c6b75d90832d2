import pytest

from scenarios.text.search import LONGEST_SEARCH, MOST_WORDS, fold, found, haystack, words


@pytest.mark.parametrize(
    ("typed", "text"),
    [("LÄKARE", "läkare"), ("lakare", "Läkare på hälsocentral"), ("halsocentral", "Läkare på hälsocentral"),
     ("é", "e"), ("hälso", "HALSO")],
)  # fmt: skip
def test_case_and_dots_make_no_difference(typed, text):
    assert found(fold(text), words(typed))


def test_every_word_must_be_there_in_any_order():
    hay = haystack(["Hemsjukvårdspatienter", "Kalmar län"])
    assert found(hay, words("kalmar hemsjukvard"))
    assert not found(hay, words("kalmar sjukhus"))
    assert found(hay, words("   "))
    assert not found(haystack(["ab", "cd"]), words("abcd"))


@pytest.mark.parametrize("typed", ["x" * 10_000, "a " * 5_000, "\x00\ud800", "(((", "%_*'\"<script>"])
def test_hostile_searches_are_text_and_short(typed):
    assert len(words(typed)) <= MOST_WORDS
    assert sum(map(len, words(typed))) <= LONGEST_SEARCH
    assert not found(fold("sjuksköterska"), (*words(typed), "x"))
