"""`naravard app`: start the app in the browser."""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import subprocess
import sys

from scenarios.commands.arguments import Arguments, Command, Option, switch, whole
from scenarios.text.problems import InputError, Problem
from scenarios.text.terminal import FAILED, complain

STREAMLIT = {
    "browser.gatherUsageStats": "false",
    "client.allowedOrigins": "http://127.0.0.1",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "server.enableAgentApi": "false",
    "server.enableCORS": "true",
    "server.enableXsrfProtection": "true",
    "server.maxUploadSize": "1",
    "server.showEmailPrompt": "false",
}
"""Settings of the server: no telemetry, no details of errors to users, small uploads (MB), and no words from other
pages than its own: neither from one that shows the app in a frame (as Streamlit's cloud may) nor from a program.

`.streamlit/config.toml` says the same to those who start Streamlit themselves.
"""
HERE = "127.0.0.1"
"""Where the app is reached unless told otherwise: from this machine alone, since it asks nobody who they are."""


def _app(given: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    spec = importlib.util.find_spec("app")
    if spec is None or spec.origin is None:
        return complain("Appen (app.py) hittades inte.", FAILED)
    flags = [f"--{name}={value}" for name, value in STREAMLIT.items()]
    flags += [f"--server.address={given.address or os.environ.get('STREAMLIT_SERVER_ADDRESS') or HERE}"]
    flags += [f"--server.port={given.port}"] if given.port is not None else []
    flags += ["--server.headless=true"] if given.headless else []
    return _become([sys.executable, "-m", "streamlit", "run", spec.origin, *flags])


def _address(text: str) -> str:
    """Read an address of this machine; raises ValueError saying what is allowed."""
    try:
        return text if text == "localhost" else str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError("en IP-adress eller localhost") from None


def _become(command: list[str]) -> int:
    """Run a command in this process's place, so that who stops this one stops it; beside it where that cannot be."""
    if hasattr(os, "execv") and os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


APP = Command(
    "app",
    "Starta appen i webbläsaren.",
    _app,
    options=(
        Option("--port", "NUMMER", "port för appen", whole(1, 65_535)),
        Option("--address", "ADRESS", f"adress som appen nås på, {HERE} om inget sägs; 0.0.0.0 är alla", _address),
        Option("--headless", "", "öppna ingen webbläsare: för en server", switch, False),
    ),
)
