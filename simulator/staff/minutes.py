"""Minutes: what care asks of each profession, and what becomes of the working time that is paid for.

Every contact has a footprint in minutes by profession (`footprints.csv`). For each unit, profession and
month the account closes:

    paid      = absent + non-patient + available
    available + overtime = delivered + idle
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from simulator.core.dates import DAY, day_number, month_start, open_days
from simulator.core.fields import Array
from simulator.core.record import (
    DIVERTED,
    HELP_NEEDED,
    MENTAL_ASKED,
    MENTAL_MET,
    PSYCHIATRIC_BED_DAYS,
    PSYCHIATRIC_BED_WAIT,
    PSYCHIATRIC_ED,
    REQUESTED,
    SERVED,
    Record,
)
from simulator.core.state import SPECIALTIES
from simulator.region.axes import CONTACTS, PSYCHIATRY_PROFESSIONS
from simulator.region.pack import Region
from simulator.staff.workforce import OPEN_DAYS, establishment

ACCOUNTS = ("paid", "absent", "non_patient", "available", "demanded", "delivered", "idle", "overtime")
"""Entries of the account of minutes."""
LEDGER = ("nurse", "digital", "referral", "return_visit", "home_visit", "planned", "gp", "emergency", "bed")
"""Units of account in `Record.ledger`, in order: pools, then centres, emergency departments and wards."""
TEAMS = (("gp", "resident"), ("nurse", "district_nurse"))
"""Professions that do the same work and share it by working time."""


PSYCHIATRY_CONTACTS = ("psychiatric_visit", "psychiatric_ed_visit", "psychiatric_bed_day")
PSYCHIATRY_ON_WEEKDAYS = 0.5
"""About half of the minutes of psychiatry's staff are visits, on days on which clinics are open."""


@dataclass(frozen=True)
class Workload:
    """A region's footprints and working time. U units, P professions, K kinds of contact."""

    footprint: Array  # float64[K, P], minutes
    patient_share: Array  # float64[P], share of working time with patients
    weekday_share: Array  # float64[P], share of it on days on which centres and clinics are open
    desk_share: float  # share of the nurses' time at the digital desk
    posts: Array  # float64[U, P], of today


@lru_cache(maxsize=4)
def workload_of(region: Region) -> Workload:
    """Put a region's footprints and working time into arrays."""
    p, of = region.parameters, region.professions.index
    footprint = np.zeros((len(CONTACTS), len(region.professions)))
    for row in region.footprints:
        minutes = p[row.parameter] if row.parameter else row.minutes
        footprint[CONTACTS.index(row.contact), of(row.profession)] = minutes
    patient = np.full(len(region.professions), p["work.share_patient_time"])
    patient[of("resident")] *= p["work.resident_patient_share"]
    weekday = np.ones(len(region.professions))
    weekday[[of("hospital_nurse"), of("assistant_nurse"), of("municipal_nurse"), of("home_help")]] = 0.0
    weekday[[of(name) for name in PSYCHIATRY_PROFESSIONS]] = PSYCHIATRY_ON_WEEKDAYS
    weekday[of("hospital_physician")] = p["specialist.share_of_physician_time"]
    return Workload(footprint, patient, weekday, p["digital.share_of_nurse_time"], establishment(region).posts)


def ledger_slices(region: Region) -> dict[str, slice]:
    """Where each kind of unit stands in `Record.ledger`."""
    units = region.units
    return {
        kind: slice(int(first), int(first) + size)
        for kind, first, size in zip(LEDGER, units.first, units.sizes, strict=True)
    }


# --- contacts


def _counted(record: Record, region: Region, months: slice, served: bool) -> dict[str, Array]:
    """Contacts asked for, or served, by kind of line: float64[T, units of that kind].

    A GP's home visit counts as so many visits as it takes the time of.
    """
    ledger = record.ledger[months]
    counts = ledger[..., SERVED] if served else ledger[..., REQUESTED] - ledger[..., DIVERTED]
    out = {kind: counts[:, where].astype(float) for kind, where in ledger_slices(region).items()}
    out["referral"] = out["referral"].reshape(len(ledger), len(region.hospitals), SPECIALTIES).sum(axis=-1)
    out["team_visits"] = record.team_visits[months].astype(float)
    out["gp"] += home_visit_extra(region) * record.gp_at_home[months]
    out |= _of_mental_health(record, region, months, served)
    seconds = record.occupied[months] + (0 if served else record.boarded[months])
    out["bed_day"] = seconds / DAY
    return out


def home_visit_extra(region: Region) -> float:
    """Time that a GP's home visit takes beyond one at the health centre, in visits there."""
    p = region.parameters
    return float(p["primary_care.home_visit_extra_minutes"] / p["consultation.gp_minutes"])


def left_by_home_visits(record: Record, region: Region, month: int) -> Array:
    """Share of GPs' time that a month's home visits leave for as many visits of usual length, float64[H]."""
    visits, at_home = record.wait[month].sum(axis=-1), record.gp_at_home[month]
    left: Array = 1.0 / (1.0 + home_visit_extra(region) * at_home / np.maximum(visits, 1))
    return left


def _of_mental_health(record: Record, region: Region, months: slice, served: bool) -> dict[str, Array]:
    """Contacts of the first line and of psychiatry; days waited for a bed are asked for, those at home are not."""
    lines = record.mental[months, :, MENTAL_MET if served else MENTAL_ASKED].astype(float)
    wards = record.psychiatry_care[months].astype(float)
    days = wards[..., PSYCHIATRIC_BED_DAYS] + (0.0 if served else wards[..., PSYCHIATRIC_BED_WAIT])
    return {
        "psychosocial_visit": lines[:, region.units.in_first_line],
        "psychiatric_visit": lines[:, region.units.in_psychiatry],
        "psychiatric_ed_visit": wards[..., PSYCHIATRIC_ED],
        "psychiatric_bed_day": days,
    }


def _home_help_hours(record: Record, months: slice) -> Array:
    """Hours of home help that people need float64[T, M]."""
    hours: Array = record.town[months, :, HELP_NEEDED] / 60.0
    return hours


def _shares(fte: Array, workload: Workload, region: Region) -> dict[str, Array]:
    """Share of a team's work that each profession does, and the nurses' share of the desk, float64[T, U]."""
    of = region.professions.index
    shares: dict[str, Array] = {}
    for first, second in TEAMS:
        one, two = fte[..., of(first)] * workload.patient_share[of(first)], fte[..., of(second)]
        two = two * workload.patient_share[of(second)]
        shares[second] = np.divide(two, one + two, out=np.zeros_like(two), where=one + two > 0.0)
        shares[first] = 1.0 - shares[second]
    nurse_minutes = workload.footprint[CONTACTS.index("nurse_visit"), of("nurse")]
    rehab_minutes = workload.footprint[CONTACTS.index("rehab_visit"), of("rehab")]
    nurses = (fte[..., of("nurse")] + fte[..., of("district_nurse")]) * (1.0 - workload.desk_share) / nurse_minutes
    rehab = fte[..., of("rehab")] / rehab_minutes
    shares["desk"] = np.divide(nurses, nurses + rehab, out=np.ones_like(rehab), where=nurses + rehab > 0.0)
    return shares


def _by_contact(counts: dict[str, Array], nurse_share: Array, help_hours: Array, region: Region) -> Array:
    """Contacts by unit and kind float64[T, U, K]."""
    units = region.units
    out = np.zeros((len(help_hours), len(units), len(CONTACTS)))
    centre, hospital, municipality = units.at_centres, units.at_hospitals, units.at_municipalities
    of = CONTACTS.index
    out[:, centre, of("gp_visit")] = counts["gp"]
    out[:, centre, of("nurse_visit")] = counts["nurse"] * nurse_share[:, centre]
    out[:, centre, of("rehab_visit")] = counts["nurse"] * (1.0 - nurse_share[:, centre])
    out[:, centre, of("digital_contact")] = counts["digital"]
    out[:, centre, of("team_visit")] = counts["team_visits"]
    out[:, hospital, of("specialist_visit")] = counts["referral"] + counts["return_visit"]
    out[:, hospital, of("ed_visit")] = counts["emergency"]
    out[:, hospital, of("bed_day")] = counts["bed_day"]
    out[:, centre, of("psychosocial_visit")] = counts["psychosocial_visit"]
    for contact in PSYCHIATRY_CONTACTS:
        out[:, hospital, of(contact)] = counts[contact]
    out[:, municipality, of("home_visit")] = counts["home_visit"]
    out[:, municipality, of("home_help_hour")] = help_hours
    return out


def _minutes_of(counts: dict[str, Array], fte: Array, help_hours: Array, region: Region) -> Array:
    """Minutes float64[T, U, P] that contacts take, teams sharing theirs by the working time of `fte` [T, U, P]."""
    workload = workload_of(region)
    shares = _shares(fte, workload, region)
    out: Array = _by_contact(counts, shares["desk"], help_hours, region) @ workload.footprint
    return _shared(out, shares, region)


def _shared(minutes: Array, shares: dict[str, Array], region: Region) -> Array:
    """Let teams share their minutes [T, U, P], in place."""
    for team in TEAMS:
        for profession in team:
            minutes[..., region.professions.index(profession)] *= shares[profession]
    return minutes


def demanded(record: Record, region: Region, months: slice) -> Array:
    """Minutes asked for float64[T, U, P]: requests that were not sent elsewhere, bed-days used and waited for.

    Teams share them by their funded posts; where a centre has none, by today's.
    """
    posts, of = record.posts[months], region.professions.index
    nobody = (posts[..., of("gp")] <= 0.0) | (posts[..., of("nurse")] <= 0.0)
    posts = np.where(nobody[..., None], workload_of(region).posts, posts)
    counts = _counted(record, region, months, served=False)
    asked: Array = np.maximum(_minutes_of(counts, posts, _home_help_hours(record, months), region), 0.0)
    return asked


def delivered(record: Record, region: Region, months: slice) -> Array:
    """Minutes of care given float64[T, U, P]; home help gives what is asked for as far as working time goes."""
    fte = record.employed[months] + record.agency[months]
    counts = _counted(record, region, months, served=True)
    given = _minutes_of(counts, fte, _home_help_hours(record, months), region)
    home_help = region.professions.index("home_help")
    given[..., home_help] = np.minimum(given[..., home_help], working(record, region, months)[..., home_help])
    return given


def delivered_by_contact(record: Record, region: Region, months: slice) -> Array:
    """Minutes of care given by kind of contact, all units together, float64[T, len(CONTACTS), P].

    Their sum over kinds is that of `delivered` over units.
    """
    workload, fte = workload_of(region), record.employed[months] + record.agency[months]
    shares, help_hours = _shares(fte, workload, region), _home_help_hours(record, months)
    counts = _by_contact(_counted(record, region, months, served=True), shares["desk"], help_hours, region)
    out = np.zeros((len(counts), len(CONTACTS), len(region.professions)))
    for kind in range(len(CONTACTS)):
        given = _shared(counts[..., kind, None] * workload.footprint[kind], shares, region)
        if CONTACTS[kind] == "home_help_hour":
            given = np.minimum(given, working(record, region, months))
        out[:, kind] = given.sum(axis=1)
    return out


# --- working time


def _days(months: slice, beyond: int) -> Array:
    """Days of each month, float64[T]."""
    numbers = range(*months.indices(beyond))
    return np.array([day_number(month_start(m + 1)) - day_number(month_start(m)) for m in numbers], float)


@lru_cache(maxsize=1)
def _months_open() -> Array:
    """Days of each month of the calendar on which centres and clinics are open."""
    opening = open_days()
    starts = [day_number(month_start(m)) for m in range(12 * 18 + 1)]
    return np.array([opening[a:b].sum() for a, b in pairwise(starts)], float)


def _share_of_year(region: Region, months: slice, beyond: int) -> Array:
    """Share of a year's working time that falls on each month, float64[T, P]."""
    weekday = workload_of(region).weekday_share
    open_share, every_day = _months_open()[:beyond][months] / OPEN_DAYS, _days(months, beyond) / 365.0
    share: Array = np.outer(open_share, weekday) + np.outer(every_day, 1.0 - weekday)
    return share


def worked(record: Record, region: Region, months: slice) -> Array:
    """Minutes at work float64[T, U, P], of staff and agency staff."""
    p = region.parameters
    hours = p["work.net_hours_per_fte"] / (1.0 - p["work.sick_leave_share"])
    share = _share_of_year(region, months, len(record.posts))[:, None, :]
    fte = record.employed[months] + record.agency[months]
    at_work: Array = fte * hours * 60.0 * (1.0 - record.sick[months]) * share
    return at_work


def working(record: Record, region: Region, months: slice) -> Array:
    """Minutes at work with patients float64[T, U, P]: the time that is available for contacts."""
    with_patients: Array = worked(record, region, months) * workload_of(region).patient_share
    return with_patients


def accounts(record: Record, region: Region, months: slice) -> Array:
    """The account of minutes by month, unit and profession, float64[T, U, P, len(ACCOUNTS)]."""
    share = _share_of_year(region, months, len(record.posts))[:, None, :]
    fte = record.employed[months] + record.agency[months]
    paid = fte * region.parameters["work.paid_hours_per_fte"] * 60.0 * share
    at_work, with_patients = worked(record, region, months), working(record, region, months)
    given = delivered(record, region, months)
    entries = {
        "paid": paid,
        "absent": paid - at_work,
        "non_patient": at_work - with_patients,
        "available": with_patients,
        "demanded": demanded(record, region, months),
        "delivered": given,
        "idle": np.maximum(with_patients - given, 0.0),
        "overtime": np.maximum(given - with_patients, 0.0),
    }
    return np.stack([entries[name] for name in ACCOUNTS], axis=-1)
