"""What the app keeps of people who are followed: who they are, their diaries in Swedish, where their paths part.

Made in a worker from `scenarios.follow.follow.Lives`, written as JSON, read by the page. Of two scenarios only the
order is kept, not their labels: two strategies that do the same share what was worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from scenarios.follow.description import SEX_LABELS, lowered
from scenarios.places.places import SEGMENT_LABELS
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import FROM_ZERO, INDEX, of_differences
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import dated, number
from simulator.core.dates import date_of

# The simulator takes long to import, and the app's own process reads what is kept here.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from scenarios.follow.follow import Followed, Lives, Portrait
    from scenarios.follow.words import Words
    from simulator.lives.event import Event
    from simulator.lives.parting import Parting
    from simulator.region.pack import Region

Figures = Mapping[str, float | None]
"""The account of a year by name (`simulator.lives.diary.Year`)."""
Pair = tuple[int | None, int | None, bool]
SIDES = (0, 1)
INDICES = ("coc", "upc")
"""Figures of a year from 0 to 1."""
UNCOUNTED = ("year", *INDICES, "gp_wait_days")
"""Figures of a year that cannot be summed over years."""


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One event in words: ISO dates, `until` only of what lasts; the rest as in `simulator.lives.event`."""

    day: str
    until: str
    kind: str
    who: str
    text: str
    origin: str = ""

    @property
    def date_sv(self) -> str:
        """Return the day in words."""
        return dated(date.fromisoformat(self.day))


@dataclass(frozen=True, slots=True)
class Parted:
    """The first difference: its day, a reason (`scenarios.follow.text.REASONS_SV`), the event of each path or None."""

    day: str
    reason: str
    events: tuple[ToldEvent | None, ToldEvent | None]

    @property
    def date_sv(self) -> str:
        """Return the day in words."""
        return dated(date.fromisoformat(self.day))


@dataclass(frozen=True, slots=True)
class Life:
    """One person: title and portraits in Swedish, both paths, pairs of places in them, the years of each path.

    A pair is two places and whether the events are the same to the person; one alone has None beside it. `team` is
    the path in which alone a närvårdsteam follows the person on the day on which care differs.
    """

    number: int
    key: str
    title: str
    portrait: str
    earlier: str
    changed: bool
    paths: tuple[tuple[ToldEvent, ...], tuple[ToldEvent, ...]]
    pairs: tuple[Pair, ...]
    years: tuple[tuple[Figures, ...], tuple[Figures, ...]]
    parted: Parted | None
    parted_in_care: Parted | None
    team: int | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure from the start of strategies to the horizon: means over people, and their paired difference."""

    name: str
    ours: float
    theirs: float
    difference: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Company:
    """Some of the people who fit a description, and means over `alike` of them; or why there is nobody."""

    problem: str = ""
    fitting: int = 0
    eligible: int = 0
    horizon: int = 0
    alike: int = 0
    sums_alike: tuple[Sum, ...] = ()
    years_alike: tuple[tuple[Figures, ...], tuple[Figures, ...]] = ((), ())
    people: tuple[Life, ...] = ()


_company = TypeAdapter(Company)


def written(company: Company) -> bytes:
    """Return the JSON of a company."""
    return _company.dump_json(company)


def read(content: bytes) -> Company:
    """Return the company in these bytes; raises ValueError when it is none."""
    return _company.validate_json(content)


def company(lives: Lives, numbers: Sequence[int], alike: int) -> Company:
    """Return the people with these numbers, as far as there are, and means over the first `alike`."""
    from scenarios.follow.follow import mean_years

    count = min(alike, lives.eligible)
    followed = [lives.of(n, count) for n in numbers if n <= lives.eligible]
    if not followed:
        raise ValueError(f"nobody has a number of {numbers[0]} and more")
    diaries = [path.alike for path in followed[0].paths]
    years = [[[figures(year) for year in diary.years] for diary in side] for side in diaries]
    return Company(
        fitting=lives.fitting, eligible=lives.eligible, horizon=followed[0].horizon, alike=count,
        sums_alike=sums(years[0], years[1]),
        years_alike=(tuple(mean_years(diaries[0])), tuple(mean_years(diaries[1]))),
        people=tuple(life(one) for one in followed),
    )  # fmt: skip


def figures(year: object) -> Figures:
    """Return the account of a year as numbers."""
    from simulator.lives.diary import YEARLY

    values = {name: getattr(year, name) for name in YEARLY}
    return {name: None if value is None else float(value) for name, value in values.items()}


# --- figures over years


def total(years: Sequence[Figures], name: str) -> float | None:
    """Return a figure from the start of strategies on: summed, or the mean where it cannot be; None without any."""
    later = [year for year in years if (year["year"] or 0) >= FIRST_START.year]
    weight = [(year["gp_visits"] or 0.0) if name == "gp_wait_days" else 1.0 for year in later]
    known = [(value, w) for year, w in zip(later, weight, strict=True) if (value := year[name]) is not None]
    if name not in UNCOUNTED:
        return sum(value for value, _ in known)
    weights = sum(w for _, w in known)
    return sum(value * w for value, w in known) / weights if weights else None


def sums(ours: Sequence[Sequence[Figures]], theirs: Sequence[Sequence[Figures]]) -> tuple[Sum, ...]:
    """Return the means over people of every figure's total and of the paired difference, where both have one."""
    year_sums = [_sum(name, ours, theirs) for name in ours[0][0] if name != "year"]
    return tuple(one for one in year_sums if one is not None)


def _sum(name: str, ours: Sequence[Sequence[Figures]], theirs: Sequence[Sequence[Figures]]) -> Sum | None:
    import numpy as np

    pairs = [(total(a, name), total(b, name)) for a, b in zip(ours, theirs, strict=True)]
    known = np.array([pair for pair in pairs if None not in pair], dtype=np.float64)
    if not known.size:
        return None
    limits = INDEX if name in INDICES else FROM_ZERO
    difference = mean_of(known[:, 1] - known[:, 0], of_differences(limits))
    return Sum(name, float(known[:, 0].mean()), float(known[:, 1].mean()), difference.value, *difference.bounds)


# --- one person


def life(followed: Followed) -> Life:
    """Return what is kept of one person."""
    from scenarios.follow.words import Words

    words = Words(followed.region)
    ours, theirs = (tuple(e for e in path.diary.events if _kept(e)) for path in followed.paths)
    words.meet(sorted([*ours, *theirs], key=lambda event: event.second), followed.start.named_gp)
    care = followed.parting_in_care
    start, before = followed.start, followed.before
    return Life(
        number=followed.wish.number, key=f"{followed.key:016x}", title=title(before),
        portrait=portrait(before, followed.region, words), earlier=earlier(start, followed.region),
        changed=(start.setting, start.segment) != (before.setting, before.segment),
        paths=(tuple(_told(e, words) for e in ours), tuple(_told(e, words) for e in theirs)),
        pairs=_pairs(ours, theirs),
        years=(
            tuple(figures(year) for year in followed.paths[0].diary.years),
            tuple(figures(year) for year in followed.paths[1].diary.years),
        ),
        parted=_parted(followed.parting, words), parted_in_care=_parted(care, words),
        team=None if care is None else _team(followed, care.day),
    )  # fmt: skip


def _kept(event: Event) -> bool:
    """Leave out visits of home nursing, of which there are hundreds: they are counted in the years."""
    return event.kind != "home_visit" and not (event.kind == "fell_away" and event.subject == "home_nursing")


def _told(event: Event, words: Words) -> ToldEvent:
    until = _iso(event.until // 86_400) if event.until >= 0 and event.kind in LASTING_EVENTS else ""
    return ToldEvent(_iso(event.day), until, event.kind, event.who, words.tell(event), event.origin)


LASTING_EVENTS = ("admission", "planned_admission", "hospital_at_home", "short_term")


def _iso(day: int) -> str:
    return date_of(day).isoformat()


def _pairs(ours: Sequence[Event], theirs: Sequence[Event]) -> tuple[Pair, ...]:
    """Put what is the same side by side, then what one need or stay became in each path, in order of time."""
    from scenarios.follow.text import side_by_side

    rows = side_by_side(ours, theirs)
    alone = {_arose(b): b for a, b in rows if a is None and b is not None}
    pairs: list[tuple[Event | None, Event | None, bool]] = []
    for a, b in rows:
        if a is not None:
            pairs.append((a, b, True) if b is not None else (a, alone.pop(_arose(a), None), False))
    pairs += [(None, b, False) for b in alone.values()]
    pairs.sort(key=lambda row: min(event.second for event in row[:2] if event))
    places = [{id(event): n for n, event in enumerate(side)} for side in (ours, theirs)]
    return tuple(
        (None if a is None else places[0][id(a)], None if b is None else places[1][id(b)], same) for a, b, same in pairs
    )


def _arose(event: Event) -> tuple[str, int, str]:
    """When what an event is about arose: the same in both paths, whatever came of it."""
    return event.kind, event.requested if event.requested >= 0 else event.second, event.subject


def _parted(parting: Parting | None, words: Words) -> Parted | None:
    if parting is None:
        return None
    a, b = (None if event is None else _told(event, words) for event in (parting.ours, parting.theirs))
    return Parted(_iso(parting.day), parting.reason, (a, b))


def _team(followed: Followed, day: int) -> int | None:
    """Return the path in which alone a närvårdsteam follows the person on a day."""
    team = []
    for side in SIDES:
        changes = [e for e in followed.paths[side].diary.events if e.kind == "team" and e.day <= day]
        if changes and changes[-1].outcome == "begins":
            team.append(side)
    return team[0] if len(team) == 1 else None


# --- portraits

HOMES_SV = ("{be} i eget hem", "{be} hemma med hemsjukvård", "{be} på särskilt boende")
SEGMENTS_SV = tuple(f"behovsgruppen {label}" for label in SEGMENT_LABELS)


def title(person: Portrait) -> str:
    """Return the person in one line: Kvinna, 84 år, Mönsterås."""
    return f"{SEX_LABELS[person.sex].capitalize()}, {number(person.age)} år, {person.municipality}"


def portrait(person: Portrait, region: Region, words: Words) -> str:
    """Return the person on the day on which strategies begin, in two sentences or three."""
    from simulator.region.axes import EDUCATION_LABELS, EDUCATIONS

    who = ("Han", "Hon")[person.sex]
    schooling = EDUCATION_LABELS[EDUCATIONS[person.education]].lower()
    gp = f"med läkare {words.doctors[person.named_gp]} som fast läkare" if person.named_gp else "utan fast läkare"
    return (
        f"{who} {HOMES_SV[person.setting].format(be='bor')} i {person.municipality} och är listad på "
        f"{person.centre}, {gp}. {who} har {_illness(person, region)} och hör till "
        f"{SEGMENTS_SV[person.segment]} (vårdtyngd RUB {person.rub} av 5). Utbildning: {schooling}."
    )


def earlier(person: Portrait, region: Region) -> str:
    """Return the person as the simulation begins, in one sentence."""
    who = ("han", "hon")[person.sex]
    home = HOMES_SV[person.setting].format(be="bodde")
    return (
        f"När simuleringen börjar, den 31 december 2022, var {who} {number(person.age)} år, {home} och hade "
        f"{_illness(person, region)}."
    )


def _illness(person: Portrait, region: Region) -> str:
    labels = {condition.code: lowered(condition.label_sv) for condition in region.conditions}
    known = [labels[code] for code in person.conditions]
    if not known:
        return "ingen kronisk sjukdom"
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} och {known[-1]}"
