"""The page that compares, and the choice of scenarios that all pages share."""

import pytest
from streamlit.testing.v1 import AppTest

from scenarios.exhibits import figures
from scenarios.measures.figures import INDICATORS
from scenarios.pages import session
from scenarios.strategies.library import library


def script():
    from scenarios.pages import comparison, frame

    frame.prepare()
    comparison.page()


@pytest.fixture
def page(service):  # noqa: ARG001 - the service must be in place
    return AppTest.from_function(script, default_timeout=60)


def boxes(page):
    return [box for box in page.checkbox if box.key.startswith("show-")]


def test_it_compares_the_first_choice_at_once(page, text_of, charts_of):
    page.run()
    assert not page.exception
    assert set(page.session_state["chosen"]) == set(session.FIRST_CHOICE)
    assert len(charts_of(page)) == 2
    text = text_of(page)
    assert all(INDICATORS[name].label_sv in text for name in figures.HEADLINES)
    assert "20 replikationer" in text.lower() or "Tjugo" in text


def test_any_number_of_scenarios_stand_side_by_side(page, text_of):
    page.run()
    for box in range(len(boxes(page))):
        if not boxes(page)[box].value:
            boxes(page)[box].check().run()
    assert not page.exception
    assert len(page.session_state["chosen"]) == len(library())
    assert "svåra att skilja" in text_of(page)


def test_todays_course_alone_is_no_comparison_and_no_error(page):
    page.run()
    for key in [box.key for box in boxes(page) if box.value]:
        page.checkbox(key=key).uncheck().run()
    assert not page.exception
    assert tuple(page.session_state["chosen"]) == ("nulage",)


def test_every_indicator_can_be_drawn(page):
    page.run()
    for name in page.selectbox(key="compare-indicator").options[::9]:
        page.selectbox(key="compare-indicator").select(name).run()
        assert not page.exception, name


def test_more_measures_are_a_click_away(page):
    page.run()
    page.session_state["more-figures"] = True
    page.run()
    assert not page.exception


def test_strange_names_in_the_session_are_left_out(page):
    page.run()
    page.session_state["chosen"] = ("nulage", "../x", "<b>", "kontinuitet")
    page.run()
    assert not page.exception
