"""Figures of staff and of money: what is lacking, and what it costs."""

from __future__ import annotations

import xarray as xr

from scenarios.measures import assumed
from scenarios.measures.figure import BY_CENTRE, BY_MUNICIPALITY, OF_REGION, by, figure
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import FREE, PERCENT

NEED, THERE = "fte_required_by_unit", "fte_available_by_unit"
_AT_UNITS = (NEED, THERE, "unit")
SURPLUS_SV = "heltider, minus är överskott"


def _gps(g: Grouped, name: str) -> xr.Variable:
    return g.only(g.sum(name, but="profession"), profession="gp")


@figure("gp_required", "Läkarbehov", "FTE", "heltider", 1, "neither", *_AT_UNITS, over=(BY_CENTRE,))
def _gp_required(g: Grouped) -> xr.Variable:
    return _gps(g, NEED)


@figure(
    "gp_available", "Läkartillgång, utan hyrpersonal", "FTE", "heltider", 1, "neither", *_AT_UNITS, over=(BY_CENTRE,)
)
def _gp_available(g: Grouped) -> xr.Variable:
    return _gps(g, THERE)


@figure(
    "gp_gap", "Läkare som saknas på hälsocentral", "FTE", SURPLUS_SV, 1, "down", NEED, THERE, limits=FREE,
    over=(OF_REGION, by(BY_CENTRE, label_sv="Läkare som saknas", reads=_AT_UNITS)),
)  # fmt: skip
def _gp_gap(g: Grouped) -> xr.Variable:
    return _gps(g, NEED) - _gps(g, THERE)


def _lacking(g: Grouped) -> xr.Variable:
    """What is lacking by unit and profession: a surplus of one is no help where another is short."""
    return g.sum((g[NEED] - g[THERE]).clip(min=0.0))


@figure(
    "staff_shortage_share", "Personalbrist, andel av behovet", "%", "procent", 1, "down", *_AT_UNITS,
    over=(BY_MUNICIPALITY,), note_sv=assumed.STAFF_SV, centre="gp_gap", limits=PERCENT,
)  # fmt: skip
def _shortage_share(g: Grouped) -> xr.Variable:
    return ratio(_lacking(g), g.sum(NEED))


@figure(
    "staff_shortage", "Personalbrist", "FTE", "heltider", 0, "down", NEED, THERE,
    over=(
        OF_REGION,
        by(
            BY_MUNICIPALITY, label_sv="Personalbrist på hälsocentraler och i kommunens vård", decimals=1,
            reads=_AT_UNITS, note_sv=assumed.STAFF_SV, centre="gp_gap",
        ),
    ),
)  # fmt: skip
def _shortage(g: Grouped) -> xr.Variable:
    return _lacking(g)


@figure("fte_beyond_posts", "Tjänster utöver enheternas egna", "FTE", "heltider", 0, "down")
def _fte_beyond_posts(g: Grouped) -> xr.Variable:
    return g.sum("fte_beyond_posts")


# --- money


def _cost(g: Grouped) -> xr.Variable:
    """Cost by payer in millions of SEK."""
    return g["cost"].sum("care_level", min_count=1) / 1e6


@figure("cost_region", "Modellerad kostnad, regionen", "MSEK", "miljoner kronor", 0, "down", "cost")
def _cost_region(g: Grouped) -> xr.Variable:
    return g.only(_cost(g), payer="region")


@figure("cost_municipality", "Modellerad kostnad, kommunerna", "MSEK", "miljoner kronor", 0, "down", "cost")
def _cost_municipality(g: Grouped) -> xr.Variable:
    return g.only(_cost(g), payer="municipality")


@figure("agency_cost", "Kostnad för hyrpersonal", "MSEK", "miljoner kronor", 0, "down")
def _agency_cost(g: Grouped) -> xr.Variable:
    return g.sum("agency_cost") / 1e6


@figure("overtime_cost", "Kostnad för övertid", "MSEK", "miljoner kronor", 0, "down")
def _overtime_cost(g: Grouped) -> xr.Variable:
    return g.sum("overtime_cost") / 1e6


@figure("care_value", "Given vård till full styckkostnad", "MSEK", "miljoner kronor", 0, "neither")
def _care_value(g: Grouped) -> xr.Variable:
    """What is set free where it falls is capacity, not money: it stands beside the cost and is never added to it."""
    return g.sum("care_value") / 1e6


@figure("bought_care", "Köpt vård och kvällsoperationer", "MSEK", "miljoner kronor", 0, "down")
def _bought(g: Grouped) -> xr.Variable:
    """What the region pays for its answer to long lines, part of its cost."""
    return g.sum("bought_care") / 1e6


@figure("cost", "Modellerad kostnad, totalt", "MSEK", "miljoner kronor", 0, "down")
def _cost_total(g: Grouped) -> xr.Variable:
    return g.sum(_cost(g))
