"""Where `--out` leads: a folder for results, or a file for what would be printed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout
from pathlib import Path

from scenarios.running.folder import WriteError
from scenarios.text.files import write_whole
from scenarios.text.problems import Problem, reason_sv

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def alone(folder: Path | None, problems: list[Problem]) -> AbstractContextManager[None]:
    """Keep other batches off a folder that can be used."""
    if folder is None or problems:
        return nullcontext()
    from scenarios.running.batch_lock import locked

    return locked(folder)


@contextmanager
def into_file(file: Path) -> Iterator[None]:
    """Write what the block prints to a file, as UTF-8, when it has ended well.

    Raises WriteError when the file cannot be written; what it held before is there until then.
    """
    sheet = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace", newline="", write_through=True)
    with redirect_stdout(sheet):
        yield
    content = sheet.buffer.getvalue()
    try:
        if file.exists() and not file.is_file():  # a device, a pipe
            file.write_bytes(content)
        else:
            write_whole(file.resolve(), content)
    except (OSError, ValueError) as error:
        raise WriteError(
            f"Filen {file} kunde inte skrivas: {reason_sv(error)}. Det som fanns där tidigare är orört."
        ) from None
