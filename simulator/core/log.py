"""The log of events: its columns, the kinds of events, and the particulars of each as one packed integer."""

from __future__ import annotations

from simulator.core.kernels import constant, formula, rule
from simulator.core.world import World

SECOND, KIND, PERSON_SLOT, UNIT, REQUEST_SECOND, PARTICULARS = range(6)
"""Columns of `World.log`."""
LOG_COLUMNS = 6
(
    GP_VISIT,
    DESK_CONTACT,
    ED_ARRIVAL,
    TREATMENT_START,
    TREATMENT_END,
    ADMITTED,
    DISCHARGED,
    GAVE_UP,
    SENT_TO_ED,
    BOARDING,
    READY,
    HOME_CARE,
    MOBILE_VISIT,
    MOVED_IN,
    SHORT_TERM,
    HOUSING_GRANTED,
    DIED,
    MOVED_AWAY,
    BOUGHT,
    UNMET,
    LAST_ILLNESS,
    PARTNER_DIED,
    CARER_ADMITTED,
    PALLIATIVE_ASKED,
) = (constant(kind) for kind in range(1, 25))
"""Kinds of logged events. Particulars of CARER_ADMITTED: whether the person cared for has a place meanwhile; of
PALLIATIVE_ASKED: what came of it, a value of `BACKGROUND.palliative`."""


@rule
def is_logged(w: World, slot: int) -> bool:
    """Whether a log is kept of a person's events."""
    if w.log.shape[0] == 0:
        return False
    return w.followed.size == 0 or (slot < w.followed.size and w.followed[slot] != 0)


@rule
def note_with(w: World, tick: int, kind: int, slot: int, unit: int, requested: int, particulars: int) -> None:
    """Append an event to the log, if one is kept of the person; `particulars` packed as below."""
    if is_logged(w, slot):
        i = w.logged[0]
        w.logged[0] = i + 1
        if i < w.log.shape[0]:
            w.log[i, SECOND] = tick
            w.log[i, KIND] = kind
            w.log[i, PERSON_SLOT] = slot
            w.log[i, UNIT] = unit
            w.log[i, REQUEST_SECOND] = requested
            w.log[i, PARTICULARS] = particulars


@rule
def note(w: World, tick: int, kind: int, slot: int, unit: int, requested: int) -> None:
    """Append an event without particulars to the log, if one is kept of the person."""
    note_with(w, tick, kind, slot, unit, requested, 0)


# --- particulars


@formula
def pack_gp_visit(gp: int, agency: int, own: int) -> int:
    """Pack the GP's number, `CHAIR.agency` and whether it was the named GP's chair."""
    return gp * 8 + agency * 2 + own


def unpack_gp_visit(particulars: int) -> tuple[int, int, int]:
    """GP's number, `CHAIR.agency`, whether it was the named GP's chair."""
    return particulars >> 3, (particulars >> 1) & 3, particulars & 1


@formula
def pack_arrival(case: int, cause: int, acuity: int) -> int:
    """Pack the mark of the case, its cause and acuity."""
    return case * 32 + cause * 4 + acuity


def unpack_arrival(particulars: int) -> tuple[int, int, int]:
    """Mark of the case, cause, acuity."""
    return particulars >> 5, (particulars >> 2) & 7, particulars & 3


@formula
def pack_admission(case: int, cause: int, planned: int, own: int, ward: int) -> int:
    """Pack the mark of the case, its cause, whether it was planned, the own ward and that of the bed."""
    return case * 256 + cause * 32 + planned * 16 + own * 4 + ward


def unpack_admission(particulars: int) -> tuple[int, int, int, int, int]:
    """Mark of the case, cause, whether it was planned, own ward, ward of the bed."""
    return particulars >> 8, (particulars >> 5) & 7, (particulars >> 4) & 1, (particulars >> 2) & 3, particulars & 3


@formula
def pack_home_care(case: int, days: int) -> int:
    """Pack the mark of the case and the days of hospital care at home."""
    return case * 64 + days


def unpack_home_care(particulars: int) -> tuple[int, int]:
    """Mark of the case, days of hospital care at home."""
    return particulars >> 6, particulars & 63
