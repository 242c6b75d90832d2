"""Kinds of events as they are drawn and told: which row of a timeline, which mark, shape, colour and word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.live.life import ToldEvent

TIMELINE_ROWS = ("Akuten", "Inlagd", "Läkare", "Övriga", "Hemma", "Läge")
"""Rows of a path in the timeline, from above."""
_BAR = "M-1,-0.45H1V0.45H-1Z"
_TICK = "M-0.14,-1H0.14V1H-0.14Z"


@dataclass(frozen=True, slots=True)
class EventMark:
    """How a group of events is drawn: its row, a shape (bars for what lasts), colours on light and on dark."""

    label: str
    row: int
    shape: str
    light: str
    dark: str
    lasts: bool = False

    def colour(self, dark: bool) -> str:
        """Return the colour for a theme."""
        return self.dark if dark else self.light


MARKS = {
    "stay": EventMark("Inlagd på sjukhus", 1, _BAR, "#7a3f9d", "#c79be3", True),
    "emergency": EventMark("Akutbesök", 0, "triangle-up", "#b02a1c", "#ff9d8f"),
    "unmet": EventMark("Akut av ouppfyllt behov", 0, "diamond", "#a8007a", "#ff8ad4"),
    "own_gp": EventMark("Fast läkare", 2, "circle", "#0b6aa8", "#5db4ee"),
    "other_gp": EventMark("Annan läkare", 2, "diamond", "#8a5a00", "#e0b34a"),
    "contact": EventMark("Övriga kontakter", 3, _TICK, "#55626c", "#a9b5be"),
    "missed": EventMark("Uteblev eller kom åter", 3, "cross", "#a04a00", "#ffb27a"),
    "home": EventMark("Vård hemma", 4, "square", "#1d7f92", "#66cbdf"),
    "short_term": EventMark("Korttidsplats", 4, _BAR, "#a8325e", "#f08fb4", True),
    "support": EventMark("Stöd ändras", 4, "cross", "#2f7a3d", "#7ccb86"),
    "situation": EventMark("Läget ändras", 5, "triangle-down", "#1f2a33", "#eef2f5"),
}
"""Groups of events, in the order of the legend."""
_GROUPS = {
    "admission": "stay",
    "planned_admission": "stay",
    "emergency_visit": "emergency",
    "sent_to_emergency": "emergency",
    "unmet": "missed",
    "mobile_visit": "home",
    "hospital_at_home": "home",
    "short_term": "short_term",
    **dict.fromkeys(("team", "contact", "plan", "monitored", "palliative_care"), "support"),
    **dict.fromkeys(
        (
            "diagnosis", "segment", "named_gp", "home_nursing", "housing_granted", "moved_in", "partner_died",
            "carer_admitted", "last_illness", "died", "moved_away",
        ),
        "situation",
    ),
}  # fmt: skip
TURNS = (*_GROUPS, "health_promotion")
"""Kinds that a story is told with; the others are everyday contacts."""
ENDINGS = ("died", "moved_away")


def group_of(event: ToldEvent) -> str:
    """Return the group of an event, a name of `MARKS`."""
    if event.kind == "gp_visit":
        return "own_gp" if event.who == "own_gp" else "other_gp"
    if event.kind == "emergency_visit" and event.origin.startswith("urgent"):
        return "unmet"
    return "missed" if event.kind == "fell_away" else _GROUPS.get(event.kind, "contact")


def present(events: Iterable[ToldEvent]) -> list[str]:
    """Return the groups that are among events, in the order of the legend."""
    groups = {group_of(event) for event in events}
    return [name for name in MARKS if name in groups]
