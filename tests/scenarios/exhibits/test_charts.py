import json

import pytest

from scenarios.exhibits import charts
from scenarios.exhibits.palette import DARK, LIGHT, looks
from scenarios.measures.figures import INDICATORS
from scenarios.strategies.library import library

VISITS = INDICATORS["ed_visits"]
BOTH = pytest.mark.parametrize("dark", [False, True])


def encodings(spec):
    return [layer["encoding"] for layer in spec["layer"] if "encoding" in layer]


@BOTH
@pytest.mark.parametrize("make", [charts.lines, charts.points])
def test_a_chart_has_the_swedish_locale_and_serializes(answer, make, dark):
    spec = make(answer, VISITS, dark)
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["config"]["axis"]["labelColor"] == (DARK if dark else LIGHT).text
    assert json.loads(json.dumps(spec)) == spec


@BOTH
def test_colours_are_fixed_by_scenario_and_not_by_what_is_shown(answer, dark):
    look = looks(answer.labels)
    for encoding in encodings(charts.lines(answer, VISITS, dark)):
        if "color" in encoding:
            scale = encoding["color"]["scale"]
            assert scale["domain"] == list(answer.labels.values())
            assert scale["range"] == [look[name].colour(dark) for name in answer.labels]
    assert looks(["kontinuitet"])["kontinuitet"] == look["kontinuitet"]


def test_a_band_a_line_and_points_are_drawn_over_all_years(answer):
    spec = charts.lines(answer, VISITS, False)
    kinds = [layer["mark"]["type"] for layer in spec["layer"] if "mark" in layer]
    assert kinds == ["area", "line", "point"]
    shown = charts.shown_in_lines(charts.frame(answer, VISITS))
    assert (shown["year"].min(), shown["year"].max()) == (2023, 2030)
    assert len(shown) == 8 * 3


def test_fields_of_the_encodings_are_columns(answer):
    columns = set(charts.frame(answer, VISITS).columns)
    for make in (charts.lines, charts.points):
        for encoding in encodings(make(answer, VISITS, False)):
            for channel in encoding.values():
                for part in channel if isinstance(channel, list) else [channel]:
                    if part["field"] not in ("start", "zero"):
                        assert part["field"] in columns


def test_differences_leave_out_what_they_are_taken_from(answer):
    table = charts.shown_as_points(charts.frame(answer, VISITS), 2030)
    assert list(table["scenario"]) == ["Kontinuitet", "Flytt med resurser"]
    assert table["difference"].notna().all()


def test_tooltips_are_in_swedish_numbers(answer):
    row = charts.frame(answer, VISITS).iloc[0]
    assert row["value_text"].endswith(" besök")
    assert "\u00a0" in row["value_text"]


def test_figures_are_put_in_without_touching_the_specification(answer):
    spec = charts.lines(answer, VISITS, False)
    filled = charts.with_figures(spec, charts.frame(answer, VISITS))
    assert set(filled["datasets"]) == {*spec["datasets"], "figures"}
    assert "figures" not in spec["datasets"]


def test_the_text_alternative_gives_the_figures(answer):
    last = {r.scenario: r for r in answer.of("ed_visits", 2030)}
    text = charts.lines_alt(answer, VISITS)
    assert "Kontinuitet" in text
    assert charts.number(last["nulage"].value, 0) in text
    assert charts.number(last["kontinuitet"].difference, 0, sign=True) in charts.points_alt(answer, VISITS)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOTH
def test_every_scenario_stands_out_from_the_page(dark):
    page = (DARK if dark else LIGHT).page
    for name, look in looks([*library(), "a", "b", "c", "d"]).items():
        assert contrast(look.colour(dark), page) >= 3, name


@BOTH
def test_text_can_be_read(dark):
    ink = DARK if dark else LIGHT
    assert contrast(ink.text, ink.page) >= 7
    assert contrast(ink.faint, ink.page) >= 4.5


def test_scenarios_of_the_library_differ_without_colour_too():
    ways = [(look.dash, look.shape) for look in looks(library()).values()]
    assert len(set(ways)) == len(ways)


def test_every_strategy_of_the_library_has_a_look_of_its_own():
    colours = [look.light for look in looks(library()).values()]
    assert len(set(colours)) == len(colours)
