import gzip
import time
import unicodedata

import pytest

from scenarios.running.engine import load_region
from scenarios.strategies.draft import Draft
from scenarios.strategies.library import library
from scenarios.strategies.scenario import read_strategy
from scenarios.strategies.upload import MOST_TOLD, UploadError, read_upload
from scenarios.text.strict_yaml import MAX_BYTES


@pytest.mark.parametrize("name", library())
def test_a_file_of_the_library_is_read(name):
    place = library()[name]
    assert read_upload(place.name, place.read_bytes(), load_region("kalmar")) == read_strategy(place)


def test_what_was_downloaded_can_be_sent_back():
    draft = Draft.of(read_strategy(library()["kontinuitet"])).with_value("beds", 1.1)
    assert read_upload(draft.file_name, draft.document().encode()) == draft.strategy
    assert read_upload("utf8-bom.yaml", b"\xef\xbb\xbf" + draft.document().encode()) == draft.strategy


LEVELS = 30
ALIASES = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, LEVELS))
HOSTILE = {
    "oversize": (b"a" * (MAX_BYTES + 1), "för stor"),
    "oversize by far": (b"\0" * 3_000_000, "för stor"),
    "empty": (b"", "tabell"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "inte UTF-8"),
    "zip called YAML": (b"PK\x03\x04" + b"\x00" * 40, "NUL"),
    "gzip": (gzip.compress(b"name: x"), "inte UTF-8"),
    "UTF-16": ("name: x".encode("utf-16"), "inte UTF-8"),
    "NUL": (b"name: a\0b", "NUL"),
    "nested": (b"[" * 100_000, "nästling"),
    "nested blocks": (b"- " * 100_000, "nästling"),
    "nested mappings": (b"{a: " * 60_000, "nästling"),
    "aliases": (ALIASES.encode(), "ankare och alias"),
    "merge": (b"a: &a {b: 1}\n<<: *a", "ankare och alias"),
    "tag": (b"!!python/object/apply:os.system ['ls']", "taggar"),
    "many keys": (b"".join(b"k%d: 1\n" % n for n in range(30_000))[:MAX_BYTES], "för många värden"),
    "many levers": (b"levers: [" + b"{lever: a}," * 20_000 + b"]", "för många värden"),
    "many faults": (b"".join(b"k%d: 1\n" % n for n in range(1_500)), "problem till"),
    "many settings": (b"levers: [" + b"{lever: bed}," * 900 + b"]", "problem till"),
    "many places": (b"levers: [{lever: beds, value: 1.1, reach: {municipalities: ["
                    + b",".join(b"Kal%d" % n for n in range(3_000)) + b"]}}]", "problem"),
    "two documents": (b"---\na: 1\n---\nb: 2\n", "inte giltig YAML"),
    "HTML": (b"<html><script>alert(1)</script></html>", "tabell"),
    "JSON of something else": (b'{"name": "../../x", "levers": 1}', "fel form"),
    "text": (b"hej", "tabell"),
    "long quote": (b"a: \"" + b"\\n" * 120_000 + b"\"", "okänd"),
    "blank lines": (b"\n" * 250_000, "tabell"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_strategy_is_one_swedish_message_and_soon(case, record_property):
    content, words = HOSTILE[case]
    began = time.process_time()
    with pytest.raises(UploadError) as caught:
        read_upload("min plan.yaml", content, load_region("kalmar"))
    spent = time.process_time() - began
    record_property("refused_after", round(spent, 2))
    assert words in caught.value.text()
    assert caught.value.text().startswith("Filen går inte att använda")
    assert len(caught.value.problems) <= MOST_TOLD + 1
    assert spent < 3.0  # a second on a quiet machine; a bomb would take minutes


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\0b", "con", "x\n1. falskt", "<b>", "", "a" * 5000])
def test_the_name_of_a_file_is_only_ever_repeated(name):
    with pytest.raises(UploadError) as caught:
        read_upload(name, b"name: [")
    told = caught.value.text()
    assert "\0" not in told
    assert len(told.splitlines()) == 2
    assert len(told) < 600


def test_what_is_called_as_one_of_the_library_and_is_another_is_refused():
    text = library()["kontinuitet"].read_text(encoding="utf-8").replace("value: 1.5", "value: 1.6")
    with pytest.raises(UploadError, match="namnet hör till ett av bibliotekets scenarier"):
        read_upload("kontinuitet.yaml", text.encode())


def test_letters_of_a_file_are_composed():
    text = library()["kontinuitet"].read_text(encoding="utf-8").replace("name: kontinuitet", "name: min")
    reach = "    reach: {municipalities: [Mönsterås]}\n"
    text = text.replace("levers:\n", f"levers:\n  - lever: beds\n    value: 1.1\n{reach}")
    decomposed = unicodedata.normalize("NFD", text).encode()
    strategy = read_upload("min.yaml", decomposed, load_region("kalmar"))
    assert strategy == read_upload("min.yaml", text.encode())
    assert strategy.levers[0].reach.municipalities == ("Mönsterås",)
