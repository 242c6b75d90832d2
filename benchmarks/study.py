"""A study on one and two workers, and on Dask: python benchmarks/study.py [--region kalmar] [--dask].

Carries out the same study anew on one worker process, on two, and with `--dask` on a scheduler with one and with two
worker processes on loopback, and prints side by side: seconds of simulation and of gathering, the speed-up over one
local worker, its part of the ideal, and the most memory of this process and of a worker. All folders hold the same
bytes of runs, or it says so. Linux or macOS; the extra `cluster` for Dask.
"""

from __future__ import annotations

import argparse
import hashlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from scenarios.running.compilation import compile_if_needed
from scenarios.running.engine import SimulatorEngine, code_version
from scenarios.studies.conduct import conduct, peak_memory
from scenarios.studies.executors import workers_of
from scenarios.studies.gathering import gather
from scenarios.studies.ledger import Ledger
from scenarios.studies.plan import StudyPlan
from scenarios.studies.reading import read_study

TIMEOUT = 3600.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--study", default="biblioteket", help="a study that comes along, or a file")
    parser.add_argument("--region", default="template")
    parser.add_argument("--horizon", type=int, default=2030)
    parser.add_argument("--replications", type=int, default=6)
    parser.add_argument("--parameter-draws", type=int, default=0)
    parser.add_argument("--dask", action="store_true", help="on Dask too")
    given = parser.parse_args()
    instead = {
        "region": given.region, "horizon": given.horizon, "replications": given.replications,
        "futures.parameter_draws": given.parameter_draws,
    }  # fmt: skip
    plan = StudyPlan.of(read_study(given.study, instead))
    compile_if_needed(plan.study.region, print)
    rows: dict[str, tuple[int, float, float, int, int]] = {}
    digests = set()
    for place, workers in [("local", 1), ("local", 2), *([("dask", 1), ("dask", 2)] if given.dask else [])]:
        with tempfile.TemporaryDirectory() as folder:
            rows[f"{place} {workers}"] = (workers, *carried_out(plan, Path(folder, "study"), place, workers))
            digests.add(digest_of_runs(Path(folder, "study")))
    Console(width=130).print(
        table_of(rows, f"{len(plan.read.cases)} scenarios, {len(plan.tasks(given.replications))} tasks")
    )
    print("all folders hold the same bytes of runs" if len(digests) == 1 else "THE FOLDERS DIFFER")


def carried_out(plan: StudyPlan, folder: Path, place: str, workers: int) -> tuple[float, float, int, int]:
    """Seconds of simulation and of gathering, and the most memory (bytes) of this process and of a worker.

    Workers are started before the clock: a small study takes no longer than they do.
    """
    with ExitStack() as stack:
        address = None if place == "local" else stack.enter_context(dask_on_loopback(workers))
        ledger = Ledger.open(folder, plan)
        executor = stack.enter_context(workers_of(address, workers, TIMEOUT, folder))
        list(executor.map(warmed_up, [plan.study.region] * 4 * workers))
        begun = time.perf_counter()
        conducted = conduct(ledger, SimulatorEngine(), executor, longest_silence=TIMEOUT)
        simulated = time.perf_counter()
    gather(ledger, conducted.tasks, "benchmark", code_version())
    most = max(record.memory for record in ledger.records.values())
    return simulated - begun, time.perf_counter() - simulated, peak_memory(), most


def warmed_up(region: str) -> None:
    """Import the simulator, read the region and load the kernels, in a worker."""
    time.sleep(0.5)  # so that every worker gets one
    SimulatorEngine().begin(region, 1)


@contextmanager
def dask_on_loopback(workers: int) -> Iterator[str]:
    """Start a scheduler and workers of one thread each, and give the scheduler's address."""
    from distributed import Client  # noqa: PLC0415 - an extra

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    host, port = address.removeprefix("tcp://").split(":")
    commands = [["scheduler", "--host", host, "--port", port]]
    commands += [["worker", address, "--nthreads", "1", "--no-nanny"]] * workers
    with ExitStack() as stack:
        for command in commands:
            started = subprocess.Popen(
                [sys.executable, "-m", "dask", *command, "--no-dashboard"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            stack.callback(started.wait)
            stack.callback(started.terminate)
        with Client(address, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address


def digest_of_runs(folder: Path) -> str:
    """Digest of every file of runs, by name."""
    digest = hashlib.sha256()
    for path in sorted((folder / "runs").glob("*.npz")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def table_of(rows: dict[str, tuple[int, float, float, int, int]], title: str) -> Table:
    table = Table(
        "workers",
        "simulated s",
        "gathered s",
        "speed-up",
        "of the ideal",
        "this process GB",
        "a worker GB",
        title=title,
    )
    alone = rows["local 1"][1]
    for name, (workers, simulated, gathered, mine, most) in rows.items():
        speed = alone / simulated
        figures = (f"{speed:.2f}", f"{speed / workers:.2f}", f"{mine / 1e9:.2f}", f"{most / 1e9:.2f}")
        table.add_row(name, f"{simulated:.1f}", f"{gathered:.1f}", *figures)
    return table


if __name__ == "__main__":
    main()
