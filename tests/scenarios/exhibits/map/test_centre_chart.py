"""The health centres of a municipality, with what is assumed of them."""

import altair as alt
import pytest
import vl_convert
from placed_values import LABELS, made_up

from scenarios.exhibits.map.centre_chart import ASSUMED_SV, centres_exhibit, centres_of, short_name
from scenarios.exhibits.map.place_rows import View
from scenarios.findings.place_figures import place_figures
from scenarios.measures.figure import BY_CENTRE
from scenarios.measures.figures import FIGURES


def exhibit_of(county, municipality="0880", shows="value", scenario="kontinuitet", replications=4):
    figures = place_figures(made_up(county, replications), FIGURES[BY_CENTRE]["waiting_days"], "nulage")
    names = dict(zip(county.centres, county.centre_names, strict=True))
    return centres_exhibit(figures, county, View(scenario, 2030, shows, LABELS, names, municipality), "Kalmar")


def test_every_health_centre_belongs_to_one_municipality(county):
    found = [code for town in county.municipalities for code in centres_of(county, town)]
    assert sorted(found) == sorted(county.centres)
    assert centres_of(county, "9999") == ()


def test_the_word_for_a_health_centre_is_said_once():
    assert short_name("Hälsocentralen Kristineberg") == "Kristineberg"
    assert short_name("Hälsocentral Kalmar 1") == "Kalmar 1"
    assert short_name("Cityläkarna") == "Cityläkarna"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("shows", ["value", "difference"])
@pytest.mark.parametrize("municipality", ["0880", "0834", "9999"])
def test_it_is_valid_and_can_be_drawn(county, dark, shows, municipality):
    exhibit = exhibit_of(county, municipality, shows)
    spec = exhibit.draw(dark)
    alt.Chart.from_dict(spec)
    svg = vl_convert.vegalite_to_svg({**spec, "width": 340})
    for code in centres_of(county, municipality):
        assert short_name(county.centre_names[county.centres.index(code)]) in svg


def test_values_are_beside_those_of_what_is_compared_with(county):
    exhibit = exhibit_of(county)
    assert exhibit.scenarios == ("nulage", "kontinuitet")
    assert len(exhibit.rows) == 22
    assert exhibit_of(county, scenario="nulage").scenarios == ("nulage",)


def test_a_difference_that_is_not_sure_is_hollow(county):
    rows = exhibit_of(county, shows="difference").draw(False)["data"]["values"]
    points = {row["centre"]: row["filled"] for row in rows}
    assert points["Kalmar 1"]  # made up: five days more there
    assert not all(points.values())
    assert "Ihåliga" in exhibit_of(county, shows="difference").note


def test_one_replication_gives_points_without_a_line(county):
    rows = exhibit_of(county, replications=1).draw(False)["data"]["values"]
    assert all(row["low"] == row["value"] == row["high"] for row in rows)
    assert all(row["interval_text"] == "–" for row in rows)


def test_what_is_assumed_is_said_and_the_lists_are_in_the_table(county):
    exhibit = exhibit_of(county)
    assert ASSUMED_SV in exhibit.note
    assert "grad C" in ASSUMED_SV
    listed = dict(zip(county.centres, county.centre_listed.tolist(), strict=True))
    assert exhibit.rows[0]["listed"] == listed["kalmar-1"]
    assert str(len(county.centres)) in ASSUMED_SV
