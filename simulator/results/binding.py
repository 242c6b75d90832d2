"""What binds: for every unit and kind of resource how much of it was used, and how many requests it could not meet.

A request is lost to a resource when it was withdrawn (nobody came within the patience of the line, or before death or
a hospital stay), went elsewhere for want of time, or stands longer than allowed at the end of the year. Where people
do not stand in a line the count is of the same kind, people who did not get in time what was asked for:

- beds: planned admissions that lapsed or wait beyond 90 days, emergencies that board at the end of the year, and one
  for each day and night spent boarding, at most all emergencies that asked for a bed;
- reception: discharges that the municipality did not receive on the day;
- special housing: people waiting, mean of the year; home help: people's worth of hours not given, mean of the year;
- coordinators: people with complex needs whom a strategy wanted a team to follow and nobody did, mean of the year.

Ward staff is not here: beds and treatment places are open whether it suffices or not, and it works overtime.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from simulator.core.dates import CLOSES, DAY, day_number, month_start, open_days
from simulator.core.fields import Array
from simulator.core.record import (
    DELIVERED,
    DIVERTED,
    FOLLOWED,
    HELP_GIVEN,
    HELP_NEEDED,
    HELPED,
    OFFERED,
    PLACES,
    RECEIVED,
    RECEIVED_ON_THE_DAY,
    RECEPTIONS,
    REQUESTED,
    RESIDENTS,
    SERVED,
    SHORT_PLACES,
    WAITING,
    WANTED,
    WITHDRAWN,
    Record,
)
from simulator.core.state import SPECIALTIES
from simulator.region.pack import Region
from simulator.results.activities import yearly
from simulator.staff import minutes


class Resource(NamedTuple):
    """Something that can run out: where it is, its line in the ledger, and the wait that is allowed, days."""

    name: str
    place: str
    line: str = ""
    allowed: float = 0.0


RESOURCES = (
    Resource("gp_time", "centre", "gp", 14.0),
    Resource("nurse_time", "centre", "nurse", 3.0),
    Resource("digital_time", "centre", "digital", 3.0),
    Resource("coordinators", "centre"),
    Resource("referral_clinic", "hospital", "referral", 90.0),
    Resource("return_clinic", "hospital", "return_visit", 90.0),
    Resource("ed_places", "hospital", "emergency", 0.0),
    Resource("beds", "hospital", "planned", 90.0),
    Resource("home_nursing", "municipality", "home_visit", 1.0),
    Resource("reception", "municipality"),
    Resource("special_housing", "municipality"),
    Resource("home_help", "municipality"),
)
RESOURCE_NAMES = tuple(resource.name for resource in RESOURCES)
RESOURCE_INDEX = {name: i for i, name in enumerate(RESOURCE_NAMES)}
RESOURCE_FIGURES = ("offered", "used", "requests", "lost", "lack")
"""`offered` and `used` are visits, opening seconds, bed-seconds, places or minutes alike, to be divided by each other;
`lack` is boarding hours for beds, days ready for discharge for reception, minutes for home help, else as `lost`."""
Found = dict[str, Array]


def find_binding(record: Record, region: Region, years: int) -> Found:
    """Return `RESOURCE_FIGURES` as float64[years, U, len(RESOURCES)]; NaN where a unit has no such resource."""
    units = region.units
    where = {"centre": units.at_centres, "hospital": units.at_hospitals, "municipality": units.at_municipalities}
    out = {name: np.full((years, len(units), len(RESOURCES)), np.nan) for name in RESOURCE_FIGURES}
    by_resource = _lines(record, region, years) | {
        "coordinators": _coordinators(record, region, years),
        "reception": _reception(record, region, years),
        "special_housing": _housing(record, years),
        "home_help": _home_help(record, region, years),
    }
    by_resource["beds"] = _beds(by_resource["beds"], record, region, years)
    by_resource["gp_time"]["lost"] -= _closed_hours(by_resource["gp_time"], region, years)
    for figures in by_resource.values():
        figures.setdefault("lack", figures["lost"])
    for resource in RESOURCES:
        for name, values in by_resource[resource.name].items():
            out[name][:, where[resource.place], RESOURCE_INDEX[resource.name]] = values
    return out


# --- lines


def _lines(record: Record, region: Region, years: int) -> dict[str, Found]:
    """What each line offered, used and lost, by name of the resource."""
    slices = minutes.ledger_slices(region)
    lines = {r.name: _line(record, slices[r.line], r.allowed, years) for r in RESOURCES if r.line}
    lines["referral_clinic"] = {
        name: values.reshape(years, len(region.hospitals), SPECIALTIES).sum(axis=-1)
        for name, values in lines["referral_clinic"].items()
    }
    return lines


def _line(record: Record, units: slice, allowed: float, years: int) -> Found:
    """Offered and delivered, requests, and those withdrawn, diverted or waiting longer than allowed, [years, units]."""
    ledger = record.ledger[: 12 * years, units].astype(float)
    desk, sums = yearly(record.desk[:, units], years).astype(float), yearly(ledger, years)
    overdue = _overdue(ledger, record.brought[units], allowed, years)
    # Who stood overdue last New Year was counted then, however it ended.
    new = np.diff(overdue, axis=0, prepend=np.zeros((1, overdue.shape[1])))
    lost = np.maximum(sums[..., WITHDRAWN] + sums[..., DIVERTED] + new, 0.0)
    asked = sums[..., REQUESTED]
    return {"offered": desk[..., OFFERED], "used": desk[..., DELIVERED], "requests": asked, "lost": lost}


def _overdue(ledger: Array, brought: Array, allowed: float, years: int) -> Array:
    """Requests that have stood longer than `allowed` days at the end of each year, float64[years, units].

    A line is worked off in order, so those settled are the oldest; requests of a month come evenly over it.
    """
    asked = brought + np.concatenate([np.zeros((1, ledger.shape[1])), np.cumsum(ledger[..., REQUESTED], axis=0)])
    settled = np.cumsum(ledger[..., [SERVED, WITHDRAWN, DIVERTED]].sum(axis=-1), axis=0)
    starts = np.array([day_number(month_start(m)) for m in range(len(asked))], float)
    ends = np.arange(12, 12 * years + 1, 12)
    out = np.zeros((years, ledger.shape[1]))
    for unit in range(ledger.shape[1]):
        before = np.interp(starts[ends] - allowed, starts, asked[:, unit])
        out[:, unit] = np.maximum(before - settled[ends - 1, unit], 0.0)
    return out


def _closed_hours(gp: Found, region: Region, years: int) -> Array:
    """Requests that are expected to go elsewhere because it is night or weekend, whatever the capacity, [years, H]."""
    p, weight = region.parameters, region.arrival_hours[0]
    day = weight[: CLOSES // 3600].sum() / weight.sum()
    first = [day_number(month_start(12 * y)) for y in range(years + 1)]
    opening = open_days()
    closed = np.array([1.0 - day * opening[a:b].mean() for a, b in pairwise(first)])
    share = p["primary_care.same_day_share"] * p["primary_care.divert_closed_share"] * closed
    expected: Array = np.minimum(share[:, None] * gp["requests"], gp["lost"])
    return expected


# --- beds


def _beds(planned: Found, record: Record, region: Region, years: int) -> Found:
    """Beds from the line of planned admissions `planned`, and those who board."""
    wards = minutes.ledger_slices(region)["bed"]
    ward = _line(record, wards, 0.0, years)
    seconds = np.diff([day_number(month_start(m)) for m in range(12 * years + 1)])[:, None] * DAY
    hours = yearly(record.boarded, years) / 3600.0
    called = yearly(_called(record, region), years)
    emergencies = ward["requests"] - called
    boarded = np.minimum(ward["lost"] + hours / 24.0, emergencies)  # each emergency once, however long it boards
    return {
        "offered": yearly(record.beds[: 12 * years] * seconds, years).astype(float),
        "used": yearly(record.occupied, years).astype(float),
        "requests": planned["requests"] + emergencies,
        "lost": planned["lost"] + boarded,
        "lack": hours,
    }


def _called(record: Record, region: Region) -> Array:
    """Planned admissions that were called, which ask the ward a second time, [T, K]."""
    called: Array = record.ledger[:, minutes.ledger_slices(region)["planned"], SERVED]
    return called


# --- people and places


def _coordinators(record: Record, region: Region, years: int) -> Found:
    """People whom a team was to follow, by centre in proportion to the municipality's complex."""
    of = region.professions.index("coordinator")
    h = len(region.centres)
    fte = yearly(record.employed[:, :h, of] + record.agency[:, :h, of], years) / 12.0
    wanted, followed = (_at_centres(record, region, years, column) for column in (WANTED, FOLLOWED))
    lost = np.maximum(wanted - followed, 0.0)
    offered = fte * region.parameters["team.caseload"]
    return {"offered": offered, "used": followed, "requests": wanted, "lost": lost}


def _at_centres(record: Record, region: Region, years: int, column: int) -> Array:
    """A count of the programmes' mean month, shared among a municipality's centres by those listed, [years, H]."""
    listed, home = region.centre_listed.astype(float), region.centre_municipality
    share = listed / np.bincount(home, listed, minlength=len(region.municipalities))[home]
    mean = yearly(record.programmes[..., column], years) / 12.0
    out: Array = mean[:, home] * share
    return out


def _reception(record: Record, region: Region, years: int) -> Found:
    """Discharges that the municipality must prepare for, at home or in a short-term place."""
    days = np.diff([day_number(month_start(m)) for m in range(12 * years + 1)])[:, None]
    places = record.programmes[: 12 * years]
    per_day = places[..., RECEPTIONS] + places[..., SHORT_PLACES] / region.parameters["discharge.short_term_days"]
    received = yearly(record.reception, years).astype(float)
    return {
        "offered": yearly(per_day * days, years),
        "used": received[..., RECEIVED],
        "requests": received[..., RECEIVED],
        "lost": received[..., RECEIVED] - received[..., RECEIVED_ON_THE_DAY],
        "lack": yearly(record.ready_seconds, years) / DAY,
    }


def _housing(record: Record, years: int) -> Found:
    town = yearly(record.town, years) / 12.0
    waiting = town[..., WAITING]
    return {
        "offered": town[..., PLACES], "used": town[..., RESIDENTS], "requests": town[..., RESIDENTS] + waiting,
        "lost": waiting,
    }  # fmt: skip


def _home_help(record: Record, region: Region, years: int) -> Found:
    """Hours: available of the staff's time with users, given, needed."""
    of, towns = region.professions.index("home_help"), len(region.municipalities)
    available = minutes.working(record, region, slice(0, 12 * years))[:, -towns:, of]
    town = yearly(record.town, years)
    lacking = town[..., HELP_NEEDED] - town[..., HELP_GIVEN]
    share = np.divide(lacking, town[..., HELP_NEEDED], out=np.zeros_like(lacking), where=town[..., HELP_NEEDED] > 0.0)
    return {
        "offered": yearly(available, years), "used": town[..., HELP_GIVEN], "requests": town[..., HELPED] / 12.0,
        "lost": share * town[..., HELPED] / 12.0, "lack": lacking,
    }  # fmt: skip
