"""Figures of mental health: psychiatry's visits, waits, beds, staff and cost, and the first line at health centres."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import BY_CENTRE, BY_HOSPITAL, BY_MONTH, OF_REGION, by, count, figure, rate
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import FREE, PERCENT

_A_MONTH = by(BY_MONTH, unit_sv="i månaden")
_SURPLUS_SV = "heltider, minus är överskott"

count("psychiatric_visits", "Besök i psykiatri", "visits", "besök", "neither", over=(OF_REGION, _A_MONTH, rate(0)))


@figure(
    "psychiatric_wait", "Väntan på besök i psykiatri, medel", "days", "dagar", 1, "down",
    "psychiatry_waiting_days", "psychiatry_met", over=(OF_REGION, BY_HOSPITAL, BY_MONTH),
)  # fmt: skip
def _psychiatric_wait(g: Grouped) -> xr.Variable:
    """Every visit counts alike, from the need to the visit, return visits included."""
    return ratio(g.sum("psychiatry_waiting_days"), g.sum("psychiatry_met"), 1.0)


@figure(
    "psychiatric_within_30_days", "Besök i psykiatri inom 30 dagar", "%", "procent", 1, "up",
    "psychiatry_within_30", "psychiatry_met", limits=PERCENT,
)  # fmt: skip
def _within_30(g: Grouped) -> xr.Variable:
    return g.share("psychiatry_within_30", "psychiatry_met")


count("psychiatry_gave_up", "Gav upp väntan på besök i psykiatri", "persons", "personer", "down")
count("psychiatric_emergency_visits", "Besök på psykiatrisk akutmottagning", "visits", "besök", "down",
      over=(OF_REGION, _A_MONTH))  # fmt: skip
count("psychiatric_admissions", "Inläggningar i psykiatri", "admissions", "vårdtillfällen", "neither",
      over=(OF_REGION, _A_MONTH))  # fmt: skip
count("psychiatric_bed_days", "Vårddygn i psykiatri", "days", "dygn", "neither", over=(OF_REGION, _A_MONTH))
count("psychiatric_at_home", "Vårdade hemma i brist på vårdplats i psykiatri", "persons", "personer", "down")


@figure(
    "psychiatric_occupancy", "Belagda vårdplatser i psykiatri", "%", "procent", 1, "down",
    "psychiatric_bed_days", "psychiatric_open_days", limits=PERCENT, over=(OF_REGION, BY_HOSPITAL, BY_MONTH),
)  # fmt: skip
def _psychiatric_occupancy(g: Grouped) -> xr.Variable:
    return g.share("psychiatric_bed_days", "psychiatric_open_days")


@figure("psychiatric_patients", "Personer med behov av psykiatri", "persons", "personer", 0, "neither",
        "psychiatric_children", "psychiatric_adults")  # fmt: skip
def _psychiatric_patients(g: Grouped) -> xr.Variable:
    return g.sum("psychiatric_children") + g.sum("psychiatric_adults")


@figure("psychiatric_staff_gap", "Personal som saknas i psykiatri", "FTE", _SURPLUS_SV, 1, "down",
        limits=FREE)  # fmt: skip
def _psychiatric_staff_gap(g: Grouped) -> xr.Variable:
    return g.sum("psychiatric_staff_gap")


@figure("psychiatry_cost", "Kostnad för psykiatri", "MSEK", "miljoner kronor", 0, "neither")
def _psychiatry_cost(g: Grouped) -> xr.Variable:
    return g.sum("psychiatry_cost") / 1e6


@figure("psychiatry_cost_share", "Psykiatrins andel av regionens modellerade kostnad", "%", "procent", 1, "neither",
        "psychiatry_cost", "cost", limits=PERCENT)  # fmt: skip
def _psychiatry_cost_share(g: Grouped) -> xr.Variable:
    return ratio(g.sum("psychiatry_cost"), g.only(g.sum("cost", but="payer"), payer="region"), 100.0)


count(
    "first_line_visits", "Samtal i första linjen", "visits", "samtal", "neither", over=(OF_REGION, BY_CENTRE, _A_MONTH)
)


@figure(
    "first_line_wait", "Väntan på samtal i första linjen, medel", "days", "dagar", 1, "down",
    "first_line_waiting_days", "first_line_visits", over=(OF_REGION, BY_CENTRE),
)  # fmt: skip
def _first_line_wait(g: Grouped) -> xr.Variable:
    """No days where nobody was met: today there is no first line."""
    visits = g.sum("first_line_visits")
    wait: xr.Variable = ratio(g.sum("first_line_waiting_days"), visits, 1.0).where(visits != 0, 0.0)
    return wait


count("first_line_to_gp", "Sökte läkare efter lång väntan på första linjen", "persons", "personer", "down")


@figure("first_line_staff_gap", "Personal som saknas i första linjen", "FTE", _SURPLUS_SV, 1, "down",
        limits=FREE)  # fmt: skip
def _first_line_staff_gap(g: Grouped) -> xr.Variable:
    return g.sum("first_line_staff_gap")


@figure("first_line_cost", "Kostnad för första linjen", "MSEK", "miljoner kronor", 1, "neither")
def _first_line_cost(g: Grouped) -> xr.Variable:
    return g.sum("first_line_cost") / 1e6
