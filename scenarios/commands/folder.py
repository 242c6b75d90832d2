"""The folder for results that a command was given with `--out`, and the file."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from scenarios.text.problems import InputError, Problem

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def alone(folder: Path | None, problems: list[Problem]) -> AbstractContextManager[None]:
    """Keep other batches off a folder that can be used."""
    if folder is None or problems:
        return nullcontext()
    from scenarios.running.batch_lock import locked

    return locked(folder)


def write_file(name: str, text: str) -> None:
    """Write a text to the file of `--out`; raises InputError when it cannot be written."""
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError([Problem("--out", f"filen går inte att skriva ({error.strerror}).")]) from None
