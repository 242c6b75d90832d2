"""What commands write to: two streams that take every sign, a console, and ways to tell; nothing heavy to import."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from scenarios.text.problems import reason_sv
from scenarios.text.signs import handler_for, holds

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from rich.console import Console

FAILED, UNUSABLE, STOPPED = 1, 2, 130
"""Exit codes: something went wrong, the input cannot be used, the user stopped it."""
_PLAIN_WIDTH, _NARROWEST, _WIDEST = 100, 40, 400
"""Columns without a terminal, and the fewest and the most that are written for: COLUMNS may say anything."""


def open_streams() -> None:
    """Have standard output and error take every sign, whatever their encoding; one that is closed takes all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=handler_for(stream.encoding))


def tell(text: str) -> None:
    """Write a message to standard error; that nobody can read it stops nothing."""
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _let_go(sys.stderr)


def complain(text: str, code: int) -> int:
    """Write a message to standard error and return the exit code."""
    tell(text)
    return code


def lost_output(suspected: bool = False) -> str | None:
    """Return in Swedish why what was printed did not come through; None where it did.

    With `suspected`, after an error, an empty line is written to find out.
    """
    try:
        sys.stdout.flush()
        if suspected:
            os.write(sys.stdout.fileno(), b"\n")
    except io.UnsupportedOperation:  # no file behind it
        return None
    except BrokenPipeError:
        reason = "den som läste utskriften slutade läsa"
    except OSError as error:
        reason = reason_sv(error)
    else:
        return None
    _let_go(sys.stdout)
    return f"Utskriften kom inte fram i sin helhet: {reason}."


def _let_go(stream: TextIO) -> None:
    """Have what a stream still holds go nowhere: writing it would fail once more when the process ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def print_json(text: str) -> None:
    """Write JSON to standard output; signs that its encoding does not hold are escaped, so that none is lost."""
    kept = holds(text, getattr(sys.stdout, "encoding", None) or "utf-8")
    print(text if kept else re.sub(r"[^\x00-\x7f]+", lambda signs: json.dumps(signs[0])[1:-1], text))


def print_bytes(content: bytes) -> None:
    """Write bytes to standard output as they are, whatever its encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def console(stderr: bool = False) -> Console:
    """Return a console that does not guess at markup, as wide as the terminal or `_PLAIN_WIDTH`.

    COLUMNS goes before both where it is a number, within bounds: nothing can be read in one column, or none.
    """
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise  # noqa: PLE0704 - again, for `lost_output` to tell; rich would end the process

    environment = {name: text for name, text in os.environ.items() if name not in ("COLUMNS", "LINES")}
    screen = Screen(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False, _environ=environment)
    wanted = _wanted_width() or (None if screen.is_terminal else _PLAIN_WIDTH)
    if wanted is not None:
        screen.width = min(max(wanted, _NARROWEST), _WIDEST)
    return screen


def _wanted_width() -> int | None:
    """Return what COLUMNS says; None where it says nothing."""
    text = os.environ.get("COLUMNS", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) else None
