"""The first page and its words, on the library's results."""

import dataclasses
import re
import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from scenarios.exhibits import telling
from scenarios.exhibits.figures import HEADLINES
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.measures.figures import INDICATORS, MAIN, SMOOTH_BESIDE
from scenarios.pages.workshop import WORKSHOP_INDICATORS
from scenarios.strategies.library import library


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
    assert text.count("Sannolikhet ") == 5
    assert "Det som begränsar mest är" in text
    assert "säkra över 20 replikationer" in text
    assert "20 framtider där varje osäkert antagande är draget" in text
    assert len(charts_of(page)) == 1
    assert "Bilden att minnas" in text


@pytest.mark.parametrize("name", sorted(set(library()) - {"nulage"}))
def test_every_strategy_can_be_held_against_todays_course(page, text_of, name):
    page.run()
    page.selectbox(key="focus").set_value(name).run()
    assert not page.exception
    assert text_of(page).count("Sannolikhet ") == 5


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


def drawn_like(answer, gains):
    """Return draws in which scenario 1 differs from today's course by `gains` in every indicator."""
    main = answer.indicators_by_run[:, : len(gains)].copy()
    main[1] = main[0] + np.asarray(gains)[:, None, None]
    return dataclasses.replace(answer, indicators_by_run=main, replications=len(gains), details=None)


def test_probabilities_are_those_of_the_draws_when_there_are_some(answer):
    scenario = answer.shown[1].name
    drawn = drawn_like(answer, [1.0] * 5 + [-1.0] * 15)
    chances = {card.name: card.chance for card in telling.cards(answer, scenario, drawn)}
    assert chances["cost"].endswith(": 75\u00a0%")
    assert chances["continuity_index"].endswith(": 25\u00a0%")
    assert chances != {card.name: card.chance for card in telling.cards(answer, scenario)}


def test_it_is_said_what_the_probabilities_count(answer):
    assert "bara slumpen" in telling.chance_of_what(None, coming=False)
    assert "bakgrunden" in telling.chance_of_what(None, coming=True)
    assert "20 framtider" in telling.chance_of_what(drawn_like(answer, [1.0] * 20), coming=False)


def test_a_sure_difference_that_assumptions_may_turn_is_said_to_be_uncertain(answer):
    scenario = answer.shown[1].name
    sure = [r for r in (answer.record(n, scenario, 2030) for n in telling.FIVE) if telling._meaning(r) == "better"]
    way = np.sign(sure[0].difference)
    agrees = drawn_like(answer, [way] * 20)
    turns = drawn_like(answer, [way] * 14 + [-way] * 6)
    assert telling._holds(sure[0], agrees)
    assert not telling._holds(sure[0], turns)
    assert not telling._holds(sure[0], drawn_like(answer, [-way] * 20))
    assert "riktningen osäker för" in telling.paragraph(answer, scenario, turns)
    few = drawn_like(answer, [way] * (telling.FEWEST_DRAWS - 1))
    assert telling.paragraph(answer, scenario, few) == telling.paragraph(answer, scenario)


def test_a_scenario_of_ones_own_gets_its_draws_in_the_background(page, service, text_of):
    own = dataclasses.replace(service.library[1], name="eget", label="Eget", course=course_with_seed(service))
    page.run()
    page.session_state["own"] = {"eget": own}
    page.run()
    page.selectbox(key="focus").set_value("eget").run()
    deadline = time.monotonic() + 60
    while service.drawn((service.library[0], own)) is None or service.drawn((service.library[0], own)).preliminary:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    page.run()
    assert not page.exception
    assert "osäkerheten i antagandena" in text_of(page)


def course_with_seed(service):
    """Return a course that nobody has simulated."""
    course = service.library[1].course
    return dataclasses.replace(course, scenario_hash="f" * 64)


def test_a_first_answer_has_a_paragraph_without_what_binds(answer):
    one = dataclasses.replace(answer, details=None, replications=1, indicators_by_run=answer.indicators_by_run[:, :1])
    text = telling.paragraph(one, answer.shown[1].name)
    assert "begränsar" not in text
    assert "en enda möjlig utveckling" in text


def test_cards_have_what_the_indicators_say(answer):
    for card in telling.cards(answer, answer.shown[1].name):
        assert card.label == INDICATORS[card.name].label_sv
        assert card.meaning in VERDICTS_SV.values()


def test_a_share_that_tips_has_the_quantity_that_moves_smoothly_beside_it(answer):
    shown = {card.name: card.beside for card in telling.cards(answer, answer.shown[1].name)}
    assert shown["assessed_within_3_days"].startswith(INDICATORS["waiting_days"].label_sv + ": ")
    assert "(nuläge " in shown["assessed_within_3_days"]
    assert not any(text for name, text in shown.items() if name not in SMOOTH_BESIDE)


@pytest.mark.parametrize("shown", [MAIN, HEADLINES, WORKSHOP_INDICATORS])
def test_lists_for_leadership_have_both(shown):
    assert all(SMOOTH_BESIDE[name] in shown for name in shown if name in SMOOTH_BESIDE)


@pytest.mark.parametrize(("words", "text"), [(["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")])
def test_lists_are_swedish(words, text):
    assert telling.listed(words) == text
