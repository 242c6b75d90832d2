"""What the page tests share: a stand-in for the simulator, a store in a folder of the test, a quick bench."""

import sys
import threading
from pathlib import Path

import pytest

import scenarios.study
from scenarios.pages.bench import Bench
from scenarios.pages.request import Request
from scenarios.pages.store import Store
from scenarios.pages.worker import compute

sys.path.append(str(Path(__file__).parents[1]))
from fake_engine import REGION, FakeEngine

NAMES = ("nulage", "kontinuitet", "flytt-till-primarvard")


@pytest.fixture(autouse=True)
def fake(monkeypatch, tmp_path):
    monkeypatch.setattr(scenarios.study, "load_region", lambda _: REGION)
    monkeypatch.setattr(scenarios.study, "kernels_are_compiled", lambda: True)
    monkeypatch.setenv("NARAVARD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("NARAVARD_RESULTS", raising=False)
    monkeypatch.chdir(tmp_path)


def quick_work(request, folder, shown, _stop):
    """Do with the stand-in, in this thread, what the app does with the simulator in another process."""
    compute(request, folder, shown, workers=1, engine=FakeEngine())


class Gate:
    """Work that waits until it is let through, and counts how often it was begun."""

    def __init__(self):
        self.begun = 0
        self.started = threading.Event()
        self.open = threading.Event()

    def __call__(self, request, folder, shown, stop):
        self.begun += 1
        self.started.set()
        stop.on_stop(self.open.set)
        assert self.open.wait(30)
        if not stop.thrown:
            quick_work(request, folder, shown, stop)


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.open.set()


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


@pytest.fixture
def bench(store):
    return Bench(store, quick_work)


@pytest.fixture
def request_of():
    def make(replications=3, names=NAMES):
        return Request.of(names, replications, NAMES)

    return make


_made = []


@pytest.fixture
def answer(bench, request_of):
    """Three replications of three scenarios; the same frozen answer for every test of a process."""
    if not _made:
        key = bench.submit(request_of(), "test")
        finish(bench, key)
        _made.append(bench.answer(key))
    return _made[0]


def finish(bench, key):
    """Wait until a job is over and return it."""
    for thread in threading.enumerate():
        if thread.name == "naravard-bench":
            thread.join(30)
    job = bench.job(key)
    assert job is not None
    assert not job.active
    return job


@pytest.fixture
def finished():
    return finish
