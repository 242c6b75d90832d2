"""What levers cost a year: unit costs of the region's pack (costs.csv) times what the lever adds to today's.

The unit costs carry the range, source and grade. Posts are priced as if filled, beds as if used every day: what a
budget has to hold, not what the simulation ends up paying.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scenarios.levers.lever import Price
from scenarios.levers.reached import (
    AGED_65,
    at_home,
    by_group,
    home_nursing,
    municipal_discharges,
    people_of,
    primary_care_needs,
    stays,
    with_monitored_condition,
)
from simulator.core.state import Array
from simulator.region.axes import DIALOGUE_AGES, DIALOGUE_MINUTES
from simulator.region.pack import Region, StaffPost
from simulator.staff.effort import EFFORTS, Effort, minutes_per_post

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
    return minutes / minutes_per_post(region)


def _of_effort(activity: str, amount: Quantity, of_sv: Mapping[str, str]) -> tuple[Price, ...]:
    """Prices of work that a lever brings: `amount` a year of an activity, in the minutes and pay of each profession."""

    def price(effort: Effort) -> Price:
        def quantity(region: Region, values: Array) -> float:
            return _fte(region, amount(region, values) * region.parameters[effort.minutes])

        return Price(effort.cost, of_sv[effort.cost], quantity)

    return tuple(price(effort) for effort in EFFORTS if effort.activity == activity)


def _mobile_visits(region: Region, per_1_000: Array) -> float:
    """Mobile visits a year, if every visit a day per 1 000 inhabitants aged 80 and over is made."""
    aged = region.population[:, :, 80:].sum(axis=(1, 2))
    return float((per_1_000 * aged).sum()) / 1_000.0 * DAYS


def _home_bed_nurses(region: Region, places: Array) -> float:
    """FTE of municipal nurses for hospital care at home, if every place is taken."""
    return _fte(region, float(places.sum()) * DAYS * region.parameters["home_care.municipal_minutes"])


def _monitored_months(region: Region, share: Array) -> float:
    """Months of monitoring at home; those with both conditions are counted twice."""
    return 12.0 * float((share * with_monitored_condition(region)).sum())


def _monitoring_contacts(region: Region, share: Array) -> float:
    """Contacts with those who monitor at home."""
    return _monitored_months(region, share) * region.parameters["telemonitoring.contacts_per_month"]


def _dialogue_nurses(region: Region, share: Array) -> float:
    """FTE of nurses for health dialogues."""
    invited = np.zeros_like(region.population)
    invited[:, :, DIALOGUE_AGES] = region.population[:, :, DIALOGUE_AGES]
    return _fte(region, float((share.mean(axis=2) * by_group(invited)).sum()) * DIALOGUE_MINUTES)


def _advice_calls(region: Region, share: Array) -> float:
    """Advice on self-care beyond today's; less of it saves nothing."""
    needs = people_of(region) * primary_care_needs(region)[:, None]
    return float((np.maximum(share, 0.0) * needs).sum())


def _trained(region: Region, share: Array) -> float:
    """People aged 65 and over in their own home who take part in exercise against falls."""
    people = people_of(region) * at_home(region)[:, None]
    return float((share * people)[:, AGED_65:].sum())


def _link_users(region: Region, share: Array) -> float:
    """People without complex needs who see a link worker in a year."""
    return float((share * people_of(region))[..., :3].sum()) * region.parameters["prevention.link_worker_use"]


def _added(kind: int) -> Quantity:
    """People with a permanent care contact (0) or an individual plan (1) beyond today's."""

    def quantity(region: Region, share: Array) -> float:
        from simulator.care.coordination import LEVERS_OF_CONTACT, shares  # noqa: PLC0415  (numba is slow to import)

        now, today = (dict.fromkeys(LEVERS_OF_CONTACT, values) for values in (share, np.zeros_like(share)))
        added = np.maximum(shares(region, now) - shares(region, today), 0.0)[kind]
        return float((added * people_of(region)).sum())

    return quantity


def _reviews(region: Region, share: Array) -> float:
    """Medication reviews of people aged 65 and over before they leave hospital."""
    return float((share * people_of(region) * stays(region)[:, None])[:, AGED_65:].sum())


def _planned_discharges(region: Region, share: Array) -> float:
    """Discharges planned together, of those that the municipality must prepare for."""
    return float((share * people_of(region) * municipal_discharges(region)[:, None]).sum())


def _receptions(region: Region, factor: Array) -> float:
    """People received from hospital at home beyond today's, if every reception is used; fewer save nothing."""
    return float((np.maximum(factor - 1.0, 0.0) * region.receptions).sum()) * DAYS


def _reabled(region: Region, share: Array) -> float:
    """Users of home help with reablement."""
    users = (people_of(region).sum(axis=2) * home_nursing(region)).sum(axis=1)
    return float((share * users).sum()) * region.parameters["home_help.share_of_home_nursing"]


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
    Price("district_nurse_year", "distriktssköterskor", _posts("district_nurse")),
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
MOBILE_VISITS = _of_effort("mobile_visit", _mobile_visits, {"nurse_year": "sjukskötersketjänster i mobila team"})
HOME_BEDS = (Price("municipal_nurse_year", "sjukskötersketjänster i kommunen", _home_bed_nurses),)
TELEMONITORING = (
    Price("telemonitoring_month", "personmånader med egenmonitorering", _monitored_months),
    *_of_effort("monitoring_contact", _monitoring_contacts, {"nurse_year": "sjukskötersketjänster på distans"}),
)
SHORT_TERM_PLACES = (Price("short_term_place_year", "korttidsplatser", _places("short_term_places")),)
HOUSING_PLACES = (Price("special_housing_year", "platser i särskilt boende", _places("housing_places")),)
SELF_CARE = _of_effort("advice_call", _advice_calls, {"nurse_year": "sjukskötersketjänster för råd per telefon"})
FALL_PREVENTION = _of_effort("fall_training_year", _trained, {"rehab_year": "fysioterapeuter"})
LINK_WORKERS = _of_effort("link_worker_year", _link_users, {"link_worker_year": "hälsolotsar"})
CARE_CONTACTS = _of_effort("care_contact_year", _added(0), {"district_nurse_year": "distriktssköterskor"})
INDIVIDUAL_PLANS = _of_effort(
    "plan_year", _added(1),
    {"coordinator_year": "samordnare för planer", "municipal_nurse_year": "sjukskötersketjänster i kommunen"},
)  # fmt: skip
MEDICATION_REVIEWS = _of_effort(
    "medication_review", _reviews, {"hospital_nurse_year": "farmaceuter eller sjuksköterskor på sjukhus"}
)
PLANNED_DISCHARGES = _of_effort(
    "discharge_planning", _planned_discharges,
    {"hospital_nurse_year": "sjukskötersketjänster på sjukhus", "municipal_nurse_year": "sjuksköterskor i kommunen"},
)  # fmt: skip
RECEPTIONS = _of_effort("added_reception", _receptions, {"home_help_year": "undersköterskor i hemtjänsten"})
REABLEMENT = _of_effort("reablement_year", _reabled, {"municipal_rehab_year": "arbetsterapeuter och fysioterapeuter"})
HEALTH_DIALOGUES = (Price("nurse_year", "sjukskötersketjänster för hälsosamtal", _dialogue_nurses),)
