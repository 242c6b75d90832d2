"""The tiles: one a municipality, all on the same scale, each line within its own tile."""

import json

import altair as alt
import numpy as np
import pytest
import vl_convert
import xarray as xr
from placed_values import LABELS, made_up

from scenarios.exhibits.map.place_rows import View
from scenarios.exhibits.map.tile_grid import MOST_LINES, scenarios_drawn, tiles_exhibit
from scenarios.findings.place_figures import place_figures
from scenarios.measures.figure import BY_MUNICIPALITY
from scenarios.measures.figures import FIGURES
from scenarios.places.boundaries import boundaries

BOUNDS = boundaries("kalmar")


def figures_of(county, values=None):
    values = made_up(county) if values is None else values
    return place_figures(values, FIGURES[BY_MUNICIPALITY]["assessed_within_3_days"], "nulage")


def view_of(shows="value", scenario="kontinuitet", labels=LABELS):
    return View(scenario, 2028, shows, labels, BOUNDS.names, "0885")


def exhibit_of(county, shows="value", values=None):
    return tiles_exhibit(figures_of(county, values), BOUNDS, view_of(shows))


def rules(exhibit):
    """Return how many straight lines are drawn."""
    return sum(len(one["data"]["values"]) for one in exhibit.draw(False)["layer"] if one["mark"]["type"] == "rule")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("shows", ["value", "difference"])
def test_it_is_valid_and_can_be_drawn(county, dark, shows):
    spec = exhibit_of(county, shows).draw(dark)
    alt.Chart.from_dict(spec)
    svg = vl_convert.vegalite_to_svg({**spec, "width": 340})
    for name in BOUNDS.names.values():
        assert f">{name}<" in svg
    assert "NaN" not in svg


@pytest.mark.parametrize("shows", ["value", "difference"])
def test_every_point_lies_in_the_tile_of_its_municipality(county, shows):
    points = exhibit_of(county, shows).draw(False)["data"]["values"]
    assert len(points) == (3 if shows == "value" else 2) * 12 * 8
    for point in points:
        spot = BOUNDS.spots[point["code"]]
        assert spot.column < point["x"] < spot.column + 1
        assert spot.row + 0.4 < point["y"] < spot.row + 0.8


def test_more_lies_higher_and_later_lies_to_the_right(county):
    points = [p for p in exhibit_of(county).draw(False)["data"]["values"] if p["scenario_text"] == "Nuläge"]
    of = {(p["code"], p["year"]): p for p in points}
    assert of["0880", 2024]["x"] < of["0880", 2030]["x"]
    low, high = of["0821", 2030], of["0885", 2030]  # made up: the later in the pack the more
    assert low["y"] - BOUNDS.spots["0821"].row > high["y"] - BOUNDS.spots["0885"].row


def test_the_figure_in_the_tile_is_of_the_scenario_and_year_looked_at(county):
    figures = figures_of(county)
    expected = figures.at("kontinuitet", "0885", 2028).value
    texts = json.dumps(exhibit_of(county).draw(False), ensure_ascii=False)
    assert f"2028: {expected:.1f}".replace(".", ",") in texts


def test_differences_leave_out_what_is_compared_with_and_have_a_line_at_zero(county):
    exhibit = exhibit_of(county, "difference")
    assert exhibit.scenarios == ("kontinuitet", "bemanningskris")
    assert (rules(exhibit), rules(exhibit_of(county))) == (24, 12)


def test_so_many_scenarios_only_and_always_the_two_that_are_looked_at(county):
    more = [made_up(county).isel(scenario=[0]).assign_coords(scenario=[f"eget-{n}"]) for n in range(5)]
    values = xr.concat([*more, made_up(county)], "scenario")
    labels = {**LABELS, **{f"eget-{n}": f"Eget {n}" for n in range(5)}}
    figures = figures_of(county, values)
    drawn = scenarios_drawn(figures, view_of(labels=labels))
    assert len(drawn) == MOST_LINES
    assert {"nulage", "kontinuitet"} <= set(drawn)
    exhibit = tiles_exhibit(figures, BOUNDS, view_of(labels=labels))
    assert "Högst 4 scenarier" in exhibit.note


def test_the_table_has_every_place_year_and_scenario(county):
    exhibit = exhibit_of(county)
    assert len(exhibit.rows) == 3 * 12 * 8
    assert "Borgholm: Nuläge" in exhibit.alt


def test_a_name_with_markup_stays_text(county):
    assert "<i>" not in vl_convert.vegalite_to_svg({**exhibit_of(county).draw(False), "width": 340})


def test_what_is_not_known_is_not_drawn(county):
    values = made_up(county)
    values["by_municipality"].loc[{"municipality": "0821"}] = np.nan
    exhibit = exhibit_of(county, values=values)
    assert not any(point["code"] == "0821" for point in exhibit.draw(False)["data"]["values"])
    assert "Högsby: Nuläge –" in exhibit.alt
    values["by_municipality"][:] = np.nan
    vl_convert.vegalite_to_svg({**exhibit_of(county, values=values).draw(False), "width": 340})
