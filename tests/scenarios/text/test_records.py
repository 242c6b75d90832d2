"""Records as JSON and CSV for programs."""

import csv
import io
import json
import math
from dataclasses import dataclass

import pytest

from scenarios.text.records import csv_text, json_text, to_csv, to_json


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    value: float | None
    places: tuple[tuple[str, float], ...] = ()


SAMPLES = (Sample("Mönsterås", 1.5, (("a", 1.0),)), Sample('"till, och"', None))


def test_json_is_a_list_of_every_field_and_null_where_nothing_is_known():
    text = to_json(SAMPLES)
    assert json.loads(text)[1] == {"name": '"till, och"', "value": None, "places": []}
    assert "Mönsterås" in text
    assert text.startswith('[\n  {\n    "name"')


def test_json_has_no_number_that_is_none():
    with pytest.raises(ValueError, match="JSON"):
        json_text({"value": math.nan})


def test_csv_has_a_header_and_nothing_where_nothing_is_known():
    text = to_csv(SAMPLES, Sample, {"places": len})
    assert list(csv.reader(io.StringIO(text))) == [
        ["name", "value", "places"], ["Mönsterås", "1.5", "1"], ['"till, och"', "", "0"],
    ]  # fmt: skip
    assert to_csv([], Sample) == "name,value,places\n"


def test_every_cell_and_heading_passes_the_gate():
    assert csv_text(["=a", "b"], [["=c", 1]], lambda value: f"'{value}", ";", "\r\n") == "'=a;'b\r\n'=c;'1\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "  =1"])
def test_no_text_is_a_formula_in_a_spreadsheet(text):
    assert next(csv.reader(io.StringIO(csv_text([text], [])))) == [f"'{text}"]
    assert csv_text(["a"], [[-1.5], ["a=b"]]) == "a\n-1.5\na=b\n"
