"""Servers of a test's own: the app, or another one that is started the same way."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOOK = 100
"""Milliseconds between two looks at a page that is waited for; a look at every frame takes a core from others."""


@contextmanager
def serving(work):
    """Have an app whose files are in a folder; gives its address and its process."""
    port = free_port()
    environment = {
        **os.environ,
        "NARAVARD_CACHE": str(work / "cache"),
        "NARAVARD_SCENARIOS": str(work / "scenarios"),
        "NARAVARD_AHEAD": "0",  # the cores are the tests'
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "scenarios.cli", "app", "--headless", "--port", str(port)]
    with started(command, port, work, environment) as server:
        yield f"http://127.0.0.1:{port}", server


@contextmanager
def started(command, port, work, environment=None):
    """Have a server that writes its log into a folder; gives its process once it answers."""
    with (
        (work / f"log-{port}").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=ROOT) as server,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield server
        finally:
            server.terminate()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(address, server):
    for _ in range(600):
        assert server.poll() is None, "the app ended at once"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the app did not answer")
