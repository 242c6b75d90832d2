"""Indicators of who gets what: need, home nursing as it is followed up, and spread between places and groups."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.indicator import indicator, mean_over_municipalities, total, yearly

ADULT = 40
"""Age from which mortality by education is compared: few die earlier, and education is not settled."""


def _part(dataset: xr.Dataset, part: str, whole: str, rub: str = "") -> xr.DataArray:
    """Per cent of those counted in one yearly variable who are in another, of one RUB group or all."""
    where = {"rub_group": rub} if rub else {}
    counted, of_all = (total(dataset[name].sel(where)) for name in (part, whole))
    return 100 * counted / of_all.where(of_all > 0)


def _groups_from(dataset: xr.Dataset, age: int) -> list[str]:
    """Age groups that begin at an age or later."""
    groups = [str(group) for group in dataset["age_group"].values]
    return [group for group in groups if int(group.split("-")[0].rstrip("+")) >= age]


# --- need


@indicator("multimorbid", "Invånare med minst två kroniska sjukdomar", "persons", "personer", 0, "neither")
def _multimorbid(dataset: xr.Dataset) -> xr.DataArray:
    return total(dataset["multimorbid"])


@indicator("highest_need", "Invånare med högst vårdbehov (RUB 5)", "persons", "personer", 0, "neither", "resource_band")
def _highest(dataset: xr.Dataset) -> xr.DataArray:
    return total(dataset["resource_band"].sel(rub=5, drop=True))


@indicator(
    "municipal_care_80_plus", "Andel 80 år och äldre med hemsjukvård eller särskilt boende", "%", "procent", 1,
    "neither", "home_nursing_patients", "special_housing_residents", "population",
)  # fmt: skip
def _municipal_care(dataset: xr.Dataset) -> xr.DataArray:
    cared = dataset["home_nursing_patients"] + dataset["special_housing_residents"]
    people = total(dataset["population"].sel(age=slice(80, None)))
    return 100 * total(cared.sel(age_group=_groups_from(dataset, 80))) / people.where(people > 0)


# --- home nursing and special housing, as the region follows them up


@indicator(
    "home_nursing_gp", "Hemsjukvård, fast läkare på plats", "%", "procent", 1, "up",
    "home_nursing_gp_by_band", "home_nursing_by_band",
)  # fmt: skip
def _nursed_gp(dataset: xr.Dataset) -> xr.DataArray:
    return _part(dataset, "home_nursing_gp_by_band", "home_nursing_by_band")


@indicator(
    "home_nursing_gp_rub_4", "Hemsjukvård i RUB 4, fast läkare på plats", "%", "procent", 1, "up",
    "home_nursing_gp_by_band", "home_nursing_by_band",
)  # fmt: skip
def _nursed_gp_4(dataset: xr.Dataset) -> xr.DataArray:
    return _part(dataset, "home_nursing_gp_by_band", "home_nursing_by_band", "4")


@indicator(
    "home_nursing_gp_rub_5", "Hemsjukvård i RUB 5, fast läkare på plats", "%", "procent", 1, "up",
    "home_nursing_gp_by_band", "home_nursing_by_band",
)  # fmt: skip
def _nursed_gp_5(dataset: xr.Dataset) -> xr.DataArray:
    return _part(dataset, "home_nursing_gp_by_band", "home_nursing_by_band", "5")


@indicator(
    "home_nursing_continuity", "Kontinuitetsindex, hemsjukvård", "index", "index 0–1", 3, "up",
    "continuity_index_home_nursing", "home_nursing_patients",
)  # fmt: skip
def _nursed_continuity(dataset: xr.Dataset) -> xr.DataArray:
    patients = dataset["home_nursing_patients"].sum(["sex", "age_group"])
    return mean_over_municipalities(dataset["continuity_index_home_nursing"], patients)


@indicator(
    "medication_reviews", "Hemsjukvård 75 år och äldre, läkemedelsgenomgång", "%", "procent", 1, "up",
    "medication_reviews_by_band", "home_nursing_75_by_band",
)  # fmt: skip
def _reviews(dataset: xr.Dataset) -> xr.DataArray:
    return _part(dataset, "medication_reviews_by_band", "home_nursing_75_by_band")


@indicator(
    "home_nursing_plan", "Hemsjukvård, individuell plan (SIP)", "%", "procent", 1, "up",
    "home_nursing_plan_by_band", "home_nursing_by_band",
)  # fmt: skip
def _nursed_plan(dataset: xr.Dataset) -> xr.DataArray:
    return _part(dataset, "home_nursing_plan_by_band", "home_nursing_by_band")


@indicator(
    "special_housing_gp", "Särskilt boende, fast läkare på plats", "%", "procent", 1, "up",
    "special_housing_with_gp", "special_housing_residents",
)  # fmt: skip
def _housed_gp(dataset: xr.Dataset) -> xr.DataArray:
    return _part(dataset, "special_housing_with_gp", "special_housing_residents")


# --- spread between municipalities


@indicator(
    "spread_assessed", "Skillnad mellan kommuner, bedömning inom tre dagar", "percentage points", "procentenheter", 1,
    "down", "assessed_by_municipality",
)  # fmt: skip
def _spread_assessed(dataset: xr.Dataset) -> xr.DataArray:
    """The highest municipality less the lowest."""
    values = dataset["assessed_by_municipality"]
    return 100 * (values.max("municipality") - values.min("municipality"))


@indicator(
    "spread_continuity", "Skillnad mellan kommuner, kontinuitet vid kronisk sjukdom", "index", "index", 3, "down",
    "continuity_index",
)  # fmt: skip
def _spread_continuity(dataset: xr.Dataset) -> xr.DataArray:
    """The highest municipality less the lowest."""
    values = dataset["continuity_index"]
    return values.max("municipality") - values.min("municipality")


@indicator(
    "spread_avoidable", "Skillnad mellan kommuner, påverkbar slutenvård", "ratio", "kvot", 2, "down",
    "avoidable_admissions", "resource_band",
)  # fmt: skip
def _spread_avoidable(dataset: xr.Dataset) -> xr.DataArray:
    """90th over 10th percentile of municipalities' rates, each at the county's ages."""
    cases = yearly(dataset["avoidable_admissions"])
    people = dataset["resource_band"].sum(["sex", "rub"])
    rates = _standardised(cases, people, people.sum("municipality"))
    low, high = (rates.quantile(q, "municipality").drop_vars("quantile") for q in (0.1, 0.9))
    return high / low.where(low > 0)


# --- spread between education groups


@indicator(
    "mortality_ratio_education", "Dödlighet från 40 år, kort mot lång utbildning", "ratio", "kvot", 2, "down",
    "deaths_by_education", "population_by_education",
)  # fmt: skip
def _mortality_ratio(dataset: xr.Dataset) -> xr.DataArray:
    """Ratio of the two groups' death rates, each at the sexes and ages of all."""
    ages = _groups_from(dataset, ADULT)
    deaths, people = (dataset[name].sel(age_group=ages) for name in ("deaths_by_education", "population_by_education"))
    rates = _standardised(deaths, people, people.sum("education"))
    lowest, highest = (rates.sel(education=name, drop=True) for name in ("compulsory", "post_secondary"))
    return lowest / highest.where(highest > 0)


@indicator(
    "life_expectancy_gap", "Livslängd vid 30, lång mot kort utbildning", "years", "års skillnad", 1, "down",
    "life_expectancy_30",
)  # fmt: skip
def _life_expectancy_gap(dataset: xr.Dataset) -> xr.DataArray:
    years = dataset["life_expectancy_30"].mean("sex")
    return years.sel(education="post_secondary", drop=True) - years.sel(education="compulsory", drop=True)


def _standardised(cases: xr.DataArray, people: xr.DataArray, standard: xr.DataArray) -> xr.DataArray:
    """Direct standardisation: the rate with the standard's people in each age group (and sex, where there is one)."""
    groups = [dim for dim in standard.dims if dim in ("age_group", "sex")]
    rate = cases / people.where(people > 0)
    weights = standard.where(rate.notnull())
    return (rate * weights).sum(groups, min_count=1) / weights.sum(groups, min_count=1)
