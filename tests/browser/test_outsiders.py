"""Who is not let in: pages from elsewhere, forged headers; and what nobody is told when something breaks."""

import http.client
import json
import re
import sys
from urllib.parse import urlsplit

import pytest
import streamlit
from app_server import free_port, started

from scenarios.commands.app import STREAMLIT

FORGED = {
    "X-Forwarded-User": "direktoren",
    "X-Forwarded-Email": "direktoren@example.se",
    "X-Auth-Request-User": "direktoren",
    "Remote-User": "direktoren",
    "X-Forwarded-Groups": "admin",
}


def answer(address, path, headers=None):
    """Ask the server for something; gives the status and what it answered."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    content = response.read() if response.status != 101 else b""
    connection.close()
    return response.status, content


def shake_hands(address, **headers):
    """Ask for a websocket as a browser does."""
    key = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    asked = key | {"Sec-WebSocket-Key": "bmFyYXZhcmQgbmFyYXZhcg=="} | headers
    return answer(address, "/_stcore/stream", asked)[0]


def test_a_websocket_is_for_the_apps_own_pages(address):
    assert shake_hands(address, Origin=address) == 101
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example", "https://share.streamlit.io"):
        assert shake_hands(address, Origin=origin) == 403, origin


def test_no_page_from_elsewhere_reads_an_answer_or_speaks_to_the_app_in_a_frame(address):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", "/_stcore/health", headers={"Origin": "https://evil.example"})
    assert connection.getresponse().getheader("Access-Control-Allow-Origin") is None
    connection.close()
    told = json.loads(answer(address, "/_stcore/host-config")[1])
    assert told["allowedOrigins"] == ["http://127.0.0.1"]


def test_no_program_drives_the_app(address):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("POST", "/_stcore/agent/interact", "{}", {"Content-Type": "application/json"})
    assert connection.getresponse().status == 403
    connection.close()


def test_a_file_comes_in_only_with_the_token_of_a_session(address):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("PUT", "/_stcore/upload_file/somebody/somefile", b"x", {"Content-Type": "text/plain"})
    assert connection.getresponse().status == 403
    connection.close()


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config"])
def test_forged_headers_change_no_answer(address, path):
    assert answer(address, path, FORGED) == answer(address, path)


def test_forged_headers_change_no_page(visit):
    texts = []
    for headers in ({}, FORGED):
        with visit("antaganden", told=headers) as page:
            texts.append(page.get_by_test_id("stMain").inner_text())
            assert "direktoren" not in page.content()
            assert page.faults == []
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/..%2f..%2fapp.py", "/static/..%5c..%5capp.py", "/app/static/x"]
)
def test_no_file_of_the_servers_is_handed_out(address, path):
    status, content = answer(address, path)
    assert status in (200, 400, 403, 404)
    assert b"root:" not in content
    assert b"import" not in content or b"<!DOCTYPE html>" in content


def test_the_address_of_the_measures_is_not_a_window(address):
    """Whatever the server tells about itself names no path, user or package."""
    for path in ("/_stcore/metrics", "/_stcore/host-config", "/_stcore/agent/openapi.json"):
        assert not re.search(rb"/(?:opt|home|root|usr|tmp)/|site-packages", answer(address, path)[1]), path


def test_a_script_that_is_not_the_apps_is_not_run(visit):
    """That the headers are in force here: without them the other tests of pages would say nothing about them."""
    with visit("antaganden") as page:
        page.evaluate("() => document.head.append(Object.assign(document.createElement('script'), {text: 'hit = 1'}))")
        assert page.evaluate("() => typeof hit") == "undefined"
        assert any("Content Security Policy" in fault for fault in page.faults)


BROKEN = """
import streamlit as st
st.title("Sidan")
raise RuntimeError("the secret of the house")
"""


def test_a_page_that_breaks_tells_the_log_and_nobody_else(chromium, work, tmp_path):
    script, port = tmp_path / "broken.py", free_port()
    script.write_text(BROKEN)
    flags = [
        f"--{name}={value}" for name, value in (STREAMLIT | {"server.port": port, "server.headless": "true"}).items()
    ]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.address=127.0.0.1", *flags]
    with started(command, port, work):
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_test_id("stException").wait_for()
        text = page.content()
        page.close()
    assert "the secret of the house" in (work / f"log-{port}").read_text()
    for word in ("the secret", "RuntimeError", "Traceback", "broken.py", str(tmp_path), streamlit.__version__):
        assert word not in text, word
