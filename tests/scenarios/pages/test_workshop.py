"""The workshop as a planner meets it; the levers themselves are in test_levers_panel."""

import pytest
import yaml
from steered_widget import widget

from scenarios.pages import drafting, workshop, workshop_files
from scenarios.pages.lever_card import slider_name
from scenarios.strategies.draft import Draft
from scenarios.strategies.library import find_strategies, library
from scenarios.strategies.link import encode
from scenarios.text.strict_yaml import MAX_BYTES

SLIDER = slider_name("gp_recruitment")


def script():
    from scenarios.pages import frame, workshop

    frame.prepare()
    workshop.page()


@pytest.fixture
def shop(service):  # noqa: ARG001 - the service must be in place
    from streamlit.testing.v1 import AppTest

    return AppTest.from_function(script, default_timeout=60)


def slider(shop):
    return widget(shop.select_slider, SLIDER)


def last_draft(shop):
    return shop.session_state[drafting.TABLE_KEY].history.now


def shown_answer(shop):
    return shop.session_state["last_answer"]


def test_it_begins_with_todays_course_and_its_answer(shop, text_of):
    shop.run()
    assert not shop.exception
    assert "Ingen spak är ändrad" in text_of(shop)
    assert [each.name for each in shown_answer(shop).shown] == ["nulage"]


def test_a_moved_lever_is_answered_in_pairs_with_todays_course(shop, text_of):
    shop.run()
    slider(shop).set_value(1.5).run()
    assert not shop.exception
    answer = shown_answer(shop)
    assert [each.name for each in answer.shown] == ["nulage", "eget"]
    assert answer.record("ed_visits", "eget", 2030).difference > 0
    assert "Rekrytering av läkare" in text_of(shop)


def test_moves_are_undone_and_redone_and_reset(shop):
    shop.run()
    slider(shop).set_value(1.5).run()
    slider(shop).set_value(2.0).run()
    shop.button(key="undo").click().run()
    assert last_draft(shop).value("gp_recruitment") == 1.5
    shop.button(key="redo").click().run()
    assert last_draft(shop).value("gp_recruitment") == 2.0
    shop.button(key="reset-today").click().run()
    assert not last_draft(shop).changed()
    shop.button(key="undo").click().run()
    assert last_draft(shop).value("gp_recruitment") == 2.0


def test_the_answer_is_refined_to_all_replications(shop, service):
    shop.run()
    slider(shop).set_value(1.5).run()
    shown = shown_answer(shop).shown
    for _ in range(200):
        if service.ready(shown) == 20:
            break
        shop.run()
    answer = service.answer(shown)
    assert (answer.replications, answer.preliminary) == (20, False)
    shop.run()
    assert not shop.exception


def test_sessions_do_not_see_each_others_drafts(shop, service):  # noqa: ARG001 - one service for both
    from streamlit.testing.v1 import AppTest

    other = AppTest.from_function(script, default_timeout=60)
    shop.run()
    other.run()
    slider(shop).set_value(1.5).run()
    slider(other).set_value(2.0).run()
    shop.run()
    assert last_draft(shop).value("gp_recruitment") == 1.5
    assert last_draft(other).value("gp_recruitment") == 2.0
    assert shown_answer(shop).shown[-1].course.key != shown_answer(other).shown[-1].course.key


def test_the_draft_can_be_chosen_on_other_pages(shop):
    shop.run()
    assert "eget" not in shop.session_state["own"]
    slider(shop).set_value(1.5).run()
    assert shop.session_state["own"]["eget"].label == "Eget scenario"


@pytest.mark.parametrize("name", sorted(library()))
def test_every_strategy_can_be_opened_and_given_on_as_a_link(shop, name):
    shop.run()
    shop.selectbox(key="open-name").set_value(name).run()
    shop.button(key="open").click().run()
    assert not shop.exception
    assert last_draft(shop).strategy.name == name
    strategy = next(strategy for strategy in find_strategies(library()) if strategy.name == name)
    assert last_draft(shop).strategy == strategy


def test_a_link_opens_what_was_shared(shop):
    draft = Draft.of(next(s for s in find_strategies(library()) if s.name == "kontinuitet")).with_value("beds", 1.1)
    shop.query_params[workshop.LINK] = encode(draft)
    shop.run()
    assert not shop.exception
    assert last_draft(shop).strategy == draft.strategy


@pytest.mark.parametrize(
    "text",
    ["x", "../../etc/passwd", "%00", "<script>alert(1)</script>", "A" * 10_000, "eJzLSM3JyQcABiwCFQ", "\0", "' OR 1"],
)
def test_a_hostile_link_gives_a_message_and_todays_course(shop, text_of, text):
    shop.query_params[workshop.LINK] = text
    shop.run()
    assert not shop.exception
    assert shop.error
    assert "länken" in text_of(shop)
    assert "Traceback" not in text_of(shop)
    assert not last_draft(shop).changed()


def test_a_scenario_is_saved_with_its_reasons_and_found_again(shop):
    shop.run()
    slider(shop).set_value(1.5).run()
    shop.text_input(key="save-label").set_value("Min plan")
    shop.text_area(key="save-rationale").set_value("Därför att.")
    next(button for button in shop.button if button.label == "Spara").click().run()
    assert not shop.exception
    saved = workshop_files.shelf().list()
    assert [each.label_sv for each in saved] == ["Min plan"]
    assert saved[0].strategy.rationale == "Därför att."
    for _ in range(2):  # a drawing may be broken off by the next one, and must not take the message with it
        assert any("Sparat som Min plan" in message.value for message in shop.success)
        shop.run()
    slider(shop).set_value(2.0).run()
    assert not shop.success
    shop.selectbox(key="open-name").set_value("min-plan").run()
    shop.button(key="open").click().run()
    assert last_draft(shop).strategy.label_sv == "Min plan"


@pytest.mark.parametrize("label", ["../../etc/passwd", "con", "<b>x</b>", "a\0b", "x" * 120, "=1+1", "-"])
def test_hostile_names_are_saved_under_harmless_ones(shop, label):
    shop.run()
    slider(shop).set_value(1.5).run()
    shop.text_input(key="save-label").set_value(label)
    next(button for button in shop.button if button.label == "Spara").click().run()
    assert not shop.exception
    folder = workshop_files.shelf().folder
    assert all(path.parent == folder and path.name.startswith((".lock", "scenario-")) for path in folder.iterdir())
    assert len(workshop_files.shelf().list()) == 1


def test_a_name_that_is_taken_is_not_overwritten(shop, text_of):
    shop.run()
    for value in (1.5, 2.0):
        slider(shop).set_value(value).run()
        shop.text_input(key="save-label").set_value("Min plan")
        next(button for button in shop.button if button.label == "Spara").click().run()
    assert "taget" in text_of(shop)
    [saved] = workshop_files.shelf().list()
    assert saved.strategy.levers[0].value == 1.5


def test_the_file_is_what_the_command_line_takes(shop):
    shop.run()
    slider(shop).set_value(1.5).run()
    content = yaml.safe_load(last_draft(shop).document())
    assert content["levers"][0]["lever"] == "gp_recruitment"
    assert MAX_BYTES == 256 * 1024
