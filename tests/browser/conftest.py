"""A real server, the real simulator and a real Chromium; without a browser the tests are skipped with the reason.

`NARAVARD_CHROMIUM` names the browser when it is not on the path. With `NARAVARD_REQUIRE_BROWSER` set, as a
build server should have it, a missing browser is a failure and not a skip.
"""

import base64
import os
import shutil
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from app_server import LOOK, serving
from proxy_example import headers

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    # A page whose headers are added here counts as one from the internet, which may not speak to this machine.
    "--disable-features=LocalNetworkAccessChecks",
)


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
def work(tmp_path_factory):
    """Return the folder of what the apps keep, so that a second one finds what the first has made."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="session")
def address(chromium, kernels, work):  # noqa: ARG001 - no server without a browser
    """Return the address of an app that has what it comes with, and the real simulator."""
    with serving(work) as (address, _):
        yield address


@pytest.fixture
def lonely(chromium, address, work):  # noqa: ARG001 - no server without a browser
    """Return the address and the process of an app that a test has for itself."""
    with serving(work) as (own, process):
        yield SimpleNamespace(address=own, process=process)


def behind_the_proxy(page):
    """Have pages come with the headers that the operator's proxy adds: every test of a page is one of its policy too.

    By the browser's own protocol, for pages alone: Playwright's routes stop every request, and the browser's cache.
    """
    session = page.context.new_cdp_session(page)
    added = [{"name": name, "value": value} for name, value in headers().items()]

    def answer(event):
        if "responseStatusCode" not in event:  # there was no answer
            session.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            return
        # As a new answer: a policy that is added to the one that came is not read any more.
        came = session.send("Fetch.getResponseBody", {"requestId": event["requestId"]})
        body = came["body"] if came["base64Encoded"] else base64.b64encode(came["body"].encode()).decode()
        given = {"requestId": event["requestId"], "responseCode": event["responseStatusCode"], "body": body}
        session.send("Fetch.fulfillRequest", given | {"responseHeaders": event["responseHeaders"] + added})

    session.on("Fetch.requestPaused", answer)
    pages = {"urlPattern": "http://127.0.0.1:*", "resourceType": "Document", "requestStage": "Response"}
    session.send("Fetch.enable", {"patterns": [pages]})


@pytest.fixture(scope="session")
def window(chromium):
    """Return a way to a window of a width and a scheme, opened once: what the app consists of is then at hand."""
    opened = {}

    def of(width, scheme):
        if (width, scheme) not in opened:
            viewport = {"width": width, "height": 900}
            opened[width, scheme] = chromium.new_context(viewport=viewport, color_scheme=scheme, accept_downloads=True)
        return opened[width, scheme]

    yield of
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(window, address):
    """Return a way to open a page of the app in a session of its own."""

    @contextmanager
    def visited(path="", width=1440, scheme="light", told=None):
        page = window(width, scheme).new_page()
        page.set_extra_http_headers(told or {})
        behind_the_proxy(page)
        page.faults, page.abroad = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda text: page.faults.append(text.text) if is_fault(text) else None)
        page.on("request", lambda request: page.abroad.append(request.url) if foreign(request.url) else None)
        try:
            page.goto(path if path.startswith("http") else f"{address}/{path}")
            drawn(page)
            yield page
        finally:
            page.close()

    return visited


def drawn(page):
    """Wait until the page stands still: its heading is there and nothing is being run."""
    page.locator("h1").first.wait_for(timeout=90_000)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=\"stApp\"]')?.dataset.testScriptState !== 'running'",
        timeout=90_000,
        polling=LOOK,
    )
    page.wait_for_timeout(500)


def is_fault(text):
    """Tell whether a line in the console is one; at a page's address Streamlit first looks in vain for its server."""
    return text.type == "error" and "404 (Not Found)" not in text.text


def foreign(url):
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1"
