"""Figures of who lives there and how much care they need."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import (
    BY_CENTRE,
    BY_MUNICIPALITY,
    OF_REGION,
    PER_THOUSAND,
    THOUSAND,
    UNLISTED,
    count,
    figure,
)
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import PERCENT

count("population", "Invånare", "persons", "personer", "neither")


@figure(
    "share_80_plus", "Invånare 80 år och äldre, andel", "%", "procent", 1, "neither", "population",
    over=(BY_MUNICIPALITY, UNLISTED), limits=PERCENT,
)  # fmt: skip
def _share_80_plus(g: Grouped) -> xr.Variable:
    return ratio(g.people(80), g.people())


@figure(
    "population_80_plus", "Invånare 80 år och äldre", "persons", "personer", 0, "neither", "population",
    over=(OF_REGION, BY_MUNICIPALITY),
)  # fmt: skip
def _population_80_plus(g: Grouped) -> xr.Variable:
    return g.people(80)


count("chronically_ill", "Invånare med kronisk sjukdom", "persons", "personer", "neither")
count("complex_needs", "Invånare med komplexa behov", "persons", "personer", "neither")


@figure(
    "complex_needs", "Invånare med komplexa behov", "per 1 000 inhabitants", PER_THOUSAND, 1, "neither",
    "complex_needs", "population", over=(BY_MUNICIPALITY,), centre="complex",
)  # fmt: skip
def _complex_of_thousand(g: Grouped) -> xr.Variable:
    return g.share("complex_needs", "population", THOUSAND)


count(
    "complex",
    "Personer med komplexa behov",
    "persons",
    "personer",
    "neither",
    reads="complex_by_centre",
    over=(BY_CENTRE,),
)
