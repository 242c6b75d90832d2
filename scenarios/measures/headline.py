"""The headline figures of one run: all that draws of parameters and attribution need, a few kilobytes."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import OF_REGION
from scenarios.measures.figures import table_of
from scenarios.measures.grouped import LEAD, Results


def headline(dataset: xr.Dataset) -> xr.Dataset:
    """Return every measured indicator of one run by year (float64[year]); NaN where a year was not measured."""
    table = table_of(Results(dataset.expand_dims(LEAD)), OF_REGION)[0, 0]
    rows = {name: ("year", row) for name, row in zip(table["indicator"].values.tolist(), table.values, strict=True)}
    return xr.Dataset(rows, {"year": table["year"].values})
