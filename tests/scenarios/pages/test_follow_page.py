"""The page Följ Clara as a reader meets it, with made-up people in place of simulated ones."""

import re
import time

import pytest
from made_company import company, life
from streamlit.testing.v1 import AppTest

from scenarios.follow.description import Description
from scenarios.live.following import Following
from scenarios.live.life import written
from scenarios.pages import follow, session
from scenarios.pages.follow import progress_text


@pytest.fixture
def asked(monkeypatch, service, tmp_path):  # noqa: ARG001 - the service must be in place
    """Have people made up, on a shelf of the test, and return what was asked for."""
    from scenarios.live.shelf import Shelf

    made, shelf = [], Shelf(tmp_path / "runs")
    found = session.service()
    monkeypatch.setattr(found, "shelf", shelf)
    monkeypatch.setattr(found.crew, "shelf", shelf)

    def carry_out(work, on, tick):
        tick(None)
        made.append(work)
        nobody = company(problem="ingen av 247 000 är så gammal. Så många passar: <b>3</b>.", people=())
        alone = work.description.age == (100, 100)
        people = tuple(life(1 + 10 * work.block + n) for n in range(10))
        on.put(work.key, work.book, written(nobody if alone else company(eligible=12, people=people)))

    monkeypatch.setattr(Following, "carry_out", carry_out)
    return made


@pytest.fixture
def page():
    def script():
        from scenarios.pages import follow, frame

        frame.prepare()
        follow.page()

    return AppTest.from_function(script, default_timeout=60)


def settled(page):
    """Run until the person is there."""
    page.run()
    for _ in range(200):
        if "follow_work" not in page.session_state:
            return page
        time.sleep(0.02)
        page.run()
    raise AssertionError("nobody came")


def send(page):
    next(button for button in page.button if button.label == "Följ den här personen").click()


def test_clara_is_met_first_under_today_and_the_target(asked, page, text_of, charts_of):
    settled(page)
    assert not page.exception
    text = text_of(page)
    assert "Clara: kvinna, 83 år, Nybro" in text
    assert "Personen är simulerad och finns inte" in text
    assert "inte en prognos" in text
    assert len(charts_of(page)) == 1
    assert len(asked) == 1
    courses = {each.name: each.course for each in session.service().library}
    assert asked[0].courses == (courses["nulage"], courses["malbild-2030"])
    assert asked[0].description.age == (82, 86)


def test_the_next_person_is_there_at_once_until_the_block_ends(asked, page, text_of):
    settled(page)
    for number in range(2, 11):
        page.button(key="follow-on").click().run()
        assert f"{82 + number} år" in text_of(page)
    assert len(asked) == 1
    page.button(key="follow-on").click()
    settled(page)
    assert "93 år" in text_of(page)
    assert [work.block for work in asked] == [0, 1]
    page.button(key="follow-back").click().run()
    assert "92 år" in text_of(page)


def test_another_choice_begins_with_its_first_person(asked, page, text_of):
    settled(page)
    page.button(key="follow-on").click().run()
    page.selectbox(key="follow-who").set_value("Gunnar")
    settled(page)
    assert "Gunnar: kvinna, 83 år" in text_of(page)
    page.toggle(key="follow-survivor").set_value(True)
    settled(page)
    assert [work.survivor for work in asked] == [False, False, True]


def test_the_two_scenarios_are_never_the_same(asked, page):  # noqa: ARG001
    settled(page)
    page.selectbox(key="follow-first").set_value("malbild-2030")
    settled(page)
    assert page.selectbox(key="follow-second").value == "nulage"
    assert "Målbild 2030" not in page.selectbox(key="follow-second").options


def test_somebody_is_described_freely_and_counts_when_sent(asked, page, text_of):
    settled(page)
    page.selectbox(key="follow-who").set_value("egen")
    settled(page)
    assert asked[-1].description == Description((75, 85))
    page.text_input(key="follow-age").set_value("60–65")
    page.selectbox(key="follow-sex").set_value(0)
    page.selectbox(key="follow-centre").set_value(4)
    send(page)
    settled(page)
    assert asked[-1].description == Description((60, 65), sex=0, centre=4)
    assert "Kvinna, 83 år, Nybro" in text_of(page)


def test_that_nobody_fits_is_said_plainly(asked, page):  # noqa: ARG001
    settled(page)
    page.selectbox(key="follow-who").set_value("egen")
    settled(page)
    page.text_input(key="follow-age").set_value("100")
    send(page)
    settled(page)
    assert page.warning[0].value.startswith("Ingen av 247 000")
    assert not page.exception


@pytest.mark.parametrize("text", ["x", "83-79", "<script>", "101", "\0", "²"])
def test_an_age_that_is_none_is_told_in_swedish(asked, page, text):
    settled(page)
    page.selectbox(key="follow-who").set_value("egen")
    settled(page)
    page.text_input(key="follow-age").set_value(text)
    send(page)
    page.run()
    assert not page.exception
    assert "från 0 till 100" in page.error[0].value
    assert len(asked) == 2


def test_the_last_person_stays_while_another_is_simulated(asked, page, text_of, monkeypatch):  # noqa: ARG001
    settled(page)
    monkeypatch.setattr(session.service().crew, "want", lambda *_: None)
    page.selectbox(key="follow-who").set_value("Margit").run()
    assert "Förra personen" in text_of(page)
    assert "Clara: kvinna, 83 år" in text_of(page)


def test_the_command_follows_the_same_person(asked, page):  # noqa: ARG001
    settled(page)
    page.button(key="follow-on").click().run()
    command = page.code[0].value
    assert command.startswith("naravard follow --scenarios nulage malbild-2030 --age 82-86 --sex kvinna")
    assert command.endswith("--described 2027 --number 2")


def test_no_english_is_on_the_page(asked, page, text_of):  # noqa: ARG001
    from english import ENGLISH

    settled(page)
    assert not re.findall(ENGLISH, text_of(page).replace("--number", ""))


@pytest.mark.parametrize(
    ("note", "ahead", "told"),
    [("Simulatorn startar", 3, "Simulatorn startar …"), ("", 2, "Väntar på sin tur, 2 före …"), ("", 0, "4 s …")],
)
def test_waiting_is_told(note, ahead, told):
    assert progress_text(note, ahead, 4.2).endswith(told)


def test_names_are_escaped():
    assert "<b>" not in follow.portrait(life(title="<b>"), "<b>")
