"""A study on a Dask cluster on this machine: the same bytes, and what is lost with a worker or the scheduler is told.

Skipped where the extra `cluster` is not installed.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from made_study import SMALL, carried_out, plan_of, runs_in, stand_in

from scenarios.running.runner import replication_seed
from scenarios.studies.conduct import conduct
from scenarios.studies.executors import workers_of
from scenarios.studies.ledger import Ledger
from scenarios.text.problems import InputError

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal"),
]
SECOND = replication_seed(1, 2)
HERE = Path(__file__).parents[1]
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def region(monkeypatch):
    stand_in(monkeypatch)


class Cluster:
    """A scheduler and its workers, each a process that can be killed."""

    def __init__(self, stack, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address, self.stack, self.folder = f"tcp://127.0.0.1:{self.port}", stack, folder
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        self.workers = []

    def start(self, *arguments):
        paths = [str(HERE.parents[1]), str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process

    def more(self):
        self.workers.append(self.start("worker", self.address, "--nthreads", "1", "--no-nanny"))

    def wait_for(self, count):
        from distributed import Client

        with Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            if count:
                client.wait_for_workers(count, timeout=PATIENCE)


@pytest.fixture
def cluster(tmp_path):
    with ExitStack() as stack:
        made = Cluster(stack, tmp_path)
        made.more()
        made.more()
        made.wait_for(2)
        yield made


def test_a_cluster_gives_the_same_bytes_also_when_a_worker_dies(cluster, tmp_path):
    plan = plan_of(tmp_path, SMALL)
    marks = tmp_path / "dead"
    marks.mkdir()
    ledger = Ledger.open(tmp_path / "ut", plan)
    engine = FakeEngine(fault=f"die once {marks}", fault_control="winter_surge", fault_seed=SECOND)
    with workers_of(cluster.address, None, PATIENCE, tmp_path / "ut") as executor:
        conducted = conduct(ledger, engine, executor)
    assert len(list(marks.iterdir())) == 1, "a worker was killed"
    assert not conducted.failed
    carried_out(plan, tmp_path / "here")
    assert runs_in(tmp_path / "ut") == runs_in(tmp_path / "here")


class KillsScheduler(FakeEngine):
    """The scheduler dies as the second replication begins, with the id of its process in a file."""

    def begin(self, region, seed):
        file = Path("scheduler.pid")
        if seed == SECOND and file.exists():
            os.kill(int(file.read_text()), signal.SIGKILL)
            file.unlink()
            time.sleep(1)
        return super().begin(region, seed)


def test_a_scheduler_that_dies_is_told_and_the_study_goes_on_elsewhere(cluster, tmp_path, monkeypatch):
    plan = plan_of(tmp_path, SMALL)
    Path(tmp_path, "scheduler.pid").write_text(str(cluster.scheduler.pid))
    ledger = Ledger.open(tmp_path / "ut", plan)
    monkeypatch.setattr("scenarios.studies.executors.PATIENCE", "5s")
    with workers_of(cluster.address, None, PATIENCE, tmp_path / "ut") as executor:
        conducted = conduct(ledger, KillsScheduler(), executor, longest_silence=5.0)
    assert conducted.failed
    reasons = {reason for record in conducted.failed for _, reason in record.failures}
    assert all("lämnade inget resultat" in reason for reason in reasons)
    _, again, _ = carried_out(plan, tmp_path / "ut")
    assert not again.failed
    carried_out(plan, tmp_path / "here")
    assert runs_in(tmp_path / "ut") == runs_in(tmp_path / "here")


def test_an_address_where_nobody_answers_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("scenarios.studies.executors.PATIENCE", "1s")
    with (
        pytest.raises(InputError, match="ingen schemaläggare svarar"),
        workers_of("tcp://127.0.0.1:9", None, 9, tmp_path),
    ):
        pass


def test_a_cluster_without_workers_is_told(tmp_path):
    with ExitStack() as stack:
        made = Cluster(stack, tmp_path)
        made.wait_for(0)
        with pytest.raises(InputError, match="inga arbetare"), workers_of(made.address, None, 9, tmp_path):
            pass
