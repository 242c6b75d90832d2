"""Activities: every kind of care by its place in the structure matrix, how much there was and whose minutes it took.

The finest grain at which contacts, minutes and money meet. A cell of the matrix is the sum of its activities, so a
shift between cells moves all three, and what a lever does not move stays visibly where it was.

Bed-days and emergency visits lie in specialised care on site; home visits, home help and special housing in primary
care at home; short-term places in local care (närsjukvård) on site. Therapists' visits are nurse visits here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.care.offer import ADVISED, PLANNED_DISCHARGES, REVIEWS, TALKS
from simulator.core.fields import Array
from simulator.core.record import (
    ASKED_FIRST,
    CELLS,
    CONTACTS_ADDED,
    DIGITAL,
    HELP_GIVEN,
    HOME,
    IN_PROGRAMME,
    JUDGED,
    LINK_USERS,
    LOCAL,
    MENTAL_MET,
    ON_SITE,
    PALLIATIVE_OPEN,
    PLAN_ADDED,
    PLANS_ADDED,
    PRIMARY,
    PROMOTION,
    PSYCHIATRIC_BED_DAYS,
    PSYCHIATRIC_ED,
    REABLED,
    RECEPTIONS_ADDED,
    REVIEW_ADDED,
    SELF_CARE,
    SHORT_PLACES,
    SMOKERS_SUPPORTED,
    SPECIALISED,
    SUPPORTED,
    TRAINED,
    Record,
    cell_of,
)
from simulator.region.axes import CONTACTS
from simulator.region.pack import Region
from simulator.staff import minutes
from simulator.staff.effort import effort_minutes


class Activity(NamedTuple):
    """One kind of care and its cell."""

    name: str
    level: int
    mode: int

    @property
    def cell(self) -> int:
        """Index of its cell of the structure matrix."""
        return cell_of(self.level, self.mode)


ACTIVITIES = (
    Activity("promotion_visit", PROMOTION, ON_SITE),
    Activity("self_care_advice", PRIMARY, SELF_CARE),
    Activity("digital_contact", PRIMARY, DIGITAL),
    Activity("home_visit", PRIMARY, HOME),
    Activity("home_help_hour", PRIMARY, HOME),
    Activity("special_housing_year", PRIMARY, HOME),
    Activity("gp_visit", PRIMARY, ON_SITE),
    Activity("gp_home_visit", PRIMARY, HOME),
    Activity("nurse_visit", PRIMARY, ON_SITE),
    Activity("monitoring_contact", LOCAL, DIGITAL),
    Activity("mobile_visit", LOCAL, HOME),
    Activity("team_visit", LOCAL, HOME),
    Activity("local_visit", LOCAL, ON_SITE),
    Activity("short_term_place_year", LOCAL, ON_SITE),
    Activity("home_hospital_day", SPECIALISED, HOME),
    Activity("clinic_visit", SPECIALISED, ON_SITE),
    Activity("ed_visit", SPECIALISED, ON_SITE),
    Activity("bed_day", SPECIALISED, ON_SITE),
    Activity("bought_stay", SPECIALISED, ON_SITE),
    Activity("psychosocial_visit", PRIMARY, ON_SITE),
    Activity("psychiatric_visit", SPECIALISED, ON_SITE),
    Activity("psychiatric_ed_visit", SPECIALISED, ON_SITE),
    Activity("psychiatric_bed_day", SPECIALISED, ON_SITE),
    Activity("extra_surgery", SPECIALISED, ON_SITE),
    # What only strategies bring (simulator.staff.effort)
    Activity("fall_training_year", PROMOTION, ON_SITE),
    Activity("link_worker_year", PROMOTION, ON_SITE),
    Activity("quit_support", PROMOTION, ON_SITE),
    Activity("weight_programme_year", PROMOTION, ON_SITE),
    Activity("advice_call", PRIMARY, SELF_CARE),
    Activity("care_contact_year", PRIMARY, ON_SITE),
    Activity("judged_year", PRIMARY, ON_SITE),
    Activity("reablement_year", PRIMARY, HOME),
    Activity("carer_support_year", PRIMARY, HOME),
    Activity("added_reception", PRIMARY, HOME),
    Activity("physician_consultation", PRIMARY, DIGITAL),
    Activity("enrolment_plan", PRIMARY, HOME),
    Activity("enrolment_review", PRIMARY, HOME),
    Activity("plan_year", LOCAL, HOME),
    Activity("medication_review", SPECIALISED, ON_SITE),
    Activity("discharge_planning", SPECIALISED, ON_SITE),
    Activity("end_of_life_talk", PRIMARY, HOME),
    Activity("palliative_place_day", SPECIALISED, HOME),
)
ACTIVITY_NAMES = tuple(activity.name for activity in ACTIVITIES)
ACTIVITY_INDEX = {activity.name: i for i, activity in enumerate(ACTIVITIES)}
DAYS_A_MONTH = 365.25 / 12.0
AS_CONTACTS = (
    "gp_visit", "digital_contact", "home_visit", "home_help_hour", "ed_visit", "bed_day", "team_visit",
    "psychosocial_visit", "psychiatric_visit", "psychiatric_ed_visit", "psychiatric_bed_day",
)  # fmt: skip
"""Activities whose minutes are those of the kind of contact of the same name."""
CELL_OF_ACTIVITY = np.array([activity.cell for activity in ACTIVITIES])


def yearly(table: Array, years: int) -> Array:
    """Sum months into years along the first axis."""
    sums: Array = table[: 12 * years].reshape(years, 12, *table.shape[1:]).sum(axis=1)
    return sums


def by_cell(values: Array, axis: int) -> Array:
    """Sum an axis of activities into the cells of the structure matrix [..., CELLS, ...]."""
    moved = np.moveaxis(values, axis, 0)
    out = np.zeros((CELLS, *moved.shape[1:]))
    np.add.at(out, CELL_OF_ACTIVITY, moved)
    return np.moveaxis(out, 0, axis)


def volumes(record: Record, years: int) -> Array:
    """How much there was of each activity, float64[years, len(ACTIVITIES)]: contacts, days, hours or years."""
    contacts = yearly(record.contacts, years).sum(axis=1).astype(float)
    gp, ed = yearly(record.wait, years).sum(axis=(1, 2)), yearly(record.ed_visits, years).sum(axis=1)
    programmes = yearly(record.programmes, years).sum(axis=1)
    at_home = yearly(record.gp_at_home, years).sum(axis=1)
    talks, wards = first_line_visits(record, 12 * years), yearly(record.psychiatry_care, years).sum(axis=1)
    talks = yearly(talks, years)
    on_site = {level: contacts[:, cell_of(level, ON_SITE)] for level in range(4)}
    amounts = {
        "promotion_visit": contacts[:, cell_of(PROMOTION, ON_SITE)],
        "self_care_advice": contacts[:, cell_of(PRIMARY, SELF_CARE)],
        "digital_contact": contacts[:, cell_of(PRIMARY, DIGITAL)],
        "home_visit": contacts[:, cell_of(PRIMARY, HOME)] - at_home,
        "home_help_hour": yearly(record.town[..., HELP_GIVEN], years).sum(axis=1) / 60.0,
        "special_housing_year": record.setting[1 : years + 1, ..., 1].sum(axis=(1, 2, 3)),
        "gp_visit": gp - at_home,
        "gp_home_visit": at_home,
        "nurse_visit": on_site[PRIMARY] - (gp - at_home) - talks,
        "psychosocial_visit": talks,
        "psychiatric_visit": yearly(record.psychiatric_visits, years).sum(axis=1),
        "psychiatric_ed_visit": wards[:, PSYCHIATRIC_ED],
        "psychiatric_bed_day": wards[:, PSYCHIATRIC_BED_DAYS],
        "monitoring_contact": yearly(record.monitoring, years).sum(axis=1),
        "mobile_visit": yearly(record.mobile_visits, years).sum(axis=1),
        "team_visit": yearly(record.team_visits, years).sum(axis=1),
        "local_visit": on_site[LOCAL],
        "short_term_place_year": programmes[:, SHORT_PLACES] / 12.0,
        "home_hospital_day": contacts[:, cell_of(SPECIALISED, HOME)],
        "clinic_visit": on_site[SPECIALISED] - ed,
        "ed_visit": ed,
        "bed_day": yearly(record.bed_days, years).sum(axis=1),
        "bought_stay": (yearly(record.bought, years) + yearly(record.sent_away, years)).sum(axis=1),
        "extra_surgery": yearly(record.extra_surgery, years).sum(axis=1),
    } | _beyond_today(record, years)
    return np.stack([np.asarray(amounts[a.name], float) for a in ACTIVITIES], axis=1)


def first_line_visits(record: Record, months: int) -> Array:
    """Visits to the first line of mental health by month, float64[months]; psychiatry's clinics are not among them."""
    centres = len(record.few_by_centre[0])
    met: Array = record.mental[:months, :centres, MENTAL_MET].sum(axis=1).astype(float)
    return met


def _beyond_today(record: Record, years: int) -> dict[str, Array]:
    """What only strategies bring: years of people, receptions, advice, plans, reviews, discharges, talks, places."""
    effort, programmes = yearly(record.effort, years).sum(axis=1), yearly(record.programmes, years).sum(axis=1)
    by_year = {
        "fall_training_year": TRAINED, "link_worker_year": LINK_USERS, "care_contact_year": CONTACTS_ADDED,
        "plan_year": PLANS_ADDED, "reablement_year": REABLED, "judged_year": JUDGED,
        "carer_support_year": SUPPORTED, "quit_support": SMOKERS_SUPPORTED, "weight_programme_year": IN_PROGRAMME,
    }  # fmt: skip
    enrolled = yearly(record.enrolled, years).sum(axis=1)
    return {name: programmes[:, column] / 12.0 for name, column in by_year.items()} | {
        "added_reception": programmes[:, RECEPTIONS_ADDED] * DAYS_A_MONTH,
        "advice_call": effort[:, ADVISED],
        "physician_consultation": yearly(record.consulted[..., ASKED_FIRST], years).sum(axis=1),
        "enrolment_plan": enrolled[:, PLAN_ADDED],
        "enrolment_review": enrolled[:, REVIEW_ADDED],
        "medication_review": effort[:, REVIEWS],
        "discharge_planning": effort[:, PLANNED_DISCHARGES],
        "end_of_life_talk": effort[:, TALKS],
        "palliative_place_day": yearly(record.palliative_days[..., PALLIATIVE_OPEN], years).sum(axis=1),
    }


def staff_minutes(record: Record, region: Region, years: int) -> Array:
    """Minutes of the employed and agency staff by activity, float64[years, len(ACTIVITIES), P].

    All that the account of minutes has as delivered, and on top of it what it counts as idle: municipal nurses' part
    of hospital care at home.
    """
    by_contact = minutes.delivered_by_contact(record, region, slice(0, 12 * years))
    contacts = record.contacts[: 12 * years].sum(axis=1).astype(float)
    at_home, ed = record.gp_at_home[: 12 * years].sum(axis=1), record.ed_visits[: 12 * years].sum(axis=1)
    gp = record.wait[: 12 * years].sum(axis=(1, 2)) - at_home
    promotion, local = contacts[:, cell_of(PROMOTION, ON_SITE)], contacts[:, cell_of(LOCAL, ON_SITE)]
    others = gp + first_line_visits(record, 12 * years)
    promoted = _share(promotion, promotion + contacts[:, cell_of(PRIMARY, ON_SITE)] - others)
    near = _share(local, local + contacts[:, cell_of(SPECIALISED, ON_SITE)] - ed)
    out = np.zeros((12 * years, len(ACTIVITIES), len(region.professions)))
    desk = by_contact[:, CONTACTS.index("nurse_visit")] + by_contact[:, CONTACTS.index("rehab_visit")]
    clinic = by_contact[:, CONTACTS.index("specialist_visit")]
    out[:, ACTIVITY_INDEX["promotion_visit"]] = promoted * desk
    out[:, ACTIVITY_INDEX["nurse_visit"]] = (1.0 - promoted) * desk
    out[:, ACTIVITY_INDEX["local_visit"]] = near * clinic
    out[:, ACTIVITY_INDEX["clinic_visit"]] = (1.0 - near) * clinic
    for name in AS_CONTACTS:
        out[:, ACTIVITY_INDEX[name]] = by_contact[:, CONTACTS.index(name)]
    long = at_home * (1.0 + minutes.home_visit_extra(region))
    out[:, ACTIVITY_INDEX["gp_home_visit"]] = _share(long, gp + long) * out[:, ACTIVITY_INDEX["gp_visit"]]
    out[:, ACTIVITY_INDEX["gp_visit"]] -= out[:, ACTIVITY_INDEX["gp_home_visit"]]
    total = yearly(out, years)
    total += _beside_the_account(record, region, years)
    return total


def _beside_the_account(record: Record, region: Region, years: int) -> Array:
    """Minutes that take the time of staff whom the account of minutes has as idle."""
    p, amount = region.parameters, volumes(record, years)
    out = np.zeros((years, len(ACTIVITIES), len(region.professions)))
    day, nurse = ACTIVITY_INDEX["home_hospital_day"], region.professions.index("municipal_nurse")
    out[:, day, nurse] = amount[:, day] * p["home_care.municipal_minutes"]
    return out


def further_minutes(record: Record, region: Region, years: int) -> Array:
    """Minutes of work for which the model has no posts, float64[years, len(ACTIVITIES), P] (`simulator.staff.effort`).

    Mobile teams, contacts with those who monitor at home and all else that levers bring; economy pays by the minute.
    """
    return effort_minutes(region, volumes(record, years), ACTIVITY_NAMES)


def _share(part: Array, whole: Array) -> Array:
    """Share of months [T, 1], 0 where there is nothing."""
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0.0)[:, None]
