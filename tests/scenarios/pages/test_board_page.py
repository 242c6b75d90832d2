"""The page of the follow-up board as a reader meets it."""

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from scenarios.pages import session


@pytest.fixture
def page(service):  # noqa: ARG001 - the service must be in place
    def script():
        from scenarios.pages import board, frame

        frame.prepare()
        board.page()

    return AppTest.from_function(script, default_timeout=60)


def test_the_board_is_there_with_shifts_and_scenarios(page, text_of, charts_of):
    from english import ENGLISH

    page.run()
    assert not page.exception
    text = text_of(page)
    for part in ("Från reaktiv till proaktiv", "Så läses tavlan", "Målbild 2030", "modelleras inte", "riket 82"):
        assert part in text
    assert len(charts_of(page)) == 1
    assert not re.findall(ENGLISH, text)


def test_an_indicator_is_chosen(page, charts_of):
    page.run()
    page.selectbox(key="board-indicator").set_value("fall_injuries").run()
    assert not page.exception
    assert "Fallskador" in charts_of(page)[0].proto.alt


def test_a_first_answer_without_details_says_so(page, text_of, monkeypatch):
    service = session.service()
    whole = service.answer(service.library[:2])
    monkeypatch.setattr(session, "answer", lambda _: replace(whole, details=None))
    page.run()
    assert not page.exception
    assert "räknas ut när det första hela svaret är klart" in text_of(page)
