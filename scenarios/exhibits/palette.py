"""Colour, dash and point of each scenario: always the same, told apart without colour too.

Every colour has a contrast of at least 3:1 against the page (WCAG 2.1, 1.4.11), in the light theme against
white, in the dark against `DARK.page`; a test works it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How a scenario is drawn: colour on light and on dark, dashes in pixels, shape of its points."""

    light: str
    dark: str
    dash: tuple[int, ...] = ()
    shape: str = "circle"

    def colour(self, dark: bool) -> str:
        """Return the colour for a theme."""
        return self.dark if dark else self.light


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of everything in a chart that is no scenario."""

    page: str
    text: str
    faint: str
    grid: str
    rule: str


LIGHT = Ink("#ffffff", "#1f2a33", "#55626c", "#e3e8ec", "#7d8a94")
DARK = Ink("#11181e", "#eef2f5", "#a9b5be", "#2b363f", "#85929c")

_NAMED = {
    "nulage": Look("#4a5560", "#c3ccd4"),
    "kontinuitet": Look("#0b6aa8", "#5db4ee", (), "square"),
    "kontinuitet-utan-lakare": Look("#3f8fc4", "#8fcbf3", (6, 4), "diamond"),
    "flytt-till-primarvard": Look("#b3470b", "#f59a5c", (), "triangle-up"),
    "flytt-till-primarvard-utan-resurser": Look("#c86d24", "#f7b98d", (6, 4), "triangle-down"),
    "bemanning-1100": Look("#2f7a3d", "#7ccb86", (2, 3), "cross"),
    "bemanningskris": Look("#8c2318", "#f2887b", (2, 3), "circle"),
    "digitalt-forst": Look("#5b4fc4", "#a9a1f5", (8, 3), "square"),
    "forebyggande": Look("#5f7d12", "#b2d05c", (8, 3), "circle"),
    "lakemedel-och-utskrivning": Look("#9a4fa0", "#dba0e0", (2, 3), "diamond"),
    "malbild-2030": Look("#14418c", "#86aef2", (), "cross"),
    "mycket-till-fa": Look("#b0247a", "#f58cc8", (2, 3), "square"),
    "snabbare-aldrande": Look("#6b5a47", "#cdb89f", (8, 3), "triangle-down"),
    "vard-hemma": Look("#1d7f92", "#66cbdf", (), "triangle-down"),
    "vintertopp": Look("#5c7086", "#a3bad2", (8, 3), "diamond"),
}
_OTHERS = (
    Look("#7a3f9d", "#c79be3", (), "triangle-left"),
    Look("#8a6d00", "#dcbf4a", (8, 3, 2, 3), "cross"),
    Look("#a8325e", "#f08fb4", (), "diamond"),
    Look("#00766f", "#57c9c0", (6, 4), "triangle-right"),
)


def ink(dark: bool) -> Ink:
    """Return the colours of a theme."""
    return DARK if dark else LIGHT


def looks(names: Iterable[str]) -> dict[str, Look]:
    """Return the look of every scenario; those unknown to the library share the rest, in order."""
    strange = 0
    by_name: dict[str, Look] = {}
    for name in names:
        if name in _NAMED:
            by_name[name] = _NAMED[name]
            continue
        by_name[name] = _OTHERS[strange % len(_OTHERS)]
        strange += 1
    return by_name
