"""What is counted while the clock runs: additive tallies, month by month and year by year."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from simulator.core.state import Array

CELLS = 16
"""Cells of the structure matrix: 4 levels x 4 modes."""
PROMOTION, PRIMARY, LOCAL, SPECIALISED = range(4)
SELF_CARE, DIGITAL, HOME, ON_SITE = range(4)
CARE_LEVELS = ("health_promotion", "primary_care", "narsjukvard", "specialised")
CARE_MODES = ("self_care", "digital", "home", "on_site")

WAIT_DAYS = 128
WAIT_WEEKS = 64
"""Weeks of a wait for hospital that are told apart; the last holds all that are longer."""
REQUESTED, SERVED, WITHDRAWN, DIVERTED = range(4)
READMITTED, AVOIDABLE, AFTER_FALL, HIP_FRACTURE, WAS_PLANNED = range(5)
"""Columns of `Record.cases`."""
COMPLEX_ED, COMPLEX_ADMITTED, COMPLEX_BED_DAYS = CELLS, CELLS + 1, CELLS + 2
"""Columns of `Record.complex_use` behind the cells."""
PLACES, RESIDENTS, WAITING, HELPED, HELP_NEEDED, HELP_GIVEN = range(6)
"""Columns of `Record.town`."""


def cell_of(level: int, mode: int) -> int:
    """Index of a cell of the structure matrix."""
    return level * 4 + mode


@dataclass
class Record:
    """Tallies. T months, Y years, A age groups, U units of account (pools, then centres, EDs, wards)."""

    demand: Array  # int32[T, M * A, CELLS], needs by the cell that they were routed to
    contacts: Array  # int32[T, M * A, CELLS]
    complex_use: Array  # int32[T, CELLS + 3], of people with complex needs: contacts, ED visits, admissions, bed-days
    ed_visits: Array  # int32[T, M * A]
    admissions: Array  # int32[T, M * A]
    bed_days: Array  # int32[T, M * A], census at midnight
    cases: Array  # int32[T, M * A, 5], admissions: readmitted, avoidable, after falls, hip fractures, planned
    acuity_wait: Array  # int64[T, K, 3, 2], emergency visits by acuity, and seconds waited for a treatment place
    ward_days: Array  # int32[T, K, G + 1], bed-days by ward, census at midnight; last, admissions to another's ward
    guarantee: Array  # int32[T, K, 2, 2], first visits and planned admissions: within 90 days, all
    reception: Array  # int32[T, M, 3], discharges to the municipality: all, on the day, to a short-term place
    ready_seconds: Array  # int64[T, M], seconds in hospital after being ready for discharge
    home_care: Array  # int32[T, M, 2], hospital care at home: cases, days
    mobile_visits: Array  # int32[T, M]
    team_visits: Array  # int32[T, H], contacts of närvårdsteam
    monitoring: Array  # int32[T, K], contacts with people who monitor at home
    effort: Array  # float64[T, M, 3], advice, reviews and planned discharges beyond today's (`simulator.care.offer`)
    town: Array  # float64[T, M, 6], housing places, residents, waiting; home help recipients, minutes needed, given
    deaths: Array  # int32[T, M * A]
    flows: Array  # int32[T, M, 3], births, arrivals, departures
    wait: Array  # int32[T, H, WAIT_DAYS], GP visits by days waited
    assessed: Array  # int32[T, H, 2], needs assessed within 3 days, all assessed
    ledger: Array  # int64[T, U, 4], requested, served, withdrawn, diverted
    desk: Array  # int64[T, U, 2], seconds offered, seconds delivered
    occupied: Array  # int64[T, K], bed-seconds
    beds: Array  # int32[T, K], open beds
    boarded: Array  # int64[T, K], seconds waited for a bed
    ed_stay: Array  # int32[T, K, 96], visits by quarters of an hour in the emergency department
    population: Array  # int32[Y + 1, M, 2, 101]
    segment: Array  # int32[Y + 1, M, A, 4]
    rub: Array  # int32[Y + 1, M, 2, A, 6], by sex and age group
    setting: Array  # int32[Y + 1, M, 2, A, 2], home nursing, special housing
    condition: Array  # int32[Y + 1, 16]
    continuity: Array  # float64[Y, M, 3, 3], chronically ill, special housing, home nursing: sums of COC, UPC, people
    coordination: Array  # int32[Y + 1, M, 8], people with what `coordination.COLUMNS` names
    deaths_education: Array  # int32[T, 3, 2, 101], deaths by education, sex and age on the last 31 December
    education: Array  # int32[Y + 1, 3, 2, 101], population
    staff: Array  # float64[T, U2, P], FTE employed, agency apart
    agency: Array  # float64[T, U2, P]
    posts: Array  # float64[T, U2, P], funded
    sick: Array  # float64[T, U2, P], share of working time lost to sickness
    staff_flow: Array  # float64[T, U2, P, 4], FTE that left, retired, were given up with their posts, were hired
    programmes: Array  # float64[T, M, 13], what `programmes.COLUMNS` names, on the first of the month
    gave_up: Array  # int32[T, M * A, CELLS], people present who gave up or were turned away
    diverted: Array  # int32[T, M * A], who would not wait for a GP and went to an emergency department
    ambulance: Array  # int32[T, M * A], emergency visits that came by ambulance
    clinic_weeks: Array  # int32[T, K, 2, WAIT_WEEKS], first visits and planned admissions by weeks waited
    multimorbid: Array  # int32[Y + 1, M, A], people with two conditions or more
    few: Array  # int32[Y + 1, M, 2, A], people with complex needs by sex and age group
    few_by_centre: Array  # int32[Y + 1, H]
    nursed: Array  # int32[Y + 1, M, 3, 6], home nursing by RUB group, what `coordination.NURSED` names
    helped: Array  # int32[Y + 1, M, A], people with home help

    @classmethod
    def empty(cls, years: int, sizes: dict[str, int]) -> Record:
        """Return a record of zeros. `sizes` has keys M, A, H, K, U, units and P."""
        t, m, a = 12 * years, sizes["M"], sizes["A"]
        h, k, u, n, p = (sizes[key] for key in ("H", "K", "U", "units", "P"))
        shapes: dict[str, tuple[tuple[int, ...], type]] = {
            "demand": ((t, m * a, CELLS), np.int32),
            "contacts": ((t, m * a, CELLS), np.int32),
            "complex_use": ((t, CELLS + 3), np.int32),
            "ed_visits": ((t, m * a), np.int32),
            "admissions": ((t, m * a), np.int32),
            "bed_days": ((t, m * a), np.int32),
            "cases": ((t, m * a, 5), np.int32),
            "acuity_wait": ((t, k, 3, 2), np.int64),
            "ward_days": ((t, k, 4), np.int32),
            "guarantee": ((t, k, 2, 2), np.int32),
            "reception": ((t, m, 3), np.int32),
            "ready_seconds": ((t, m), np.int64),
            "home_care": ((t, m, 2), np.int32),
            "mobile_visits": ((t, m), np.int32),
            "team_visits": ((t, h), np.int32),
            "monitoring": ((t, k), np.int32),
            "effort": ((t, m, 3), np.float64),
            "town": ((t, m, 6), np.float64),
            "deaths": ((t, m * a), np.int32),
            "flows": ((t, m, 3), np.int32),
            "wait": ((t, h, WAIT_DAYS), np.int32),
            "assessed": ((t, h, 2), np.int32),
            "ledger": ((t, u, 4), np.int64),
            "desk": ((t, u, 2), np.int64),
            "occupied": ((t, k), np.int64),
            "beds": ((t, k), np.int32),
            "boarded": ((t, k), np.int64),
            "ed_stay": ((t, k, 96), np.int32),
            "population": ((years + 1, m, 2, 101), np.int32),
            "segment": ((years + 1, m, a, 4), np.int32),
            "rub": ((years + 1, m, 2, a, 6), np.int32),
            "setting": ((years + 1, m, 2, a, 2), np.int32),
            "condition": ((years + 1, 16), np.int32),
            "continuity": ((years, m, 3, 3), np.float64),
            "coordination": ((years + 1, m, 8), np.int32),
            "deaths_education": ((t, 3, 2, 101), np.int32),
            "education": ((years + 1, 3, 2, 101), np.int32),
            "staff": ((t, n, p), np.float64),
            "agency": ((t, n, p), np.float64),
            "posts": ((t, n, p), np.float64),
            "sick": ((t, n, p), np.float64),
            "staff_flow": ((t, n, p, 4), np.float64),
            "programmes": ((t, m, 13), np.float64),
            "gave_up": ((t, m * a, CELLS), np.int32),
            "diverted": ((t, m * a), np.int32),
            "ambulance": ((t, m * a), np.int32),
            "clinic_weeks": ((t, k, 2, WAIT_WEEKS), np.int32),
            "multimorbid": ((years + 1, m, a), np.int32),
            "few": ((years + 1, m, 2, a), np.int32),
            "few_by_centre": ((years + 1, h), np.int32),
            "nursed": ((years + 1, m, 3, 6), np.int32),
            "helped": ((years + 1, m, a), np.int32),
        }
        return cls(**{name: np.zeros(shape, kind) for name, (shape, kind) in shapes.items()})

    def copy(self, begun: int) -> Record:
        """Return a record of its own with the `begun` first months; the others, still empty, take no memory."""
        copies = {}
        for field in fields(self):
            array = getattr(self, field.name)
            if len(array) == len(self.posts):
                copies[field.name] = np.zeros(array.shape, array.dtype)
                copies[field.name][:begun] = array[:begun]
            else:
                copies[field.name] = array.copy()
        return Record(**copies)
