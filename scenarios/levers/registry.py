"""The levers: one record each in a file an area, from which schema, sliders, lists, docs and tests are made.

The four development areas, the success factors and the national aim are those of "Förslag till länsgemensam målbild
och strategi för Nära vård" (Region Kalmar län and its 12 municipalities). Stress tests stand apart: nobody chooses
them. Within continuity, the few with great needs, care at home and the shift the groups follow the strategies of
the library.
"""

from __future__ import annotations

from scenarios.levers import (
    case_finding,
    continuity,
    coordination,
    family,
    home,
    hospital,
    participation,
    prevention,
    primary_care,
    staff,
    stress,
)
from scenarios.levers.lever import Area, Lever, Registry

_FILES = (
    continuity,
    coordination,
    case_finding,
    home,
    family,
    prevention,
    participation,
    primary_care,
    hospital,
    staff,
    stress,
)
_RECORDS = tuple(lever for file in _FILES for lever in file.RECORDS)

AREAS: tuple[Area, ...] = tuple(file.AREA for file in _FILES)
"""Every area, in the order in which they are shown."""
LEVERS = Registry(_RECORDS)
"""Every lever by name."""


def levers_in(area: Area) -> tuple[Lever, ...]:
    """Return the levers of an area, in the order in which they are shown: that of its file."""
    return tuple(lever for lever in _RECORDS if lever.area == area)
