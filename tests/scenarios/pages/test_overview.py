"""The first page and its words, on the library's results."""

import dataclasses
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from scenarios.indicators import INDICATORS
from scenarios.library import library
from scenarios.pages import telling
from scenarios.pages.wording import VERDICTS_SV


def script():
    from scenarios.pages import frame, overview

    frame.prepare()
    overview.page()


@pytest.fixture
def page(service):  # noqa: ARG001 - the service must be in place
    return AppTest.from_function(script, default_timeout=60)


def test_it_answers_at_once_with_five_figures_a_paragraph_and_a_chart(page, text_of, charts_of):
    page.run()
    assert not page.exception
    text = text_of(page)
    assert text.count("Sannolikhet") == 5
    assert "Det som begränsar mest är" in text
    assert "säkra över 20 replikationer" in text
    assert len(charts_of(page)) == 1
    assert "Bilden att minnas" in text


@pytest.mark.parametrize("name", sorted(set(library()) - {"nulage"}))
def test_every_strategy_can_be_held_against_todays_course(page, text_of, name):
    page.run()
    page.selectbox(key="focus").set_value(name).run()
    assert not page.exception
    assert text_of(page).count("Sannolikhet") == 5


def test_a_strategy_that_is_not_there_falls_back(page):
    page.session_state["focus_name"] = "../../etc/passwd"
    page.run()
    assert not page.exception


@pytest.mark.parametrize(
    ("count", "total", "told"),
    [
        (19, 20, "95\u00a0%"),
        (20, 20, "över 95\u00a0%"),
        (0, 20, "under 5\u00a0%"),
        (1, 1, "1 av 1 möjliga utvecklingar"),
    ],
)
def test_a_probability_never_claims_more_than_its_replications(count, total, told):
    assert telling.share_of(count, total) == told


def test_the_guarantee_is_counted_over_replications(answer):
    indicator = answer.names.index("assessed_within_3_days")
    by_run = answer.indicators_by_run.copy()
    by_run[1, :, indicator, -1] = np.where(np.arange(20) < 5, 95.0, 80.0)
    changed = dataclasses.replace(answer, indicators_by_run=by_run)
    scenario = answer.shown[1].name
    assert telling.chance(changed, scenario, "assessed_within_3_days").endswith(": 25\u00a0%")


def test_the_paragraph_tells_only_sure_differences_as_better_or_worse(answer):
    scenario = answer.shown[1].name
    assert re.search("förbättras|försämras", telling.paragraph(answer, scenario))
    flat = answer.indicators_by_run.copy()
    flat[1] = flat[0]
    same = dataclasses.replace(answer, indicators_by_run=flat)
    assert "ingen säker skillnad" in telling.paragraph(same, scenario)
    assert not re.search("förbättras|försämras", telling.paragraph(same, scenario))


def test_a_first_answer_has_a_paragraph_without_what_binds(answer):
    one = dataclasses.replace(
        answer, details=None, replications=1, indicators_by_run=answer.indicators_by_run[:, :1]
    )
    text = telling.paragraph(one, answer.shown[1].name)
    assert "begränsar" not in text
    assert "en enda möjlig utveckling" in text


def test_cards_have_what_the_indicators_say(answer):
    for card in telling.cards(answer, answer.shown[1].name):
        assert card.label == INDICATORS[card.name].label_sv
        assert card.meaning in VERDICTS_SV.values()


@pytest.mark.parametrize(("words", "text"), [(["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")])
def test_lists_are_swedish(words, text):
    assert telling.listed(words) == text
