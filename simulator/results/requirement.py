"""Staff required: what demand, met or not, asks of each profession, in full-time equivalents."""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import Record
from simulator.region.pack import Region
from simulator.staff import minutes

LEAST_AT_WORK = 0.01
"""Where nearly everybody is ill no number of people would do; the figure stays finite."""


def fte_required_by_unit(record: Record, region: Region, years: int) -> Array:
    """FTE by year, unit and profession, float64[years, U, P].

    Minutes of all requests over the minutes with patients that a full-time equivalent can have booked
    without long waits (`work.target_utilisation`) at the month's sick leave. A request that was diverted
    from the health centre is asked for again where it goes, and counts there.
    """
    p, months = region.parameters, slice(0, 12 * years)
    at_work = (1.0 - record.sick[months]) / (1.0 - p["work.sick_leave_share"])
    asked = minutes.demanded(record, region, months) / np.maximum(at_work, LEAST_AT_WORK)
    yearly = asked.reshape(years, 12, *asked.shape[1:]).sum(axis=1)
    hours = p["work.net_hours_per_fte"] * p["work.target_utilisation"]
    required: Array = yearly / (hours * 60.0 * minutes.workload_of(region).patient_share)
    return required


def fte_required(record: Record, region: Region, years: int) -> Array:
    """FTE by year and profession, float64[years, P]."""
    required: Array = fte_required_by_unit(record, region, years).sum(axis=1)
    return required
