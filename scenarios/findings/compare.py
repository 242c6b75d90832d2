"""Scenarios beside each other: means over replications, and differences within replications.

Replication n of every scenario has the same seed, so what chance does to one it does to the other. The
difference is therefore taken replication by replication, and its interval is that of the paired differences:
Student's t on n - 1 degrees of freedom (Law, Simulation Modeling and Analysis, 10.2 paired-t confidence
interval). `scenarios.statistics.intervals.unpaired_interval` is what would be had without the pairing (Welch).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from scenarios.measures.figures import Figure, Results, offered
from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import of_differences
from scenarios.statistics.variance import split
from scenarios.strategies.library import BASELINE
from scenarios.text.problems import InputError, unknown


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One indicator in one year of one scenario, and how it differs from the baseline.

    `low` and `high` bound the mean with 95 % confidence over replications, `difference_low` and
    `difference_high` the mean of the paired differences; None with fewer than two replications, and the
    differences are None for the baseline itself. `monte_carlo_error` is the standard error of the mean
    difference, for the baseline that of its mean.

    Those ending in `_with_parameters` bound the same means when parameters are uncertain too; None where none were
    drawn. `chance_share` and `parameter_share` (percent) split the variance of the difference over futures, for
    the baseline that of its value; `parameters_distinguishable` is False, and both None, where the parameters'
    part cannot be told from chance. `scaled_to` (percent) is how much a budget left of the scenario's levers.
    """

    indicator: str
    unit: str
    year: int
    scenario: str
    value: float
    low: float | None
    high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    monte_carlo_error: float | None
    low_with_parameters: float | None = None
    high_with_parameters: float | None = None
    difference_low_with_parameters: float | None = None
    difference_high_with_parameters: float | None = None
    chance_share: float | None = None
    parameter_share: float | None = None
    parameters_distinguishable: bool | None = None
    scaled_to: float | None = None


def baseline_of(dataset: xr.Dataset, wanted: str | None = None) -> str:
    """Return the scenario to compare with: the one wanted, else today's course, else the first.

    Raises InputError when the wanted one is not in the results.
    """
    names = [str(name) for name in dataset["scenario"].values]
    if wanted is None:
        return BASELINE if BASELINE in names else names[0]
    if wanted not in names:
        raise InputError([unknown("--baseline", "scenariot finns inte i resultatet.", wanted, names)])
    return wanted


def measured(dataset: xr.Dataset) -> list[Figure]:
    """Return the indicators that can be worked out from these results."""
    return offered(Results(dataset))


def compare(
    dataset: xr.Dataset,
    indicators: Sequence[Figure] | None = None,
    years: Sequence[int] | None = None,
    baseline: str | None = None,
) -> list[ComparedFigure]:
    """Return one record an indicator, year and scenario; everything that was measured unless told.

    Raises InputError when the baseline is not in the results.
    """
    against, results = baseline_of(dataset, baseline), Results(dataset)
    chosen = offered(results) if indicators is None else indicators
    return [record for each in chosen for record in _records(each, each.values(results), dataset, against, years)]


def budgets_of(dataset: xr.Dataset) -> dict[str, dict[str, Any]]:
    """Return what is to be told of each scenario that has a budget (scenarios.strategies.budget)."""
    try:
        budgets = json.loads(str(dataset.attrs.get("budgets", "{}")))
        return {str(name): dict(bill) for name, bill in budgets.items()}
    except (ValueError, AttributeError, TypeError):  # another version's
        return {}


def _records(
    indicator: Figure, values: xr.DataArray, dataset: xr.Dataset, baseline: str, years: Sequence[int] | None
) -> list[ComparedFigure]:
    budgets, drawn = budgets_of(dataset), _drawn(indicator, dataset)
    records = []
    for year in values["year"].values.tolist():
        if years is not None and year not in years:
            continue
        table = values.sel(year=year)
        if bool(table.isnull().all()):
            continue
        for name in table["scenario"].values.tolist():
            sample, against = table.sel(scenario=name), table.sel(scenario=baseline)
            record = _record(
                indicator, year, name, sample.values, None if name == baseline else (sample - against).values
            )
            scaled = budgets.get(name, {}).get("scaled_to")
            if drawn is not None:
                record = _with_draws(record, indicator, table, drawn.sel(year=year), baseline)
            records.append(record if scaled is None else replace(record, scaled_to=float(scaled)))
    return records


def _drawn(indicator: Figure, dataset: xr.Dataset) -> xr.DataArray | None:
    """Return what the draws gave, [scenario, draw, year], of draws whose replication is there too."""
    if "drawn" not in dataset or {*dataset["drawn"].dims} != {"indicator", "scenario", "draw", "year"}:
        return None
    if indicator.name not in dataset["indicator"].values:
        return None
    paired = np.isin(dataset["draw"].values, dataset["replication"].values)
    return dataset["drawn"].sel(indicator=indicator.name).isel(draw=paired)


def _with_draws(
    record: ComparedFigure, indicator: Figure, table: xr.DataArray, drawn: xr.DataArray, baseline: str
) -> ComparedFigure:
    """Add intervals that include parameters, and the split of the variance of the difference (or the value)."""
    same_seeds = table.sel(replication=drawn["draw"].values)

    def of(rows: xr.DataArray) -> Array:
        values: Array = rows.sel(scenario=record.scenario).values
        return values

    whole = split(of(table), of(same_seeds), of(drawn), indicator.limits)
    variance, difference = whole, None
    if record.scenario != baseline:
        stated, paired, other = (of(row) - row.sel(scenario=baseline).values for row in (table, same_seeds, drawn))
        variance = difference = split(stated, paired, other, of_differences(indicator.limits))
    if whole is None or variance is None:
        return record
    return replace(
        record,
        low_with_parameters=whole.low,
        high_with_parameters=whole.high,
        difference_low_with_parameters=None if difference is None else difference.low,
        difference_high_with_parameters=None if difference is None else difference.high,
        chance_share=variance.chance_share,
        parameter_share=variance.parameter_share,
        parameters_distinguishable=variance.distinguishable,
    )


def _record(indicator: Figure, year: int, scenario: str, sample: Array, paired: Array | None) -> ComparedFigure:
    own = mean_of(sample, indicator.limits)
    apart = None if paired is None else mean_of(paired, of_differences(indicator.limits))
    difference, low, high = (None, None, None) if apart is None else (apart.value, *apart.bounds)
    error = own.error if apart is None else apart.error
    named = (indicator.name, indicator.unit, year, scenario)
    return ComparedFigure(*named, own.value, *own.bounds, difference, low, high, error)
