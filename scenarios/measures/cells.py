"""Figures of the structure matrix: need, care, unmet need, staff time and money in each cell, level by mode of care."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import BY_CELL, count, figure
from scenarios.measures.grouped import Grouped
from scenarios.statistics.limits import FREE

_ONLY = (BY_CELL,)

count("needs", "Behov", "needs", "behov", "neither", over=_ONLY)
count("contacts", "Vård", "contacts", "kontakter", "neither", over=_ONLY)


@figure("unmet", "Ej mött", "needs", "behov", 0, "down", "gave_up", "diverted", over=_ONLY)
def _unmet(g: Grouped) -> xr.Variable:
    """Needs given up, turned away, or of a GP and gone to the emergency department: those in primary care on site."""
    here = g.labelled("care_level") == "primary_care", g.labelled("care_mode") == "on_site"
    return g.sum("gave_up") + g.sum("diverted") * (here[0] & here[1])


@figure(
    "waiting_change", "Kön växte", "needs", "behov", 0, "down", "needs", "contacts", "gave_up", "diverted",
    over=_ONLY, limits=FREE,
)  # fmt: skip
def _waiting_change(g: Grouped) -> xr.Variable:
    """What is left of needs: more people waiting."""
    return g.sum("needs") - g.sum("contacts") - _unmet(g)


@figure("staff_hours", "Personaltid", "thousand hours", "tusen timmar", 1, "neither", "minutes_by_cell", over=_ONLY)
def _staff_hours(g: Grouped) -> xr.Variable:
    return g.sum("minutes_by_cell") / 60e3


@figure("cost", "Kostnad", "MSEK", "miljoner kronor", 1, "down", "cost_by_cell", over=_ONLY)
def _cost(g: Grouped) -> xr.Variable:
    return g.sum("cost_by_cell") / 1e6
