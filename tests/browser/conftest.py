"""A real server and a real Chromium; without one of them the tests are skipped with the reason.

`NARAVARD_CHROMIUM` names the browser when it is not on the path. With `NARAVARD_REQUIRE_BROWSER` set, as a
build server should have it, a missing browser is a failure and not a skip.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "scenarios"))
ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


def missing(reason):
    if os.environ.get("NARAVARD_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed: pip install naravard[browser]")
    found = [shutil.which(name) for name in BROWSERS]
    path = os.environ.get("NARAVARD_CHROMIUM") or next(filter(None, found), None)
    if path is None:
        missing("no Chromium on the path; set NARAVARD_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """Results of three scenarios by the stand-in for the simulator."""
    from fake_engine import FakeEngine
    from scenarios.pages.request import Request
    from scenarios.pages.worker import compute

    from scenarios.engine import load_region
    from scenarios.progress import Display

    folder = tmp_path_factory.mktemp("results") / "first"
    names = ("nulage", "kontinuitet", "flytt-till-primarvard", "flytt-till-primarvard-utan-resurser")
    engine = replace(FakeEngine(), digest=load_region("kalmar").digest)
    compute(Request(names, 3), folder, Display(), 1, engine)
    return folder


@pytest.fixture(scope="session")
def address(chromium, results, tmp_path_factory):  # noqa: ARG001 - no server without a browser
    """Return the address of an app that has results to show and is never asked to simulate."""
    with serving(results, tmp_path_factory.mktemp("work")) as place:
        yield place


@pytest.fixture
def empty_address(chromium, tmp_path):  # noqa: ARG001 - no server without a browser
    """Return the address of an app that nobody has used."""
    with serving(tmp_path / "nothing", tmp_path) as place:
        yield place


@contextmanager
def serving(results, work):
    """Start the app as the command line does."""
    port = free_port()
    environment = {
        **os.environ,
        "NARAVARD_RESULTS": str(results),
        "NARAVARD_CACHE": str(work / "cache"),
        "PYTHONPATH": str(ROOT),
    }
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    options += ["--client.toolbarMode=minimal", "--client.showErrorDetails=none"]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options]
    with (
        (work / "log").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=ROOT) as server,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
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
