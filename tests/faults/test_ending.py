"""A run that is asked to end, or whose process is killed: workers gone in seconds, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[1] / "scenarios"
ROOT = Path(__file__).parents[2]
SCRIPT = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(SCENARIOS)!r}]
import scenarios.running.compilation, scenarios.running.region, scenarios.running.batch
from fake_engine import REGION, FakeEngine
scenarios.running.region.load_region = lambda _: REGION
scenarios.running.batch.SimulatorEngine = lambda: FakeEngine(fault="hang", fault_control="listed_per_gp")
scenarios.running.compilation.kernels_are_compiled = lambda: True
from scenarios.cli import main
sys.exit(main(sys.argv[1:]))
"""
GONE_WITHIN = 30.0
"""Seconds that a machine with much else to do is given; without the cure workers stay for ten minutes."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc")


def alive(process):
    """Tell whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def workers_of(parent):
    """Return the worker processes of a process."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def as_in_a_terminal():
    """Hear what asks to end: whoever began the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def until(condition):
    """Wait until a condition holds, and return whether it does."""
    end = time.monotonic() + GONE_WITHIN
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def started(tmp_path):
    """Return a run with two workers that hang, each in a task; it is killed at the end, whatever happened."""
    begun = []

    def start(*arguments, workers=2, **options):
        (tmp_path / "tmp").mkdir()
        options.setdefault("preexec_fn", as_in_a_terminal)
        given = [*arguments, "--out", str(tmp_path / "first"), "--replications", "2", "--workers", str(workers)]
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *given],
            env=os.environ | {"TMPDIR": str(tmp_path / "tmp")}, stderr=subprocess.PIPE, text=True, **options,
        )  # fmt: skip
        begun.append((process, []))
        progress = tmp_path / "tmp"
        assert until(lambda: workers == 1 or len([*progress.glob(".naravard-*/*")]) == workers)
        assert until((tmp_path / ".first.naravard.lock").exists)
        begun[-1][1].extend(workers_of(process.pid) if workers > 1 else [])
        assert len(begun[-1][1]) == (workers if workers > 1 else 0)
        return begun[-1]

    yield start
    for process, workers in begun:
        for each in (process.pid, *workers):
            if alive(each):
                os.kill(each, signal.SIGKILL)
        process.communicate()


def nothing_is_left(folder):
    return [path.name for path in folder.rglob("*")] == ["tmp"]


def test_a_service_that_stops_ends_a_run_as_the_keyboard_does(started, tmp_path):
    process, workers = started("run", "bemanning-1100")
    process.send_signal(signal.SIGTERM)
    assert process.wait(GONE_WITHIN) == 143
    assert until(lambda: not any(map(alive, workers)))
    assert nothing_is_left(tmp_path)
    assert process.stderr.read().endswith("Avbrutet.\n")


def test_whoever_asks_again_does_not_stop_the_tidying_up(started, tmp_path):
    process, workers = started("attribute", "bemanning-1100", "--by", "group")
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        process.send_signal(number)
    assert process.wait(GONE_WITHIN) in (129, 130, 143)
    assert until(lambda: not any(map(alive, workers)))
    assert nothing_is_left(tmp_path)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGHUP, 129)], ids=str)
def test_a_run_without_workers_ends_too(started, tmp_path, number, code):
    process, _ = started("run", "bemanning-1100", workers=1)
    process.send_signal(number)
    assert process.wait(GONE_WITHIN) == code
    assert nothing_is_left(tmp_path)


def test_workers_end_with_a_parent_that_was_killed(started, tmp_path):
    process, workers = started("run", "bemanning-1100")
    process.kill()
    assert process.wait(GONE_WITHIN) == -signal.SIGKILL
    assert until(lambda: not any(map(alive, workers)))
    assert list((tmp_path / "tmp").glob(".naravard-*")) == []


def test_a_run_that_was_told_to_go_on_without_its_terminal_does(started):
    process, workers = started("run", "bemanning-1100", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    assert all(map(alive, workers))
