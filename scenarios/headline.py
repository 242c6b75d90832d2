"""The headline figures of one run: all that draws of parameters and attribution need, a few kilobytes."""

from __future__ import annotations

from collections.abc import Iterable

import xarray as xr

from scenarios.indicators import INDICATORS, Indicator


def headline(dataset: xr.Dataset, indicators: Iterable[Indicator] = tuple(INDICATORS.values())) -> xr.Dataset:
    """Return every measured indicator of one run by year (float64[year]); NaN where a year was not measured."""
    runs = dataset.expand_dims(("scenario", "replication"))
    values = [i.values(runs)[0, 0].drop_attrs() for i in indicators if i.measured(dataset)]
    return xr.merge(values, join="outer", compat="override")
