"""`naravard app`: how the server is started."""

import sys

from scenarios.cli import main


def test_the_app_starts_without_telemetry_or_error_details(monkeypatch):
    called = []
    monkeypatch.setattr("scenarios.commands.app._become", lambda command: called.extend(command) or 0)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: type("Spec", (), {"origin": "app.py"}))
    assert main(["app", "--port", "8600"]) == 0
    assert called[:5] == [sys.executable, "-m", "streamlit", "run", "app.py"]
    assert {
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--server.port=8600",
    } <= set(called)
