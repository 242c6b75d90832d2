"""Figures of who gets what: need, home nursing as it is followed up, and spread between places and groups."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import count, figure
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import FREE, INDEX, PERCENT

ADULT = 40
"""Age from which mortality by education is compared: few die earlier, and education is not settled."""

# --- need

count("multimorbid", "Invånare med minst två kroniska sjukdomar", "persons", "personer", "neither")


@figure("highest_need", "Invånare med högst vårdbehov (RUB 5)", "persons", "personer", 0, "neither", "resource_band")
def _highest(g: Grouped) -> xr.Variable:
    return g.sum(g.at("resource_band", rub=5))


@figure(
    "municipal_care_80_plus", "Andel 80 år och äldre med hemsjukvård eller särskilt boende", "%", "procent", 1,
    "neither", "home_nursing_patients", "special_housing_residents", "population", limits=PERCENT,
)  # fmt: skip
def _municipal_care(g: Grouped) -> xr.Variable:
    nursed, housed = (g.sum(g.aged(name, 80)) for name in ("home_nursing_patients", "special_housing_residents"))
    return ratio(nursed + housed, g.people(80))


# --- home nursing and special housing, as the region follows them up

_NURSED = "home_nursing_by_band"


@figure(
    "home_nursing_gp", "Hemsjukvård, fast läkare på plats", "%", "procent", 1, "up",
    "home_nursing_gp_by_band", _NURSED, limits=PERCENT,
)  # fmt: skip
def _nursed_gp(g: Grouped) -> xr.Variable:
    return g.share("home_nursing_gp_by_band", _NURSED)


def _nursed_gp_of(g: Grouped, band: str) -> xr.Variable:
    with_gp, nursed = (g.sum(g.at(name, rub_group=band)) for name in ("home_nursing_gp_by_band", _NURSED))
    return ratio(with_gp, nursed)


@figure(
    "home_nursing_gp_rub_4", "Hemsjukvård i RUB 4, fast läkare på plats", "%", "procent", 1, "up",
    "home_nursing_gp_by_band", _NURSED, limits=PERCENT,
)  # fmt: skip
def _nursed_gp_4(g: Grouped) -> xr.Variable:
    return _nursed_gp_of(g, "4")


@figure(
    "home_nursing_gp_rub_5", "Hemsjukvård i RUB 5, fast läkare på plats", "%", "procent", 1, "up",
    "home_nursing_gp_by_band", _NURSED, limits=PERCENT,
)  # fmt: skip
def _nursed_gp_5(g: Grouped) -> xr.Variable:
    return _nursed_gp_of(g, "5")


@figure(
    "home_nursing_continuity", "Kontinuitetsindex, hemsjukvård", "index", "index 0–1", 3, "up",
    "continuity_index_home_nursing", "home_nursing_patients", limits=INDEX,
)  # fmt: skip
def _nursed_continuity(g: Grouped) -> xr.Variable:
    return g.mean_of_places("continuity_index_home_nursing", "home_nursing_patients")


@figure(
    "medication_reviews", "Hemsjukvård 75 år och äldre, läkemedelsgenomgång", "%", "procent", 1, "up",
    "medication_reviews_by_band", "home_nursing_75_by_band", limits=PERCENT,
)  # fmt: skip
def _reviews(g: Grouped) -> xr.Variable:
    return g.share("medication_reviews_by_band", "home_nursing_75_by_band")


@figure(
    "home_nursing_plan", "Hemsjukvård, individuell plan (SIP)", "%", "procent", 1, "up",
    "home_nursing_plan_by_band", _NURSED, limits=PERCENT,
)  # fmt: skip
def _nursed_plan(g: Grouped) -> xr.Variable:
    return g.share("home_nursing_plan_by_band", _NURSED)


count("home_nursing_enrolled", "Nya i hemsjukvården", "persons", "personer", "neither")
count("home_nursing_enrolled_plan", "Nya i hemsjukvården som fick plan utöver dagens", "persons", "personer", "neither")
count(
    "home_nursing_enrolled_review", "Nya i hemsjukvården som fick läkemedelsgenomgång utöver dagens", "persons",
    "personer", "neither",
)  # fmt: skip


@figure(
    "special_housing_gp", "Särskilt boende, fast läkare på plats", "%", "procent", 1, "up",
    "special_housing_with_gp", "special_housing_residents", limits=PERCENT,
)  # fmt: skip
def _housed_gp(g: Grouped) -> xr.Variable:
    return g.share("special_housing_with_gp", "special_housing_residents")


# --- spread between municipalities


@figure(
    "spread_assessed", "Skillnad mellan kommuner, bedömning inom tre dagar", "percentage points", "procentenheter", 1,
    "down", "assessed_by_municipality",
)  # fmt: skip
def _spread_assessed(g: Grouped) -> xr.Variable:
    return 100 * _spread(g["assessed_by_municipality"])


@figure(
    "spread_continuity", "Skillnad mellan kommuner, kontinuitet vid kronisk sjukdom", "index", "index", 3, "down",
    "continuity_index", limits=INDEX,
)  # fmt: skip
def _spread_continuity(g: Grouped) -> xr.Variable:
    return _spread(g["continuity_index"])


def _spread(values: xr.Variable) -> xr.Variable:
    """The highest municipality less the lowest."""
    return values.max("municipality") - values.min("municipality")


@figure(
    "spread_avoidable", "Skillnad mellan kommuner, påverkbar slutenvård", "ratio", "kvot", 2, "down",
    "avoidable_admissions", "resource_band",
)  # fmt: skip
def _spread_avoidable(g: Grouped) -> xr.Variable:
    """90th over 10th percentile of municipalities' rates, each at the county's ages."""
    people = g["resource_band"].sum(["sex", "rub"])
    rates = _standardised(g.by_year("avoidable_admissions"), people, people.sum("municipality"))
    low, high = (rates.quantile(q, "municipality") for q in (0.1, 0.9))
    return ratio(high, low, 1.0)


# --- spread between education groups


@figure(
    "mortality_ratio_education", "Dödlighet från 40 år, kort mot lång utbildning", "ratio", "kvot", 2, "down",
    "deaths_by_education", "population_by_education",
)  # fmt: skip
def _mortality_ratio(g: Grouped) -> xr.Variable:
    """Ratio of the two groups' death rates, each at the sexes and ages of all."""
    deaths, people = (g.aged(name, ADULT) for name in ("deaths_by_education", "population_by_education"))
    rates = _standardised(deaths, people, people.sum("education"))
    return ratio(g.only(rates, education="compulsory"), g.only(rates, education="post_secondary"), 1.0)


@figure(
    "life_expectancy_gap", "Livslängd vid 30, lång mot kort utbildning", "years", "års skillnad", 1, "down",
    "life_expectancy_30", limits=FREE,
)  # fmt: skip
def _life_expectancy_gap(g: Grouped) -> xr.Variable:
    years = g["life_expectancy_30"].mean("sex")
    return g.only(years, education="post_secondary") - g.only(years, education="compulsory")


def _standardised(cases: xr.Variable, people: xr.Variable, standard: xr.Variable) -> xr.Variable:
    """Direct standardisation: the rate with the standard's people in each age group (and sex, where there is one)."""
    groups = [dim for dim in standard.dims if dim in ("age_group", "sex")]
    rate = ratio(cases, people, 1.0)
    weights: xr.Variable = standard.where(rate.notnull())
    return (rate * weights).sum(groups, min_count=1) / weights.sum(groups, min_count=1)
