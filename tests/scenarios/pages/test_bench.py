import shutil

import pytest

import scenarios.pages.bench
from scenarios.folder import DATA
from scenarios.pages.bench import Bench
from scenarios.pages.launch import SimulationError
from scenarios.problems import InputError


def test_a_request_becomes_an_answer_that_stays_on_disk(bench, store, request_of, finished):
    key = bench.submit(request_of(), "a")
    assert finished(bench, key).status == "done"
    assert bench.answer(key).replications == 3
    assert store.latest() == key


def test_the_same_request_is_simulated_once_even_after_a_restart(store, request_of, gate, finished):
    gate.open.set()
    first = Bench(store, gate)
    key = first.submit(request_of(), "a")
    finished(first, key)
    assert first.submit(request_of(), "b") == key
    second = Bench(store, gate)
    assert second.submit(request_of(), "c") == key
    assert second.answer(key) == first.answer(key)
    assert gate.begun == 1


def test_who_asks_for_what_is_under_way_joins_it(store, request_of, gate, finished):
    bench = Bench(store, gate)
    key = bench.submit(request_of(), "a")
    assert gate.started.wait(30)
    assert bench.submit(request_of(), "b") == key
    bench.leave(key, "a")
    assert bench.job(key).status == "running"
    gate.open.set()
    assert finished(bench, key).status == "done"
    assert gate.begun == 1


def test_when_all_have_left_the_work_stops_and_can_be_begun_again(store, request_of, gate, finished):
    bench = Bench(store, gate)
    key = bench.submit(request_of(), "a")
    assert gate.started.wait(30)
    bench.leave(key, "a")
    assert finished(bench, key).status == "stopped"
    assert bench.answer(key) is None
    assert bench.submit(request_of(), "a") == key
    assert finished(bench, key).status == "done"


def test_jobs_wait_their_turn_and_too_many_are_refused(store, request_of, gate, monkeypatch):
    monkeypatch.setattr(scenarios.pages.bench, "WAITING", 2)
    bench = Bench(store, gate)
    bench.submit(request_of(1), "a")
    assert gate.started.wait(30)
    second, third = bench.submit(request_of(2), "a"), bench.submit(request_of(3), "a")
    assert [bench.ahead(second), bench.ahead(third)] == [1, 2]
    with pytest.raises(InputError, match="väntar"):
        bench.submit(request_of(4), "a")
    bench.leave(second, "a")
    assert bench.ahead(third) == 1
    assert bench.job(second).status == "stopped"
    bench.leave(third, "a")


@pytest.mark.parametrize(
    ("error", "message"),
    [(SimulationError("Disken är full."), "Disken är full."), (KeyError("x"), "Internt fel (KeyError).")],
)
def test_work_that_fails_says_why(store, request_of, finished, error, message):
    def work(*_):
        raise error

    bench = Bench(store, work)
    key = bench.submit(request_of(), "a")
    job = finished(bench, key)
    assert (job.status, job.message) == ("failed", message)
    assert bench.answer(key) is None


def test_a_damaged_result_is_dropped_and_simulated_again(store, request_of, gate, finished):
    gate.open.set()
    first = Bench(store, gate)
    key = first.submit(request_of(), "a")
    finished(first, key)
    (store.place(key) / DATA).write_bytes(b"rubbish")
    second = Bench(store, gate)
    assert second.answer(key) is None
    second.submit(request_of(), "a")
    assert finished(second, key).status == "done"
    assert gate.begun == 2


def test_the_store_can_be_deleted_while_the_app_runs(bench, store, request_of, finished):
    key = bench.submit(request_of(), "a")
    finished(bench, key)
    shutil.rmtree(store.folder)
    assert bench.answer(key) is not None
    other = bench.submit(request_of(2), "a")
    assert finished(bench, other).status == "done"


def test_progress_is_told(bench, request_of, finished):
    key = bench.submit(request_of(2), "a")
    job = finished(bench, key)
    assert job.share == 1
    assert job.progress.all_replications == 2


def test_memory_is_bounded(bench, request_of, finished, monkeypatch):
    monkeypatch.setattr(scenarios.pages.bench, "IN_MEMORY", 1)
    monkeypatch.setattr(scenarios.pages.bench, "REMEMBERED", 1)
    for replications in (1, 2, 3):
        finished(bench, bench.submit(request_of(replications), "a"))
    assert len(bench._answers) == 1
    assert len(bench._jobs) <= 2
