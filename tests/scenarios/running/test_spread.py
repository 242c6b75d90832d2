"""Tasks on an executor: what is lost, hangs or is to be had again is tried once more."""

import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

from scenarios.running.spread import spread


def grown(file, steps=2):
    with Path(file).open("ab") as stream:
        stream.write(b"." * steps)


def by_task(ended):
    return {each.task: each for each in ended}


def test_every_task_ends_and_every_step_is_heard():
    heard = []

    def work(task, file):
        grown(file)
        return 10 * task

    with ThreadPoolExecutor(2) as executor:
        ended = by_task(spread([1, 2, 3], lambda task, file: executor.submit(work, task, file), heard.append))
    assert {task: each.result for task, each in ended.items()} == {1: 10, 2: 20, 3: 30}
    assert all((each.tries, each.error) == (1, None) for each in ended.values())
    assert heard == sorted(heard)
    assert heard[-1] == 6


def test_what_fails_or_is_to_be_had_again_is_tried_once_more():
    tries = []

    def work(task, file):
        grown(file)
        tries.append(task)
        if task == "fails":
            raise ArithmeticError("nej")
        return tries.count(task) if task == "better" else 0

    tasks = ["fails", "better", "worse"]
    with ThreadPoolExecutor(1) as executor:
        ended = by_task(
            spread(tasks, lambda task, file: executor.submit(work, task, file), lambda _: None, lambda got: got < 2)
        )
    assert sorted(tries) == sorted(2 * tasks)
    assert isinstance(ended["fails"].error, ArithmeticError)
    assert (ended["better"].result, ended["better"].tries) == (2, 2)
    assert (ended["worse"].result, ended["worse"].tries) == (0, 2)


def test_a_task_that_falls_silent_is_given_up_and_one_that_waits_its_turn_is_not():
    let_go = threading.Event()

    def work(task, file):
        grown(file)
        if task == "silent":
            let_go.wait(30)
        return task

    def submit(task, file):
        return executor.submit(work, task, file)

    with ThreadPoolExecutor(3) as executor:
        ended = by_task(spread(["silent", "other"], submit, lambda _: None, longest_silence=0.3))
        let_go.set()
    assert isinstance(ended["silent"].error, TimeoutError)
    assert ended["silent"].tries == 2
    assert ended["other"].result == "other"
    with ThreadPoolExecutor(1) as executor:
        waiting = spread(
            [1, 2, 3], lambda task, file: executor.submit(_slow, task, file), lambda _: None, longest_silence=0.5
        )
        assert all(each.error is None for each in waiting)


def _slow(task, file):
    for _ in range(4):
        grown(file)
        threading.Event().wait(0.1)
    return task


class Closed(Executor):
    """Gives up the first task and takes no other."""

    def __init__(self):
        self.taken = 0

    def submit(self, *_, **__):
        self.taken += 1
        if self.taken > 1:
            raise RuntimeError("closed")
        future = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


def test_an_executor_that_gives_up_costs_the_task():
    executor = Closed()
    (ended,) = spread([1], lambda *_: executor.submit(), lambda _: None)
    assert ended.tries == 1
    assert type(ended.error).__name__ == "CancelledError"


def test_tasks_that_an_executor_lost_before_they_began_are_given_up(monkeypatch):
    monkeypatch.setattr("scenarios.running.spread.START_SECONDS", 0.1)
    given = []

    def submit(task, _):
        given.append(task)
        return Future()

    ended = list(spread([1, 2], submit, lambda _: None, longest_silence=0.2))
    assert sorted(given) == [1, 1, 2, 2]
    assert all(isinstance(each.error, TimeoutError) for each in ended)
