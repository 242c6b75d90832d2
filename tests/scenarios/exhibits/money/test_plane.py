import json

import vl_convert
from made_up_answer import made_up

from scenarios.exhibits.money.plane import plane
from scenarios.exhibits.money.worth import GAINS


def test_every_strategy_is_a_numbered_point_with_both_intervals():
    found = plane(made_up(), GAINS[0], (2030,), "2030")
    assert [(row["number"], row["name"]) for row in found.rows] == [(1, "battre"), (2, "kris")]
    assert all(row["cost_low"] < row["cost"] < row["cost_high"] for row in found.rows)
    assert all(row["gain_low"] < row["gain"] < row["gain_high"] for row in found.rows)
    assert "1 Bättre: +" in found.alt
    assert "färre än i Nuläge" in found.note


def test_it_compiles_in_both_themes():
    found = plane(made_up(), GAINS[4], (2030,), "2030")
    for dark in (False, True):
        assert vl_convert.vegalite_to_vega(json.loads(json.dumps(found.draw(dark))))
    assert "bättre än i Nuläge" in found.note


def test_the_legend_names_the_numbers():
    spec = plane(made_up(), GAINS[0], (2030,), "2030").draw(False)
    assert [row["legend"] for row in spec["datasets"]["figures"]] == ["1  Bättre", "2  Kris <i>svår</i>"]
