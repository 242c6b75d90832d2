"""Every figure, and how those over the same dimensions are worked out together; who reads FIGURES from here has all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

# Figures are shown in the order in which they are registered.
# isort: off
from scenarios.measures import people  # noqa: F401
from scenarios.measures import risk  # noqa: F401
from scenarios.measures import care_given  # noqa: F401
from scenarios.measures import staff  # noqa: F401
from scenarios.measures import access  # noqa: F401
from scenarios.measures import outcomes  # noqa: F401
from scenarios.measures import consequences  # noqa: F401
from scenarios.measures import equity  # noqa: F401
from scenarios.measures import mental  # noqa: F401
from scenarios.measures import compared, published, cells  # noqa: F401
# isort: on

from scenarios.measures.figure import BY_CENTRE, BY_MUNICIPALITY, FIGURES, OF_REGION, Dimensions, Figure
from scenarios.measures.grouped import LEAD, Results
from scenarios.places.places import PlaceKind

__all__ = ["BY_PLACE", "FIGURES", "INDICATORS", "MAIN", "SMOOTH_BESIDE", "Figure", "Results", "offered", "table_of"]

INDICATORS = FIGURES[OF_REGION]
"""The figures of the whole region by year, of which results are told."""
MAIN = (
    "population_80_plus", "gp_contacts", "unmet_needs", "ed_visits", "admissions", "bed_days", "occupied_beds_share",
    "deaths", "assessed_within_3_days", "waiting_days", "specialist_within_90_days", "specialist_expected_wait",
    "planned_within_90_days", "planned_expected_wait", "continuity_index", "avoidable_admissions",
    "discharge_ready_days", "housing_queue", "gp_gap", "staff_shortage", "fte_beyond_posts", "bought_care", "cost",
)  # fmt: skip
"""Names of the indicators that a strategy is told by where there is no room for all."""
SMOOTH_BESIDE = {
    "assessed_within_3_days": "waiting_days", "specialist_within_90_days": "specialist_expected_wait",
    "planned_within_90_days": "planned_expected_wait",
}  # fmt: skip
"""The quantity that moves smoothly where a share tips as soon as a line passes its limit: shown beside it."""
BY_PLACE: dict[PlaceKind, Dimensions] = {"municipality": BY_MUNICIPALITY, "centre": BY_CENTRE}
ORDER: dict[Dimensions, tuple[str, ...]] = {
    BY_MUNICIPALITY: (
        "share_80_plus", "population_80_plus", "complex_needs", "at_great_risk", "daily_smokers", "with_obesity",
        "assessed_within_3_days", "waiting_days", "continuity_index", "persons_with_gp", "persons_with_known_gp",
        "gave_up", "ed_visits",
        "admissions", "bed_days", "avoidable_admissions", "discharge_ready_days", "discharged_same_day",
        "housing_queue", "home_help_given", "staff_shortage_share", "staff_shortage", "psychiatric_visits",
    ),
    BY_CENTRE: (
        "assessed_within_3_days", "waiting_days", "phone_same_day", "gp_visits", "gp_required", "gp_available",
        "gp_gap", "complex", "first_line_visits", "first_line_wait",
    ),
}  # fmt: skip
"""The order in which the map offers figures by place; those that are not here come last."""


def offered(results: Results, dimensions: Dimensions = OF_REGION) -> list[Figure]:
    """Return the figures over some dimensions that results have what they read of, in the order they are shown in."""
    there = [record for record in FIGURES[dimensions].values() if not record.missing(results)]
    order = ORDER.get(dimensions, ())
    return sorted(there, key=lambda record: order.index(record.name) if record.name in order else len(order))


def table_of(results: Results, dimensions: Dimensions, chosen: Sequence[Figure] | None = None) -> xr.DataArray:
    """Return figures over the same dimensions together: all that are offered unless told.

    Float64 [scenario, replication, names of the figures, *dimensions] as `Dimensions.listed` has it; NaN in years in
    which one was not measured. Raises as `Figure.worked_out`.
    """
    records = offered(results, dimensions) if chosen is None else chosen
    names = (*LEAD, *dimensions.names)
    table = np.full([len(records), *(results.sizes[dim] for dim in names)], np.nan)
    years = names.index("year")
    for row, record in enumerate(records):
        values, grouped = record.worked_out(results)
        into = np.moveaxis(table[row], years, 0)
        into[np.isin(results.years, grouped.years)] = np.moveaxis(values.values, years, 0)
    coordinates = results.coordinates(names) | {dimensions.listed: [record.name for record in records]}
    listed = xr.DataArray(table, coordinates, (dimensions.listed, *names))
    return listed.transpose(*LEAD, dimensions.listed, *dimensions.names)
