"""The proxy of the operator's page: what it lets through, and that it still fits the app."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import streamlit
from proxy_example import EXAMPLE, ROOT, checksum, headers, policy

PAGE = ROOT / "docs" / "drift.md"
TEXT = EXAMPLE.read_text(encoding="utf-8")
UNSAFE = {"script-src": {"'wasm-unsafe-eval'"}, "style-src": {"'unsafe-inline'"}}
"""What the app needs of what a policy had better not allow; the example says why."""


@pytest.mark.parametrize(("kind", "name"), [("nginx", "nginx.conf"), ("ini", "naravard.service")])
def test_the_page_shows_the_files(kind, name):
    (shown,) = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert shown == (EXAMPLE.parent / name).read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_service(tmp_path):
    """With a program that is there; that the real one starts so, the page's reader sees."""
    text = (EXAMPLE.parent / "naravard.service").read_text(encoding="utf-8")
    unit = tmp_path / "naravard.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "naravard.service" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr


def test_nothing_is_allowed_that_is_not_named():
    allowed = policy()
    assert allowed["default-src"] == allowed["frame-ancestors"] == allowed["base-uri"] == {"'none'"}
    assert allowed["connect-src"] == allowed["form-action"] == {"'self'"}
    assert {"script-src", "style-src", "img-src", "font-src"} <= set(allowed)


def test_no_source_is_abroad_and_no_unsafe_one_is_without_its_reason():
    sources = {source for allowed in policy().values() for source in allowed}
    assert [source for source in sources if not re.fullmatch(r"'[\w+/=-]+'|data:|blob:", source)] == []
    unsafe = {name: {each for each in allowed if "unsafe" in each} for name, allowed in policy().items()}
    assert {name: found for name, found in unsafe.items() if found} == UNSAFE
    comments = re.findall(r"^ *#(.*)$", TEXT, flags=re.MULTILINE)
    for name, found in UNSAFE.items():
        for source in found:
            assert any(source in comment for comment in comments), (name, source)


def test_scripts_in_the_page_are_the_two_that_are_there_now():
    """One of Streamlit's, one of ours: change either and the example must follow."""
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", index, flags=re.DOTALL)
    own = (ROOT / "scenarios" / "pages" / "app.js").read_text(encoding="utf-8")
    assert {each for each in policy()["script-src"] if "sha256" in each} == {checksum(s) for s in [*inline, own]}


def test_headers_that_keep_the_app_out_of_frames_and_its_addresses_to_itself():
    assert headers() | {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff"} == headers()
    assert headers()["Referrer-Policy"] == "no-referrer"
    assert int(headers()["Strict-Transport-Security"].partition("=")[2]) >= 31_536_000
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(headers()["Permissions-Policy"].split(", "))


def test_headers_stand_where_no_other_takes_them_away():
    """An `add_header` in a location takes away all that stand above it."""
    assert all("add_header" not in block for block in re.findall(r"location [^{]*\{.*?\}", TEXT, flags=re.DOTALL))
    assert TEXT.count("add_header") == TEXT.count(" always;") + 1 == len(headers()) + 1


@pytest.mark.parametrize("name", ["X-Forwarded-User", "X-Forwarded-Email", "Remote-User", "Authorization"])
def test_what_a_visitor_writes_about_who_they_are_goes_no_further(name):
    assert f'proxy_set_header {name} "";' in TEXT


def test_uploads_and_requests_have_limits():
    assert re.search(r"client_max_body_size 1m;", TEXT)
    assert {"limit_req", "limit_conn", "client_header_timeout", "client_body_timeout"} <= set(
        re.findall(r"^ +(\w+) ", TEXT, flags=re.MULTILINE)
    )


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx is not installed")
def test_nginx_takes_it(tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subject = ["-subj", "/CN=naravard.example.se", "-keyout", str(key), "-out", str(certificate)]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject]
    subprocess.run(made, capture_output=True, check=True)
    (tmp_path / "naravard.conf").write_text(TEXT.replace("/etc/ssl/naravard", str(tmp_path)), encoding="utf-8")
    whole = tmp_path / "nginx.conf"
    log = f"error_log {tmp_path}/error.log; pid {tmp_path}/nginx.pid;"
    whole.write_text(
        f"{log} events {{ }} http {{ access_log off; include {tmp_path}/naravard.conf; }}", encoding="utf-8"
    )
    done = subprocess.run(["nginx", "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
