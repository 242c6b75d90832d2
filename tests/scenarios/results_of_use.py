"""Results that can be worked out by hand, for what binds and for the structure matrix."""

import numpy as np
import pandas as pd
import xarray as xr

from scenarios.findings.structure import LEVELS_SV, MODES_SV
from simulator.results.binding import RESOURCE_NAMES

UNITS = ("c1", "c2", "c3", "hospital-kalmar", "0880")
PLACES = dict(zip(UNITS, ("Västervik", "Västervik", "Hultsfred", "Kalmar", "Kalmar"), strict=True))
LABELS = {"nulage": "Nuläge", "prov": "Prov"}


def results(**lost):
    """Two scenarios, two replications: `prov` loses what is told, by resource and unit; today half of it."""
    shape = (2, 2, 2, len(UNITS), len(RESOURCE_NAMES))
    found = np.full(shape, np.nan)
    for resource, units in lost.items():
        for unit, value in units.items():
            found[:, :, 1, UNITS.index(unit), RESOURCE_NAMES.index(resource)] = np.array([value / 2, value])[:, None]
            found[:, 1, 1, UNITS.index(unit), RESOURCE_NAMES.index(resource)] += 2
    dims = ("scenario", "replication", "year", "unit", "resource")
    asked = np.where(np.isnan(found), np.nan, 1000.0)
    parts = {"lost": found, "lack": found * 60, "requests": asked, "used": asked * 0.9, "offered": asked}
    return xr.Dataset(
        {f"resource_{name}": (dims, values) for name, values in parts.items()},
        {
            "scenario": ["nulage", "prov"], "replication": [1, 2], "year": [2029, 2030], "unit": list(UNITS),
            "resource": list(RESOURCE_NAMES),
        },
    )  # fmt: skip


def care():
    """In `prov` ten contacts a month have moved from specialised to primary care on site, with their money."""
    months = pd.date_range("2030-01-01", periods=12, freq="MS")
    needs = np.zeros((2, 2, 12, 1, 1, 4, 4))
    needs[..., 1, 3], needs[..., 3, 3] = 100, 50
    needs[1, ..., 1, 3] += 10
    needs[1, ..., 3, 3] -= 10
    contacts, gave_up = needs * 0.9, needs[..., 0, :, :] * 0.06
    diverted = np.full((2, 2, 12, 1, 1), 1.0)
    minutes, cost = np.zeros((2, 2, 1, 1, 4, 4)), np.zeros((2, 2, 1, 4, 4, 2))
    minutes[:, :, 0, 0] = contacts[:, :, :, 0, 0].sum(axis=2) * 60
    cost[:, :, 0, ..., 0] = contacts[:, :, :, 0, 0].sum(axis=2) * 1e6
    first = ("scenario", "replication")
    place, cells = ("month", "municipality", "age_group"), ("care_level", "care_mode")
    return xr.Dataset(
        {
            "needs": ((*first, *place, *cells), needs),
            "contacts": ((*first, *place, *cells), contacts),
            "gave_up": ((*first, "month", "municipality", *cells), gave_up),
            "diverted": ((*first, *place), diverted),
            "minutes_by_cell": ((*first, "year", "profession", *cells), minutes),
            "cost_by_cell": ((*first, "year", *cells, "payer"), cost),
            "cost_idle": ((*first, "year", "payer"), np.full((2, 2, 1, 2), 1e6)),
        },
        {
            "scenario": ["nulage", "prov"], "month": months, "year": [2030], "care_level": list(LEVELS_SV),
            "care_mode": list(MODES_SV),
        },
    )  # fmt: skip
