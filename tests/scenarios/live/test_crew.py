"""The crew with work that writes a line instead of simulating: order, sharing, stopping, failing."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from scenarios.live.crew import SILENT_SECONDS, Crew
from scenarios.live.shelf import Shelf
from scenarios.live.work import StoppedError
from scenarios.text.problems import InputError, Problem

PATIENCE = 20.0


class Bench:
    """What the pieces of work of a test share: a log, a gate, and how often each was begun."""

    def __init__(self):
        self.log = []
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Event()


@dataclass(frozen=True)
class Piece:
    """Writes a book under its number; waits at the gate, and looks at the tick while it waits."""

    number: int
    bench: Bench = field(compare=False, hash=False)
    fault: Exception | None = None
    faults: int = 99

    @property
    def name(self):
        return str(self.number)

    @property
    def key(self):
        return f"{self.number:064x}"

    def done(self, shelf):
        return shelf.has(self.key, "book")

    def carry_out(self, shelf, tick):
        self.bench.log.append(self.number)
        self.bench.begun.set()
        while not self.bench.gate.wait(0.005):
            tick(None)
        if self.fault is not None and self.bench.log.count(self.number) <= self.faults:
            raise self.fault
        shelf.put(self.key, "book", b"x")


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def crew(tmp_path):
    made = Crew(Shelf(tmp_path), ThreadPoolExecutor, workers=1)
    yield made
    made.close()


def until(told, patience=PATIENCE):
    end = time.monotonic() + patience
    while not told():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def finished(crew, asker):
    until(lambda: crew.standing(asker).finished)
    return crew.standing(asker)


def test_a_list_is_worked_off_in_its_order(crew, bench):
    crew.want("a", [Piece(n, bench) for n in (3, 1, 2)])
    standing = finished(crew, "a")
    assert (standing.done, standing.total, standing.failure) == (3, 3, "")
    assert bench.log == [3, 1, 2]


def test_what_two_want_is_done_once(crew, bench):
    bench.gate.clear()
    crew.want("a", [Piece(1, bench), Piece(2, bench)])
    crew.want("b", [Piece(1, bench), Piece(2, bench)])
    bench.gate.set()
    finished(crew, "a")
    finished(crew, "b")
    assert bench.log == [1, 2]


def test_what_is_there_is_not_done_again(crew, bench):
    crew.want("a", [Piece(1, bench)])
    finished(crew, "a")
    crew.want("b", [Piece(1, bench)])
    assert finished(crew, "b").done == 1
    assert bench.log == [1]


def test_what_was_deleted_is_done_again(crew, bench):
    crew.want("a", [Piece(1, bench)])
    finished(crew, "a")
    crew.shelf.drop(Piece(1, bench).key, "book")
    crew.want("a", [Piece(1, bench)])
    finished(crew, "a")
    assert bench.log == [1, 1]


def test_first_answers_go_before_refinements_and_users_take_turns(crew, bench):
    bench.gate.clear()
    crew.want("a", [Piece(n, bench) for n in (10, 11, 12, 13)])
    bench.begun.wait(PATIENCE)
    crew.want("b", [Piece(n, bench) for n in (20, 21, 22)])
    crew.want("c", [Piece(n, bench) for n in (30, 31)])
    bench.gate.set()
    for asker in "abc":
        finished(crew, asker)
    assert bench.log[:3] == [10, 20, 30]
    assert bench.log[3:6] == [11, 21, 31]


def test_the_whole_first_answer_comes_before_anybodys_second(crew, bench):
    bench.gate.clear()
    crew.want("a", [Piece(10, bench)])
    bench.begun.wait(PATIENCE)
    crew.want("a", [Piece(10, bench), Piece(11, bench)])
    crew.want("b", [Piece(20, bench), Piece(21, bench), Piece(22, bench)], first=2)
    bench.gate.set()
    finished(crew, "b")
    finished(crew, "a")
    assert bench.log == [10, 20, 21, 11, 22]


def test_one_piece_at_a_time_until_the_first_answer_is_there(tmp_path, bench):
    crew = Crew(Shelf(tmp_path), ThreadPoolExecutor, workers=2)
    try:
        bench.gate.clear()
        crew.want("a", [Piece(1, bench), Piece(2, bench), Piece(3, bench)])
        bench.begun.wait(PATIENCE)
        time.sleep(0.1)
        assert bench.log == [1]
        bench.gate.set()
        finished(crew, "a")
    finally:
        crew.close()


def test_the_patient_come_last(crew, bench):
    bench.gate.clear()
    crew.want("house", [Piece(n, bench) for n in (1, 2)], patient=True)
    bench.begun.wait(PATIENCE)
    crew.want("a", [Piece(n, bench) for n in (10, 11)])
    bench.gate.set()
    finished(crew, "a")
    finished(crew, "house")
    assert [number for number in bench.log if number != 1] == [10, 11, 2]


def test_the_patient_make_room_for_whoever_waits_and_go_on_later(crew, bench):
    bench.gate.clear()
    crew.want("house", [Piece(n, bench) for n in (1, 2)], patient=True)
    bench.begun.wait(PATIENCE)
    crew.want("a", [Piece(10, bench)])
    until(lambda: bench.log == [1, 10])
    bench.gate.set()
    finished(crew, "a")
    assert finished(crew, "house").failure == ""
    assert bench.log == [1, 10, 1, 2]


def test_a_new_wish_stops_the_one_before(crew, bench):
    bench.gate.clear()
    crew.want("a", [Piece(1, bench)])
    bench.begun.wait(PATIENCE)
    crew.want("a", [Piece(2, bench)])
    until(lambda: bench.log == [1, 2])
    bench.gate.set()
    assert finished(crew, "a").failure == ""
    assert not crew.shelf.has(Piece(1, bench).key, "book")


def test_what_another_still_wants_goes_on(crew, bench):
    bench.gate.clear()
    crew.want("a", [Piece(1, bench)])
    crew.want("b", [Piece(1, bench)])
    bench.begun.wait(PATIENCE)
    crew.leave("a")
    time.sleep(0.1)
    bench.gate.set()
    assert finished(crew, "b").done == 1
    assert bench.log == [1]


def test_who_is_silent_has_left(tmp_path, bench):
    now = [0.0]
    crew = Crew(Shelf(tmp_path), ThreadPoolExecutor, workers=1, clock=lambda: now[0])
    try:
        bench.gate.clear()
        crew.want("gone", [Piece(1, bench)])
        bench.begun.wait(PATIENCE)
        crew.want("here", [Piece(2, bench)])
        now[0] = SILENT_SECONDS - 1
        crew.standing("here")
        now[0] = SILENT_SECONDS + 1
        until(lambda: bench.log == [1, 2])
        bench.gate.set()
        finished(crew, "here")
        assert crew.standing("gone").total == 0
    finally:
        crew.close()


def test_a_failure_is_told_and_does_not_stop_others(crew, bench):
    fault = InputError([Problem("spaken", "den går inte.")])
    crew.want("a", [Piece(1, bench, fault), Piece(2, bench)])
    crew.want("b", [Piece(3, bench)])
    assert "den går inte" in finished(crew, "a").failure
    assert finished(crew, "b").done == 1
    assert bench.log.count(1) == 1


def test_a_lost_worker_is_tried_once_more(crew, bench):
    crew.want("a", [Piece(1, bench, OSError("lost"), faults=1)])
    assert finished(crew, "a").failure == ""
    assert bench.log == [1, 1]
    crew.want("b", [Piece(2, bench, OSError("lost"))])
    assert "misslyckades" in finished(crew, "b").failure
    assert bench.log.count(2) == 2


def test_to_ask_again_after_a_failure_is_to_try_again(crew, bench):
    fault = InputError([Problem("spaken", "den går inte.")])
    crew.want("a", [Piece(1, bench, fault, faults=1)])
    assert finished(crew, "a").failure
    crew.want("a", [Piece(1, bench, fault, faults=1)])
    assert finished(crew, "a").failure == ""


def test_how_many_are_before_is_told(crew, bench):
    bench.gate.clear()
    crew.want("a", [Piece(1, bench)])
    bench.begun.wait(PATIENCE)
    crew.want("b", [Piece(2, bench)])
    crew.want("c", [Piece(3, bench)])
    assert crew.standing("a").ahead == 0
    assert crew.standing("c").ahead >= 1
    bench.gate.set()
    finished(crew, "c")


def test_it_says_what_it_prepares(tmp_path, bench):
    ready = threading.Event()

    def prepare(_executor, say):
        say("Simulatorn startar")
        assert ready.wait(PATIENCE)

    crew = Crew(Shelf(tmp_path), ThreadPoolExecutor, workers=1, prepare=prepare)
    try:
        crew.want("a", [Piece(1, bench)])
        until(lambda: crew.standing("a").note == "Simulatorn startar")
        ready.set()
        assert finished(crew, "a").note == ""
    finally:
        crew.close()


def test_stopped_work_is_no_failure(crew, bench):
    crew.want("a", [Piece(1, bench, StoppedError())])
    until(lambda: bench.log)
    time.sleep(0.05)
    assert crew.standing("a").failure == ""


def test_thirty_users_who_move_side_by_side_all_get_their_last_answer(tmp_path, bench):
    crew = Crew(Shelf(tmp_path), ThreadPoolExecutor, workers=2)
    try:
        threads = [threading.Thread(target=_moves, args=(crew, bench, user)) for user in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for user in range(30):
            standing = finished(crew, f"user {user}")
            assert (standing.done, standing.failure) == (3, "")
    finally:
        crew.close()


def _moves(crew, bench, user):
    for move in range(20):
        crew.want(f"user {user}", [Piece(1000 * user + 10 * move + n, bench) for n in range(3)])
        crew.standing(f"user {user}")


class Torn(ThreadPoolExecutor):
    """Tears its work apart when it is shut down, as a pool of processes does."""

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.gate.set()
        super().shutdown(wait=wait, cancel_futures=cancel_futures)


def test_work_that_is_torn_apart_by_closing_is_neither_told_nor_begun_again(tmp_path, bench, caplog):
    pool = Torn(1)
    pool.gate = bench.gate
    crew = Crew(Shelf(tmp_path), lambda _: pool, 1)
    bench.gate.clear()
    crew.want("a", [TornPiece(1, bench)])
    assert bench.begun.wait(PATIENCE)
    crew.close()
    assert bench.log == [1]
    assert caplog.records == []


class TornPiece(Piece):
    """Fails as if its process were gone, once it is let through the gate."""

    def carry_out(self, shelf, tick):  # noqa: ARG002 - looks at no tick
        self.bench.log.append(self.number)
        self.bench.begun.set()
        self.bench.gate.wait(PATIENCE)
        raise OSError("handle is closed")
