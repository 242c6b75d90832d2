"""One row of a person's log, as it is read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the log without its person."""

    tick: int
    kind: int
    unit: int
    requested: int
    particulars: int


RowsOfKind = Mapping[int, Sequence[Row]]
"""One person's rows by kind, in order of time."""
