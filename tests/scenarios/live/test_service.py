"""The service on the results that come with the project: whole and half answers, damaged books, versions."""

import os
import shutil
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import pytest

from scenarios.live import service as module
from scenarios.live.answer import Shown
from scenarios.live.crew import Crew
from scenarios.live.service import Service
from scenarios.live.shelf import Shelf
from scenarios.live.shipped import Shipped
from scenarios.live.work import (
    CourseRun,
    DrawnRun,
    HistoryRun,
    _read_history,
    book_name,
    drop_other_histories,
    history_file,
)
from scenarios.strategies.defaults import FULL_REPLICATIONS
from simulator.checkpoint import Checkpoint
from simulator.core.private_folder import private_folder


@pytest.fixture
def made(laid_out, tmp_path):
    shutil.copytree(laid_out, tmp_path, dirs_exist_ok=True)
    shelf = Shelf(tmp_path)
    service = Service(shelf, Crew(shelf, ThreadPoolExecutor, 1))
    yield service
    service.crew.close()


def test_the_library_is_answered_in_full_before_anything_is_simulated(made):
    answer = made.answer(made.library)
    assert answer.replications == FULL_REPLICATIONS
    assert not answer.preliminary
    assert answer.baseline == "nulage"
    assert answer.details is not None
    assert list(answer.labels) == [each.name for each in made.library]


def test_the_first_answer_has_the_main_indicators_alone(made):
    today, other = made.library[:2]
    for n in range(1, FULL_REPLICATIONS + 1):
        made.shelf.drop(other.course.key, book_name(n, "whole"))
        if n > 1:
            made.shelf.drop(other.course.key, book_name(n, "main"))
    answer = made.answer((today, other))
    assert (answer.replications, answer.details) == (1, None)
    assert "cost" in answer.names
    assert len(answer.names) < 30
    assert made.ready((today, other)) == 0


def test_replications_that_only_some_have_are_left_out(made):
    today, other = made.library[:2]
    for n in (3, 7, 20):
        made.shelf.drop(other.course.key, book_name(n, "whole"))
    answer = made.answer((today, other))
    assert answer.replications == FULL_REPLICATIONS - 3
    assert answer.preliminary


def test_a_damaged_book_is_dropped_and_counts_as_missing(made):
    today, other = made.library[:2]
    made.shelf.place(other.course.key, book_name(2, "whole")).write_bytes(b"PK\x03\x04 not a zip file at all")
    answer = made.answer((today, other))
    assert answer.replications == FULL_REPLICATIONS - 1
    assert not made.shelf.has(other.course.key, book_name(2, "whole"))


def test_results_of_an_earlier_version_are_shown_as_such(made, monkeypatch):
    keys = {each.name: each.course.key for each in made.library}
    made.__dict__["shipped"] = Shipped(keys, FULL_REPLICATIONS, "0.0+earlier")
    newer = tuple(replace(each, course=replace(each.course, seed=2)) for each in made.library[:2])
    answer = made.answer(newer)
    assert answer.version == "0.0+earlier"
    assert answer.replications == FULL_REPLICATIONS
    monkeypatch.setattr(module, "code_version", lambda: "0.0+now")
    assert made.answer(made.library[:2]).version == "0.0+now"


def test_draws_of_the_assumptions_are_an_answer_of_their_own(made):
    today, other = made.library[:2]
    drawn, stated = made.drawn((today, other)), made.answer((today, other))
    assert (drawn.replications, drawn.details, drawn.preliminary) == (FULL_REPLICATIONS, None, False)
    assert set(drawn.names) < set(stated.names)
    spread = [each.sample("cost", other.name, 2030).std() for each in (stated, drawn)]
    assert spread[1] > 2 * spread[0], "uncertain assumptions widen what chance alone does"
    made.shelf.drop(other.course.key, book_name(1, "drawn"))
    assert made.drawn((today, other)).preliminary
    assert made.drawn((today, Shown("eget", "Eget", replace(today.course, seed=3)))) is None


def test_draws_are_made_after_the_replications_and_only_when_asked_for(made, monkeypatch):
    asked = []
    monkeypatch.setattr(made.crew, "want", lambda _, work, first: asked.append((list(work), first)))
    shown = made.library[:2]
    made.want("a", shown, 3)
    made.want("a", shown, 3, draws=True)
    assert asked[0] == ([CourseRun(each.course, n) for n in (1, 2, 3) for each in shown], 2)
    assert asked[1][0] == asked[0][0] + [DrawnRun(each.course, n) for n in (1, 2, 3) for each in shown]


def test_the_shelf_is_kept_within_bounds_while_the_app_runs_and_the_library_stays(made, monkeypatch):
    monkeypatch.setattr(module, "WANTS_BETWEEN_TIDYING", 2)
    monkeypatch.setattr(made, "shelf", Shelf(made.shelf.folder, most_bytes=1))
    monkeypatch.setattr(made.crew, "want", lambda *_, **__: None)
    for key in ("a" * 64, "b" * 64):
        made.shelf.put(key, "1.npz", b"x")
    os.utime(made.shelf.folder / ("a" * 64), (1, 1))
    for _ in range(2):
        made.want("a", made.library[:1])
    for thread in threading.enumerate():
        if thread.name == "naravard-tidy":
            thread.join()
    assert not made.shelf.has("a" * 64, "1.npz")
    assert made.answer(made.library).replications == FULL_REPLICATIONS


def test_histories_of_other_versions_are_dropped(tmp_path, monkeypatch):
    monkeypatch.setenv("NARAVARD_CACHE", str(tmp_path))
    for key in ("old", "now"):
        place = history_file(key, 1)
        place.parent.mkdir(parents=True)
        place.write_bytes(b"x")
    drop_other_histories("now")
    assert [history_file(key, 1).exists() for key in ("old", "now")] == [False, True]


def test_the_first_answer_is_waited_for_as_long_as_one_likes(made):
    told = []
    strange = (made.library[0], Shown("eget", "Eget", replace(made.library[0].course, seed=3)))
    assert made.first_answer("a", made.library[:2], 60, told.append).replications == FULL_REPLICATIONS
    assert told == []
    assert made.first_answer("a", strange, 0.1, told.append) is None
    assert [standing.total for standing in told] == [0]


def test_an_unknown_scenario_has_no_answer_yet(made):
    today = made.library[0]
    strange = Shown("eget", "Eget", replace(today.course, seed=3))
    assert made.answer((today, strange)) is None


def test_scenarios_of_the_same_label_are_told_apart(made):
    today, other = made.library[:2]
    answer = made.answer((today, replace(other, label=today.label)))
    assert list(answer.labels.values()) == [f"{today.label} ({today.name})", f"{today.label} ({other.name})"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_history_that_somebody_else_may_have_written_is_not_read(tmp_path, monkeypatch, made):
    monkeypatch.setenv("NARAVARD_CACHE", str(tmp_path))
    course = made.library[0].course
    work = HistoryRun(course, 1)
    place = history_file(course.history_key, 1)
    private_folder(place.parent)
    place.write_bytes(b"x")
    assert work.done(made.shelf)
    place.parent.chmod(0o777)
    assert not work.done(made.shelf)
    monkeypatch.setattr(Checkpoint, "load", lambda _: pytest.fail("it was read"))
    assert _read_history(course.history_key, 1) is None


class Idle(ThreadPoolExecutor):
    """An executor that holds everything back."""

    def submit(self, *_, **__):
        return Future()


@pytest.mark.parametrize(("ahead", "wanted"), [("1", True), ("0", False)])
def test_what_makes_the_first_move_quick_is_made_ahead_unless_the_machine_is_shared(
    laid_out, tmp_path, monkeypatch, ahead, wanted
):
    monkeypatch.setenv("NARAVARD_AHEAD", ahead)
    shutil.copytree(laid_out, tmp_path, dirs_exist_ok=True)
    shelf = Shelf(tmp_path)
    service = Service(shelf, Crew(shelf, Idle, 1))
    service.start()
    assert (service.standing("housekeeping").total > FULL_REPLICATIONS) == wanted
    assert service.answer(service.library).replications == FULL_REPLICATIONS
    service.crew.close()
