import numpy as np
import pytest
from made_up_answer import made_up

from scenarios.exhibits.estimated import columns, coordinate, listed, rows, variable
from scenarios.exhibits.exhibit import Column
from scenarios.statistics.limits import FREE

PLACES = [{"row": "A"}, {"row": "B"}]


def table(answer):
    values = np.zeros((3, answer.replications, 2))
    values[1, :, 0] = 5.0 + 0.01 * np.arange(answer.replications)
    values[2, :, 1] = np.nan
    return rows(answer, values, PLACES, FREE, "down")


def test_rows_come_by_place_and_then_scenario_without_what_is_not_known():
    found = table(made_up())
    assert [(row["row"], row["name"]) for row in found] == [
        ("A", "nulage"), ("A", "battre"), ("A", "kris"), ("B", "nulage"), ("B", "battre"),
    ]  # fmt: skip


def test_a_sure_difference_is_named_and_the_baseline_has_none():
    today, other, *_ = table(made_up())
    assert today["difference"] is None
    assert today["meaning"] == ""
    assert other["difference"] == pytest.approx(5.025)
    assert other["difference_low"] < 5.025 < other["difference_high"]
    assert other["meaning"] == "sämre"


def test_one_replication_has_no_bounds_and_no_verdict():
    found = table(made_up(replications=1))
    assert found[1]["low"] is None
    assert found[1]["meaning"] == "utan intervall"


def test_the_columns_show_every_field_of_the_rows():
    shown = columns((Column("row", "Plats"),), "Gap", "heltider", 1, "Nuläge")
    assert {column.field for column in shown} == set(table(made_up())[0]) - {"name"}
    assert shown[1].title == "Scenario"


def test_a_text_lists_the_first_and_counts_the_rest():
    text = listed(table(made_up()), "row", 1, most=2)
    assert text == "A, Nuläge: 0,0; A, Bättre: 5,0; och 3 rader till i tabellen."


def test_what_was_not_kept_is_nothing():
    assert variable(made_up(details=False), "cost") is None
    assert variable(made_up(), "no_such") is None
    assert coordinate(made_up(details=False), "year") == []
    assert coordinate(made_up(), "payer") == ["region", "municipality"]
