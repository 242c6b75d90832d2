"""The service on the results that come with the project: whole and half answers, damaged books, versions."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from scenarios.live import service as module
from scenarios.live.answer import Shown
from scenarios.live.crew import Crew
from scenarios.live.service import REPLICATIONS, Service
from scenarios.live.shelf import Shelf
from scenarios.live.shipped import Shipped
from scenarios.live.work import run_books


@pytest.fixture
def made(tmp_path):
    shelf = Shelf(tmp_path)
    service = Service(shelf, Crew(shelf, ThreadPoolExecutor, 1))
    service.lay_out()
    yield service
    service.crew.close()


def test_the_library_is_answered_in_full_before_anything_is_simulated(made):
    answer = made.answer(made.library)
    assert answer.replications == REPLICATIONS
    assert not answer.preliminary
    assert answer.baseline == "nulage"
    assert answer.details is not None
    assert list(answer.labels) == [each.name for each in made.library]


def test_the_first_answer_has_the_main_indicators_alone(made):
    today, other = made.library[:2]
    for n in range(1, REPLICATIONS + 1):
        made.shelf.drop(other.course.key, run_books(n)[1])
        if n > 1:
            made.shelf.drop(other.course.key, run_books(n)[0])
    answer = made.answer((today, other))
    assert (answer.replications, answer.details) == (1, None)
    assert "cost" in answer.names
    assert len(answer.names) < 30
    assert made.ready((today, other)) == 0


def test_replications_that_only_some_have_are_left_out(made):
    today, other = made.library[:2]
    for n in (3, 7, 20):
        made.shelf.drop(other.course.key, run_books(n)[1])
    answer = made.answer((today, other))
    assert answer.replications == REPLICATIONS - 3
    assert answer.preliminary


def test_a_damaged_book_is_dropped_and_counts_as_missing(made):
    today, other = made.library[:2]
    made.shelf.place(other.course.key, run_books(2)[1]).write_bytes(b"PK\x03\x04 not a zip file at all")
    answer = made.answer((today, other))
    assert answer.replications == REPLICATIONS - 1
    assert not made.shelf.has(other.course.key, run_books(2)[1])


def test_results_of_an_earlier_version_are_shown_as_such(made, monkeypatch):
    keys = {each.name: each.course.key for each in made.library}
    made.__dict__["shipped"] = Shipped(keys, REPLICATIONS, "0.0+earlier")
    newer = tuple(replace(each, course=replace(each.course, seed=2)) for each in made.library[:2])
    answer = made.answer(newer)
    assert answer.version == "0.0+earlier"
    assert answer.replications == REPLICATIONS
    monkeypatch.setattr(module, "code_version", lambda: "0.0+now")
    assert made.answer(made.library[:2]).version == "0.0+now"


def test_an_unknown_scenario_has_no_answer_yet(made):
    today = made.library[0]
    strange = Shown("eget", "Eget", replace(today.course, seed=3))
    assert made.answer((today, strange)) is None


def test_scenarios_of_the_same_label_are_told_apart(made):
    today, other = made.library[:2]
    answer = made.answer((today, replace(other, label=today.label)))
    assert list(answer.labels.values()) == [f"{today.label} ({today.name})", f"{today.label} ({other.name})"]
