"""What levers cost a year: unit costs of the region's pack (costs.csv) times what the lever adds to today's.

The unit costs carry the range, source and grade. Posts are priced as if filled, beds as if used every day: what a
budget has to hold, not what the simulation ends up paying.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenarios.lever import Price
from simulator.region import Region, StaffPost
from simulator.region_axes import DIALOGUE_AGES, DIALOGUE_MINUTES, MONITORED_CONDITIONS
from simulator.state import Array

DAYS = 365.25
Quantity = Callable[[Region, Array], float]


def _at_units(region: Region, profession: str, of: Callable[[StaffPost], float]) -> Array:
    """Return a figure of each unit that has the profession, in the order of the region (float64[U])."""
    posts = {post.unit: post for post in region.staff if post.profession == profession}
    return np.array([of(posts[unit]) for unit in _units(region, next(iter(posts.values())))])


def _units(region: Region, post: StaffPost) -> tuple[str, ...]:
    kinds = {"centre": region.centres, "hospital": region.hospitals, "municipality": region.municipalities}
    return kinds[post.unit_kind]


def _posts(profession: str) -> Quantity:
    """FTE that a factor on today's posts adds."""

    def quantity(region: Region, factor: Array) -> float:
        return float(((factor - 1.0) * _at_units(region, profession, lambda post: post.posts_fte)).sum())

    return quantity


def _for_short_lists(region: Region, limit: Array) -> float:
    """FTE of GPs that a limit of listed people per post adds; a limit of 0 is none."""
    wanted = np.where(limit > 0.0, region.centre_listed / np.maximum(limit, 1.0), 0.0)
    return float(np.maximum(wanted - _at_units(region, "gp", lambda post: post.posts_fte), 0.0).sum())


def _locums(region: Region, factor: Array) -> float:
    """FTE of locums that a factor on their share of vacant GP time adds."""
    covered = _at_units(region, "gp", lambda post: post.posts_fte * post.vacancy * post.agency_share)
    return float(((factor - 1.0) * covered).sum())


def _bed_days(region: Region, factor: Array) -> float:
    """Bed-days a year that a factor on open beds adds."""
    return float(((factor - 1.0) * region.beds).sum()) * DAYS


def _agency(profession: str) -> Quantity:
    """FTE of agency staff at hospitals that a factor on their cover adds, nurses at the level after 2023.

    Physicians and assistant nurses in FTE of own staff at the same cost.
    """

    def quantity(region: Region, factor: Array) -> float:
        p = region.parameters
        kept = p["hospital.agency_nurses_october_2023"] / p["hospital.agency_nurses_start"]
        premium = p["hospital.physician_agency_premium"]  # the others' price has no row of its own (economy)
        dearer = region.costs["agency_nurse_year"].value / region.costs["nurse_year"].value
        weight = {"hospital_nurse": kept, "hospital_physician": premium, "assistant_nurse": dearer}[profession]
        covered = _at_units(region, profession, lambda post: post.posts_fte * post.vacancy * post.agency_share)
        return float(((factor - 1.0) * covered).sum()) * weight

    return quantity


def _coordinators(region: Region, per_10_000: Array) -> float:
    """FTE of coordinators."""
    return float((per_10_000 * region.centre_listed).sum()) / 10_000.0


def _fte(region: Region, minutes: float) -> float:
    """FTE that give so many minutes with patients a year."""
    p = region.parameters
    return minutes / (p["work.net_hours_per_fte"] * p["work.share_patient_time"] * 60.0)


def _mobile_nurses(region: Region, per_1_000: Array) -> float:
    """FTE of nurses for mobile visits a day per 1 000 inhabitants aged 80 and over, if every visit is made."""
    aged = region.population[:, :, 80:].sum(axis=(1, 2))
    visits = float((per_1_000 * aged).sum()) / 1_000.0 * DAYS
    return _fte(region, visits * region.parameters["mobile.minutes"])


def _home_bed_nurses(region: Region, places: Array) -> float:
    """FTE of municipal nurses for hospital care at home, if every place is taken."""
    return _fte(region, float(places.sum()) * DAYS * region.parameters["home_care.municipal_minutes"])


def _monitored(region: Region, share: Array) -> float:
    """People who monitor at home; those with both conditions are counted twice."""
    men, women = region.population.sum(axis=(0, 2))
    ill = sum(
        men * condition.prevalence_men + women * condition.prevalence_women
        for condition in region.conditions
        if condition.code in MONITORED_CONDITIONS
    )
    return float(share[0] * ill)


def _monitored_months(region: Region, share: Array) -> float:
    """Months of monitoring at home."""
    return 12.0 * _monitored(region, share)


def _monitoring_nurses(region: Region, share: Array) -> float:
    """FTE of nurses for contacts with those who monitor at home."""
    p = region.parameters
    contacts = _monitored_months(region, share) * p["telemonitoring.contacts_per_month"]
    return _fte(region, contacts * p["consultation.digital_minutes"])


def _dialogue_nurses(region: Region, share: Array) -> float:
    """FTE of nurses for health dialogues."""
    invited = region.population[:, :, DIALOGUE_AGES].sum()
    return _fte(region, float(share[0] * invited) * DIALOGUE_MINUTES)


def _places(kind: str) -> Quantity:
    """Municipal places that a factor on today's adds."""

    def quantity(region: Region, factor: Array) -> float:
        return float(((factor - 1.0) * getattr(region, kind)).sum())

    return quantity


GP_POSTS = (Price("gp_year", "läkartjänster", _posts("gp")),)
LISTED_PER_GP = (Price("gp_year", "läkartjänster", _for_short_lists),)
LOCUMS = (Price("agency_gp_year", "hyrläkare, heltider", _locums),)
NURSE_POSTS = (
    Price("nurse_year", "sjukskötersketjänster", _posts("nurse")),
    Price("rehab_year", "tjänster i rehab och psykosocial resurs", _posts("rehab")),
)
CLINIC_POSTS = (Price("hospital_physician_year", "läkartjänster på sjukhus", _posts("hospital_physician")),)
BED_DAYS = (Price("bed_day", "vårddygn", _bed_days),)
HOME_NURSING_POSTS = (Price("municipal_nurse_year", "sjukskötersketjänster i kommunen", _posts("municipal_nurse")),)
HOME_HELP_POSTS = (Price("home_help_year", "undersköterskor i hemtjänsten", _posts("home_help")),)
RESIDENT_POSTS = (Price("resident_year", "ST-tjänster", _posts("resident")),)
COORDINATORS = (Price("coordinator_year", "samordnare", _coordinators),)
HOSPITAL_AGENCY = (
    Price("agency_nurse_year", "hyrsjuksköterskor, heltider", _agency("hospital_nurse")),
    Price("hospital_physician_year", "årslöner till hyrläkare på sjukhus", _agency("hospital_physician")),
    Price("assistant_nurse_year", "årslöner till hyrda undersköterskor", _agency("assistant_nurse")),
)
MOBILE_VISITS = (Price("nurse_year", "sjukskötersketjänster i mobila team", _mobile_nurses),)
HOME_BEDS = (Price("municipal_nurse_year", "sjukskötersketjänster i kommunen", _home_bed_nurses),)
TELEMONITORING = (
    Price("telemonitoring_month", "personmånader med egenmonitorering", _monitored_months),
    Price("nurse_year", "sjukskötersketjänster på distans", _monitoring_nurses),
)
SHORT_TERM_PLACES = (Price("short_term_place_year", "korttidsplatser", _places("short_term_places")),)
HOUSING_PLACES = (Price("special_housing_year", "platser i särskilt boende", _places("housing_places")),)
HEALTH_DIALOGUES = (Price("nurse_year", "sjukskötersketjänster för hälsosamtal", _dialogue_nurses),)
