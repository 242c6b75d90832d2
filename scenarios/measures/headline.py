"""The headline figures of one run: all that draws of parameters and attribution need, a few kilobytes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import xarray as xr

from scenarios.measures.indicators import INDICATORS, Indicator


def headline(dataset: xr.Dataset, indicators: Iterable[Indicator] = tuple(INDICATORS.values())) -> xr.Dataset:
    """Return every measured indicator of one run by year (float64[year]); NaN where a year was not measured."""
    runs = dataset.expand_dims(("scenario", "replication"))
    values = {i.name: i.values(runs)[0, 0] for i in indicators if i.measured(dataset)}
    years = np.unique(np.concatenate([each["year"].values for each in values.values()]))
    rows = {}
    for name, each in values.items():  # not xr.merge, which takes longer than all the indicators
        rows[name] = row = np.full(years.size, np.nan)
        row[np.searchsorted(years, each["year"].values)] = each.values
    return xr.Dataset({name: ("year", row) for name, row in rows.items()}, {"year": years})
