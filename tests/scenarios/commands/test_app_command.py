"""`naravard app`: how the server is started."""

import sys
import tomllib
from pathlib import Path

import pytest

from scenarios.cli import main
from scenarios.commands.app import HERE, STREAMLIT

ROOT = Path(__file__).parents[3]
TOLD = ("browser", "client", "server")
"""Sections of the settings that concern safety; the others are looks."""


@pytest.fixture
def started(monkeypatch):
    """Return a way to give the command, and the flags that Streamlit gets."""
    monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: type("Spec", (), {"origin": "app.py"}))

    def start(*words):
        called = []
        monkeypatch.setattr("scenarios.commands.app._become", lambda command: called.extend(command) or 0)
        assert main(["app", *words]) == 0
        assert called[:5] == [sys.executable, "-m", "streamlit", "run", "app.py"]
        return dict(flag.removeprefix("--").split("=", 1) for flag in called[5:])

    return start


def test_the_app_starts_without_telemetry_or_error_details_for_this_machine_alone(started):
    flags = started("--port", "8600")
    assert flags == STREAMLIT | {"server.port": "8600", "server.address": HERE}
    assert flags["browser.gatherUsageStats"] == "false"
    assert flags["client.showErrorDetails"] == "none"
    assert flags["server.enableXsrfProtection"] == flags["server.enableCORS"] == "true"


def test_another_address_is_one_that_somebody_has_chosen(started, monkeypatch):
    assert started("--address", "0.0.0.0")["server.address"] == "0.0.0.0"
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "10.0.0.1")
    assert started()["server.address"] == "10.0.0.1"
    assert started("--address", "::1")["server.address"] == "::1"


@pytest.mark.parametrize("address", ["everywhere", "256.1.1.1", "127.0.0.1 --server.enableCORS=false"])
def test_what_is_no_address_is_refused(address, capsys):
    assert main(["app", "--address", address]) == 2
    assert "IP-adress" in capsys.readouterr().err


def test_who_starts_streamlit_themselves_gets_the_same_settings():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    given = {f"{section}.{name}": plain(value) for section in TOLD for name, value in settings[section].items()}
    assert given == STREAMLIT | {"server.address": HERE}


def plain(value):
    """Return a setting as it stands in a flag."""
    if isinstance(value, list):
        (value,) = value
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("name", STREAMLIT)
def test_every_setting_is_one_that_streamlit_knows(name):
    from streamlit import config

    assert name in config.get_config_options()
