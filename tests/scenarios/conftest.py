"""What the page tests share: the library's results as they come with the project, and a simulator that is a copier.

Pages are tested on real answers. Where a test moves a lever, the new course's runs are today's with every figure one
per cent higher, at once, in a thread: what the simulator would give is for other tests.
"""

import io
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from read_markdown import as_read
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from scenarios.live import work
from scenarios.live.crew import Crew
from scenarios.live.service import Service
from scenarios.live.shelf import Shelf
from scenarios.live.work import book_name
from scenarios.pages import session

APP = Path(__file__).parents[2] / "app.py"
PATIENCE = 60


@pytest.fixture(scope="session", autouse=True)
def components_looked_for_once():
    """Look through the installed packages for components once, as an app does, and not at every run of a page."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture(autouse=True)
def own_main(monkeypatch):
    """Give back the main module: AppTest leaves its script there, which workers spawned later would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory):
    """Return the folder of a shelf with the library on it, to be copied by who changes anything."""
    folder = tmp_path_factory.mktemp("shelf")
    service_of(folder).lay_out()
    return folder


def service_of(folder):
    """Return a service on what lies in a folder, whose crew works in threads."""
    shelf = Shelf(folder)
    return Service(shelf, Crew(shelf, ThreadPoolExecutor, 2))


def copied(course_run, shelf, tick):
    """Do as if a course had been simulated: today's figures, one per cent higher."""
    tick(None)
    for kind in ("main", "whole"):
        copy_book(course_run.course, book_name(course_run.replication, kind), shelf)


def copied_draw(drawn_run, shelf, tick):
    """Do as if a course had been simulated with drawn assumptions."""
    tick(None)
    copy_book(drawn_run.course, book_name(drawn_run.number, "drawn"), shelf)


def copy_book(course, name, shelf):
    today = session.service().library[0].course
    content = session.service().shelf.read(today.key, name)
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        raised = {
            title: arrays[title] if title.startswith("@") else arrays[title] * np.float32(1.01)
            for title in arrays.files
        }
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **raised)
    shelf.put(course.key, name, stream.getvalue())


@pytest.fixture
def service(laid_out, monkeypatch, tmp_path):
    """Return a service on the library's results whose simulator copies."""
    monkeypatch.setenv("NARAVARD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NARAVARD_SCENARIOS", str(tmp_path / "scenarios"))
    monkeypatch.setattr(work.CourseRun, "carry_out", copied)
    monkeypatch.setattr(work.DrawnRun, "carry_out", copied_draw)
    made = service_of(laid_out)
    monkeypatch.setattr(session, "service", lambda: made)
    yield made
    made.crew.close()


@pytest.fixture(scope="session")
def answer(laid_out):
    """Return the answer for three scenarios of the library, 20 replications."""
    names = ("nulage", "kontinuitet", "flytt-till-primarvard")
    made = service_of(laid_out)
    return made.answer([each for each in made.library if each.name in names])


@pytest.fixture
def app(service):  # noqa: ARG001 - the service must be in place
    """Return the app, not yet run."""
    return AppTest.from_file(str(APP), default_timeout=PATIENCE)


def texts(app):
    """Return all text on the page."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "error", "html", "button", "selectbox", "checkbox")
    return "\n".join(_text(element) for kind in kinds for element in app.get(kind))


def _text(element):
    body = getattr(element, "label", None) or getattr(element, "value", None) or getattr(element.proto, "body", "")
    return as_read(re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", " ", str(body), flags=re.S))


@pytest.fixture
def text_of():
    return texts


def charts(app):
    return app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")


@pytest.fixture
def charts_of():
    return charts
