"""What a kernel sees: the state's arrays, this month's tallies, the figures and the month's terms, under one name.

A named tuple costs a kernel nothing, and a rule then reads `w.person[slot]` instead of taking forty
arguments. The tuple is rebuilt each month; it owns nothing.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.core.fields import Array, array, table_of
from simulator.core.record import Record
from simulator.core.rules import RULES
from simulator.core.state import State
from simulator.core.tables import Tables


@dataclass(frozen=True)
class Terms:
    """What holds for a month, and where its events are noted."""

    rules: Array = array(RULES, "one", "numbers that rules read", seen=True)
    keys: Array = array(np.uint64, "purpose", "keys of draws under this seed", seen=True)
    offer: Array = array(
        np.float64,
        "offer municipality*age_group segment",
        "share offered to people (`simulator.care.offer`)",
        "1",
        seen=True,
    )
    admission: Array = array(
        np.float64, "acuity age_group*rub dose", "chance of admission from the emergency department", "1", seen=True
    )
    referral: Array = array(np.float64, "dose", "factor on the share of visits that are referred", "1", seen=True)
    lines: Array = array(
        np.int64, "kind_of_line", "first line of each kind, then first unit of GPs, EDs and wards", seen=True
    )
    log: Array = array(np.int64, "logged log_column", "events; of length 0 keeps no log", seen=True)
    logged: Array = array(
        np.int64, "one", "events that were to be logged, also those for which there was no room", seen=True
    )
    followed: Array = array(
        np.uint8, "followed", "whose events are logged, nobody's beyond them; of length 0 logs everybody's", seen=True
    )


TABLE = table_of((Terms, Tables, State, Record))
"""Every array of a run by name; no name has two owners."""

if TYPE_CHECKING:

    class World(State, Record, Tables, Terms):  # type: ignore[misc]
        """Arrays by name as their owners declare them, a record's without their month."""
else:
    World = namedtuple("World", [name for name, declared in TABLE.items() if declared.seen])


def world_of(terms: Terms, tables: Tables, state: State, tallies: Mapping[str, Array]) -> World:
    """Put together what kernels see of a month, whose tallies are given by name."""
    holders = {"Terms": terms, "Tables": tables, "State": state}
    seen: dict[str, Any] = {
        name: tallies[name] if declared.owner == "Record" else getattr(holders[declared.owner], name)
        for name, declared in TABLE.items()
        if declared.seen
    }
    return World(**seen)
