"""Specifications that the browser and the report draw: whole, with their figures, and with looks that never change."""

import json

import numpy as np
import pytest
import vl_convert
from made_up_answer import LABELS, made_up

from scenarios.exhibits import marks
from scenarios.exhibits.estimated import rows
from scenarios.exhibits.marks import Series
from scenarios.exhibits.palette import looks
from scenarios.statistics.limits import FREE

TIPS = marks.tooltip((("row", "Rad"),), "Värde", "Nuläge")


def figures(replications=6):
    answer = made_up(replications)
    values = np.random.default_rng(1).normal(0, 5, (3, replications, 2)) + 3.0
    named = [{"row": "Undersköterska i hemtjänst och mer därtill", "year": 2029}, {"row": "Läkare", "year": 2030}]
    return marks.told(rows(answer, values, named, FREE), 1, "heltider")


def kinds(found, dark):
    series = Series(LABELS, dark)
    return {
        "points": marks.points(found, series, TIPS, "x", 1),
        "differences": marks.points(found, series, TIPS, "x", 1, of="difference"),
        "bars": marks.bars(found, series, TIPS, "x", 0),
        "spans": marks.spans([{**row, "required": 4.0} for row in found], series, TIPS, "x", 0),
        "years": marks.lines([{**row, "marked": True} for row in found], series, TIPS, 1, marks.years(2029, 2030)),
    }


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("replications", [1, 6])
def test_every_kind_compiles(dark, replications):
    for name, spec in kinds(figures(replications), dark).items():
        assert vl_convert.vegalite_to_vega(json.loads(json.dumps(spec))), name
        assert spec["datasets"], name


def test_a_scenario_looks_the_same_whatever_is_beside_it():
    shown = Series({"kontinuitet": "Kontinuitet"}, dark=False)
    assert shown.scale("color") == {"domain": ["Kontinuitet"], "range": [looks(["kontinuitet"])["kontinuitet"].light]}


def test_long_labels_are_parted_and_tooltips_are_swedish():
    row = figures()[0]
    assert row["row"] == "Undersköterska i\nhemtjänst och mer\ndärtill"
    assert row["value_text"].endswith(" heltider")
    assert "," in row["value_text"]


def test_bars_without_intervals_have_no_whiskers():
    found = [{**row, "low": None, "high": None} for row in figures()]
    spec = marks.bars(found, Series(LABELS, dark=False), TIPS, "x", 0)
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["bar"]


def limits(row_limits):
    found = [{**row, "month": f"2030-0{i // 3 + 1}-01"} for i, row in enumerate(figures())]
    found = [{**row, "limit": limit} for row, limit in zip(found, row_limits, strict=True)]
    spec = marks.lines(found, Series(LABELS, dark=False), TIPS, 0, marks.months())
    return next(layer for layer in spec["layer"] if layer["mark"].get("interpolate"))


def test_a_limit_that_is_the_same_for_all_is_drawn_once():
    assert limits([9, 9, 9, 8, 8, 8])["transform"][0]["filter"]["equal"] == "Nuläge"
    assert "transform" not in limits([9, 9, 10, 8, 8, 8])
