"""A person's diary: dated events from log and monthly pictures, and the account of every year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import pairwise

import numpy as np

from simulator.core.dates import DAY, EPOCH, day_number
from simulator.core.fields import Array
from simulator.core.log import SECOND
from simulator.core.state import HOME_NURSING, NO_CHAIR, SPECIAL_HOUSING
from simulator.lives.event import Event
from simulator.lives.event_log import EventLog
from simulator.lives.unmet_need import moment_of
from simulator.lives.watch import Snapshot
from simulator.people.continuity import SEEN
from simulator.region.pack import Region

SUPPORT = ("team", "contact", "plan", "monitored")
"""What a picture tells of who follows the person; kinds of events too."""
AT_HOME, IN_CARE_HOME, IN_SHORT_TERM, IN_A_BED, GONE = range(5)
"""Where a day was spent."""
PLACES_HELD = ("short_term", "hospital_at_home")
TOLD_FIRST = ("last_illness", "unmet")
"""Kinds that are told before what they bring at the same second."""
LEAVES_PLACE = ("admission", "planned_admission", "died", "moved_away")


@dataclass(frozen=True, slots=True)
class Year:
    """What a year held: days by where the night was spent, contacts by kind, the person's own continuity.

    The five kinds of days sum to the days of the year. `coc` and `upc` (Bice-Boxerman and usual provider, 0..1)
    cover the latest eight GP visits; None below two visits.
    """

    year: int
    days_home: int
    days_housing: int
    days_short_term: int
    days_hospital: int
    days_gone: int
    gp_visits: int
    own_gp_visits: int
    locum_visits: int
    nurse_visits: int
    digital_contacts: int
    home_visits: int
    specialist_visits: int
    mobile_visits: int
    emergency_visits: int
    admissions: int
    planned_admissions: int
    hospital_at_home_days: int
    discharge_ready_days: float
    gp_wait_days: float | None
    coc: float | None
    upc: float | None

    def as_dict(self) -> dict[str, object]:
        """Return all figures by name, for JSON."""
        return asdict(self)


YEARLY = tuple(field.name for field in fields(Year))


@dataclass(frozen=True, slots=True)
class Diary:
    """A person's dated events in order of time, and the account of every year."""

    events: tuple[Event, ...]
    years: tuple[Year, ...]

    def as_dict(self) -> dict[str, object]:
        """Return events and years, for JSON."""
        return {"years": [y.as_dict() for y in self.years], "events": [e.as_dict() for e in self.events]}


def diary_of(rows: Array, pictures: Sequence[Snapshot], index: int, region: Region, until: date) -> Diary:
    """Write the diary of the person with place `index` in the pictures from the person's own rows int64[n, 6].

    The person is present in the first picture, which is from before 2023; `until` is the day after the last.
    """
    mine = rows[np.argsort(rows[:, SECOND], kind="stable")]
    first = pictures[0]
    housed = bool(first.person["status"][index] & SPECIAL_HOUSING)
    log = EventLog(mine, region, housed, moment_of(first.seed, int(first.person["key"][index])))
    events = [_with_nursing(event, pictures, index) for event in log.events()] + _changes(pictures, index, region)
    events.sort(key=lambda event: (event.second, event.kind not in TOLD_FIRST, event.kind, event.place, event.provider))
    where = whereabouts(events, housed, day_number(until))
    last = until.year + (until > date(until.year, 1, 1))
    years = tuple(account(events, where, year) for year in range(EPOCH.year, last))
    return Diary(tuple(events), years)


def _with_nursing(event: Event, pictures: Sequence[Snapshot], index: int) -> Event:
    """Tell of a death at home whether home nursing came there, as the last picture of the living has it."""
    if event.kind != "died" or event.outcome != "home":
        return event
    last = [picture for picture in pictures if picture.present[index]][-1]
    nursed = last.person["status"][index] & HOME_NURSING
    return replace(event, outcome="home_nursing") if nursed else event


# --- changes between pictures --------------------------------------------------------------------------


def _changes(pictures: Sequence[Snapshot], index: int, region: Region) -> list[Event]:
    """What became different from one picture to the next; what holds for the dead is not told."""
    events: list[Event] = []
    for before, after in pairwise(pictures):
        if not after.present[index]:
            break
        second = after.day * DAY
        events += _illness(before, after, index, region, second)
        events += _setting(before, after, index, second)
        events += _named_gp(before, after, index, second)
        for kind in SUPPORT:
            old, new = bool(getattr(before, kind)[index]), bool(getattr(after, kind)[index])
            if old != new:
                events.append(Event(second, kind, outcome="begins" if new else "ends"))
    return events


def _illness(before: Snapshot, after: Snapshot, index: int, region: Region, second: int) -> Iterable[Event]:
    new = int(after.background["conditions"][index]) & ~int(before.background["conditions"][index])
    for n, condition in enumerate(region.conditions):
        if new >> n & 1:
            yield Event(second, "diagnosis", subject=condition.code)
    old, now = int(before.background["segment"][index]), int(after.background["segment"][index])
    if old != now:
        yield Event(second, "segment", subject=str(now), origin=str(old))


def _setting(before: Snapshot, after: Snapshot, index: int, second: int) -> Iterable[Event]:
    """Home nursing; what begins with a grant of special housing or ends with the move there is told by these."""
    old, new = int(before.person["status"][index]), int(after.person["status"][index])
    waits = after.background["granted"][index] and not before.background["granted"][index]
    if (old ^ new) & HOME_NURSING and not new & SPECIAL_HOUSING and not waits:
        yield Event(second, "home_nursing", outcome="begins" if new & HOME_NURSING else "ends")


def _named_gp(before: Snapshot, after: Snapshot, index: int, second: int) -> Iterable[Event]:
    """Another GP in the named chair, nobody there, or no named GP any more."""
    old, new = _own_gp(before, index), _own_gp(after, index)
    if new == old:
        return
    outcome = "ends" if new < 0 else "vacant" if new == 0 else "begins"
    yield Event(second, "named_gp", provider=max(new, 0), outcome=outcome)


def _own_gp(picture: Snapshot, index: int) -> int:
    """Number of the named GP; 0 while the post is vacant or held by a locum, -1 without a name."""
    if picture.person["chair"][index] == NO_CHAIR:
        return -1
    return 0 if picture.agency[index] else int(picture.gp[index])


# --- days and years --------------------------------------------------------------------------------------


def whereabouts(events: Iterable[Event], housed: bool, days: int) -> Array:
    """Where each night from 1 January 2023 was spent, int8[days]: AT_HOME, IN_CARE_HOME and so on."""
    out = np.full(days, IN_CARE_HOME if housed else AT_HOME, np.int8)
    order = ("moved_in", "short_term", "admission", "planned_admission", "died", "moved_away")
    where = (IN_CARE_HOME, IN_SHORT_TERM, IN_A_BED, IN_A_BED, GONE, GONE)
    events = tuple(events)
    for kind, place in zip(order, where, strict=True):
        for event in (event for event in events if event.kind == kind):
            out[event.day : days if event.until < 0 else _last_day(event, events)] = place
    return out


def _last_day(event: Event, events: Iterable[Event]) -> int:
    """Day on which a stay is over; a place outside hospital is also left by who is admitted, dies or moves away."""
    end = event.until // DAY
    if event.kind in PLACES_HELD:
        end = min([end, *(e.day for e in events if e.kind in LEAVES_PLACE and e.second > event.second)])
    return end


def account(events: Sequence[Event], where: Array, year: int) -> Year:
    """Sum up a year, or as much of it as there are days."""
    first, end = day_number(date(year, 1, 1)), day_number(date(year + 1, 1, 1))
    days = np.bincount(where[first:end], minlength=5).tolist()
    mine = [event for event in events if first <= event.day < end]
    count = Counter(event.kind for event in mine)
    gp = [event for event in mine if event.kind == "gp_visit"]
    who = Counter(event.who for event in gp)
    return Year(
        year, days[AT_HOME], days[IN_CARE_HOME], days[IN_SHORT_TERM], days[IN_A_BED], days[GONE],
        len(gp), who["own_gp"], who["locum"],
        count["nurse_visit"] + count["health_promotion"], count["digital_contact"], count["home_visit"],
        count["specialist_visit"] + count["referral_visit"] + count["local_care_visit"], count["mobile_visit"],
        sum(event.kind == "emergency_visit" and bool(event.who) for event in mine),
        count["admission"] + count["planned_admission"], count["planned_admission"],
        sum(_overlap(event, events, first, end) for event in events if event.kind == "hospital_at_home"),
        round(sum(event.ready for event in mine if event.kind.endswith("admission")) / DAY, 2),
        round(sum(event.waited for event in gp) / len(gp), 2) if gp else None,
        *continuity_of([event.provider for event in gp]),
    )  # fmt: skip


def _overlap(event: Event, events: Iterable[Event], first: int, end: int) -> int:
    return max(min(_last_day(event, events), end) - max(event.day, first), 0)


def continuity_of(providers: Sequence[int]) -> tuple[float | None, float | None]:
    """Bice-Boxerman and usual-provider index of the latest eight visits, None below two; as `people.continuity`."""
    latest = Counter(providers[-SEEN:])
    n = latest.total()
    if n < 2:
        return None, None
    return sum(c * (c - 1) for c in latest.values()) / (n * (n - 1)), max(latest.values()) / n
