"""Checkpoints: the arrays of a simulation on a date, in memory or in a file without pickled objects."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from tokenize import TokenError
from zipfile import BadZipFile

import numpy as np

from simulator.core.record import Record
from simulator.core.state import State

_UNREADABLE = (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError, BadZipFile, TokenError)
"""What numpy and zipfile raise over a file with bits turned: a header that is no Python, a method there is not."""


class CheckpointError(ValueError):
    """A checkpoint file cannot be read or belongs to another region pack."""


@dataclass(frozen=True)
class Checkpoint:
    """State and record on a date, and the digest of the region pack that they came from."""

    region: str
    state: State
    record: Record

    def save(self, path: Path) -> None:
        """Write an uncompressed npz file."""
        arrays = {f"state.{f.name}": getattr(self.state, f.name) for f in fields(State)}
        arrays |= {f"record.{f.name}": getattr(self.record, f.name) for f in fields(Record)}
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, region=np.array(self.region), **arrays)

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read a file that `save` wrote. Raises CheckpointError."""
        try:
            # opened here, since np.load leaves a file open that is cut short
            with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                state = State(**{f.name: file[f"state.{f.name}"] for f in fields(State)})
                record = Record(**{f.name: file[f"record.{f.name}"] for f in fields(Record)})
                return cls(str(file["region"]), state, record)
        except _UNREADABLE as error:
            raise CheckpointError(f"{path}: not a checkpoint of this version ({error})") from error
