"""The one table in HTML."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup
from parsed_html import HOSTILE, Parsed, names

from scenarios.exhibits.html_table import cell, column_head, joined, key, row, row_head, swatch, table

HERE = Path(__file__).parents[3] / "scenarios"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_wherever_it_stands(text):
    cells = (row_head(text), cell(key(text, block=True) + text, text))
    parsed = Parsed(table([column_head(text, text)], [row(cells, text)], text, text, text))
    assert "script" not in names(parsed)
    assert "img" not in names(parsed)
    assert names(parsed).count("tr") == 2
    assert parsed.text.count(text) == 5


def test_markup_stays_as_it_is():
    assert cell(Markup("<b>x</b>")) == '<td role="cell"><b>x</b></td>'
    assert swatch("#ff0000") + "<" == (
        '<span class="nv-swatch" style="background:#ff0000" aria-hidden="true"></span>&lt;'
    )
    assert joined([]) == ""


def test_only_what_is_told_is_an_attribute():
    assert "class" not in table([column_head("a")], [row([row_head("b"), cell("c")])])
    assert 'colspan="2" class="nv-not"' in cell("c", "nv-not", columns=2)
    assert 'style="width:20%"' in column_head("a", share=20)
    assert 'aria-label="Tavlan"' in table([], [], label="Tavlan")


def test_no_other_table_is_written():
    others = [
        str(file.relative_to(HERE))
        for file in HERE.rglob("*.py")
        if re.search(r"<(table|thead|tr|td|th)[ >]", file.read_text(encoding="utf-8"))
    ]
    assert others == ["exhibits/html_table.py"]
