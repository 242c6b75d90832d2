import pytest
from made_up_answer import made_up

from scenarios.exhibits.capacity import staffing
from scenarios.places.names import units_of


@pytest.fixture
def units(county):
    return units_of(county)


def test_places_are_all_together_by_municipality_and_one_by_one(units):
    labels = [place.label for place in staffing.places(units, "centre")]
    assert labels[0] == "Alla hälsocentraler"
    assert "Hälsocentralerna i Kalmar" in labels
    assert "Hälsocentralerna i Högsby" not in labels, "it has one, which stands for itself"
    assert labels[-1] == "Hälsocentral Borgholm 2"
    assert len(staffing.places(units, "hospital")) == 4


def test_the_gap_is_what_is_needed_less_who_is_employed(units):
    found = staffing.by_profession(made_up(), 2030, staffing.whole(units, "hospital"))
    assert [row["profession"] for row in found[::3]] == [
        "Sjukhusläkare", "Sjuksköterska på sjukhus", "Undersköterska på sjukhus", "Läkare i psykiatri",
        "Vårdpersonal i psykiatri",
    ]  # fmt: skip
    today, better, crisis = found[:3]
    assert (today["gap"], better["gap"], crisis["gap"]) == pytest.approx((6.0, 3.0, 15.0), abs=1e-6)
    assert today["required"] - today["available"] == pytest.approx(today["gap"])
    assert (better["difference"], better["meaning"]) == (pytest.approx(-3.0), "bättre")
    assert crisis["meaning"] == "sämre"


def test_both_charts_have_the_same_table_with_need_and_supply(units):
    place = staffing.whole(units, "centre")
    supply, gaps = staffing.supply(made_up(), 2030, place), staffing.gaps(made_up(), 2030, place)
    assert supply.rows == gaps.rows
    assert [column.title for column in gaps.columns][:5] == ["Yrke", "Scenario", "Behov", "Anställda", "Gap"]
    assert "Läkare på hälsocentral, Nuläge: behov" in supply.alt
    assert supply.draw(False)["datasets"]
    assert gaps.draw(True)["datasets"]


def test_places_are_ordered_by_the_gap_of_the_scenario_looked_at(units):
    at = staffing.by_town(units)
    found = staffing.at_places(made_up(), 2030, "gp", at, ["nulage", "battre"])
    assert {row["name"] for row in found.rows} == {"nulage", "battre"}
    sizes = [row["value"] for row in found.rows if row["name"] == "battre"]
    assert sizes == sorted(sizes, reverse=True)
    assert found.rows[0]["place"] == "Hälsocentralerna i Kalmar"
    assert found.rows[0]["row"] == "Kalmar"
    assert found.draw(False)["layer"]


@pytest.mark.parametrize("measure", staffing.STAFF_MEASURES, ids=lambda measure: measure.name)
def test_every_measure_is_followed_by_year(measure, units):
    found = staffing.over_time(made_up(), measure, "home_help", staffing.whole(units, "municipality"))
    assert [row["year"] for row in found.rows[::3]] == list(range(2023, 2031))
    assert found.draw(False)["datasets"]["figures"][0]["year"] == 2023


def test_flows_and_sick_leave_are_their_own(units):
    place = staffing.whole(units, "municipality")
    last = {
        measure.name: staffing.over_time(made_up(), measure, "gp", place).rows[-1]["value"]
        for measure in staffing.STAFF_MEASURES
    }
    assert last["flow_retired"] == 2.0
    assert last["flow_hired"] == 4.0
    assert last["sick_leave"] == pytest.approx(7.0)


def test_without_details_nothing_is_shown(units):
    answer = made_up(details=False)
    assert staffing.by_profession(answer, 2030, staffing.whole(units, "centre")) == []
    assert staffing.at_places(answer, 2030, "gp", staffing.by_town(units), ["nulage"]).rows == []
