import pytest
from made_up_answer import made_up

from scenarios.exhibits.money import costs
from scenarios.exhibits.money.costs import ALL_PARTS, Part


def test_parts_are_the_total_the_payers_and_the_levels_where_anything_is_paid():
    assert [part.label for part in costs.parts(made_up())] == [
        "Totalt", "Regionen, allt", "Kommunerna, allt", "Primärvård, regionen", "Primärvård, kommunerna",
        "Specialiserad vård, regionen",
    ]  # fmt: skip
    assert costs.parts(made_up(details=False)) == []


def test_parts_make_up_the_total():
    found = {row["part"]: row for row in costs.by_part(made_up(), 2030) if row["name"] == "battre"}
    assert found.pop(ALL_PARTS.label)["value"] == pytest.approx(sum(row["value"] for row in found.values()))
    assert found["Primärvård, regionen"]["difference"] == pytest.approx(100.0)
    assert found["Primärvård, regionen"]["meaning"] == "sämre"


def test_both_charts_of_a_year():
    values, differences = costs.levels(made_up(), 2030), costs.level_differences(made_up(), 2030)
    assert ALL_PARTS.label in {row["part"] for row in values.rows}
    assert ALL_PARTS.label not in {row["part"] for row in values.draw(False)["datasets"]["figures"]}
    assert {row["name"] for row in differences.rows} == {"battre", "kris"}
    assert differences.draw(True)["layer"]


def test_a_part_by_year_and_the_share_of_the_complex():
    found = costs.over_time(made_up(), Part("Primärvård, regionen", "primary_care", "region"))
    assert found.title == "Modellerad kostnad: primärvård, regionen"
    assert found.rows[-2]["value"] == pytest.approx(1100.0)
    share = costs.over_time(made_up(), None)
    assert share.rows[-1]["value"] == pytest.approx(25.0)
    assert share.unit == "procent"
    assert share.draw(False)["datasets"]["figures"][0]["year"] == 2023
