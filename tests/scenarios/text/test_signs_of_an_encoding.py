"""What a terminal cannot show is written with what it can: a minus stays a minus in every encoding."""

import pytest

from scenarios.text.signs import holds, transliterated

ENCODINGS = ("cp1252", "ascii", "latin-1", "cp850", "cp437", "cp865", "iso8859-15", "mac-roman", "utf-8", "utf-16")
SAID = "−36,0 − 47,8 till −24,2 → ▲▲ ▼ ► – … 1\u00a0234 × ≤ åäö ÅÄÖ é ø ─┼ „så” 🙂 \udce5 漢"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_sign_is_written_in_every_encoding(encoding):
    written = transliterated(SAID, encoding)
    assert holds(written, encoding)
    assert "?36" not in written
    assert written.startswith(("−36", "–36", "-36"))


def test_signs_become_those_that_are_most_like_them():
    assert transliterated("−36,0 → ▲▲ ▼ ►", "cp1252") == "–36,0 -> ^^ v >"
    assert transliterated("−36,0 … 1\u00a0234 åäö", "latin-1") == "-36,0 ... 1\u00a0234 åäö"
    assert transliterated("−5 till –3, å ä ö Å é ø ß", "ascii") == "-5 till -3, a a o A e o ss"
    assert transliterated("1\u00a0234 ─┼", "ascii") == "1 234 ++"
    assert transliterated("漢 \udce5", "ascii") == "? ?"
    assert transliterated(SAID.replace("\udce5", ""), "utf-8") == SAID.replace("\udce5", "")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "cp850"])
def test_columns_stay_where_they_are(encoding):
    table = "−36,0 – 1\u00a0234 ▲▲ ▼ ► åäö"
    assert len(transliterated(table, encoding)) == len(table)
