"""The page as a user meets it."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from scenarios.exhibits.sources import register_table
from scenarios.levers.registry import LEVERS
from scenarios.pages import assumptions
from scenarios.pages.assumptions import ROWS_AT_FIRST, SECTIONS, VIEWS, shipped
from scenarios.running.engine import load_region

ENGLISH = re.compile(r"\b(the|and|with|choose|select|download|error|failed|loading|none|nan)\b", re.I)


def whole():
    from scenarios.pages import assumptions

    assumptions.page()


def without():
    from scenarios.pages import assumptions

    assumptions.page(lambda: None)


def validated():
    from fake_engine import FakeEngine

    from scenarios.exhibits.sources.validation_table import validation_of
    from scenarios.pages import assumptions
    from scenarios.validation.evaluation import simulate_today

    assumptions.page(lambda: validation_of(simulate_today(FakeEngine(), "kalmar", 1, 2)))


@pytest.fixture
def app():
    return AppTest.from_function(whole, default_timeout=60).run()


def html(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def rows(app):
    return html(app).count('<th scope="row"')


def text_of(app):
    kinds = ("title", "subheader", "markdown", "caption", "info", "error")
    shown = [str(element.value) for kind in kinds for element in app.get(kind)]
    swedish = re.sub(r'<span lang="en">.*?</span>(?=</span>|<|$)', " ", html(app), flags=re.S)
    return "\n".join([*shown, re.sub(r"<style>.*?</style>|<[^>]*>", " ", swedish, flags=re.S)])


def open_section(app, number):
    app.session_state["assumptions-section"] = SECTIONS[number]
    return app.run()


def test_it_opens_with_the_first_parameters_and_how_sure_they_are(app):
    assert not app.exception
    assert rows(app) == ROWS_AT_FIRST
    assert "parametrar:" in text_of(app)
    assert "med grad C" in text_of(app)


def test_a_search_narrows_the_table_and_starts_from_the_top(app):
    app.button(key="register-more").click().run()
    assert rows(app) == 2 * ROWS_AT_FIRST
    app.text_input(key="register-text").set_value("lakarbesökets längd").run()
    assert rows(app) == 1
    app.text_input(key="register-text").set_value("").run()
    assert rows(app) == ROWS_AT_FIRST


def test_area_and_grade_narrow_it(app):
    app.selectbox(key="register-area").set_value("Kommuner").run()
    assert rows(app) == 2 * 12  # the people of today and those of an earlier year
    app.session_state["register-grades"] = ["B"]
    app.run()
    assert "Inget svarar mot sökningen" in app.info[0].value


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "x" * 80, "\x00", "(((", "'; drop", "**[x](http://y)**"])
def test_a_hostile_search_gives_an_empty_table_and_nothing_else(app, text):
    app.text_input(key="register-text").set_value(text).run()
    assert not app.exception
    assert text not in html(app) or text == "\x00"
    assert "Inget svarar" in text_of(app)


def test_every_section_opens_and_is_in_swedish(app):
    for number in range(len(SECTIONS)):
        open_section(app, number)
        assert not app.exception, SECTIONS[number]
        assert not ENGLISH.findall(text_of(app).replace("The model as built", "")), SECTIONS[number]


def test_the_validation_of_the_project_is_shown_with_its_version(app):
    open_section(app, 1)
    assert "utanför 15 procent" in html(app)
    assert "modellversion" in text_of(app)


def test_without_a_validation_it_says_how_to_get_one():
    app = open_section(AppTest.from_function(without, default_timeout=60).run(), 1)
    assert "naravard validate" in app.info[0].value


def test_a_validation_by_another_version_says_so():
    told = replace(shipped("kalmar"), version="a")
    assert "en annan än dagens (b)" in assumptions.made(told, "b")
    assert "en annan" not in assumptions.made(told, "a")


def test_the_validation_shows_what_lies_outside_first():
    app = open_section(AppTest.from_function(validated, default_timeout=60).run(), 1)
    assert not app.exception
    assert "utanför 15 procent" in html(app)
    assert "Länets egna siffror" in text_of(app)
    options = app.radio(key="validation-kind").options
    assert any(option.startswith("Indata") for option in options)
    app.radio(key="validation-kind").set_value("never").run()
    assert "kan inte jämföras" in html(app)


def test_the_effects_are_shown_with_their_values_and_what_speaks_for_and_against(app):
    open_section(app, 2)
    assert rows(app) == ROWS_AT_FIRST
    app.text_input(key="evidence-text").set_value("samma lakare akutbesok").run()
    assert "Samma läkare och akutbesök" in html(app)
    assert "Utfall: mätt besök hos jourläkare" in text_of(app)
    assert "För: " in text_of(app)
    assert "Emot: " in text_of(app)


@pytest.mark.parametrize(
    ("view", "text", "shown"), [(1, "barker emot", "Barker I et al."), (2, "riktvarde", "listade")]
)
def test_studies_and_what_else_levers_rest_on_can_be_searched(app, view, text, shown):
    open_section(app, 2)
    app.session_state["evidence-view"] = VIEWS[view]
    app.run()
    app.text_input(key="evidence-text").set_value(text).run()
    assert not app.exception
    assert 1 <= rows(app) <= 6
    assert shown in html(app)
    assert not ENGLISH.findall(text_of(app))


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_the_evidence_is_in_swedish_and_takes_a_grade(app, view):
    open_section(app, 2)
    app.session_state["evidence-view"] = view
    app.session_state["evidence-grades"] = ["B"] if view == VIEWS[1] else ["A"]
    app.run()
    assert not app.exception
    assert rows(app) > 0
    assert not ENGLISH.findall(text_of(app))


def test_lists_of_the_few_are_compared_with_what_a_study_would_have_claimed(app):
    open_section(app, 3)
    told = text_of(app)
    assert "Läkarens bedömning" in told
    assert "Påstått" in told
    assert "calibration" not in told


def test_what_is_to_come_has_one_honest_line(app):
    open_section(app, 5)
    assert "är inte gjorda än" in text_of(app)


def test_the_numbers_of_the_description_are_those_of_the_region():
    region, text = load_region("kalmar"), assumptions.packaged_text("modellen.md")
    people = f"{region.population.sum():,}".replace(",", " ")
    assert f"{people} personer" in text
    assert f"{len(region.municipalities)} kommuner, {len(region.centres)} hälsocentraler" in text
    assert f"{len(region.hospitals)} sjukhus" in text
    assert len(region.conditions) == 14
    assert "Fjorton kroniska sjukdomar" in text
    assert len(region.professions) == 14
    assert "fjorton yrken" in text


def test_a_table_of_the_page_becomes_a_workbook_that_says_of_what():
    exhibit = register_table.evidence_exhibit(register_table.evidence_of(LEVERS.values()))
    book = openpyxl.load_workbook(io.BytesIO(assumptions.workbook(exhibit, "kalmar")))
    assert book.sheetnames == ["Läs mig", "Datalexikon", "Spakarnas underlag"]
    front = "\n".join(str(row[1]) for row in book["Läs mig"].iter_rows(values_only=True))
    assert load_region("kalmar").digest in front
