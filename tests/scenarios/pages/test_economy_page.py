"""The page Ekonomi as a user meets it."""

import re
from dataclasses import replace

import pytest
from drawn_page import see, whole
from streamlit.testing.v1 import AppTest

from scenarios.pages import economy


def script():
    from scenarios.pages import economy, frame

    frame.prepare()
    economy.page()


@pytest.fixture
def page(service):  # noqa: ARG001 - the service must be in place
    return AppTest.from_function(script, default_timeout=60).run()


@pytest.mark.parametrize(("view", "charts"), [
    ("Kostnad", 3), ("Vad insatserna kostar", 1), ("Kostnad per utfall", 0), ("Kostnad mot utfall", 1),
    ("Vad som räknas", 0),
])  # fmt: skip
def test_every_view_is_drawn_alone(page, text_of, charts_of, view, charts):
    see(page, view)
    assert "2022 års priser" in whole(page, text_of)
    assert len(charts_of(page)) == charts


def test_every_part_of_the_cost_can_be_followed(page, text_of):
    for option in range(len(page.selectbox(key="economy-part").options)):
        page.selectbox(key="economy-part").select_index(option).run()
        whole(page, text_of)


def test_what_levers_cost_is_told_beside_what_the_simulation_has(page, text_of):
    see(page, "Vad insatserna kostar")
    told = whole(page, text_of)
    assert re.search(r"Strategin kostar \d+ miljoner kronor om året", told)
    assert re.search(r"I simuleringen kostar all vård \d+ miljoner kronor mer 2030 än i Nuläge", told)
    page.selectbox(key="economy-scenario").set_value("nulage").run()
    assert "Inga insatser: dagens kurs." in whole(page, text_of)


def test_a_ratio_comes_with_its_interval(page, text_of):
    see(page, "Kostnad per utfall")
    told = whole(page, text_of)
    assert re.search(r"kronor \([\d\s]+–[\d\s]+\) per ", told)
    assert "per undviken inläggning" not in told, "who sees fewer because more go without has nothing to divide by"


def test_the_plane_shows_the_whole_library(page, charts_of, text_of):
    see(page, "Kostnad mot utfall")
    page.button_group(key="economy-scope").set_value("Hela biblioteket").run()
    whole(page, text_of)
    alt = charts_of(page)[0].proto.alt
    assert "14 " in alt
    assert re.search(r"Bemanningskris: .*mindre vård, men fler blir utan eller får vänta", alt)


def test_a_first_answer_has_the_total_alone(page, charts_of, text_of, service, monkeypatch):
    found = service.answer(service.library[:2])
    monkeypatch.setattr(economy.frame, "scenarios", lambda: replace(found, details=None))
    for view in economy.ECONOMY_VIEWS:
        see(page, view)
        whole(page, text_of)
    assert len(charts_of(see(page, "Kostnad"))) == 1
