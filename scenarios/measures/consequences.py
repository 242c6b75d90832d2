"""Figures of what unmet need brings, of the last year of life, and of how care gathers in few people."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import Direction, figure
from scenarios.measures.grouped import Grouped, ratio
from scenarios.statistics.limits import PERCENT

BECAME_EMERGENCIES = ("urgent_given_up", "urgent_missed_visit", "urgent_waiting", "urgent_home_help", "urgent_housing")
"""Consequences of unmet need that are emergencies."""


def _brought(g: Grouped, *kinds: str) -> xr.Variable:
    first, *others = (g.sum(g.at("unmet_consequences", consequence=kind)) for kind in kinds)
    return sum(others, start=first)


@figure("unmet_needs", "Behov som inte möttes", "needs", "behov", 0, "down", "left_without_care")
def _left(g: Grouped) -> xr.Variable:
    """Who gave up or was turned away; who died, moved or lay in hospital is not counted."""
    let_be, *others = (g.sum(g.at("left_without_care", fate=fate)) for fate in ("let_be", "came_back", "became_urgent"))
    return sum(others, start=let_be)


@figure(
    "unmet_came_back", "Ouppfyllda behov som kom tillbaka till hälsocentralen", "needs", "behov", 0, "down",
    "unmet_consequences",
)  # fmt: skip
def _came_back(g: Grouped) -> xr.Variable:
    return _brought(g, "back_to_gp")


@figure("unmet_urgent", "Akutbehov av ouppfyllda behov", "needs", "behov", 0, "down", "unmet_consequences")
def _urgent(g: Grouped) -> xr.Variable:
    return _brought(g, *BECAME_EMERGENCIES)


@figure(
    "deaths_after_boarding", "Döda efter lång väntan på vårdplats", "deaths", "personer", 1, "down",
    "unmet_consequences",
)  # fmt: skip
def _deaths(g: Grouped) -> xr.Variable:
    return _brought(g, "death_after_boarding")


@figure("life_expectancy", "Medellivslängd", "years", "år", 2, "up", "life_expectancy")
def _life_expectancy(g: Grouped) -> xr.Variable:
    """Mean of women and men."""
    return g["life_expectancy"].mean("sex")


# --- the last year of life


def _died(place: str, label_sv: str, good: Direction) -> None:
    @figure(
        f"deaths_in_{place}", label_sv, "%", "procent", 1, good, "deaths_by_place", "deaths", limits=PERCENT,
    )  # fmt: skip
    def _share(g: Grouped) -> xr.Variable:
        return ratio(g.sum(g.at("deaths_by_place", place_of_death=place)), g.sum("deaths"))


_died("hospital", "Döda på sjukhus", "down")
_died("special_housing", "Döda på särskilt boende", "neither")
_died("home_with_nursing", "Döda i det egna hemmet med hemsjukvård", "neither")


@figure(
    "deaths_at_home", "Döda i det egna hemmet", "%", "procent", 1, "neither", "deaths_by_place", "deaths",
    limits=PERCENT,
)  # fmt: skip
def _at_home(g: Grouped) -> xr.Variable:
    with_nursing, alone = (
        g.sum(g.at("deaths_by_place", place_of_death=place)) for place in ("home_with_nursing", "home")
    )
    return ratio(with_nursing + alone, g.sum("deaths"))


@figure(
    "deaths_admitted_last_year", "Avlidna som vårdats på sjukhus under sista levnadsåret", "%", "procent", 1, "neither",
    "deaths_admitted_last_year", "deaths", limits=PERCENT,
)  # fmt: skip
def _admitted(g: Grouped) -> xr.Variable:
    return g.share("deaths_admitted_last_year", "deaths")


@figure(
    "days_outside_hospital_last_90", "Dagar utanför sjukhus av de 90 sista i livet", "days", "dagar", 1, "up",
    "hospital_days_of_last_90", "deaths",
)  # fmt: skip
def _outside(g: Grouped) -> xr.Variable:
    return 90.0 - ratio(g.sum("hospital_days_of_last_90"), g.sum("deaths"), 1.0)


@figure(
    "hospital_days_last_90", "Dagar på sjukhus av de 90 sista i livet", "days", "dagar", 1, "down",
    "hospital_days_of_last_90", "deaths",
)  # fmt: skip
def _inside(g: Grouped) -> xr.Variable:
    return ratio(g.sum("hospital_days_of_last_90"), g.sum("deaths"), 1.0)


@figure(
    "ed_visits_last_year", "Akutbesök under sista levnadsåret", "visits", "besök", 0, "neither",
    "ed_visits_of_last_year",
)  # fmt: skip
def _ed_visits(g: Grouped) -> xr.Variable:
    """Of those whose death was in sight as the year began, so some visits early in the last year are not counted."""
    return g.sum("ed_visits_of_last_year")


@figure(
    "wish_known", "Avlidna vars önskan om plats var känd", "%", "procent", 1, "up", "deaths_wish_known", "deaths",
    limits=PERCENT,
)  # fmt: skip
def _wish_known(g: Grouped) -> xr.Variable:
    return g.share("deaths_wish_known", "deaths")


@figure(
    "wish_met", "Fick dö där de bodde, av dem som ville det", "%", "procent", 1, "up", "deaths_stayed_as_wished",
    "deaths_wanting_to_stay", limits=PERCENT,
)  # fmt: skip
def _wish_met(g: Grouped) -> xr.Variable:
    return g.share("deaths_stayed_as_wished", "deaths_wanting_to_stay")


@figure(
    "known_wish_met", "Fick dö där de bodde, av dem vars önskan om det var känd", "%", "procent", 1, "up",
    "deaths_known_and_stayed", "deaths_known_to_stay", limits=PERCENT,
)  # fmt: skip
def _known_wish_met(g: Grouped) -> xr.Variable:
    return g.share("deaths_known_and_stayed", "deaths_known_to_stay")


@figure(
    "deaths_with_palliative_home", "Avlidna med specialiserad palliativ hemsjukvård", "%", "procent", 1, "neither",
    "deaths_palliative_home", "deaths", limits=PERCENT,
)  # fmt: skip
def _palliative(g: Grouped) -> xr.Variable:
    return g.share("deaths_palliative_home", "deaths")


@figure(
    "palliative_without_place", "Ville ha palliativ hemsjukvård men fick ingen plats", "persons", "personer", 0, "down",
    "palliative_without_place",
)  # fmt: skip
def _without_place(g: Grouped) -> xr.Variable:
    """Who has such care today is not counted."""
    return g.sum("palliative_without_place")


@figure(
    "bed_day_share_last_year", "Andel av vårddygnen under sista levnadsåret", "%", "procent", 1, "neither",
    "bed_days_of_last_year", "bed_days", limits=PERCENT,
)  # fmt: skip
def _bed_days(g: Grouped) -> xr.Variable:
    return g.share("bed_days_of_last_year", "bed_days")


# --- how care gathers in few people


def _gathered(name: str, part: str, label_sv: str) -> None:
    @figure(name, label_sv, "%", "procent", 1, "neither", "use_concentration", limits=PERCENT)
    def _share(g: Grouped) -> xr.Variable:
        return 100.0 * g.at("use_concentration", concentration=part)


_gathered("use_top_1", "top_1", "Andel av vården, de 1 % som använder mest")
_gathered("use_top_5", "top_5", "Andel av vården, de 5 % som använder mest")
_gathered("use_top_10", "top_10", "Andel av vården, de 10 % som använder mest")
_gathered("use_stay_in_top_5", "stay_in_top_5", "Kvar bland de 5 % som använder mest, av årets före")
_gathered("use_explained", "explained", "Andel av nästa års vård som årets förklarar")
_gathered("admitted_in_year", "admitted", "Invånare som vårdats inlagda under året")


@figure(
    "complex_use_in_index_year", "Andel av vården året som väljer ut dem, personer med komplexa behov", "%", "procent",
    1, "neither", "complex_use_in_index_year", limits=PERCENT,
)  # fmt: skip
def _index_year(g: Grouped) -> xr.Variable:
    return 100.0 * g["complex_use_in_index_year"]


@figure(
    "complex_use_in_next_year", "Andel av vården året efter, personer med komplexa behov", "%", "procent", 1,
    "neither", "complex_use_in_next_year", limits=PERCENT,
)  # fmt: skip
def _next_year(g: Grouped) -> xr.Variable:
    return 100.0 * g["complex_use_in_next_year"]


@figure(
    "listed_heaviest", "Listans träff: av dem på listan över komplexa behov, bland lika många som använder mest vård",
    "%", "procent", 1, "up", "listed_heaviest", "listed_people", limits=PERCENT,
)  # fmt: skip
def _listed_heaviest(g: Grouped) -> xr.Variable:
    return g.share("listed_heaviest", "listed_people")


@figure(
    "listed_use", "Vård per person på listan över komplexa behov, i läkarbesök av samma pris", "besök", "besök", 1,
    "neither", "listed_use", "listed_people",
)  # fmt: skip
def _listed_use(g: Grouped) -> xr.Variable:
    return g["listed_use"] / g["listed_people"]


@figure(
    "listed_before_after", "Vård för dem på listan mot året före: det en uppföljning före–efter hade sett", "ratio",
    "gånger året före", 2, "neither", "listed_use", "listed_use_before",
)  # fmt: skip
def _listed_before_after(g: Grouped) -> xr.Variable:
    return g["listed_use"] / g["listed_use_before"]
