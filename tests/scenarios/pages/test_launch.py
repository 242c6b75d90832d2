"""The process apart: a real one, told to do something cheap."""

import io
import json
import os
import subprocess
import sys
import threading
import time

import pytest

from scenarios.pages import launch, worker
from scenarios.pages.launch import SimulationError, StopSwitch, simulate_apart
from scenarios.pages.request import Request
from scenarios.progress import Display
from scenarios.results import read_results
from scenarios.runner import Progress


class Heard(Display):
    def __init__(self):
        self.stages = []
        self.progress = []

    def say(self, text):
        self.stages.append(text)

    def __call__(self, progress):
        self.progress.append(progress)


@pytest.fixture
def child(monkeypatch):
    """Let a piece of Python stand in for the worker."""

    def install(code):
        real = subprocess.Popen

        def popen(_command, **options):
            return real([sys.executable, "-c", code], **options)

        monkeypatch.setattr(launch.subprocess, "Popen", popen)

    return install


def test_progress_comes_through_and_other_output_is_ignored(child, tmp_path):
    messages = [{"stage": "Kör"}, {"progress": {"months": 1, "all_months": 9, "replications": 0}}]
    messages[1]["progress"]["all_replications"] = 2
    lines = [json.dumps(messages[0]), "a library says hello", "[1, 2]", json.dumps(messages[1])]
    child(f"print({chr(10).join(lines)!r})")
    heard = Heard()
    simulate_apart(Request(("nulage",), 1), tmp_path / "r", heard, StopSwitch())
    assert heard.stages == ["Kör"]
    assert heard.progress == [Progress(1, 9, 0, 2)]


def test_the_message_of_a_process_that_fails_is_passed_on(child, tmp_path):
    child('import sys; print(\'{"error": "Disken är full."}\'); sys.exit(1)')
    with pytest.raises(SimulationError, match=r"^Disken är full\.$"):
        simulate_apart(Request(("nulage",), 1), tmp_path / "r", Heard(), StopSwitch())


def test_a_process_that_dies_without_a_word_is_told_of(child, tmp_path, capfd):
    child("import os, sys; print('what happened', file=sys.stderr, flush=True); os._exit(7)")
    with pytest.raises(SimulationError, match=r"oväntat \(kod 7\)"):
        simulate_apart(Request(("nulage",), 1), tmp_path / "r", Heard(), StopSwitch())
    assert "what happened" in capfd.readouterr().err


def test_stop_kills_the_process_and_its_children(child, tmp_path):
    child(
        "import json, subprocess, sys, time\n"
        "other = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(json.dumps({'stage': str(other.pid)}), flush=True)\n"
        "time.sleep(600)\n"
    )
    switch, heard = StopSwitch(), Heard()

    def say(text):
        heard.stages.append(text)
        switch.throw()

    heard.say = say
    with pytest.raises(SimulationError):
        simulate_apart(Request(("nulage",), 1), tmp_path / "r", heard, switch)
    assert _ends(int(heard.stages[0]))


def _ends(pid):
    """Wait for a process that has been killed; the signal is delivered when the system gets to it."""
    return any(not _alive(pid) or time.sleep(0.05) for _ in range(600))


def _alive(pid):
    """Tell whether a process runs; a killed one may be waiting for its parent to take note (zombie)."""
    try:
        with open(f"/proc/{pid}/stat") as stream:  # noqa: PTH123
            return stream.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_stop_that_has_come_acts_at_once():
    switch, done = StopSwitch(), threading.Event()
    switch.throw()
    switch.on_stop(done.set)
    assert done.is_set()


def test_the_worker_tells_what_is_wrong_with_a_request(monkeypatch, capsys, tmp_path):
    order = worker.order_text(Request(("nulage", "kontinuitett"), 1), tmp_path / "r")
    monkeypatch.setattr(worker, "_end_with_the_app", lambda: None)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(order.encode())))
    assert worker.main() == 1
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "kontinuitett" in last["error"]
    assert not (tmp_path / "r").exists()


def test_the_worker_writes_an_ordinary_results_folder(bench, store, request_of, finished):
    key = bench.submit(request_of(2), "a")
    finished(bench, key)
    dataset = read_results(store.place(key))
    assert dataset.sizes["replication"] == 2
    assert dataset.attrs["command"].startswith("naravard run nulage kontinuitet flytt-till-primarvard ")


def test_a_worker_ends_when_the_app_has_gone():
    code = "import threading; from scenarios.pages.worker import _end_with_the_app as end; end()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, start_new_session=True) as process:
        process.stdin.close()
        assert process.wait(60) in (1, -9)


def test_a_replication_that_fails_makes_no_answer(tmp_path, request_of):
    from fake_engine import FakeEngine

    engine = FakeEngine(fault="numret tog slut", fault_control=_control(request_of()))
    with pytest.raises(RuntimeError, match="numret tog slut"):
        worker.compute(request_of(), tmp_path / "r", Heard(), 1, engine)
    assert not os.path.exists(tmp_path / "r")  # noqa: PTH110


def _control(request):
    return next(change.control for _, changes in request.study().run.scenarios for change in changes)
