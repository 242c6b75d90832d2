import base64
import json
import re
import zlib
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.levers.registry import LEVERS
from scenarios.running.engine import load_region
from scenarios.strategies.draft import Draft
from scenarios.strategies.library import BASELINE, find_strategies, library
from scenarios.strategies.link import LONGEST_LINK, MOST_UNPACKED, LinkError, decode, encode

LIBRARY = {strategy.name: strategy for strategy in find_strategies(library())}
EMPTY = Draft.of(LIBRARY[BASELINE])
GOOD = {"base": "nulage", "name": "a", "levers": [{"lever": "beds", "value": 1.1}]}


def packed(content, raw=False):
    text = content if raw else json.dumps(content)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(text if isinstance(text, bytes) else text.encode()) + packer.flush()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize("name", library())
def test_every_strategy_of_the_library_comes_back_and_is_short(name):
    draft = Draft.of(LIBRARY[name])
    assert decode(encode(draft), load_region("kalmar")) == draft
    assert len(encode(draft)) < 1000


@pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))
def test_every_lever_comes_back(lever):
    draft = EMPTY.with_value(lever.name, lever.high if lever.high != lever.neutral else lever.low)
    draft = draft.with_start(lever.name, date(2029, 1, 1)).with_texts(rationale="Därför: “ja” 😀\nnej")
    if "municipality" in lever.reach:
        draft = draft.with_reach(lever.name, {"municipalities": ("Kalmar", "0821")})
    assert decode(encode(draft)) == draft
    assert re.fullmatch(r"[A-Za-z0-9_-]+", encode(draft))


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from(list(LEVERS)), st.integers(0, 20), max_size=len(LEVERS)),
    st.text(max_size=160),
    st.text(max_size=500),
    st.none() | st.floats(0, 1e6),
)
def test_whatever_can_be_made_comes_back(steps, label, rationale, budget):
    draft = EMPTY.with_budget(budget).with_texts(label=label, rationale=rationale)
    for name, count in steps.items():
        lever = LEVERS[name]
        draft = draft.with_value(name, min(lever.low + (lever.high - lever.low) * count / 20, lever.high))
    assert decode(encode(draft)) == draft


def test_a_link_means_the_same_when_nothing_is_known_of_what_it_was_made_from():
    draft = Draft(EMPTY.with_value("beds", 1.1).strategy, "en-sparad")
    assert decode(encode(draft)) == draft


def test_a_scenario_that_does_not_fit_is_refused_with_what_to_do():
    question, rationale = (" ".join(sha256(bytes([n, m])).hexdigest() for m in range(60)) for n in range(2))
    long = EMPTY.with_value("beds", 1.1).with_texts(question=question, rationale=rationale)
    with pytest.raises(LinkError, match="korta texterna, eller ladda ner filen"):
        encode(long)


HOSTILE = {
    "empty": ("", "tom"),
    "not ours": ("../../etc/passwd", "tecken som inte hör dit"),
    "html": ("<script>alert(1)</script>", "tecken som inte hör dit"),
    "NUL": ("abc\0", "tecken som inte hör dit"),
    "newline": ("abc\n", "tecken som inte hör dit"),
    "too long": ("A" * (LONGEST_LINK + 1), "för lång"),
    "no base64": ("A", "skadad"),
    "no deflate": ("AAAA", "skadad"),
    "random": ("Zm9vYmFy", "skadad"),
    "cut off": (encode(Draft.of(LIBRARY["malbild-2030"]))[:-9], "skadad"),
    "more behind": (encode(EMPTY.with_value("beds", 1.1)) + "AAAA", "skadad"),
    "no JSON": (packed("hej", raw=True), "skadad"),
    "no UTF-8": (packed(b"\xff\xfe", raw=True), "skadad"),
    "a list": (packed([1]), "skadad"),
    "a number of many digits": (packed('{"a": ' + "9" * 9000 + "}", raw=True), "skadad"),
    "a key twice": (packed('{"base": "nulage", "base": "x"}', raw=True), "skadad"),
    "deep": (packed("[" * 60000, raw=True), "skadad"),
    "deep and whole": (packed({"a": json.loads("[" * 100 + "]" * 100)}), "för många värden"),
    "wide": (packed({"levers": [0] * 20000}), "för många värden"),
    "bomb": (packed(b"[" + b" " * 3_000_000 + b"]", raw=True), "packas upp"),
    "base as path": (packed(GOOD | {"base": "../x"}), "fel form"),
    "base no text": (packed(GOOD | {"base": 5}), "fel form"),
    "unknown lever": (packed(GOOD | {"levers": [{"lever": "bed", "value": 1.1}]}), 'Menade du "beds"'),
    "out of bounds": (packed(GOOD | {"levers": [{"lever": "beds", "value": 9}]}), "utanför gränserna"),
    "not finite": (packed('{"name": "a", "levers": [{"lever": "beds", "value": NaN}]}', raw=True), "ändligt tal"),
    "overflow": (packed('{"name": "a", "levers": [{"lever": "beds", "value": 1e999}]}', raw=True), "ändligt tal"),
    "huge": (packed(GOOD | {"levers": [{"lever": "beds", "value": 10**400}]}), "tal"),
    "text for a number": (packed(GOOD | {"levers": [{"lever": "beds", "value": "1.1"}]}), "måste vara ett tal"),
    "no date": (packed(GOOD | {"levers": [{"lever": "beds", "value": 1.1, "start": "2027-02-30"}]}), "ett datum"),
    "no list": (packed(GOOD | {"levers": "beds"}), "en lista"),
    "no lever": (packed(GOOD | {"levers": [None]}), "en tabell"),
    "extra": (packed(GOOD | {"__class__": "os.system"}), "nyckeln är okänd"),
    "label of lines": (packed(GOOD | {"label_sv": "a\0b\x1b[31m"}), "styrtecken"),
    "surrogate": (packed('{"name": "a", "label_sv": "\\ud800", "levers": []}', raw=True), "tecken som inte finns"),
    "place": (packed(GOOD | {"levers": [{"lever": "gp_posts", "value": 1.1,
                                         "reach": {"municipalities": ["Kalmr"]}}]}), 'Menade du "Kalmar"'),
    "many faults": (packed(GOOD | {f"key{n}": n for n in range(300)}), "problem till"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_good_link_is_one_swedish_message(case):
    text, words = HOSTILE[case]
    with pytest.raises(LinkError) as caught:
        decode(text, load_region("kalmar"))
    assert words in caught.value.text()
    assert caught.value.text().startswith("Länken går inte att använda")
    assert len(caught.value.text()) < 5000


@given(st.text(alphabet="ABCabc012_-", max_size=80) | st.text(max_size=40))
def test_any_text_is_a_draft_or_refused(text):
    with pytest.raises(LinkError):
        decode(text)


_plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
_any = st.recursive(_plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner))


@given(_any)
def test_any_content_in_the_place_of_something_is_refused_in_swedish(content):
    wrong = [content, GOOD | {"levers": [content]}, GOOD | {"groups": [content]}, GOOD | {"name": [content]}]
    for placed in wrong:
        with pytest.raises(LinkError) as caught:
            decode(packed(placed))
        assert "Input" not in caught.value.text()


def test_the_limit_on_what_is_unpacked_is_above_what_fits():
    assert MOST_UNPACKED > 5 * LONGEST_LINK


def test_a_link_is_never_taken_for_one_of_the_library():
    for name, label in (("nulage", "Eget scenario"), ("kontinuitet", "Kontinuitet, ändrad")):
        draft = decode(packed({"base": name, "name": name, "levers": [{"lever": "beds", "value": 1.1}]}))
        assert draft.name not in library()
        assert draft.strategy.label_sv == label
        assert draft.strategy.levers[0].value == 1.1


def test_letters_of_a_link_are_composed():
    content = GOOD | {
        "levers": [{"lever": "beds", "value": 1.1, "reach": {"municipalities": ["Mo\u0308nstera\u030as"]}}]
    }
    draft = decode(packed(content), load_region("kalmar"))
    assert draft.strategy.levers[0].reach.municipalities == ("Mönsterås",)
