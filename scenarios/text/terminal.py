"""What commands write to: a console, and one way to complain; nothing heavy to import."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from rich.console import Console

FAILED, UNUSABLE, STOPPED = 1, 2, 130
"""Exit codes: something went wrong, the input cannot be used, the user stopped it."""
_PLAIN_WIDTH = 100


def complain(text: str, code: int) -> int:
    """Write a message to standard error and return the exit code."""
    print(text, file=sys.stderr)
    return code


def console(stderr: bool = False) -> Console:
    """Return a console that does not guess at markup, as wide as the terminal or `_PLAIN_WIDTH`."""
    from rich.console import Console

    screen = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not screen.is_terminal and "COLUMNS" not in os.environ:
        screen.width = _PLAIN_WIDTH
    return screen
