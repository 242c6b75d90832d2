"""Where the paths of one person part under two scenarios, and what the first difference is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.core.dates import DAY
from simulator.core.record import CONSEQUENCES
from simulator.lives.diary import SUPPORT
from simulator.lives.event import Event

EVERYDAY_KINDS = ("home_visit",)
"""Kinds that are not compared: a home visit some minutes later tells nobody anything."""
CARE = ("gp_visit", "nurse_visit", "digital_contact", "health_promotion", "mobile_visit", "emergency_visit")
NOT_MET = ("fell_away", "unmet")
"""Kinds of which somebody was not met."""


@dataclass(frozen=True, slots=True)
class Parting:
    """The first difference: what happens in each path on that day, None where nothing does, and what differs.

    reason: `support` (who follows the person), `named_gp`, `need` (it arises in one path only), `unmet` (likewise, of
    a need that was not met), `missed` (the same need is not met in one path), `way` (it is met otherwise), `doctor`,
    `wait`, `outcome` or `life` (death, moves, illness).
    """

    second: int
    reason: str
    ours: Event | None
    theirs: Event | None

    @property
    def day(self) -> int:
        """Day number of the first difference."""
        return self.second // DAY


def parting_of(ours: Sequence[Event], theirs: Sequence[Event], support: bool = True) -> Parting | None:
    """Find the first difference between two paths, without `support` only in what is met; None if there is none.

    Days count, minutes do not: the same visit a quarter of an hour later is the same.
    """
    left, right = (_told(events, support) for events in (ours, theirs))
    only_left, only_right = _without(left, right), _without(right, left)
    differing = sorted(
        [*only_left, *only_right], key=lambda event: (event.day, event.kind not in SUPPORT, event.second)
    )
    if not differing:
        return None
    first = differing[0]
    if first in only_left:
        return _parting(first, first, _partner(first, only_right))
    return _parting(first, _partner(first, only_left), first)


def _parting(first: Event, ours: Event | None, theirs: Event | None) -> Parting:
    return Parting(first.second, _reason(ours, theirs), ours, theirs)


def _told(events: Iterable[Event], support: bool) -> list[Event]:
    return [e for e in events if e.kind not in EVERYDAY_KINDS and (support or e.kind not in SUPPORT)]


def signature(event: Event) -> tuple[object, ...]:
    """What makes two events the same to the person."""
    until = event.until // DAY if event.until >= 0 and event.kind.endswith("admission") else -1
    asked = event.requested // DAY
    return (
        event.kind, event.day, event.place, event.who, event.provider, event.acuity, event.cause, event.ward,
        event.outlying, event.outcome, event.origin, event.subject, until, asked,
    )  # fmt: skip


def _without(events: Sequence[Event], others: Sequence[Event]) -> list[Event]:
    """Events that the others lack, as often as they lack them."""
    there = Counter(map(signature, others))
    out = []
    for event in events:
        there[signature(event)] -= 1
        if there[signature(event)] < 0:
            out.append(event)
    return out


def _partner(event: Event, others: Iterable[Event]) -> Event | None:
    """The event that the same need, case or stay became in the other path."""
    for other in others:
        same_wish = event.requested >= 0 and other.requested == event.requested
        if same_wish or (other.kind == event.kind and other.second == event.second):
            return other
    return next((other for other in others if other.kind == event.kind and other.day == event.day), None)


def _reason(a: Event | None, b: Event | None) -> str:
    one = a or b
    if one is None:
        raise ValueError("a parting has at least one event")
    if one.kind in SUPPORT:
        return "support"
    if one.kind == "named_gp":
        return "named_gp"
    return _reason_alone(one) if a is None or b is None else _reason_of_two(a, b)


def _reason_alone(event: Event) -> str:
    """Why an event is in one path only."""
    if event.kind == "unmet" or (event.kind in CARE and event.origin in CONSEQUENCES):
        return "unmet"
    return "need" if event.kind in CARE or event.requested >= 0 else "life"


def _reason_of_two(a: Event, b: Event) -> str:
    """Why what is the same need or day differs."""
    if a.kind != b.kind:
        return "missed" if (a.kind in NOT_MET) != (b.kind in NOT_MET) else "way"
    if a.day != b.day:
        return "wait"
    return "doctor" if a.provider != b.provider or a.who != b.who else "outcome"


def _first_to_differ(event: Event) -> tuple[int, bool, int]:
    """Order of what differs: by day, and within it what is met by support first."""
    return event.day, event.kind not in SUPPORT, event.second
