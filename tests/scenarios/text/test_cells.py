import csv
import io
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from scenarios.text.cells import LONGEST_CELL, plain, swedish_csv, value_of, written
from scenarios.text.exits import harmless, looks_like_formula


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\n@x", "＝1"])
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text):
    assert looks_like_formula(text)
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Nuläge", "−5 till 3", "1+1", "a=b", ""])
def test_other_text_is_left_alone(text):
    assert harmless(text) == text


def test_control_characters_and_turned_text_go_and_lines_stay():
    assert plain("a\x00b\x1b[31m\u202ec\r\nd\te\ud800") == "ab[31mc\nd\te"
    assert len(plain("x" * 40_000)) == LONGEST_CELL


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (None, None), (float("nan"), None), (float("inf"), None), (pd.NaT, None), (np.float64("nan"), None),
        (np.int64(3), 3), (np.float32(0.5), 0.5), (True, "ja"), (np.bool_(False), "nej"), ("x\x00", "x"),
        (date(2030, 1, 2), date(2030, 1, 2)),
    ],
)  # fmt: skip
def test_a_cell_holds_numbers_text_dates_or_nothing(given, value):
    assert value_of(given) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234.5, "1234,5"), (2030, "2030"), (-0.25, "-0,25"), (None, ""), ("=1", "'=1"), (date(2030, 1, 2), "2030-01-02"),
     (datetime(2030, 1, 2, 3, 4), "2030-01-02 03:04")],
)  # fmt: skip
def test_values_are_written_for_a_swedish_excel(value, text):
    assert written(value) == text


def test_csv_has_semicolons_and_a_mark():
    content = swedish_csv(["Namn", "Värde"], [["a;b", 1.5], ['=cmd|"x"', np.nan]])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Namn", "Värde"], ["a;b", "1,5"], ['\'=cmd|"x"', ""]]
