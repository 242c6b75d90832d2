"""The page Karta as a user meets it."""

import dataclasses
import re

import pytest
from read_markdown import as_read
from streamlit.testing.v1 import AppTest

from scenarios.pages import municipalities
from scenarios.pages.municipalities import PICKED, _alphabetical, picked_code


def script(replications):
    from placed_values import LABELS, made_up

    from scenarios.pages import municipalities, session
    from scenarios.running.engine import load_region

    session.begin()
    given = municipalities.Placed(made_up(load_region("kalmar"), replications), LABELS, "nulage")
    municipalities.explore(given, municipalities.draw)


@pytest.fixture
def app():
    return AppTest.from_function(script, default_timeout=60, args=(4,)).run()


def headings(app):
    """Return the titles of the exhibits, which stand in bold before their units."""
    found = [re.match(r"\*\*(.+?)\*\* \(", as_read(element.value)) for element in app.markdown]
    return [match.group(1) for match in found if match]


def test_it_shows_map_tiles_and_health_centres(app):
    assert not app.exception
    assert headings(app) == [
        "Medicinsk bedömning inom tre dagar år 2030: Kontinuitet",
        "Medicinsk bedömning inom tre dagar, per kommun och år",
        "Medicinsk bedömning inom tre dagar: hälsocentraler i Kalmar år 2030",
    ]
    assert len(app.get("vega_lite_chart")) == 3
    assert "högst i" in app.markdown[0].value


def test_every_choice_can_be_made(app):
    for box in ("municipality-measure", "scenario", "municipality", "centre-measure"):
        for option in range(len(app.selectbox(key=f"karta-{box}").options)):
            app.selectbox(key=f"karta-{box}").select_index(option).run()
            assert not app.exception, (box, option)


def test_a_municipality_is_chosen_by_keyboard_too(app):
    app.selectbox(key="karta-municipality").set_value("0883").run()
    assert headings(app)[-1].endswith("hälsocentraler i Västervik år 2030")


def test_differences_and_another_year(app):
    app.button_group(key="karta-shows").set_value("difference").run()
    app.select_slider(key="karta-year").set_value(2027).run()
    assert headings(app)[0] == "Medicinsk bedömning inom tre dagar år 2027: Kontinuitet, skillnad mot Nuläge"
    assert not app.exception


def test_health_centres_follow_the_measure_of_the_map(app):
    app.selectbox(key="karta-municipality-measure").set_value("waiting_days").run()
    assert headings(app)[-1].startswith("Väntan på läkarbesök, medel: ")
    app.selectbox(key="karta-municipality-measure").set_value("bed_days").run()  # has none of its own there
    assert headings(app)[-1].startswith("Väntan på läkarbesök, medel: ")


@pytest.mark.parametrize("value", ["../x", "<script>", "9999", 7, None])
def test_what_was_chosen_of_another_answer_falls_back(value):
    app = AppTest.from_function(script, default_timeout=60, args=(4,))
    for name in ("municipality", "scenario", "municipality-measure", "centre-measure", "year", "shows"):
        app.session_state[f"karta-{name}"] = value
    app.run()
    assert not app.exception
    assert len(headings(app)) == 3


def test_one_replication_is_shown_without_intervals():
    app = AppTest.from_function(script, default_timeout=60, args=(1,)).run()
    assert not app.exception
    assert "krävs minst två replikationer" in app.markdown[0].value


def test_a_region_without_a_map_is_told(monkeypatch):
    def no_map(region):
        raise FileNotFoundError(region)

    monkeypatch.setattr(municipalities, "boundaries", no_map)
    app = AppTest.from_function(script, default_timeout=60, args=(4,)).run()
    assert not app.exception
    assert app.info[0].value == "Det finns ingen karta över den här regionen."


def test_a_first_answer_has_no_figures_by_place_yet(answer):
    assert municipalities.placed(dataclasses.replace(answer, details=None)) is None
    assert set(municipalities.placed(answer).values.attrs) == {"region"}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"selection": {PICKED: [{"code": "0883"}]}}, "0883"),
        ({"selection": {PICKED: []}}, ""),
        ({"selection": {PICKED: [{"code": 883}]}}, ""),
        ({"selection": {}}, ""), ({}, ""), (None, ""), ("x", ""),
    ],
)  # fmt: skip
def test_a_click_is_read_and_nothing_else(event, code):
    assert picked_code(event) == code


def test_a_click_chooses_a_municipality_of_the_map_only(monkeypatch):
    state = {}
    monkeypatch.setattr(municipalities.st, "session_state", state)
    bounds = municipalities.boundaries("kalmar")
    municipalities._pick(bounds, "../x")
    assert state == {}
    municipalities._pick(bounds, "0885")
    assert state == {"karta-municipality": "0885"}


def test_swedish_names_sort_as_in_swedish():
    names = ["Öland", "Ånge", "Västervik", "Ängelholm"]
    assert sorted(names, key=_alphabetical) == ["Västervik", "Ånge", "Ängelholm", "Öland"]
