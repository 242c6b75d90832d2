"""The page as a user meets it, with a stand-in for the simulator behind it."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scenarios.library import find_strategies, library
from scenarios.pages import comparison
from scenarios.pages.bench import Bench
from scenarios.pages.launch import SimulationError
from scenarios.pages.worker import compute
from scenarios.progress import Display

APP = Path(__file__).parents[3] / "app.py"
ENGLISH = re.compile(
    r"\b(the|and|with|choose|select|download|error|failed|loading|value|year|difference|none|nan)\b", re.I
)


@pytest.fixture
def app(monkeypatch, bench):
    """Return the app with the bench of the test; `monkeypatch` gives another bench."""
    monkeypatch.setattr(comparison, "bench", lambda: bench)
    return AppTest.from_file(str(APP), default_timeout=60)


def click(app, key):
    return app.button(key=key).click().run()


def texts(app):
    """Return all text on the page."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "error", "html")
    return "\n".join(_text(element) for kind in kinds for element in app.get(kind))


def _text(element):
    body = getattr(element, "value", None) or getattr(element.proto, "body", "")
    return re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", " ", str(body), flags=re.S)


def charts(app):
    return app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")


def run_default(app, bench, finished):
    click(app.run(), "run")
    if app.session_state.job is not None:
        finished(bench, app.session_state.job)
        app.run()
    return app


def test_a_first_visit_explains_and_offers_every_strategy_with_its_question(app):
    app.run()
    assert not app.exception
    for strategy in find_strategies(library()):
        assert any(strategy.label_sv in box.label for box in app.checkbox)
        assert strategy.question_sv in texts(app)
    assert "Så fungerar det" in texts(app)
    assert not charts(app)


def test_todays_course_cannot_be_left_out(app):
    box = app.run().checkbox(key="choose-nulage")
    assert box.value
    assert box.disabled


def test_a_run_ends_in_a_table_two_charts_and_what_they_rest_on(app, bench, finished):
    run_default(app, bench, finished)
    assert not app.exception
    assert not app.error
    shown = texts(app)
    for words in ("Modellens utfall 2030", "Akutbesök", "Fyra replikationer", "antaganden", "Kontinuitet"):
        assert words in shown
    lines, points = charts(app)
    assert '"decimal": ","' in lines.proto.spec
    assert lines.proto.alt.startswith("Akutbesök per år 2024–2030")
    assert points.proto.alt.startswith("Skillnad mot Nuläge 2030")
    assert len(app.get("download_button")) == 2


def test_choosing_an_indicator_changes_table_and_charts(app, bench, finished):
    run_default(app, bench, finished)
    app.selectbox(key="indicator").select("cost").run()
    assert charts(app)[0].proto.alt.startswith("Kostnad, totalt per år")


def test_the_same_question_is_answered_at_once(app, bench, finished, monkeypatch):
    run_default(app, bench, finished)

    def refuse(*_):
        raise AssertionError("simulated again")

    monkeypatch.setattr(comparison, "bench", lambda: Bench(bench.store, refuse))
    again = AppTest.from_file(str(APP), default_timeout=60).run()
    click(again, "run")
    assert again.session_state.job is None
    assert charts(again)


def test_the_last_result_is_shown_on_the_next_visit(app, bench, finished):
    run_default(app, bench, finished)
    visitor = AppTest.from_file(str(APP), default_timeout=60).run()
    assert len(charts(visitor)) == 2


def test_one_scenario_and_one_replication_are_shown_honestly(app, bench, finished):
    app.run()
    for box in app.checkbox:
        if not box.disabled:
            box.uncheck()
    app.slider(key="replications").set_value(1)
    run_default(app, bench, finished)
    assert not app.exception
    assert "inget intervall" in texts(app)
    assert "välj minst ett scenario till" in texts(app)
    assert len(charts(app)) == 1


def test_work_under_way_shows_progress_and_can_be_stopped(app, store, gate, monkeypatch, finished):
    bench = Bench(store, gate)
    monkeypatch.setattr(comparison, "bench", lambda: bench)
    click(app.run(), "run")
    assert gate.started.wait(30)
    app.run()
    key = app.session_state.job
    assert bench.job(key).active
    click(app, "cancel")
    assert finished(bench, key).status == "stopped"
    assert not app.exception
    assert app.session_state.job is None
    assert "cancel" not in [button.key for button in app.button]


def test_a_failure_is_one_swedish_message(app, store, monkeypatch, finished):
    def fail(*_):
        raise SimulationError("Disken är full.")

    bench = Bench(store, fail)
    monkeypatch.setattr(comparison, "bench", lambda: bench)
    run_default(app, bench, finished)
    app.run()
    assert [error.value for error in app.error] == ["Disken är full."]
    assert not app.exception


def test_what_nobody_thought_of_is_one_swedish_message_too(app, monkeypatch):
    def broken():
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(comparison, "strategies", broken)
    app.run()
    assert len(app.error) == 1
    assert "secret" not in app.error[0].value
    assert not app.exception


@pytest.mark.parametrize("sent", [10**9, -1, 0, True, "4", None, float("nan")])
def test_the_number_of_replications_is_checked_again(sent):
    assert 1 <= comparison._whole(sent) <= comparison.MOST_REPLICATIONS


def test_a_saved_folder_is_shown_at_once_and_can_be_opened(app, tmp_path, request_of):
    from fake_engine import FakeEngine

    for name, replications in (("first", 2), ("second", 3)):
        compute(request_of(replications), tmp_path / "results" / name, Display(), 1, FakeEngine())
    app.run()
    assert charts(app)
    assert sorted(app.selectbox(key="folder").options) == ["first", "second"]
    app.selectbox(key="folder").select("first").run()
    click(app, "open")
    assert "Två replikationer" in texts(app)
    (tmp_path / "results" / "first" / "results.nc").write_bytes(b"rubbish")
    app.run()
    assert "skadad" in app.error[0].value
    assert not app.exception


def test_sessions_do_not_see_each_others_choices(app, bench, finished):
    other = AppTest.from_file(str(APP), default_timeout=60).run()
    app.run().slider(key="replications").set_value(2)
    run_default(app, bench, finished)
    assert other.run().slider(key="replications").value == comparison.FIRST_REPLICATIONS
    assert other.session_state.asker != app.session_state.asker


def test_no_english_is_shown(app, bench, finished):
    run_default(app, bench, finished)
    labels = [box.label for box in (*app.checkbox, *app.slider, *app.selectbox, *app.button, *app.expander)]
    reasons = re.compile(r".*(BMJ|BJGP|SSRN|adjusted|Socialstyrelsen).*")
    found = [line for line in [*labels, *texts(app).splitlines()] if ENGLISH.search(line)]
    assert [line for line in found if not reasons.match(line)] == []
