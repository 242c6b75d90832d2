"""The accounts of requests: who leaves without having been met, and what becomes of the need."""

from __future__ import annotations

from simulator.core.kernels import rule
from simulator.core.record import ALL_ASSESSED, WITHDRAWN
from simulator.core.world import World


@rule
def withdraw(w: World, unit: int, fate: int) -> None:
    """Close a request that was not met, with what became of it: AWAY, LET_BE, CAME_BACK or BECAME_URGENT."""
    w.ledger[unit, WITHDRAWN] += 1
    w.fate[unit, fate] += 1


@rule
def count_not_assessed(w: World, h: int) -> None:
    """Count somebody who asked because of something new and was not assessed at the health centre.

    Access is the share of all who asked: who gives up or goes elsewhere must not make it look better.
    """
    w.assessed[h, ALL_ASSESSED] += 1
