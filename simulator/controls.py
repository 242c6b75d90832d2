"""Controls: the numbers of the system that dated changes may move, and their value in a month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from simulator.changes import Change
from simulator.core.fields import Array
from simulator.people.demand import STREAM_COUNT
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.region.axes import SEGMENTS
from simulator.region.pack import Region

Dimension = Literal["centre", "hospital", "municipality", "unit", "person"]
"""Where a control has a value; of persons by municipality, age group and segment of need."""


@dataclass(frozen=True, slots=True)
class Control:
    """One controllable number: where it exists, its value today and the bounds of its value."""

    name: str
    dimension: Dimension
    baseline: float
    low: float
    high: float
    description: str


def _control(name: str, dimension: Dimension, baseline: float, low: float, high: float, text: str) -> Control:
    return Control(name, dimension, baseline, low, high, text)


CONTROLS: Mapping[str, Control] = {
    control.name: control
    for control in (
        _control("gp_posts", "centre", 1.0, 0.0, 3.0, "funded GP posts, factor on today's"),
        _control("nurse_posts", "centre", 1.0, 0.0, 3.0, "funded nurse and rehab posts, factor on today's"),
        _control("listed_per_gp", "centre", 0.0, 0.0, 5000.0, "most listed people per GP post, 0 = no rule"),
        _control("gp_recruitment", "centre", 1.0, 0.0, 10.0, "chance of filling a vacant GP post, factor"),
        _control("gp_turnover", "centre", 1.0, 0.0, 5.0, "chance that a GP leaves before pension, factor"),
        _control("agency_cover", "centre", 1.0, 0.0, 3.0, "share of vacant GP posts held by locums, factor"),
        _control("own_gp_patience_days", "centre", 0.0, 0.0, 42.0, "further days booked ahead to see the own GP"),
        _control("own_gp_booking", "centre", 0.0, -1.0, 1.0, "share of bookings that look for the own GP first, added"),
        _control("named_gp_share", "centre", 0.0, -1.0, 1.0, "share with a named GP, added to today's"),
        _control("digital_share", "centre", 0.0, -1.0, 0.6, "share of needs met digitally, added to today's"),
        _control("acute_share", "centre", 0.0, -0.5, 0.5, "share of visits kept for the same day, added"),
        _control("telephone_time", "centre", 1.0, 0.0, 3.0, "nurses' time on the telephone, factor on today's"),
        _control("gp_home_visits", "centre", 0.0, 0.0, 1.0, "share of GP visits to the frail made where they live"),
        _control("physician_consultation", "centre", 0.0, 0.0, 1.0, "share of referrals that are first discussed"),
        _control("beds", "hospital", 1.0, 0.0, 3.0, "open beds, factor on today's"),
        _control("psychiatry_beds", "hospital", 1.0, 0.0, 3.0, "beds in psychiatry, factor on today's"),
        _control("psychiatry_staff", "hospital", 1.0, 0.0, 3.0, "posts in psychiatry, factor on today's"),
        _control(
            "region_reacts", "hospital", 1.0, 0.0, 1.0, "how much the region does about a long line for admission"
        ),
        _control("specialist_capacity", "hospital", 1.0, 0.0, 3.0, "outpatient capacity of clinics, factor"),
        _control("ed_places", "hospital", 1.0, 0.0, 3.0, "treatment places in the emergency department, factor"),
        _control("home_nursing_posts", "municipality", 1.0, 0.0, 3.0, "posts in home nursing, factor"),
        _control(
            "first_line_mental",
            "centre",
            0.0,
            0.0,
            1.0,
            "share of GP needs about mental health met first by a psychosocial professional",
        ),
        _control("team_coordinators", "centre", 0.0, 0.0, 50.0, "coordinator posts per 10 000 listed, added"),
        _control("finding_by_diagnoses", "centre", 0.0, 0.0, 1.0, "share of the list of the few that diagnoses fill"),
        _control("finding_by_use", "centre", 0.0, 0.0, 1.0, "share of it that last year's care fills"),
        _control("finding_by_judgement", "centre", 0.0, 0.0, 1.0, "share of it that GPs' judgement fills"),
        _control("resident_posts", "centre", 1.0, 0.0, 3.0, "funded posts of residents, factor on today's"),
        _control("hospital_agency_cover", "hospital", 1.0, 0.0, 3.0, "share of vacant posts held by agency staff"),
        _control("staff_turnover", "unit", 1.0, 0.0, 5.0, "chance that staff other than GPs leave, factor"),
        _control("staff_recruitment", "unit", 1.0, 0.0, 10.0, "rate of filling vacant posts other than GPs', factor"),
        _control("sick_leave_change", "unit", 0.0, -100.0, 100.0, "sick leave, percentage points added"),
        _control("retirement_age", "unit", 0.0, -5.0, 5.0, "years by which pension comes later, GPs included"),
        _control("specialist_to_primary", "person", 0.0, 0.0, 0.6, "share of outpatient needs met at health centres"),
        _control("resources_follow", "municipality", 0.0, 0.0, 1.0, "share of freed staff cost that follows the work"),
        _control("people_follow", "municipality", 0.0, 0.0, 1.0, "share of physicians who move with the work"),
        _control("home_help_posts", "municipality", 1.0, 0.0, 3.0, "posts in home help, factor"),
        _control("team_share", "centre", 0.0, 0.0, 1.0, "share of people with complex needs whom a team follows"),
        _control("home_beds", "hospital", 0.0, 0.0, 500.0, "places for hospital care at home"),
        _control("palliative_home_places", "hospital", 0.0, 0.0, 500.0, "places of palliative care at home, added"),
        _control("end_of_life_talks", "person", 0.0, 0.0, 1.0, "share of foreseeable deaths with a talk, added"),
        _control("mobile_visits", "municipality", 0.0, 0.0, 50.0, "visits of mobile teams a day per 1 000 aged 80+"),
        _control("receptions", "municipality", 1.0, 0.0, 5.0, "people received home from hospital a day, factor"),
        _control("short_term_places", "municipality", 1.0, 0.0, 5.0, "municipal short-term places, factor"),
        _control("housing_places", "municipality", 1.0, 0.0, 3.0, "places in special housing, factor"),
        _control("carer_support", "municipality", 0.0, 0.0, 1.0, "share of carers in dementia supported beyond today"),
        _control("reablement", "municipality", 0.0, 0.0, 1.0, "share of home help with reablement"),
        _control("telemonitoring", "person", 0.0, 0.0, 1.0, "share of heart failure and COPD monitored at home"),
        _control("fall_prevention", "person", 0.0, 0.0, 1.0, "share of people aged 65+ in fall prevention"),
        _control("medication_review", "person", 0.0, 0.0, 1.0, "share of stays at 65+ with a further review"),
        _control("coordinated_discharge", "person", 0.0, 0.0, 1.0, "share of discharges planned together"),
        _control("health_dialogue", "person", 0.0, 0.0, 1.0, "share of those invited who come"),
        _control("quit_smoking", "person", 0.0, 0.0, 1.0, "share of daily smokers with support to stop in a year"),
        _control("weight_programme", "person", 0.0, 0.0, 1.0, "share of people with obesity in a weight programme"),
        _control("social_prescribing", "person", 0.0, 0.0, 1.0, "share with a link worker"),
        _control("permanent_contact", "person", 0.0, -1.0, 1.0, "share with a permanent care contact, added"),
        _control("individual_plan", "person", 0.0, -1.0, 1.0, "share of people with complex needs with a plan, added"),
        _control("plan_at_enrolment", "person", 0.0, 0.0, 1.0, "share given a plan as home nursing begins, added"),
        _control("review_at_enrolment", "person", 0.0, 0.0, 1.0, "share given a review as home nursing begins, added"),
        _control("self_care", "person", 0.0, -0.2, 0.4, "share of needs met by self-care advice, added"),
        _control("mortality", "person", 1.0, 0.3, 2.0, "death rates, factor"),
        _control("winter_surge", "person", 1.0, 0.5, 3.0, "emergency needs in December to March, factor"),
        _control("need_gp", "person", 1.0, 0.0, 2.0, "needs that want a GP, factor"),
        _control("need_nurse", "person", 1.0, 0.0, 2.0, "needs that want a nurse or therapist, factor"),
        _control("need_emergency", "person", 1.0, 0.0, 2.0, "emergency needs, factor"),
        _control("need_specialist", "person", 1.0, 0.0, 2.0, "needs of specialist outpatient care, factor"),
        _control("need_elective", "person", 1.0, 0.0, 2.0, "needs of planned admission, factor"),
    )
}
NEEDS = ("need_gp", "need_nurse", "need_emergency", "need_specialist", "need_elective")


class ControlError(ValueError):
    """A change names an unknown control, reaches where the control does not exist, or leaves its bounds."""


def shape_of(control: Control, region: Region) -> tuple[int, ...]:
    """Shape of a control's values."""
    shapes: dict[str, tuple[int, ...]] = {
        "centre": (len(region.centres),),
        "hospital": (len(region.hospitals),),
        "municipality": (len(region.municipalities),),
        "unit": (len(region.centres) + len(region.hospitals) + len(region.municipalities),),
        "person": (len(region.municipalities), AGE_GROUP_COUNT, len(SEGMENTS)),
    }
    return shapes[control.dimension]


def _share_of_effect(change: Change, when: date) -> float:
    """How much of a change is in force in the month that begins on `when`, 0..1."""
    if when < change.start:
        return 0.0
    if when >= change.full_effect:
        return 1.0
    return (when - change.start).days / (change.full_effect - change.start).days


def _reach(change: Change, control: Control, region: Region) -> Array:
    """Mask of the control's values that a change touches."""
    mask = np.ones(shape_of(control, region), bool)
    if control.dimension == "centre":
        if change.municipalities:
            mask &= np.isin(region.centre_municipality, change.municipalities)
        if change.centres:
            mask &= np.isin(np.arange(mask.size), change.centres)
    elif control.dimension == "municipality" and change.municipalities:
        mask &= np.isin(np.arange(mask.size), change.municipalities)
    elif control.dimension == "hospital" and change.municipalities:
        mask &= np.isin(np.arange(mask.size), region.catchment[list(change.municipalities)])
    elif control.dimension == "unit" and change.municipalities:
        places = list(change.municipalities)
        mask = np.concatenate(
            [
                np.isin(region.centre_municipality, places),
                np.isin(np.arange(len(region.hospitals)), region.catchment[places]),
                np.isin(np.arange(len(region.municipalities)), places),
            ]
        )
    elif control.dimension == "person":
        chosen = (change.municipalities, change.age_groups, change.segments)
        for axis, (wanted, size) in enumerate(zip(chosen, mask.shape, strict=True)):
            if wanted:
                mask &= np.isin(np.arange(size), wanted).reshape([-1 if n == axis else 1 for n in range(3)])
    return mask


def values_in(month: date, changes: Iterable[Change], region: Region) -> dict[str, Array]:
    """Value of every control in the month that begins on `month`, by name. Raises ControlError."""
    changes = tuple(changes)
    return {name: value_in(name, month, changes, region) for name in CONTROLS}


def value_in(name: str, month: date, changes: Iterable[Change], region: Region) -> Array:
    """Value of one control in the month that begins on `month`, with the shape that `shape_of` tells.

    Factors multiply and addends add, so the order of changes does not matter; of several changes
    that set one number the largest departure from today holds. Raises ControlError.
    """
    control = CONTROLS[name]
    value = np.full(shape_of(control, region), control.baseline)
    mine = sorted((c for c in changes if c.control == name), key=repr)
    if not mine:
        return value
    for change in (c for c in mine if c.operation == "set"):
        target = control.baseline + _share_of_effect(change, month) * (change.value - control.baseline)
        further = abs(target - control.baseline) > np.abs(value - control.baseline)
        value = np.where(_reach(change, control, region) & further, target, value)
    for change in (c for c in mine if c.operation == "multiply"):
        factor = 1.0 + _share_of_effect(change, month) * (change.value - 1.0)
        value = np.where(_reach(change, control, region), value * factor, value)
    for change in (c for c in mine if c.operation == "add"):
        addend = _share_of_effect(change, month) * change.value
        value = np.where(_reach(change, control, region), value + addend, value)
    if value.min() < control.low or value.max() > control.high:
        raise ControlError(
            f"{name}: changes together give {value.min():g}..{value.max():g} in {month:%Y-%m}; "
            f"allowed {control.low:g}..{control.high:g}"
        )
    return value


def check(changes: Iterable[Change]) -> None:
    """Refuse changes whose control is unknown or whose value no control could take. Raises ControlError."""
    problems = []
    for change in changes:
        control = CONTROLS.get(change.control)
        if control is None:
            problems.append(f"unknown control {change.control!r}; known: {', '.join(sorted(CONTROLS))}")
        elif not np.isfinite(change.value):
            problems.append(f"{change.control}: {change.value} is not a number")
        elif change.full_effect < change.start:
            problems.append(f"{change.control}: full effect {change.full_effect} lies before start {change.start}")
        elif change.operation == "set" and not control.low <= change.value <= control.high:
            problems.append(f"{change.control}: {change.value} lies outside {control.low}..{control.high}")
    if problems:
        raise ControlError("; ".join(problems))


assert len(NEEDS) == STREAM_COUNT
