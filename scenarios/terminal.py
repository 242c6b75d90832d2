"""The terminal that tables are printed on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 100


def console(stderr: bool = False) -> Console:
    """Return a console that does not guess at markup, as wide as the terminal or `PLAIN_WIDTH`."""
    from rich.console import Console  # noqa: PLC0415 (help must come before rich has been loaded)

    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = PLAIN_WIDTH
    return made
