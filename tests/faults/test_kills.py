"""Killed by the system (SIGKILL) at any moment, and a disk that takes no more: nothing lost, doubled or half."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from fake_engine import FakeEngine

from scenarios.running.folder import DATA, MANIFEST, WriteError
from scenarios.running.local_pool import local_executor
from scenarios.running.results import read_results, write_results
from scenarios.running.runner import Run, run_all
from simulator.changes import Change

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
START = date(2027, 1, 1)


def test_every_worker_killed_once_loses_and_doubles_nothing(tmp_path):
    changed = (Change("beds", "multiply", 1.1, START, START),)
    run = Run("fake", "d" * 64, (("nulage", ()), ("fler", changed)), date(2028, 1, 1), 7, 5)
    engine = FakeEngine(fault=f"die once {tmp_path}", fault_control="beds")
    with local_executor(2) as executor:
        outcomes = run_all(engine, run, executor)
    assert len(list(tmp_path.iterdir())) == 5, "each was killed"
    whole = run_all(FakeEngine(), run)
    assert [o.replication for o in outcomes] == [1, 2, 3, 4, 5]
    assert not any(o.failures for o in outcomes)
    for ours, theirs in zip(outcomes, whole, strict=True):
        assert ours.datasets.keys() == theirs.datasets.keys()
        assert all(ours.datasets[name].identical(theirs.datasets[name]) for name in theirs.datasets)


KILLS = 100
WRITERS = """
import json, os, random, signal, sys, time
from pathlib import Path
import xarray as xr
from scenarios.running.results import read_results, write_results

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
dims, where = ("scenario", "replication", "year"), {"scenario": ["a"], "replication": [1], "year": [2023]}
made = [xr.Dataset({"visits": (dims, [[[n]]])}, where) for n in (1, 2)]
write_results(made[0], folder)
rng, found, left = random.Random(1), [0, 0, 0], 0
for _ in range(kills):
    writer = os.fork()
    if writer == 0:
        while True:
            for each in (made[1], made[0]):
                write_results(each, folder)
    time.sleep(rng.uniform(0.0, 0.05))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    read = read_results(folder)
    found[[each.equals(read) for each in made].index(True) if any(each.equals(read) for each in made) else 2] += 1
write_results(made[1], folder)
print(json.dumps({"found": found, "last": read_results(folder).equals(made[1])}))
"""
"""Has a child write two results in turn, kills it, and tells which of them it then read, or neither."""


def test_results_are_whole_whenever_their_writer_is_killed(tmp_path, record_property):
    paths = [str(Path(__file__).parents[2]), *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", WRITERS, str(tmp_path / "first"), str(KILLS)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    old, new, neither = told["found"]
    assert (old + new, neither, told["last"]) == (KILLS, 0, True)
    assert min(old, new) > 0, "some were killed before and some after a move"
    record_property("kills_while_writing", KILLS)


def with_ages(count):
    dims, where = ("scenario", "replication", "year", "age"), {"scenario": ["a"], "replication": [1], "year": [2023]}
    return xr.Dataset({"visits": (dims, np.random.default_rng(count).random((1, 1, 1, count)))}, where)


def test_a_file_that_may_grow_no_further_leaves_the_old_results(tmp_path):
    """The system's own refusal, halfway through a file."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "first"
    small, large = (with_ages(n) for n in (10, 100_000))
    write_results(small, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(WriteError, match="filen blev större än vad som tillåts"):
            write_results(large, folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert set(before) == {DATA, MANIFEST}
    assert read_results(folder).equals(small)
