"""A made-up answer with details, small and known by heart, for exhibits of capacity and economy.

Three scenarios with six replications: `nulage`; `battre`, in which every flow differs from it by a known amount; and
`kris`, cheaper and with less care, where people go without. Chance is the same in all three.
"""

import numpy as np
import xarray as xr

from scenarios.live.answer import Answer, Shown
from scenarios.live.course import Course
from scenarios.places.names import units_of
from scenarios.running.engine import load_region
from simulator.core.record import CARE_LEVELS, CARE_MODES
from simulator.region.axes import PROFESSION_LABELS, PROFESSIONS_OF

LABELS = {"nulage": "Nuläge", "battre": "Bättre", "kris": "Kris <i>svår</i>"}
YEARS = tuple(range(2023, 2031))
RUNS = 6
INDICATORS = {
    "cost": (10_000.0, 100.0, -300.0),
    "admissions": (40_000.0, -1000.0, -3000.0),
    "bed_days": (150_000.0, -5000.0, -2000.0),
    "ed_visits": (70_000.0, -500.0, 2000.0),
    "assessed_within_3_days": (85.0, 2.0, -30.0),
    "continuity_index": (0.4, 0.1, -0.2),
    "gave_up": (15_000.0, -100.0, 40_000.0),
    "planned_within_90_days": (40.0, 10.0, -35.0),
}
"""Of each indicator the value in today's course, and by how much the two others differ from 2027 on."""


def made_up(replications=RUNS, details=True, scenarios=tuple(LABELS)):
    """Return the answer; differences are sure, with a spread of one per cent of their size."""
    runs = _indicators(replications)
    at = [list(LABELS).index(name) for name in scenarios]
    shown = tuple(Shown(name, LABELS[name], Course((), name, LABELS[name])) for name in scenarios)
    found = _details(replications).isel(scenario=at) if details else None
    baseline = "nulage" if "nulage" in scenarios else scenarios[0]
    return Answer(shown, baseline, replications, tuple(INDICATORS), YEARS, runs[at], found, "0", replications)


def _spread(replications, *shape):
    return np.random.default_rng(1).normal(0.0, 0.01, (replications, *shape))


def _indicators(replications):
    out = np.zeros((3, replications, len(INDICATORS), len(YEARS)), np.float32)
    noise = _spread(replications, len(YEARS))
    for j, (today, *others) in enumerate(INDICATORS.values()):
        out[:, :, j] = today * (1 + noise)
        for i, difference in enumerate(others, 1):
            out[i, :, j, 4:] += difference * (1 + _spread(replications, 4)[..., ::-1])
    return out


def _details(replications):
    region = load_region("kalmar")
    units, professions = units_of(region), list(PROFESSION_LABELS)
    months = np.arange("2023-01", "2031-01", dtype="datetime64[M]").astype("datetime64[ns]")
    lead = (3, replications)
    noise = _spread(replications, len(YEARS))[None, :, :, None, None]
    works = np.array([[p in PROFESSIONS_OF[unit.kind] for p in professions] for unit in units], float)
    required = np.broadcast_to(10.0 * works * (1 + noise), (*lead, len(YEARS), len(units), len(professions)))
    missing = np.array([2.0, 1.0, 5.0])[:, None, None, None, None]
    available = required - missing * works
    flat = np.ones((*lead, len(YEARS), len(professions)))
    by_month = np.ones((*lead, len(months)))
    level = np.array([1.0, 2.0, 0.5])[:, None, None]
    hospital = np.broadcast_to(np.array([200.0, 90.0, 40.0]), (*lead, len(months), 3))
    cost = np.zeros((*lead, len(YEARS), 4, 2))
    cost[..., 1, 0], cost[..., 1, 1], cost[..., 3, 0] = 1e9, 5e9, 4e9
    cost[1, :, 4:, 1, 0] += 1e8
    matrix = np.zeros((*lead, 6, len(YEARS), 4, 4))
    matrix[..., 1, 3] = 1000.0
    matrix[1, :, 1, :, 1, 3] += 50.0
    needs = np.full((*lead, len(months)), 1000.0)
    variables = {
        "fte_required_by_unit": (("year", "unit", "profession"), required),
        "fte_available_by_unit": (("year", "unit", "profession"), available),
        "fte_posts": (("year", "profession"), 12.0 * flat),
        "fte_agency": (("year", "profession"), 3.0 * flat),
        "fte_beyond_posts": (("year", "profession"), 0.5 * flat),
        "sick_leave": (("year", "profession"), 0.07 * flat),
        "staff_flow": (("year", "profession", "staff_movement"), np.stack([flat, 2 * flat, 3 * flat, 4 * flat], -1)),
        "occupied_beds": (("month", "hospital"), 0.9 * hospital),
        "available_beds": (("month", "hospital"), hospital),
        "boarding_hours": (("month", "hospital"), 10.0 + 0 * hospital),
        "waiting_for_hospital": (("month", "hospital", "queue"), np.stack([hospital, 2 * hospital, 3 * hospital], -1)),
        "ed_stay_p90": (("month", "hospital"), 300.0 + 0 * hospital),
        "specialist_wait_p90": (("month", "hospital"), np.where(hospital > 50, 90.0, np.nan)),
        "waiting_days_by_month": (("month",), 12.0 * level * by_month),
        "assessed_by_month": (("month",), 40.0 * level * by_month),
        "needs_assessed_by_month": (("month",), needs),
        "housing_queue_by_month": (("month",), 500.0 * by_month),
        "cost": (("year", "care_level", "payer"), cost),
        "cost_idle": (("year", "payer"), np.full((*lead, len(YEARS), 2), 5e8)),
        "complex_cost": (("year", "payer"), np.full((*lead, len(YEARS), 2), 1e9)),
        "total_cost": (("year", "payer"), np.full((*lead, len(YEARS), 2), 4e9)),
        "matrix": (("figure", "year", "care_level", "care_mode"), matrix),
    }
    from scenarios.measures.figure import BY_CELL
    from scenarios.measures.figures import FIGURES

    coordinates = {
        "scenario": list(LABELS), "year": list(YEARS), "month": months, "unit": [unit.code for unit in units],
        "profession": professions, "hospital": list(region.hospitals), "care_level": list(CARE_LEVELS),
        "queue": ["referral", "return_visit", "planned_admission"], "payer": ["region", "municipality"],
        "care_mode": list(CARE_MODES), "figure": list(FIGURES[BY_CELL]),
        "staff_movement": ["left", "retired", "given_up", "hired"],
    }  # fmt: skip
    return xr.Dataset(
        {name: (("scenario", "replication", *dims), values) for name, (dims, values) in variables.items()}, coordinates
    )
