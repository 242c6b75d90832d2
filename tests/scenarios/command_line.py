"""The command line as tests call it: in this process, and in one of its own."""

import os
import subprocess
import sys

from scenarios.cli import main

STEPS = 6
"""Levers of `bemanning-1100`; each adds 10 emergency visits a month to the stand-in's."""
ALONE = ("--workers", "1")
"""Without processes of their own, where they are not what is tested: each takes seconds to start."""


def printed(capsys, *arguments):
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def python(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        env=os.environ | environment,
        text=True,
    )
