import math

from scenarios.documents.spread_chart import SpreadLine, spread_exhibit


def test_a_place_lies_between_the_lowest_and_the_highest():
    spread = SpreadLine("Väntan (dagar)", 1, (2.0, 8.0, math.nan, 5.0), 3)
    assert spread.ends == (2.0, 8.0)
    assert spread.rank == 2
    exhibit = spread_exhibit("prov", "Bland länets", [spread])
    assert exhibit.rows == [{"measure": "Väntan (dagar)", "own": 5.0, "low": 2.0, "high": 8.0, "rank": 2}]
    assert exhibit.alt == "Bland länets. Väntan (dagar) 5,0 (länet 2,0 till 8,0)."
    others, own, ends = exhibit.draw(False)["layer"]
    assert [point["at"] for point in own["data"]["values"]] == [0.5]
    assert [point["at"] for point in others["data"]["values"]] == [0.0, 1.0]
    assert [end["text"] for end in ends["data"]["values"]] == ["2,0", "8,0"]


def test_what_is_not_known_of_the_place_is_left_out():
    assert spread_exhibit("prov", "Titel", [SpreadLine("A", 0, (1.0, math.nan), 1)]).rows == []


def test_places_that_are_all_alike_are_drawn_at_one_point():
    exhibit = spread_exhibit("prov", "Titel", [SpreadLine("A", 0, (1.0, 1.0), 0)])
    assert {p["at"] for layer in exhibit.draw(False)["layer"][:2] for p in layer["data"]["values"]} == {0.0}
