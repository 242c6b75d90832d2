"""Figures of habits that make ill, whom they put at risk, and who fell ill."""

from __future__ import annotations

import xarray as xr

from scenarios.measures import assumed
from scenarios.measures.figure import BY_MUNICIPALITY, Compute, count, figure
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import PERCENT

_ADULT = 18
"""Age from which people have habits of their own."""


def _of_adults(variable: str) -> Compute:
    """Return the function that gives the people of a variable in per cent of adults."""
    return lambda g: ratio(g.sum(variable), g.people(_ADULT))


for _name, _label_sv, _note_sv in (
    ("daily_smokers", "Vuxna som röker dagligen", assumed.HABITS_SV),
    ("with_obesity", "Vuxna med fetma", assumed.HABITS_SV),
    ("at_great_risk", "Invånare som löper stor risk för ohälsa", assumed.GREAT_RISK_SV),
):
    count(_name, _label_sv, "persons", "personer", "down", note_sv=_note_sv)
    figure(
        _name, _label_sv, "%", "procent av vuxna", 1, "down", _name, "population", over=(BY_MUNICIPALITY,),
        limits=PERCENT, note_sv=_note_sv,
    )(_of_adults(_name))  # fmt: skip


def _new_cases(g: Grouped, condition: str) -> xr.Variable:
    """Return how many fell ill with a condition; NaN in a region that does not tell it apart."""
    if condition not in g.labelled("condition").values.tolist():
        unknown: xr.Variable = g.sum("new_cases").where(False)
        return unknown
    return g.sum(g.at("new_cases", condition=condition))


@figure("new_diabetes", "Nya fall av diabetes", "persons", "personer", 0, "down", "new_cases")
def _new_diabetes(g: Grouped) -> xr.Variable:
    return _new_cases(g, "diabetes")


@figure("new_copd", "Nya fall av KOL", "persons", "personer", 0, "down", "new_cases")
def _new_copd(g: Grouped) -> xr.Variable:
    return _new_cases(g, "copd")
