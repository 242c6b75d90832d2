"""The page Bemanning och kapacitet as a user meets it."""

import re

import pytest
from drawn_page import see, whole
from streamlit.testing.v1 import AppTest

from scenarios.pages import capacity


def script():
    from scenarios.pages import capacity, frame

    frame.prepare()
    capacity.page()


@pytest.fixture
def page(service):  # noqa: ARG001 - the service must be in place
    return AppTest.from_function(script, default_timeout=60).run()


@pytest.mark.parametrize(("view", "charts"), [
    ("Yrken", 2), ("Platser", 1), ("År för år", 1), ("Det som begränsar", 1), ("Vårdplatser", 1),
    ("Köer och väntan", 1), ("Strukturmatris", 0),
])  # fmt: skip
def test_every_view_is_drawn_alone(page, text_of, charts_of, view, charts):
    see(page, view)
    whole(page, text_of)
    assert len(charts_of(page)) == charts


def test_the_views_are_all_there(page):
    assert list(page.button_group(key="capacity-view").options) == list(capacity.CAPACITY_VIEWS)


def test_every_place_and_kind_can_be_chosen(page, text_of):
    for kind in ("hospital", "municipality", "centre"):
        page.selectbox(key="capacity-kind").set_value(kind).run()
        box = page.selectbox(key=f"capacity-{kind}")
        for option in (1, len(box.options) - 1):
            page.selectbox(key=f"capacity-{kind}").select_index(option).run()
            whole(page, text_of)


def test_places_of_every_kind_of_profession(page, text_of, charts_of):
    see(page, "Platser")
    for profession in ("gp", "hospital_nurse", "home_help"):
        page.selectbox(key="capacity-places-profession").set_value(profession).run()
        whole(page, text_of)
        assert charts_of(page)
    page.selectbox(key="capacity-places-profession").set_value("gp").run()
    page.button_group(key="capacity-split").set_value("Hälsocentral").run()
    whole(page, text_of)


def test_what_binds_is_told_in_sentences_for_the_scenario_and_year_chosen(page, text_of):
    see(page, "Det som begränsar")
    before = whole(page, text_of)
    assert re.search(r"1\. .*förfrågningar fick ingen läkartid i tid", before)
    page.selectbox(key="capacity-scenario").set_value("nulage").run()
    page.selectbox(key="capacity-year").set_value(2027).run()
    assert whole(page, text_of) != before


@pytest.mark.parametrize(("view", "box"), [("Vårdplatser", "capacity-beds"), ("Köer och väntan", "capacity-lines")])
def test_every_monthly_measure_can_be_shown(page, text_of, charts_of, view, box):
    see(page, view)
    for option in range(len(page.selectbox(key=box).options)):
        page.selectbox(key=box).select_index(option).run()
        whole(page, text_of)
        assert len(charts_of(page)) == 1


def test_the_matrix_has_its_table(page, text_of):
    see(page, "Strukturmatris")
    assert "Ledig personaltid utanför rutorna" in whole(page, text_of)
    assert "Målbild 2030, 2030." in text_of(page)


def test_a_first_answer_without_details_says_so(page, text_of, service, monkeypatch):
    found = service.answer(service.library[:2])
    from dataclasses import replace

    monkeypatch.setattr(capacity.frame, "scenarios", lambda: replace(found, details=None))
    page.run()
    assert capacity.DETAILS_COMING in whole(page, text_of)
