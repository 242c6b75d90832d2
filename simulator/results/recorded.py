"""What results are made of: a region, what was tallied of it, and how far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simulator.core.record import Record
from simulator.core.state import State
from simulator.region.pack import Region


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run up to a day: everything before `today` has been tallied in `record`; `state` is that of the day."""

    region: Region
    state: State
    record: Record
    today: date
