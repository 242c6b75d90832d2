"""The headline indicators: people, contacts, access, continuity, staff, money.

`care` adds those of outcomes and municipal care, `access` waits and unmet need,
`equity` home nursing and spread between places and groups; who reads INDICATORS from here has all.
"""

from __future__ import annotations

import xarray as xr

from scenarios.measures.indicator import (
    DIMENSIONS,
    INDICATORS,
    Direction,
    Indicator,
    indicator,
    mean_over_municipalities,
    total,
    weighted,
    yearly,
)

__all__ = ["DIMENSIONS", "INDICATORS", "Direction", "Indicator", "indicator"]


@indicator("population", "Invånare", "persons", "personer", 0, "neither")
def _population(dataset: xr.Dataset) -> xr.DataArray:
    return total(dataset["population"])


@indicator("population_80_plus", "Invånare 80 år och äldre", "persons", "personer", 0, "neither", "population")
def _population_80_plus(dataset: xr.Dataset) -> xr.DataArray:
    return total(dataset["population"].sel(age=slice(80, None)))


@indicator("chronically_ill", "Invånare med kronisk sjukdom", "persons", "personer", 0, "neither")
def _chronically_ill(dataset: xr.Dataset) -> xr.DataArray:
    return total(dataset["chronically_ill"])


@indicator("complex_needs", "Invånare med komplexa behov", "persons", "personer", 0, "neither")
def _complex_needs(dataset: xr.Dataset) -> xr.DataArray:
    return total(dataset["complex_needs"])


@indicator("gp_contacts", "Läkarbesök på hälsocentral", "contacts", "besök", 0, "neither", "gp_visits")
def _gp_contacts(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["gp_visits"]))


@indicator("contacts", "Vårdkontakter, alla", "contacts", "kontakter", 0, "neither")
def _contacts(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["contacts"]))


@indicator("ed_visits", "Akutbesök", "visits", "besök", 0, "down")
def _ed_visits(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["ed_visits"]))


@indicator("admissions", "Inläggningar", "admissions", "vårdtillfällen", 0, "down")
def _admissions(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["admissions"]))


@indicator("bed_days", "Vårddygn", "days", "dygn", 0, "down")
def _bed_days(dataset: xr.Dataset) -> xr.DataArray:
    return yearly(total(dataset["bed_days"]))


@indicator("occupied_beds_share", "Belagda vårdplatser", "%", "procent", 1, "down", "occupied_beds", "available_beds")
def _occupied_beds_share(dataset: xr.Dataset) -> xr.DataArray:
    days = dataset["month"].dt.days_in_month
    occupied = yearly(total(dataset["occupied_beds"] * days))
    return 100 * occupied / yearly(total(dataset["available_beds"] * days))


@indicator(
    "assessed_within_3_days",
    "Medicinsk bedömning inom tre dagar",
    "%",
    "procent",
    1,
    "up",
    "assessed_within_3_days",
    "needs_assessed",
)
def _assessed_within_3_days(dataset: xr.Dataset) -> xr.DataArray:
    return 100 * weighted(dataset["assessed_within_3_days"], dataset["needs_assessed"])


@indicator("waiting_days", "Väntan på läkarbesök, medel", "days", "dagar", 1, "down", "waiting_days", "gp_visits")
def _waiting_days(dataset: xr.Dataset) -> xr.DataArray:
    mean = dataset["waiting_days"].isel(statistic=0, drop=True)  # statistic: mean, 90th percentile
    return weighted(mean, dataset["gp_visits"])


@indicator(
    "continuity_index",
    "Kontinuitetsindex, kroniskt sjuka",
    "index",
    "index 0–1",
    3,
    "up",
    "continuity_index",
    "chronically_ill",
)
def _continuity_index(dataset: xr.Dataset) -> xr.DataArray:
    return mean_over_municipalities(dataset["continuity_index"], dataset["chronically_ill"].sum("age_group"))


@indicator(
    "gp_gap",
    "Läkare som saknas på hälsocentral",
    "FTE",
    "heltider, minus är överskott",
    1,
    "down",
    "staffing_gap",
)
def _gp_gap(dataset: xr.Dataset) -> xr.DataArray:
    return dataset["staffing_gap"].sel(profession="gp", drop=True)


@indicator("staffing_gap", "Personal, behov minus tillgång", "FTE", "heltider, minus är överskott", 0, "down")
def _staffing_gap(dataset: xr.Dataset) -> xr.DataArray:
    return dataset["staffing_gap"].sum("profession", min_count=1)


@indicator(
    "staff_shortage", "Personalbrist", "FTE", "heltider", 0, "down",
    "fte_required_by_unit", "fte_available_by_unit",
)  # fmt: skip
def _staff_shortage(dataset: xr.Dataset) -> xr.DataArray:
    """Sum what is lacking by unit and profession: a surplus of one is no help where another is short."""
    lacking = dataset["fte_required_by_unit"] - dataset["fte_available_by_unit"]
    return lacking.clip(min=0.0).sum(["unit", "profession"], min_count=1)


@indicator("fte_beyond_posts", "Tjänster utöver enheternas egna", "FTE", "heltider", 0, "down")
def _fte_beyond_posts(dataset: xr.Dataset) -> xr.DataArray:
    return dataset["fte_beyond_posts"].sum("profession", min_count=1)


@indicator("cost_region", "Kostnad, regionen", "MSEK", "miljoner kronor", 0, "down", "cost")
def _cost_region(dataset: xr.Dataset) -> xr.DataArray:
    return _cost(dataset).sel(payer="region", drop=True)


@indicator("cost_municipality", "Kostnad, kommunerna", "MSEK", "miljoner kronor", 0, "down", "cost")
def _cost_municipality(dataset: xr.Dataset) -> xr.DataArray:
    return _cost(dataset).sel(payer="municipality", drop=True)


@indicator("cost", "Kostnad, totalt", "MSEK", "miljoner kronor", 0, "down")
def _cost_total(dataset: xr.Dataset) -> xr.DataArray:
    return _cost(dataset).sum("payer", min_count=1)


def _cost(dataset: xr.Dataset) -> xr.DataArray:
    """Sum cost by payer in millions of SEK."""
    return dataset["cost"].sum("care_level", min_count=1) / 1e6


from scenarios.measures import access, care, equity  # noqa: E402, F401  (the others, behind these)

MAIN = (
    "population_80_plus", "gp_contacts", "ed_visits", "admissions", "bed_days", "occupied_beds_share",
    "assessed_within_3_days", "waiting_days", "specialist_within_90_days", "planned_within_90_days", "continuity_index",
    "avoidable_admissions", "discharge_ready_days", "housing_queue", "gp_gap", "staff_shortage",
    "fte_beyond_posts", "cost",
)  # fmt: skip
"""Names of those that a strategy is told by where there is no room for all."""
