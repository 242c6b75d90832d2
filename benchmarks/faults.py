"""A batch that is killed, and disks that take no more: python benchmarks/faults.py [--kills 100] [--stops 20].

Kills (SIGKILL) the worker of every replication once at a random moment of a batch of the smallest region, and compares
what comes of it with the same batch undisturbed. Kills whole commands at random moments and reads what their folder
holds. Fills a small disk, and closes it to writing, where this user may mount one. Linux alone; five minutes on two
cores. Prints what was found and keeps it for the page of checks.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from calibration.checks.measured import Value, keep
from scenarios.running.engine import SimulatorEngine, load_region
from scenarios.running.folder import DATA, MANIFEST, FolderError
from scenarios.running.local_pool import local_executor
from scenarios.running.results import read_results
from scenarios.running.runner import Outcome, Run, run_all
from scenarios.strategies.library import find_strategies
from scenarios.strategies.period import year_end
from scenarios.strategies.scenario import Scenario

ROOT, REGION, HORIZON = Path(__file__).parents[1], "template", 2027
FULL, CLOSED = "disken är full", "skrivskyddad"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=100, help="replications whose worker is killed once")
    parser.add_argument("--stops", type=int, default=20, help="commands that are killed as a whole")
    given = parser.parse_args()
    figures = killed_workers(given.kills)
    killed = int(figures["kills"])
    with tempfile.TemporaryDirectory() as folder:
        figures |= killed_commands(Path(folder), given.stops)
    figures |= disks()
    for name, value in figures.items():
        print(f"{name}: {value}")
    if killed < 0.8 * given.kills:
        raise SystemExit(f"only {killed} of {given.kills} kills struck: nothing is kept, for little was tried")
    keep("faults", "python benchmarks/faults.py", figures)


# --- workers


def killed_workers(kills: int) -> dict[str, Value]:
    """Run a batch whose every replication loses its worker once, and one undisturbed, and compare them."""
    run = batch(kills)
    begun = time.perf_counter()
    whole = run_all(SimulatorEngine(), run)
    killer = Killer((time.perf_counter() - begun) / kills)
    begun = time.perf_counter()
    with local_executor(2) as executor:
        killer.start()
        outcomes = run_all(SimulatorEngine(), run, executor)
        killer.done.set()
    took = time.perf_counter() - begun
    numbers = [outcome.replication for outcome in outcomes]
    return {
        "kills": len(killer.killed),
        "runs": sum(len(outcome.datasets) for outcome in whole),
        "lost": sum(len(b.datasets) - len(a.datasets) for a, b in zip(outcomes, whole, strict=True)),
        "doubled": len(numbers) - len(set(numbers)),
        "failed": sum(len(outcome.failures) for outcome in outcomes),
        "different": sum(not same(a, b) for a, b in zip(outcomes, whole, strict=True)),
        "seconds": round(took),
    }


def batch(replications: int) -> Run:
    region = load_region(REGION)
    chosen = [
        Scenario(region=REGION, strategy=s, horizon=year_end(HORIZON))
        for s in find_strategies(["nulage", "kontinuitet"])
    ]
    changes = tuple((each.strategy.name, each.changes(region)) for each in chosen)
    return Run(REGION, region.digest, changes, date(HORIZON + 1, 1, 1), 1, replications)


def same(a: Outcome, b: Outcome) -> bool:
    return a.datasets.keys() == b.datasets.keys() and all(a.datasets[n].identical(b.datasets[n]) for n in a.datasets)


class Killer(threading.Thread):
    """Kills the worker of every replication once, at a random moment of the time that a replication takes."""

    def __init__(self, seconds: float) -> None:
        super().__init__(daemon=True)
        self.seconds = seconds
        self.killed: set[str] = set()
        self.done = threading.Event()
        self.chance = random.Random(1)

    def run(self) -> None:
        while not self.done.is_set():
            for worker in multiprocessing.active_children():
                task = task_of(worker.pid or 0)
                if task and task not in self.killed:
                    time.sleep(self.chance.uniform(0.0, 0.9 * self.seconds))
                    if task_of(worker.pid or 0) == task:
                        self.killed.add(task)
                        os.kill(worker.pid or 0, signal.SIGKILL)
            time.sleep(0.02)


def task_of(process: int) -> str:
    """Return what a worker does, by the file in which it tells how far it has come; empty when it does nothing.

    A task that is tried again has the same name: the file's last number is that of the try.
    """
    try:
        open_files = [str(link.readlink()) for link in Path(f"/proc/{process}/fd").iterdir()]
    except OSError:
        return ""
    return next((file.rpartition("-")[0] for file in open_files if "/.naravard-" in file), "")


# --- commands


def killed_commands(folder: Path, stops: int) -> dict[str, Value]:
    """Kill commands that write over a result, at random moments, and read what is there after each."""
    chance, out = random.Random(2), folder / "first"
    begun = time.perf_counter()
    run_command(out, 1).wait()
    alone = time.perf_counter() - begun
    found = {"old": 0, "new": 0, "neither": 0}
    for _ in range(stops):
        before = content(out)
        command = run_command(out, 2)
        time.sleep(chance.uniform(0.0, 1.4 * alone))
        command.kill()
        command.wait()
        found["neither" if not is_whole(out) else "old" if content(out) == before else "new"] += 1
    last = run_command(out, 2).wait()
    return {
        "stops": stops, "stops_old": found["old"], "stops_new": found["new"], "stops_neither": found["neither"],
        "after_stops": "gick igenom" if last == 0 and is_whole(out) else "gick inte igenom",
        "left_beside": len(list(out.iterdir())) - len((DATA, MANIFEST)),
    }  # fmt: skip


def run_command(out: Path, replications: int, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    words = ["run", "nulage", "--region", REGION, "--horizon", str(HORIZON), "--replications", str(replications)]
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    return subprocess.Popen(
        [sys.executable, "-m", "scenarios.cli", *words, "--workers", "1", "--out", str(out)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)}, cwd=ROOT, text=True,
        stdout=subprocess.DEVNULL, stderr=stderr,
    )  # fmt: skip


def content(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in (DATA, MANIFEST)]


def is_whole(folder: Path) -> bool:
    try:
        return bool(read_results(folder).sizes["replication"])
    except FolderError:
        return False


# --- disks


def disks() -> dict[str, Value]:
    """Write more than a small disk takes, and to one that is closed; what was there must stay."""
    with tempfile.TemporaryDirectory() as folder:
        run_command(Path(folder, "size"), 1).wait()
        size = sum(len(each) for each in content(Path(folder, "size")))
        place = Path(folder, "disk")
        place.mkdir()
        with mounted(place, size + size // 2) as there_is_one:
            if not there_is_one:
                return {"full_disk": "inte prövat: rätt att montera saknas", "closed_disk": "inte prövat"}
            code = run_command(place / "first", 1).wait()
            before = content(place / "first")
            full = refused(place / "first", FULL) and content(place / "first") == before and code == 0
            subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
            closed = refused(place / "first", CLOSED) and content(place / "first") == before
            return {"full_disk": told(full), "closed_disk": told(closed)}


def refused(out: Path, words: str) -> bool:
    """Whether a command that writes eight replications ends with an error that says why."""
    command = run_command(out, 8, subprocess.PIPE)
    said = command.communicate()[1]
    return command.returncode != 0 and words in said and "Traceback" not in said


def told(stands: bool) -> str:
    return "nekades, det gamla orört" if stands else "FEL"


@contextmanager
def mounted(place: Path, size: int) -> Iterator[bool]:
    """Have a disk in memory of so many bytes at a place; gives whether this user may."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    there_is_one = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield there_is_one
    finally:
        if there_is_one:
            subprocess.run(["umount", str(place)], check=False)


if __name__ == "__main__":
    main()
