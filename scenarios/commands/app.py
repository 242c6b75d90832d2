"""`naravard app`: start the app in the browser."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from scenarios.commands.arguments import Arguments, Command, Option, switch, whole
from scenarios.text.problems import InputError, Problem
from scenarios.text.terminal import FAILED, complain

STREAMLIT = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "server.showEmailPrompt": "false",
    "client.toolbarMode": "minimal",
    "server.maxUploadSize": "1",
}
"""Settings of the server: no telemetry, no details of errors to users, small uploads (MB)."""


def _app(given: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    spec = importlib.util.find_spec("app")
    if spec is None or spec.origin is None:
        return complain("Appen (app.py) hittades inte.", FAILED)
    flags = [f"--{name}={value}" for name, value in STREAMLIT.items()]
    flags += [f"--server.port={given.port}"] if given.port is not None else []
    flags += ["--server.headless=true"] if given.headless else []
    return _become([sys.executable, "-m", "streamlit", "run", spec.origin, *flags])


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
        Option("--headless", "", "öppna ingen webbläsare: för en server", switch, False),
    ),
)
